//! Carousels and their cards.

use serde_json::json;

use super::*;

const MEDIA: &[Kind] = &[Kind::MediaCarousel];
const PRODUCTS: &[Kind] = &[Kind::ProductCarousel];
const BOTH: &[Kind] = &[Kind::MediaCarousel, Kind::ProductCarousel];

fn cards(t: &mut Value, d: &mut Dice, change: impl FnOnce(&mut Vec<Value>)) -> bool {
    let Some(pointer) = place(t, "carousel", d) else { return false };
    change(t.pointer_mut(&pointer).unwrap().as_array_mut().unwrap());
    true
}

fn every(t: &mut Value, d: &mut Dice, key: &str, value: Value) -> bool {
    cards(t, d, |cards| cards.iter_mut().for_each(|card| card[key] = value.clone()))
}

fn some(t: &mut Value, d: &mut Dice, change: impl FnOnce(&mut Value)) -> bool {
    let chosen = d.below(10);
    cards(t, d, |cards| {
        let count = cards.len();
        change(&mut cards[chosen % count]);
    })
}

fn link(url: &str) -> Value {
    json!({ "type": "url", "text": "Shop", "url": url })
}

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new(
        "cards for utility",
        &["carousel-category", "utility-components"],
        BOTH,
        Refused,
        |t, _| {
            unset(t, "ttl");
            set(t, "category", "utility".into())
        },
    ),
    Mutation::new("one card", &["carousel-media-count"], MEDIA, Refused, |t, d| {
        cards(t, d, |cards| cards.truncate(1))
    }),
    Mutation::new("eleven cards", &["carousel-media-count"], MEDIA, Refused, |t, d| {
        cards(t, d, |cards| {
            let card = cards[0].clone();
            cards.resize(11, card);
        })
    }),
    Mutation::new("three products", &["carousel-product-count"], PRODUCTS, Refused, |t, d| {
        cards(t, d, |cards| {
            let card = cards[0].clone();
            cards.push(card);
        })
    }),
    Mutation::new("one card with a product", &["carousel-product-count"], PRODUCTS, Refused, |t, d| {
        cards(t, d, |cards| cards.truncate(1))
    }),
    Mutation::new("no text above the cards", &["carousel-body"], BOTH, Refused, |t, _| {
        drop_everywhere(t, "body")
    }),
    Mutation::new("company for the cards", &["carousel-siblings"], BOTH, Refused, |t, d| match d.below(3) {
        0 => put(t, d, "header", "Our plants".into()),
        1 => put(t, d, "footer", "Reply STOP to opt out".into()),
        _ => put(t, d, "buttons", json!(["More"])),
    }),
    Mutation::new("a card without a header", &["carousel-card-header"], BOTH, Refused, |t, d| {
        some(t, d, |card| drop(map(card).remove("header")))
    }),
    Mutation::new("cards with another header", &["carousel-card-header"], MEDIA, Refused, |t, d| {
        let header = d
            .pick(&[
                json!("Our plants"),
                json!("location"),
                json!({ "document": "media/a.pdf" }),
                json!({ "gif": "media/a.mp4" }),
            ])
            .clone();
        every(t, d, "header", header)
    }),
    Mutation::new(
        "a card whose picture is an address",
        &["header-media-url-handle"],
        MEDIA,
        Refused,
        |t, d| some(t, d, |card| card["header"] = json!({ "image": "https://shop.example/a.png" })),
    ),
    Mutation::new("pictures and films", &["carousel-uniform"], MEDIA, Accepted, |t, d| {
        some(t, d, |card| card["header"] = json!({ "image": "media/b.jpg" }))
    }),
    Mutation::new("media and products", &["carousel-mixed-kinds"], MEDIA, Refused, |t, d| {
        cards(t, d, |cards| {
            cards.truncate(2);
            let product = json!({ "header": "product", "buttons": [link("https://shop.example/")] });
            let body = map(&mut cards[0]).remove("body");
            cards[0]["buttons"] = json!([link("https://shop.example/")]);
            drop(body);
            cards[1] = product;
        })
    }),
    Mutation::new("a text on some cards", &["carousel-card-body-all"], MEDIA, Refused, |t, d| {
        cards(t, d, |cards| {
            cards.iter_mut().for_each(|card| card["body"] = "Blue Elf Aloe, nine euros each".into());
            map(&mut cards[0]).remove("body");
        })
    }),
    Mutation::new("a card of 160", &["carousel-card-body-length"], MEDIA, Accepted, |t, d| {
        every(t, d, "body", long(160).into())
    }),
    Mutation::new("a card of 161", &["carousel-card-body-length"], MEDIA, Refused, |t, d| {
        every(t, d, "body", long(161).into())
    }),
    Mutation::new("a blank card", &["body-empty"], MEDIA, Refused, |t, d| every(t, d, "body", " ".into())),
    Mutation::new("a card that ends with a variable", &["param-trailing"], MEDIA, Refused, |t, d| {
        every(t, d, "body", json!({ "text": "Blue Elf Aloe for only {{1}}", "samples": ["9"] }))
    }),
    Mutation::new("a card with a broken placeholder", &["param-braces"], MEDIA, Refused, |t, d| {
        every(t, d, "body", "Blue Elf Aloe for only {{ 1 }} today".into())
    }),
    Mutation::new("a card without its sample", &["example-missing"], MEDIA, Refused, |t, d| {
        every(t, d, "body", "Blue Elf Aloe for only {{1}} today".into())
    }),
    Mutation::new("a card with few words", &["param-density"], MEDIA, Refused, |t, d| {
        every(t, d, "body", json!({ "text": "Aloe - {{1}} - {{2}} !", "samples": ["9", "8"] }))
    }),
    Mutation::new("three buttons on cards", &["carousel-card-buttons"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!(["One", "Two", "Three"]))
    }),
    Mutation::new("a button that cards do not have", &["carousel-card-buttons"], MEDIA, Refused, |t, d| {
        let button = d
            .pick(&[
                json!({ "type": "copy_code", "example": "SAVE20" }),
                json!({ "type": "flow", "text": "Book", "flow_id": "1" }),
                json!({ "type": "voice_call", "text": "Talk to us" }),
                json!({ "type": "catalog" }),
            ])
            .clone();
        every(t, d, "buttons", json!([button]))
    }),
    Mutation::new("a product's button on media", &["carousel-card-buttons"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!([{ "type": "spm" }]))
    }),
    Mutation::new("an answer on products", &["carousel-card-buttons"], PRODUCTS, Refused, |t, d| {
        every(t, d, "buttons", json!(["More like this"]))
    }),
    Mutation::new("two buttons on products", &["carousel-card-buttons"], PRODUCTS, Refused, |t, d| {
        every(t, d, "buttons", json!([{ "type": "spm" }, link("https://shop.example/")]))
    }),
    Mutation::new("an order behind another button", &["carousel-card-buttons"], MEDIA, Refused, |t, d| {
        set(t, "display_format", "order_details".into())
            && every(t, d, "buttons", json!(["More", { "type": "order_details", "text": "Buy now" }]))
    }),
    Mutation::new("an order before another button", &["carousel-card-buttons"], MEDIA, Accepted, |t, d| {
        set(t, "display_format", "order_details".into())
            && every(t, d, "buttons", json!([{ "type": "order_details", "text": "Buy now" }, "More"]))
    }),
    Mutation::new("cards with other buttons", &["carousel-uniform"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!(["More"]))
            && cards(t, d, |cards| cards[0]["buttons"] = json!([link("https://shop.example/")]))
    }),
    Mutation::new("cards with more buttons", &["carousel-uniform"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!(["More"]))
            && cards(t, d, |cards| cards[0]["buttons"] = json!(["More", "Less"]))
    }),
    Mutation::new("cards with buttons in another order", &["carousel-uniform"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!(["More", link("https://shop.example/")]))
            && cards(t, d, |cards| cards[0]["buttons"] = json!([link("https://shop.example/"), "More"]))
    }),
    Mutation::new("a label of 26 on cards", &["button-text-length"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!([long(26)]))
    }),
    Mutation::new("an emoji in a label on cards", &["button-text-format"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!(["More 🎉"]))
    }),
    Mutation::new("a variable in a label on cards", &["button-text-format"], MEDIA, Refused, |t, d| {
        set(t, "variables", json!({ "day": "Friday" }))
            && every(t, d, "buttons", json!(["On {{day}} please"]))
    }),
    Mutation::new("a card's address without a scheme", &["url-valid"], MEDIA, Refused, |t, d| {
        every(t, d, "buttons", json!([link("shop.example")]))
    }),
    Mutation::new(
        "a card's address with a variable inside",
        &["url-param-at-end"],
        MEDIA,
        Refused,
        |t, d| {
            let url = json!({ "type": "url", "text": "Shop", "url": "https://shop.example/{{1}}/a", "samples": ["x"] });
            every(t, d, "buttons", json!([url]))
        },
    ),
    Mutation::new("a card's address without its sample", &["url-example"], MEDIA, FILLED, |t, d| {
        every(t, d, "buttons", json!([link("https://shop.example/{{1}}")]))
    }),
    Mutation::new("a card's number with letters", &["phone-format"], MEDIA, Refused, |t, d| {
        every(
            t,
            d,
            "buttons",
            json!([{ "type": "phone_number", "text": "Call us", "phone_number": "+1555CALL" }]),
        )
    }),
    Mutation::new("a card's number of 21", &["phone-length"], MEDIA, Refused, |t, d| {
        every(
            t,
            d,
            "buttons",
            json!([{ "type": "phone_number", "text": "Call us", "phone_number": "1".repeat(21) }]),
        )
    }),
];
