//! `watpl fmt` and `watpl convert`: the layout changes, nothing else does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use watpl::compile::{AccountContext, compile};
use watpl::format::{Refusal, convert, format};
use watpl::graph::payload_json;
use watpl::source::{Source, Sources};
use watpl::syntax::SourceFormat;
use watpl::workspace::Workspace;
use watpl::{lower, syntax};

fn with<T>(name: &str, text: &str, look: impl FnOnce(&Source) -> T) -> T {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    look(sources.get(id).expect("just added"))
}

fn formatted(name: &str, text: &str) -> Result<String, Refusal> {
    with(name, text, format)
}

fn converted(name: &str, text: &str, to: SourceFormat) -> Result<String, Refusal> {
    with(name, text, |source| convert(source, to))
}

/// Formats, and sees that a second time changes nothing.
fn settled(name: &str, text: &str) -> String {
    let once = formatted(name, text).unwrap_or_else(|refusal| panic!("{refusal}: {text}"));
    let twice = formatted(name, &once).unwrap_or_else(|refusal| panic!("{refusal}: {once}"));
    assert_eq!(once, twice, "a second time changes it again");
    once
}

/// What is sent for a text.
fn sent(name: &str, text: &str) -> Vec<Value> {
    let constants = [
        ("company", "Northwind Home"),
        ("shop", "https://shop.example"),
        ("portal", "https://my.shop.example"),
        ("support_phone", "+15550051310"),
    ];
    let account = AccountContext { constants: BTreeMap::from(constants), ..AccountContext::default() };
    with(name, text, |source| {
        let mut diagnostics = Vec::new();
        let tree = syntax::parse(source, &mut diagnostics);
        let template = lower::lower(source, &tree, &mut diagnostics).expect("a template");
        compile(&template, &account).payloads.iter().map(payload_json).collect()
    })
}

const MESSY_YAML: &str = include_str!("fmt/messy.yaml");
const MESSY_DSL: &str = include_str!("fmt/messy.watpl");

#[test]
fn yaml_is_laid_out_anew() {
    insta::assert_snapshot!(settled("messy.yaml", MESSY_YAML));
}

#[test]
fn the_dsl_is_laid_out_anew() {
    insta::assert_snapshot!(settled("messy.watpl", MESSY_DSL));
}

#[test]
fn comments_come_along_to_the_other_surface() {
    let dsl = converted("messy.yaml", MESSY_YAML, SourceFormat::Dsl).expect("expressible");
    assert_eq!(settled("messy.watpl", &dsl), dsl);
    assert_eq!(sent("messy.yaml", MESSY_YAML), sent("messy.watpl", &dsl));
    insta::assert_snapshot!("messy_yaml_as_dsl", dsl);
    let yaml = converted("messy.watpl", MESSY_DSL, SourceFormat::Yaml).expect("expressible");
    assert_eq!(settled("messy.yaml", &yaml), yaml);
    assert_eq!(sent("messy.watpl", MESSY_DSL), sent("messy.yaml", &yaml));
    insta::assert_snapshot!("messy_dsl_as_yaml", yaml);
}

#[test]
fn line_ends_and_the_mark_at_the_start_are_made_alike() {
    let plain = "# top\nname: a\n\nbody: |\n  one\n\n  two\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(settled("a.yaml", &windows), plain);
    assert_eq!(settled("a.yaml", plain.trim_end()), plain);
    let plain = "# top\ntemplate a {\n  body \"\"\"\n    one\n\n    two\n    \"\"\"\n}\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(settled("a.watpl", &windows), plain);
    assert_eq!(settled("a.watpl", plain.trim_end()), plain);
}

