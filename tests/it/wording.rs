//! Wording: messages, help, comments and documents are in plain English, with the terms of docs/glossary.md.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A word or phrase that is not used, words that make it right when they follow, and what to write.
struct Entry {
    phrases: &'static [&'static str],
    unless_before: &'static [&'static str],
    instead: &'static str,
}

const fn entry(phrases: &'static [&'static str], instead: &'static str) -> Entry {
    Entry { phrases, unless_before: &[], instead }
}

const LIST: &[Entry] = &[
    entry(&["mend", "mends", "mended", "mending"], "fix"),
    Entry { phrases: &["blank", "blanks"], unless_before: &["line", "lines"], instead: "space, whitespace" },
    Entry {
        phrases: &["stand", "stands", "stood"],
        unless_before: &["for", "ins"],
        instead: "is, appears in, next to",
    },
    entry(&["is gone", "are gone", "was gone", "gone"], "was removed, no longer exists"),
    Entry {
        phrases: &["says", "said", "told"],
        unless_before: &["apart"],
        instead: "reports, prints, contains, returns",
    },
    entry(&["is none of", "are none of", "is none"], "is not"),
    entry(&["nobody", "somebody", "nobody's", "somebody's"], "the sender, Meta, the user"),
    entry(&["beside"], "next to, together with, in addition to"),
    entry(&["held against", "held to"], "compared with, tested against, enforced by"),
    entry(&["at one look", "in one look", "a look at", "one look"], "check, lookup, in one pass"),
    entry(&["surface", "surfaces"], "format"),
    entry(&["those who send", "who sends"], "senders, sending code, callers"),
    entry(&["spend an edit", "spends an edit"], "uses up an edit"),
    entry(
        &["meta refuses", "meta refused", "meta would refuse", "refused by meta"],
        "rejected at submission, rejected in review",
    ),
    entry(&["way out"], "opt-out"),
    entry(&["picture", "pictures"], "image"),
    entry(&["artefact", "artefacts"], "release binary"),
    entry(&["learn", "learns", "learned", "learnt"], "record"),
    entry(&["take in", "takes in", "taken in", "takes over", "taken over"], "adopt, import, merge"),
    entry(&["weigh", "weighs", "weighed", "gravest"], "severity"),
    entry(&["the time is over"], "timed out"),
];

/// Files whose text is not the project's own words.
const EXEMPT: &[&str] = &[
    // Inputs and outputs.
    "tests/",
    "crates/graph-sandbox/tests/",
    // Generated from the inputs of a test.
    "docs/hostile-repositories.md",
    // Generated from the catalogue of rules.
    "docs/rules/entries.md",
];

/// Places whose comments are still to be rewritten. A place without a flaw must leave this list.
const UNWRITTEN: &[&str] = &["src/syntax", "src/phrases/"];

/// Folders whose string literals imitate Meta's own texts.
const FOREIGN_STRINGS: &[&str] = &["crates/graph-sandbox/"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        let hidden = name.starts_with('.') || name == "target" || name.starts_with("fuzz/");
        if hidden || EXEMPT.iter().any(|exempt| format!("{name}/").starts_with(exempt) || name == *exempt) {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|own| own == "rs" || own == "md" || own == "pest") {
            found.push((name, std::fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// The prose of a file by line: text outside of code blocks and code spans.
fn prose(name: &str, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in (1..).zip(text.lines()) {
        // Tests, and the edge cases of a rule, are inputs.
        if line.starts_with("#[cfg(test)]") || line == "cases! {" {
            break;
        }
        let trimmed = line.trim_start();
        let comment = trimmed.strip_prefix("//").map(|rest| rest.trim_start_matches(['/', '!']));
        // The heading of a rule's page is its id.
        if name.starts_with("docs/rules/") && line.starts_with("# ") {
            continue;
        }
        let candidates = match (name.ends_with(".md"), comment) {
            (true, _) => vec![line.to_owned()],
            (false, Some(comment)) => vec![comment.to_owned()],
            (false, None) => match FOREIGN_STRINGS.iter().any(|folder| name.starts_with(folder)) {
                true => Vec::new(),
                false => literals(line),
            },
        };
        for candidate in candidates {
            if candidate.trim_start().starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                found.push((number, without_code(&candidate)));
            }
        }
    }
    found
}

/// String literals of a line that are sentences: those with a space in them.
fn literals(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('"') {
        let mut text = String::new();
        let mut characters = after.char_indices();
        let mut end = after.len();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    end = at + 1;
                    break;
                }
                '\\' => drop(characters.next()),
                other => text.push(other),
            }
        }
        rest = after.get(end..).unwrap_or_default();
        found.extend(text.contains(' ').then_some(text));
    }
    found
}

