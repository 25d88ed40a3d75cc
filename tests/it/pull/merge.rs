//! What changed in an account, taken over into files: only what changed, in the words of the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};
use watpl::check;
use watpl::compile::{AccountContext, compile};
use watpl::graph::{payload_json, read_deployed};
use watpl::import::{MergeError, RemoteChanges, merge};
use watpl::payload::Deployed;
use watpl::source::Sources;

fn account() -> AccountContext<'static> {
    AccountContext {
        constants: BTreeMap::from([("company", "Northwind Home"), ("shop", "https://shop.example")]),
        media: BTreeMap::new(),
        ..AccountContext::default()
    }
}

/// What the account has once a text was pushed, version by version.
fn pushed(name: &str, text: &str) -> Vec<Value> {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let templates = check::parse([sources.get(id).expect("a source")]).templates;
    let payloads = compile(&templates[0], &account()).payloads;
    payloads.iter().map(payload_json).collect()
}

fn deployed(json: &Value) -> Deployed {
    let mut json = json.clone();
    let fields = json.as_object_mut().expect("an object");
    fields.insert("id".into(), "1".into());
    fields.insert("status".into(), "APPROVED".into());
    read_deployed(&json).expect("a version")
}

/// The file once the account's versions are as `change` makes them.
fn taken(name: &str, text: &str, change: impl Fn(&mut Value)) -> Result<String, MergeError> {
    let mut versions = pushed(name, text);
    let before = versions.clone();
    versions.iter_mut().for_each(&change);
    let changed: Vec<_> = versions
        .iter()
        .zip(&before)
        .filter(|(now, then)| now != then)
        .map(|(now, _)| deployed(now))
        .collect();
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let texts: Vec<_> = changed.iter().collect();
    merge(sources.get(id).expect("a source"), &account(), RemoteChanges { texts: &texts, category: None })
}

/// Replaces words in every text of a version.
fn swap(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => *text = text.replace(from, to),
        Value::Array(items) => items.iter_mut().for_each(|item| swap(item, from, to)),
        Value::Object(fields) => fields.values_mut().for_each(|field| swap(field, from, to)),
        _ => {}
    }
}

const YAML: &str = "\
# Above.
name: receipt   # the name
category: utility
ttl: 12h
variables: { who: Ana, number: A1 }   # both are sent
header: 'It''s paid: {{number}}'
footer: >
  Folded
  text
buttons:
- {type: url,   text: \"View \\\"it\\\"\", url: \"${shop}/r/{{number}}\"}
- Stop it
languages:
  en_US:
    body: |
      Dear {{who}},

      we have {{number}} at ${company}.   # no comment

      Bye \\{{1}}
  de:   # German
    body: Liebe <<who>>, wir haben {{number}}. Danke!
";

const DSL: &str = "\
template receipt {
  category utility   # as declared
  variable who \"Ana\"
  header \"Hello <<who>>\"
  language en_US {
    body \"\"\"
      Dear <<who>>,
      we say \"hello\" at ${company}.
      \"\"\"
  }
  language de {
    body \"Liebe <<who>>, \\\"hallo\\\".\"   # short
  }
}
";

#[test]
fn only_what_changed_changes() {
    let mut table = String::new();
    type Swaps = &'static [(&'static str, &'static str)];
    let cases: &[(&str, &str, Swaps)] = &[
        ("receipt.yaml", YAML, &[("Dear", "Hello"), ("we have", "we still have")]),
        ("receipt.yaml", YAML, &[("paid", "paid isn't")]),
        ("receipt.yaml", YAML, &[("View \"it\"", "See \"that\": now")]),
        ("receipt.yaml", YAML, &[("Danke!", "Danke: sehr #1 {{1}}")]),
        ("receipt.yaml", YAML, &[("Liebe {{1}}", "Liebe {{1}},\nhallo")]),
        ("receipt.yaml", YAML, &[("\n\nwe have", "\nwe have\n\n- and <<more>>\n\n")]),
        ("receipt.yaml", YAML, &[("Northwind Home", "Northwind")]),
        (
            "receipt.yaml",
            YAML,
            &[("/r/", "/receipts/"), ("https://shop.example", "https://www.shop.example")],
        ),
        ("receipt.yaml", YAML, &[("{{1}}", "{{2}}"), ("at N", "for {{1}} at N")]),
        ("receipt.watpl", DSL, &[("Dear", "Hello"), ("hello\"", "good \\ bye\"\nand more")]),
        ("receipt.watpl", DSL, &[("hallo", "guten \"Tag\"\nund mehr")]),
    ];
    for (name, text, swaps) in cases {
        let result = taken(name, text, |version| swaps.iter().for_each(|(from, to)| swap(version, from, to)));
        let shown = match result {
            Ok(new) => {
                let diff = similar::TextDiff::from_lines(*text, new.as_str());
                diff.unified_diff().context_radius(0).to_string()
            }
            Err(error) => format!("{error}\n"),
        };
        let _ = writeln!(table, "## {name} {swaps:?}\n{shown}");
    }
    insta::assert_snapshot!(table);
}

