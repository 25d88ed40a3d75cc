//! Templates to [`Diagnostic`]s, by every rule of the book.

mod ignores;

pub use ignores::Suppressions;

use std::cell::OnceCell;

use crate::diagnostic::Diagnostic;
use crate::lint_context::{Context, Project, ResolvedSeverities};
use crate::model::Template;
use crate::rules::{CHECKS, Check, Run, Scan, View};

/// A template that the rules look at, and what they say of it.
#[derive(Debug)]
pub struct LintUnit<'a> {
    view: View<'a>,
    /// What its words say: many rules ask, and one look is enough.
    scan: OnceCell<Scan<'a>>,
    context: Context<'a>,
    levels: &'a ResolvedSeverities<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> LintUnit<'a> {
    /// A template with what is known around it.
    pub fn new(template: &'a Template, context: Context<'a>, levels: &'a ResolvedSeverities<'a>) -> Self {
        let view = View::of(template);
        Self { view, scan: OnceCell::new(), context, levels, diagnostics: Vec::new() }
    }

    /// What the rules have said.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    fn run(&mut self, check: &Check) {
        if !self.levels.runs(check.rule) {
            return;
        }
        let found = match check.run {
            Run::Template(run) => run(&self.view),
            Run::Words(run) => run(&self.view, self.scan.get_or_init(|| Scan::of(self.view.template()))),
            Run::Context(run) => run(&self.view, &self.context),
            Run::Project(_) => return,
        };
        self.diagnostics.extend(found);
    }
}

/// Runs the rules that look at one template: each rule on all of them, while its code is at hand.
pub fn templates(subjects: &mut [Option<LintUnit<'_>>]) {
    for check in CHECKS {
        subjects.iter_mut().flatten().for_each(|subject| subject.run(check));
    }
}

/// Runs the rules that look at templates beside each other.
pub fn project(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in CHECKS.iter().filter(|check| project.settings.runs(check.rule)) {
        if let Run::Project(run) = check.run {
            diagnostics.extend(run(project));
        }
    }
    diagnostics
}

/// Gives diagnostics of one file the severities that hold there, and leaves out what is off.
pub fn apply_severities(diagnostics: &mut Vec<Diagnostic>, levels: &ResolvedSeverities<'_>) {
    diagnostics.retain_mut(|diagnostic| match levels.severity_of(diagnostic.rule, diagnostic.severity) {
        Some(severity) => {
            diagnostic.severity = severity;
            true
        }
        None => false,
    });
}

/// Puts diagnostics into the order of the files, each once: languages that inherit a component share its mistakes.
pub fn sort_and_dedup(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup_by(|a, b| a.span == b.span && a.rule.id == b.rule.id && a.message == b.message);
}
