//! The texts that Meta generates, in the languages that the sandbox knows; all others get English.

/// What a language says in generated texts.
pub(super) struct Wording {
    /// The body of an authentication template.
    pub(super) code: &'static str,
    /// The sentence that follows it on request.
    pub(super) warning: &'static str,
    /// The footer, around the number of minutes.
    pub(super) expiry: [&'static str; 2],
    pub(super) copy_code: &'static str,
    pub(super) autofill: &'static str,
    pub(super) copy_offer_code: &'static str,
}

/// The texts of a language, whatever its country.
pub(super) fn of(language: &str) -> &'static Wording {
    match language.split('_').next() {
        Some("es") => &SPANISH,
        Some("pt") => &PORTUGUESE,
        Some("fr") => &FRENCH,
        Some("de") => &GERMAN,
        Some("ar") => &ARABIC,
        Some("fa") => &PERSIAN,
        Some("hi") => &HINDI,
        _ => &ENGLISH,
    }
}

// English as Meta's pages show it; the others in our own words, since only their being different matters.
static ENGLISH: Wording = Wording {
    code: "*{{1}}* is your verification code.",
    warning: "For your security, do not share this code.",
    expiry: ["This code expires in ", " minutes."],
    copy_code: "Copy code",
    autofill: "Autofill",
    copy_offer_code: "Copy offer code",
};

static SPANISH: Wording = Wording {
    code: "Tu código de verificación es *{{1}}*.",
    warning: "Por tu seguridad, no lo compartas.",
    expiry: ["Este código caduca en ", " minutos."],
    copy_code: "Copiar código",
    autofill: "Autocompletar",
    copy_offer_code: "Copiar código de oferta",
};

static PORTUGUESE: Wording = Wording {
    code: "Seu código de verificação é *{{1}}*.",
    warning: "Para sua segurança, não o compartilhe.",
    expiry: ["Este código expira em ", " minutos."],
    copy_code: "Copiar código",
    autofill: "Preencher",
    copy_offer_code: "Copiar código da oferta",
};

static FRENCH: Wording = Wording {
    code: "*{{1}}* est votre code de vérification.",
    warning: "Pour votre sécurité, ne le partagez pas.",
    expiry: ["Ce code expire dans ", " minutes."],
    copy_code: "Copier le code",
    autofill: "Remplir",
    copy_offer_code: "Copier le code de l’offre",
};

static GERMAN: Wording = Wording {
    code: "*{{1}}* ist dein Bestätigungscode.",
    warning: "Gib ihn zu deiner Sicherheit nicht weiter.",
    expiry: ["Dieser Code läuft in ", " Minuten ab."],
    copy_code: "Code kopieren",
    autofill: "Ausfüllen",
    copy_offer_code: "Angebotscode kopieren",
};

static ARABIC: Wording = Wording {
    code: "*{{1}}* هو رمز التحقق الخاص بك.",
    warning: "للحفاظ على أمانك، لا تشارك هذا الرمز.",
    expiry: ["تنتهي صلاحية هذا الرمز خلال ", " من الدقائق."],
    copy_code: "نسخ الرمز",
    autofill: "تعبئة تلقائية",
    copy_offer_code: "نسخ رمز العرض",
};

static PERSIAN: Wording = Wording {
    code: "*{{1}}* کد تأیید شماست.",
    warning: "برای امنیت خود، این کد را به کسی ندهید.",
    expiry: ["این کد تا ", " دقیقه دیگر منقضی می‌شود."],
    copy_code: "کپی کد",
    autofill: "تکمیل خودکار",
    copy_offer_code: "کپی کد تخفیف",
};

static HINDI: Wording = Wording {
    code: "*{{1}}* आपका सत्यापन कोड है।",
    warning: "अपनी सुरक्षा के लिए, यह कोड किसी को न बताएँ।",
    expiry: ["यह कोड ", " मिनट में समाप्त हो जाएगा।"],
    copy_code: "कोड कॉपी करें",
    autofill: "अपने-आप भरें",
    copy_offer_code: "ऑफ़र कोड कॉपी करें",
};