/// A part of a version, as Meta writes it.
fn put(version: &mut Value, component: &Value) {
    version["components"].as_array_mut().expect("components").push(component.clone());
}

fn drop_part(version: &mut Value, kind: &str) {
    version["components"].as_array_mut().expect("components").retain(|one| one["type"] != kind);
}

fn with_buttons(version: &mut Value, change: &dyn Fn(&mut Vec<Value>)) {
    let components = version["components"].as_array_mut().expect("components");
    for component in components.iter_mut().filter(|component| component["type"] == "BUTTONS") {
        change(component["buttons"].as_array_mut().expect("buttons"));
    }
}

fn canonical(name: &str, text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    watpl::format::format(sources.get(id).expect("a source")).expect("canonical")
}

#[test]
fn parts_come_and_go() {
    type Change = &'static dyn Fn(&mut Value);
    let cases: &[(&str, &str, &str, Change)] = &[
        ("no footer", "receipt.yaml", YAML, &|version| drop_part(version, "FOOTER")),
        ("no header", "receipt.yaml", YAML, &|version| drop_part(version, "HEADER")),
        ("no buttons", "receipt.yaml", YAML, &|version| drop_part(version, "BUTTONS")),
        ("one button more", "receipt.yaml", YAML, &|version| {
            with_buttons(version, &|buttons| {
                buttons.push(json!({ "type": "QUICK_REPLY", "text": "New: one" }))
            });
        }),
        ("one button less, and another text", "receipt.yaml", YAML, &|version| {
            with_buttons(version, &|buttons| drop(buttons.pop()));
            swap(version, "we have", "we still have");
        }),
        ("only the reply is left", "receipt.yaml", YAML, &|version| {
            with_buttons(version, &|buttons| drop(buttons.remove(0)));
        }),
        ("a picture instead of the text", "receipt.yaml", YAML, &|version| {
            drop_part(version, "HEADER");
            put(version, &json!({ "type": "HEADER", "format": "LOCATION" }));
        }),
        ("a footer in both", "receipt.watpl", DSL, &|version| {
            put(version, &json!({ "type": "FOOTER", "text": "Thanks \"all\"" }));
        }),
        ("a footer and buttons in one", "receipt.watpl", DSL, &|version| {
            if version["language"] == "de" {
                put(version, &json!({ "type": "FOOTER", "text": "Danke" }));
                let call = json!({ "type": "PHONE_NUMBER", "text": "Anruf", "phone_number": "+4930123456" });
                put(
                    version,
                    &json!({ "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Stopp" }, call] }),
                );
            }
        }),
        ("no header", "receipt.watpl", DSL, &|version| drop_part(version, "HEADER")),
    ];
    let mut table = String::new();
    for (what, name, text, change) in cases {
        // In canonical form, so that nothing but the change is seen.
        let text = canonical(name, text);
        let shown = match taken(name, &text, change) {
            Ok(new) => {
                assert_eq!(canonical(name, &new), new, "{what}");
                let diff = similar::TextDiff::from_lines(text.as_str(), new.as_str());
                diff.unified_diff().context_radius(0).to_string()
            }
            Err(error) => format!("{error}\n"),
        };
        let _ = writeln!(table, "## {name}: {what}\n{shown}");
    }
    insta::assert_snapshot!(table);
    let loose = taken("receipt.yaml", YAML, |version| drop_part(version, "FOOTER")).expect("merged");
    assert_eq!(canonical("receipt.yaml", &loose), loose, "what changes its lines is put into canonical form");
    assert!(loose.contains("# German") && loose.contains("{{number}} at ${company}"), "{loose}");
}

