//! The parts that a version has, for rules on what may stand beside what.

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Button, ButtonKind, Card, Header, MediaFormat, Version};
use crate::source::Span;

/// A part of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Header,
    Offer,
    Footer,
    Buttons,
    Carousel,
    CallPermission,
}

impl Kind {
    /// The part with its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Header => "a header",
            Self::Offer => "a limited-time offer",
            Self::Footer => "a footer",
            Self::Buttons => "buttons",
            Self::Carousel => "a carousel",
            Self::CallPermission => "a request for permission to call",
        }
    }
}

/// Where a part stands, if the version has it.
pub(super) fn find(version: &Version, kind: Kind) -> Option<Span> {
    match kind {
        Kind::Header => version.header.as_ref().map(Header::span),
        Kind::Offer => version.limited_time_offer.as_ref().map(|offer| offer.span),
        Kind::Footer => version.footer.as_ref().map(|footer| footer.span),
        Kind::Buttons => version.buttons.first().map(|button| button.span),
        Kind::Carousel => version.carousel.first().map(|card| card.span),
        Kind::CallPermission => version.call_permission_request,
    }
}

/// What is said of the parts of `kinds` that stand beside `what`, and must not.
pub(super) fn beside<'a>(
    version: &'a Version,
    rule: &'static Rule,
    what: &'a str,
    kinds: &'a [Kind],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let found = kinds.iter().filter_map(|kind| Some((*kind, find(version, *kind)?)));
    found.map(move |(kind, span)| {
        let message = format!("{} stands beside {what}", kind.noun());
        Diagnostic::new(rule, span, message.replacen("buttons stands", "buttons stand", 1))
            .help("leave one of the two out")
    })
}

/// What a header shows, in a word.
pub(super) fn header_word(header: &Header) -> &'static str {
    match header {
        Header::Text { .. } => "text",
        Header::Media { format, .. } => format.as_str(),
        Header::Location(_) => "location",
        Header::Product(_) => "product",
    }
}

/// Whether a header is a picture or a film.
pub(super) fn is_picture(header: &Header) -> bool {
    matches!(header, Header::Media { format: MediaFormat::Image | MediaFormat::Video, .. })
}

/// Whether a card shows a product.
pub(super) fn shows_product(card: &Card) -> bool {
    matches!(card.header, Some(Header::Product(_)))
}

/// The types of buttons, in order, as a list in backticks.
pub(super) fn types(buttons: &[Button]) -> String {
    let words: Vec<String> = buttons.iter().map(|button| format!("`{}`", button.kind.as_str())).collect();
    if words.is_empty() { "no buttons".to_owned() } else { words.join(", ") }
}

/// The first button of a type.
pub(super) fn button(version: &Version, is_wanted: impl Fn(&ButtonKind) -> bool) -> Option<&Button> {
    version.buttons.iter().find(|button| is_wanted(&button.kind))
}
