//! `unbalanced-formatting`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// A formatting mark is opened and not closed on its line.
    ///
    /// WhatsApp sets text between two asterisks in bold and between two tildes struck through, within one line. A
    /// mark without its partner is shown as it is.
    ///
    /// ```yaml fails
    /// body: "Your order is *on its way. Thank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is *on its way*. Thank you for shopping with us."
    /// ```
    pub(super) static RULE = {
        id: "unbalanced-formatting",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-format-unbalanced"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.kinds().has_marks() {
        return Vec::new();
    }
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
            .label("people would see the mark")
            .help(format!("write `{mark}` where it ends, or delete it"))
    })
    .collect()
}

/// The opening marks of each line that has an odd number of them at the edges of words.
fn unclosed<'t>(text: &'t Text, mark: &str) -> Vec<&'t Segment> {
    let mut found = Vec::new();
    let mut open = None;
    for piece in &text.pieces {
        match &piece.kind {
            SegmentKind::FormatMarker if text.slice(piece) == mark => match side(text.as_str(), piece) {
                Some(Side::Opens) if open.is_none() => open = Some(piece),
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

enum Side {
    Opens,
    Closes,
}

/// Whether a mark stands before a word or after one; between blanks and inside a word it is just a character.
fn side(text: &str, piece: &Segment) -> Option<Side> {
    let before = text.get(..piece.range.start).and_then(|before| before.chars().next_back());
    let after = text.get(piece.range.end..).and_then(|after| after.chars().next());
    let is_outside = |character: Option<char>| {
        character.is_none_or(|character| !character.is_alphanumeric() && character != '}' && character != '{')
    };
    let is_blank = |character: Option<char>| character.is_none_or(char::is_whitespace);
    match (is_outside(before), is_outside(after)) {
        (true, _) if !is_blank(after) => {
            Some(if is_blank(before) || !is_outside(after) { Side::Opens } else { Side::Closes })
        }
        (_, true) if !is_blank(before) => Some(Side::Closes),
        _ => None,
    }
}