#[test]
fn a_header_that_is_a_word_and_one_that_is_a_text_stay_what_they_are() {
    for header in ["location", "\"location\""] {
        let yaml = format!("name: a\n\nheader: {header}\n");
        let dsl = format!("template a {{\n\n  header {header}\n}}\n").replace("{\n\n", "{\n");
        assert_eq!(settled("a.yaml", &yaml), yaml);
        assert_eq!(settled("a.watpl", &dsl), dsl);
        assert_eq!(converted("a.yaml", &yaml, SourceFormat::Dsl), Ok(dsl.clone()));
        assert_eq!(converted("a.watpl", &dsl, SourceFormat::Yaml), Ok(yaml));
    }
}

#[test]
fn comments_in_lists_of_words_stand_above_them_in_the_dsl() {
    let yaml = "name: a\ntags:\n  # one\n  - a  # two\n  - b\n  # three\n";
    assert_eq!(settled("a.yaml", yaml), yaml);
    let dsl = "template a {\n  # one\n  # two\n  # three\n  tags a b\n}\n";
    assert_eq!(converted("a.yaml", yaml, SourceFormat::Dsl), Ok(dsl.to_owned()));
}

#[test]
fn what_cannot_be_kept_is_refused() {
    let nameless = || Refusal::Inexpressible("a template without a name".to_owned());
    let refused = [
        ("a.yaml", "name: a\nbody: {{1}} hello\n", Refusal::Mistakes),
        ("a.yaml", "name: a\n---\nname: b\n", Refusal::Mistakes),
        ("a.yaml", "name: !!str a\n", Refusal::Mistakes),
        ("a.yaml", "name: &x a\nbody: *x\n", Refusal::Anchors),
        ("a.yaml", "name: &x a\n", Refusal::Anchors),
        ("a.yaml", "# nothing\n", Refusal::Empty),
        ("a.yaml", "- a\n", Refusal::Empty),
        ("a.yaml", "name: a\nowner: b\nowner: c\n", Refusal::Duplicate("owner".to_owned())),
        ("a.watpl", "template a {\n  body \"never closed\n}\n", Refusal::Mistakes),
        ("a.watpl", "template a {\n  ttl 1h\n  ttl 2h\n}\n", Refusal::Duplicate("ttl".to_owned())),
        ("a.watpl", "# a\n\nlanguages en_US\n", nameless()),
    ];
    for (name, text, refusal) in refused {
        assert_eq!(formatted(name, text), Err(refusal), "{text}");
    }
    let nothing = Refusal::Inexpressible("nothing for `footer`".to_owned());
    assert_eq!(converted("a.yaml", "name: a\nfooter:\n", SourceFormat::Dsl), Err(nothing));
    assert_eq!(settled("a.yaml", "name: a\nfooter:\n"), "name: a\n\nfooter:\n");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn gallery() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if SourceFormat::from_path(&name).is_some() {
                found.push((name, std::fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    assert!(found.len() >= 18, "the gallery has {} files", found.len());
    found
}

#[test]
fn the_gallery_is_canonical_and_comes_back_from_the_other_surface() {
    for (name, text) in gallery() {
        assert_eq!(settled(&name, &text), text, "{name} is not formatted");
        let stem = name.rsplit_once('.').expect("an ending").0;
        let (own, other) = match SourceFormat::from_path(&name) {
            Some(SourceFormat::Dsl) => ((SourceFormat::Dsl, "watpl"), (SourceFormat::Yaml, "yaml")),
            _ => ((SourceFormat::Yaml, "yaml"), (SourceFormat::Dsl, "watpl")),
        };
        let there_name = format!("{stem}.{}", other.1);
        let there = converted(&name, &text, other.0).expect("expressible");
        assert_eq!(settled(&there_name, &there), there, "{name}");
        let back = converted(&there_name, &there, own.0).expect("expressible");
        assert_eq!(back, text, "{name} does not come back");
        assert!(!sent(&name, &text).is_empty());
        assert_eq!(sent(&name, &text), sent(&there_name, &there), "{name}");
        assert_eq!(sent(&name, &text), sent(&name, &back), "{name}");
    }
}

/// Texts that formats of this kind get wrong.
fn any_text() -> impl Strategy<Value = String> {
    let awkward = [
        "yes",
        "no",
        "010",
        "12:30",
        "2026-12-11",
        "null",
        "~",
        "",
        " ",
        "\n",
        "a\n",
        "a\n\n",
        "\na",
        " a",
        "a ",
        "a\n b\n",
        "a \nb",
        "a\tb",
        "a\r\nb",
        "# a",
        "a # b",
        "a: b",
        "a:",
        "- a",
        "{{1}} a",
        "a {{x}}",
        "<<x>> a",
        "\\n",
        "a\\",
        "\\\"",
        "\\{{",
        "\"\"\"",
        "a\n\"\"\"\nb",
        "'a'",
        "location",
        "true",
        "5",
        "سلام\u{200c}ها، {{1}}",
        "😀",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}a",
        "a\u{a0}",
        "[a, b]",
        "{ a: b }",
        "}",
        "a\n\nb\n",
        "%a",
        "@a",
        "`a`",
        "...",
        "---",
        "? a",
        "| a",
        "> a",
        "a\u{7}b",
        "a\n# b\nc\n",
        "a\n---\nb\n",
        "a\\\nb",
        "a\\\n",
    ];
    prop_oneof![
        3 => "[a-zA-Zآ-ی0-9{}<>#:, \"'\\\\\n]{0,24}",
        3 => proptest::sample::select(awkward.to_vec()).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.chars().take(12).collect()),
    ]
}

fn map(entries: Vec<(&str, Value)>) -> impl Strategy<Value = Value> + use<> {
    let entries: Vec<(String, Value)> =
        entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Just(entries).prop_shuffle().prop_map(|entries| Value::Object(entries.into_iter().collect()))
}

fn any_variable() -> impl Strategy<Value = Value> {
    let long =
        (any_text(), any_text(), any_text(), 0..200_u8).prop_flat_map(|(sample, fallback, bind, length)| {
            let entries = [
                ("sample", json!(sample)),
                ("type", json!("Money")),
                ("bind", json!(bind)),
                ("max_length", json!(length.to_string())),
                ("fallback", json!(fallback)),
            ];
            proptest::sample::subsequence(entries.to_vec(), 0..=5).prop_flat_map(map)
        });
    prop_oneof![any_text().prop_map(Value::from), long]
}

fn any_component() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => any_text().prop_map(Value::from),
        1 => (any_text(), vec(any_text(), 0..3)).prop_map(|(text, samples)| json!({ "samples": samples, "text": text })),
        1 => any_text().prop_map(|text| json!({ "text": text })),
    ]
}

