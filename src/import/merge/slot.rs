//! The texts of a version, together with what was sent for them.

use crate::model::{Button as SourceButton, ButtonKind, CardPart, Part, Text, Version};
use crate::payload::{Button, Component};
use crate::syntax::text::{self, Reference, SegmentKind};

/// A text that can change by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A text that may hold placeholders.
    Part(Part),
    /// The number of the button with this index.
    Phone(usize),
}

/// Every text of a version.
pub(super) fn texts(version: &Version) -> Vec<(Slot, &Text)> {
    let parts = version.texts_and_urls().map(|(part, text)| (Slot::Part(part), text));
    let phones = version
        .buttons
        .iter()
        .enumerate()
        .filter_map(|(index, button)| Some((Slot::Phone(index), phone(button)?)));
    parts.chain(phones).collect()
}

fn phone(button: &SourceButton) -> Option<&Text> {
    match &button.kind {
        ButtonKind::PhoneNumber { phone_number } => Some(phone_number),
        _ => None,
    }
}

impl Slot {
    /// The part whose placeholders are numbered.
    pub(super) fn part(self) -> Option<Part> {
        match self {
            Self::Part(part) => Some(part),
            Self::Phone(_) => None,
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Part(part) => part.label(),
            Self::Phone(_) => "phone number",
        }
    }

    /// What is sent, or there, for it.
    pub(super) fn wire(self, components: &[Component]) -> Option<&str> {
        match self {
            Self::Phone(index) => match buttons(components)?.get(index)? {
                Button::PhoneNumber { phone_number, .. } => Some(phone_number),
                _ => None,
            },
            Self::Part(Part::Label(index)) => label(buttons(components)?.get(index)?),
            Self::Part(Part::Url(index)) => url(buttons(components)?.get(index)?),
            Self::Part(Part::Card(card, part)) => {
                let cards = components.iter().find_map(|component| match component {
                    Component::Carousel(cards) => Some(cards),
                    _ => None,
                });
                let card = cards?.get(card)?;
                match part {
                    CardPart::Body => Self::Part(Part::Body).wire(card),
                    CardPart::Label(index) => label(buttons(card)?.get(index)?),
                    CardPart::Url(index) => url(buttons(card)?.get(index)?),
                }
            }
            Self::Part(part) => components.iter().find_map(|component| match (part, component) {
                (Part::Header, Component::HeaderText { text, .. })
                | (Part::Body, Component::Body { text, .. })
                | (Part::Footer, Component::Footer { text })
                | (Part::Offer, Component::LimitedTimeOffer { text, .. }) => Some(text.as_str()),
                _ => None,
            }),
        }
    }

    /// Whether both mean the same.
    pub(super) fn is_same(self, old: &str, new: &str) -> bool {
        match self {
            Self::Phone(_) => old.trim_start_matches('+') == new.trim_start_matches('+'),
            Self::Part(part) if part.is_url() => decoded(old) == decoded(new),
            Self::Part(_) => old == new,
        }
    }
}

fn decoded(url: &str) -> String {
    url.replace("%7B", "{").replace("%7D", "}").replace("%7b", "{").replace("%7d", "}")
}

fn buttons(components: &[Component]) -> Option<&[Button]> {
    components.iter().find_map(|component| match component {
        Component::Buttons(buttons) => Some(buttons.as_slice()),
        _ => None,
    })
}

/// A label that the source may have; those of code buttons are Meta's as often as not.
fn label(button: &Button) -> Option<&str> {
    match button {
        Button::QuickReply { text }
        | Button::Url { text, .. }
        | Button::PhoneNumber { text, .. }
        | Button::Flow { text, .. }
        | Button::VoiceCall { text, .. }
        | Button::OrderDetails { text } => Some(text),
        Button::CopyCode { .. } | Button::Otp { .. } | Button::Fixed(_) | Button::Opaque(_) => None,
    }
}

