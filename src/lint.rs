//! Runs rules on templates.

mod check;
mod ignores;
mod samples;
mod template_view;

pub use check::{Check, CheckFn};
pub use ignores::{ResolveRule, Suppressions};
pub use template_view::TemplateView;

use std::cell::OnceCell;

use crate::diagnostic::Diagnostic;
use crate::language_detection::{self, DetectedLanguages};
use crate::lint_context::{Context, Project, ResolvedSeverities};
use crate::model::Template;
use crate::phrases::PhraseMatches;

/// A template that the rules look at, and what they say of it.
#[derive(Debug)]
pub struct LintUnit<'a> {
    view: TemplateView<'a>,
    /// Phrase matches, computed once for all rules.
    scan: OnceCell<PhraseMatches<'a>>,
    languages: OnceCell<Vec<DetectedLanguages>>,
    context: Context<'a>,
    levels: &'a ResolvedSeverities<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> LintUnit<'a> {
    /// A template with what is known around it.
    pub fn new(template: &'a Template, context: Context<'a>, levels: &'a ResolvedSeverities<'a>) -> Self {
        let view = TemplateView::new(template);
        Self {
            view,
            scan: OnceCell::new(),
            languages: OnceCell::new(),
            context,
            levels,
            diagnostics: Vec::new(),
        }
    }

    /// Returns the diagnostics.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    fn run(&mut self, check: &Check) {
        if !self.view.meets(&check.rule.needs) || !self.levels.runs(check.rule) {
            return;
        }
        let scan = || self.scan.get_or_init(|| PhraseMatches::scan(self.view.template()));
        let languages = || self.languages.get_or_init(|| language_detection::of_template(scan()));
        let found = match check.run {
            CheckFn::Template(run) => run(&self.view),
            CheckFn::Phrases(run) => run(&self.view, scan()),
            CheckFn::Languages(run) => run(scan(), languages()),
            CheckFn::Context(run) => run(&self.view, &self.context),
            CheckFn::Project(_) => return,
        };
        self.diagnostics.extend(found);
    }
}

/// Runs the rules that look at one template: each rule on all of them, while its code is at hand.
pub fn templates(checks: &[Check], subjects: &mut [Option<LintUnit<'_>>]) {
    for check in checks {
        subjects.iter_mut().flatten().for_each(|subject| subject.run(check));
    }
}

/// Runs the cross-file rules.
pub fn project(checks: &[Check], project: &Project<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in checks.iter().filter(|check| project.settings.runs(check.rule)) {
        if let CheckFn::Project(run) = check.run {
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

/// Puts diagnostics into the order of the files, each once: languages that inherit a component share its
/// mistakes.
pub fn sort_and_dedup(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup_by(|a, b| a.span == b.span && a.rule.id == b.rule.id && a.message == b.message);
}
