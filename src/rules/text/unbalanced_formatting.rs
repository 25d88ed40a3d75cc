//! `unbalanced-formatting`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// A formatting marker is not closed on its line.
    ///
    /// WhatsApp shows text between two asterisks in bold and text between two tildes struck through, within
    /// one line. A single marker is shown unchanged.
    ///
    /// ```yaml fails
    /// body: "Your order is *on its way. Thank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is *on its way*. Thank you for shopping with us."
    /// ```
    pub(crate) static RULE = {
        id: "unbalanced-formatting",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-format-unbalanced"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::FormatMarker),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let open = template.bodies().flat_map(|(_, text)| {
        ["*", "~"]
            .into_iter()
            .filter(|mark| text.bytes().has_any(mark.as_bytes()))
            .flat_map(move |mark| unclosed(text, mark))
            .map(move |piece| (text, piece))
    });
    open.map(|(text, piece)| {
        let mark = text.slice(piece);
        Diagnostic::new(&RULE, text.span_of_piece(piece), format!("`{mark}` is not closed on its line"))
            .label("recipients would see the marker")
            .help(format!("add a closing `{mark}`, or delete it"))
    })
    .collect()
}

/// The opening marks of each line that has an odd number of them at the edges of words.
fn unclosed<'t>(text: &'t Text, mark: &str) -> Vec<&'t Segment> {
    let mut found = Vec::new();
    let mut open = None;
    for piece in &text.pieces {
        match &piece.kind {
            SegmentKind::FormatMarker if text.slice(piece) == mark => match role(text.as_str(), piece) {
                Some(MarkerRole::Opens) if open.is_none() => open = Some(piece),
                Some(_) => open = None,
                None => {}
            },
            SegmentKind::Run if text.slice(piece).contains('\n') => found.extend(open.take()),
            _ => {}
        }
    }
    found.extend(open);
    found
}

enum MarkerRole {
    Opens,
    Closes,
}

/// Returns whether a marker precedes or follows a word. Between spaces and inside a word it is an ordinary
/// character.
fn role(text: &str, piece: &Segment) -> Option<MarkerRole> {
    let before = text.get(..piece.range.start).and_then(|before| before.chars().next_back());
    let after = text.get(piece.range.end..).and_then(|after| after.chars().next());
    let is_outside = |character: Option<char>| {
        character.is_none_or(|character| !character.is_alphanumeric() && character != '}' && character != '{')
    };
    let is_blank = |character: Option<char>| character.is_none_or(char::is_whitespace);
    match (is_outside(before), is_outside(after)) {
        (true, _) if !is_blank(after) => {
            Some(if is_blank(before) || !is_outside(after) { MarkerRole::Opens } else { MarkerRole::Closes })
        }
        (_, true) if !is_blank(before) => Some(MarkerRole::Closes),
        _ => None,
    }
}

cases! {
    fails: [
        "body: Your order is «*»here today.",
        "body: Your ~old~ order is «~»here today.",
        "body: |\n  Your order is «*»here\n  today*. Thank you.",
        "variables: { a: A-1 }\nbody: Your order «*»{{a}} is on its way to you.",
        "language: fa\nbody: سفارش «*»شما ارسال شد.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is «*»here today.\"\n}",
    ],
    passes: [
        "body: Your order is *here*. *Thank you.*",
        "body: Your order of 3 * 4 chairs and 2*3 tables is on its way.",
        "variables: { a: A-1 }\nbody: Your order *{{a}}* is on its way to you.",
        "body: |\n  * Oak\n  * Elm\n  * Ash",
        "body: Your ~old order~ arrives in ~3 days~, _all of it_.",
        "body: Your snake_case and 100 chairs ~ about are on their way.",
        "header: \"*Order\"",
        "body: Your order of 2*4 chairs (*new*) is *here*, **really**.",
        "body: Your order costs 5 €* and arrives soon.",
    ],
}