fn url(button: &Button) -> Option<&str> {
    match button {
        Button::Url { url, .. } => Some(url),
        _ => None,
    }
}

/// The first number of a text that no name stands for, where names stand for numbers.
pub(super) fn new_number(wire: &str, names: &[&str]) -> Option<u32> {
    if names.is_empty() {
        return None;
    }
    text::parse(wire).into_iter().find_map(|piece| match piece.kind {
        SegmentKind::Placeholder(placeholder) => match placeholder.reference {
            Reference::Number(number) if number as usize > names.len() => Some(number),
            _ => None,
        },
        _ => None,
    })
}

/// Whether the numbers of a text first appear in another order than their own.
pub(super) fn is_reordered(wire: &str) -> bool {
    let mut seen: Vec<u32> = Vec::new();
    for piece in text::parse(wire) {
        if let SegmentKind::Placeholder(placeholder) = piece.kind
            && let Reference::Number(number) = placeholder.reference
            && !seen.contains(&number)
        {
            seen.push(number);
        }
    }
    !seen.is_sorted()
}

/// The parts that components have, in words that tell them apart.
pub(super) fn parts(components: &[Component]) -> Vec<String> {
    components.iter().flat_map(part).collect()
}

fn part(component: &Component) -> Vec<String> {
    let one = |word: &str| vec![word.to_owned()];
    match component {
        Component::HeaderText { .. } => one("a text header"),
        Component::HeaderMedia { format, .. } => vec![format!("a header with {}", format.as_str())],
        Component::HeaderLocation => one("a header with a location"),
        Component::HeaderProduct => one("a header with a product"),
        Component::LimitedTimeOffer { has_expiration, .. } => {
            one(if has_expiration.is_some() { "an offer with its end" } else { "an offer" })
        }
        Component::CallPermissionRequest => one("the request to call"),
        Component::Carousel(cards) => {
            let card = |(index, card): (usize, &Vec<Component>)| {
                parts(card)
                    .into_iter()
                    .map(|part| format!("{part} on card {}", index + 1))
                    .collect::<Vec<_>>()
            };
            cards.iter().enumerate().flat_map(card).collect()
        }
        Component::Body { .. } => one("a body"),
        Component::AuthenticationBody { add_security_recommendation } => {
            one(if *add_security_recommendation { "a code with advice" } else { "a code" })
        }
        Component::Footer { .. } => one("a footer"),
        Component::AuthenticationFooter { code_expiration_minutes } => {
            vec![format!("an expiry after {code_expiration_minutes} minutes")]
        }
        Component::Buttons(buttons) => {
            let numbered = buttons.iter().enumerate();
            numbered.map(|(index, button)| format!("{} as button {}", kind(button), index + 1)).collect()
        }
        Component::Opaque(value) => vec![value.to_string()],
    }
}

fn kind(button: &Button) -> String {
    match button {
        Button::QuickReply { .. } => "a quick reply".to_owned(),
        Button::Url { app_deep_link, .. } if app_deep_link.is_empty() => "a link".to_owned(),
        Button::Url { app_deep_link, .. } => format!("a link into an app ({app_deep_link:?})"),
        Button::PhoneNumber { .. } => "a call".to_owned(),
        Button::CopyCode { .. } => "a code to copy".to_owned(),
        Button::Otp { otp_type, .. } => format!("a one-time code ({})", otp_type.as_str()),
        Button::Flow { flow, action, navigate_screen, icon, .. } => {
            format!("a flow ({flow:?} {action:?} {navigate_screen:?} {icon:?})")
        }
        Button::Fixed(fixed) => format!("a {fixed:?} button").to_lowercase(),
        Button::VoiceCall { ttl_minutes, .. } => format!("a call over WhatsApp ({ttl_minutes:?})"),
        Button::OrderDetails { .. } => "order details".to_owned(),
        Button::Opaque(value) => value.to_string(),
    }
}