#[test]
fn what_a_person_has_to_decide_is_refused() {
    let refused =
        |change: &dyn Fn(&mut Value)| taken("receipt.yaml", YAML, change).expect_err("refused").to_string();
    let part = |version: &mut Value, kind: &str, change: &dyn Fn(&mut Value)| {
        let components = version["components"].as_array_mut().expect("components");
        components.iter_mut().filter(|component| component["type"] == kind).for_each(change);
    };
    let english = |version: &mut Value, change: &dyn Fn(&mut Value)| {
        if version["language"] == "en_US" {
            change(version);
        }
    };
    let mut table = Vec::new();
    table.push(refused(&|version| {
        english(version, &|version| {
            version["components"].as_array_mut().expect("a list").retain(|one| one["type"] != "FOOTER");
        });
    }));
    table.push(refused(&|version| {
        part(version, "BUTTONS", &|buttons| {
            let link = json!({ "type": "URL", "text": "New", "url": "https://shop.example/{{1}}", "example": ["https://shop.example/1"] });
            buttons["buttons"].as_array_mut().expect("a list").push(link);
        })
    }));
    table.push(refused(&|version| {
        let carousel = json!({ "type": "CALL_PERMISSION_REQUEST" });
        version["components"].as_array_mut().expect("a list").push(carousel);
    }));
    table.push(refused(&|version| english(version, &|version| swap(version, "Stop it", "Stop"))));
    table.push(refused(&|version| swap(version, "we have", "{{3}} we have")));
    table.push(refused(&|version| {
        english(version, &|version| {
            swap(version, "Dear {{1}}", "Dear {{2}}");
            swap(version, "have {{2}}", "have {{1}}");
        });
    }));
    table.push(refused(&|version| swap(version, "Folded text", "Folded\ntext")));
    insta::assert_snapshot!(table.join("\n"));
    let shared =
        taken("receipt.yaml", YAML, |version| swap(version, "Stop it", "Stop")).expect("both changed alike");
    assert!(shared.contains("- Stop\n"));
    let ttl = taken("receipt.yaml", YAML, |version| version["message_send_ttl_seconds"] = 600.into())
        .expect("a new lifetime");
    assert!(ttl.contains("\nttl: 10m\n"));
}

/// A file in which a body is written in one of the ways that there are.
fn file(style: u8, body: &str) -> Option<(&'static str, String)> {
    let indented = |indent: &str| body.replace('\n', &format!("\n{indent}"));
    let quoted = serde_json::to_string(body).expect("a text");
    let yaml = |body: String| {
        (
            "a.yaml",
            format!(
                "# c\nname: a # d\ncategory: utility\nlanguage: en_US\nvariables: {{ x: 1, y: 2 }}\nbody: {body} # e\nfooter: F\n"
            ),
        )
    };
    let plain = !body.contains(['\n', '#', ':', '"', '\'', '\\'])
        && body.starts_with(|c: char| c.is_ascii_alphabetic())
        && !body.ends_with(' ');
    match style {
        0 if plain => Some(yaml(body.to_owned())),
        1 if !body.contains('\n') => Some(yaml(format!("'{}'", body.replace('\'', "''")))),
        2 => Some(yaml(quoted)),
        3 => Some((
            "a.yaml",
            format!(
                "name: a\ncategory: utility\nlanguage: en_US\nvariables: {{ x: 1, y: 2 }}\nbody: |\n  {}\nfooter: F # e\n",
                indented("  ")
            ),
        )),
        4 if !body.contains('\\') => Some((
            "a.watpl",
            format!(
                "# c\ntemplate a {{\n  category utility\n  language en_US\n  variable x \"1\"\n  variable y \"2\"\n  body \"\"\"\n    {}\n    \"\"\" # e\n}}\n",
                indented("    ").replace("\"\"\"", "'")
            ),
        )),
        _ => None,
    }
}

fn words() -> impl Strategy<Value = Vec<&'static str>> {
    let words = vec![
        "Dear",
        " ",
        "{{x}}",
        "{{y}}",
        "${company}",
        "order",
        ", ",
        "\n",
        "é",
        "*b*",
        "سلام",
        "it's",
        "\"so\"",
        ": ",
        "#1",
        "1.",
    ];
    proptest::collection::vec(proptest::sample::select(words), 2..9)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(crate::cases()) })]

    /// Whatever becomes of a body in the console, the file says it afterwards, with every comment and name in place.
    #[test]
    fn whatever_changes_in_a_text_is_taken_over(style in 0..5_u8, old in words(), cut in 0..9_usize, len in 0..3_usize, new in words()) {
        let tidy = |words: &[&str]| format!("Hi {{{{x}}}} {{{{y}}}} {} .", words.concat().replace("\n\n", "\n")).replace(" \n", "\n").replace("\n ", "\n");
        let before = tidy(&old);
        let mut changed = old.clone();
        let from = cut.min(changed.len());
        let to = (from + len).min(changed.len());
        changed.splice(from..to, new.iter().copied().take(3));
        let after = tidy(&changed).replace("${company}", "Northwind Home");
        if let Some((name, text)) = file(style, &before) {
            let wire = |text: &str| text.replace("{{x}}", "{{1}}").replace("{{y}}", "{{2}}");
            let after = wire(&after);
            let result = taken(name, &text, |version| version["components"][0]["text"] = after.clone().into());
            let merged = result.unwrap_or_else(|error| panic!("{error}\n{text}\n{after:?}"));
            let sent = &pushed(name, &merged)[0]["components"][0]["text"];
            prop_assert_eq!(sent, &json!(after));
            prop_assert_eq!(merged.matches(" # e").count(), text.matches(" # e").count());
        }
    }
}
