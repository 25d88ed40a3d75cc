//! Messages made from templates: every parameter is looked at, each mistake has its code.

use serde_json::{Value, json};

use super::{Graph, authentication, code, fresh, playing, simple};

const SEND: &str = "/v26.0/300000000000000/messages";

fn message(components: Value) -> Value {
    json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+16505551234", "type": "template",
        "template": {"name": "order", "language": {"code": "en"}, "components": components}})
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn body(parameters: Value) -> Value {
    json!({"type": "body", "parameters": parameters})
}

fn button(kind: &str, index: Value, parameters: Value) -> Value {
    json!({"type": "button", "sub_type": kind, "index": index, "parameters": parameters})
}

impl Graph {
    /// Sends each message: `expected code | what it is about` must hold for all.
    async fn sends(&self, cases: &[(&str, &str, Value)]) {
        let mut seen = Vec::new();
        for (_, about, message) in cases {
            seen.push(format!("{about}: {}", code(&self.post(SEND, message).await)));
        }
        let wanted: Vec<String> = cases.iter().map(|(code, about, _)| format!("{about}: {code}")).collect();
        assert_eq!(wanted, seen);
    }
}

#[test]
fn bodies_take_as_many_texts_as_they_have_placeholders() {
    fresh(async |graph| {
        let mut order = simple("order", "en", "Dear {{1}}, your order {{2}} is on its way.");
        order["components"][0]["example"] = json!({"body_text": [["Ana", "7"]]});
        graph.create(&order).await;
        let with = |parameters: Value| message(json!([body(parameters)]));
        let mut unknown = with(json!([text("a"), text("b")]));
        unknown["template"]["language"]["code"] = json!("de");
        let mut nameless = with(json!([]));
        nameless["template"].as_object_mut().unwrap().remove("name");
        let mut elsewhere = with(json!([text("a"), text("b")]));
        elsewhere["to"] = json!("nobody");
        let mut nowhere = elsewhere.clone();
        nowhere.as_object_mut().unwrap().remove("to");
        let mut plain = nowhere.clone();
        plain["to"] = json!("16505551234");
        plain["type"] = json!("image");
        graph
            .sends(&[
                ("ok", "two", with(json!([text("Ana"), text("7")]))),
                ("132000", "one", with(json!([text("Ana")]))),
                ("132000", "none", message(json!([]))),
                ("132000", "three", with(json!([text("a"), text("b"), text("c")]))),
                ("132012", "a picture", with(json!([text("a"), {"type": "image", "image": {"link": "https://x.example/a.png"}}]))),
                ("ok", "an amount", with(json!([text("a"), {"type": "currency", "currency": {"fallback_value": "$1", "code": "USD", "amount_1000": 1000}}]))),
                ("131008", "no text", with(json!([text("a"), {"type": "text"}]))),
                ("131008", "a blank text", with(json!([text("a"), text(" ")]))),
                ("131008", "no type", with(json!([text("a"), {"text": "b"}]))),
                ("132018", "a line break", with(json!([text("a\nb"), text("b")]))),
                ("132018", "four spaces", with(json!([text("a    b"), text("b")]))),
                ("132005", "too long", with(json!([text(&"a".repeat(1_000)), text("b")]))),
                ("132018", "a header that is not there", message(json!([body(json!([text("a"), text("b")])), {"type": "header", "parameters": []}]))),
                ("131009", "an unknown component", message(json!([body(json!([text("a"), text("b")])), {"type": "sidebar"}]))),
                ("132001", "another language", unknown),
                ("131008", "no name", nameless),
                ("131009", "no number", elsewhere),
                ("131008", "no recipient", nowhere),
                ("131051", "no template", plain),
            ])
            .await;
        let refused = graph.post(SEND, &with(json!([text("a")]))).await;
        let error = &refused["error"];
        assert_eq!(error["error_data"]["messaging_product"], "whatsapp");
        assert!(
            error["error_data"]["details"]
                .as_str()
                .unwrap()
                .contains("(1) does not match the expected number of params (2)")
        );
        assert_eq!([&error["error_subcode"], &error["error_user_msg"]], [&Value::Null, &Value::Null]);
        let sent = graph.post(SEND, &with(json!([text("a"), text("b")]))).await;
        assert!(sent["messages"][0]["id"].as_str().unwrap().starts_with("wamid."));
        assert_eq!(sent["messages"][0]["message_status"], "accepted");
    });
}

