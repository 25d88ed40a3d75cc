//! Keys at the top of a template.

use serde_json::json;

use super::*;

const UTILITY_OR_MARKETING: &[Kind] = &[Kind::Fixed, Kind::Permission];
const MARKETING: &[Kind] = &[Kind::Offer, Kind::Catalog, Kind::Product, Kind::MediaCarousel];
const AUTHENTICATION: &[Kind] = &[Kind::Authentication];

/// A template whose category is known.
fn timed(template: &mut Value, category: &str, ttl: &str) -> bool {
    map(template).remove("sub_category");
    set(template, "category", category.into()) && set(template, "ttl", ttl.into())
}

/// The only language, whatever there was before.
fn spoken(template: &mut Value, code: &str) -> bool {
    match template.get("language") {
        Some(_) => set(template, "language", code.into()),
        None => false,
    }
}

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new("unbroken", &[], ANY, Accepted, |_, _| true),
    Mutation::new("a capital in the name", &["name-charset"], ANY, Refused, |t, _| {
        set(t, "name", "Order".into())
    })
    .sent(|w| w["name"] = "Order".into()),
    Mutation::new("a blank in the name", &["name-charset"], ANY, Refused, |t, _| {
        set(t, "name", "my order".into())
    })
    .sent(|w| w["name"] = "my order".into()),
    Mutation::new("a letter beyond ASCII in the name", &["name-charset"], ANY, Refused, |t, _| {
        set(t, "name", "größe".into())
    })
    .sent(|w| w["name"] = "größe".into()),
    Mutation::new("a name of 512", &["name-length"], ANY, Accepted, |t, _| {
        set(t, "name", "a".repeat(512).into())
    }),
    Mutation::new("a name of 513", &["name-length"], ANY, Refused, |t, _| {
        set(t, "name", "a".repeat(513).into())
    })
    .sent(|w| w["name"] = "a".repeat(513).into()),
    Mutation::new("no name", &["name-required"], ANY, Refused, |t, _| unset(t, "name"))
        .sent(|w| drop(map(w).remove("name"))),
    Mutation::new("an empty name", &["name-required"], ANY, Refused, |t, _| set(t, "name", "".into()))
        .sent(|w| w["name"] = "".into()),
    Mutation::new("a hyphen in the language", &["language-hyphen"], ANY, Refused, |t, _| spoken(t, "en-US"))
        .sent(|w| w["language"] = "en-US".into()),
    Mutation::new("a language in another case", &["language-supported"], ANY, Refused, |t, _| {
        spoken(t, "en_us")
    })
    .sent(|w| w["language"] = "en_us".into()),
    Mutation::new("a language of other clients", &["language-supported"], ANY, Refused, |t, _| {
        spoken(t, "es_VE")
    })
    .sent(|w| w["language"] = "es_VE".into()),
    Mutation::new("no language", &["language-required"], ANY, Refused, |t, _| unset(t, "language"))
        .sent(|w| drop(map(w).remove("language"))),
    Mutation::new("no category", &["category-required"], ANY, Refused, |t, _| unset(t, "category"))
        .sent(|w| drop(map(w).remove("category"))),
    Mutation::new("an unknown category", &["category-value"], ANY, Refused, |t, _| {
        set(t, "category", "newsletter".into())
    })
    .sent(|w| w["category"] = "NEWSLETTER".into()),
    Mutation::new("a retired category", &["category-legacy"], ANY, Refused, |t, _| {
        set(t, "category", "shipping_update".into())
    })
    .sent(|w| w["category"] = "SHIPPING_UPDATE".into()),
    Mutation::new("an unknown parameter format", &["parameter-format-value"], ANY, Refused, |t, _| {
        set(t, "parameter_format", "curly".into())
    })
    .sent(|w| w["parameter_format"] = "CURLY".into()),
    Mutation::new(
        "numbers in a template of names",
        &["parameter-format-mismatch"],
        NUMBERED,
        Refused,
        |t, _| set(t, "parameter_format", "named".into()),
    ),
    Mutation::new("utility for 29 seconds", &["ttl-range"], UTILITY_OR_MARKETING, Refused, |t, _| {
        timed(t, "utility", "29")
    }),
    Mutation::new("utility for 30 seconds", &["ttl-range"], UTILITY_OR_MARKETING, Accepted, |t, _| {
        timed(t, "utility", "30s")
    }),
    Mutation::new("utility for more than 12 hours", &["ttl-range"], UTILITY_OR_MARKETING, Refused, |t, _| {
        timed(t, "utility", "43201")
    }),
    Mutation::new(
        "marketing for less than 12 hours",
        &["ttl-range"],
        UTILITY_OR_MARKETING,
        Refused,
        |t, _| timed(t, "marketing", "11h"),
    ),
    Mutation::new("marketing for 30 days", &["ttl-range"], UTILITY_OR_MARKETING, Accepted, |t, _| {
        timed(t, "marketing", "30d")
    }),
    Mutation::new("marketing for 31 days", &["ttl-range"], UTILITY_OR_MARKETING, Refused, |t, _| {
        timed(t, "marketing", "31d")
    }),
    Mutation::new("marketing without end", &["ttl-minus-one"], UTILITY_OR_MARKETING, Refused, |t, _| {
        timed(t, "marketing", "-1")
    }),
    Mutation::new("a code for 29 seconds", &["ttl-range"], AUTHENTICATION, Refused, |t, _| {
        timed(t, "authentication", "29")
    }),
    Mutation::new("a code for 16 minutes", &["ttl-range"], AUTHENTICATION, Refused, |t, _| {
        timed(t, "authentication", "16m")
    }),
    Mutation::new("a code without end", &["ttl-minus-one"], AUTHENTICATION, Accepted, |t, _| {
        timed(t, "authentication", "-1")
    }),
    Mutation::new("a duration that is none", &["ttl-range"], ANY, Refused, |t, _| {
        set(t, "ttl", "soon".into())
    })
    .sent(|w| w["message_send_ttl_seconds"] = "soon".into()),
    Mutation::new("an unknown sub-category", &["sub-category-value"], FIXED, Refused, |t, _| {
        set(t, "category", "utility".into()) && set(t, "sub_category", "greeting".into())
    })
    .sent(|w| w["sub_category"] = "GREETING".into()),
    Mutation::new("a sub-category that is only read", &["sub-category-value"], FIXED, Refused, |t, _| {
        set(t, "category", "utility".into()) && set(t, "sub_category", "custom".into())
    })
    .sent(|w| w["sub_category"] = "CUSTOM".into()),
    Mutation::new(
        "a sub-category of marketing",
        &["sub-category-category"],
        MARKETING,
        OnlySandbox("Meta describes them as those of utility and names no refusal, so the linter warns"),
        |t, _| set(t, "sub_category", "order_status".into()),
    ),
    Mutation::new("an unknown display format", &["display-format-value"], FIXED, Refused, |t, _| {
        set(t, "display_format", "list".into())
    })
    .sent(|w| w["display_format"] = "LIST".into()),
    Mutation::new("an unknown key", &["unknown-field"], ANY, Refused, |t, _| set(t, "hearder", "Hi".into()))
        .sent(|w| w["hearder"] = "Hi".into()),
    Mutation::new("allow_category_change", &["allow-category-change"], ANY, Accepted, |t, _| {
        set(t, "allow_category_change", true.into())
    })
    .sent(|w| w["allow_category_change"] = true.into()),
    Mutation::new("nothing to send", &["components-required"], FIXED, Refused, |t, _| {
        ["header", "footer", "buttons", "body"]
            .into_iter()
            .fold(false, |any, key| drop_everywhere(t, key) | any)
    })
    .sent(|w| w["components"] = json!([])),
];
