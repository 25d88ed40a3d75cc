//! A project of any size, the same at each run: templates of all kinds in a dozen languages, one in five in the DSL.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Sentences by language.
const SENTENCES: &str = include_str!("sentences.txt");

/// One template in so many has a mistake, where mistakes are wanted.
const MISTAKE_EVERY: usize = 50;

/// The 67 bytes of a picture of one grey pixel.
const PICTURE: [u8; 67] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42,
    0x60, 0x82,
];

/// A language and its sentences; the first opens a body.
struct Language {
    code: &'static str,
    sentences: Vec<&'static str>,
}

/// A generator of numbers that is the same everywhere (xorshift, Marsaglia 2003).
struct Dice(u64);

/// What a project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// YAML alone, all of it clean: what other tools can read as well.
    Yaml,
    /// One template in five in the DSL, all of it clean.
    Mixed,
    /// The same, with a few mistakes.
    Flawed,
}

/// One template's pieces.
struct Draft {
    name: String,
    category: &'static str,
    header: Option<&'static str>,
    footer: Option<&'static str>,
    buttons: Vec<(&'static str, String)>,
    versions: Vec<(&'static str, Vec<&'static str>)>,
}

/// Writes a project of `count` templates below `root`.
pub(crate) fn write(root: &Path, count: usize, kind: Kind) {
    let languages = languages();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut used = BTreeSet::new();
    fs::create_dir_all(root.join("templates/media")).expect("a folder");
    fs::write(root.join("templates/media/banner.png"), PICTURE).expect("a picture");
    fs::write(root.join("watpl.yaml"), "constants: { shop: https://shop.example.org }\n")
        .expect("a configuration");
    for number in 0..count {
        let draft = draft(number, &languages, &mut dice, &mut used);
        let is_dsl = kind != Kind::Yaml && number % 5 == 4;
        let mut text = if is_dsl { dsl(&draft) } else { yaml(&draft) };
        if kind == Kind::Flawed && number % MISTAKE_EVERY == 0 {
            text = text.replace("{{customer}}", "{{ customer }}").replace("<<customer>>", "<<Customer>>");
        }
        let folder = root.join(format!("templates/{:03}", number / 100));
        fs::create_dir_all(&folder).expect("a folder");
        let extension = if is_dsl { "watpl" } else { "yaml" };
        fs::write(folder.join(format!("{}.{extension}", draft.name)), text).expect("a template");
    }
}

fn languages() -> Vec<Language> {
    let sections = SENTENCES.split("\n[").skip(1);
    let language = |section: &'static str| {
        let (code, rest) = section.split_once("]\n").expect("a code in brackets");
        Language { code, sentences: rest.lines().filter(|line| !line.is_empty()).collect() }
    };
    sections.map(language).collect()
}

fn draft(
    number: usize,
    languages: &[Language],
    dice: &mut Dice,
    used: &mut BTreeSet<(usize, Vec<usize>)>,
) -> Draft {
    let category = if number % 7 == 3 { "marketing" } else { "utility" };
    let header = match number % 6 {
        0 => Some("text"),
        1 => Some("image"),
        2 => Some("location"),
        _ => None,
    };
    let mut buttons = Vec::new();
    if number.is_multiple_of(3) {
        buttons.push(("url", format!("${{shop}}/orders/{number}")));
    }
    if number.is_multiple_of(4) {
        buttons.push(("phone_number", "+4930901820".to_owned()));
    }
    let first = dice.below(languages.len());
    let many = [1, 1, 1, 2, 3][dice.below(5)];
    // All languages of a template say the same, so that they have the same variables.
    let lines = loop {
        let count = 3 + dice.below(4);
        let lines = lines(dice, count);
        if (first..first + many).all(|index| !used.contains(&(index % languages.len(), lines.clone()))) {
            break lines;
        }
    };
    let versions = (first..first + many).map(|index| {
        let index = index % languages.len();
        used.insert((index, lines.clone()));
        let language = &languages[index];
        (language.code, lines.iter().map(|&line| language.sentences[line]).collect())
    });
    Draft {
        name: format!("notice_{number}_of_order"),
        category,
        header,
        footer: (category == "marketing").then_some("Reply STOP to unsubscribe"),
        buttons,
        versions: versions.collect(),
    }
}

/// The opening sentence, some of the others, and one without a placeholder at the end.
fn lines(dice: &mut Dice, count: usize) -> Vec<usize> {
    let mut lines = vec![0];
    while lines.len() < count {
        let line = 1 + dice.below(15);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn yaml(draft: &Draft) -> String {
    let mut text = format!(
        "# Sent by the shop when something happens.\nname: {}\ncategory: {}\n",
        draft.name, draft.category
    );
    text += "tags: [orders]\nvariables:\n";
    for (name, sample) in variables(draft) {
        let _ = writeln!(text, "  {name}: {sample}");
    }
    match draft.header {
        Some("text") => text += "header: \"Order {{order}}\"\n",
        Some("image") => text += "header: { image: ../media/banner.png }\n",
        Some(word) => drop(writeln!(text, "header: {word}")),
        None => {}
    }
    if let Some(footer) = draft.footer {
        let _ = writeln!(text, "footer: {footer}");
    }
    if !draft.buttons.is_empty() {
        text += "buttons:\n";
        for (kind, value) in &draft.buttons {
            let (label, key) = button(kind);
            let _ = writeln!(text, "  - {{ type: {kind}, text: {label}, {key}: \"{value}\" }}");
        }
    }
    text += "languages:\n";
    for (code, lines) in &draft.versions {
        let _ = writeln!(text, "  {code}:\n    body: |\n      {}", lines.join("\n      "));
    }
    text
}

fn dsl(draft: &Draft) -> String {
    let mut text = format!("# Sent by the shop when something happens.\ntemplate {} {{\n", draft.name);
    let _ = writeln!(text, "  category {}\n  tags orders\n", draft.category);
    for (name, sample) in variables(draft) {
        let _ = writeln!(text, "  variable {name} \"{sample}\"");
    }
    match draft.header {
        Some("text") => text += "  header \"Order <<order>>\"\n",
        Some("image") => text += "  header image \"../media/banner.png\"\n",
        Some(word) => drop(writeln!(text, "  header {word}")),
        None => {}
    }
    if let Some(footer) = draft.footer {
        let _ = writeln!(text, "  footer \"{footer}\"");
    }
    for (kind, value) in &draft.buttons {
        let _ = writeln!(text, "  button {kind} \"{}\" \"{value}\"", button(kind).0);
    }
    for (code, lines) in &draft.versions {
        let body = lines.join("\n      ").replace("{{", "<<").replace("}}", ">>");
        let _ = writeln!(text, "\n  language {code} {{\n    body \"\"\"\n      {body}\n      \"\"\"\n  }}");
    }
    text + "}\n"
}

fn button(kind: &str) -> (&'static str, &'static str) {
    if kind == "url" { ("Order", "url") } else { ("Call us", "phone_number") }
}

/// The variables that the texts use, with their samples.
fn variables(draft: &Draft) -> Vec<(&'static str, &'static str)> {
    let all = [("customer", "Amelia Grant"), ("order", "S20418"), ("date", "12 March"), ("place", "Lisboa")];
    let uses = |name: &str| {
        let placeholder = format!("{{{{{name}}}}}");
        let in_header = draft.header == Some("text") && name == "order";
        in_header
            || draft.versions.iter().any(|(_, lines)| lines.iter().any(|line| line.contains(&placeholder)))
    };
    all.into_iter().filter(|(name, _)| uses(name)).collect()
}

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}
