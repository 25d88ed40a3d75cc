//! The language of the sentences in error messages.

mod es;

use serde::Deserialize;

pub(crate) use self::es::sentences as spanish;

/// Language of the sentences in errors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Locale {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}
