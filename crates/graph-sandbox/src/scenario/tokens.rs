//! Access tokens besides the one of the settings.

use serde::Deserialize;

/// One more token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenEntry {
    pub(crate) token: String,
    #[serde(default = "system_user")]
    pub(crate) kind: String,
    #[serde(default = "all_scopes")]
    pub(crate) scopes: Vec<String>,
    /// The app that it belongs to; the sandbox's own when absent.
    pub(crate) app: Option<String>,
    /// Seconds from the start until it expires; negative for one that has expired already.
    pub(crate) expires_in: Option<i64>,
    /// Accounts that it may see; all when absent.
    pub(crate) accounts: Option<Vec<String>>,
    /// How other accounts look to it.
    #[serde(default)]
    pub(crate) elsewhere: Elsewhere,
    /// The error that every call with it gets.
    pub(crate) refused: Option<Refused>,
}

/// How accounts look to a token that was not given access.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Elsewhere {
    /// Code 200: no permission.
    #[default]
    Forbidden,
    /// Code 100 with subcode 33: as if they were not there.
    Hidden,
}

/// An error that stands for whatever is wrong with a token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refused {
    pub(crate) code: u32,
    pub(crate) subcode: Option<u32>,
    #[serde(default = "refused")]
    pub(crate) message: String,
}

fn system_user() -> String {
    "SYSTEM_USER".to_owned()
}

fn all_scopes() -> Vec<String> {
    ["whatsapp_business_management", "whatsapp_business_messaging"].map(str::to_owned).into()
}

fn refused() -> String {
    "The token may not do this".to_owned()
}
