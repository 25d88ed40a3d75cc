//! Checks of buttons at submission.

use serde_json::{Value, json};

use super::{authentication, body, buttons, codes, template};

#[test]
fn buttons_are_checked_together() {
    let quick = |label: &str| json!({"type": "QUICK_REPLY", "text": label});
    let link = || json!({"type": "URL", "text": "Open", "url": "https://x.example"});
    let phone = || json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"});
    let many: Vec<Value> = (0..11).map(|number| quick(&format!("Answer {number}"))).collect();
    codes(&[
        ("ok", "ten", buttons(&json!(many[..10]))),
        ("100", "eleven", buttons(&json!(many))),
        ("100", "none", buttons(&json!([]))),
        ("100", "three links", buttons(&json!([link(), link(), link()]))),
        ("100", "two phones", buttons(&json!([phone(), phone()]))),
        ("ok", "links, then replies", buttons(&json!([link(), phone(), quick("a"), quick("b")]))),
        ("100", "replies around a link", buttons(&json!([quick("a"), link(), quick("b")]))),
        ("100", "links around a reply", buttons(&json!([link(), quick("a"), phone()]))),
        ("100", "OTP for utility", buttons(&json!([{"type": "OTP", "otp_type": "COPY_CODE"}]))),
        ("100", "catalog for utility", buttons(&json!([{"type": "CATALOG"}]))),
        ("100", "unknown type", buttons(&json!([{"type": "POSTBACK", "text": "x"}]))),
        (
            "ok",
            "catalog",
            template(
                "MARKETING",
                &json!([body(), {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "View catalog"}]}]),
            ),
        ),
        (
            "100",
            "products without a header",
            template("MARKETING", &json!([body(), {"type": "BUTTONS", "buttons": [{"type": "MPM"}]}])),
        ),
        (
            "ok",
            "one product",
            template(
                "MARKETING",
                &json!([{"type": "HEADER", "format": "PRODUCT"}, body(), {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]),
            ),
        ),
        (
            "100",
            "product header alone",
            template("MARKETING", &json!([{"type": "HEADER", "format": "PRODUCT"}, body()])),
        ),
    ]);
}

