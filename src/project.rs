//! Templates beside each other, and what their project asks of them: what rules look at.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Rule, Severity};
use crate::model::{Language, Template};
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
