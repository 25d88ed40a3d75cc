//! Limits of an account.

use serde::{Deserialize, Deserializer};

/// How much may be done; `off` lifts a limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    #[serde(deserialize_with = "limit")]
    pub(crate) calls_per_hour: Option<usize>,
    #[serde(deserialize_with = "limit")]
    pub(crate) creations_per_hour: Option<usize>,
    #[serde(deserialize_with = "limit")]
    pub(crate) templates: Option<usize>,
    /// Whether edits of approved templates are counted.
    pub(crate) edits: bool,
    /// Whether the business may have authentication templates: one that is not verified, or sends little, may not.
    pub(crate) authentication: bool,
    /// How long an uploaded sample can be used, in seconds.
    pub(crate) handle_life: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // For an account with a registered number (Meta: about the platform).
            calls_per_hour: Some(5_000),
            // Meta: templates overview.
            creations_per_hour: Some(100),
            // Of an account whose business is not verified; every language counts (Meta: templates overview).
            templates: Some(250),
            edits: true,
            authentication: true,
            // Meta says that handles expire, not when: the sandbox takes a day.
            handle_life: 86_400,
        }
    }
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a number or `off`")]
    enum Written {
        Number(usize),
        Off(Off),
        False(bool),
    }
    #[derive(Deserialize)]
    enum Off {
        #[serde(rename = "off")]
        Off,
    }
    match Written::deserialize(deserializer)? {
        Written::Number(number) => Ok(Some(number)),
        Written::Off(Off::Off) | Written::False(false) => Ok(None),
        Written::False(true) => Err(serde::de::Error::custom("a number or `off`")),
    }
}
