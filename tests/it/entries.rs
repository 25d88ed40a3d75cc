//! The account of entries: what rules say they cover, and what the catalogue says, are the same.

use std::collections::BTreeSet;
use std::path::Path;

use watpl::platform::keys;
use watpl::rules::{self, Entry, Kept, SECTIONS};

fn entries() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|section| section.entries)
}

fn file(name: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
    text.unwrap_or_else(|error| panic!("the catalogue names {name}: {error}"))
}

/// Whether a table of keys has a key; `*` stands for the table.
fn is_row(table: &str, key: &str) -> bool {
    if table == "foreign" {
        return keys::FOREIGN.iter().any(|(known, _)| *known == key);
    }
    let table = keys::TABLES.iter().find(|(name, _)| *name == table);
    table.is_some_and(|(_, keys)| key == "*" || keys.iter().any(|known| known.name == key))
}

#[test]
fn every_entry_is_kept_somewhere() {
    let covered: BTreeSet<&str> = rules::all().iter().flat_map(|rule| rule.entries).copied().collect();
    let problem = |entry: &Entry| {
        let by_rule = covered.contains(entry.id);
        match entry.kept {
            Kept::Rule => (!by_rule).then_some("no rule names it".to_owned()),
            Kept::Row { table, key } if !is_row(table, key) => Some(format!("`{table}` has no key `{key}`")),
            Kept::Row { .. } => (!by_rule).then_some("no rule reports what does not fit".to_owned()),
            Kept::Type { .. } | Kept::Plan { .. } | Kept::Out(_) if by_rule => {
                Some("a rule names it as well".to_owned())
            }
            Kept::Type { file: name, item, .. } | Kept::Plan { file: name, item, .. } => {
                (!file(name).contains(item)).then(|| format!("{name} has no `{item}`"))
            }
            Kept::Out(why) => why.is_empty().then(|| "it is left out without a reason".to_owned()),
        }
    };
    let lost: Vec<_> =
        entries().filter_map(|entry| Some(format!("{}: {}", entry.id, problem(entry)?))).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn rules_name_no_entry_that_there_is_not() {
    let known: BTreeSet<&str> = entries().map(|entry| entry.id).collect();
    assert_eq!(known.len(), entries().count(), "an entry is listed twice");
    let named =
        rules::all().into_iter().flat_map(|rule| rule.entries.iter().map(move |entry| (rule.id, *entry)));
    let unknown: Vec<_> = named.filter(|(_, entry)| !known.contains(entry)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
