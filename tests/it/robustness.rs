//! `docs/robustness.md`: every hostile input has its row, and every row a test that there is, or the reason why it has none.

use std::fs;
use std::path::{Path, PathBuf};

/// The sections, and how many rows each has.
const SECTIONS: [(&str, usize); 12] = [
    ("A", 22),
    ("B", 27),
    ("C", 23),
    ("D", 17),
    ("E", 13),
    ("F", 22),
    ("G", 25),
    ("H", 16),
    ("I", 19),
    ("J", 10),
    ("K", 15),
    ("L", 10),
];

/// What a row without a test begins with.
const CANNOT: &str = "cannot occur:";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/robustness.md")).expect("the page")
}

/// A row of a table.
struct Row {
    number: String,
    does: String,
    tests: Vec<String>,
}

/// The rows of a section.
fn rows(page: &str, section: &str) -> Vec<Row> {
    let begin =
        page.find(&format!("\n## {section}. ")).unwrap_or_else(|| panic!("there is no section {section}"));
    let text = &page[begin + 1..];
    let text = text.find("\n## ").map_or(text, |end| &text[..end]);
    let rows = text.lines().filter(|line| line.starts_with(&format!("| {section}")));
    rows.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let &[number, case, does, tests] = cells.as_slice() else { panic!("a row has four cells: {line}") };
    assert!(!case.is_empty() && !does.is_empty(), "{line}");
    let tests = tests.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Row { number: number.to_owned(), does: does.to_owned(), tests }
}

/// Where the function of a test's path may stand: its module as a file, in the tests or in the sources.
fn files(path: &str) -> Vec<PathBuf> {
    let modules: Vec<_> = path.split("::").collect();
    let (_, modules) = modules.split_last().expect("a name");
    let (folder, modules) = match (modules.split_first(), modules.split_last()) {
        (Some((&"graph_sandbox", inner)), Some((&"tests", _))) => {
            ("crates/graph-sandbox/src", inner.split_last().map_or(inner, |(_, outer)| outer))
        }
        (Some((&"graph_sandbox", inner)), _) => ("crates/graph-sandbox/tests/emulator", inner),
        (_, Some((&"tests", outer))) => ("src", outer),
        _ => ("tests/it", modules),
    };
    let stem = root().join(folder).join(modules.join("/"));
    vec![stem.with_extension("rs"), stem.join("mod.rs")]
}

/// What is wrong with the path of a test, if anything is.
fn wrong(path: &str) -> Option<String> {
    let name = path.rsplit("::").next().unwrap_or(path);
    let file = files(path).into_iter().find(|file| file.is_file());
    let Some(file) = file else { return Some(format!("`{path}` is in a module that there is not")) };
    let text = fs::read_to_string(&file).expect("a source");
    is_test(&text, name).err().map(|what| format!("`{path}` {what} in {}", shown(&file)))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

/// Whether a source has a test of this name: a function with `#[test]` among the attributes right above it.
fn is_test(text: &str, name: &str) -> Result<(), &'static str> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(&format!("fn {name}(")));
    let above = &lines[..at.ok_or("is not")?];
    let attributes = above.iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("///"));
    if attributes.clone().any(|line| line.starts_with("#[ignore")) {
        return Err("is ignored");
    }
    attributes.clone().any(|line| *line == "#[test]").then_some(()).ok_or("is no test")
}

#[test]
fn every_section_has_its_rows_in_order() {
    let page = page();
    for (section, count) in &SECTIONS {
        let numbers: Vec<_> = rows(&page, section).into_iter().map(|row| row.number).collect();
        // None of the rows of the first list may go; others are added at the end of their section.
        let wanted: Vec<_> =
            (1..=numbers.len().max(*count)).map(|number| format!("{section}{number}")).collect();
        assert_eq!(numbers, wanted);
    }
}

#[test]
fn every_row_has_a_test_that_there_is_or_a_reason() {
    let page = page();
    let mut wrongs = Vec::new();
    for row in SECTIONS.iter().flat_map(|(section, _)| rows(&page, section)) {
        let has_reason = row.does.strip_prefix(CANNOT).is_some_and(|why| why.trim().len() > 20);
        if row.tests.is_empty() && !has_reason {
            wrongs.push(format!("{} has neither a test nor a reason", row.number));
        }
        // Tests that a reason names are held to the same.
        let named =
            row.does.split('`').skip(1).step_by(2).filter(|code| code.contains("::")).map(str::to_owned);
        let paths = row.tests.iter().cloned().chain(named);
        wrongs.extend(paths.filter_map(|path| wrong(&path)).map(|what| format!("{}: {what}", row.number)));
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

/// The check itself: what it has to see.
#[test]
fn a_test_that_there_is_not_is_seen() {
    assert_eq!(wrong("robustness::a_test_that_there_is_not_is_seen"), None);
    assert_eq!(wrong("source::tests::slices_are_cut_to_what_exists"), None);
    assert!(wrong("robustness::nothing").is_some_and(|what| what.contains("is not")));
    assert!(wrong("robustness::page").is_some_and(|what| what.contains("is no test")));
    assert!(wrong("nowhere::nothing").is_some_and(|what| what.contains("module")));
    assert_eq!(is_test("#[test]\n#[ignore = \"slow\"]\nfn x() {}", "x"), Err("is ignored"));
    assert_eq!(is_test("#[cfg(unix)]\n#[test]\nfn x() {}", "x"), Ok(()));
}
