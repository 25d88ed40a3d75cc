//! Templates to [`Diagnostic`]s, by every rule of the book.

use crate::diagnostic::Diagnostic;
use crate::project::{Project, Settings};
use crate::rules::{CHECKS, Run};

/// Runs every rule that is on.
pub fn lint(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in CHECKS {
        if project.settings.severity(check.rule).is_none() {
            continue;
        }
        match check.run {
            Run::Template(run) => {
                project.templates.iter().for_each(|template| diagnostics.extend(run(template)))
            }
            Run::Project(run) => diagnostics.extend(run(project)),
        }
    }
    diagnostics
}

/// Gives diagnostics the project's severities, and puts them into the order of the files, each once: languages
/// that inherit a component share its mistakes.
pub fn settle(diagnostics: &mut Vec<Diagnostic>, settings: &Settings) {
    diagnostics.retain_mut(|diagnostic| match settings.severities.get(diagnostic.rule.id) {
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup_by(|a, b| a.span == b.span && a.rule.id == b.rule.id && a.message == b.message);
}
