//! The language codes that templates can be written in (Meta: supported languages, May 2026).

// Case matters and the separator is an underscore.
const CODES: &str = "
    af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl
    nl_BE en en_GB en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et
    fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko
    ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR es_CL es_CO
    es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz vi zu";

// Names that refusals use; a code without one stands for itself.
const NAMES: [(&str, &str); 14] = [
    ("en", "English"),
    ("en_US", "English (US)"),
    ("en_GB", "English (UK)"),
    ("es", "Spanish"),
    ("es_ES", "Spanish (Spain)"),
    ("es_MX", "Spanish (Mexico)"),
    ("ar", "Arabic"),
    ("fa", "Persian"),
    ("pt_BR", "Portuguese (Brazil)"),
    ("pt_PT", "Portuguese (Portugal)"),
    ("fr", "French"),
    ("de", "German"),
    ("hi", "Hindi"),
    ("it", "Italian"),
];

/// Whether Meta takes templates in this language.
pub(crate) fn is_supported(code: &str) -> bool {
    CODES.split_whitespace().any(|known| known == code)
}

/// All codes.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    CODES.split_whitespace()
}

/// What English calls the language.
pub(crate) fn english_name(code: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_whole_list_in_exact_spelling() {
        assert_eq!(CODES.split_whitespace().count(), 111);
        assert!(
            is_supported("prs_AF") && !is_supported("en-US") && !is_supported("EN") && !is_supported("es_VE")
        );
    }
}