fn any_button() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_text().prop_map(Value::from),
        any_text().prop_map(|text| json!({ "text": text, "type": "QUICK_REPLY" })),
        (any_text(), any_text()).prop_map(|(text, url)| json!({ "type": "url", "url": url, "text": text })),
        (any_text(), vec(any_text(), 1..3))
            .prop_map(|(url, samples)| json!({ "samples": samples, "type": "url", "url": url })),
        any_text().prop_map(|code| json!({ "type": "copy_code", "example": code })),
        any_text()
            .prop_map(|text| json!({ "type": "flow", "text": text, "apps": [{ "id": text, "list": [] }] })),
    ]
}

fn any_version() -> impl Strategy<Value = Value> {
    let samples = vec(any_text(), 0..3).prop_map(|texts| {
        let named = texts.into_iter().enumerate().map(|(at, text)| (format!("v{at}"), Value::from(text)));
        Value::Object(named.collect())
    });
    (any_component(), any_component(), any_text(), vec(any_button(), 0..3), samples).prop_flat_map(
        |(header, body, footer, buttons, samples)| {
            let entries = [
                ("footer", json!(footer)),
                ("header", header),
                ("samples", samples),
                ("buttons", json!(buttons)),
                ("body", body),
            ];
            proptest::sample::subsequence(entries.to_vec(), 0..=5).prop_flat_map(map)
        },
    )
}

