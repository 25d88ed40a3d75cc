//! `marketing-without-optout`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{self, PhraseMatches, ScannedText, ScannedVersion, Signal};
use crate::rule;

rule! {
    /// A marketing message offers no opt-out.
    ///
    /// People who can't opt out block the sender instead, which lowers the sender's quality and reach. A
    /// quick reply or a line in the footer is enough.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here. Come and see them in every store.
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our new chairs are here. Come and see them in every store.
    /// footer: Reply STOP to opt out
    /// ```
    pub(crate) static RULE = {
        id: "marketing-without-optout",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["marketing-no-optout"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Marketing) || template.incomplete {
        return Vec::new();
    }
    // An opt-out can't be found in a language without a phrase list.
    let judged = scan
        .versions()
        .filter(|version_matches| {
            version_matches.body().is_some() && version_matches.lexicon.knows(Signal::Optout)
        })
        .filter(|version_matches| !offers_way_out(version_matches));
    let found = judged.map(|version_matches| {
        let message = format!("`{}` has no opt-out", version_matches.version.code());
        Diagnostic::new(&RULE, version_matches.version.span, message)
            .help("add a quick reply such as `Stop promotions`, or a footer such as `Reply STOP to opt out`")
    });
    found.collect()
}

/// Returns whether there is an opt-out in the version's language or in English: `STOP` is understood
/// everywhere.
fn offers_way_out(version_matches: &ScannedVersion<'_>) -> bool {
    let english = phrases::lexicon(phrases::ENGLISH);
    let in_english = |scanned: &ScannedText<'_>| {
        english.is_some_and(|english| scanned.has_signal_in(english, Signal::Optout))
    };
    // Footers and labels come last, are short, and hold nearly all of them.
    version_matches.has_signal(Signal::Optout)
        || version_matches.texts.iter().rev().any(|scanned| !scanned.part.is_url() && in_english(scanned))
}

cases! {
    fails: [
        "category: marketing\nbody: Our new chairs are here. Come and see them.\nlanguage: «en_US»",
        "category: marketing\nbody: Our new chairs are here. Do not miss them.\nfooter: You can visit us every day\nlanguage: «en_GB»",
        "category: marketing\nlanguages:\n  en_US:\n    body: Our new chairs are here. Reply STOP to opt out.\n  «es»:\n    body: Nuestras sillas nuevas están aquí.",
        "category: marketing\nbody: Our new chairs are here.\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/unsubscribe\" }]\nlanguage: «en_US»",
    ],
    passes: [
        "category: marketing\nbody: Our new chairs are here. Come and see them.\nfooter: Reply STOP to opt out",
        "category: marketing\nbody: Our new chairs are here. Come and see them.\nbuttons: [Stop promotions]",
        "category: marketing\nlanguage: es\nbody: Nuestras sillas nuevas están aquí.\nfooter: Responda STOP",
        "category: marketing\nlanguage: es\nbody: Nuestras sillas nuevas están aquí.\nbuttons: [Darme de baja]",
        "category: marketing\nlanguage: ja\nbody: 新しい椅子が入荷しました。",
        "body: Your order is on its way to you.",
        "category: marketing\nbody: See what is new. Reply STOP to opt out.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "category: marketing\nlanguage: fr\nbody: Nos nouvelles chaises sont là.\nfooter: Répondez STOP",
        "category: marketing\nheader: Stop here\nbody: Our new chairs are here.",
        "category: marketing\nbody: Our new chairs are here.\nfooter: To opt-out, tap here",
        "category: marketing\nlanguage: fa\nbody: صندلی‌های تازه رسید.\nfooter: لغو ۱۱",
    ],
}
