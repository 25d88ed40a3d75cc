//! Project-level lint settings.

use std::collections::{BTreeMap, BTreeSet};

use globset::GlobSet;

use crate::diagnostic::{Rule, Severity};
use crate::model::Language;

/// Project-level lint settings.
#[derive(Clone, Debug, Default)]
pub struct LintSettings {
    /// Languages that every template should have.
    pub languages: Vec<Language>,
    /// Names of the constants of each account; `None` where there is no configuration that could define any.
    pub constants: Option<BTreeSet<String>>,
    /// Severities by rule id; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Other severities for some files; later ones win.
    pub overrides: Vec<Override>,
    /// The ids of the rules that run, where not all do.
    pub only: Option<BTreeSet<String>>,
    /// The ids of the rules that the command line names, which run though they are off unless asked for.
    pub named: BTreeSet<String>,
}

/// Severities for the files that match.
#[derive(Clone, Debug)]
pub struct Override {
    /// Globs, against the path of a file from the project's folder.
    pub files: GlobSet,
    /// Severities by rule id; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
}

/// The severities that hold for one file.
#[derive(Clone, Debug)]
pub struct ResolvedSeverities<'a> {
    settings: &'a LintSettings,
    /// The overrides that match, the last first.
    overrides: Vec<&'a BTreeMap<String, Option<Severity>>>,
    /// Returns whether no rule is configured, as in most projects.
    is_plain: bool,
}

impl LintSettings {
    /// The severities that hold for a file, by its path from the project's folder.
    pub fn levels(&self, path: &str) -> ResolvedSeverities<'_> {
        let matching = self.overrides.iter().rev().filter(|over| over.files.is_match(path));
        let overrides: Vec<_> = matching.map(|over| &over.severities).collect();
        let is_plain = overrides.is_empty() && self.severities.is_empty() && self.only.is_none();
        ResolvedSeverities { settings: self, overrides, is_plain }
    }

    /// Returns whether a rule is checked in any file.
    pub fn runs(&self, rule: &Rule) -> bool {
        let anywhere =
            || self.overrides.iter().any(|over| matches!(over.severities.get(rule.id), Some(Some(_))));
        let here = || match self.severities.get(rule.id) {
            Some(severity) => severity.is_some(),
            None => !rule.is_opt_in || self.named.contains(rule.id),
        };
        self.is_selected(rule) && (here() || anywhere())
    }

    fn is_selected(&self, rule: &Rule) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(rule.id))
    }
}

impl ResolvedSeverities<'_> {
    /// Returns whether a rule is checked.
    #[inline]
    pub fn runs(&self, rule: &Rule) -> bool {
        // Asked of each rule for each file.
        (self.is_plain && !rule.is_opt_in) || self.severity_of(rule, rule.severity).is_some()
    }

    /// The severity of a finding that its rule gave `own`; `None` if the rule is off.
    pub fn severity_of(&self, rule: &Rule, own: Severity) -> Option<Severity> {
        if !self.settings.is_selected(rule) {
            return None;
        }
        let maps = self.overrides.iter().copied().chain([&self.settings.severities]);
        let said = maps.into_iter().find_map(|severities| severities.get(rule.id)).copied();
        let is_off = rule.is_opt_in && !self.settings.named.contains(rule.id);
        said.unwrap_or((!is_off).then_some(own))
    }
}
