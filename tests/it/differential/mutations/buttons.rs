//! Buttons, one by one and together.

use serde_json::json;

use super::*;

const ALONE: &[Kind] = &[Kind::Catalog, Kind::Products, Kind::Product];

fn all(t: &mut Value, d: &mut Dice, buttons: Value) -> bool {
    put(t, d, "buttons", buttons)
}

fn one(t: &mut Value, d: &mut Dice, button: Value) -> bool {
    all(t, d, json!([button]))
}

fn label(t: &mut Value, d: &mut Dice, text: &str) -> bool {
    let button = match d.below(3) {
        0 => json!(text),
        1 => json!({ "type": "url", "text": text, "url": "https://shop.example/" }),
        _ => json!({ "type": "phone_number", "text": text, "phone_number": "+15550051310" }),
    };
    one(t, d, button)
}

fn url(t: &mut Value, d: &mut Dice, url: &str, samples: &[&str]) -> bool {
    let button = match samples {
        [] => json!({ "type": "url", "text": "Open", "url": url }),
        _ => json!({ "type": "url", "text": "Open", "url": url, "samples": samples }),
    };
    one(t, d, button)
}

fn phone(t: &mut Value, d: &mut Dice, number: &str) -> bool {
    one(t, d, json!({ "type": "phone_number", "text": "Call us", "phone_number": number }))
}

fn code(t: &mut Value, d: &mut Dice, code: &str) -> bool {
    one(t, d, json!({ "type": "copy_code", "example": code }))
}

fn many(count: usize) -> Vec<Value> {
    (0..count).map(|number| json!(format!("Answer {number}"))).collect()
}

fn link(number: usize) -> Value {
    json!({ "type": "url", "text": format!("Open {number}"), "url": format!("https://shop.example/{number}") })
}

fn call() -> Value {
    json!({ "type": "phone_number", "text": "Call us", "phone_number": "+15550051310" })
}

fn flow(extra: Value) -> Value {
    let mut button = json!({ "type": "flow", "text": "Book" });
    map(&mut button).extend(map(&mut extra.clone()).clone());
    button
}

/// A payload's only button becomes another.
fn first_button(payload: &mut Value, button: Value) {
    wire(payload, "BUTTONS")["buttons"][0] = button;
}

