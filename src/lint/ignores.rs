//! Suppression comments: `# watpl: ignore[rule-id, other-rule] reason`.
//!
//! Such a comment covers the key or statement below it, or its own line when it trails one.

mod covers;
mod places;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use covers::Covers;

use crate::diagnostic::{Diagnostic, Rule};
use crate::lint_context::ResolvedSeverities;
use crate::source::{Source, Span};
use crate::syntax::rules::{MALFORMED_IGNORE, UNUSED_IGNORE};
use crate::syntax::tree::{Comment, Tree};

/// What comments are about.
const MARK: &str = "watpl:";

/// How such a comment is written.
const FORM: &str = "use the form `# watpl: ignore[rule-id] reason`";

/// Finds the rule of an id, or reports why a comment cannot name it: a message and a help.
pub type ResolveRule = fn(&str) -> Result<&'static Rule, (String, String)>;

/// Every ignore of one file.
#[derive(Debug, Default)]
pub struct Suppressions {
    list: Vec<Suppression>,
    /// What is covered, by the id of the rule that is ignored there.
    covers: BTreeMap<&'static str, Covers>,
}

/// One rule that one comment ignores.
#[derive(Debug)]
struct Suppression {
    rule: &'static Rule,
    /// The rule's id in the comment.
    span: Span,
    covers: Range<u32>,
}

impl Suppressions {
    /// Reads the comments of a file; those that say nothing clear are reported, and ignore nothing.
    pub fn read(
        source: &Source,
        tree: &Tree<'_>,
        resolve: ResolveRule,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut ignores = Self::default();
        let speaking = |comment: &&Comment<'_>| source.slice(comment.span).contains(MARK);
        let lines = OnceCell::new();
        for comment in tree.comments.iter().filter(speaking) {
            let lines = || lines.get_or_init(|| places::lines(source, tree)).as_slice();
            if let Err(diagnostic) = ignores.comment(source, &lines, comment, resolve) {
                diagnostics.push(*diagnostic);
            }
        }
        ignores.index();
        ignores
    }

    /// Returns whether there are no suppressions.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Leaves out the diagnostics that are covered.
    pub fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        if !self.is_empty() {
            diagnostics.retain(|diagnostic| !self.covers(diagnostic));
        }
    }

    /// The ignores of rules that run and that covered nothing.
    pub fn unused(&self, levels: &ResolvedSeverities<'_>) -> Vec<Diagnostic> {
        let unused = self.list.iter().filter(|ignore| !self.is_used(ignore) && levels.runs(ignore.rule));
        let diagnostics = unused.map(|ignore| {
            let message = format!("`{}` has no finding here to suppress", ignore.rule.id);
            Diagnostic::new(&UNUSED_IGNORE, ignore.span, message)
                .help("delete it; a comment covers the key below it, or its own line if it follows a value")
        });
        diagnostics.collect()
    }

    fn is_used(&self, ignore: &Suppression) -> bool {
        self.covers.get(ignore.rule.id).is_some_and(|covers| covers.is_used(&ignore.covers))
    }

    fn covers(&mut self, diagnostic: &Diagnostic) -> bool {
        let covers = self.covers.get_mut(diagnostic.rule.id);
        covers.is_some_and(|covers| covers.take(diagnostic.span.start))
    }

    /// Brings what is covered into order, rule by rule.
    fn index(&mut self) {
        let mut ranges: BTreeMap<&'static str, Vec<Range<u32>>> = BTreeMap::new();
        for ignore in &self.list {
            ranges.entry(ignore.rule.id).or_default().push(ignore.covers.clone());
        }
        self.covers = ranges.into_iter().map(|(id, ranges)| (id, Covers::new(ranges))).collect();
    }

    fn comment<'l>(
        &mut self,
        source: &Source,
        lines: &dyn Fn() -> &'l [Range<u32>],
        comment: &Comment<'_>,
        resolve: ResolveRule,
    ) -> Result<(), Box<Diagnostic>> {
        let text = source.slice(comment.span);
        let Some(said) = text.trim_start_matches(['#', ' ', '\t']).strip_prefix(MARK) else { return Ok(()) };
        let malformed = |span: Span, message: String| {
            Box::new(Diagnostic::new(&MALFORMED_IGNORE, span, message).help(FORM))
        };
        let list =
            said.trim_start().strip_prefix("ignore").and_then(|said| said.trim_start().strip_prefix('['));
        let Some((ids, reason)) = list.and_then(|list| list.split_once(']')) else {
            return Err(malformed(comment.span, "malformed `watpl:` comment".into()));
        };
        if reason.trim_matches([' ', '\t', '-', ':', '\r']).is_empty() {
            return Err(malformed(comment.span, "the comment gives no reason".into()));
        }
        let covers = places::covered(source, lines, comment.span);
        let mut at = comment.span.start as usize + (text.len() - reason.len() - 1 - ids.len());
        for id in ids.split(',') {
            let lead = id.len() - id.trim_start().len();
            let span = Span::new(source.id(), at + lead..at + lead + id.trim().len());
            at += id.len() + 1;
            let rule = resolve(id.trim()).map_err(|(message, help)| {
                Box::new(Diagnostic::new(&MALFORMED_IGNORE, span, message).help(help))
            })?;
            self.list.push(Suppression { rule, span, covers: covers.clone() });
        }
        Ok(())
    }
}
