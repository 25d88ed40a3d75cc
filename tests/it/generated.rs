//! What is generated from the code is up to date. `UPDATE_EXPECT=1 cargo test` writes it anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use watpl::platform;
use watpl::report::{entries, json, keys, rule};
use watpl::{config, rules, schema};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// Compares a file with what it should be, or writes it.
pub(crate) fn expect(path: &Path, wanted: &str) {
    let actual = std::fs::read_to_string(path).unwrap_or_default();
    if updating() && actual != wanted {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        return std::fs::write(path, wanted).expect("written");
    }
    assert!(actual == wanted, "{} is out of date; run `UPDATE_EXPECT=1 cargo test`", path.display());
}

#[test]
fn every_rule_has_its_page() {
    let folder = root().join("docs/rules");
    let mut wanted = BTreeSet::new();
    for rule in rules::all() {
        let name = format!("{}.md", rule.id);
        expect(&folder.join(&name), &rule::page(rule));
        wanted.insert(name);
    }
    expect(&folder.join("README.md"), &rule::index());
    expect(&folder.join("entries.md"), &entries::page());
    wanted.extend(["README.md".to_owned(), "entries.md".to_owned()]);
    for entry in std::fs::read_dir(&folder).expect("docs/rules") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(wanted.contains(&name), "docs/rules/{name} is the page of no rule; rules never vanish");
    }
}

#[test]
fn the_schemas_are_those_of_the_tables() {
    let folder = root().join("docs/schema");
    expect(&folder.join("template.schema.json"), &json::render(&schema::template()));
    expect(&folder.join("watpl.schema.json"), &json::render(&schema::config()));
}

#[test]
fn the_reference_has_every_table_of_keys() {
    for (page, tables) in
        [("docs/language.md", platform::keys::TABLES), ("docs/configuration.md", config::keys::TABLES)]
    {
        let path = root().join(page);
        let mut text = std::fs::read_to_string(&path).expect(page);
        for (name, table) in tables {
            let begin = format!("<!-- keys of {name}: generated -->\n");
            let end = format!("<!-- keys of {name}: end -->\n");
            let (before, rest) = text.split_once(&begin).expect(&begin);
            let (_, after) = rest.split_once(&end).expect(&end);
            text = format!("{before}{begin}{}{end}{after}", keys::table(table));
        }
        expect(&path, &text);
    }
}
