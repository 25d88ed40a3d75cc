//! Categories, and the two ways to write placeholders for Meta.

use std::fmt;

/// Category of a template, which decides its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// One-time passcodes.
    Authentication,
    /// Everything that promotes, and everything unclear.
    Marketing,
    /// Follow-ups to what the recipient did or asked for.
    Utility,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 3] = [Self::Authentication, Self::Marketing, Self::Utility];

    /// The category of a word in any case.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str().eq_ignore_ascii_case(word))
    }

    /// The category that one of Meta's before 2022 has become.
    pub fn from_retired(word: &str) -> Option<Self> {
        const UTILITY: [&str; 11] = [
            "account_update",
            "alert_update",
            "appointment_update",
            "issue_resolution",
            "payment_update",
            "personal_finance_update",
            "reservation_update",
            "shipping_update",
            "ticket_update",
            "transactional",
            "transportation_update",
        ];
        match word.to_ascii_lowercase().as_str() {
            "otp" => Some(Self::Authentication),
            "auto_reply" => Some(Self::Utility),
            word if UTILITY.contains(&word) => Some(Self::Utility),
            _ => None,
        }
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Marketing => "marketing",
            Self::Utility => "utility",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Placeholder format sent to Meta, whatever the source looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterFormat {
    /// `{{1}}`, `{{2}}`
    #[default]
    Positional,
    /// `{{name}}`
    Named,
}

impl ParameterFormat {
    /// The format of a word in any case.
    pub fn new(word: &str) -> Option<Self> {
        [Self::Positional, Self::Named].into_iter().find(|format| format.as_str().eq_ignore_ascii_case(word))
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positional => "positional",
            Self::Named => "named",
        }
    }
}
