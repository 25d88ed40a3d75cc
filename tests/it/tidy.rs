//! The house: what ARCHITECTURE.md promises about the code is read there and held here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Longest file, in lines.
const MAX_LINES: usize = 600;

/// Test files that are longer. Each leaves the list when it is split; none may be added.
const UNSPLIT: [&str; 2] = ["tests/it/cli.rs", "tests/it/deploy.rs"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry, extension));
        } else if entry.extension().is_some_and(|own| own == extension) {
            let name =
                entry.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            found.push((name, std::fs::read_to_string(&entry).expect("a text")));
        }
    }
    found.sort();
    found
}

pub(crate) fn sources() -> Vec<(String, String)> {
    files(&root().join("src"), "rs")
}

/// The lines of code: without comments, and without the tests at the end of a file.
pub(crate) fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn module(file: &str) -> &str {
    let inner = file.trim_start_matches("src/");
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

/// Top-level modules that a text names by `crate::…`, also in groups.
fn imports(text: &str) -> BTreeSet<String> {
    let word =
        |rest: &str| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (_, rest) in text.match_indices("crate::").map(|(at, _)| text[at..].split_at("crate::".len())) {
        match rest.strip_prefix('{') {
            None => drop(found.insert(word(rest))),
            Some(group) => {
                let mut depth = 0;
                for part in group.split_inclusive([',', '{', '}']) {
                    if depth == 0 {
                        found.insert(word(part.trim_start()));
                    }
                    depth += part.matches('{').count();
                    if part.ends_with('}') {
                        if depth == 0 {
                            break;
                        }
                        depth -= 1;
                    }
                }
            }
        }
    }
    found.remove("");
    // A macro of the crate's root, not a module.
    found.remove("rule");
    // Only tests use it.
    found.remove("testing");
    found
}

fn actual_imports() -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in sources() {
        let own = module(&file).to_owned();
        let mut found = imports(&code(&text));
        found.remove(&own);
        modules.entry(own).or_default().extend(found);
    }
    modules
}

/// The rows of the table under "Module imports": a module, and those that it may import.
fn allowed_imports() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let section = text.split("## Module imports").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').collect();
        (names(cells[1]).pop_first().expect("a module"), names(cells[2]))
    })
    .collect()
}

#[test]
fn modules_import_only_what_the_architecture_allows() {
    let allowed = allowed_imports();
    let mut broken = Vec::new();
    for (module, imports) in actual_imports() {
        if matches!(module.as_str(), "lib" | "main" | "testing") {
            continue;
        }
        let Some(may) = allowed.get(&module) else {
            broken.push(format!("{module} has no row in ARCHITECTURE.md"));
            continue;
        };
        broken.extend(imports.difference(may).map(|import| format!("{module} must not import {import}")));
        broken.extend(
            may.difference(&imports).map(|import| format!("{module} may import {import} and does not")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn modules_have_no_import_cycles() {
    let mut left = actual_imports();
    left.remove("lib");
    loop {
        let free: Vec<_> = left
            .iter()
            .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| drop(left.remove(module)));
    }
    assert!(left.is_empty(), "these import each other in a circle: {:?}", left.keys());
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "these files begin without `//! `: {silent:?}");
}

#[test]
fn files_are_one_idea_long() {
    let mut all = sources();
    all.extend(files(&root().join("tests"), "rs"));
    for member in std::fs::read_dir(root().join("crates")).expect("a folder") {
        let member = member.expect("an entry").path();
        let folders =
            ["src", "tests"].map(|name| member.join(name)).into_iter().filter(|folder| folder.is_dir());
        all.extend(folders.flat_map(|folder| files(&folder, "rs")));
    }
    let is_long = |text: &str| code(text).lines().count() > MAX_LINES;
    let split =
        UNSPLIT.iter().filter(|file| !is_long(&std::fs::read_to_string(root().join(file)).expect("a text")));
    let split: Vec<_> = split.collect();
    assert!(split.is_empty(), "these need no exception any more: {split:?}");
    let long = all.into_iter().filter(|(file, text)| is_long(text) && !UNSPLIT.contains(&file.as_str()));
    let long: Vec<_> = long.map(|(file, text)| format!("{file}: {}", text.lines().count())).collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines: {long:?}");
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TO", "FIX", "HA"].map(str::to_owned).into_iter().zip(["DO", "ME", "CK"]);
    let words: Vec<String> = words.map(|(head, tail)| head + tail).collect();
    let mut all = sources();
    all.extend(files(&root().join("grammar"), "pest"));
    all.extend(files(&root().join("tests"), "rs"));
    for (file, text) in all {
        for word in &words {
            assert!(
                !text.split(|c: char| !c.is_ascii_alphabetic()).any(|own| own == word),
                "{file} says {word}"
            );
        }
    }
}

#[test]
fn only_their_places_know_the_libraries() {
    let places = [
        ("pest", "src/syntax/"),
        ("granit_parser", "src/syntax/"),
        ("miette", "src/report/human.rs"),
        ("aho_corasick", "src/phrases/lexicon.rs"),
        ("memchr", "src/syntax/"),
        ("simdutf8", "src/syntax.rs"),
        ("foldhash", "src/hash.rs"),
        ("whatlang", "src/language_detection.rs"),
        ("unicode_script", "src/text/script.rs"),
        ("clap", "src/cli"),
        ("clap_complete", "src/cli/completions.rs"),
        ("clap_mangen", "src/cli/man.rs"),
        ("infer", "src/workspace/media.rs"),
        ("imagesize", "src/workspace/media.rs"),
        ("cap_fs_ext", "src/workspace/folder.rs"),
        ("cap_std", "src/workspace/"),
        ("graph_sandbox", "src/cli"),
        ("reqwest", "src/remote/http.rs"),
        ("rustix", "src/workspace/"),
        ("psl", "src/url_host.rs"),
        ("quick_junit", "src/report/junit.rs"),
        ("percent_encoding", "src/report/sarif.rs"),
    ];
    for (file, text) in sources() {
        for (library, place) in places {
            let known = code(&text).contains(&format!("{library}::"))
                || code(&text).contains(&format!("use {library}"));
            // Limits the memory of child programs.
            let is_exception = (library, file.as_str()) == ("rustix", "src/cli/child.rs");
            let may = file.starts_with(place) || is_exception;
            assert!(!known || may, "{file} knows {library}, and only {place} may");
        }
    }
}

/// A child process gets no secrets: one module sees to that, and no other may start programs.
#[test]
fn one_module_starts_programs() {
    let starts =
        |text: &str| ["Command::new", "process::Command", "tokio::process"].map(|way| text.contains(way));
    let files: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| starts(&code(text)).contains(&true))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(files, ["src/cli/child.rs"]);
}

/// Rules that a stage raises are declared next to the stage: the stage cannot import `rules`, which imports it.
const STAGE_RULES: [&str; 2] = ["src/syntax/rules.rs", "src/lower/rules.rs"];

#[test]
fn each_file_of_a_rule_group_declares_one_rule() {
    for (file, text) in sources() {
        let declared = text.lines().filter(|line| *line == "rule! {").count();
        let path: Vec<_> = file.split('/').collect();
        let expected = match path.as_slice() {
            ["src", "rules", "support", ..] => 0,
            ["src", "rules", _, _] => 1,
            ["src", "rules", _, _, ..] => panic!("{file} is below a group, and no rule"),
            _ if STAGE_RULES.contains(&file.as_str()) => continue,
            _ => 0,
        };
        assert_eq!(declared, expected, "{file}");
    }
}
