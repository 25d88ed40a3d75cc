//! `utility-promotional`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::Lexicon;
use super::{quote, words};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Category, Template, Text};
use crate::rule;

rule! {
    /// A utility template promotes something.
    ///
    /// A discount, an offer or a nudge to buy makes a template marketing, even beside a perfectly useful message.
    /// Meta moves it there on its own, bills it as such, and limits accounts that repeat it.
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
        class: Class::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-promotional"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

/// Words that promote wherever they stand. Words that also stand in plain receipts ("offer", "sale", the Arabic word for
/// both a discount and a debit) are here only as part of a phrase.
static PROMOTION: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            "en",
            &[
                "discount*",
                "% off",
                "coupon*",
                "promo",
                "promo code*",
                "promotional",
                "voucher*",
                "special offer*",
                "exclusive offer*",
                "limited offer*",
                "limited time",
                "limited edition",
                "exclusive deal*",
                "best deal*",
                "great deal*",
                "hot deal*",
                "deal of the day",
                "on sale",
                "flash sale",
                "summer sale",
                "winter sale",
                "clearance sale",
                "sale ends",
                "free shipping",
                "free gift*",
                "free trial",
                "cashback",
                "cash back",
                "upgrade now",
                "upgrade today",
                "shop now",
                "buy now",
                "buy one get one",
                "don t miss",
                "do not miss out",
                "hurry up",
                "last chance",
                "save up to",
                "save # %",
                "best price*",
                "lowest price*",
                "new collection",
                "you may also like",
                "recommended for you",
                "refer a friend",
                "use code",
                "left in your cart",
                "complete your purchase",
                "pre approved",
                "black friday",
                "cyber monday",
            ],
        ),
        (
            "es",
            &[
                "descuento*",
                "rebaja*",
                "cupón",
                "cupon",
                "cupones",
                "código promocional",
                "oferta especial",
                "oferta exclusiva",
                "oferta limitada",
                "ofertas",
                "ofertas especiales",
                "tiempo limitado",
                "promoción",
                "promociones",
                "envío gratis",
                "envío gratuito",
                "compra ahora",
                "compre ahora",
                "regalo gratis",
                "no te lo pierdas",
                "no se lo pierda",
                "última oportunidad",
                "black friday",
            ],
        ),
        (
            "pt",
            &[
                "desconto*",
                "cupom",
                "cupons",
                "código promocional",
                "oferta especial",
                "oferta exclusiva",
                "oferta limitada",
                "ofertas",
                "tempo limitado",
                "promoção",
                "promoções",
                "liquidação",
                "frete grátis",
                "compre agora",
                "brinde grátis",
                "não perca",
                "última chance",
                "cashback",
                "black friday",
            ],
        ),
        (
            "fr",
            &[
                "% de remise",
                "% de réduction",
                "code promo",
                "codes promo",
                "bon de réduction",
                "réductions",
                "offre spéciale",
                "offre exclusive",
                "offre limitée",
                "offres spéciales",
                "durée limitée",
                "temps limité",
                "livraison gratuite",
                "livraison offerte",
                "vente flash",
                "nos soldes",
                "les soldes",
                "promotion",
                "promotions",
                "en promo",
                "profitez de nos offres",
                "achetez maintenant",
                "cadeau gratuit",
                "ne manquez pas",
                "dernière chance",
                "black friday",
            ],
        ),
        (
            "de",
            &[
                "rabatt*",
                "% rabatt",
                "gutschein*",
                "sonderangebot*",
                "exklusives angebot",
                "exklusive angebote",
                "angebot des tages",
                "nur für kurze zeit",
                "kostenloser versand",
                "gratisversand",
                "versandkostenfrei",
                "schnäppchen",
                "ausverkauf",
                "schlussverkauf",
                "jetzt kaufen",
                "jetzt zugreifen",
                "jetzt sparen",
                "sparen sie",
                "gratis geschenk",
                "aktionscode",
                "aktionspreis*",
                "letzte chance",
                "nicht verpassen",
                "black friday",
            ],
        ),
        (
            "it",
            &[
                "sconto",
                "sconti",
                "scontato",
                "scontati",
                "buono sconto",
                "codice promozionale",
                "codice sconto",
                "offerta speciale",
                "offerta esclusiva",
                "offerta limitata",
                "offerte speciali",
                "tempo limitato",
                "spedizione gratuita",
                "promozione",
                "promozioni",
                "acquista ora",
                "compra ora",
                "omaggio gratuito",
                "non perdere",
                "ultima occasione",
                "black friday",
            ],
        ),
        (
            "ar",
            &[
                "خصومات",
                "خصم # %",
                "خصم خاص",
                "خصم حصري",
                "بخصم",
                "كود خصم",
                "كود الخصم",
                "رمز الخصم",
                "تخفيضات",
                "عرض خاص",
                "عرض حصري",
                "عرض محدود",
                "عروض خاصة",
                "عروض حصرية",
                "لفترة محدودة",
                "كوبون",
                "قسيمة شراء",
                "شحن مجاني",
                "توصيل مجاني",
                "هدية مجانية",
                "تسوق الآن",
                "اشتر الآن",
                "لا تفوت",
                "لا تفوتوا",
            ],
        ),
        (
            "fa",
            &[
                "تخفیف",
                "تخفیفات",
                "کد تخفیف",
                "بن خرید",
                "کوپن",
                "حراج",
                "حراجی",
                "پیشنهاد ویژه",
                "فروش ویژه",
                "فروش فوق العاده",
                "جشنواره فروش",
                "ارسال رایگان",
                "هدیه رایگان",
                "مدت محدود",
                "فرصت محدود",
                "همین حالا بخرید",
                "از دست ندهید",
                "قرعه کشی",
            ],
        ),
        (
            "tr",
            &[
                "indirim*",
                "kampanya*",
                "kupon*",
                "promosyon*",
                "özel teklif",
                "özel fırsat*",
                "fırsatı kaçırma*",
                "fırsatları kaçırma*",
                "sınırlı süre*",
                "ücretsiz kargo",
                "kargo bedava",
                "hemen satın al",
                "hemen al",
                "hediye çeki",
                "son şans",
            ],
        ),
        (
            "id",
            &[
                "diskon",
                "diskonnya",
                "promo",
                "promosi",
                "kupon",
                "voucher",
                "obral",
                "penawaran spesial",
                "penawaran khusus",
                "penawaran terbatas",
                "penawaran eksklusif",
                "waktu terbatas",
                "gratis ongkir",
                "gratis ongkos kirim",
                "beli sekarang",
                "belanja sekarang",
                "hadiah gratis",
                "cashback",
                "jangan lewatkan",
                "kesempatan terakhir",
            ],
        ),
        (
            "hi",
            &[
                "डिस्काउंट",
                "% छूट",
                "% की छूट",
                "विशेष छूट",
                "कूपन",
                "ऑफर",
                "ऑफ़र",
                "प्रोमो कोड",
                "सीमित समय",
                "मुफ़्त शिपिंग",
                "मुफ्त शिपिंग",
                "मुफ़्त डिलीवरी",
                "मुफ्त डिलीवरी",
                "फ्री डिलीवरी",
                "मुफ़्त उपहार",
                "मुफ्त उपहार",
                "कैशबैक",
                "अभी खरीदें",
                "अभी ख़रीदें",
                "मौका न चूकें",
            ],
        ),
        (
            "ru",
            &[
                "скидк*",
                "промокод*",
                "купон",
                "купоны",
                "купона",
                "распродаж*",
                "специальное предложение",
                "выгодное предложение",
                "эксклюзивное предложение",
                "ограниченное предложение",
                "ограниченное время",
                "только сегодня",
                "бесплатная доставка",
                "подарок за покупку",
                "купите сейчас",
                "успейте",
                "не упустите",
                "последний шанс",
                "чёрная пятница",
                "черная пятница",
            ],
        ),
    ])
});

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let texts = template.texts().filter_map(|(version, part, text)| {
        let found = PROMOTION.find(&words::of(text), version.base());
        diagnostic(part.noun(), text, &found)
    });
    texts.collect()
}

fn diagnostic(noun: &str, text: &Text, found: &[Range<usize>]) -> Option<Diagnostic> {
    let first = found.first()?.clone();
    let shown: Vec<String> = shown(text, found).into_iter().collect();
    let message = format!("the {noun} promotes: {}", shown.join(", "));
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first), message)
        .label("promotion makes the template marketing")
        .help("leave it out, or make the category `marketing`");
    Some(diagnostic)
}

fn shown(text: &Text, found: &[Range<usize>]) -> BTreeSet<String> {
    const MOST: usize = 5;
    let phrases = found.iter().filter_map(|range| text.as_str().get(range.clone()));
    phrases.map(|phrase| quote::quoted(&phrase.to_lowercase())).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::project::Settings;
    use crate::source::Sources;

    fn promotes(language: &str, body: &str) -> bool {
        let mut sources = Sources::default();
        let text = format!("name: note\ncategory: utility\nlanguage: {language}\nbody: \"{body}\"\n");
        sources.add("note.yaml", text);
        let checked = check::check(&sources, &Settings::default());
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
