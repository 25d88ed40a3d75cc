//! The reviewer's rules: which templates it approves, rejects or holds, and what follows.

use globset::{Glob, GlobSet};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::model::schedule::TemplateChange;
use crate::model::template::Template;

/// The outcome of a review without a matching rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// The answer to the submission carries the verdict already.
    Approve,
    /// It stays `PENDING` until `POST /_sandbox/review`.
    Hold,
}

/// Behaviour of the reviewer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReviewSettings {
    /// Outcome for templates without a matching rule.
    pub(crate) default: Option<Review>,
    /// The first matching rule decides.
    pub(crate) rules: Vec<ReviewRule>,
}

/// A rule, and the decision on templates that match it.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReviewRule {
    #[serde(rename = "match")]
    fits: RuleMatch,
    /// Seconds until the verdict.
    pub(crate) after: i64,
    verdict: ReviewDecision,
    reason: Option<String>,
    rejection_info: Option<Value>,
    /// The category that Meta changes it to.
    category: Option<String>,
    /// The category that Meta only announces.
    correct_category: Option<String>,
    quality: Option<String>,
    /// Later changes; their times count from the decision.
    pub(crate) then: Vec<LaterChange>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RuleMatch {
    #[serde(deserialize_with = "pattern")]
    name: Option<GlobSet>,
    language: Option<String>,
    category: Option<String>,
    /// A text in any of its components.
    contains: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReviewDecision {
    Approve,
    Reject,
    Hold,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(crate) struct LaterChange {
    pub(crate) after: i64,
    pub(crate) change: TemplateChange,
}

// Split by hand: serde cannot reject unknown keys of a struct that is flattened into another.
impl TryFrom<Map<String, Value>> for LaterChange {
    type Error = serde_json::Error;

    fn try_from(mut keys: Map<String, Value>) -> Result<Self, Self::Error> {
        let after = serde_json::from_value(keys.shift_remove("after").unwrap_or_default())?;
        Ok(Self { after, change: serde_json::from_value(Value::Object(keys))? })
    }
}

impl Default for ReviewRule {
    fn default() -> Self {
        Self {
            fits: RuleMatch::default(),
            after: 0,
            verdict: ReviewDecision::Approve,
            reason: None,
            rejection_info: None,
            category: None,
            correct_category: None,
            quality: None,
            then: Vec::new(),
        }
    }
}

impl ReviewRule {
    pub(crate) fn fits(&self, template: &Template) -> bool {
        let same = |wanted: &Option<String>, own: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(own))
        };
        let wanted = &self.fits;
        wanted.name.as_ref().is_none_or(|pattern| pattern.is_match(&template.name))
            && same(&wanted.language, &template.language)
            && same(&wanted.category, &template.category)
            && wanted.contains.as_ref().is_none_or(|text| {
                Value::from(template.components.clone()).to_string().contains(text.as_str())
            })
    }

    pub(crate) fn change(&self) -> TemplateChange {
        let (status, reason) = match self.verdict {
            ReviewDecision::Approve => (Some("APPROVED"), None),
            ReviewDecision::Reject => (Some("REJECTED"), Some("INVALID_FORMAT")),
            ReviewDecision::Hold => (None, None),
        };
        TemplateChange {
            status: status.map(str::to_owned),
            reason: self.reason.clone().or(reason.map(str::to_owned)),
            rejection_info: self.rejection_info.clone(),
            quality: self.quality.clone(),
            category: self.category.clone(),
            correct_category: self.correct_category.clone(),
            title: None,
        }
    }
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<GlobSet>, D::Error> {
    use serde::de::Error as _;
    /// Longest pattern, in bytes: names have at most 512.
    const MAX_LEN: usize = 1024;
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    if text.len() > MAX_LEN {
        return Err(D::Error::custom(format!("a pattern has at most {MAX_LEN} bytes")));
    }
    // A set of one: `compile_matcher` panics where building a set returns an error.
    let glob = Glob::new(&text).map_err(D::Error::custom)?;
    GlobSet::builder().add(glob).build().map(Some).map_err(D::Error::custom)
}
