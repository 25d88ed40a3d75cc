//! Scenarios: initial data and behaviour of a sandbox, read from YAML.

pub(crate) mod limits;
pub(crate) mod review_rules;
pub(crate) mod seed;
pub(crate) mod tokens;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::faults::plan::Fault;
use crate::identifiers::{MAX_ID_LEN, is_id};
use crate::locale::Locale;
use crate::model::webhook_target::{WebhookTarget, is_loopback_url};
use crate::scenario::limits::Limits;
use crate::scenario::review_rules::ReviewSettings;
use crate::scenario::tokens::{ForcedError, ScenarioToken};

// The YAML library takes quadratic time on unclosed brackets.
const MAX_BYTES: usize = 256 * 1024;
const MAX_DEPTH: usize = 64;
// They are all kept in memory; Meta gives no account more than 6,000.
const MAX_FILLERS: usize = 100_000;

/// Initial data and behaviour of a sandbox. Everything has a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Language of the sentences in errors.
    pub(crate) locale: Locale,
    pub(crate) read_back: ReadBack,
    /// Rare variations to enable.
    pub(crate) quirks: Vec<Quirk>,
    /// Minimum duration of a call of the Graph API.
    pub(crate) latency_milliseconds: u64,
    /// Accounts in addition to the one in the settings.
    pub(crate) accounts: Vec<ExtraAccount>,
    pub(crate) limits: Limits,
    pub(crate) tokens: Vec<ScenarioToken>,
    pub(crate) app: AppSettings,
    pub(crate) webhook: Option<WebhookTarget>,
    pub(crate) review: ReviewSettings,
    /// Templates that are there from the start, as the create call takes them.
    pub(crate) templates: Vec<BTreeMap<String, Value>>,
    /// Number of filler templates in every account, for testing pagination.
    pub(crate) fill: usize,
    pub(crate) messages: MessageSettings,
    pub(crate) faults: Vec<Fault>,
}

/// The form in which templates read back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadBack {
    /// As Meta gives them back: rewritten, relinked, in another spelling.
    #[default]
    Quirky,
    /// As they were sent.
    Faithful,
}

/// A rare variation of Meta's responses.
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
pub(crate) struct ExtraAccount {
    pub(crate) id: String,
    /// Its phone number's id; made from the account's when absent.
    pub(crate) phone: Option<String>,
}

/// The app that tokens and uploads belong to.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AppSettings {
    /// Key of webhook signatures, and part of the app token.
    pub(crate) secret: String,
    /// An app that is not live gets no webhooks.
    pub(crate) live: bool,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self { secret: "sandbox-secret".to_owned(), live: true }
    }
}

/// The statuses of sent messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MessageSettings {
    /// Statuses that follow a message, one webhook each.
    pub(crate) statuses: Vec<String>,
    /// The error of those that fail.
    pub(crate) error: Option<ForcedError>,
}

impl Default for MessageSettings {
    fn default() -> Self {
        Self { statuses: ["sent", "delivered"].map(str::to_owned).into(), error: None }
    }
}

/// An error of reading a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// It is too large.
    #[error("it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Brackets are nested too deep.
    #[error("more than {MAX_DEPTH} brackets are open at once")]
    TooDeep,
    /// It is not YAML, or has unknown keys or invalid values.
    #[error("{0}")]
    Invalid(String),
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// If it is too large, is not YAML, or has unknown keys or invalid values.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        // The YAML library rejects the byte order mark that some editors write.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > MAX_BYTES {
            return Err(ScenarioError::TooLarge);
        }
        if max_depth(text) > MAX_DEPTH {
            return Err(ScenarioError::TooDeep);
        }
        // An empty file is the default scenario.
        let read = serde_yaml::from_str::<Option<Self>>(text);
        let scenario = read.map_err(|error| ScenarioError::Invalid(error.to_string()))?.unwrap_or_default();
        scenario.check().map(|()| scenario)
    }

    /// Returns whether a quirk is enabled.
    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }

    fn check(&self) -> Result<(), ScenarioError> {
        let twice = |id: &str| self.accounts.iter().filter(|entry| entry.id == id).count() > 1;
        let bad = |entry: &&ExtraAccount| {
            let phone = entry.phone.as_deref().is_none_or(is_id);
            twice(&entry.id) || !is_id(&entry.id) || !phone
        };
        match self.accounts.iter().find(bad) {
            Some(entry) => Err(ScenarioError::Invalid(format!(
                "accounts: `{}` is there twice, or an id is not a number of up to {MAX_ID_LEN} digits",
                entry.id
            ))),
            None => self.check_rest(),
        }
    }

    fn check_rest(&self) -> Result<(), ScenarioError> {
        if self.fill.saturating_mul(self.accounts.len() + 1) > MAX_FILLERS {
            return Err(ScenarioError::Invalid(format!(
                "fill: more than {MAX_FILLERS} templates in all accounts together"
            )));
        }
        if let Some(target) = self.webhook.as_ref().filter(|target| !is_loopback_url(&target.url)) {
            return Err(ScenarioError::Invalid(format!(
                "webhook: `{}` is not an http address of this machine",
                target.url
            )));
        }
        seed::check(&self.templates).map_err(ScenarioError::Invalid)
    }
}

// Brackets in texts count, too: a file that has so many of them has to write them differently.
fn max_depth(text: &str) -> usize {
    let (mut depth, mut max_depth) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        max_depth = max_depth.max(depth);
    }
    max_depth
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