#[test]
fn each_button_is_checked() {
    let one = |button: Value| buttons(&json!([button]));
    let quick = |label: &str| one(json!({"type": "QUICK_REPLY", "text": label}));
    let link = |url: &str, example: Value| {
        one(json!({"type": "URL", "text": "Open", "url": url, "example": example}))
    };
    let phone = |number: &str| one(json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": number}));
    let code = |example: Value| one(json!({"type": "COPY_CODE", "example": example}));
    codes(&[
        ("ok", "25 characters", quick(&"a".repeat(25))),
        ("100/2388040", "26 characters", quick(&"a".repeat(26))),
        ("100/2388060", "emoji", quick("Yes 🎉")),
        ("100/2388060", "variable", quick("Yes {{1}}")),
        ("100/2388060", "formatting", quick("*Yes*")),
        ("100/2388060", "no label", one(json!({"type": "QUICK_REPLY"}))),
        ("100", "unknown key", one(json!({"type": "QUICK_REPLY", "text": "Yes", "payload": "x"}))),
        ("ok", "whole sample", link("https://x.example/{{1}}", json!(["https://x.example/a"]))),
        ("ok", "suffix sample", link("https://x.example/{{1}}", json!(["a"]))),
        ("100/2388043", "no sample", link("https://x.example/{{1}}", json!([]))),
        ("100", "variable in the middle", link("https://x.example/{{1}}/a", json!(["a"]))),
        ("100", "two variables", link("https://x.example/{{1}}{{2}}", json!(["a", "b"]))),
        ("100", "variable with a name", link("https://x.example/{{id}}", json!(["a"]))),
        ("100", "no scheme", link("x.example", json!([]))),
        ("100", "other scheme", link("tel:1", json!([]))),
        (
            "100/2388040",
            "2001 characters",
            link(&format!("https://x.example/{}", "a".repeat(1983)), json!([])),
        ),
        ("100/2388043", "no address", one(json!({"type": "URL", "text": "Open"}))),
        ("ok", "phone without a plus", phone("15550051310")),
        ("192", "phone with letters", phone("+1555CALL")),
        ("100/2388040", "21 characters of a phone", phone("123456789012345678901")),
        ("ok", "code of 20", code(json!("A".repeat(20)))),
        ("100/2388040", "code of 21", code(json!("A".repeat(21)))),
        ("100", "code in a list", code(json!(["SAVE"]))),
        ("100/2388043", "no code", one(json!({"type": "COPY_CODE"}))),
        (
            "ok",
            "flow",
            one(
                json!({"type": "FLOW", "text": "Book", "flow_id": "1", "flow_action": "navigate", "navigate_screen": "A"}),
            ),
        ),
        ("100", "no flow", one(json!({"type": "FLOW", "text": "Book"}))),
        ("100", "two flows", one(json!({"type": "FLOW", "text": "Book", "flow_id": "1", "flow_name": "a"}))),
        (
            "100",
            "screen without navigation",
            one(
                json!({"type": "FLOW", "text": "Book", "flow_id": 1, "flow_action": "data_exchange", "navigate_screen": "A"}),
            ),
        ),
        ("100", "flow that is no JSON", one(json!({"type": "FLOW", "text": "Book", "flow_json": "{"}))),
        ("ok", "call", one(json!({"type": "VOICE_CALL", "text": "Call now", "ttl_minutes": 1440}))),
        ("100", "call for too short", one(json!({"type": "VOICE_CALL", "ttl_minutes": 100}))),
        (
            "100/2388040",
            "21 characters on a call",
            one(json!({"type": "VOICE_CALL", "text": "a".repeat(21)})),
        ),
        ("ok", "order details", one(json!({"type": "ORDER_DETAILS", "text": "Review and Pay"}))),
        ("ok", "contact information", one(json!({"type": "REQUEST_CONTACT_INFO"}))),
    ]);
}

#[test]
fn authentication_templates_are_checked() {
    let with = |change: &dyn Fn(&mut Value)| {
        let app = json!({"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"});
        let mut template = authentication(
            "en",
            &json!({"type": "OTP", "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": true, "supported_apps": [app]}),
        );
        change(&mut template);
        template
    };
    let button = |key: &str, value: Value| {
        with(&|template| template["components"][2]["buttons"][0][key] = value.clone())
    };
    let app = |key: &str, value: &str| {
        with(&|template| template["components"][2]["buttons"][0]["supported_apps"][0][key] = json!(value))
    };
    codes(&[
        ("ok", "zero tap", with(&|_| ())),
        (
            "100",
            "text in the body",
            with(&|template| template["components"][0]["text"] = json!("Your code is {{1}}.")),
        ),
        ("100", "text in the footer", with(&|template| template["components"][1]["text"] = json!("Bye"))),
        (
            "100",
            "91 minutes",
            with(&|template| template["components"][1]["code_expiration_minutes"] = json!(91)),
        ),
        (
            "100",
            "header",
            with(&|template| {
                template["components"][1] = json!({"type": "HEADER", "format": "TEXT", "text": "x"})
            }),
        ),
        ("100", "no button", with(&|template| template["components"] = json!([{"type": "BODY"}]))),
        (
            "100",
            "other button",
            with(&|template| {
                template["components"][2]["buttons"] = json!([{"type": "QUICK_REPLY", "text": "x"}])
            }),
        ),
        ("100", "unknown kind", button("otp_type", json!("TWO_TAP"))),
        ("100", "terms not accepted", button("zero_tap_terms_accepted", json!(false))),
        ("100", "no apps", button("supported_apps", json!([]))),
        ("100", "package name in its old place", button("package_name", json!("com.example.app"))),
        ("100", "package of one segment", app("package_name", "app")),
        ("100", "hash of ten", app("signature_hash", "K8a/AINcGX")),
        ("100/2388040", "label of 26", button("text", json!("a".repeat(26)))),
        ("100", "apps of a copy button", button("otp_type", json!("COPY_CODE"))),
        ("100", "ttl of 901", with(&|template| template["message_send_ttl_seconds"] = json!(901))),
    ]);
}
