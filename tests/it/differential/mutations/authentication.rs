//! Authentication templates, and their parts elsewhere.

use serde_json::json;

use super::*;

const CODES: &[Kind] = &[Kind::Authentication];

fn button(t: &mut Value, value: Value) -> bool {
    set(t, "buttons", json!([value]))
}

fn app(package: &str, hash: &str) -> Value {
    json!({ "package_name": package, "signature_hash": hash })
}

fn with_apps(t: &mut Value, apps: Value) -> bool {
    button(t, json!({ "type": "otp", "otp_type": "one_tap", "supported_apps": apps }))
}

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new("a text of one's own", &["auth-body-text"], CODES, Refused, |t, _| {
        set(t, "body", "Your code is on its way.".into())
    }),
    Mutation::new("a header above a code", &["auth-header"], CODES, Refused, |t, _| {
        set(t, "header", "Your code".into())
    }),
    Mutation::new("a place above a code", &["header-location-category"], CODES, Refused, |t, _| {
        set(t, "header", "location".into())
    }),
    Mutation::new("a footer of one's own", &["auth-footer-text"], CODES, Refused, |t, _| {
        set(t, "footer", "Do not share it.".into())
    }),
    Mutation::new("a code for no minute", &["auth-expiry-range"], CODES, Refused, |t, _| {
        set(t, "footer", json!({ "code_expiration_minutes": 0 }))
    }),
    Mutation::new("a code for 90 minutes", &["auth-expiry-range"], CODES, Accepted, |t, _| {
        set(t, "footer", json!({ "code_expiration_minutes": 90 }))
    }),
    Mutation::new("a code for 91 minutes", &["auth-expiry-range"], CODES, Refused, |t, _| {
        set(t, "footer", json!({ "code_expiration_minutes": 91 }))
    }),
    Mutation::new("no button for the code", &["auth-otp-required"], CODES, Refused, |t, _| {
        unset(t, "buttons")
    }),
    Mutation::new(
        "two buttons for the code",
        &["auth-otp-required", "buttons-max-single"],
        CODES,
        Refused,
        |t, _| {
            let copy = json!({ "type": "otp", "otp_type": "copy_code" });
            set(t, "buttons", json!([copy, copy]))
        },
    ),
    Mutation::new(
        "another button beside a code",
        &["auth-otp-required", "buttons-exclusive"],
        CODES,
        Refused,
        |t, d| {
            let other = d
                .pick(&[
                    json!("Yes"),
                    json!({ "type": "url", "text": "Open", "url": "https://shop.example/" }),
                    json!({ "type": "request_contact_info" }),
                ])
                .clone();
            set(t, "buttons", json!([{ "type": "otp" }, other]))
        },
    ),
    Mutation::new(
        "contact information in place of a code",
        &["contact-info-category"],
        CODES,
        Refused,
        |t, _| button(t, json!({ "type": "request_contact_info" })),
    ),
    Mutation::new("an unknown way to hand it over", &["auth-otp-type"], CODES, Refused, |t, _| {
        button(t, json!({ "type": "otp", "otp_type": "two_tap" }))
    })
    .sent(|w| wire(w, "BUTTONS")["buttons"][0]["otp_type"] = "TWO_TAP".into()),
    Mutation::new("no apps", &["auth-apps-required"], CODES, Refused, |t, d| {
        let kind = *d.pick(&["one_tap", "zero_tap"]);
        button(t, json!({ "type": "otp", "otp_type": kind, "zero_tap_terms_accepted": true }))
    }),
    Mutation::new("six apps", &["auth-apps-required"], CODES, Refused, |t, _| {
        with_apps(t, (0..6).map(|number| app(&format!("com.shop{number}.app"), "K8a/AINcGX7")).collect())
    }),
    Mutation::new("apps for copying", &["auth-apps-forbidden"], CODES, Refused, |t, _| {
        let apps = json!([app("com.shop.app", "K8a/AINcGX7")]);
        button(t, json!({ "type": "otp", "otp_type": "copy_code", "supported_apps": apps }))
    }),
    Mutation::new("a package that is none", &["auth-package-name"], CODES, Refused, |t, d| {
        let long = format!("com.{}", "a".repeat(221));
        let package = *d.pick(&["app", "com.1app", "com..app", "com.app-x", ".com.app", "com.größe", &long]);
        with_apps(t, json!([app(package, "K8a/AINcGX7")]))
    }),
    Mutation::new("a hash that is none", &["auth-signature-hash"], CODES, Refused, |t, d| {
        let hash = *d.pick(&["K8a/AINcGX", "K8a/AINcGX77", "K8a/AINcGX!", "K8a AINcGX7"]);
        with_apps(t, json!([app("com.shop.app", hash)]))
    }),
    Mutation::new(
        "package and hash in their old place",
        &["auth-app-legacy-keys"],
        CODES,
        Refused,
        |t, _| button(t, json!({ "type": "otp", "otp_type": "copy_code", "package_name": "com.shop.app" })),
    )
    .sent(|w| wire(w, "BUTTONS")["buttons"][0]["package_name"] = "com.shop.app".into()),
    Mutation::new("terms that nobody accepted", &["auth-zero-tap-terms"], CODES, Refused, |t, d| {
        let apps = json!([app("com.shop.app", "K8a/AINcGX7")]);
        let mut zero = json!({ "type": "otp", "otp_type": "zero_tap", "supported_apps": apps });
        if d.chance(50) {
            zero["zero_tap_terms_accepted"] = false.into();
        }
        button(t, zero)
    }),
    Mutation::new("26 characters for filling in", &["auth-autofill-text"], CODES, Refused, |t, _| {
        let apps = json!([app("com.shop.app", "K8a/AINcGX7")]);
        button(
            t,
            json!({ "type": "otp", "otp_type": "one_tap", "autofill_text": long(26), "supported_apps": apps }),
        )
    }),
    Mutation::new("filling in for copying", &["auth-autofill-text"], CODES, Refused, |t, _| {
        button(t, json!({ "type": "otp", "otp_type": "copy_code", "autofill_text": "Autofill" }))
    }),
    Mutation::new("26 characters for copying", &["button-text-length"], CODES, Refused, |t, _| {
        button(t, json!({ "type": "otp", "otp_type": "copy_code", "text": long(26) }))
    }),
    Mutation::new("a label of one's own", &["auth-custom-label"], CODES, Accepted, |t, _| {
        button(t, json!({ "type": "otp", "otp_type": "copy_code", "text": "Copy it" }))
    }),
    Mutation::new("advice on codes elsewhere", &["auth-only-flags"], FIXED, Refused, |t, d| {
        put(
            t,
            d,
            "body",
            json!({ "text": "Your order is on its way to you.", "add_security_recommendation": true }),
        )
    })
    .sent(|w| wire(w, "BODY")["add_security_recommendation"] = true.into()),
    Mutation::new("a code's lifetime elsewhere", &["auth-only-flags"], FIXED, Refused, |t, d| {
        put(t, d, "footer", json!({ "code_expiration_minutes": 5 }))
    }),
];
