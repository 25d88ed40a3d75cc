//! The JSON Schemas, held against the files of this repository, against wrong ones, and against the tables of keys.

use jsonschema::Validator;
use serde_json::Value;
use watpl::model::{Category, ParameterFormat, VariableType};
use watpl::platform::keys::{self, Key, TextForm};
use watpl::{check, config, gallery, lint_context, schema, source, syntax};

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).expect("a schema that is one")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// What is wrong, as `place: message`.
fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let value = yaml(text);
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_gallery_and_the_configuration_fit() {
    let templates = validator(&schema::template());
    let files = gallery::GALLERY.iter().filter(|item| item.surface() == syntax::SourceFormat::Yaml);
    assert!(files.clone().count() >= 9);
    for item in files {
        assert_eq!(faults(&templates, item.text), Vec::<String>::new(), "{}", item.path);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/components");
    for path in std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path()) {
        if path.extension().is_some_and(|end| end == "yaml") {
            let text = std::fs::read_to_string(&path).expect("a fixture");
            assert_eq!(faults(&templates, &text), Vec::<String>::new(), "{}", path.display());
        }
    }
    let file =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/watpl.yaml")).expect("watpl.yaml");
    assert_eq!(faults(&validator(&schema::config()), &file), Vec::<String>::new());
}

const HEAD: &str =
    "name: order_shipped\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way.\n";

/// Other ways to write what the linter reads just as well.
#[test]
fn everything_that_is_read_fits() {
    let templates = validator(&schema::template());
    for more in [
        "ttl: 600",
        "ttl: -1",
        "ttl: 45s",
        "parameter_format: NAMED",
        "header: 2026",
        "header: location",
        "header: { text: 'For {{1}}', samples: [12] }",
        "footer: true",
        "footer: { code_expiration_minutes: '5' }",
        "buttons: [Yes, { type: QUICK_REPLY, text: 7 }]",
        "variables: { customer: Ana, 1: 2, amount: { sample: 3.5 } }",
        "variables: { customer: }",
        "tags: billing",
        "tags: [billing, 2026]",
        "deprecated: true",
        "is_primary_device_delivery_only: true",
        "replaced_by: order_sent",
    ] {
        assert_eq!(faults(&templates, &format!("{HEAD}{more}\n")), Vec::<String>::new(), "{more}");
    }
    let bare = "name: a_code\ncategory: AUTHENTICATION\n";
    for languages in ["languages: [en_US, fa]", "languages: { en_US: , fa: { samples: { order: 5 } } }"] {
        assert_eq!(faults(&templates, &format!("{bare}{languages}\n")), Vec::<String>::new(), "{languages}");
    }
}

#[test]
fn what_has_the_wrong_shape_does_not_fit() {
    let templates = validator(&schema::template());
    for (more, place) in [
        ("nmae: other", ""),
        ("ttl: soon", "/ttl"),
        ("ttl: [10m]", "/ttl"),
        ("parameter_format: numbered", "/parameter_format"),
        ("header: [a]", "/header"),
        ("header: { picture: a.png }", "/header"),
        ("footer: { code_expiration_minutes: soon }", "/footer"),
        ("buttons: Stop", "/buttons"),
        ("buttons: [{ text: Track }]", "/buttons/0"),
        ("buttons: [{ type: link, text: Track }]", "/buttons/0"),
        ("variables: [customer]", "/variables"),
        ("variables: { Customer: Ana }", "/variables"),
        ("variables: { customer: { sample: Ana, type: person } }", "/variables/customer"),
        ("variables: { customer: { sampel: Ana } }", "/variables/customer"),
        ("applies_to: sale.order", "/applies_to"),
        ("tags: { a: b }", "/tags"),
        ("cta_url_link_tracking_opted_out: maybe", "/cta_url_link_tracking_opted_out"),
        ("replaced_by: Order-Sent", "/replaced_by"),
        ("description: [a, b]", "/description"),
        ("languages: [en_US]", ""),
    ] {
        let found = faults(&templates, &format!("{HEAD}{more}\n"));
        assert_eq!(found.len(), 1, "{more}: {found:#?}");
        assert!(found[0].starts_with(&format!("{place}: ")), "{more}: {found:#?}");
    }
    let whole = [
        ("category: utility\nlanguage: en_US\nbody: a\n", "required"),
        ("name: a\nlanguage: en_US\nbody: a\n", "required"),
        ("name: a\ncategory: utility\nbody: a\n", ""),
        ("name: Order-Shipped\ncategory: utility\nlanguage: en_US\n", "does not match"),
        ("name: a\ncategory: transactional\nlanguage: en_US\n", "transactional"),
        ("name: a\ncategory: utility\nlanguage: en-US\n", "en-US"),
        ("name: a\ncategory: utility\nlanguages: { english: { body: a } }\n", ""),
        ("name: a\ncategory: utility\nlanguages: { en_US: { text: a } }\n", ""),
        ("name: a\ncategory: utility\nlanguages: english\n", ""),
        ("- name: a\n", "object"),
    ];
    for (text, word) in whole {
        let found = faults(&templates, text);
        assert!(found.iter().any(|fault| fault.contains(word)), "{text}: {found:#?}");
    }
}

