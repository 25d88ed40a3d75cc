//! Rows about carousels.

use serde_json::{Value, json};

use super::{Row, beside, body, card, cards, link, marketing, media, picture, product, reply, taps, utility};

pub(super) fn carousels() -> Vec<Row> {
    let buttons = |buttons: Value| {
        let card = card(media("IMAGE", "4::png"), None, buttons);
        cards(vec![card.clone(), card])
    };
    let headed = |header: Value| {
        let card = card(header, None, json!([link()]));
        cards(vec![card.clone(), card])
    };
    let said = |text: &str| cards(vec![picture(Some(text)), picture(Some(text))]);
    let mut footed = picture(None);
    footed["components"].as_array_mut().unwrap().push(json!({"type": "FOOTER", "text": "x"}));
    let order = json!({"type": "ORDER_DETAILS", "text": "Buy now"});
    vec![
        (
            "carousel-category",
            "100",
            "utility",
            utility(json!([body(), {"type": "CAROUSEL", "cards": [picture(None), picture(None)]}])),
        ),
        (
            "carousel-body",
            "100",
            "no text above",
            marketing(vec![json!({"type": "CAROUSEL", "cards": [picture(None), picture(None)]})]),
        ),
        ("carousel-siblings", "100", "a footer", beside(json!({"type": "FOOTER", "text": "x"}))),
        ("carousel-siblings", "100", "buttons", beside(taps(json!([reply("Yes")])))),
        (
            "carousel-siblings",
            "100",
            "a header",
            beside(json!({"type": "HEADER", "format": "TEXT", "text": "Hi"})),
        ),
        ("carousel-media-count", "ok", "two", cards(vec![picture(None); 2])),
        ("carousel-media-count", "ok", "ten", cards(vec![picture(None); 10])),
        ("carousel-media-count", "100", "one", cards(vec![picture(None)])),
        ("carousel-media-count", "100", "eleven", cards(vec![picture(None); 11])),
        ("carousel-product-count", "ok", "two", cards(vec![product(); 2])),
        ("carousel-product-count", "100", "three", cards(vec![product(); 3])),
        (
            "carousel-uniform",
            "100",
            "other buttons",
            cards(vec![picture(None), card(media("IMAGE", "4::png"), None, json!([reply("Yes")]))]),
        ),
        (
            "carousel-uniform",
            "100",
            "more buttons",
            cards(vec![picture(None), card(media("IMAGE", "4::png"), None, json!([link(), reply("Yes")]))]),
        ),
        (
            "carousel-uniform",
            "100",
            "another order",
            cards(vec![
                card(media("IMAGE", "4::png"), None, json!([link(), reply("Yes")])),
                card(media("IMAGE", "4::png"), None, json!([reply("Yes"), link()])),
            ]),
        ),
        (
            "carousel-uniform",
            "ok",
            "a film beside a picture",
            cards(vec![picture(None), card(media("VIDEO", "4::mp4"), None, json!([link()]))]),
        ),
        (
            "carousel-mixed-kinds",
            "100",
            "a picture and a product",
            cards(vec![
                picture(None),
                card(json!({"type": "HEADER", "format": "PRODUCT"}), None, json!([link()])),
            ]),
        ),
        (
            "carousel-card-header",
            "100/2388043",
            "none",
            cards(vec![json!({"components": [taps(json!([link()]))]}); 2]),
        ),
        ("carousel-card-header", "100", "a document", headed(media("DOCUMENT", "4::pdf"))),
        (
            "carousel-card-header",
            "100/2388043",
            "no handle",
            headed(json!({"type": "HEADER", "format": "IMAGE"})),
        ),
        (
            "carousel-card-header",
            "100/2388273",
            "an address",
            headed(media("IMAGE", "https://x.example/a.png")),
        ),
        ("carousel-card-body-all", "100", "on one", cards(vec![picture(Some("Aloe")), picture(None)])),
        ("carousel-card-body-length", "ok", "160", said(&"a".repeat(160))),
        ("carousel-card-body-length", "100/2388040", "161", said(&"a".repeat(161))),
        ("carousel-card-buttons", "100", "three", buttons(json!([reply("a"), reply("b"), reply("c")]))),
        (
            "carousel-card-buttons",
            "100",
            "a flow",
            buttons(json!([{"type": "FLOW", "text": "Book", "flow_id": "1"}])),
        ),
        ("carousel-card-buttons", "100", "a product's on a picture", buttons(json!([{"type": "SPM"}]))),
        (
            "carousel-card-buttons",
            "100",
            "an answer on a product",
            cards(vec![card(json!({"type": "HEADER", "format": "PRODUCT"}), None, json!([reply("a")])); 2]),
        ),
        ("carousel-card-buttons", "100", "an order that comes second", {
            let mut second = buttons(json!([reply("a"), order]));
            second["display_format"] = "ORDER_DETAILS".into();
            second
        }),
        ("carousel-card-footer", "100", "a footer", cards(vec![footed.clone(), footed])),
    ]
}
