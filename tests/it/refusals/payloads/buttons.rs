//! Rows about buttons, limited-time offers and authentication templates.

use serde_json::{Value, json};

use super::{
    Row, app, body, call, code, coupon, link, many, marketing, media, offer, one, otp, reply, tap, taps,
    template, to, utility,
};

pub(super) fn buttons() -> Vec<Row> {
    let replies = |count: usize| -> Vec<Value> {
        (0..count).map(|number| reply(&format!("Answer {number}"))).collect()
    };
    let flow = |extra: Value| {
        let mut button = json!({"type": "FLOW", "text": "Book"});
        button.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        one(button)
    };
    let long = format!("https://x.example/{}", "a".repeat(1983));
    vec![
        ("buttons-total", "100", "none", many(json!([]))),
        ("buttons-total", "100", "eleven", many([replies(8), vec![link(), link(), call()]].concat().into())),
        ("buttons-max-quick-reply", "ok", "ten", many(replies(10).into())),
        ("buttons-max-quick-reply", "100", "eleven", many(replies(11).into())),
        ("buttons-max-url", "100", "three", many(json!([link(), link(), link()]))),
        ("buttons-max-phone", "100", "two", many(json!([call(), call()]))),
        ("buttons-max-copy-code", "100", "two", many(json!([coupon("A"), coupon("B")]))),
        (
            "buttons-max-single",
            "100",
            "two flows",
            many(
                json!([{"type": "FLOW", "text": "A", "flow_id": "1"}, {"type": "FLOW", "text": "B", "flow_id": "1"}]),
            ),
        ),
        (
            "buttons-max-single",
            "100",
            "two calls",
            many(json!([{"type": "VOICE_CALL"}, {"type": "VOICE_CALL"}])),
        ),
        (
            "buttons-max-single",
            "100",
            "two requests",
            many(json!([{"type": "REQUEST_CONTACT_INFO"}, {"type": "REQUEST_CONTACT_INFO"}])),
        ),
        (
            "buttons-exclusive",
            "100",
            "a catalog and an answer",
            marketing(vec![body(), taps(json!([{"type": "CATALOG"}, reply("Yes")]))]),
        ),
        ("buttons-grouping", "100", "answers around a link", many(json!([reply("a"), link(), reply("b")]))),
        ("buttons-grouping", "100", "links around an answer", many(json!([link(), reply("a"), call()]))),
        (
            "buttons-grouping",
            "ok",
            "links, then answers",
            many(json!([link(), call(), reply("a"), reply("b")])),
        ),
        ("button-type", "100", "unknown", one(json!({"type": "POSTBACK", "text": "x"}))),
        (
            "button-type",
            "100",
            "for calls that nobody can create",
            one(json!({"type": "VIDEO_CALL", "text": "x"})),
        ),
        ("button-type", "100/2388043", "none", one(json!({"text": "x"}))),
        ("button-text-required", "100/2388060", "an answer", one(json!({"type": "QUICK_REPLY"}))),
        (
            "button-text-required",
            "100/2388060",
            "a link",
            one(json!({"type": "URL", "url": "https://x.example"})),
        ),
        ("button-text-required", "100/2388060", "blank", one(reply("  "))),
        ("button-text-length", "ok", "25", one(reply(&"ä".repeat(25)))),
        ("button-text-length", "100/2388040", "26", one(reply(&"a".repeat(26)))),
        (
            "button-text-length",
            "100/2388040",
            "21 on a call",
            one(json!({"type": "VOICE_CALL", "text": "a".repeat(21)})),
        ),
        ("button-text-format", "100/2388060", "a variable", one(reply("Yes {{1}}"))),
        ("button-text-format", "100/2388060", "a line break", one(reply("Yes\nno"))),
        ("button-text-format", "100/2388060", "an emoji", one(reply("Yes 🎉"))),
        ("button-text-format", "100/2388060", "bold", one(reply("*Yes*"))),
        ("button-text-format", "ok", "punctuation", one(reply("Don't, please!"))),
        ("text-control-chars", "100/2388060", "in a label", one(reply("Yes\u{7}"))),
        ("url-valid", "100", "no scheme", to("x.example", json!([]))),
        ("url-valid", "100", "another scheme", to("javascript:alert(1)", json!([]))),
        ("url-valid", "100", "no host", to("https:///path", json!([]))),
        ("url-valid", "100", "a blank", to("https://x.example/a b", json!([]))),
        ("url-valid", "100/2388043", "none", one(json!({"type": "URL", "text": "Open"}))),
        ("url-length", "100/2388040", "2001", to(&long, json!([]))),
        ("url-one-param", "100", "two", to("https://x.example/{{1}}{{2}}", json!(["a", "b"]))),
        ("url-one-param", "100", "another number", to("https://x.example/{{2}}", json!(["a"]))),
        (
            "url-one-param",
            "100",
            "a name in a template of numbers",
            to("https://x.example/{{id}}", json!(["a"])),
        ),
        ("url-param-at-end", "100", "in the middle", to("https://x.example/{{1}}/a", json!(["a"]))),
        ("url-param-at-end", "100", "in the host", to("https://{{1}}", json!(["x.example"]))),
        ("url-example", "100/2388043", "none", to("https://x.example/{{1}}", json!([]))),
        ("url-example", "100/2388043", "blank", to("https://x.example/{{1}}", json!([" "]))),
        ("url-example", "ok", "the suffix alone", to("https://x.example/{{1}}", json!(["a"]))),
        (
            "phone-length",
            "ok",
            "20",
            one(json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "1".repeat(20)})),
        ),
        (
            "phone-length",
            "100/2388040",
            "21",
            one(json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "1".repeat(21)})),
        ),
        (
            "phone-format",
            "192",
            "letters",
            one(json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+1555CALL"})),
        ),
        ("phone-format", "100/2388043", "none", one(json!({"type": "PHONE_NUMBER", "text": "Call"}))),
        ("copy-code-length", "ok", "20", one(coupon(&"A".repeat(20)))),
        ("copy-code-length", "100/2388040", "21", one(coupon(&"A".repeat(21)))),
        ("copy-code-length", "100", "blank", one(coupon(""))),
        ("copy-code-example-type", "100", "a list", one(json!({"type": "COPY_CODE", "example": ["SAVE20"]}))),
        ("copy-code-example-type", "100/2388043", "none", one(json!({"type": "COPY_CODE"}))),
        ("flow-source", "100", "none", flow(json!({}))),
        ("flow-source", "100", "two", flow(json!({"flow_id": "1", "flow_name": "a"}))),
        ("flow-action", "100", "unknown", flow(json!({"flow_id": "1", "flow_action": "jump"}))),
        (
            "flow-action",
            "100",
            "a screen without navigation",
            flow(json!({"flow_id": "1", "flow_action": "data_exchange", "navigate_screen": "A"})),
        ),
        ("flow-action", "100", "an unknown icon", flow(json!({"flow_id": "1", "icon": "HEART"}))),
        ("flow-json-valid", "100", "cut off", flow(json!({"flow_json": "{"}))),
        ("voice-call-ttl", "ok", "least", one(json!({"type": "VOICE_CALL", "ttl_minutes": 1440}))),
        ("voice-call-ttl", "100", "too little", one(json!({"type": "VOICE_CALL", "ttl_minutes": 1439}))),
        ("voice-call-ttl", "100", "too much", one(json!({"type": "VOICE_CALL", "ttl_minutes": 43_201}))),
        ("contact-info-category", "100", "authentication", code(json!({"type": "REQUEST_CONTACT_INFO"}))),
        ("auth-only-flags", "100", "a button for codes", one(otp(json!({})))),
        (
            "auth-only-flags",
            "100",
            "advice",
            utility(
                json!([{"type": "BODY", "text": "Your order is here", "add_security_recommendation": true}]),
            ),
        ),
        (
            "auth-only-flags",
            "100",
            "a lifetime",
            utility(json!([body(), {"type": "FOOTER", "code_expiration_minutes": 5}])),
        ),
    ]
}

