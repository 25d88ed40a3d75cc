//! `marketing-without-optout`.

use super::View;
use super::words::{self, Said, Scan, Signal, Spoken};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A marketing message offers no way out.
    ///
    /// People who cannot opt out block the sender instead, which costs quality and then reach. A quick reply or a
    /// line in the footer is enough.
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
    pub(super) static RULE = {
        id: "marketing-without-optout",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["marketing-no-optout"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Marketing) || template.incomplete {
        return Vec::new();
    }
    // A way out in a language that is not known here cannot be seen.
    let judged = scan
        .versions()
        .filter(|spoken| spoken.body().is_some() && spoken.lexicon.knows(Signal::Optout))
        .filter(|spoken| !offers_way_out(spoken));
    let found = judged.map(|spoken| {
        let message = format!("`{}` offers no way to opt out", spoken.version.code());
        Diagnostic::new(&RULE, spoken.version.span, message)
            .help("add a quick reply such as `Stop promotions`, or a footer such as `Reply STOP to opt out`")
    });
    found.collect()
}

/// Whether there is a way out, in the language of the version or in English: `STOP` is known everywhere.
fn offers_way_out(spoken: &Spoken<'_>) -> bool {
    let english = words::lexicon(words::ENGLISH);
    let in_english = |said: &Said<'_>| english.is_some_and(|english| said.says_by(english, Signal::Optout));
    // Footers and labels come last, are short, and hold nearly all of them.
    spoken.says(Signal::Optout)
        || spoken.texts.iter().rev().any(|said| !said.part.is_url() && in_english(said))
}
