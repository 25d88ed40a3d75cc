//! The documents: their length, their links, and the example of the README.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::generated::expect;

/// Most words of a page that everybody reads first.
const MAX_WORDS: usize = 1_200;

/// Longest line of ARCHITECTURE.md outside of the table of imports, in characters.
const MAX_COLUMNS: usize = 110;

/// The template of the README's example, with three mistakes and without.
const FLAWED: &str = "\
name: order_shipped
category: utility
language: en_US
variables: { customer: Ana Diaz, order: A-1041 }
body: \"{{customer}}, order {{ order }} is on its way. Enjoy 20% off your next one!\"
";
const FIXED: &str = "\
name: order_shipped
category: utility
language: en_US
variables: { customer: Ana Diaz, order: A-1041 }
body: \"Hi {{customer}}, order {{order}} is on its way to you.\"
";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn first_pages_are_short() {
    let readme = words(&read("README.md"));
    assert!(readme <= MAX_WORDS, "README.md has {readme} words, and {MAX_WORDS} are allowed");
    let architecture = read("ARCHITECTURE.md");
    let (before, rest) = architecture.split_once("| module | imports |\n").expect("the table of imports");
    let after = rest.lines().skip_while(|line| line.starts_with('|'));
    let prose: Vec<_> = before.lines().chain(after).collect();
    let count = words(&prose.join("\n"));
    assert!(count <= MAX_WORDS, "ARCHITECTURE.md has {count} words outside of the table of imports");
    let long: Vec<_> = prose.iter().filter(|line| line.chars().count() > MAX_COLUMNS).collect();
    assert!(long.is_empty(), "lines over {MAX_COLUMNS} columns in ARCHITECTURE.md: {long:#?}");
}

/// Standard output of a run of the program in a folder, whatever its exit code.
fn output(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_watpl"));
    let output = command.args(arguments).current_dir(folder).env_clear().output().expect("it runs");
    String::from_utf8(output.stdout).expect("a text")
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let folder = TempDir::new().expect("a folder");
    let template = folder.path().join("templates/order_shipped.yaml");
    fs::create_dir(folder.path().join("templates")).expect("a folder");
    fs::write(&template, FLAWED).expect("written");
    let lint = output(folder.path(), &["lint"]);
    fs::write(&template, FIXED).expect("written");
    let push = output(folder.path(), &["push"]);
    let body = FIXED.lines().last().expect("a line");
    let blocks = [
        ("example", format!("```yaml\n{FLAWED}```\n\n```console\n$ watpl lint\n{lint}```\n")),
        ("fixed", format!("```yaml\n{body}\n```\n")),
        ("push", format!("```console\n$ watpl push\n{push}```\n")),
    ];
    let mut text = read("README.md");
    for (name, block) in blocks {
        let (begin, end) = (format!("<!-- {name}: generated -->\n"), format!("<!-- {name}: end -->\n"));
        let (before, rest) = text.split_once(&begin).expect(&begin);
        let (_, after) = rest.split_once(&end).expect(&end);
        text = format!("{before}{begin}{block}{end}{after}");
    }
    expect(&root().join("README.md"), &text);
}

/// Markdown files of the repository, without build folders.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            if !name.starts_with('.') && !["target", "corpus", "fixtures", "outputs"].contains(&&*name) {
                found.extend(pages(&entry));
            }
        } else if name.ends_with(".md") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

/// The text without fenced blocks and code spans, in which nothing is a link.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    });
    let mut kept = String::new();
    for line in lines {
        line.split('`').step_by(2).for_each(|part| kept += part);
        kept.push('\n');
    }
    kept
}

/// Targets of inline links.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let ends = prose.match_indices("](").map(|(at, mark)| &prose[at + mark.len()..]);
    ends.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// Anchors of a page: its headings, as GitHub writes them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut fenced = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if let Some(title) = line.strip_prefix('#').filter(|_| !fenced) {
            let title = title.trim_start_matches('#').trim().to_lowercase();
            let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            found.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
        }
    }
    found
}

#[test]
fn relative_links_and_anchors_resolve() {
    let mut broken = Vec::new();
    let pages = pages(&root());
    assert!(pages.len() > 100, "{} pages", pages.len());
    for page in pages {
        let text = fs::read_to_string(&page).expect("a text");
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { page.clone() } else { page.with_file_name("").join(path) };
            let is_there = target.exists()
                && (anchor.is_empty()
                    || fs::read_to_string(&target).is_ok_and(|text| anchors(&text).contains(anchor)));
            if !is_there {
                broken.push(format!("{}: {link}", page.strip_prefix(root()).unwrap_or(&page).display()));
            }
        }
    }
    assert!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
}

/// Code spans that are paths of the repository: they have a slash or end in `.rs`, and consist of nothing else.
fn paths(text: &str) -> Vec<String> {
    let is_path = |span: &&str| {
        let known = ["src/", "tests/", "grammar/", "docs/", "benches/", "crates/"];
        (span.ends_with(".rs") || known.iter().any(|folder| span.starts_with(folder)))
            && span.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
    };
    let spans = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    spans.filter(is_path).map(str::to_owned).collect()
}

#[test]
fn paths_in_documents_about_the_code_exist() {
    let mut missing = Vec::new();
    for page in ["ARCHITECTURE.md", "docs/dev/decisions.md", "docs/dev/performance.md"] {
        for path in paths(&read(page)) {
            // A path may be relative to the folder of the sources.
            if !root().join(&path).exists() && !root().join("src").join(&path).exists() {
                missing.push(format!("{page}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "these paths do not exist:\n{}", missing.join("\n"));
}

/// The checks themselves.
#[test]
fn links_and_anchors_are_read() {
    assert_eq!(links("[a](b.md#c) `[x](y)`\n```\n[n](o)\n```\n![i](j.png)"), ["b.md#c", "j.png"]);
    assert_eq!(paths("`src/a b` `src/a.rs`, `x.rs` and `.ci/run`"), ["src/a.rs", "x.rs"]);
    let found = anchors("# A `b`: c_d, e!\n```\n# no\n```\n## X-Y");
    assert_eq!(found, ["a-b-c_d-e", "x-y"].map(str::to_owned).into());
}
