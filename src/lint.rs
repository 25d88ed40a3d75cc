//! Templates to [`Diagnostic`]s, by every rule of the book.

mod ignores;

pub use ignores::Ignores;

use std::cell::LazyCell;

use crate::diagnostic::Diagnostic;
use crate::model::Template;
use crate::project::{Context, Levels, Project};
use crate::rules::{CHECKS, Run, Scan, View};

/// Runs the rules that look at one template.
pub fn template(template: &Template, context: &Context<'_>, levels: &Levels<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    // Many rules ask what the words say, and one look is enough.
    let scan = LazyCell::new(|| Scan::of(template));
    let view = View::of(template);
    for check in CHECKS.iter().filter(|check| levels.runs(check.rule)) {
        match check.run {
            Run::Template(run) => diagnostics.extend(run(&view)),
            Run::Words(run) => diagnostics.extend(run(&view, &scan)),
            Run::Context(run) => diagnostics.extend(run(&view, context)),
            Run::Project(_) => {}
        }
    }
    diagnostics
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
pub fn weigh(diagnostics: &mut Vec<Diagnostic>, levels: &Levels<'_>) {
    diagnostics.retain_mut(|diagnostic| match levels.of(diagnostic.rule, diagnostic.severity) {
        Some(severity) => {
            diagnostic.severity = severity;
            true
        }
        None => false,
    });
}

/// Puts diagnostics into the order of the files, each once: languages that inherit a component share its mistakes.
pub fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup_by(|a, b| a.span == b.span && a.rule.id == b.rule.id && a.message == b.message);
}
