//! Checks of components at submission.

use serde_json::{Value, json};

use super::{LIST, body, code, codes, fresh, template};

#[test]
fn components_are_known_and_come_once() {
    codes(&[
        ("100", "no body", template("UTILITY", &json!([{"type": "FOOTER", "text": "x"}]))),
        ("100", "two bodies", template("UTILITY", &json!([body(), body()]))),
        ("100", "unknown type", template("UTILITY", &json!([body(), {"type": "GREETING"}]))),
        ("100", "no type", template("UTILITY", &json!([{"text": "x"}]))),
        ("100", "unknown key", template("UTILITY", &json!([{"type": "BODY", "text": "x", "txt": "y"}]))),
        (
            "100",
            "flag of authentication",
            template("UTILITY", &json!([{"type": "BODY", "text": "x", "add_security_recommendation": true}])),
        ),
        (
            "100",
            "carousel for utility",
            template("UTILITY", &json!([body(), {"type": "CAROUSEL", "cards": []}])),
        ),
        (
            "ok",
            "permission to call",
            template("UTILITY", &json!([body(), {"type": "CALL_PERMISSION_REQUEST"}])),
        ),
        (
            "100",
            "permission to call with buttons",
            template(
                "UTILITY",
                &json!([body(), {"type": "CALL_PERMISSION_REQUEST"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x"}]}]),
            ),
        ),
    ]);
}

#[test]
fn bodies_are_checked() {
    let text = |text: &str| template("UTILITY", &json!([{"type": "BODY", "text": text}]));
    let sampled = |text: &str, samples: Value| {
        template("UTILITY", &json!([{"type": "BODY", "text": text, "example": {"body_text": samples}}]))
    };
    codes(&[
        ("ok", "1024 characters", text(&"ä".repeat(1024))),
        ("100/2388040", "1025 characters", text(&"ä".repeat(1025))),
        ("100", "blank", text(" \n ")),
        ("100/2388043", "no text", template("UTILITY", &json!([{"type": "BODY"}]))),
        ("100/2388299", "variable at the start", sampled("{{1}} is your order", json!([["a"]]))),
        ("100/2388299", "variable at the end", sampled("Your order is {{1}} ", json!([["a"]]))),
        ("ok", "variable and full stop at the end", sampled("Your order is {{1}}.", json!([["a"]]))),
        ("100/2388072", "gap in the numbers", sampled("Your {{1}} and {{3}} came", json!([["a", "b"]]))),
        ("ok", "numbers in another order", sampled("Your {{2}} and {{1}} came", json!([["a", "b"]]))),
        ("ok", "number twice", sampled("Your {{1}} and again {{1}} came", json!([["a"]]))),
        ("100/2388072", "space inside", sampled("Your {{ 1 }} came", json!([["a"]]))),
        ("100/2388072", "braces that do not match", sampled("Your {{1} came", json!([["a"]]))),
        ("100/2388072", "sign inside", sampled("Your {{$1}} came", json!([["a"]]))),
        ("100/2388072", "name among numbers", sampled("Your {{1}} and {{name}} came", json!([["a", "b"]]))),
        ("100/2388043", "no sample", text("Your {{1}} came")),
        ("100/2388043", "too few samples", sampled("Your {{1}} and {{2}} came", json!([["a"]]))),
        ("100/2388043", "too many samples", sampled("Your {{1}} came today", json!([["a", "b"]]))),
        ("100/2388043", "empty sample", sampled("Your {{1}} came today", json!([[" "]]))),
        ("ok", "flat samples", sampled("Your {{1}} and {{2}} came", json!(["a", "b"]))),
        ("ok", "one bare sample", sampled("Your {{1}} came today", json!("a"))),
        (
            "100/2388293",
            "fewer words than variables",
            sampled("x {{1}} - {{2}} - {{3}}.", json!([["a", "b", "c"]])),
        ),
        ("ok", "no spaces between words", sampled("您的订单{{1}}，{{2}}。", json!([["a", "b"]]))),
        ("100", "three line breaks", text("One\n\n\nTwo")),
        ("100", "eleven emoji", text(&"Hi 🎉".repeat(11))),
        ("ok", "formatting, emoji, line breaks", text("*Hi* _you_ 🎉\n\nBye")),
    ]);
}

/// The two templates of Meta's own list sample, reworded: what they do must stay allowed.
#[test]
fn what_metas_pages_show_is_accepted() {
    fresh(async |graph| {
        let handle = graph.upload("image/jpeg", "picture").await;
        let sample = |name: &str, example: &str| json!({"param_name": name, "example": example});
        let named = json!({"name": "reservation", "language": "en_US", "category": "utility",
            "parameter_format": "named", "components": [
            {"type": "header", "format": "image", "example": {"header_handle": [handle]}},
            {"type": "body", "text": "*All set!*\n\nYour table for {{guests}} on {{day}}, {{date}}, at {{time}}, waits. 😃",
             "example": {"body_text_named_params": [sample("guests", "4"), sample("day", "Saturday"),
                sample("date", "August 30th"), sample("time", "7:30 pm")]}},
            {"type": "footer", "text": "Lucky Shrub: The Luckiest Eatery in Town!"},
            {"type": "buttons", "buttons": [
                {"type": "url", "text": "Change reservation", "url": "https://www.luckyshrubeater.com/reservations"},
                {"type": "phone_number", "text": "Call us", "phone_number": "+16467043595"},
                {"type": "quick_reply", "text": "Cancel reservation"}]}]});
        let positional = json!({"name": "coupon", "language": "en", "category": "MARKETING", "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Act fast, {{1}}!", "example": {"header_text": ["Pablo"]}},
            {"type": "BODY", "text": "Your code {{1}} *ends in only {{2}} days!* Use it before it is gone.",
             "example": {"body_text": [["SUMMER20", "10"]]}},
            {"type": "FOOTER", "text": "Lucky Shrub Succulents"},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "See deals", "url": "https://www.luckyshrub.com/deals"},
                {"type": "QUICK_REPLY", "text": "Unsubscribe"}]}]});
        let id = graph.create(&named).await;
        let row = graph.get(&format!("/{id}")).await;
        assert_eq!([&row["parameter_format"], &row["category"]], ["NAMED", "UTILITY"]);
        let names = &row["components"][1]["example"]["body_text_named_params"];
        assert_eq!(names[3], sample("time", "7:30 pm"));
        let id = graph.create(&positional).await;
        assert_eq!(graph.components(&id).await, positional["components"]);
    });
}

