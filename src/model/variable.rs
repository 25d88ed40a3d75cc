//! Variables, which the sender fills in.

use super::Reference;
use crate::source::Spanned;

/// A variable of the template.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name, or the number it has in the body.
    pub reference: Spanned<Reference>,
    /// The value that Meta's reviewers see.
    pub sample: Option<Spanned<String>>,
    /// The kind of its value.
    pub kind: VariableType,
    /// The longest value that will be sent, in characters.
    pub max_length: Option<Spanned<i64>>,
    /// The sender's source of the value.
    pub bind: Option<Spanned<String>>,
    /// The fallback if the value is empty.
    pub fallback: Option<String>,
    /// The description of the value.
    pub description: Option<String>,
}

/// The kind of value a variable holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VariableType {
    /// Anything.
    #[default]
    Text,
    /// A person's or company's name.
    Name,
    /// A number.
    Number,
    /// An amount with its currency.
    Money,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// An address on the web.
    Url,
    /// A phone number.
    Phone,
    /// A mail address.
    Email,
    /// A code or reference.
    Code,
}

impl VariableType {
    /// Every type, in the order of the reference.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Name,
        Self::Number,
        Self::Money,
        Self::Date,
        Self::Time,
        Self::Url,
        Self::Phone,
        Self::Email,
        Self::Code,
    ];

    /// The type of a word in any case.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word))
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Name => "name",
            Self::Number => "number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Time => "time",
            Self::Url => "url",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Code => "code",
        }
    }
}