#[test]
fn templates_have_to_be_approved() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let answer = graph.send(reqwest::Method::POST, SEND, Some(&message(json!([])))).await.unwrap();
        assert_eq!(answer.status(), 200);
        for (status, wanted) in [
            ("PAUSED", "132015"),
            ("DISABLED", "132016"),
            ("REJECTED", "132001"),
            ("PENDING", "132001"),
            ("ARCHIVED", "132001"),
        ] {
            graph.post("/_sandbox/review", &json!({"id": id, "status": status})).await;
            assert_eq!(code(&graph.post(SEND, &message(json!([]))).await), wanted, "{status}");
        }
        let answer = graph.send(reqwest::Method::POST, SEND, Some(&message(json!([])))).await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(code(&graph.post("/300000000000001/messages", &message(json!([]))).await), "100/33");
        assert_eq!(code(&graph.post(SEND, &json!({"to": "1"})).await), "100");
    });
}

#[test]
fn named_parameters_come_in_any_order_and_once() {
    fresh(async |graph| {
        let sample = |name: &str| json!({"param_name": name, "example": "x"});
        let template = json!({"name": "order", "language": "en", "category": "UTILITY", "parameter_format": "NAMED",
            "components": [{"type": "BODY", "text": "Dear {{name}}, your order {{number}} is on its way.",
                "example": {"body_text_named_params": [sample("name"), sample("number")]}}]});
        graph.create(&template).await;
        let named = |name: &str| json!({"type": "text", "parameter_name": name, "text": "x"});
        let with = |parameters: Value| message(json!([body(parameters)]));
        graph
            .sends(&[
                ("ok", "turned round", with(json!([named("number"), named("name")]))),
                ("132018", "a stranger", with(json!([named("number"), named("nam")]))),
                ("132018", "one twice", with(json!([named("name"), named("name")]))),
                ("132018", "without names", with(json!([text("a"), text("b")]))),
                ("132000", "one", with(json!([named("name")]))),
            ])
            .await;
    });
}

#[test]
fn headers_and_buttons_take_what_they_are() {
    fresh(async |graph| {
        let handle = graph.upload("image/png", "picture").await;
        let template = json!({"name": "order", "language": "en", "category": "MARKETING", "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}},
            {"type": "BODY", "text": "Your order is on its way."},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Open", "url": "https://x.example/{{1}}", "example": ["a"]},
                {"type": "COPY_CODE", "example": "SAVE20"},
                {"type": "QUICK_REPLY", "text": "Stop"}]}]});
        graph.create(&template).await;
        let picture = || json!({"type": "header", "parameters": [{"type": "image", "image": {"link": "https://x.example/a.png"}}]});
        let link = || button("url", json!("0"), json!([text("7")]));
        let coupon =
            |code: &str| button("copy_code", json!(1), json!([{"type": "coupon_code", "coupon_code": code}]));
        let reply = || button("quick_reply", json!("2"), json!([{"type": "payload", "payload": "stop"}]));
        let header = |parameter: Value| json!({"type": "header", "parameters": [parameter]});
        graph
            .sends(&[
                ("ok", "all", message(json!([picture(), link(), coupon("SAVE20"), reply()]))),
                ("ok", "without a payload", message(json!([picture(), link(), coupon("SAVE20")]))),
                ("132012", "no picture", message(json!([link(), coupon("SAVE20")]))),
                (
                    "132012",
                    "a video",
                    message(json!([
                        header(json!({"type": "video", "video": {"id": "1"}})),
                        link(),
                        coupon("A")
                    ])),
                ),
                (
                    "131008",
                    "a picture that is nowhere",
                    message(json!([header(json!({"type": "image", "image": {}})), link(), coupon("A")])),
                ),
                ("131008", "no suffix", message(json!([picture(), coupon("A")]))),
                ("131008", "no code", message(json!([picture(), link()]))),
                ("131009", "a long code", message(json!([picture(), link(), coupon(&"A".repeat(21))]))),
                (
                    "132012",
                    "a text for a code",
                    message(json!([picture(), link(), button("copy_code", json!(1), json!([text("A")]))])),
                ),
                (
                    "131009",
                    "an unknown button",
                    message(json!([picture(), link(), coupon("A"), button("teleport", json!(0), json!([]))])),
                ),
                (
                    "132018",
                    "an index that is not there",
                    message(json!([
                        picture(),
                        link(),
                        coupon("A"),
                        button("url", json!(9), json!([text("a")]))
                    ])),
                ),
                (
                    "132018",
                    "the wrong kind",
                    message(json!([
                        picture(),
                        link(),
                        coupon("A"),
                        button("url", json!(2), json!([text("a")]))
                    ])),
                ),
                ("132018", "one twice", message(json!([picture(), link(), link(), coupon("A")]))),
            ])
            .await;
    });
}

