//! `marketing-without-optout`.

use std::sync::LazyLock;

use super::words::{self, Lexicon};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Category, Template, Version};
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
        class: Class::Risk,
        confidence: Confidence::Documented,
        entries: ["marketing-no-optout"],
        subcode: None,
        reference: "templates/components",
    }
}

static WAYS_OUT: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            "en",
            &[
                "stop",
                "unsubscribe",
                "opt out",
                "opting out",
                "not interested",
                "no longer wish",
                "no more messages",
                "mute",
            ],
        ),
        (
            "es",
            &[
                "darte de baja",
                "darse de baja",
                "dar de baja",
                "baja",
                "cancelar suscripción",
                "cancelar la suscripción",
                "no recibir",
                "dejar de recibir",
                "detener*",
                "no me interesa",
            ],
        ),
        (
            "pt",
            &[
                "sair",
                "parar",
                "descadastr*",
                "cancelar inscrição",
                "cancelar a inscrição",
                "não receber",
                "deixar de receber",
                "não tenho interesse",
            ],
        ),
        (
            "fr",
            &[
                "désinscri*",
                "désabonn*",
                "arrêter",
                "arrêtez",
                "ne plus recevoir",
                "pas intéressé",
                "pas intéressée",
            ],
        ),
        (
            "de",
            &[
                "abmeld*",
                "abbestell*",
                "stopp",
                "stoppen",
                "keine nachrichten mehr",
                "nicht interessiert",
                "kein interesse",
            ],
        ),
        (
            "it",
            &[
                "disiscri*",
                "cancellati",
                "annulla iscrizione",
                "annullare l iscrizione",
                "non ricevere",
                "interrompi",
                "non mi interessa",
            ],
        ),
        ("ar", &["إلغاء الاشتراك", "إلغاء", "لإلغاء", "إيقاف", "لإيقاف", "أوقف", "توقف", "غير مهتم"]),
        ("fa", &["لغو", "انصراف", "عدم دریافت", "توقف", "علاقه ندارم", "قطع"]),
        ("tr", &["çıkmak", "çık", "durdur*", "abonelikten", "iptal", "almak istemiyorum", "ilgilenmiyorum"]),
        ("id", &["berhenti", "hentikan", "batal langganan", "tidak tertarik"]),
        ("hi", &["बंद", "रोकें", "रोकने", "सदस्यता समाप्त", "अनसब्सक्राइब", "स्टॉप", "रुचि नहीं"]),
        ("ru", &["отписаться", "отпис*", "стоп", "отказаться", "не получать", "неинтересно"]),
    ])
});

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    if !template.is(Category::Marketing) || template.incomplete {
        return Vec::new();
    }
    // A way out in a language that is not known here cannot be seen.
    let judged =
        template.versions.iter().filter(|version| version.body.is_some() && WAYS_OUT.knows(version.base()));
    let without = judged.filter(|version| !offers_way_out(version));
    without
        .map(|version| {
            let message = format!("`{}` offers no way to opt out", version.code());
            Diagnostic::new(&RULE, version.span, message).help(
                "add a quick reply such as `Stop promotions`, or a footer such as `Reply STOP to opt out`",
            )
        })
        .collect()
}

fn offers_way_out(version: &Version) -> bool {
    version.texts().any(|(_, text)| WAYS_OUT.has_any(&words::of(text)))
}