#[test]
fn named_parameters_are_checked() {
    let named = |text: &str, samples: Value| {
        let mut template = template(
            "UTILITY",
            &json!([{"type": "BODY", "text": text, "example": {"body_text_named_params": samples}}]),
        );
        template["parameter_format"] = json!("NAMED");
        template
    };
    let sample = |name: &str| json!({"param_name": name, "example": "x"});
    let mut undeclared = named("Dear {{name}}, welcome", json!([sample("name")]));
    undeclared.as_object_mut().unwrap().remove("parameter_format");
    codes(&[
        ("ok", "one name", named("Dear {{first_name}}, welcome", json!([sample("first_name")]))),
        ("100/2388072", "format not declared", undeclared),
        ("100/2388072", "number", named("Dear {{1}}, welcome", json!([sample("1")]))),
        ("100/2388072", "upper case", named("Dear {{Name}}, welcome", json!([sample("Name")]))),
        ("100/2388043", "other name", named("Dear {{name}}, welcome", json!([sample("nam")]))),
        ("100/2388043", "no samples", named("Dear {{name}}, welcome", json!([]))),
        (
            "100/2388043",
            "one name sampled twice",
            named("Dear {{a}} and {{b}}, welcome", json!([sample("a"), sample("a")])),
        ),
    ]);
}

#[test]
fn headers_are_checked() {
    let header = |header: Value| template("UTILITY", &json!([header, body()]));
    let text = |text: &str| {
        header(json!({"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": ["x"]}}))
    };
    codes(&[
        ("ok", "60 characters", text(&"a".repeat(60))),
        ("100/2388040", "61 characters", text(&"a".repeat(61))),
        ("ok", "variable at the end", text("Order {{1}}")),
        ("100/2388047", "two variables", text("{{1}} and {{2}}")),
        ("100/2388047", "emoji", text("Hello 🎉")),
        ("100/2388047", "bold", text("*Hello*")),
        ("100/2388047", "line break", text("Hello\nyou")),
        ("100/2388047", "unknown format", header(json!({"type": "HEADER", "format": "SOUND"}))),
        ("100/2388043", "no format", header(json!({"type": "HEADER", "text": "x"}))),
        (
            "100/2388043",
            "no sample",
            header(json!({"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"})),
        ),
        ("100/2388043", "no handle", header(json!({"type": "HEADER", "format": "IMAGE"}))),
        (
            "100/2388273",
            "address",
            header(
                json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x.example/a.png"]}}),
            ),
        ),
        ("ok", "location", header(json!({"type": "HEADER", "format": "LOCATION"}))),
        ("100", "location with text", header(json!({"type": "HEADER", "format": "LOCATION", "text": "x"}))),
        (
            "100",
            "GIF for utility",
            header(json!({"type": "HEADER", "format": "GIF", "example": {"header_handle": ["x"]}})),
        ),
        ("100", "product for utility", header(json!({"type": "HEADER", "format": "PRODUCT"}))),
    ]);
}