fn any_template() -> impl Strategy<Value = Value> {
    let versions = proptest::sample::subsequence(vec!["en_US", "fa", "tr", "no"], 1..=3)
        .prop_flat_map(|codes| {
            let count = codes.len();
            (Just(codes), vec(any_version(), count))
        })
        .prop_map(|(codes, versions)| {
            Value::Object(codes.into_iter().map(str::to_owned).zip(versions).collect::<Map<_, _>>())
        });
    let variables = vec(any_variable(), 1..4).prop_map(|variables| {
        let named = variables.into_iter().enumerate().map(|(at, value)| (format!("v{at}"), value));
        Value::Object(named.collect())
    });
    (versions, variables, vec(any_text(), 0..3), any_text(), any_component(), vec(any_button(), 1..3))
        .prop_flat_map(|(versions, variables, tags, text, body, buttons)| {
            let entries = vec![
                ("languages", versions),
                ("name", json!("order_shipped")),
                ("category", json!("UTILITY")),
                ("ttl", json!("12h")),
                ("variables", variables),
                ("tags", json!(tags)),
                ("applies_to", json!({ "phone": text, "model": "sale.order" })),
                ("description", json!(text)),
                ("body", body),
                ("buttons", json!(buttons)),
                ("more", json!({ "b": text, "a": [text, { "c": text }] })),
            ];
            map(entries)
        })
}

/// JSON is YAML, as long as what may not stand in a file is escaped.
fn as_yaml(value: &Value) -> String {
    let escape = |c: char| match c {
        '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        _ => c.to_string(),
    };
    value.to_string().chars().map(escape).collect()
}

/// Fixed words are written in lower case, which is the one change that is wanted.
fn oracle(text: &str) -> serde_yaml::Value {
    let text = text.replace("\"UTILITY\"", "\"utility\"").replace("\"Money\"", "\"money\"");
    let text = text.replace("\"QUICK_REPLY\"", "\"quick_reply\"");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Numbers in quotes may lose them where only a number can stand.
fn as_texts(value: serde_yaml::Value) -> serde_yaml::Value {
    match value {
        serde_yaml::Value::Number(number) => serde_yaml::Value::String(number.to_string()),
        serde_yaml::Value::Sequence(items) => items.into_iter().map(as_texts).collect(),
        serde_yaml::Value::Mapping(map) => {
            serde_yaml::Value::Mapping(map.into_iter().map(|(key, value)| (key, as_texts(value))).collect())
        }
        value => value,
    }
}

/// A text with comments of its own and behind lines, where `places` say.
fn commented(text: &str, places: &[(usize, bool, usize)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, &(at, behind, indent)) in places.iter().enumerate() {
        let at = at % lines.len();
        if behind {
            lines[at] += &format!("  # behind {number}");
        } else {
            lines.insert(at, format!("{}# above {number}", "  ".repeat(indent)));
            if number % 3 == 0 {
                lines.insert(at, String::new());
            }
        }
    }
    lines.join("\n") + "\n"
}

static TEXTS_DSL: LazyLock<Vec<String>> = LazyLock::new(|| texts(".watpl", MESSY_DSL));
static TEXTS_YAML: LazyLock<Vec<String>> = LazyLock::new(|| texts(".yaml", MESSY_YAML));

/// The gallery's files of a surface, and a messy one.
fn texts(ending: &str, messy: &str) -> Vec<String> {
    let gallery = gallery().into_iter().filter(|(name, _)| name.ends_with(ending));
    let messy = settled(&format!("messy{ending}"), messy);
    gallery.map(|(_, text)| text).chain([messy.clone(), messy]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::with_cases(crate::cases()) })]

    #[test]
    fn every_text_survives(template in any_template()) {
        let source = as_yaml(&template);
        let once = settled("order_shipped.yaml", &source);
        prop_assert_eq!(as_texts(oracle(&once)), as_texts(oracle(&source)), "{}", once);
        match converted("order_shipped.yaml", &source, SourceFormat::Dsl) {
            Ok(dsl) => {
                prop_assert_eq!(&settled("order_shipped.watpl", &dsl), &dsl);
                let back = converted("order_shipped.watpl", &dsl, SourceFormat::Yaml).expect("expressible");
                prop_assert_eq!(&settled("order_shipped.yaml", &back), &back);
                prop_assert_eq!(sent("order_shipped.yaml", &source), sent("order_shipped.yaml", &back));
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::Inexpressible(_)), "{}: {}", refusal, source),
        }
    }

    #[test]
    fn every_comment_survives(
        dsl in any::<bool>(),
        file in any::<prop::sample::Index>(),
        places in vec((0..200_usize, any::<bool>(), 0..5_usize), 1..6),
    ) {
        let texts: &[String] = if dsl { &TEXTS_DSL } else { &TEXTS_YAML };
        let (ending, other) = if dsl { ("a.watpl", SourceFormat::Yaml) } else { ("a.yaml", SourceFormat::Dsl) };
        let text = commented(file.get::<String>(texts), &places);
        match formatted(ending, &text) {
            Ok(once) => {
                prop_assert_eq!(formatted(ending, &once), Ok(once.clone()), "{}", text);
                let there = converted(ending, &once, other);
                prop_assert!(there.is_ok(), "{:?}: {}", there, text);
                let name = if dsl { "a.yaml" } else { "a.watpl" };
                let there = there.expect("just seen");
                prop_assert_eq!(formatted(name, &there), Ok(there.clone()), "{}", text);
            }
            Err(refusal) => prop_assert_eq!(refusal, Refusal::Mistakes, "{}", text),
        }
    }
}

