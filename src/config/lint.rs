//! `lint` in `watpl.yaml`: severities of rules, for all files and for some.

use std::collections::BTreeMap;

use globset::{GlobSet, GlobSetBuilder};

use super::{ConfigReader, entries, keys};
use crate::diagnostic::Severity;
use crate::lint_context::Override;
use crate::lower::rules::{INVALID_VALUE, MISSING_KEY, WRONG_KIND};
use crate::lower::{Fields, shortened};
use crate::pattern::{self, PatternBudget, PatternError};
use crate::rules;
use crate::source::Spanned;
use crate::suggest::MAX_SUGGESTIONS;
use crate::syntax::tree::{Entry, Node, Value};

type Severities = BTreeMap<String, Option<Severity>>;

/// Reads what the linter looks at.
pub(super) fn read(reader: &mut ConfigReader<'_>, fields: &Fields<'_, '_>) {
    reader.config.severities = severities(reader, fields);
    let Some(Node { value: Value::List(items), .. }) = fields.get("overrides") else { return };
    // One budget for all overrides: each file is matched against all of them.
    let mut budget = PatternBudget::default();
    for item in items {
        if let Some(found) = one(reader, item, &mut budget) {
            reader.config.overrides.push(found);
        }
    }
}

fn one(reader: &mut ConfigReader<'_>, item: &Node<'_>, budget: &mut PatternBudget) -> Option<Override> {
    if item.entries().is_none() {
        let message =
            format!("an override must be a map with `files` and `rules`, but this is {}", item.kind());
        reader.report(&WRONG_KIND, item.span, message, "use `- files: [templates/old/**]` and `rules`");
        return None;
    }
    let fields = Fields::read(item, &keys::OVERRIDE, "override", reader.diagnostics);
    let severities = severities(reader, &fields);
    let patterns = fields.texts("files", reader.diagnostics);
    if patterns.is_empty() && fields.get("files").is_none() {
        let help = "add `files: [templates/old/**]`; paths are relative to the folder of watpl.yaml";
        reader.report(&MISSING_KEY, item.span.at_start(), "an override has no `files`".to_owned(), help);
    }
    Some(Override { files: globs(reader, patterns, budget), severities })
}

fn globs(
    reader: &mut ConfigReader<'_>,
    patterns: Vec<Spanned<String>>,
    budget: &mut PatternBudget,
) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let first = patterns.first().map(|pattern| pattern.span);
    for pattern in patterns {
        let glob = pattern::glob(&pattern.value);
        match glob.and_then(|glob| budget.take(&pattern.value).map(|()| glob)) {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => {
                let message = format!("invalid file pattern: {error}");
                let help = match error {
                    PatternError::TooMany => {
                        "use patterns of folders instead of files, such as `templates/old/**`"
                    }
                    _ => "use a path, which may contain `*` and `**`",
                };
                reader.report(&INVALID_VALUE, pattern.span, message, help);
                if error == PatternError::TooMany {
                    break;
                }
            }
        }
    }
    // Each pattern is valid, but together they can be more than the matcher takes.
    set.build().unwrap_or_else(|_| {
        if let Some(span) = first {
            let message = "the patterns of this override are too large".to_owned();
            reader.report(&INVALID_VALUE, span, message, "use patterns of folders, or split the override");
        }
        GlobSet::empty()
    })
}

fn severities(reader: &mut ConfigReader<'_>, fields: &Fields<'_, '_>) -> Severities {
    let mut severities = Severities::new();
    let mut unknown = Vec::new();
    for entry in entries(fields, "rules") {
        let Some(rule) = rules::find(&entry.key) else {
            unknown.push(entry);
            continue;
        };
        if rules::is_structural(rule) || rule.id == rules::FINDINGS_OMITTED.id {
            let message = format!("the severity of `{}` cannot be changed", rule.id);
            reader.invalid(entry.key_span, message, "delete the line");
            continue;
        }
        let word = entry.value.scalar().map(|scalar| scalar.text.to_ascii_lowercase()).unwrap_or_default();
        match severity(&word) {
            Some(severity) => drop(severities.insert(rule.id.to_owned(), severity)),
            None => reader.invalid(
                entry.value.span,
                format!("invalid severity for `{}`", entry.key),
                "use `off`, `info`, `warning` or `error`",
            ),
        }
    }
    unknown_rules(reader, &unknown);
    severities
}

/// Reports unknown rules: the first ones by name, each compared with all there are, and the rest by their number.
fn unknown_rules(reader: &mut ConfigReader<'_>, unknown: &[&Entry<'_>]) {
    for entry in unknown.iter().take(MAX_SUGGESTIONS) {
        let message = format!("unknown rule `{}`", shortened(&entry.key));
        reader.invalid(entry.key_span, message, &rules::suggest_rule(&entry.key));
    }
    if let Some(next) = unknown.get(MAX_SUGGESTIONS) {
        let message = format!("{} more unknown rules", unknown.len() - MAX_SUGGESTIONS);
        reader.invalid(next.key_span, message, "run `watpl rules` to list the rules");
    }
}

/// Parses a rule's severity; off is `Some(None)`.
fn severity(word: &str) -> Option<Option<Severity>> {
    match word {
        "off" => Some(None),
        "info" => Some(Some(Severity::Info)),
        "warning" => Some(Some(Severity::Warning)),
        "error" => Some(Some(Severity::Error)),
        _ => None,
    }
}
