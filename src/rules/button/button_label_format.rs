//! `button-label-format`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{SegmentKind, Text};
use crate::rule;
use crate::rules::support::emoji;
use crate::rules::support::quote;

rule! {
    /// A button label is empty, or contains a placeholder, line break, emoji or formatting marker.
    ///
    /// Labels are fixed plain text in any script. Meta rejects anything else with "button format is
    /// incorrect".
    ///
    /// ```yaml fails
    /// buttons: [Track my parcel 🎉]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Track my parcel]
    /// ```
    pub(crate) static RULE = {
        id: "button-label-format",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["button-text-format"],
        subcode: Some(2388060),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template
        .labels()
        .filter(|text| !is_usual(text))
        .flat_map(|text| [blank(text), placeholder(text), line_break(text), emoji(text), mark(text)])
        .flatten()
        .collect()
}

/// Returns whether a label is one run that begins with a letter or digit, on one line, without bytes that
/// emoji have: as nearly all are.
fn is_usual(text: &Text) -> bool {
    let is_one_run = matches!(text.pieces.as_slice(), [piece] if piece.kind == SegmentKind::Run);
    let first = text.as_str().as_bytes().first();
    is_one_run
        && first.is_some_and(u8::is_ascii_alphanumeric)
        && !text.bytes().has_any(b"\n\r")
        && !text.bytes().has_from(emoji::LEAST)
}

fn blank(text: &Text) -> Option<Diagnostic> {
    let diagnostic =
        || Diagnostic::new(&RULE, text.span, "the label has no visible text").help("write a word or two");
    text.is_blank().then(diagnostic)
}

fn placeholder(text: &Text) -> Option<Diagnostic> {
    let (piece, _) = text.placeholders().next()?;
    let message = format!("the label has the placeholder {}", quote::piece(text, piece));
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .help("write a fixed label and put the value in the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    Some(Diagnostic::new(&RULE, span, "the label has a line break").help("write it on one line"))
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(Diagnostic::new(&RULE, span, format!("the label has the emoji `{emoji}`")).help("use words instead"))
}

fn mark(text: &Text) -> Option<Diagnostic> {
    let mark = text.pieces.iter().find(|piece| piece.kind == SegmentKind::FormatMarker)?;
    let message = format!("the label has the formatting marker {}", quote::piece(text, mark));
    Some(Diagnostic::new(&RULE, text.span_of_piece(mark), message).help("use plain text"))
}

cases! {
    fails: [
        "buttons: [Track it «🎉»]",
        "buttons: [«👩‍👩‍👧‍👦» Family]",
        "buttons: [Track it «❤️»]",
        "buttons: [\"Track«\\n»it\"]",
        "buttons: [\"«*»Track* it\"]",
        "buttons: [«\" \"»]",
        "variables: { order: A-1 }\nbuttons: [\"Track «{{order}}»\"]",
        "variables: { order: A-1 }\nbuttons: [\"Track «<<order>>»\"]",
        "buttons: [{ type: url, text: Track «📦» it, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More «👍»] }\n- { header: { image: b.png }, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button quick_reply \"Track «~»it~\"\n}",
        "buttons: [«\"\\u200f\"»]",
        "buttons:\n- Track\n- «\"\\u00a0\"»",
        "buttons: [Track «🎉»]\nlanguages: [en_US, fa]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- &a { header: { image: a.png }, buttons: [More «👍»] }\n- *a",
    ],
    passes: [
        "buttons: [Track my parcel]",
        "buttons: [\"Yes / No?\", \"50 % (all)\", \"#1\"]",
        "buttons: [Northwind™, © Northwind]",
        "buttons: [پیگیری سفارش, 追跡, Verfolgen – jetzt]",
        "buttons: [می‌خواهم, क्‍ष]",
        "buttons: [\"Open ${shop}\"]",
        "buttons:\n- |\n  Track\n- >-\n  Track\n  it",
        "buttons: [Track → now, Ja & nein, 5€]",
    ],
}