fn watpl(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_watpl"));
    command.current_dir(folder).env_remove("CLICOLOR_FORCE").args(arguments).output().expect("watpl runs")
}

fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let code = output.status.code().expect("an exit code");
    format!("exit {code}\n--- out\n{}--- err\n{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_writes_checks_and_refuses() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let broken = "name: c\nbody: {{1}} hello\n";
    std::fs::create_dir(path("templates")).expect("a folder");
    std::fs::write(path("templates/a.yaml"), "category: UTILITY\nname: a\n").expect("written");
    std::fs::write(path("templates/b.watpl"), "template b {\n  category utility\n}\n").expect("written");
    std::fs::write(path("templates/c.yaml"), broken).expect("written");

    insta::assert_snapshot!("fmt_check", shown(&watpl(folder.path(), &["fmt", "--check"])));
    insta::assert_snapshot!("fmt_diff", shown(&watpl(folder.path(), &["fmt", "--diff"])));
    assert!(std::fs::read_to_string(path("templates/a.yaml")).expect("a text").starts_with("category"));
    insta::assert_snapshot!("fmt", shown(&watpl(folder.path(), &["fmt"])));
    assert_eq!(
        std::fs::read_to_string(path("templates/a.yaml")).expect("a text"),
        "name: a\ncategory: utility\n"
    );
    assert_eq!(std::fs::read_to_string(path("templates/c.yaml")).expect("a text"), broken);
    std::fs::remove_file(path("templates/c.yaml")).expect("removed");
    assert_eq!(watpl(folder.path(), &["fmt"]).status.code(), Some(0));
    assert_eq!(watpl(folder.path(), &["fmt", "--check"]).status.code(), Some(0));
    assert_eq!(watpl(folder.path(), &["fmt", "nowhere"]).status.code(), Some(2));
}

