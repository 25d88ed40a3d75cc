//! Components of a version, for rules on their combinations.

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Button, ButtonKind, Card, Header, MediaFormat, Version};
use crate::source::Span;

/// A component of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    Header,
    Offer,
    Footer,
    Buttons,
    Carousel,
    CallPermission,
}

impl Component {
    /// Noun with its article.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Header => "a header",
            Self::Offer => "a limited-time offer",
            Self::Footer => "a footer",
            Self::Buttons => "buttons",
            Self::Carousel => "a carousel",
            Self::CallPermission => "a call permission request",
        }
    }
}

/// Returns the span of a component, if the version has it.
pub(crate) fn find(version: &Version, kind: Component) -> Option<Span> {
    match kind {
        Component::Header => version.header.as_ref().map(Header::span),
        Component::Offer => version.limited_time_offer.as_ref().map(|offer| offer.span),
        Component::Footer => version.footer.as_ref().map(|footer| footer.span),
        Component::Buttons => version.buttons.first().map(|button| button.span),
        Component::Carousel => version.carousel.first().map(|card| card.span),
        Component::CallPermission => version.call_permission_request,
    }
}

/// Reports the components of `kinds` that are not allowed together with `what`.
pub(crate) fn disallowed_with<'a>(
    version: &'a Version,
    rule: &'static Rule,
    what: &'a str,
    kinds: &'a [Component],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let found = kinds.iter().filter_map(|kind| Some((*kind, find(version, *kind)?)));
    found.map(move |(kind, span)| {
        let message = format!("{} is not allowed together with {what}", kind.noun());
        Diagnostic::new(rule, span, message.replacen("buttons is", "buttons are", 1))
            .help("delete one of them")
    })
}

/// Returns the format of a header.
pub(crate) fn header_format(header: &Header) -> &'static str {
    match header {
        Header::Text { .. } => "text",
        Header::Media { format, .. } => format.as_str(),
        Header::Location(_) => "location",
        Header::Product(_) => "product",
    }
}

/// Returns whether a header is an image or a video.
pub(crate) fn is_image_or_video(header: &Header) -> bool {
    matches!(header, Header::Media { format: MediaFormat::Image | MediaFormat::Video, .. })
}

/// Returns whether a card shows a product.
pub(crate) fn shows_product(card: &Card) -> bool {
    matches!(card.header, Some(Header::Product(_)))
}

/// The types of buttons, in order, as a list in backticks.
pub(crate) fn button_types(buttons: &[Button]) -> String {
    let words: Vec<String> = buttons.iter().map(|button| format!("`{}`", button.kind.as_str())).collect();
    if words.is_empty() { "no buttons".to_owned() } else { words.join(", ") }
}

/// The first button of a type.
pub(crate) fn find_button(version: &Version, is_wanted: impl Fn(&ButtonKind) -> bool) -> Option<&Button> {
    version.buttons.iter().find(|button| is_wanted(&button.kind))
}
