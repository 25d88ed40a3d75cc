//! `language-mismatch`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::language_detection::DetectedLanguages;
use crate::model::Part;
use crate::phrases::{PhraseMatches, ScannedVersion};
use crate::rule;

rule! {
    /// A body is written in another language than its version declares.
    ///
    /// Usually a version was copied and not translated, or the language code is wrong. The rule only reports
    /// a body if language detection is certain and words of the other language confirm it. Short texts, names
    /// and very similar languages (Indonesian and Malay, Danish and Norwegian) are not reported.
    ///
    /// ```yaml fails
    /// language: es
    /// variables: { order: A-1041 }
    /// body: Hello, your order {{order}} has left our warehouse and is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// language: es
    /// variables: { order: A-1041 }
    /// body: Hola, su pedido {{order}} ha salido del almacén y está en camino.
    /// ```
    pub(crate) static RULE = {
        id: "language-mismatch",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["language-text-mismatch"],
        subcode: None,
        reference: "templates/supported-languages",
    }
}

pub(crate) fn check(scan: &PhraseMatches<'_>, languages: &[DetectedLanguages]) -> Vec<Diagnostic> {
    scan.versions()
        .zip(languages)
        .filter_map(|(version_matches, heard)| diagnostic(version_matches, heard))
        .collect()
}

fn diagnostic(version_matches: &ScannedVersion<'_>, heard: &DetectedLanguages) -> Option<Diagnostic> {
    let language = version_matches.version.language?;
    if heard.has_own {
        return None;
    }
    let line = heard.foreign.iter().find(|line| line.part == Part::Body && !line.is_script)?;
    let message = format!("the body of `{language}` is written in {}", line.what);
    let diagnostic = Diagnostic::new(&RULE, line.span, message)
        .related(language.span, "declared language")
        .help("translate the body, or fix the language code");
    Some(diagnostic)
}

cases! {
    fails: [
        "language: es\nbody: «Hello, your order has left our warehouse and is on its way to you.»",
        "language: de\nbody: «Votre commande a quitté notre entrepôt et elle est en route vers vous.»",
        "language: fa\nbody: «تم إرسال طلبكم من المستودع وهو في الطريق إليكم الآن مع المندوب»",
        "languages:\n  en_US:\n    body: Your order has left our warehouse and is on its way to you.\n  fr:\n    body: «Your order has left our warehouse and is on its way to you, thanks.»",
        "language: it\nbody: «Votre commande a quitté notre entrepôt et elle est en route vers vous.»",
    ],
    passes: [
        "language: es\nbody: Hola, su pedido ha salido del almacén y está en camino.",
        "language: es\nbody: Order shipped today",
        "language: id\nbody: Pesanan anda telah dihantar dan akan tiba pada hari esok di alamat anda.",
        "language: da\nbody: Bestillingen din har forlatt lageret vårt og er på vei til deg.",
        "language: de\nbody: Northwind Home Premium Express Delivery Service International Company",
        "language: fr\nbody: Bonjour, votre colis Best Price Express Delivery est en route vers vous.",
        "language: sr\nbody: Vaša porudžbina je poslata i stiže sutra na vašu adresu.",
        "language: ca\nbody: La vostra comanda ha sortit del magatzem i està de camí.",
        "language: pt_PT\nbody: A sua encomenda saiu do nosso armazém e está a caminho.",
        "language: nb\nbody: Bestillingen din har forlatt lageret vårt og er på vei til deg.",
    ],
}