/// What a mutation breaks below: one quick reply in every version.
fn reply(t: &mut Value) -> bool {
    drop_everywhere(t, "buttons") | set(t, "buttons", json!(["Yes, please"]))
}

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new("ten answers", &["buttons-total", "buttons-max-quick-reply"], FIXED, Accepted, |t, d| {
        all(t, d, many(10).into())
    }),
    Mutation::new("eleven answers", &["buttons-total", "buttons-max-quick-reply"], FIXED, Refused, |t, d| {
        all(t, d, many(11).into())
    }),
    Mutation::new("eleven buttons of several types", &["buttons-total"], FIXED, Refused, |t, d| {
        let buttons: Vec<Value> = many(8).into_iter().chain([link(1), link(2), call()]).collect();
        all(t, d, buttons.into())
    }),
    Mutation::new("two links", &["buttons-max-url"], FIXED, Accepted, |t, d| {
        all(t, d, json!([link(1), link(2)]))
    }),
    Mutation::new("three links", &["buttons-max-url"], FIXED, Refused, |t, d| {
        all(t, d, json!([link(1), link(2), link(3)]))
    }),
    Mutation::new("two numbers", &["buttons-max-phone"], FIXED, Refused, |t, d| {
        all(t, d, json!([call(), call()]))
    }),
    Mutation::new("two codes", &["buttons-max-copy-code"], FIXED, Refused, |t, d| {
        let code = json!({ "type": "copy_code", "example": "SAVE20" });
        all(t, d, json!([code, code]))
    }),
    Mutation::new("two of what comes once", &["buttons-max-single"], FIXED, Refused, |t, d| {
        let twice = d
            .pick(&[
                flow(json!({ "flow_id": "1" })),
                json!({ "type": "voice_call", "text": "Talk to us" }),
                json!({ "type": "request_contact_info" }),
            ])
            .clone();
        all(t, d, json!([twice, twice]))
    }),
    Mutation::new("two orders", &["buttons-max-single"], &[Kind::Order], Refused, |t, d| {
        let order = json!({ "type": "order_details", "text": "Review and Pay" });
        all(t, d, json!([order, order]))
    }),
    Mutation::new("company for what stands alone", &["buttons-exclusive"], ALONE, Refused, |t, d| {
        let Some(pointer) = place(t, "buttons", d) else { return false };
        t.pointer_mut(&pointer).unwrap().as_array_mut().unwrap().push("More".into());
        true
    }),
    Mutation::new("answers on both sides of a link", &["buttons-grouping"], FIXED, Refused, |t, d| {
        all(t, d, json!(["Yes", link(1), "No"]))
    }),
    Mutation::new("links on both sides of an answer", &["buttons-grouping"], FIXED, Refused, |t, d| {
        all(t, d, json!([link(1), "Yes", call()]))
    }),
    Mutation::new("answers behind links", &["buttons-grouping"], FIXED, Accepted, |t, d| {
        all(t, d, json!([link(1), call(), "Yes", "No"]))
    }),
    Mutation::new("an unknown type", &["button-type"], FIXED, Refused, |t, d| {
        reply(t) && one(t, d, json!({ "type": "postback", "text": "Yes" }))
    })
    .sent(|w| {
        w["components"].as_array_mut().unwrap().retain(|component| component["type"] != "BUTTONS");
        let buttons = json!({ "type": "BUTTONS", "buttons": [{ "type": "POSTBACK", "text": "Yes" }] });
        w["components"].as_array_mut().unwrap().push(buttons);
    }),
    Mutation::new(
        "a button for codes elsewhere",
        &["auth-only-flags", "button-type"],
        FIXED,
        Refused,
        |t, d| one(t, d, json!({ "type": "otp", "otp_type": "copy_code" })),
    ),
    Mutation::new("a label of 25", &["button-text-length"], FIXED, Accepted, |t, d| label(t, d, &long(25))),
    Mutation::new("a label of 26", &["button-text-length"], FIXED, Refused, |t, d| label(t, d, &long(26))),
    Mutation::new("a blank label", &["button-text-required"], FIXED, Refused, |t, d| label(t, d, " ")),
    Mutation::new("no label", &["button-text-required"], FIXED, Refused, |t, _| {
        drop_everywhere(t, "buttons") | set(t, "buttons", json!([{ "type": "quick_reply" }]))
    })
    .sent(|w| {
        w["components"].as_array_mut().unwrap().retain(|component| component["type"] != "BUTTONS");
        let buttons = json!({ "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY" }] });
        w["components"].as_array_mut().unwrap().push(buttons);
    }),
    Mutation::new("a variable in a label", &["button-text-format"], FIXED, Refused, |t, d| {
        set(t, "variables", json!({ "day": "Friday" })) && label(t, d, "On {{day}} please")
    }),
    Mutation::new("a line break in a label", &["button-text-format"], FIXED, Refused, |t, d| {
        label(t, d, "Yes\nplease")
    }),
    Mutation::new("an emoji in a label", &["button-text-format"], FIXED, Refused, |t, d| {
        let emoji = *d.pick(&["🎉", "❤", "👩‍👩‍👧", "2️⃣", "☎"]);
        label(t, d, &format!("Yes {emoji}"))
    }),
    Mutation::new("a mark in a label", &["button-text-format"], FIXED, Refused, |t, d| {
        let mark = *d.pick(&["*Yes*", "_Yes_", "~No~", "`Yes`", "a_b"]);
        label(t, d, mark)
    }),
    Mutation::new("signs in a label", &["button-text-format"], FIXED, Accepted, |t, d| {
        label(t, d, "Don't! (50 % off) #1")
    }),
    Mutation::new("a control character in a label", &["text-control-chars"], FIXED, Refused, |t, d| {
        label(t, d, "Yes\u{8}No")
    }),
    Mutation::new("no address", &["url-valid"], FIXED, Refused, |t, d| url(t, d, "  ", &[])),
    Mutation::new("an address without a scheme", &["url-valid"], FIXED, Refused, |t, d| {
        url(t, d, "shop.example/orders", &[])
    }),
    Mutation::new("an address of another scheme", &["url-valid"], FIXED, Refused, |t, d| {
        let address = *d.pick(&[
            "javascript:alert(1)",
            "tel:+15550051310",
            "ftp://shop.example/",
            "mailto:a@b.example",
        ]);
        url(t, d, address, &[])
    }),
    Mutation::new("an address with a blank", &["url-valid"], FIXED, Refused, |t, d| {
        url(t, d, "https://shop.example/my orders", &[])
    }),
    Mutation::new("an address without a host", &["url-valid"], FIXED, Refused, |t, d| {
        url(t, d, "https://", &[])
    }),
    Mutation::new("an address over plain http", &["url-valid"], FIXED, Accepted, |t, d| {
        url(t, d, "http://shop.example/orders", &[])
    }),
    Mutation::new("an address of 2000", &["url-length"], FIXED, Accepted, |t, d| {
        url(t, d, &format!("https://shop.example/{}", "a".repeat(1979)), &[])
    }),
    Mutation::new("an address of 2001", &["url-length"], FIXED, Refused, |t, d| {
        url(t, d, &format!("https://shop.example/{}", "a".repeat(1980)), &[])
    }),
    Mutation::new("an address with two variables", &["url-one-param"], FIXED, Refused, |t, d| {
        url(t, d, "https://shop.example/{{1}}/{{2}}", &["a", "b"])
    }),
    Mutation::new("an address with a variable inside", &["url-param-at-end"], FIXED, Refused, |t, d| {
        url(t, d, "https://shop.example/{{1}}/track", &["a"])
    }),
    Mutation::new(
        "an address that is a variable",
        &["url-param-in-host", "url-valid"],
        FIXED,
        Refused,
        |t, d| url(t, d, "{{1}}", &["https://shop.example/"]),
    ),
    Mutation::new("a host that is a variable", &["url-param-in-host"], FIXED, Refused, |t, d| {
        url(t, d, "https://{{1}}", &["shop.example"])
    }),
    Mutation::new("an address without its sample", &["url-example"], FIXED, FILLED, |t, d| {
        url(t, d, "https://shop.example/{{1}}", &[])
    }),
    Mutation::new(
        "an address with another number",
        &["url-one-param"],
        FIXED,
        OnlySandbox("the linter names it a gap in the numbers, which the review documents as a rejection"),
        |t, d| url(t, d, "https://shop.example/{{2}}", &["a", "b"]),
    ),
    Mutation::new("a number with letters", &["phone-format"], FIXED, Refused, |t, d| {
        phone(t, d, "+1555CALLUS")
    }),
    Mutation::new("a number with blanks", &["phone-format"], FIXED, Refused, |t, d| {
        phone(t, d, "+1 555 0051310")
    }),
    Mutation::new("a number without digits", &["phone-format"], FIXED, Refused, |t, d| phone(t, d, "+")),
    Mutation::new("a number of 20", &["phone-length"], FIXED, Accepted, |t, d| {
        phone(t, d, "12345678901234567890")
    }),
    Mutation::new("a number of 21", &["phone-length"], FIXED, Refused, |t, d| {
        phone(t, d, "123456789012345678901")
    }),
    Mutation::new("a code of 20", &["copy-code-length"], FIXED, Accepted, |t, d| code(t, d, &"A".repeat(20))),
    Mutation::new("a code of 21", &["copy-code-length"], FIXED, Refused, |t, d| code(t, d, &"A".repeat(21))),
    Mutation::new(
        "a blank code",
        &["copy-code-length"],
        FIXED,
        OnlySandbox("found by the run: the linter's rule warns of every odd code, also of none at all"),
        |t, d| code(t, d, ""),
    ),
    Mutation::new("a code with a hyphen", &["copy-code-charset"], FIXED, Accepted, |t, d| {
        code(t, d, "SAVE-20")
    }),
    Mutation::new("no flow", &["flow-source"], FIXED, Refused, |t, d| reply(t) && one(t, d, flow(json!({}))))
        .sent(|w| {
            let button = json!({ "type": "FLOW", "text": "Book" });
            put_button(w, button);
        }),
    Mutation::new("two flows", &["flow-source"], FIXED, Refused, |t, d| {
        reply(t) && one(t, d, flow(json!({ "flow_id": "1", "flow_name": "booking" })))
    })
    .sent(|w| {
        let button = json!({ "type": "FLOW", "text": "Book", "flow_id": "1", "flow_name": "booking" });
        put_button(w, button);
    }),
    Mutation::new("a screen without navigation", &["flow-action"], FIXED, Refused, |t, d| {
        one(t, d, flow(json!({ "flow_id": "1", "flow_action": "data_exchange", "navigate_screen": "START" })))
    }),
    Mutation::new("an unknown action of a flow", &["flow-action"], FIXED, Refused, |t, d| {
        reply(t) && one(t, d, flow(json!({ "flow_id": "1", "flow_action": "jump" })))
    })
    .sent(|w| {
        let button = json!({ "type": "FLOW", "text": "Book", "flow_id": "1", "flow_action": "JUMP" });
        put_button(w, button);
    }),
    Mutation::new("a flow that is no JSON", &["flow-json-valid"], FIXED, Refused, |t, d| {
        one(t, d, flow(json!({ "flow_json": "{ screens: " })))
    }),
    Mutation::new("a call for a minute too little", &["voice-call-ttl"], FIXED, Refused, |t, d| {
        one(t, d, json!({ "type": "voice_call", "text": "Talk to us", "ttl_minutes": 1439 }))
    }),
    Mutation::new("a call for 30 days", &["voice-call-ttl"], FIXED, Accepted, |t, d| {
        one(t, d, json!({ "type": "voice_call", "text": "Talk to us", "ttl_minutes": 43200 }))
    }),
    Mutation::new("a call for a minute too much", &["voice-call-ttl"], FIXED, Refused, |t, d| {
        one(t, d, json!({ "type": "voice_call", "text": "Talk to us", "ttl_minutes": 43201 }))
    }),
    Mutation::new("a call with a label of 21", &["button-text-length"], FIXED, Refused, |t, d| {
        one(t, d, json!({ "type": "voice_call", "text": long(21) }))
    }),
    Mutation::new("an order for marketing", &["order-details-category"], &[Kind::Order], Refused, |t, _| {
        unset(t, "ttl");
        unset(t, "sub_category");
        unset(t, "display_format");
        set(t, "category", "marketing".into())
    }),
    Mutation::new(
        "an order below a video",
        &["order-details-header"],
        &[Kind::Order],
        OnlySandbox("stated for Brazil alone, so the linter warns at most"),
        |t, d| put(t, d, "header", json!({ "video": "media/a.mp4" })),
    ),
    Mutation::new("a catalog below a header", &["catalog-shape"], &[Kind::Catalog], Refused, |t, d| {
        put(t, d, "header", "Our catalog".into())
    }),
    Mutation::new(
        "a catalog for utility",
        &["catalog-shape", "utility-components"],
        &[Kind::Catalog],
        Refused,
        |t, _| {
            unset(t, "ttl");
            set(t, "category", "utility".into())
        },
    ),
    Mutation::new("products without a header", &["mpm-shape"], &[Kind::Products], Refused, |t, _| {
        drop_everywhere(t, "header")
    }),
    Mutation::new("products below a picture", &["mpm-shape"], &[Kind::Products], Refused, |t, d| {
        put(t, d, "header", json!({ "image": "media/a.png" }))
    }),
    Mutation::new(
        "products for utility",
        &["mpm-shape", "utility-components"],
        &[Kind::Products],
        Refused,
        |t, _| {
            unset(t, "ttl");
            set(t, "category", "utility".into())
        },
    ),
    Mutation::new("one product below a text", &["spm-shape"], &[Kind::Product], Refused, |t, d| {
        put(t, d, "header", "Our product".into())
    }),
    Mutation::new("an unknown key of a button", &["unknown-field"], FIXED, Refused, |t, _| {
        drop_everywhere(t, "buttons")
            | set(t, "buttons", json!([{ "type": "quick_reply", "text": "Yes, please", "payload": "YES" }]))
    })
    .sent(|w| put_button(w, json!({ "type": "QUICK_REPLY", "text": "Yes, please", "payload": "YES" }))),
];

/// The only button of a payload, whatever it had before.
fn put_button(payload: &mut Value, button: Value) {
    let components = payload["components"].as_array_mut().unwrap();
    components.retain(|component| component["type"] != "BUTTONS");
    components.push(json!({ "type": "BUTTONS", "buttons": [{}] }));
    first_button(payload, button);
}
