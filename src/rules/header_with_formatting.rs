//! `header-with-formatting`.

use super::{View, emoji, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{PieceKind, Text};
use crate::rule;

rule! {
    /// A text header has formatting marks, an emoji or a line break.
    ///
    /// A header is one line of plain text, which WhatsApp shows in bold. Asterisks, underscores, tildes and
    /// backticks are refused, also inside words, and so are emoji and line breaks.
    ///
    /// ```yaml fails
    /// header: Your order is *on its way*
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(super) static RULE = {
        id: "header-with-formatting",
        severity: Severity::Error,
        class: Class::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-markdown", "header-text-emoji", "header-text-newline"],
        subcode: Some(2388047),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.headers().flat_map(|text| [mark(text), emoji(text), line_break(text)]).flatten().collect()
}

fn mark(text: &Text) -> Option<Diagnostic> {
    let mark = text.pieces.iter().find(|piece| piece.kind == PieceKind::Mark)?;
    let message = format!("the header has the formatting mark {}", quote::piece(text, mark));
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(mark), message)
            .help("write plain text; headers are bold as they are"),
    )
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(
        Diagnostic::new(&RULE, span, format!("the header has the emoji `{emoji}`"))
            .help("move it to the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    let diagnostic = Diagnostic::new(&RULE, span, "the header has a line break");
    Some(diagnostic.label("a header is one line").help("write it on one line, or move the rest to the body"))
}

cases! {
    fails: [
        "header: Your order is «*»here*",
        "header: order«_»shipped",
        "header: Your order is here «🎉»",
        "header: \"Your order«\\n»is here\"",
        "header: \"«~»Your~ order «❤️»«\\n»is here\"",
        "languages:\n  en_US: { header: Your order }\n  fa: { header: سفارش «`»شما` }",
        "template order_shipped {\n  category utility\n  language en_US\n  header \"Your order is here «👩‍👩‍👧»\"\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "header: Your order is here",
        "header: Northwind™ #1 – 50 % © 2026",
        "header: سفارش شما می‌رسد",
        "variables: { order_number: A-1 }\nheader: \"Order {{order_number}}\"",
        "header: Welcome to ${shop}",
        "header: { image: media/a_b.png }",
        "body: Your *order* is on its way to you 🎉",
        "header: |\n  Your order\n",
        "header: >-\r\n  Your order\r\n  is here\r\n",
    ],
}
