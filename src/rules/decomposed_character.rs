//! `decomposed-character`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

use super::{View, mend};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// Accents stand apart from their letters.
    ///
    /// `é` can be one code point or two. Both look alike, but the longer form counts twice against limits, and a text
    /// that is typed anew in the console differs from it without a visible reason. Files from macOS often have it.
    ///
    /// ```yaml fails
    /// language: fr
    /// body: "Votre commande de cafe\u0301 est en route, il arrive bientôt chez vous."
    /// ```
    ///
    /// ```yaml passes
    /// language: fr
    /// body: "Votre commande de café est en route, il arrive bientôt chez vous."
    /// ```
    pub(super) static RULE = {
        id: "decomposed-character",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

/// The first bytes of all marks that compose.
const FIRST: [u8; 4] = [0xcc, 0xcd, 0xd9, 0xe3];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.bytes().has_any(&FIRST) {
        return Vec::new();
    }
    template.texts().filter_map(|(_, _, text)| of_text(text)).collect()
}

/// One diagnostic a text, at the first such letter: what is copied from elsewhere has many.
fn of_text(text: &Text) -> Option<Diagnostic> {
    let whole = text.as_str();
    if !(text.bytes().has_any(&FIRST) && may_compose(whole)) {
        return None;
    }
    // Of some letters the apart form is the canonical one; only what gets shorter is worth a word.
    let composed: String = whole.nfc().collect();
    let (before, after) = (whole.chars().count(), composed.chars().count());
    if after >= before {
        return None;
    }
    let letters = decomposed(whole);
    let first = letters.first()?.clone();
    let message = format!("the text has {before} code points, and {after} with its accents in their letters");
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first), message)
        .label("a letter, and its accent as a character of its own")
        .help("save the text in Unicode's composed form (NFC)");
    let edits = letters.into_iter().map(|range| {
        let composed: String = whole.get(range.clone()).unwrap_or_default().nfc().collect();
        mend::replace(text, range, &composed)
    });
    Some(match edits.collect::<Option<Vec<_>>>() {
        Some(edits) => {
            diagnostic.with_fix(Fix { title: "compose the letters".to_owned(), safety: Safety::Safe, edits })
        }
        None => diagnostic,
    })
}

/// Whether a text has a mark that composes with the letter before it. Looking at bytes is enough to let almost every text
/// pass, and going on to the end costs less than asking each of them whether to stop.
fn may_compose(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = || bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if !pairs().fold(false, |found, (first, second)| found | begins_mark(*first, *second)) {
        return false;
    }
    // One pass that remembers the letter: a letter can have a hundred thousand marks.
    let mut letter = None;
    text.chars().any(|character| {
        let found = is_mark(character) && letter.is_some_and(|letter| compose(letter, character).is_some());
        if !is_combining_mark(character) {
            letter = Some(character);
        }
        found
    })
}

fn is_mark(character: char) -> bool {
    let mut bytes = [0; 4];
    match character.encode_utf8(&mut bytes).as_bytes() {
        [first, second, ..] => begins_mark(*first, *second),
        _ => false,
    }
}

/// Whether two bytes may begin such a mark: of U+0300 to U+036F, the three of Arabic, and those of kana, among others.
fn begins_mark(first: u8, second: u8) -> bool {
    (first == 0xcc)
        | (first == 0xcd)
        | ((first == 0xd9) & (0x93..=0x95).contains(&second))
        | ((first == 0xe3) & (second == 0x82))
}

/// The letters with marks that can be composed.
fn decomposed(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = text
        .char_indices()
        .filter(|(_, character)| !is_combining_mark(*character))
        .map(|(at, _)| at)
        .collect();
    starts.push(text.len());
    let clusters = starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?));
    let shorter = |cluster: &str| cluster.nfc().count() < cluster.chars().count();
    clusters.filter(|range| text.get(range.clone()).is_some_and(shorter)).collect()
}