#[test]
fn locations_and_codes_are_looked_at() {
    fresh(async |graph| {
        let place = json!({"name": "order", "language": "en", "category": "UTILITY", "components": [
            {"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "It is here."}]});
        graph.create(&place).await;
        let at = |location: Value| {
            message(json!([{"type": "header", "parameters": [{"type": "location", "location": location}]}]))
        };
        graph
            .sends(&[
                ("ok", "a place", at(json!({"latitude": 1, "longitude": 2, "name": "a", "address": "b"}))),
                ("131008", "no address", at(json!({"latitude": 1, "longitude": 2, "name": "a"}))),
                ("132012", "a text", message(json!([{"type": "header", "parameters": [text("here")]}]))),
                ("132012", "nothing", message(json!([]))),
            ])
            .await;
        graph.post("/_sandbox/reset", &json!({})).await;
        let mut login = authentication("en", &json!({"type": "OTP", "otp_type": "COPY_CODE"}));
        login["name"] = json!("order");
        graph.create(&login).await;
        graph
            .sends(&[
                (
                    "ok",
                    "a code",
                    message(json!([
                        body(json!([text("123456")])),
                        button("url", json!("0"), json!([text("123456")]))
                    ])),
                ),
                ("131008", "a code without a button", message(json!([body(json!([text("123456")]))]))),
                (
                    "132000",
                    "a button without a code",
                    message(json!([button("url", json!("0"), json!([text("123456")]))])),
                ),
            ])
            .await;
    });
}

#[test]
fn offers_and_cards_are_looked_at() {
    fresh(async |graph| {
        let offer = json!({"name": "order", "language": "en", "category": "MARKETING", "components": [
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends tonight", "has_expiration": true}},
            {"type": "BODY", "text": "Come soon."},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Open", "url": "https://x.example/a"}]}]});
        graph.create(&offer).await;
        let until = |time: Value| {
            message(json!([{"type": "limited_time_offer", "parameters": [
                {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": time}}]}]))
        };
        graph
            .sends(&[
                ("ok", "a time", until(json!(1_800_000_000_000_u64))),
                ("131009", "no time", until(json!("tonight"))),
                ("131008", "nothing", message(json!([]))),
            ])
            .await;
        graph.post("/_sandbox/reset", &json!({})).await;
        let handle = graph.upload("image/png", "picture").await;
        let card = |text: &str| {
            json!({"components": [{"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}},
                {"type": "BODY", "text": text, "example": {"body_text": [["a"]]}},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "More"}]}]})
        };
        let cards = json!({"name": "order", "language": "en", "category": "MARKETING", "components": [
            {"type": "BODY", "text": "Look here."},
            {"type": "CAROUSEL", "cards": [card("One {{1}} more."), card("Two {{1}} more.")]}]});
        graph.create(&cards).await;
        let sent = |index: usize, parameters: Value| {
            json!({"card_index": index, "components": [
                {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}, body(parameters)]})
        };
        let with = |cards: Value| message(json!([{"type": "carousel", "cards": cards}]));
        graph
            .sends(&[
                ("ok", "both", with(json!([sent(1, json!([text("a")])), sent(0, json!([text("a")]))]))),
                ("132012", "one", with(json!([sent(0, json!([text("a")]))]))),
                (
                    "131008",
                    "one twice",
                    with(json!([sent(0, json!([text("a")])), sent(0, json!([text("a")]))])),
                ),
                (
                    "132000",
                    "one without its text",
                    with(json!([sent(0, json!([text("a")])), sent(1, json!([]))])),
                ),
            ])
            .await;
    });
}

#[test]
fn what_becomes_of_messages_is_told() {
    playing("messages: {error: {code: 131049, message: Not delivered}}", async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        graph.post(SEND, &message(json!([]))).await;
        let log = graph.get("/_sandbox/webhooks").await;
        let told = &log["webhooks"].as_array().unwrap().last().unwrap()["body"]["entry"][0]["changes"][0];
        assert_eq!(told["field"], "messages");
        let status = &told["value"]["statuses"][0];
        assert_eq!([&status["status"], &status["errors"][0]["code"]], [&json!("failed"), &json!(131_049)]);
        assert_eq!(told["value"]["metadata"]["phone_number_id"], "300000000000000");
        let read = json!({"id": status["id"], "to": "16505551234", "status": "read"});
        assert_eq!(graph.post("/_sandbox/message", &read).await["success"], true);
        let log = graph.get("/_sandbox/webhooks").await;
        let told = &log["webhooks"].as_array().unwrap().last().unwrap()["body"]["entry"][0]["changes"][0];
        assert_eq!(told["value"]["statuses"][0]["status"], "read");
    });
}
