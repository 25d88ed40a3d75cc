//! How often the rules on categories are right: texts of our own in every language with a word list, each with the verdict
//! that a person gives. The figures stand in `docs/category.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use watpl::check;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;

/// The rules that say that a utility template is marketing.
const RULES: [&str; 5] =
    ["abandoned-cart", "general-survey", "renewal-push", "seasonal-greeting", "utility-promotional"];

/// How verdicts of rules and of people meet.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    promotional: usize,
    found: usize,
    utility: usize,
    alarms: usize,
}

impl Score {
    fn precision(self) -> f64 {
        ratio(self.found, self.found + self.alarms)
    }

    fn recall(self) -> f64 {
        ratio(self.found, self.promotional)
    }

    fn add(&mut self, other: Self) {
        self.promotional += other.promotional;
        self.found += other.found;
        self.utility += other.utility;
        self.alarms += other.alarms;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The rules that a text breaks as the body of a utility template.
fn broken(language: &str, text: &str) -> Vec<&'static str> {
    let mut sources = Sources::default();
    let body = serde_json::to_string(text).expect("a text");
    sources.add("note.yaml", format!("name: note\ncategory: utility\nlanguage: {language}\nbody: {body}\n"));
    let checked = check::check(&sources, &LintSettings::default());
    let ids = checked.diagnostics.iter().map(|diagnostic| diagnostic.rule.id);
    ids.filter(|id| RULES.contains(id)).collect()
}

fn code(base: &str) -> &str {
    if base == "pt" { "pt_BR" } else { base }
}

/// The scores of a folder of fixtures by language, and the texts that were judged wrong.
fn judge(folder: &str) -> (BTreeMap<String, Score>, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/category").join(folder);
    let mut scores = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let Some(base) = entry.file_name().and_then(|name| name.to_str()?.strip_suffix(".txt")) else {
            continue;
        };
        let text = std::fs::read_to_string(&entry).expect("a text");
        let mut score = Score::default();
        let mut promotional = false;
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line {
                "[utility]" => promotional = false,
                "[promotional]" => promotional = true,
                line => {
                    let broken = broken(code(base), line);
                    let found = !broken.is_empty();
                    if found != promotional {
                        wrong.push(format!("{base}: {line} {broken:?}"));
                    }
                    score.add(Score {
                        promotional: usize::from(promotional),
                        found: usize::from(promotional && found),
                        utility: usize::from(!promotional),
                        alarms: usize::from(!promotional && found),
                    });
                }
            }
        }
        scores.insert(base.to_owned(), score);
    }
    (scores, wrong)
}

fn total(scores: &BTreeMap<String, Score>) -> Score {
    let mut total = Score::default();
    scores.values().for_each(|score| total.add(*score));
    total
}

fn table(scores: &BTreeMap<String, Score>) -> String {
    let mut text = String::from(
        "| language | utility | of these called promotional | promotional | of these found | precision | recall |\n|---|---|---|---|---|---|---|\n",
    );
    let all = [("all".to_owned(), total(scores))];
    for (language, score) in scores.iter().map(|(language, score)| (language.clone(), *score)).chain(all) {
        writeln!(
            text,
            "| {language} | {} | {} | {} | {} | {:.2} | {:.2} |",
            score.utility,
            score.alarms,
            score.promotional,
            score.found,
            score.precision(),
            score.recall()
        )
        .expect("a string");
    }
    text
}

#[test]
fn texts_that_the_lists_were_made_with_are_judged_right() {
    let (scores, wrong) = judge("");
    let all = total(&scores);
    assert!(scores.len() >= 12 && all.utility >= 60 && all.promotional >= 60, "{all:?}");
    for (language, score) in &scores {
        assert!(score.alarms == 0 && score.recall() >= 0.9, "{language}: {score:?}\n{}", wrong.join("\n"));
    }
}

#[test]
fn the_figures_are_in_the_documentation() {
    let (tuned, _) = judge("");
    let (held_out, wrong) = judge("held_out");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/category.md");
    let text = std::fs::read_to_string(&path).expect("docs/category.md");
    let wrong = wrong.iter().fold(String::new(), |text, line| text + "- " + line + "\n");
    let mut updated = text.clone();
    for (name, table) in [("tuned", table(&tuned)), ("held-out", table(&held_out)), ("wrong", wrong)] {
        let (head, rest) = updated.split_once(&format!("<!-- {name} -->\n")).expect("a marker");
        let (_, tail) = rest.split_once("<!-- end -->").expect("an end");
        updated = format!("{head}<!-- {name} -->\n{table}<!-- end -->{tail}");
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, updated).expect("docs/category.md");
        return;
    }
    assert_eq!(text, updated, "run with UPDATE_EXPECT=1");
}

#[test]
fn words_are_named_at_their_characters() {
    for (language, body, words) in [
        ("en_GB", "Your order is here. Enjoy *20%* OFF your next one", "%* OFF"),
        ("es_MX", "Su pedido llegó. Tiene un DESCUENTO aquí", "DESCUENTO"),
        ("tr", "Siparişiniz geldi. İNDİRİMLİ ürünler burada", "İNDİRİMLİ"),
        ("fa", "سفارش شما رسید. تخفيف‌های ما آغاز شد", "تخفيف‌های"),
        ("ar", "وصل طلبكم. خُصومات كبيرة في الفرع", "خُصومات"),
        ("hi", "आपका ऑर्डर पहुँच गया। नया ऑफ़र देखें", "ऑफ़र"),
        ("de", "Ihre Bestellung ist da. Im Sommerrabatt-Regal liegt mehr", "Sommerrabatt"),
    ] {
        let mut sources = Sources::default();
        let text = format!("name: note\ncategory: utility\nlanguage: {language}\nbody: \"{body}\"\n");
        let id = sources.add("note.yaml", text);
        let checked = check::check(&sources, &LintSettings::default());
        let found = checked.diagnostics.iter().find(|found| found.rule.id == "utility-promotional");
        let span = found.unwrap_or_else(|| panic!("{language}: nothing")).span;
        let source = sources.get(id).expect("just added");
        assert!(
            source.slice(span).starts_with(words) || words.starts_with(source.slice(span)),
            "{:?}",
            source.slice(span)
        );
    }
}