pub(super) fn offers() -> Vec<Row> {
    let plain = || offer("Ends tonight", json!([link()]));
    let and = |extra: Value| marketing([vec![extra], plain()].concat());
    vec![
        ("lto-category", "100", "utility", utility(plain().into())),
        ("lto-text-length", "ok", "16", marketing(offer(&"a".repeat(16), json!([link()])))),
        ("lto-text-length", "100/2388040", "17", marketing(offer(&"a".repeat(17), json!([link()])))),
        ("lto-text-length", "100", "blank", marketing(offer(" ", json!([link()])))),
        ("lto-text-length", "100/2388043", "a variable", marketing(offer("Until {{1}}!", json!([link()])))),
        (
            "lto-text-length",
            "100/2388043",
            "no offer in it",
            marketing(vec![json!({"type": "LIMITED_TIME_OFFER"}), body(), taps(json!([link()]))]),
        ),
        ("lto-header", "ok", "a picture", and(media("IMAGE", "4::png"))),
        ("lto-header", "100", "a text", and(json!({"type": "HEADER", "format": "TEXT", "text": "Hi"}))),
        ("lto-header", "100", "a document", and(media("DOCUMENT", "4::pdf"))),
        (
            "lto-buttons",
            "ok",
            "code and link",
            marketing(offer("Ends tonight", json!([coupon("A"), link()]))),
        ),
        (
            "lto-buttons",
            "100",
            "link and code",
            marketing(offer("Ends tonight", json!([link(), coupon("A")]))),
        ),
        ("lto-buttons", "100", "an answer", marketing(offer("Ends tonight", json!([reply("Yes")])))),
        ("lto-buttons", "100", "two links", marketing(offer("Ends tonight", json!([link(), link()])))),
        ("lto-buttons", "100", "none", marketing(plain()[..2].to_vec())),
        (
            "lto-code-length",
            "100/2388040",
            "16",
            marketing(offer("Ends tonight", json!([coupon(&"A".repeat(16)), link()]))),
        ),
        ("footer-with-lto", "100", "a footer", and(json!({"type": "FOOTER", "text": "Bye"}))),
        ("body-length", "100/2388040", "601 with an offer", {
            let mut parts = plain();
            parts[1] = json!({"type": "BODY", "text": "a".repeat(601)});
            marketing(parts)
        }),
    ]
}

