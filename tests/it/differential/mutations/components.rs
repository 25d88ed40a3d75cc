//! Headers, bodies, footers, offers and requests.

use serde_json::json;

use super::*;

const WITH_TAPS: &[Kind] = &[Kind::Offer, Kind::MediaCarousel, Kind::ProductCarousel, Kind::Order];
const OFFER: &[Kind] = &[Kind::Offer];
const PRODUCT: &[Kind] = &[Kind::Product];

fn header(t: &mut Value, d: &mut Dice, value: Value) -> bool {
    put(t, d, "header", value)
}

fn footer(t: &mut Value, d: &mut Dice, text: &str) -> bool {
    put(t, d, "footer", text.into())
}

fn offer(t: &mut Value, d: &mut Dice, value: Value) -> bool {
    put(t, d, "limited_time_offer", value)
}

fn of_utility(t: &mut Value) -> bool {
    unset(t, "ttl");
    set(t, "category", "utility".into())
}

const WARNED_FOOTER: Expect = OnlySandbox(
    "only resellers and published refusals name it, so the linter warns and does not stop a push",
);
const WARNED_BODY: Expect =
    OnlySandbox("seen in one live answer, so the linter warns and does not stop a push");

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new("no body", &["body-required"], BODIES, Refused, |t, _| {
        drop_everywhere(t, "body") && footer_everywhere(t)
    })
    .sent(|w| w["components"].as_array_mut().unwrap().retain(|component| component["type"] != "BODY")),
    Mutation::new("a blank body", &["body-empty"], FIXED, Refused, |t, d| put(t, d, "body", " \n ".into())),
    Mutation::new(
        "a body that nobody sees",
        &["body-empty"],
        FIXED,
        OnlyLinter(
            "Meta does not say what blank is; a body of zero-width characters has no visible text, so the linter stops it",
        ),
        |t, d| put(t, d, "body", "\u{200b}\u{2060}".into()),
    ),
    Mutation::new("a body of 1024", &["body-length"], BODIES, Accepted, |t, d| {
        put(t, d, "body", long(1024).into())
    }),
    Mutation::new("a body of 1025", &["body-length"], BODIES, Refused, |t, d| {
        put(t, d, "body", long(1025).into())
    }),
    Mutation::new("a body of 1025 through escapes", &["body-length"], FIXED, Equal, |t, d| {
        put(t, d, "body", format!("{}\\\\", long(1024)).into())
    }),
    Mutation::new("a body of 600 with an offer", &["body-length"], OFFER, Accepted, |t, d| {
        put(t, d, "body", long(600).into())
    }),
    Mutation::new("a body of 601 with an offer", &["body-length"], OFFER, Refused, |t, d| {
        put(t, d, "body", long(601).into())
    }),
    Mutation::new("a body of 160 with a product", &["body-length"], PRODUCT, Accepted, |t, d| {
        put(t, d, "body", long(160).into())
    }),
    Mutation::new("a body of 161 with a product", &["body-length", "spm-shape"], PRODUCT, Refused, |t, d| {
        put(t, d, "body", long(161).into())
    }),
    Mutation::new("three line breaks in a row", &["text-many-newlines"], BODIES, WARNED_BODY, |t, d| {
        body(t, d, |text| text.push_str("\n\n\nThank you"))
    }),
    Mutation::new("ten emoji", &["text-emoji-count"], FIXED, Accepted, |t, d| {
        put(t, d, "body", format!("Hello {} you", "🎉 👍🏽 👩‍👩‍👧‍👦 🇩🇪 ❤️ ".repeat(2)).into())
    }),
    Mutation::new("eleven emoji", &["text-emoji-count"], FIXED, WARNED_BODY, |t, d| {
        put(t, d, "body", format!("Hello {}🎉 you", "🎉 👍🏽 👩‍👩‍👧‍👦 🇩🇪 ❤️ ".repeat(2)).into())
    }),
    Mutation::new("tabs and many blanks", &["text-tabs", "text-many-spaces"], BODIES, Accepted, |t, d| {
        body(t, d, |text| text.push_str(" and\tthen     more"))
    }),
    Mutation::new("a control character", &["text-control-chars"], BODIES, Refused, |t, d| {
        body(t, d, |text| text.push_str(" and \u{7} more"))
    }),
    Mutation::new(
        "a carriage return",
        &["text-control-chars"],
        BODIES,
        OnlyLinter(
            "many clients send Windows line ends and nobody reports a refusal; in a source it is an accident",
        ),
        |t, d| body(t, d, |text| text.push_str(" and\r\n more")),
    ),
    Mutation::new("a control character in the footer", &["text-control-chars"], FIXED, Refused, |t, d| {
        footer(t, d, "Bye \u{1b}[31m")
    }),
    Mutation::new("a header of 60", &["header-text-length"], FIXED, Accepted, |t, d| {
        header(t, d, long(60).into())
    }),
    Mutation::new("a header of 61", &["header-text-length"], FIXED, Refused, |t, d| {
        header(t, d, long(61).into())
    }),
    Mutation::new("a header with two variables", &["header-text-one-param"], FIXED, Refused, |t, d| {
        header(t, d, json!({ "text": "Order {{1}} for {{2}} today", "samples": ["A-1", "Ana"] }))
    }),
    Mutation::new("a header with one variable twice", &["header-text-one-param"], FIXED, Refused, |t, d| {
        header(t, d, json!({ "text": "Order {{1}} or {{1}} today", "samples": ["A-1"] }))
    }),
    Mutation::new(
        "a header that ends with a variable",
        &["header-text-only-param"],
        FIXED,
        Accepted,
        |t, d| header(t, d, json!({ "text": "Order {{1}}", "samples": ["A-1"] })),
    ),
    Mutation::new("a bold header", &["header-text-markdown"], FIXED, Refused, |t, d| {
        header(t, d, "Order *shipped*".into())
    }),
    Mutation::new("an underscore in the header", &["header-text-markdown"], FIXED, Refused, |t, d| {
        header(t, d, "Order no_7".into())
    }),
    Mutation::new("an emoji in the header", &["header-text-emoji"], FIXED, Refused, |t, d| {
        let emoji = *d.pick(&["🎉", "❤", "❤️", "1️⃣", "🇮🇷", "✔", "↔"]);
        header(t, d, format!("Order {emoji} shipped").into())
    }),
    Mutation::new(
        "signs that are no emoji in the header",
        &["header-text-emoji"],
        FIXED,
        Accepted,
        |t, d| header(t, d, "Order #7 © ™ ‼ → €".into()),
    ),
    Mutation::new("a line break in the header", &["header-text-newline"], FIXED, Refused, |t, d| {
        header(t, d, "Order\nshipped".into())
    }),
    Mutation::new("a header without its sample", &["example-missing"], FIXED, Refused, |t, d| {
        header(t, d, json!({ "text": "Order {{1}} shipped" }))
    }),
    Mutation::new("a blank header", &["header-format"], FIXED, Refused, |t, d| header(t, d, "  ".into())),
    Mutation::new("a picture that is an address", &["header-media-url-handle"], FIXED, Refused, |t, d| {
        header(t, d, json!({ "image": "https://shop.example/a.png" }))
    }),
    Mutation::new("a picture without a sample", &["header-media-handle"], FIXED, Refused, |t, d| {
        header(t, d, json!({ "image": "" }))
    }),
    Mutation::new("an animation for utility", &["header-gif-marketing"], FIXED, Refused, |t, d| {
        of_utility(t) && header(t, d, json!({ "gif": "media/a.mp4" }))
    }),
    Mutation::new("a product without its button", &["header-product-needs-spm"], FIXED, Refused, |t, d| {
        unset(t, "sub_category");
        unset(t, "ttl");
        set(t, "category", "marketing".into()) && header(t, d, "product".into())
    }),
    Mutation::new("a product for utility", &["utility-components", "spm-shape"], PRODUCT, Refused, |t, _| {
        of_utility(t)
    }),
    Mutation::new("a footer of 60", &["footer-length"], FIXED, Accepted, |t, d| footer(t, d, &long(60))),
    Mutation::new("a footer of 61", &["footer-length"], FIXED, Refused, |t, d| footer(t, d, &long(61))),
    Mutation::new("a variable in the footer", &["footer-params"], FIXED, Refused, |t, d| {
        set(t, "variables", json!({ "shop": "Northwind" })) && footer(t, d, "Bye, {{shop}} team")
    }),
    Mutation::new("a blank footer", &["footer-length"], FIXED, Refused, |t, d| footer(t, d, " ")),
    Mutation::new("an emoji in the footer", &["footer-emoji-newline"], FIXED, WARNED_FOOTER, |t, d| {
        footer(t, d, "Thank you 🎉")
    }),
    Mutation::new("a line break in the footer", &["footer-emoji-newline"], FIXED, WARNED_FOOTER, |t, d| {
        footer(t, d, "Thank\nyou")
    }),
    Mutation::new("marks in the footer", &["footer-emoji-newline"], FIXED, Accepted, |t, d| {
        footer(t, d, "Thank *you*")
    }),
    Mutation::new("a footer beside an offer", &["footer-with-lto"], OFFER, Refused, |t, d| {
        footer(t, d, "Reply STOP to opt out")
    }),
    Mutation::new("an offer for utility", &["lto-category", "utility-components"], OFFER, Refused, |t, _| {
        of_utility(t)
    }),
    Mutation::new("an offer of 17", &["lto-text-length"], OFFER, Refused, |t, d| {
        offer(t, d, long(17).into())
    }),
    Mutation::new("a blank offer", &["lto-text-length"], OFFER, Refused, |t, d| offer(t, d, " ".into())),
    Mutation::new("a variable in the offer", &["example-missing"], OFFER, Refused, |t, d| {
        set(t, "variables", json!({ "day": "Friday" })) && offer(t, d, "Until {{day}}!".into())
    }),
    Mutation::new("an offer below a text", &["lto-header"], OFFER, Refused, |t, d| {
        header(t, d, "Only today".into())
    }),
    Mutation::new("an offer below a document", &["lto-header"], OFFER, Refused, |t, d| {
        header(t, d, json!({ "document": "media/a.pdf" }))
    }),
    Mutation::new("an offer below a place", &["lto-header"], OFFER, Refused, |t, d| {
        header(t, d, "location".into())
    }),
    Mutation::new("an offer with an answer", &["lto-buttons"], OFFER, Refused, |t, d| {
        put(t, d, "buttons", json!(["Tell me more"]))
    }),
    Mutation::new("an offer without buttons", &["lto-buttons"], OFFER, Refused, |t, _| {
        drop_everywhere(t, "buttons")
    }),
    Mutation::new("an offer with its code last", &["lto-buttons"], OFFER, Refused, |t, d| {
        put(t, d, "buttons", json!([link(), { "type": "copy_code", "example": "SAVE20" }]))
    }),
    Mutation::new("an offer with two links", &["lto-buttons"], OFFER, Refused, |t, d| {
        put(t, d, "buttons", json!([link(), link()]))
    }),
    Mutation::new("an offer with a code of 15", &["lto-code-length"], OFFER, Accepted, |t, d| {
        put(t, d, "buttons", json!([{ "type": "copy_code", "example": "A".repeat(15) }, link()]))
    }),
    Mutation::new("an offer with a code of 16", &["lto-code-length"], OFFER, Refused, |t, d| {
        put(t, d, "buttons", json!([{ "type": "copy_code", "example": "A".repeat(16) }, link()]))
    }),
    Mutation::new("a timer without a code", &["lto-expiration-code"], OFFER, Accepted, |t, d| {
        offer(t, d, json!({ "text": "Ends soon", "has_expiration": true }))
            && put(t, d, "buttons", json!([link()]))
    }),
    Mutation::new("a call request among taps", &["call-permission-alone"], WITH_TAPS, Refused, |t, d| {
        put(t, d, "call_permission_request", true.into())
    }),
    Mutation::new(
        "a call request for a code",
        &["call-permission-category"],
        &[Kind::Authentication],
        Refused,
        |t, _| set(t, "call_permission_request", true.into()),
    ),
];

fn link() -> Value {
    json!({ "type": "url", "text": "Book now!", "url": "https://shop.example/offer" })
}

/// Something must be left to send.
fn footer_everywhere(t: &mut Value) -> bool {
    drop_everywhere(t, "footer");
    set(t, "footer", "Thank you".into())
}