#[test]
fn footers_are_checked() {
    let footer = |text: &str| template("UTILITY", &json!([body(), {"type": "FOOTER", "text": text}]));
    codes(&[
        ("ok", "60 characters", footer(&"a".repeat(60))),
        ("100/2388040", "61 characters", footer(&"a".repeat(61))),
        ("100/2388073", "variable", footer("Bye {{1}}")),
        ("100/2388073", "emoji", footer("Bye 🎉")),
        ("100/2388073", "line break", footer("Bye\nbye")),
    ]);
}

#[test]
fn offers_are_checked() {
    let offer = |text: &str, buttons: Value| {
        template(
            "MARKETING",
            &json!([
        {"type": "limited_time_offer", "limited_time_offer": {"text": text, "has_expiration": true}},
        body(), {"type": "BUTTONS", "buttons": buttons}]),
        )
    };
    let copy = |code: &str| json!({"type": "COPY_CODE", "example": code});
    let link =
        || json!({"type": "URL", "text": "Book now!", "url": "https://x.example/{{1}}", "example": ["a"]});
    let mut footed = offer("Ends tonight", json!([link()]));
    footed["components"].as_array_mut().unwrap().push(json!({"type": "FOOTER", "text": "Bye"}));
    let mut long = offer("Ends tonight", json!([link()]));
    long["components"][1]["text"] = json!("a".repeat(601));
    codes(&[
        ("ok", "code and link", offer("Ends tonight", json!([copy("SAVE20"), link()]))),
        ("ok", "link", offer("Ends tonight", json!([link()]))),
        ("100", "link and code", offer("Ends tonight", json!([link(), copy("SAVE20")]))),
        ("100", "reply", offer("Ends tonight", json!([{"type": "QUICK_REPLY", "text": "x"}]))),
        ("100/2388040", "17 characters", offer(&"a".repeat(17), json!([link()]))),
        ("100/2388040", "code of 16", offer("Ends tonight", json!([copy(&"A".repeat(16)), link()]))),
        ("100", "footer", footed),
        ("100/2388040", "long body", long),
    ]);
}

#[test]
fn carousels_are_checked() {
    fresh(async |graph| {
        let handle = graph.upload("image/jpeg", "picture").await;
        let card = |text: &str, button: &str| {
            json!({"components": [
            {"type": "header", "format": "image", "example": {"header_handle": [handle]}},
            {"type": "body", "text": text},
            {"type": "buttons", "buttons": [{"type": button, "text": "More", "url": "https://x.example"}]}]})
        };
        let carousel =
            |cards: Value| template("MARKETING", &json!([body(), {"type": "carousel", "cards": cards}]));
        let product = || {
            json!({"components": [{"type": "HEADER", "format": "PRODUCT"},
            {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]})
        };
        let mut footed = carousel(json!([product(), product()]));
        footed["components"].as_array_mut().unwrap().push(json!({"type": "FOOTER", "text": "Bye"}));
        let mut bare = card("a", "url");
        bare["components"].as_array_mut().unwrap().remove(1);
        let cases = [
            ("100", "one card", carousel(json!([card("a", "url")]))),
            ("100", "cards that differ", carousel(json!([card("a", "url"), bare]))),
            ("100/2388040", "long text", carousel(json!([card(&"a".repeat(161), "url"), card("b", "url")]))),
            ("100", "button of a card", carousel(json!([card("a", "flow"), card("b", "flow")]))),
            ("100", "three products", carousel(json!([product(), product(), product()]))),
            ("100", "with footer", footed),
            ("ok", "two cards", carousel(json!([card("a", "url"), card("b", "url")]))),
        ];
        for (wanted, about, template) in cases {
            assert_eq!(code(&graph.post(LIST, &template).await), wanted, "{about}");
        }
        let read =
            graph.get(&format!("{LIST}?name=order")).await["data"][0]["components"][1]["cards"].clone();
        assert_eq!(read[1]["components"][0]["format"], "IMAGE");
        assert!(
            read[1]["components"][0]["example"]["header_handle"][0]
                .as_str()
                .unwrap()
                .starts_with("https://scontent.")
        );
        assert_eq!(read[1]["components"][2]["buttons"][0]["type"], "URL");
        graph.post("/_sandbox/reset", &json!({})).await;
        assert_eq!(code(&graph.post(LIST, &carousel(json!([product(), product()]))).await), "ok");
    });
}
