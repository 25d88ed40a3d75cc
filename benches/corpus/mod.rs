//! A project of any size, the same at each run: templates of all kinds in a dozen languages, 1 to 2 KB each.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a bench is a separate program, and may stop with a panic"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Sentences by language.
const SENTENCES: &str = include_str!("sentences.txt");

/// Additional components of some templates.
const COMPONENTS: &str = include_str!("components.txt");

/// One template in so many has a mistake, where mistakes are wanted.
const MISTAKE_EVERY: usize = 50;

/// One template in so many has components out of the list, one in so many is Meta's own text, and one in so many comes out
/// of Meta's library.
const SPECIAL_EVERY: usize = 3;
const AUTHENTICATION_EVERY: usize = 40;
const LIBRARY_EVERY: usize = 100;

/// The buttons of authentication templates in both formats.
const CODES: [(&str, &str); 3] = [
    ("{ type: otp, otp_type: copy_code }", "otp copy_code"),
    (
        "{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.northwind.app, signature_hash: K8a/AINcGX7 }] }",
        "otp one_tap (supported_apps [(package_name com.northwind.app, signature_hash K8a/AINcGX7)])",
    ),
    (
        "{ type: otp, otp_type: zero_tap, supported_apps: [{ package_name: com.northwind.app, signature_hash: K8a/AINcGX7 }], zero_tap_terms_accepted: true }",
        "otp zero_tap (supported_apps [(package_name com.northwind.app, signature_hash K8a/AINcGX7)], zero_tap_terms_accepted true)",
    ),
];

/// An image of one grey pixel; the heads of a document and of a video.
const MEDIA: [(&str, &[u8]); 3] = [
    (
        "banner.png",
        &[
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
            1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54,
            0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, 0x49, 0x45,
            0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
        ],
    ),
    ("invoice.pdf", b"%PDF-1.4\n"),
    ("clip.mp4", &[0, 0, 0, 0x18, b'f', b't', b'y', b'p', b'i', b's', b'o', b'm', 0, 0, 2, 0]),
];

/// Syllables that names of things are made of.
const SYLLABLES: [&str; 24] = [
    "ba", "de", "fi", "go", "ke", "la", "me", "ni", "po", "ru", "sa", "te", "vu", "wo", "zu", "bra", "del",
    "fin", "gor", "lum", "mar", "ner", "sol", "tan",
];

/// A language and its sentences; the first opens a body.
struct Language {
    code: &'static str,
    sentences: Vec<&'static str>,
}

/// Components in both formats.
struct Special {
    category: &'static str,
    yaml: &'static str,
    dsl: &'static str,
}

/// A generator of numbers that is the same everywhere (xorshift, Marsaglia 2003).
struct Dice(u64);

/// The industry of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// YAML alone, all of it clean: what other tools can read as well.
    Yaml,
    /// The same, of files of 0.2 to 5 KB, half of them below 0.7.
    Small,
    /// One template in five in the DSL, all of it clean.
    Mixed,
    /// The same, with a few mistakes.
    Flawed,
    /// A mistake in each template.
    Broken,
}

