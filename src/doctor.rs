//! Connection diagnosis and advice: a pure function of the account's answers.

mod token;

use crate::graph::node::NodeKind;
use crate::graph::{ApiError, TokenInfo};

/// The questions and their answers. A question that was not asked is `None`.
#[derive(Clone, Debug, Default)]
pub struct ProbeResults {
    /// The account's id, as configured.
    pub account: String,
    /// The app's id, as configured.
    pub app: Option<String>,
    /// The phone number's id, as configured.
    pub phone: Option<String>,
    /// The Graph version that was asked for.
    pub version: String,
    /// The version that answered, if the server reports it.
    pub answered: Option<String>,
    /// The token's details.
    pub token: Option<Result<TokenInfo, ApiError>>,
    /// The account's name.
    pub account_name: Option<Result<Option<String>, ApiError>>,
    /// The kind of object the account's id belongs to, if it is not an account.
    pub account_is: Option<NodeKind>,
    /// The result of reading templates.
    pub templates: Option<Result<(), ApiError>>,
    /// The app's name.
    pub app_name: Option<Result<Option<String>, ApiError>>,
    /// The kind of object the app's id belongs to, if it is not an app.
    pub app_is: Option<NodeKind>,
    /// The apps that get the account's webhooks.
    pub subscribed: Option<Result<Vec<String>, ApiError>>,
    /// The account's phone numbers.
    pub phones: Option<Result<Vec<String>, ApiError>>,
    /// The kind of object the phone number's id belongs to, if it is not a number of the account.
    pub phone_is: Option<NodeKind>,
}

/// Severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is as it should be.
    Good,
    /// It works, and will not for long, or not for everything.
    Warning,
    /// It does not work.
    Problem,
}

impl Level {
    /// The word for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Names it; stable.
    pub id: &'static str,
    /// Its severity.
    pub level: Level,
    /// The finding: one sentence without a full stop.
    pub message: String,
    /// The fix.
    pub help: Option<String>,
}

impl Finding {
    /// Something that is as it should be.
    pub fn good(id: &'static str, message: impl Into<String>) -> Self {
        Self { id, level: Level::Good, message: message.into(), help: None }
    }

    /// Something that will not work for long, or not for everything.
    pub fn warning(id: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { id, level: Level::Warning, message: message.into(), help: Some(help.into()) }
    }

    /// Something that does not work.
    pub fn problem(id: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { id, level: Level::Problem, message: message.into(), help: Some(help.into()) }
    }
}

/// All findings, in the order of the questions. `now` is in seconds since 1970.
pub fn diagnose(facts: &ProbeResults, now: u64) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(version(facts));
    findings.extend(token::examine(facts, now));
    findings.extend(account(facts));
    findings.extend(templates(facts));
    findings.extend(app(facts));
    findings.extend(subscription(facts));
    findings.extend(phone(facts));
    findings
}

/// A version that Meta has switched off answers as the oldest one that lives (graph-api/guides/versioning).
fn version(facts: &ProbeResults) -> Option<Finding> {
    let answered = facts.answered.as_ref()?;
    if *answered == facts.version {
        return Some(Finding::good("version", format!("Graph API {answered}")));
    }
    Some(Finding::problem(
        "version-dead",
        format!("Graph API {} was requested, but {answered} responded", facts.version),
        format!("set `api_version: {}` in watpl.yaml", crate::platform::GRAPH_VERSION),
    ))
}

fn account(facts: &ProbeResults) -> Option<Finding> {
    let id = &facts.account;
    Some(match facts.account_name.as_ref()? {
        Ok(name) => {
            Finding::good("account", format!("account {id}, {}", name.as_deref().unwrap_or("without a name")))
        }
        Err(error) if is_known(facts, error) => return None,
        Err(error) => match facts.account_is {
            Some(
                kind @ (NodeKind::PhoneNumber | NodeKind::App | NodeKind::Business | NodeKind::Template),
            ) => Finding::problem(
                "account-wrong-id",
                format!(
                    "{id} is the id of {}, but `waba_id` must be the id of a WhatsApp Business Account",
                    kind.label()
                ),
                "copy the account id from Business settings > Accounts > WhatsApp accounts",
            ),
            _ => no_access("account", id, error),
        },
    })
}

/// Returns whether an error only repeats that the token is rejected.
fn is_known(facts: &ProbeResults, error: &ApiError) -> bool {
    let is_refused = |token: &Result<TokenInfo, ApiError>| match token {
        Err(error) => error.code == 190,
        Ok(token) => !token.is_valid,
    };
    error.code == 190 && facts.token.as_ref().is_some_and(is_refused)
}

