//! Templates to [`Diagnostic`]s, by every rule of the book.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::model::{Language, Template};
use crate::rules::{CHECKS, Run};
use crate::source::{SourceId, Sources};

/// What a run of the rules looks at.
#[derive(Debug)]
pub struct Project<'a> {
    /// Every source, for names of files.
    pub sources: &'a Sources,
    /// Every template.
    pub templates: &'a [Template],
    /// What the project asks for.
    pub settings: &'a Settings,
    /// What is known of media samples, by source and path as written; what was not looked at is absent.
    pub media: &'a BTreeMap<(SourceId, String), Media>,
}

/// What a project asks of its templates.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Languages that every template should have.
    pub languages: Vec<Language>,
    /// Names of the constants of each account; `None` where there is no configuration that could define any.
    pub constants: Option<BTreeSet<String>>,
    /// Severities by rule id; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
}

/// What was found at the path of a media sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A file of this many bytes that begins like this MIME type, if the beginning says.
    File {
        /// Its size.
        bytes: u64,
        /// Its type by its first bytes.
        mime: Option<&'static str>,
    },
    /// Nothing, or no plain file.
    Absent,
    /// A place outside the project, which is never read.
    Outside,
}

impl Settings {
    /// The severity of a rule in this project; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severities.get(rule.id).copied().unwrap_or(Some(rule.severity))
    }
}

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
