//! The report for people: the mark stands under the text that it is about, whatever stands before it.

use unicode_width::UnicodeWidthChar as _;
use watpl::check;
use watpl::lint_context::LintSettings;
use watpl::report::{Terminal, human};
use watpl::source::Sources;

/// What is wrong in every text: a placeholder with blanks in it.
const WRONG: &str = "{{ order }}";

fn report(text: &str, width: usize) -> String {
    let mut sources = Sources::default();
    sources.add("a.yaml", text);
    let mut diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
    diagnostics.retain(|found| found.rule.id == "malformed-placeholder");
    assert_eq!(diagnostics.len(), 1, "{text}");
    human::diagnostics(&sources, &diagnostics, Terminal { color: false, width })
}

fn template(language: &str, body: &str) -> String {
    format!(
        "name: a_name\ncategory: utility\nlanguage: {language}\nvariables: {{ order: A-1 }}\nbody: \"{body}\"\n"
    )
}

/// The cells that a terminal gives a text: to each character its own, also where a font would draw two of them as one.
fn cells(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// That the ruler under the line begins where the text does, and is as wide.
fn is_marked(shown: &str) {
    let mut lines = shown.lines().skip_while(|line| !(line.contains('│') && line.contains(WRONG)));
    let line = lines.next().unwrap_or_else(|| panic!("no snippet in\n{shown}"));
    let ruler = lines.next().expect("a ruler");
    let marked = ruler.split_once('·').expect("a ruler").1;
    let drawn: Vec<char> = marked.chars().filter(|character| !character.is_whitespace()).collect();
    assert!(drawn.iter().all(|character| "─┬".contains(*character)), "{ruler}");
    assert_eq!(drawn.len(), cells(WRONG), "{shown}");
    let begin = ruler.find(['─', '┬']).expect("a mark");
    assert_eq!(cells(&ruler[..begin]), cells(&line[..line.find(WRONG).expect("the text")]), "{shown}");
}

#[test]
fn marks_stand_under_text_of_every_script() {
    let bodies = [
        ("en_US", "Your order is {{ order }} and on its way."),
        ("fa", "سفارش شما با شماره {{ order }} در راه است."),
        ("fa", "می\u{200c}خواهیم بگوییم {{ order }} در راه است."),
        ("he", "ההזמנה שלך {{ order }} בדרך אליך."),
        ("ar", "طلبك رقم \u{2068}{{ order }}\u{2069} في الطريق."),
        ("ja", "ご注文番号は {{ order }} です。"),
        ("zh_CN", "您的订单（{{ order }}）已发货。"),
        ("ko", "주문 번호는 {{ order }} 입니다."),
        ("hi", "आपका ऑर्डर {{ order }} रास्ते में है।"),
        ("en_US", "Thanks 🎉🎉 for {{ order }} today."),
        ("de", "Ihre Bestellung fu\u{308}r {{ order }} ist unterwegs."),
    ];
    for (language, body) in bodies {
        for width in [60, 100] {
            is_marked(&report(&template(language, body), width));
        }
    }
}

#[test]
fn marks_stand_under_text_behind_a_byte_order_mark_and_before_windows_line_breaks() {
    let text = template("fa", "سفارش {{ order }} در راه است.");
    is_marked(&report(&format!("\u{feff}{}", text.replace('\n', "\r\n")), 100));
    is_marked(&report(
        "\u{feff}name: a_name\ncategory: utility\nlanguage: fa\nvariables: { order: A-1 }\nbody: \"سفارش {{ order }} در راه است.\"\n",
        100,
    ));
}

#[test]
fn marks_stand_under_text_in_lines_that_are_cut() {
    for before in ["سلام ", "お届け先は", "words "] {
        let long = before.repeat(200);
        is_marked(&report(&template("en_US", &format!("{long}{WRONG} {long}")), 100));
    }
}

/// Where a terminal puts letters into their own order, the mark may stand under others: the words say it too.
#[test]
fn what_is_marked_is_also_said() {
    let shown = report(&template("fa", "سفارش شما با شماره {{ order }} در راه است."), 100);
    assert!(shown.contains("× `{{ order }}` has blanks"), "{shown}");
    assert!(shown.contains("[a.yaml:5:27]"), "{shown}");
}

#[test]
fn colours_are_those_that_were_asked_for() {
    let mut sources = Sources::default();
    sources.add("a.yaml", template("en_US", "Your order {{ order }} is here."));
    let found = check::check(&sources, &LintSettings::default()).diagnostics;
    let plain = human::diagnostics(&sources, &found, Terminal { color: false, width: 100 });
    let coloured = human::diagnostics(&sources, &found, Terminal { color: true, width: 100 });
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["));
    let parts: Vec<_> = coloured.split("\u{1b}[").collect();
    let stripped: String = parts[0].to_owned()
        + &parts[1..].iter().map(|part| part.split_once('m').expect("a colour").1).collect::<String>();
    assert_eq!(stripped, plain, "colours change nothing else");
}

/// Row E5 of the hostile inputs: a window may be as narrow as it likes.
#[test]
fn one_column_is_no_reason_to_panic() {
    for width in [0, 1, 2, 7, 20] {
        let shown = report(&template("fa", &format!("سلام {WRONG} お届け先 {}", "words ".repeat(100))), width);
        assert!(shown.contains("malformed-placeholder"), "{shown}");
    }
}

#[test]
fn what_has_no_other_help_begins_with_where_to_read_more_and_configurations_are_not_metas() {
    let found = |file: &str, help: &str| {
        let mut sources = Sources::default();
        sources.add(file, template("en_US", &format!("Your order is {WRONG} and on its way.")));
        let mut diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
        diagnostics.retain(|found| found.rule.id == "malformed-placeholder");
        let mut first = diagnostics.remove(0);
        first.help = (!help.is_empty()).then(|| help.to_owned());
        first.fix = None;
        let shown = human::diagnostics(&sources, &[first], Terminal { color: false, width: 100 });
        shown.split_once("help: ").expect("help").1.replace("\n        ", " | ").trim().to_owned()
    };
    let see = "see `watpl explain malformed-placeholder`";
    assert!(found("a.yaml", "").starts_with(&format!("{see} | note: rejected at submission (error ")));
    assert_eq!(found("watpl.yaml", ""), format!("{see} | note: this setting is ignored until it is fixed"));
    assert_eq!(
        found("a/watpl.yaml", "fix it"),
        format!("fix it | note: this setting is ignored until it is fixed; {see}")
    );
    assert!(found("my.watpl.yaml", "fix it").starts_with("fix it | note: rejected at submission (error "));
}