/// An account that cannot be seen: Meta reports it in several ways, which all mean one of two things.
fn no_access(what: &'static str, id: &str, error: &ApiError) -> Finding {
    let (message, codes) = (&error.message, error.codes());
    match (error.code, error.subcode) {
        (190, _) => Finding::problem(
            "token-refused",
            format!("the token was rejected: {message} ({codes})"),
            "create a new token, preferably for a system user",
        ),
        (10 | 200..=299, _) | (100, Some(33)) => Finding::problem(
            "account-no-access",
            format!(
                "the token's user has no access to {what} {id}, or it does not exist: {message} ({codes})"
            ),
            "check the id; in Business settings, assign this WhatsApp account to the system user, with full control or with `Manage templates`",
        ),
        (4 | 17 | 613 | 80_007 | 80_008, _) => Finding::warning(
            "calls-used-up",
            format!("the hourly call limit is used up: {message} ({codes})"),
            "try again in an hour",
        ),
        (2500, _) => Finding::problem(
            "version-unknown",
            format!("Meta does not know this path: {message} ({codes})"),
            format!("set `api_version: {}` in watpl.yaml", crate::platform::GRAPH_VERSION),
        ),
        _ => Finding::problem(
            "account-unreadable",
            format!("{what} {id} cannot be read: {message} ({codes})"),
            "look up the code in Meta's documentation, or try again",
        ),
    }
}

fn templates(facts: &ProbeResults) -> Option<Finding> {
    let account_works = facts.account_name.as_ref().is_some_and(Result::is_ok);
    match facts.templates.as_ref()? {
        Ok(()) => Some(Finding::good("templates", "templates can be read")),
        // A problem with the account also affects its templates.
        Err(_) if !account_works => None,
        Err(error) => Some(Finding::problem(
            "templates-no-access",
            format!("templates cannot be read: {} ({})", error.message, error.codes()),
            "the token needs the permission whatsapp_business_management, and its user needs `View templates` and `Manage templates` for this account",
        )),
    }
}

fn app(facts: &ProbeResults) -> Option<Finding> {
    let own = facts.token.as_ref().and_then(|token| token.as_ref().ok()).and_then(|token| token.app.as_ref());
    if let (Some(configured), Some(own)) = (&facts.app, own)
        && configured != own
    {
        let what = match facts.app_is {
            Some(kind) if kind != NodeKind::App => format!(": it is the id of {}", kind.label()),
            _ => String::new(),
        };
        return Some(Finding::problem(
            "app-wrong-id",
            format!("`app_id` is {configured}, but the token belongs to {own}{what}"),
            format!(
                "set `app_id: \"{own}\"`, or remove it; media samples are uploaded to the token's own app"
            ),
        ));
    }
    let id = facts.app.as_ref().or(own)?;
    Some(match facts.app_name.as_ref()? {
        Err(error) if is_known(facts, error) => return None,
        Ok(name) => {
            Finding::good("app", format!("app {id}, {}", name.as_deref().unwrap_or("without a name")))
        }
        Err(error) => Finding::problem(
            "app-unreadable",
            format!("the app {id} cannot be read: {} ({})", error.message, error.codes()),
            "check in the App Dashboard that it exists and is live",
        ),
    })
}

fn subscription(facts: &ProbeResults) -> Option<Finding> {
    let own = facts.token.as_ref().and_then(|token| token.as_ref().ok()).and_then(|token| token.app.as_ref());
    let id = own.or(facts.app.as_ref())?;
    Some(match facts.subscribed.as_ref()? {
        Ok(apps) if apps.contains(id) => Finding::good("webhooks", "the app receives the account's webhooks"),
        Ok(_) => Finding::warning(
            "app-not-subscribed",
            format!("the app {id} does not receive the account's webhooks"),
            "only needed for review notifications: `POST /{waba_id}/subscribed_apps`, or use Configuration in the App Dashboard; the app must be live",
        ),
        Err(error) => Finding::warning(
            "webhooks-unreadable",
            format!("the webhooks cannot be read: {} ({})", error.message, error.codes()),
            "only needed for review notifications",
        ),
    })
}

fn phone(facts: &ProbeResults) -> Option<Finding> {
    let id = facts.phone.as_ref()?;
    let phones = match facts.phones.as_ref()? {
        Ok(phones) => phones,
        Err(error) => {
            let message = format!("the phone numbers cannot be read: {} ({})", error.message, error.codes());
            return Some(Finding::warning("phones-unreadable", message, "only needed for sending"));
        }
    };
    if phones.contains(id) {
        return Some(Finding::good("phone", format!("phone number {id}")));
    }
    let what = match facts.phone_is {
        Some(NodeKind::PhoneNumber) => "it belongs to another account".to_owned(),
        Some(kind) => format!("it is the id of {}", kind.label()),
        None => "the token has access to nothing with this id".to_owned(),
    };
    let help = match phones.as_slice() {
        [] => "the account has no phone number yet".to_owned(),
        known => format!("the phone numbers of the account have the ids {}", known.join(", ")),
    };
    Some(Finding::problem(
        "phone-wrong-id",
        format!("`phone_number_id` {id} is not a phone number of this account: {what}"),
        help,
    ))
}
