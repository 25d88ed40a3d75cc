//! Comments that speak to the linter: `# watpl: ignore[rule-id, other-rule] reason`.
//!
//! Such a comment covers the key or statement below it, or its own line when it trails one.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule};
use crate::project::Levels;
use crate::rules;
use crate::source::{Source, Span, offset};
use crate::syntax::Surface;
use crate::syntax::rules::{MALFORMED_IGNORE, UNUSED_IGNORE};
use crate::syntax::tree::{Comment, Node, Tree, Value};

/// What comments are about.
const MARK: &str = "watpl:";

/// How such a comment is written.
const FORM: &str = "write `# watpl: ignore[rule-id] why it is right here`";

/// Every ignore of one file.
#[derive(Debug, Default)]
pub struct Ignores(Vec<Ignore>);

/// One rule that one comment ignores.
#[derive(Debug)]
struct Ignore {
    rule: &'static Rule,
    /// The rule's id in the comment.
    span: Span,
    covers: Range<u32>,
    used: bool,
}

impl Ignores {
    /// Reads the comments of a file; those that say nothing clear are reported, and ignore nothing.
    pub fn read(source: &Source, tree: &Tree<'_>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut ignores = Self::default();
        let speaking = |comment: &&Comment<'_>| source.slice(comment.span).contains(MARK);
        for comment in tree.comments.iter().filter(speaking) {
            if let Err(diagnostic) = ignores.comment(source, tree, comment) {
                diagnostics.push(*diagnostic);
            }
        }
        ignores
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves out the diagnostics that are covered.
    pub fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        if !self.0.is_empty() {
            diagnostics.retain(|diagnostic| !self.covers(diagnostic));
        }
    }

    /// The ignores of rules that run and that covered nothing.
    pub fn unused(&self, levels: &Levels<'_>) -> Vec<Diagnostic> {
        let unused = self.0.iter().filter(|ignore| !ignore.used && levels.runs(ignore.rule));
        let diagnostics = unused.map(|ignore| {
            let message = format!("`{}` finds nothing here to ignore", ignore.rule.id);
            Diagnostic::new(&UNUSED_IGNORE, ignore.span, message)
                .help("delete it; a comment covers the key below it, or its own line behind one")
        });
        diagnostics.collect()
    }

    fn covers(&mut self, diagnostic: &Diagnostic) -> bool {
        let start = diagnostic.span.start;
        let mut covered = false;
        for ignore in &mut self.0 {
            if ignore.rule.id == diagnostic.rule.id && ignore.covers.contains(&start) {
                ignore.used = true;
                covered = true;
            }
        }
        covered
    }

    fn comment(
        &mut self,
        source: &Source,
        tree: &Tree<'_>,
        comment: &Comment<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let text = source.slice(comment.span);
        let Some(said) = text.trim_start_matches(['#', ' ', '\t']).strip_prefix(MARK) else { return Ok(()) };
        let malformed = |span: Span, message: String| {
            Box::new(Diagnostic::new(&MALFORMED_IGNORE, span, message).help(FORM))
        };
        let list =
            said.trim_start().strip_prefix("ignore").and_then(|said| said.trim_start().strip_prefix('['));
        let Some((ids, reason)) = list.and_then(|list| list.split_once(']')) else {
            return Err(malformed(
                comment.span,
                "the comment speaks to watpl, which does not understand it".into(),
            ));
        };
        if reason.trim_matches([' ', '\t', '-', ':', '\r']).is_empty() {
            return Err(malformed(comment.span, "the comment ignores a rule without a reason".into()));
        }
        let covers = covered(source, tree, comment.span);
        let mut at = comment.span.start as usize + (text.len() - reason.len() - 1 - ids.len());
        for id in ids.split(',') {
            let lead = id.len() - id.trim_start().len();
            let span = Span::new(source.id(), at + lead..at + lead + id.trim().len());
            at += id.len() + 1;
            let rule = named(id.trim()).map_err(|(message, help)| {
                Box::new(Diagnostic::new(&MALFORMED_IGNORE, span, message).help(help))
            })?;
            self.0.push(Ignore { rule, span, covers: covers.clone(), used: false });
        }
        Ok(())
    }
}

/// The rule that an id means, or what is wrong with it and what to do.
fn named(id: &str) -> Result<&'static Rule, (String, String)> {
    match rules::find(id) {
        Some(rule) if rules::is_structural(rule) => Err((
            format!("`{id}` cannot be ignored: a file that cannot be read never passes"),
            "mend the file".to_owned(),
        )),
        Some(rule) => Ok(rule),
        None => Err((format!("there is no rule `{}`", id.escape_debug()), rules::nearest(id))),
    }
}

/// What a comment covers: its own line where it stands behind something, or the keys that begin on the next line
/// that has any, with all that hangs below them.
fn covered(source: &Source, tree: &Tree<'_>, comment: Span) -> Range<u32> {
    let line = source.position(comment.start).line;
    let start = source.line_start(line);
    let before = source.text().get(start..comment.start as usize).unwrap_or_default();
    if !before.trim().is_empty() {
        return offset(start)..comment.start;
    }
    let mut places = Vec::new();
    gather(source, &tree.root, &mut places);
    let below = places.iter().filter(|place| place.start >= comment.end);
    let Some(first) = below.clone().map(|place| place.start).min() else { return 0..0 };
    let line = source.position(first).line;
    let on_it = below.filter(|place| source.position(place.start).line == line);
    // One byte more, so that a place at the very end of a value counts as well.
    first..on_it.map(|place| place.end).max().unwrap_or(first) + 1
}

/// The places of keys and list items, with what hangs below them.
fn gather(source: &Source, node: &Node<'_>, places: &mut Vec<Range<u32>>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                if !is_gathered(source, &entry.key, entry.key_span) {
                    places.push(entry.key_span.start..entry.value.span.end.max(entry.key_span.end));
                }
                gather(source, &entry.value, places);
            }
        }
        Value::List(items) => {
            for item in items {
                places.push(item.span.start..item.span.end);
                gather(source, item, places);
            }
        }
        _ => {}
    }
}

/// Whether a key of the DSL is made of statements that stand anywhere, such as `variable`.
fn is_gathered(source: &Source, key: &str, span: Span) -> bool {
    Surface::of(source.name()) == Some(Surface::Dsl)
        && matches!(key, "variables" | "samples" | "buttons" | "languages")
        && source.slice(span) != key
}