/// A line without what is in backticks, the targets of links, and the names in braces of a format string.
fn without_code(line: &str) -> String {
    let line = line.split('`').step_by(2).collect::<Vec<_>>().join(" x ");
    let line = without(&line, "](", ')');
    without(&line, "{", '}')
}

/// A text without the parts from `start` to `end`.
fn without(text: &str, start: &str, end: char) -> String {
    let mut parts = text.split(start);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push(' ');
        left.push_str(part.split_once(end).map_or("", |(_, rest)| rest));
    }
    left
}

fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '\'' || c == '_';
    text.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The first phrase of the list in a line, and what to write instead.
fn flaw(line: &str) -> Option<(&'static str, &'static str)> {
    let words = words(line);
    for entry in LIST {
        for phrase in entry.phrases {
            let wanted: Vec<_> = phrase.split(' ').collect();
            let at = words.windows(wanted.len()).position(|window| window == wanted);
            let Some(at) = at else { continue };
            let next = words.get(at + wanted.len()).map(String::as_str).unwrap_or_default();
            if !entry.unless_before.contains(&next) {
                return Some((phrase, entry.instead));
            }
        }
    }
    None
}

#[test]
fn everything_that_people_read_is_in_plain_words() {
    let mut all = Vec::new();
    files(&root(), &mut all);
    assert!(all.len() > 300, "{} files", all.len());
    let (mut flaws, mut unwritten) = (Vec::new(), BTreeSet::new());
    for (name, text) in all {
        for (number, line) in prose(&name, &text) {
            let Some((phrase, instead)) = flaw(&line) else { continue };
            match UNWRITTEN.iter().find(|place| name.starts_with(**place)) {
                Some(place) => drop(unwritten.insert(*place)),
                None => {
                    flaws.push(format!("{name}:{number}: `{phrase}`; write: {instead}\n    {}", line.trim()))
                }
            }
        }
    }
    assert!(flaws.is_empty(), "{} lines:\n{}", flaws.len(), flaws.join("\n"));
    let written: Vec<_> = UNWRITTEN.iter().filter(|place| !unwritten.contains(*place)).collect();
    assert!(written.is_empty(), "these are rewritten, and should leave the list: {written:?}");
}

#[test]
fn flaws_are_found_outside_of_code() {
    for line in
        ["Mend it.", "two blanks in a row", "the file is gone", "it says so", "nobody's name", "beside it"]
    {
        assert!(flaw(line).is_some(), "{line}");
    }
    for line in [
        "a blank line",
        "`x` stands for y",
        "recommended",
        "the `mend` field",
        "understands",
        "told apart",
        "[x](blank.md)",
        "{gone}",
    ] {
        assert!(flaw(&without_code(line)).is_none(), "{line}");
    }
    let source =
        "//! Says `x`.\n/// ```\n/// said\n/// ```\nlet a = \"it said so\"; // not read\nlet b = \"said\";\n";
    let lines: Vec<_> = prose("a.rs", source).into_iter().filter(|(_, text)| flaw(text).is_some()).collect();
    assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 5]);
}
