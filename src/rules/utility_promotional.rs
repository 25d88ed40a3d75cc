//! `utility-promotional`.

use super::words::{Hit, Said, Scan, Signal, Spoken};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A utility template promotes something.
    ///
    /// A discount, an offer or a nudge to buy makes a template marketing, even beside a perfectly useful message.
    /// Meta moves it there on its own, bills it as such, and limits accounts that repeat it.
    ///
    /// Some words suffice (`20% off`, `promo code`), in any text that people see and in the address of a button. Others
    /// (`offer`, `exclusive`) promote only together: two points for each, one less for each word about an order or an
    /// appointment (two at most), one less where two placeholders or more make the message someone's own, and four
    /// points are a finding.
    ///
    /// ```yaml fails
    /// body: Your order is on its way. Take 20% off your next one with us.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way. You can follow it in your account.
    /// ```
    pub(super) static RULE = {
        id: "utility-promotional",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-promotional"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

/// Points of a word that promotes only beside others.
const WEAK: usize = 2;
/// Most points that words about an order or an appointment take away, at one each.
const MOST_EVIDENCE: usize = 2;
/// Points that make a finding.
const ENOUGH: usize = 4;
/// Most phrases that a message names.
const NAMED: usize = 5;

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || !scan.says_any(&Signal::PROMOTION) {
        return Vec::new();
    }
    scan.versions().flat_map(of_version).collect()
}

fn of_version(spoken: &Spoken<'_>) -> Vec<Diagnostic> {
    let alone: Vec<_> = spoken.texts.iter().filter_map(alone).collect();
    if alone.is_empty() { together(spoken).into_iter().collect() } else { alone }
}

/// What a text says that suffices by itself.
fn alone(said: &Said<'_>) -> Option<Diagnostic> {
    let found = said.phrases(|hit| hit.signal.is_promotion() && !hit.is_weak);
    let first = found.first()?;
    let message = format!("the {} promotes: {}", said.part.label(), named(said.words_of(&found)));
    let diagnostic = Diagnostic::new(&RULE, said.span(first), message)
        .label("promotion makes the template marketing")
        .help("leave it out, or make the category `marketing`");
    Some(diagnostic)
}

/// What the texts of a version say only together.
fn together(spoken: &Spoken<'_>) -> Option<Diagnostic> {
    let seen = spoken.texts.iter().filter(|said| !said.part.is_url());
    let found: Vec<(&Said<'_>, Vec<&Hit>)> = seen
        .map(|said| (said, said.phrases(|hit| hit.signal.is_promotion())))
        .filter(|(_, hits)| !hits.is_empty())
        .collect();
    let points = WEAK * distinct(found.iter().flat_map(|(_, hits)| hits.iter().copied()));
    if points < ENOUGH || points < ENOUGH + against(spoken) {
        return None;
    }
    let mut places = found.iter().flat_map(|(said, hits)| hits.iter().map(|hit| said.span(hit)));
    let words = found.iter().flat_map(|(said, hits)| said.words_of(hits)).collect();
    let message = format!("these words promote together: {}", named(words));
    let diagnostic = Diagnostic::new(&RULE, places.next()?, message)
        .label("promotion makes the template marketing")
        .help("say what happened to whose order or appointment, or make the category `marketing`");
    Some(places.take(NAMED).fold(diagnostic, |diagnostic, place| diagnostic.related(place, "and this")))
}

/// What speaks for a message that someone waits for.
fn against(spoken: &Spoken<'_>) -> usize {
    let seen = spoken.texts.iter().filter(|said| !said.part.is_url());
    let evidence = seen.flat_map(|said| said.hits.iter()).filter(|hit| hit.signal == Signal::Evidence);
    distinct(evidence).min(MOST_EVIDENCE) + usize::from(spoken.placeholders() > 1)
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
