//! How long texts are: as they are sent, and once they are filled in.
//!
//! Meta says "characters" and never what it counts. Code points decide; where UTF-16 units or what people see as one
//! character would decide otherwise, that is said.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{
    ButtonKind, CardPart, Header, ParameterFormat, Part, Reference, Segment, SegmentKind, Template, Text,
    Version,
};
use crate::platform::limits;

/// A text, and what it is part of.
pub(super) type Place<'a> = (Part, &'a Text);

/// The most characters that Meta takes of a part.
pub(super) fn limit(version: &Version, part: Part) -> usize {
    match part {
        Part::Header => limits::HEADER,
        Part::Body => body_limit(version).0,
        Part::Footer => limits::FOOTER,
        Part::Offer => limits::OFFER_LINE,
        Part::Card(_, CardPart::Body) => limits::CARD_BODY,
        Part::Label(index) => {
            version.buttons.get(index).map_or(limits::BUTTON_LABEL, |button| label_limit(&button.kind))
        }
        Part::Card(_, CardPart::Label(_)) => limits::BUTTON_LABEL,
        Part::Url(_) | Part::Card(_, CardPart::Url(_)) => limits::URL,
    }
}

/// The most characters of a body, and what beside it makes that so few.
pub(super) fn body_limit(version: &Version) -> (usize, &'static str) {
    let single = version.buttons.iter().any(|button| matches!(button.kind, ButtonKind::Spm))
        || matches!(version.header, Some(Header::Product(_)));
    match (single, version.limited_time_offer.is_some()) {
        (true, _) => (limits::PRODUCT_BODY, " beside a single product"),
        (_, true) => (limits::OFFER_BODY, " beside a limited-time offer"),
        _ => (limits::BODY, ""),
    }
}

/// The most characters of a button's label.
pub(super) fn label_limit(kind: &ButtonKind) -> usize {
    match kind {
        ButtonKind::VoiceCall { .. } => limits::VOICE_CALL_LABEL,
        _ => limits::BUTTON_LABEL,
    }
}

/// What is said of a text that is sent with more code points than `limit`.
pub(super) fn too_long(
    rule: &'static Rule,
    template: &Template,
    place: Place<'_>,
    noun: &str,
    limit: usize,
) -> Option<Diagnostic> {
    let (_, text) = place;
    // A number may be one digit longer than the name that it stands for; other than that, what is sent is no longer than
    // what is written.
    if text.as_str().len() <= limit || text.chars() + text.placeholders().count() <= limit {
        return None;
    }
    let sent = pieces(template, place);
    let count: usize = sent.iter().map(|(_, sent)| sent.chars().count()).sum();
    if count <= limit {
        return None;
    }
    let message = format!("the {noun} has {count} characters, and {limit} are allowed");
    let diagnostic =
        Diagnostic::new(rule, text.span_of(start_beyond(text, &sent, limit)..text.as_str().len()), message)
            .label("from here on it is too long");
    let seen: usize = sent.iter().map(|(_, sent)| sent.graphemes(true).count()).sum();
    Some(if seen <= limit {
        diagnostic.help(format!(
            "shorten the text; people see {seen} characters, and Meta does not say what it counts"
        ))
    } else {
        diagnostic.help("shorten the text")
    })
}

/// How many UTF-16 units a text is sent with, if those are more than `limit` and its code points are not.
pub(super) fn units_beyond(template: &Template, place: Place<'_>, limit: usize) -> Option<(usize, usize)> {
    // Only what takes four bytes takes two units.
    if place.1.as_str().len() <= limit || !place.1.as_str().bytes().any(|byte| byte >= 0xf0) {
        return None;
    }
    let sent = pieces(template, place);
    let characters: usize = sent.iter().map(|(_, sent)| sent.chars().count()).sum();
    let units: usize = sent.iter().map(|(_, sent)| sent.encode_utf16().count()).sum();
    (characters <= limit && units > limit).then_some((characters, units))
}

/// Code points from which on it makes no difference how many there are.
pub(super) const MANY: usize = 10_000;

/// How many code points a text has with samples in place of its placeholders, counted up to [`MANY`]; nothing where it
/// has no placeholders.
pub(super) fn filled(template: &Template, version: &Version, place: Place<'_>) -> Option<usize> {
    let (part, text) = place;
    let (mut filled, mut any) = (0, false);
    for piece in &text.pieces {
        if filled > MANY {
            break;
        }
        filled += match &piece.kind {
            SegmentKind::Placeholder(placeholder) => {
                any = true;
                version
                    .sample(template, part, &placeholder.reference)
                    .map_or(0, |sample| sample.value.chars().take(MANY).count())
            }
            SegmentKind::Escape => text.slice(piece).chars().count() - 1,
            _ => text.slice(piece).chars().count(),
        };
    }
    any.then_some(filled)
}

/// The pieces of a text with what is sent of each: placeholders numbered or named, escapes resolved. What a constant
/// holds differs between accounts, and counts as it is written.
fn pieces<'t>(template: &Template, (part, text): Place<'t>) -> Vec<(&'t Segment, String)> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered = template.parameter_format == ParameterFormat::Positional || part.is_url();
    let sent = text.pieces.iter().map(|piece| {
        let written = text.slice(piece);
        let sent = match &piece.kind {
            SegmentKind::Placeholder(placeholder) => match &placeholder.reference {
                Reference::Name(name) if numbered => {
                    let next = names.len() + 1;
                    format!("{{{{{}}}}}", names.entry(name).or_insert(next))
                }
                reference => format!("{{{{{reference}}}}}"),
            },
            SegmentKind::Escape => written.get(1..).unwrap_or_default().to_owned(),
            _ => written.to_owned(),
        };
        (piece, sent)
    });
    sent.collect()
}

/// The byte of the text that is the first beyond `limit` characters of what is sent.
fn start_beyond(text: &Text, sent: &[(&Segment, String)], limit: usize) -> usize {
    let mut room = limit;
    for (piece, sent) in sent {
        let count = sent.chars().count();
        if count > room {
            let inside = match piece.kind {
                SegmentKind::Placeholder(_) | SegmentKind::Escape => 0,
                _ => text.slice(piece).char_indices().nth(room).map_or(0, |(at, _)| at),
            };
            return piece.range.start + inside;
        }
        room -= count;
    }
    text.as_str().len()
}
