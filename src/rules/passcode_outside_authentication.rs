//! `passcode-outside-authentication`.

use std::ops::Range;
use std::sync::LazyLock;

use super::quote;
use super::words::{self, Lexicon};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Category, Piece, Reference, Template, Text, VariableType, Version};
use crate::rule;

rule! {
    /// A template that is not for authentication carries a passcode.
    ///
    /// One-time passcodes are allowed in authentication templates alone. Others that carry one are set to
    /// `REJECTED` on the first of the next month, and there is no review of that.
    ///
    /// ```yaml fails
    /// variables: { code: { sample: "482913", type: code } }
    /// body: Your verification code is {{code}}, and nobody else should know it.
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "passcode-outside-authentication",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["otp-outside-auth"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

static PASSCODES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            "en",
            &[
                "verification code",
                "verification pin",
                "one time password",
                "one time passcode",
                "one time code",
                "one time pin",
                "passcode",
                "otp",
                "login code",
                "log in code",
                "sign in code",
                "authentication code",
                "security code",
            ],
        ),
        (
            "es",
            &[
                "código de verificación",
                "código de seguridad",
                "código de un solo uso",
                "contraseña de un solo uso",
                "contraseña de uso único",
            ],
        ),
        (
            "pt",
            &[
                "código de verificação",
                "código de segurança",
                "senha de uso único",
                "senha descartável",
                "código de uso único",
            ],
        ),
        (
            "fr",
            &[
                "code de vérification",
                "code de sécurité",
                "mot de passe à usage unique",
                "code à usage unique",
            ],
        ),
        (
            "de",
            &[
                "bestätigungscode",
                "verifizierungscode",
                "sicherheitscode",
                "anmeldecode",
                "einmalpasswort",
                "einmalcode",
                "einmalkennwort",
            ],
        ),
        ("it", &["codice di verifica", "codice di sicurezza", "password monouso", "codice monouso"]),
        (
            "ar",
            &[
                "رمز التحقق",
                "رمز تحقق",
                "كود التحقق",
                "رمز الدخول",
                "كلمة مرور لمرة واحدة",
                "كلمة المرور لمرة واحدة",
            ],
        ),
        (
            "fa",
            &["کد تأیید", "رمز یکبار مصرف", "رمز یک بار مصرف", "کد یکبار مصرف", "کد یک بار مصرف", "رمز پویا"],
        ),
        ("id", &["kode verifikasi", "kode otp", "kata sandi sekali pakai", "kode sekali pakai"]),
        (
            "tr",
            &[
                "doğrulama kodu*",
                "onay kodu*",
                "güvenlik kodu*",
                "tek kullanımlık şifre*",
                "tek kullanımlık parola*",
            ],
        ),
        ("hi", &["सत्यापन कोड", "वेरिफिकेशन कोड", "ओटीपी", "वन टाइम पासवर्ड"]),
        ("ru", &["код подтверждения", "код проверки", "одноразовый пароль", "одноразовый код"]),
    ])
});

const NAMES: [&str; 9] = [
    "code",
    "otp",
    "otp_code",
    "pin",
    "passcode",
    "password",
    "verification_code",
    "one_time_password",
    "security_code",
];

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    if !matches!(template.category(), Some(Category::Marketing | Category::Utility)) {
        return Vec::new();
    }
    template.bodies().filter_map(|(version, text)| diagnostic(template, version, text)).collect()
}

fn diagnostic(template: &Template, version: &Version, text: &Text) -> Option<Diagnostic> {
    // The words alone stand in many an alert: only with the code itself is it a passcode.
    let (code, _) = text.placeholders().find(|(_, placeholder)| is_code(template, &placeholder.reference))?;
    let words = words::of(text);
    let own = PASSCODES.find(&words, version.base());
    let phrase = own.into_iter().chain(PASSCODES.find(&words, "en")).next()?;
    Some(with_places(text, code, phrase))
}

fn with_places(text: &Text, code: &Piece, phrase: Range<usize>) -> Diagnostic {
    let shown = quote::quoted(text.as_str().get(phrase.clone()).unwrap_or_default());
    let message = format!("{shown} with {} is a passcode", quote::piece(text, code));
    Diagnostic::new(&RULE, text.span_of(phrase), message)
        .related(text.span_of_piece(code), "the code stands here")
        .help("make it an authentication template, or leave the code out")
}

fn is_code(template: &Template, reference: &Reference) -> bool {
    let typed = template.variable(reference).is_some_and(|variable| variable.kind == VariableType::Code);
    typed || matches!(reference, Reference::Name(name) if NAMES.contains(&name.as_str()))
}
