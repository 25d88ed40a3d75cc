//! `utility-promotional`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{Hit, PhraseMatches, ScannedText, ScannedVersion, Signal};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A utility template is promotional.
    ///
    /// A discount, an offer or a call to buy makes a template marketing, even together with useful content.
    /// Meta changes its category, bills it as marketing, and restricts accounts that do this repeatedly.
    ///
    /// Some phrases are enough by themselves (`20% off`, `promo code`), in any visible text and in the URL of
    /// a button. Others (`offer`, `exclusive`) only count together. Each of them scores two points. Words
    /// about an order or appointment subtract one point each, at most two, and two or more placeholders
    /// subtract one. A total of four points is a finding.
    ///
    /// ```yaml fails
    /// body: Your order is on its way. Take 20% off your next one with us.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way. You can follow it in your account.
    /// ```
    pub(crate) static RULE = {
        id: "utility-promotional",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-promotional"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

/// Points of a phrase that is promotional only together with others.
const WEAK: usize = 2;
/// Most points that words about an order or an appointment take away, at one each.
const MOST_EVIDENCE: usize = 2;
/// Points that make a finding.
const ENOUGH: usize = 4;
/// Most phrases that a message names.
const NAMED: usize = 5;

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || !scan.has_any_signal(&Signal::PROMOTION) {
        return Vec::new();
    }
    scan.versions().flat_map(of_version).collect()
}

fn of_version(version_matches: &ScannedVersion<'_>) -> Vec<Diagnostic> {
    let alone: Vec<_> = version_matches.texts.iter().filter_map(alone).collect();
    if alone.is_empty() { together(version_matches).into_iter().collect() } else { alone }
}

/// Reports phrases of a text that are promotional by themselves.
fn alone(scanned: &ScannedText<'_>) -> Option<Diagnostic> {
    let found = scanned.phrases(|hit| hit.signal.is_promotion() && !hit.is_weak);
    let first = found.first()?;
    let message = format!("the {} is promotional: {}", scanned.part.label(), named(scanned.words_of(&found)));
    let diagnostic = Diagnostic::new(&RULE, scanned.span(first), message)
        .label("promotion makes this a marketing template")
        .help("remove it, or change the category to `marketing`");
    Some(diagnostic)
}

