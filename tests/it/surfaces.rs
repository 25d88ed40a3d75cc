//! The two surfaces: what they say is the same, and what it compiles to is what Meta takes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use watpl::check::{self, Parsed};
use watpl::compile::{AccountContext, compile};
use watpl::diagnostic::Diagnostic;
use watpl::graph::payload_json;
use watpl::source::Sources;

const CONSTANTS: [(&str, &str); 4] = [
    ("company", "Northwind Home"),
    ("shop", "https://shop.example"),
    ("portal", "https://my.shop.example"),
    ("support_phone", "+15550051310"),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The template files in a folder and the folders below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found = Vec::new();
    for path in entries {
        let is_template =
            path.extension().is_some_and(|extension| extension == "yaml" || extension == "watpl");
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.extend(is_template.then_some(path)),
        }
    }
    found.sort();
    found
}

fn show(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| {
        let source = sources.get(found.span.source).expect("a known source");
        format!("{}:{}: {}\n", source.name(), source.position(found.span.start).line, found.message)
    };
    diagnostics.iter().map(line).collect()
}

/// What a file compiles to, a payload a version.
fn compiled(path: &Path) -> Value {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), fs::read_to_string(path).expect("a file"));
    let Parsed { templates, mut diagnostics } = check::parse(sources.iter());
    let account = AccountContext { constants: CONSTANTS.into(), ..AccountContext::default() };
    let compiled: Vec<_> = templates.iter().map(|template| compile(template, &account)).collect();
    diagnostics.extend(compiled.iter().flat_map(|compiled| compiled.diagnostics.clone()));
    assert!(diagnostics.is_empty(), "{}", show(&sources, &diagnostics));
    compiled.iter().flat_map(|compiled| &compiled.payloads).map(payload_json).collect()
}

#[test]
fn the_gallery_parses_without_a_word() {
    let files = files(&folder("templates"));
    for surface in ["yaml", "watpl"] {
        assert!(
            files.iter().filter(|path| path.extension().is_some_and(|found| found == surface)).count() > 5
        );
    }
    for path in files {
        let payloads = compiled(&path);
        assert!(payloads.as_array().is_some_and(|payloads| payloads.len() > 1), "{}", path.display());
    }
}

/// Both files of a pair compile to the payloads in the snapshot beside them.
fn assert_pair(name: &str) {
    let fixtures = folder("tests/it/fixtures/surfaces");
    let [yaml, dsl] = ["yaml", "watpl"].map(|surface| compiled(&fixtures.join(format!("{name}.{surface}"))));
    // Bytes, not values: the order of keys counts as well.
    assert_eq!(format!("{yaml:#}"), format!("{dsl:#}"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, format!("{yaml:#}")));
}

#[test]
fn names_become_numbers_in_both_surfaces() {
    assert_pair("order_update");
}

#[test]
fn names_stay_names_in_both_surfaces() {
    assert_pair("offer");
}

#[test]
fn texts_that_meta_writes_are_flags_in_both_surfaces() {
    assert_pair("login");
}

#[test]
fn numbers_belong_to_their_text_in_both_surfaces() {
    assert_pair("meeting");
}

#[test]
fn the_rest_of_a_template_is_the_same_in_both_surfaces() {
    let read = |file: &str| {
        let mut sources = Sources::default();
        let path = folder("tests/it/fixtures/surfaces").join(file);
        sources.add(file, fs::read_to_string(path).expect("a file"));
        let template = check::parse(sources.iter()).templates.remove(0);
        let variables: Vec<_> = template
            .variables
            .iter()
            .map(|variable| {
                let text = |text: &Option<watpl::source::Spanned<String>>| {
                    text.as_ref().map(|text| text.value.clone())
                };
                (
                    variable.reference.value.clone(),
                    text(&variable.sample),
                    variable.kind,
                    variable.max_length.map(|length| length.value),
                    text(&variable.bind),
                    variable.fallback.clone(),
                    variable.description.clone(),
                )
            })
            .collect();
        let applies_to = template.applies_to.map(|applies_to| (applies_to.model, applies_to.phone));
        let metadata = template.metadata;
        let accounts: Vec<_> = metadata.accounts.into_iter().map(|account| account.value).collect();
        let tags: Vec<_> = metadata.tags.into_iter().map(|tag| tag.value).collect();
        let deprecated = metadata.deprecated.map(|reason| reason.value);
        let replaced_by = metadata.replaced_by.map(|name| name.value);
        let texts = (metadata.description, metadata.owner, deprecated, replaced_by);
        let applies_to =
            applies_to.map(|(model, phone)| (model.map(|model| model.value), phone.map(|phone| phone.value)));
        format!("{variables:#?}\n{applies_to:?}\n{accounts:?} {tags:?}\n{texts:?}")
    };
    for name in ["order_update", "offer", "login", "meeting"] {
        assert_eq!(read(&format!("{name}.yaml")), read(&format!("{name}.watpl")));
    }
}
