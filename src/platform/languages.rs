//! The languages a version can have.

/// Meta's codes, sorted (templates/supported-languages, page of 2026-05-21). Case and underscore count.
#[rustfmt::skip]
pub static LANGUAGES: [&str; 111] = [
    "af", "ar", "ar_AE", "ar_EG", "ar_LB", "ar_MA", "ar_QA", "az", "be_BY", "bg", "bn", "bn_IN", "ca",
    "cs", "da", "de", "de_AT", "de_CH", "el", "en", "en_AE", "en_AU", "en_CA", "en_GB", "en_GH", "en_IE",
    "en_IN", "en_JM", "en_MY", "en_NZ", "en_QA", "en_SG", "en_UG", "en_US", "en_ZA", "es", "es_AR",
    "es_CL", "es_CO", "es_CR", "es_DO", "es_EC", "es_ES", "es_HN", "es_MX", "es_PA", "es_PE", "es_UY",
    "et", "fa", "fi", "fil", "fr", "fr_BE", "fr_CA", "fr_CH", "fr_CI", "fr_MA", "ga", "gu", "ha", "he",
    "hi", "hr", "hu", "id", "it", "ja", "ka", "kk", "kn", "ko", "ky_KG", "lo", "lt", "lv", "mk", "ml",
    "mr", "ms", "nb", "nl", "nl_BE", "pa", "pl", "prs_AF", "ps_AF", "pt_BR", "pt_PT", "ro", "ru", "rw_RW",
    "si_LK", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh_CN",
    "zh_HK", "zh_TW", "zu",
];

/// Common spellings, and the code they mean.
static ALIASES: [(&str, &str); 16] = [
    ("ar_sa", "ar"),
    ("be", "be_BY"),
    ("es_ve", "es"),
    ("fa_ir", "fa"),
    ("in", "id"),
    ("iw", "he"),
    ("ky", "ky_KG"),
    ("nn", "nb"),
    ("no", "nb"),
    ("ps", "ps_AF"),
    ("pt", "pt_BR"),
    ("rw", "rw_RW"),
    ("si", "si_LK"),
    ("tl", "fil"),
    ("zh", "zh_CN"),
    ("es_419", "es"),
];

/// The place of a code in the list, if it is one of Meta's, to the letter.
pub fn find(code: &str) -> Option<usize> {
    LANGUAGES.binary_search(&code).ok()
}

/// The code that was probably meant: other case, a hyphen, a common alias, or the language without its region.
pub fn suggest(code: &str) -> Option<&'static str> {
    let folded = code.trim().replace('-', "_").to_ascii_lowercase();
    let exact = LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(&folded));
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == folded).map(|(_, meant)| meant);
    let base = || folded.split_once('_').and_then(|(base, _)| LANGUAGES.iter().find(|known| **known == base));
    exact.or_else(alias).or_else(base).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_complete() {
        assert!(LANGUAGES.is_sorted());
        assert_eq!(LANGUAGES.len(), 111);
        assert_eq!(find("en_US").map(|place| LANGUAGES[place]), Some("en_US"));
        assert_eq!(find("en-US"), None);
    }

    #[test]
    fn mistakes_are_understood() {
        let meant = ["EN_us", "en-US", "pt", "zh", "iw", "no", "fa_IR", "es_419", "pt-br", "de_LU", "xx"]
            .map(suggest);
        let expected = ["en_US", "en_US", "pt_BR", "zh_CN", "he", "nb", "fa", "es", "pt_BR", "de"].map(Some);
        assert_eq!(meant[..10], expected);
        assert_eq!(meant[10], None);
    }
}