/// Reports phrases of a version that are promotional only together.
fn together(version_matches: &ScannedVersion<'_>) -> Option<Diagnostic> {
    let seen = version_matches.texts.iter().filter(|scanned| !scanned.part.is_url());
    let found: Vec<(&ScannedText<'_>, Vec<&Hit>)> = seen
        .map(|scanned| (scanned, scanned.phrases(|hit| hit.signal.is_promotion())))
        .filter(|(_, hits)| !hits.is_empty())
        .collect();
    let points = WEAK * distinct(found.iter().flat_map(|(_, hits)| hits.iter().copied()));
    if points < ENOUGH || points < ENOUGH + against(version_matches) {
        return None;
    }
    let mut places = found.iter().flat_map(|(scanned, hits)| hits.iter().map(|hit| scanned.span(hit)));
    let words = found.iter().flat_map(|(scanned, hits)| scanned.words_of(hits)).collect();
    let message = format!("these phrases together are promotional: {}", named(words));
    let diagnostic = Diagnostic::new(&RULE, places.next()?, message)
        .label("promotion makes this a marketing template")
        .help("describe the order or appointment, or change the category to `marketing`");
    Some(
        places
            .take(NAMED)
            .fold(diagnostic, |diagnostic, place| diagnostic.related(place, "also promotional")),
    )
}

/// Points against a finding: evidence of a utility message.
fn against(version_matches: &ScannedVersion<'_>) -> usize {
    let seen = version_matches.texts.iter().filter(|scanned| !scanned.part.is_url());
    let evidence = seen.flat_map(|scanned| scanned.hits.iter()).filter(|hit| hit.signal == Signal::Evidence);
    distinct(evidence).min(MOST_EVIDENCE) + usize::from(version_matches.placeholders() > 1)
}

fn distinct<'h>(hits: impl Iterator<Item = &'h Hit>) -> usize {
    let mut entries: Vec<usize> = hits.map(|hit| hit.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries.len()
}

fn named(words: Vec<String>) -> String {
    let quoted: Vec<_> = words.iter().take(NAMED).map(|word| quote::quoted(word)).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    fn promotes(language: &str, body: &str) -> bool {
        let mut sources = Sources::default();
        let text = format!("name: note\ncategory: utility\nlanguage: {language}\nbody: \"{body}\"\n");
        sources.add("note.yaml", text);
        let checked = check::check(&sources, &LintSettings::default());
        checked.diagnostics.iter().any(|diagnostic| diagnostic.rule.id == "utility-promotional")
    }

    #[test]
    fn promotion_is_found_in_every_language() {
        for (language, body) in [
            ("en_GB", "Enjoy *20%* off your next order"),
            ("es_MX", "Tienes un 20 % de DESCUENTO en tu compra"),
            ("pt_BR", "Use o cupom VERAO na sua compra"),
            ("fr", "Profitez de 20 % de réduction sur votre commande"),
            ("de", "Mit diesem Rabattcode sparen Sie zehn Euro"),
            ("it", "Ecco un codice sconto per il prossimo acquisto"),
            ("ar", "احصل على خصم 20% على طلبك القادم"),
            ("fa", "برای خرید بعدی کد تخفیف دارید"),
            ("tr", "Sonraki siparişinizde İNDİRİM kazandınız"),
            ("id", "Dapatkan diskon untuk pesanan berikutnya"),
            ("hi", "अगले ऑर्डर पर 20% की छूट पाएं"),
            ("ru", "Дарим скидку на следующий заказ"),
        ] {
            assert!(promotes(language, body), "{language}: {body}");
        }
    }

    #[test]
    fn plain_messages_do_not_promote() {
        for (language, body) in [
            ("en_US", "Your sale order S20418 of Friday is confirmed. The offer of employment is attached."),
            ("en_US", "Your shipment left our sales office, and 5% of it arrives tomorrow."),
            ("es", "La oferta de trabajo está lista y su factura vence mañana."),
            ("fr", "Le colis est prêt pour une remise en main propre. Votre solde est à jour."),
            ("de", "Ihr Angebot Nummer 12 und die Gutschrift liegen bereit."),
            ("it", "Il saldo del conto è aggiornato."),
            ("ar", "تم خصم مبلغ 200 ريال من حسابكم اليوم"),
            ("fa", "فاکتور فروش شما صادر شد و ارسال می‌شود"),
            ("tr", "Siparişiniz kargoya verildi, takip edebilirsiniz"),
            ("hi", "आपकी ट्रेन छूट गई है, कृपया अगली ट्रेन लें"),
            ("ru", "Ваше предложение принято, акции зачислены на счёт"),
            ("nl", "Uw bestelling met korting is onderweg"),
        ] {
            assert!(!promotes(language, body), "{language}: {body}");
        }
    }
}

cases! {
    fails: [
        "body: Your order is on its way. Take 20«% off» your next one with us.",
        "header: «Promo code» inside\nbody: Your order is on its way to you.",
        "body: Your order is on its way.\nbuttons: [«Shop now»]",
        "language: es\nbody: Su pedido está en camino y tiene un 20 % de «descuento».",
        "language: de\nbody: Ihre Bestellung kommt, dazu gibt es einen «Rabatt» von uns.",
        "body: Your order is on its way. *20«%* off» your next one.",
    ],
    passes: [
        "body: Your order is on its way. You can follow it in your account.",
        "category: marketing\nbody: Take 20% off your next order. Reply STOP to opt out.",
        "body: The discount was applied, and your invoice of the sale order is attached.",
        "body: Your order is on its way, toll free and free of charge.",
        "variables: { a: A-1, b: Swift }\nbody: Your order {{a}} with the gift card is on its way with {{b}}.",
        "body: Your shipment left our sales office, and 5% of it arrives tomorrow.",
        "variables: { a: A-1 }\nbody: Your order {{a}} is ready for collection at our new branch.",
    ],
}