pub(super) fn codes() -> Vec<Row> {
    let part = |at: usize, part: Value| {
        let mut template = code(otp(json!({})));
        template["components"][at] = part;
        template
    };
    let good = || json!([app("com.shop.app", "K8a/AINcGX7")]);
    vec![
        ("auth-body-text", "100", "a text", part(0, json!({"type": "BODY", "text": "Your code is {{1}}."}))),
        (
            "auth-header",
            "100",
            "a header",
            part(1, json!({"type": "HEADER", "format": "TEXT", "text": "Hi"})),
        ),
        ("auth-footer-text", "100", "a text", part(1, json!({"type": "FOOTER", "text": "Bye"}))),
        ("auth-expiry-range", "100", "0", part(1, json!({"type": "FOOTER", "code_expiration_minutes": 0}))),
        ("auth-expiry-range", "ok", "90", part(1, json!({"type": "FOOTER", "code_expiration_minutes": 90}))),
        ("auth-expiry-range", "100", "91", part(1, json!({"type": "FOOTER", "code_expiration_minutes": 91}))),
        ("auth-otp-required", "100", "none", template("AUTHENTICATION", json!([{"type": "BODY"}]))),
        ("auth-otp-required", "100", "two", part(2, taps(json!([otp(json!({})), otp(json!({}))])))),
        ("auth-otp-required", "100", "another", code(reply("Yes"))),
        ("auth-otp-type", "100", "unknown", code(otp(json!({"otp_type": "TWO_TAP"})))),
        ("auth-otp-type", "100/2388043", "none", code(json!({"type": "OTP"}))),
        ("auth-apps-required", "100/2388043", "none", code(otp(json!({"otp_type": "ONE_TAP"})))),
        ("auth-apps-required", "100", "an empty list", tap(json!([]))),
        ("auth-apps-required", "ok", "five", tap(vec![app("com.shop.app", "K8a/AINcGX7"); 5].into())),
        ("auth-apps-required", "100", "six", tap(vec![app("com.shop.app", "K8a/AINcGX7"); 6].into())),
        ("auth-apps-forbidden", "100", "for copying", code(otp(json!({"supported_apps": good()})))),
        ("auth-package-name", "100", "one segment", tap(json!([app("app", "K8a/AINcGX7")]))),
        ("auth-package-name", "100", "a digit first", tap(json!([app("com.1app", "K8a/AINcGX7")]))),
        (
            "auth-package-name",
            "ok",
            "224",
            tap(json!([app(&format!("com.{}", "a".repeat(220)), "K8a/AINcGX7")])),
        ),
        (
            "auth-package-name",
            "100",
            "225",
            tap(json!([app(&format!("com.{}", "a".repeat(221)), "K8a/AINcGX7")])),
        ),
        ("auth-signature-hash", "100", "ten", tap(json!([app("com.shop.app", "K8a/AINcGX")]))),
        ("auth-signature-hash", "100", "a sign", tap(json!([app("com.shop.app", "K8a/AINcGX!")]))),
        ("auth-app-legacy-keys", "100", "on the button", code(otp(json!({"package_name": "com.shop.app"})))),
        (
            "auth-zero-tap-terms",
            "100",
            "not mentioned",
            code(otp(json!({"otp_type": "ZERO_TAP", "supported_apps": good()}))),
        ),
        (
            "auth-zero-tap-terms",
            "100",
            "not accepted",
            code(otp(
                json!({"otp_type": "ZERO_TAP", "supported_apps": good(), "zero_tap_terms_accepted": false}),
            )),
        ),
        (
            "auth-zero-tap-terms",
            "ok",
            "accepted",
            code(otp(
                json!({"otp_type": "ZERO_TAP", "supported_apps": good(), "zero_tap_terms_accepted": true}),
            )),
        ),
        (
            "auth-autofill-text",
            "100/2388040",
            "26",
            code(otp(
                json!({"otp_type": "ONE_TAP", "supported_apps": good(), "autofill_text": "a".repeat(26)}),
            )),
        ),
        ("auth-autofill-text", "100", "for copying", code(otp(json!({"autofill_text": "Autofill"})))),
        ("button-text-length", "100/2388040", "26 for copying", code(otp(json!({"text": "a".repeat(26)})))),
    ]
}
