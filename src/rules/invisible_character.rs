//! `invisible-character`.

use super::quote;
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{PieceKind, Template, Text};
use crate::rule;

rule! {
    /// A text holds a character that nobody sees.
    ///
    /// Zero-width spaces, soft hyphens, line separators and overrides of the writing direction come along when text
    /// is copied from elsewhere. They count as characters, break words and searches, and can hide what a link says.
    /// Joiners and direction marks that scripts need are left alone.
    ///
    /// ```yaml fails
    /// body: "Your order\u200B is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way to the address that you gave us.
    /// ```
    pub(super) static RULE = {
        id: "invisible-character",
        severity: Severity::Warning,
        class: Class::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    template.texts_and_urls().flat_map(|(_, _, text)| of_text(text)).collect()
}

/// Inside of what was meant as a placeholder they are part of that mistake.
fn of_text(text: &Text) -> Vec<Diagnostic> {
    let runs = text.pieces.iter().filter(|piece| piece.kind == PieceKind::Run);
    let characters = runs.flat_map(|piece| {
        text.slice(piece).char_indices().map(|(at, character)| (piece.range.start + at, character))
    });
    let found = characters.filter(|(_, character)| is_unwanted(*character)).map(|(at, character)| {
        let span = text.span_of(at..at + character.len_utf8());
        let message = format!("the text holds {}, which nobody sees", quote::code_point(character));
        Diagnostic::new(&RULE, span, message).help("delete it")
    });
    found.collect()
}

/// Zero-width spaces and joiners of words, soft hyphens, fillers, separators, overrides (Unicode, categories Cf, Zl and
/// Zp); not U+200C to U+200F and the isolates, which scripts and mixed directions need.
fn is_unwanted(character: char) -> bool {
    matches!(
        character,
        '\u{85}' | '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}