#[test]
fn a_wrong_configuration_does_not_fit() {
    let configuration = validator(&schema::config());
    for (text, place) in [
        ("template: [templates]", ""),
        ("languages: [english]", "/languages"),
        ("constants: { a-b: c }", "/constants"),
        ("lint: { rules: { no-such-rule: off } }", "/lint/rules"),
        ("lint: { rules: { body-too-long: fatal } }", "/lint/rules/body-too-long"),
        ("accounts: { origin/main: { waba_id: '1' } }", "/accounts"),
        ("accounts: { live: { kind: cloud } }", "/accounts/live/kind"),
        ("accounts: { live: { waba_id: abc } }", "/accounts/live/waba_id"),
        ("accounts: { live: { waba_id: '1', token: EAAG } }", "/accounts/live/token"),
        ("accounts: { live: { waba_id: '1', token: { value: EAAG } } }", "/accounts/live/token"),
        ("accounts: { live: { waba_id: '1', api_version: newest } }", "/accounts/live/api_version"),
        ("sync: { unmanaged: delete }", "/sync/unmanaged"),
        ("sync: { max_deletes: many }", "/sync/max_deletes"),
    ] {
        let found = faults(&configuration, text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(found[0].starts_with(&format!("{place}: ")), "{text}: {found:#?}");
    }
    for text in [
        "lint: { rules: { body-too-long: OFF } }",
        "accounts: { live: { waba_id: 102, token: { command: [pass, wa/token] }, select: 'tag:billing' } }",
        "sync: { unmanaged: ignore, protect: [hello_world], max_deletes: 3 }",
    ] {
        assert_eq!(faults(&configuration, text), Vec::<String>::new(), "{text}");
    }
}

/// The keys of a table stand where a file has them, each with what it means.
fn assert_has_every_key(schema: &Value, tables: &[(&str, &[Key])]) {
    let text = schema.to_string();
    for (index, (name, table)) in tables.iter().enumerate() {
        let place = if index == 0 { "/properties".to_owned() } else { format!("/$defs/{name}/properties") };
        let properties = schema.pointer(&place).expect(&place);
        for key in *table {
            assert_eq!(properties[key.name]["description"], key.doc, "{name}.{}", key.name);
        }
        let reference = format!("\"#/$defs/{name}\"");
        assert!(index == 0 || text.contains(&reference), "no key leads to the table {name}; see `Key::map`");
    }
}

#[test]
fn every_key_is_in_the_schema() {
    assert_has_every_key(&schema::template(), keys::TABLES);
    assert_has_every_key(&schema::config(), config::keys::TABLES);
}

#[test]
fn every_table_has_a_name() {
    for (file, tables) in
        [("src/platform/keys.rs", keys::TABLES), ("src/config/keys.rs", config::keys::TABLES)]
    {
        let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).expect(file);
        let written =
            text.lines().filter(|line| line.contains("static ") && line.contains(": [Key; ")).count();
        assert_eq!(tables.len(), written, "{file} has a table that `TABLES` does not name");
    }
}

fn words(table: &[Key], name: &str) -> Vec<&'static str> {
    match table.iter().find(|key| key.name == name).map(|key| key.form) {
        Some(TextForm::OneOf(words)) => words.to_vec(),
        other => panic!("{name} takes {other:?}"),
    }
}

fn sorted(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words
}

/// The words in the tables are those that are read: the model's, and those that the linter proposes.
#[test]
fn the_words_of_the_tables_are_those_that_are_read() {
    assert_eq!(sorted(words(&keys::TEMPLATE, "category")), Category::ALL.map(Category::as_str));
    assert_eq!(words(&keys::VARIABLE, "type"), VariableType::ALL.map(VariableType::as_str));
    for word in words(&keys::TEMPLATE, "parameter_format") {
        assert!(ParameterFormat::new(word).is_some(), "{word}");
    }
    for (button, key) in [("type: qqqqqqqqqqqq", "type"), ("type: otp, otp_type: qqqqqqqqqqqq", "otp_type")] {
        let mut sources = source::Sources::default();
        sources.add("order_shipped.yaml", format!("{HEAD}buttons: [{{ {button}, text: Track }}]\n"));
        let checked = check::check(&sources, &lint_context::LintSettings::default());
        let found =
            checked.diagnostics.iter().find(|found| found.rule.id == "invalid-value").expect("a diagnostic");
        let help = found.help.clone().expect("help").to_string();
        let read: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
        assert_eq!(sorted(words(&keys::BUTTON, key)), sorted(read), "{key}");
    }
}