#[test]
fn the_project_says_which_brackets_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.yaml");
    let text = "name: a\n\nvariables:\n  x: <<y>>\n\nbody: Hi {{x}} and <<x>>, not \\{{x}}\nbuttons:\n  - Hi <<x>>\n";
    for (word, open, close) in [("angles", "<<", ">>"), ("braces", "{{", "}}")] {
        std::fs::write(folder.path().join("watpl.yaml"), format!("placeholders: {word}\n")).expect("written");
        std::fs::write(&file, text).expect("written");
        assert_eq!(watpl(folder.path(), &["fmt", "a.yaml"]).status.code(), Some(0));
        let wanted = text.replace("Hi {{x}} and <<x>>", &format!("Hi {open}x{close} and {open}x{close}"));
        let wanted = wanted.replace("Hi <<x>>", &format!("Hi {open}x{close}"));
        assert_eq!(std::fs::read_to_string(&file).expect("a text"), wanted);
    }
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, "name: a\n").expect("written");
    let mut workspace = Workspace::open(folder.path(), None).expect("a project");
    workspace.load(std::slice::from_ref(&file), folder.path());
    std::fs::write(&file, "name: b\n").expect("written");
    let source = workspace.templates().next().expect("a template");
    assert!(workspace.rewrite(source, "name: c\n").is_err());
    assert_eq!(std::fs::read_to_string(&file).expect("a text"), "name: b\n");
}

#[cfg(unix)]
#[test]
fn the_command_keeps_the_mode_and_writes_through_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, "category: UTILITY\nname: a\n").expect("written");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink(&file, folder.path().join("link.yaml")).expect("a link");
    assert_eq!(watpl(folder.path(), &["fmt", "link.yaml"]).status.code(), Some(3));
    assert!(std::fs::read_to_string(&file).expect("a text").starts_with("category"));
    assert_eq!(watpl(folder.path(), &["fmt", "a.yaml"]).status.code(), Some(0));
    assert!(std::fs::read_to_string(&file).expect("a text").starts_with("name"));
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn converting_prints_or_writes_a_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| watpl(folder.path(), arguments);
    std::fs::write(folder.path().join("a.yaml"), "category: UTILITY\nname: a\n").expect("written");
    std::fs::write(folder.path().join("b.yaml"), "name: b\nfooter:\n").expect("written");
    let dsl = "template a {\n  category utility\n}\n";
    insta::assert_snapshot!("convert", shown(&run(&["convert", "a.yaml", "--to", "watpl"])));
    assert_eq!(run(&["convert", "a.yaml", "--to", "watpl", "--out", "a.watpl"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.watpl")).expect("a text"), dsl);
    insta::assert_snapshot!(
        "convert_over",
        shown(&run(&["convert", "b.yaml", "--to", "yaml", "--out", "a.yaml"]))
    );
    insta::assert_snapshot!(
        "convert_ending",
        shown(&run(&["convert", "a.yaml", "--to", "watpl", "--out", "c.yaml"]))
    );
    insta::assert_snapshot!("convert_refused", shown(&run(&["convert", "b.yaml", "--to", "watpl"])));
    assert_eq!(run(&["convert", ".", "--to", "watpl"]).status.code(), Some(2));
    let forced = run(&["convert", "a.yaml", "--to", "watpl", "--out", "a.watpl", "--force"]);
    assert_eq!(forced.status.code(), Some(0));
}

/// A line is as long as its writer wants; what is asked of each value must not go through all of it.
#[test]
fn time_grows_with_the_length_of_a_line_and_not_with_its_square() {
    let seconds = |values: usize| {
        let text = format!("name: order_shipped\ntags: [{}]\n", vec!["a"; values].join(", "));
        let one = || {
            let began = std::time::Instant::now();
            assert!(formatted("order_shipped.yaml", &text).is_ok());
            began.elapsed().as_secs_f64()
        };
        one().min(one())
    };
    let (short, long) = (seconds(25_000), seconds(200_000));
    assert!(long < 30.0 * short, "{short} s for 25,000 values, {long} s for eight times as many");
}
