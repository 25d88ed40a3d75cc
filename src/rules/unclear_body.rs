//! `unclear-body`.

use std::sync::LazyLock;

use super::words::{self, Lexicon};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Category, Template, Text, Version};
use crate::rule;

rule! {
    /// A body says nothing but a greeting.
    ///
    /// Meta counts messages with unclear content, such as variables alone or a bare greeting, as marketing,
    /// whatever category they declare.
    ///
    /// ```yaml fails
    /// body: Hello and welcome!
    /// ```
    ///
    /// ```yaml passes
    /// body: Hello and welcome! Your account is ready to use.
    /// ```
    pub(super) static RULE = {
        id: "unclear-body",
        severity: Severity::Warning,
        class: Class::Recategorised,
        confidence: Confidence::Documented,
        entries: ["body-unclear"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

/// Words of which a message says nothing, however many there are.
static GREETINGS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            "en",
            &[
                "hello",
                "hi",
                "hey",
                "dear",
                "good",
                "morning",
                "evening",
                "afternoon",
                "day",
                "welcome",
                "thanks",
                "thank",
                "you",
                "congratulations",
                "there",
                "and",
                "to",
                "all",
                "a",
                "very",
            ],
        ),
        (
            "es",
            &[
                "hola",
                "buenos",
                "buenas",
                "días",
                "tardes",
                "noches",
                "bienvenido",
                "bienvenida",
                "gracias",
                "felicidades",
                "estimado",
                "estimada",
                "y",
            ],
        ),
        (
            "pt",
            &[
                "olá",
                "oi",
                "bom",
                "boa",
                "dia",
                "tarde",
                "noite",
                "bem",
                "vindo",
                "vinda",
                "obrigado",
                "obrigada",
                "parabéns",
                "e",
            ],
        ),
        (
            "fr",
            &["bonjour", "bonsoir", "salut", "bienvenue", "merci", "félicitations", "cher", "chère", "et"],
        ),
        (
            "de",
            &[
                "hallo",
                "guten",
                "tag",
                "morgen",
                "abend",
                "willkommen",
                "danke",
                "glückwunsch",
                "liebe",
                "lieber",
                "und",
            ],
        ),
        (
            "it",
            &[
                "ciao",
                "salve",
                "buongiorno",
                "buonasera",
                "benvenuto",
                "benvenuta",
                "grazie",
                "congratulazioni",
                "e",
            ],
        ),
        ("ar", &["مرحبا", "أهلا", "وسهلا", "السلام", "عليكم", "شكرا", "عزيزي", "تهانينا"]),
        ("fa", &["سلام", "درود", "گرامی", "عزیز", "خوش", "آمدید", "ممنون", "متشکرم", "تبریک", "و"]),
        (
            "tr",
            &[
                "merhaba",
                "selam",
                "günaydın",
                "iyi",
                "günler",
                "akşamlar",
                "hoş",
                "geldiniz",
                "teşekkürler",
                "tebrikler",
                "sayın",
                "ve",
            ],
        ),
        (
            "id",
            &["halo", "hai", "selamat", "pagi", "siang", "sore", "malam", "datang", "terima", "kasih", "dan"],
        ),
        ("hi", &["नमस्ते", "नमस्कार", "स्वागत", "है", "धन्यवाद", "बधाई", "हो", "जी", "प्रिय"]),
        (
            "ru",
            &[
                "привет",
                "здравствуйте",
                "добрый",
                "день",
                "доброе",
                "утро",
                "вечер",
                "спасибо",
                "поздравляем",
                "и",
            ],
        ),
    ])
});
/// Languages that write no blanks between words.
const UNSPACED: [&str; 5] = ["zh", "ja", "th", "km", "lo"];

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    if template.is(Category::Authentication) {
        return Vec::new();
    }
    let unclear = template.bodies().filter(|(version, text)| is_unclear(version, text));
    let diagnostics = unclear.map(|(_, text)| {
        Diagnostic::new(&RULE, text.span, "the body does not say what it is about")
            .label("unclear content counts as marketing")
            .help("say in fixed words what happened, and to what")
    });
    diagnostics.collect()
}

fn is_unclear(version: &Version, text: &Text) -> bool {
    let few = if UNSPACED.contains(&version.base()) { 1 } else { 2 };
    // What is written wrong and what is blank have rules of their own.
    let judged = !text.is_blank() && text.mistakes().next().is_none();
    judged && (words::count(text) < few || GREETINGS.covers(&words::of(text), version.base()))
}
