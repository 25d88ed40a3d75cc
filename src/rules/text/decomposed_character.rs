//! `decomposed-character`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Text, has_pair};
use crate::rule;
use crate::rules::support::fixes;

rule! {
    /// A text contains decomposed characters.
    ///
    /// `é` can be one code point or two. Both look the same, but the longer form counts twice against limits,
    /// and it differs from the same text typed in Meta's console. Files from macOS often contain decomposed
    /// characters.
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
    pub(crate) static RULE = {
        id: "decomposed-character",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(&FIRST),
    }
}

/// The first bytes of all marks that compose.
const FIRST: [u8; 4] = [0xcc, 0xcd, 0xd9, 0xe3];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
    let message = format!("the text has {before} code points, but only {after} in composed form");
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first), message)
        .label("letter and accent are separate characters")
        .help("save the text in composed form (Unicode NFC)");
    let edits = letters.into_iter().map(|range| {
        let composed: String = whole.get(range.clone()).unwrap_or_default().nfc().collect();
        fixes::replace(text, range, &composed)
    });
    Some(match edits.collect::<Option<Vec<_>>>() {
        Some(edits) => {
            diagnostic.with_fix(Fix { title: "compose the letters".to_owned(), safety: Safety::Safe, edits })
        }
        None => diagnostic,
    })
}

/// Returns whether a text has a combining mark that composes with the letter before it.
fn may_compose(text: &str) -> bool {
    // Almost all texts pass this check of their bytes.
    if !has_pair(text.as_bytes(), begins_mark) {
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

/// Returns whether two bytes may begin such a mark: of U+0300 to U+036F, the three of Arabic, and those of
/// kana, among others.
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

cases! {
    fails: [
        "language: fr\nbody: Votre caf«e\u{301}» est en route, il arrive bientôt chez vous.",
        "language: vi\nbody: \"Đơn hàng c«u\\u0309»a bạn đang trên đường đến với bạn.\"",
        "language: ja\nbody: ご注文の品は「«か\u{3099}»んばれ」の店から発送されました。",
        "header: Caf«e\u{301}» e\u{301}",
        "buttons: [Caf«e\u{301}»]",
        "template order_shipped {\n  category utility\n  language fr\n  body \"Votre caf«e\u{301}» est en route, il arrive bientôt chez vous.\"\n}",
    ],
    passes: [
        "language: fr\nbody: Votre café est en route, il arrive bientôt chez vous.",
        "language: hi\nbody: आपका ऑर्डर ज़रूर रास्ते में है और जल्द पहुँचेगा।",
        "language: ar\nbody: طلبُكَ في الطريقِ إليكَ الآنَ.",
        "language: he\nbody: הַהַזְמָנָה שלך בדרך אליך.",
        "body: Your order x\u{301} is on its way to you.",
        "body: Your order is on its way 👍🏽 ❤️ to you.",
    ],
}
