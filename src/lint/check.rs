//! A rule together with its check function.

use crate::diagnostic::{Diagnostic, Rule};
use crate::language_detection::DetectedLanguages;
use crate::lint_context::{Context, Project};
use crate::phrases::PhraseMatches;

use super::TemplateView;

/// A rule and how it is checked.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Its check.
    pub run: CheckFn,
}

/// The check function of a rule, by its input.
#[derive(Debug)]
pub enum CheckFn {
    /// One template at a time.
    Template(fn(&TemplateView<'_>) -> Vec<Diagnostic>),
    /// One template at a time, with the phrases found in its texts.
    Phrases(fn(&TemplateView<'_>, &PhraseMatches<'_>) -> Vec<Diagnostic>),
    /// The phrases of one template, with the languages of its lines.
    Languages(fn(&PhraseMatches<'_>, &[DetectedLanguages]) -> Vec<Diagnostic>),
    /// One template at a time, with its file, its media samples and the project's settings.
    Context(fn(&TemplateView<'_>, &Context<'_>) -> Vec<Diagnostic>),
    /// All templates of a project.
    Project(fn(&Project<'_>) -> Vec<Diagnostic>),
}