/// One template's pieces.
struct Draft<'a> {
    number: usize,
    name: String,
    category: &'static str,
    header: Option<&'static str>,
    footer: Option<&'static str>,
    buttons: Vec<(&'static str, String)>,
    special: Option<&'a Special>,
    versions: Vec<(&'static str, Vec<String>)>,
}

/// The material for templates.
struct Source {
    languages: Vec<Language>,
    specials: Vec<Special>,
    dice: Dice,
    used: BTreeSet<(usize, Vec<usize>)>,
}

/// Writes a project of `count` templates below `root`.
pub(crate) fn write(root: &Path, count: usize, kind: Kind) {
    let mut source = Source {
        languages: languages(),
        specials: specials(),
        dice: Dice(0x9E37_79B9_7F4A_7C15),
        used: BTreeSet::new(),
    };
    fs::create_dir_all(root.join("templates/media")).expect("a folder");
    for (name, bytes) in MEDIA {
        fs::write(root.join("templates/media").join(name), bytes).expect("a sample");
    }
    fs::write(root.join("watpl.yaml"), "constants: { shop: https://shop.northwind-home.com }\n")
        .expect("a configuration");
    for number in 0..count {
        let is_dsl = ![Kind::Yaml, Kind::Small].contains(&kind) && number % 5 == 4;
        let (name, mut text) = source.template(number, is_dsl, kind == Kind::Small);
        if kind == Kind::Broken || (kind == Kind::Flawed && number.is_multiple_of(MISTAKE_EVERY)) {
            text = text.replace("{{customer}}", "{{ customer }}").replace("<<customer>>", "<<Customer>>");
        }
        let folder = root.join(format!("templates/{:03}", number / 100));
        fs::create_dir_all(&folder).expect("a folder");
        let extension = if is_dsl { "watpl" } else { "yaml" };
        fs::write(folder.join(format!("{name}.{extension}")), text).expect("a template");
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

fn specials() -> Vec<Special> {
    let sections = COMPONENTS.split("\n[").skip(1);
    let special = |section: &'static str| {
        let (category, rest) = section.split_once("]\n").expect("a category in brackets");
        let (yaml, dsl) = rest.split_once("---\n").expect("both formats");
        Special { category, yaml, dsl }
    };
    sections.map(special).collect()
}

impl Source {
    fn template(&mut self, number: usize, is_dsl: bool, is_small: bool) -> (String, String) {
        if number % AUTHENTICATION_EVERY == 7 {
            return authentication(number, &self.languages, is_dsl);
        }
        if number % LIBRARY_EVERY == 57 {
            return library(number, &self.languages, is_dsl);
        }
        // The list is moved out, so that a draft may point into it while the dice roll.
        let specials = std::mem::take(&mut self.specials);
        let special =
            (number % SPECIAL_EVERY == 1).then(|| &specials[number / SPECIAL_EVERY % specials.len()]);
        let draft = self.draft(number, special, is_small);
        let text = if is_dsl { dsl(&draft) } else { yaml(&draft) };
        let name = draft.name;
        self.specials = specials;
        (name, text)
    }

    fn draft<'a>(&mut self, number: usize, special: Option<&'a Special>, is_small: bool) -> Draft<'a> {
        let plain = if number % 7 == 3 { "marketing" } else { "utility" };
        let category = special.map_or(plain, |special| special.category);
        let header = match number % 6 {
            _ if special.is_some() => None,
            0 => Some("text"),
            2 => Some("location"),
            3 => Some("image"),
            _ => None,
        };
        let mut buttons = Vec::new();
        if special.is_none() && number.is_multiple_of(2) {
            buttons.push(("url", format!("${{shop}}/orders/{number}")));
        }
        if special.is_none() && number.is_multiple_of(4) {
            buttons.push(("phone_number", "+4930901820".to_owned()));
        }
        let first = self.dice.below(self.languages.len());
        let many = match is_small {
            true => [1, 1, 1, 1, 1, 1, 1, 2, 3, 8][self.dice.below(10)],
            false => [1, 2, 3, 4, 5][self.dice.below(5)],
        };
        let fewest = if is_small { 2 } else { 3 };
        let lines = self.lines(first, many, fewest);
        // Some components leave no room for a footer.
        let in_body = category == "marketing" && special.is_some();
        let details: Vec<String> = lines.iter().map(|_| self.detail()).collect();
        let versions = (first..first + many).map(|index| {
            let language = &self.languages[index % self.languages.len()];
            // The event and its object: no two templates of a real project combine the same ones.
            let line = |(&line, detail): (&usize, &String)| {
                let sentence = language.sentences[line];
                let end = sentence.trim_end_matches(['.', '।']);
                format!("{end} ({detail}){}", &sentence[end.len()..])
            };
            let mut lines: Vec<String> = lines.iter().zip(&details).map(line).collect();
            if in_body {
                lines.push("Reply STOP to unsubscribe.".to_owned());
            }
            (language.code, lines)
        });
        Draft {
            number,
            name: format!("notice_{number}_of_order"),
            category,
            header,
            footer: (category == "marketing" && !in_body).then_some("Reply STOP to unsubscribe"),
            buttons,
            special,
            versions: versions.collect(),
        }
    }

    /// The opening sentence and some of the others, not the same in two templates while there are others. All languages
    /// of a template say the same, so that they have the same variables.
    fn lines(&mut self, first: usize, many: usize, fewest: usize) -> Vec<usize> {
        let mut tries = 0;
        loop {
            let mut lines = vec![0];
            let count = fewest + self.dice.below(3);
            while lines.len() < count {
                let line = 1 + self.dice.below(15);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            let mut set = lines.clone();
            set.sort_unstable();
            let keys: Vec<_> =
                (first..first + many).map(|index| (index % self.languages.len(), set.clone())).collect();
            tries += 1;
            if tries > 20 || !keys.iter().any(|key| self.used.contains(key)) {
                self.used.extend(keys);
                return lines;
            }
        }
    }

    /// A thing that a line is about, such as `Talumo K7-3821`.
    fn detail(&mut self) -> String {
        let mut name = String::new();
        for _ in 0..2 + self.dice.below(3) {
            name += SYLLABLES[self.dice.below(SYLLABLES.len())];
        }
        name[..1].make_ascii_uppercase();
        let letter = char::from(b'A' + u8::try_from(self.dice.below(26)).expect("a letter"));
        format!("{name} {letter}{}-{}", self.dice.below(10), 1000 + self.dice.below(9000))
    }
}

fn authentication(number: usize, languages: &[Language], is_dsl: bool) -> (String, String) {
    let name = format!("code_{number}_to_sign_in");
    let codes: Vec<&str> = (0..1 + number % 5).map(|index| languages[(number + index) % 12].code).collect();
    let (in_yaml, in_dsl) = CODES[number / AUTHENTICATION_EVERY % CODES.len()];
    let text = if is_dsl {
        format!(
            "template {name} {{\n  category authentication\n  ttl 5m\n\n  body (add_security_recommendation true)\n  \
             footer (code_expiration_minutes 5)\n  button {in_dsl}\n\n  languages {}\n}}\n",
            codes.join(" ")
        )
    } else {
        format!(
            "name: {name}\ncategory: authentication\nttl: 5m\nbody: {{ add_security_recommendation: true }}\n\
             footer: {{ code_expiration_minutes: 5 }}\nbuttons:\n  - {in_yaml}\n\
             languages: [{}]\n",
            codes.join(", ")
        )
    };
    (name, text)
}

fn library(number: usize, languages: &[Language], is_dsl: bool) -> (String, String) {
    let name = format!("delivery_{number}_from_library");
    let code = languages[number % 12].code;
    let text = if is_dsl {
        format!(
            "template {name} {{\n  category utility\n  language {code}\n\n  library (\n    template delivery_update_1,\n    \
             body (add_contact_number true),\n  )\n}}\n"
        )
    } else {
        format!(
            "name: {name}\ncategory: utility\nlanguage: {code}\nlibrary:\n  template: delivery_update_1\n  body: {{ \
             add_contact_number: true }}\n"
        )
    };
    (name, text)
}

fn yaml(draft: &Draft<'_>) -> String {
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
        if let Some(special) = draft.special {
            text += &filled(special.yaml, draft.number, &lines[1]);
        }
    }
    text
}

fn dsl(draft: &Draft<'_>) -> String {
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
    let angles = |text: &str| text.replace("{{", "<<").replace("}}", ">>");
    for (code, lines) in &draft.versions {
        let body = angles(&lines.join("\n      "));
        let _ = writeln!(text, "\n  language {code} {{\n    body \"\"\"\n      {body}\n      \"\"\"");
        if let Some(special) = draft.special {
            text += &angles(&filled(special.dsl, draft.number, &lines[1]));
        }
        text += "  }\n";
    }
    text + "}\n"
}

/// Components in the form they have in a version.
fn filled(components: &str, number: usize, line: &str) -> String {
    let lines = components.lines().map(|line| format!("    {line}\n"));
    lines.collect::<String>().replace("NUMBER", &number.to_string()).replace("LINE", line)
}

fn button(kind: &str) -> (&'static str, &'static str) {
    if kind == "url" { ("Order", "url") } else { ("Call us", "phone_number") }
}

/// The variables that the texts use, with their samples.
fn variables(draft: &Draft<'_>) -> Vec<(&'static str, &'static str)> {
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
