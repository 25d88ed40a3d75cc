//! The position of a value in a template, which decides the order of its keys and its layout.

use crate::platform::keys::{self, Key, ValueKind};

/// What a value is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyContext {
    Template,
    Variables,
    Variable,
    AppliesTo,
    Library,
    Languages,
    Version,
    Samples,
    Header,
    Body,
    Footer,
    Buttons,
    Button,
    Cards,
    /// A list of words, which may be one word.
    Words,
    Other,
}

/// How a text may be written without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// People read it.
    Prose,
    /// A name, a path of fields, a fixed word.
    Word,
    /// A number, where it is one.
    Number,
    /// `true` or `false`, where it is one of them.
    Bool,
    /// Unknown: as it was written.
    Open,
}

/// Keys whose values are words.
const WORDS: [&str; 20] = [
    "name",
    "category",
    "parameter_format",
    "sub_category",
    "display_format",
    "language",
    "languages",
    "accounts",
    "tags",
    "replaced_by",
    "bind",
    "type",
    "otp_type",
    "model",
    "phone",
    "template",
    "flow_action",
    "navigate_screen",
    "package_name",
    "signature_hash",
];

/// Components, which make one group at the top of a template.
const COMPONENTS: [&str; 9] = [
    "header",
    "body",
    "footer",
    "buttons",
    "limited_time_offer",
    "carousel",
    "call_permission_request",
    "library",
    "raw",
];

impl KeyContext {
    /// The place of a key's value, or of an item where there is no key.
    pub(super) fn inside(self, key: Option<&str>) -> Self {
        match (self, key) {
            (Self::Template, Some("variables")) => Self::Variables,
            (Self::Template, Some("applies_to")) => Self::AppliesTo,
            (Self::Template, Some("library")) => Self::Library,
            (Self::Template, Some("languages")) => Self::Languages,
            (Self::Template, Some("tags" | "accounts")) => Self::Words,
            (Self::Version | Self::Header | Self::Body | Self::Button, Some("samples")) => Self::Samples,
            (Self::Template | Self::Version, Some(key)) => Self::component(key),
            (Self::Variables, Some(_)) => Self::Variable,
            (Self::Languages, Some(_)) | (Self::Cards, None) => Self::Version,
            (Self::Buttons, None) => Self::Button,
            _ => Self::Other,
        }
    }

    fn component(key: &str) -> Self {
        match key {
            "header" => Self::Header,
            "body" => Self::Body,
            "footer" => Self::Footer,
            "buttons" => Self::Buttons,
            "carousel" => Self::Cards,
            _ => Self::Other,
        }
    }

    fn table(self) -> &'static [Key] {
        match self {
            Self::Template => &keys::TEMPLATE,
            Self::Variable => &keys::VARIABLE,
            Self::AppliesTo => &keys::APPLIES_TO,
            Self::Library => &keys::LIBRARY,
            Self::Version => &keys::VERSION,
            Self::Header => &keys::HEADER,
            Self::Body => &keys::BODY,
            Self::Footer => &keys::FOOTER,
            Self::Button => &keys::BUTTON,
            _ => &[],
        }
    }

    /// Where a key belongs among the others; unknown ones keep their order behind them.
    pub(super) fn rank(self, key: Option<&str>) -> usize {
        self.table().iter().position(|known| Some(known.name) == key).unwrap_or(usize::MAX)
    }

    /// The group of a top-level key; a blank line separates groups.
    pub(super) fn group(key: &str) -> usize {
        match key {
            "variables" => 1,
            _ if COMPONENTS.contains(&key) => 2,
            "languages" => 3,
            _ if Self::Template.rank(Some(key)) == usize::MAX => 4,
            _ => 0,
        }
    }

    /// How a text below `key` may be written.
    pub(super) fn role(self, key: Option<&str>) -> Role {
        if matches!(self, Self::Samples | Self::Variables | Self::Buttons) {
            return Role::Prose;
        }
        if matches!(self, Self::Words | Self::Languages) {
            return Role::Word;
        }
        let known = self.table().iter().find(|known| Some(known.name) == key);
        match (known.map(|known| known.kind), key) {
            (Some(ValueKind::Number), _) | (_, Some("ttl")) => Role::Number,
            (Some(ValueKind::Bool), _) | (_, Some("deprecated")) => Role::Bool,
            (_, Some(key)) if WORDS.contains(&key) => Role::Word,
            (Some(_), _) => Role::Prose,
            (None, _) => Role::Open,
        }
    }

    /// Whether a key's value is one of a few words, whose case does not count.
    pub(super) fn is_fixed_word(self, key: Option<&str>) -> bool {
        match (self, key) {
            (Self::Template, Some("category" | "parameter_format" | "sub_category" | "display_format"))
            | (Self::Variable, Some("type"))
            | (Self::Button, Some("type" | "otp_type")) => true,
            (_, key) => {
                self.table().iter().any(|known| Some(known.name) == key && known.kind == ValueKind::Bool)
            }
        }
    }

    /// Whether the line breaks at the end of a text here are the notation's, not the author's.
    pub(super) fn drops_last_breaks(self, key: Option<&str>) -> bool {
        match self {
            Self::Template | Self::Version => matches!(key, Some("header" | "body" | "footer")),
            Self::Header | Self::Body | Self::Footer => key == Some("text"),
            _ => false,
        }
    }

    /// Whether a text here is sent, so that it may hold placeholders.
    pub(super) fn is_sent(self, key: Option<&str>) -> bool {
        match self {
            Self::Buttons => true,
            Self::Button => matches!(key, Some("text" | "url")),
            _ => self.drops_last_breaks(key),
        }
    }

    /// Whether the order of the entries means something: languages and variables are numbered in it.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Self::Variables | Self::Languages)
    }

    /// Whether each entry gets lines of its own, however short.
    pub(super) fn is_tall(self) -> bool {
        matches!(
            self,
            Self::Template | Self::Variables | Self::Languages | Self::Version | Self::Buttons | Self::Cards
        )
    }
}

/// Whether a plain header is a kind of header and not a text.
pub(super) fn is_header_word(text: &str) -> bool {
    matches!(text, "location" | "product")
}
