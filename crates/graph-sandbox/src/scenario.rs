//! A scenario: what a sandbox starts with and how it behaves, read from YAML.

pub(crate) mod limits;
pub(crate) mod review_rules;
pub(crate) mod seed;
pub(crate) mod tokens;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::faults::plan::Fault;
use crate::identifiers::{LONGEST_ID, is_id};
use crate::locale::Locale;
use crate::model::webhook_target::{Target, is_near};
use crate::scenario::limits::Limits;
use crate::scenario::review_rules::Reviewing;
use crate::scenario::tokens::{Refused, TokenEntry};

// The YAML library takes quadratic time on brackets that are never closed: nobody nests this deep by hand.
const LARGEST: usize = 256 * 1024;
const DEEPEST: usize = 64;
// They are all kept in memory; Meta gives no account more than 6,000.
const MOST_FILLERS: usize = 100_000;

/// What a sandbox starts with and how it behaves. Everything has a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Language of the sentences in errors.
    pub(crate) locale: Locale,
    pub(crate) read_back: ReadBack,
    /// What Meta does now and then; none unless named.
    pub(crate) quirks: Vec<Quirk>,
    /// How long every call of the Graph API takes at least.
    pub(crate) latency_milliseconds: u64,
    /// Accounts beside the one that the command line names.
    pub(crate) accounts: Vec<AccountEntry>,
    pub(crate) limits: Limits,
    pub(crate) tokens: Vec<TokenEntry>,
    pub(crate) app: App,
    pub(crate) webhook: Option<Target>,
    pub(crate) review: Reviewing,
    /// Templates that are there from the start, as the create call takes them.
    pub(crate) templates: Vec<BTreeMap<String, Value>>,
    /// So many more templates, in every account, for clients that have to page.
    pub(crate) fill: usize,
    pub(crate) messages: Messages,
    pub(crate) faults: Vec<Fault>,
}

/// How templates read back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadBack {
    /// As Meta gives them back: rewritten, relinked, in another spelling.
    #[default]
    Quirky,
    /// As they were sent.
    Faithful,
}

/// What some of Meta's answers look like, and most do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Quirk {
    /// Components come in another order than they were sent.
    ShuffledComponents,
    /// Samples are missing.
    MissingSamples,
    /// Statuses are in lower case.
    LowerCaseStatus,
    /// The button of an authentication template stays an OTP button.
    OtpButtons,
    /// Braces in samples of URLs are percent-encoded.
    EncodedBraces,
    /// JSON escapes slashes.
    EscapedSlashes,
    /// Deleted templates are listed for another month.
    LingeringDeletions,
}

/// One more account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountEntry {
    pub(crate) id: String,
    /// Its phone number's id; made from the account's when absent.
    pub(crate) phone: Option<String>,
}

/// The app that tokens and uploads belong to.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct App {
    /// What webhooks are signed with, and app tokens end in.
    pub(crate) secret: String,
    /// An app that is not live gets no webhooks.
    pub(crate) live: bool,
}

impl Default for App {
    fn default() -> Self {
        Self { secret: "sandbox-secret".to_owned(), live: true }
    }
}

/// What becomes of messages that are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Messages {
    /// Statuses that follow a message, one webhook each.
    pub(crate) statuses: Vec<String>,
    /// The error of those that fail.
    pub(crate) error: Option<Refused>,
}

impl Default for Messages {
    fn default() -> Self {
        Self { statuses: ["sent", "delivered"].map(str::to_owned).into(), error: None }
    }
}

/// Why a scenario cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// It is larger than any scenario has to be.
    #[error("it is larger than {LARGEST} bytes")]
    TooLarge,
    /// More brackets are open at once than the YAML library can take.
    #[error("more than {DEEPEST} brackets are open at once")]
    TooDeep,
    /// It is no YAML, or holds something that no scenario has.
    #[error("{0}")]
    Invalid(String),
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// When it is too large, is no YAML, or has keys or values that mean nothing.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        // The YAML library stumbles over this mark, which editors of one kind put first.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > LARGEST {
            return Err(ScenarioError::TooLarge);
        }
        if deepest(text) > DEEPEST {
            return Err(ScenarioError::TooDeep);
        }
        // An empty file says nothing, and so changes nothing.
        let read = serde_yaml::from_str::<Option<Self>>(text);
        let scenario = read.map_err(|error| ScenarioError::Invalid(error.to_string()))?.unwrap_or_default();
        scenario.check().map(|()| scenario)
    }

    /// Whether a rare habit of Meta is wanted.
    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }

    fn check(&self) -> Result<(), ScenarioError> {
        let twice = |id: &str| self.accounts.iter().filter(|entry| entry.id == id).count() > 1;
        let bad = |entry: &&AccountEntry| {
            let phone = entry.phone.as_deref().is_none_or(is_id);
            twice(&entry.id) || !is_id(&entry.id) || !phone
        };
        match self.accounts.iter().find(bad) {
            Some(entry) => Err(ScenarioError::Invalid(format!(
                "accounts: `{}` is there twice, or an id is not a number of up to {LONGEST_ID} digits",
                entry.id
            ))),
            None => self.check_rest(),
        }
    }

    fn check_rest(&self) -> Result<(), ScenarioError> {
        if self.fill.saturating_mul(self.accounts.len() + 1) > MOST_FILLERS {
            return Err(ScenarioError::Invalid(format!(
                "fill: more than {MOST_FILLERS} templates in all accounts together"
            )));
        }
        if let Some(target) = self.webhook.as_ref().filter(|target| !is_near(&target.url)) {
            return Err(ScenarioError::Invalid(format!(
                "webhook: `{}` is not an http address of this machine",
                target.url
            )));
        }
        seed::check(&self.templates).map_err(ScenarioError::Invalid)
    }
}

// Brackets in texts count, too: a file that has so many of them has to write them differently.
fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_numbers_or_off() {
        let scenario = Scenario::parse(
            "\u{feff}limits:\n  creations_per_hour: off\n  templates: 6000\n  calls_per_hour: false\n",
        );
        let limits = scenario.expect("a scenario").limits;
        assert_eq!((limits.creations_per_hour, limits.templates), (None, Some(6_000)));
        assert_eq!((limits.calls_per_hour, limits.handle_life), (None, 86_400));
        assert!(Scenario::parse("limits: {templates: many}").is_err());
        assert!(Scenario::parse("").is_ok() && Scenario::parse("# nothing\n").is_ok());
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for text in ["limit: {}", "faults: [{kind: nonsense}]", "- a", "accounts: [{id: x}]", "a: [", "\0"] {
            assert!(matches!(Scenario::parse(text), Err(ScenarioError::Invalid(_))), "{text}");
        }
        assert_eq!(Scenario::parse(&"[".repeat(100)).err(), Some(ScenarioError::TooDeep));
        assert_eq!(Scenario::parse(&"#".repeat(300_000)).err(), Some(ScenarioError::TooLarge));
    }
}
