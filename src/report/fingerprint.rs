//! What a finding is known by from one run to the next: where nothing of it changed, the same; however far its line moved.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::hash::hex;

/// Most bytes of a text that count.
const LONGEST: usize = 400;

/// The fingerprint of each diagnostic, in their order: no two are equal.
///
/// It is made of the rule, the file's name from the root of the repository, and the text of its first line. Line numbers are
/// left out, because a line that is inserted above would make everything below it new. Equal ones are counted.
pub fn all(findings: &Findings<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let prints = findings.diagnostics.iter().map(|diagnostic| {
        let base = fingerprint(findings, diagnostic);
        let count = seen.entry(base.clone()).or_default();
        *count += 1;
        if *count == 1 { base } else { hash(&[&base, &count.to_string()]) }
    });
    prints.collect()
}

/// The fingerprint of a file that could not be read.
pub fn unread(findings: &Findings<'_>, file: &str) -> String {
    hash(&["unreadable-file", findings.from_root(file)])
}

fn fingerprint(findings: &Findings<'_>, diagnostic: &Diagnostic) -> String {
    let file = findings.from_root(findings.file(diagnostic.span));
    let Some(source) = findings.source(diagnostic.span) else {
        return hash(&[diagnostic.rule.id, file]);
    };
    let line = source.line_start(source.line(diagnostic.span.start));
    let rest = source.text().get(line..).unwrap_or_default().trim_start();
    let line = head(rest).lines().next().unwrap_or_default().trim_end();
    hash(&[diagnostic.rule.id, file, line, head(source.slice(diagnostic.span))])
}

/// As much of a text as tells it from others: a file may be one line of a megabyte with a mistake in every word.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}

/// The first half of SHA-256 over parts that cannot run into each other, in hexadecimal.
fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize()).chars().take(32).collect()
}
