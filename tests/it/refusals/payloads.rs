//! The rows: entry, expected code and subcode (`ok` at the very edge), what it is about, payload.
#![expect(clippy::too_many_lines, reason = "tables")]

mod buttons;
mod carousels;

use serde_json::{Value, json};

pub(super) type Row = (&'static str, &'static str, &'static str, Value);

/// The handles that exist.
pub(super) const UPLOADS: [(&str, &str); 5] = [
    ("4::png", "image/png"),
    ("4::mp4", "video/mp4"),
    ("4::pdf", "application/pdf"),
    ("4::webp", "image/webp"),
    ("4::text", "text/html"),
];

pub(super) fn rows() -> Vec<Row> {
    let buttons = [buttons::buttons(), buttons::offers()].concat();
    let after = [carousels::carousels(), buttons::codes()].concat();
    [top(), components(), headers(), texts(), buttons, after].concat()
}

fn template(category: &str, components: Value) -> Value {
    json!({"name": "order", "language": "en", "category": category, "components": components})
}

fn utility(components: Value) -> Value {
    template("UTILITY", components)
}

fn with(key: &str, value: Value) -> Value {
    let mut template = utility(json!([body()]));
    template[key] = value;
    template
}

fn without(key: &str) -> Value {
    let mut template = utility(json!([body()]));
    template.as_object_mut().unwrap().remove(key);
    template
}

fn timed(category: &str, seconds: i64) -> Value {
    let mut template =
        if category == "AUTHENTICATION" { code(otp(json!({}))) } else { template(category, json!([body()])) };
    template["message_send_ttl_seconds"] = seconds.into();
    template
}

fn body() -> Value {
    json!({"type": "BODY", "text": "Your order is on its way."})
}

fn text(text: &str) -> Value {
    utility(json!([{"type": "BODY", "text": text}]))
}

fn sampled(text: &str, samples: Value) -> Value {
    utility(json!([{"type": "BODY", "text": text, "example": {"body_text": samples}}]))
}

fn named(text: &str, samples: Value) -> Value {
    let body = json!([{"type": "BODY", "text": text, "example": {"body_text_named_params": samples}}]);
    let mut template = utility(body);
    template["parameter_format"] = "NAMED".into();
    template
}

fn header(header: Value) -> Value {
    utility(json!([header, body()]))
}

fn title(text: &str) -> Value {
    header(json!({"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": ["x"]}}))
}

fn media(format: &str, handle: &str) -> Value {
    json!({"type": "HEADER", "format": format, "example": {"header_handle": [handle]}})
}

fn foot(text: &str) -> Value {
    utility(json!([body(), {"type": "FOOTER", "text": text}]))
}

fn taps(buttons: Value) -> Value {
    json!({"type": "BUTTONS", "buttons": buttons})
}

fn many(buttons: Value) -> Value {
    utility(json!([body(), taps(buttons)]))
}

fn one(button: Value) -> Value {
    many(json!([button]))
}

fn reply(label: &str) -> Value {
    json!({"type": "QUICK_REPLY", "text": label})
}

fn link() -> Value {
    json!({"type": "URL", "text": "Open", "url": "https://x.example"})
}

fn call() -> Value {
    json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"})
}

fn coupon(code: &str) -> Value {
    json!({"type": "COPY_CODE", "example": code})
}

fn to(url: &str, example: Value) -> Value {
    one(json!({"type": "URL", "text": "Open", "url": url, "example": example}))
}

fn otp(extra: Value) -> Value {
    let mut button = json!({"type": "OTP", "otp_type": "COPY_CODE"});
    button.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    button
}

fn code(button: Value) -> Value {
    let parts = json!([{"type": "BODY", "add_security_recommendation": true}, {"type": "FOOTER", "code_expiration_minutes": 5}, taps(json!([button]))]);
    template("AUTHENTICATION", parts)
}

fn app(package: &str, hash: &str) -> Value {
    json!({"package_name": package, "signature_hash": hash})
}

fn tap(apps: Value) -> Value {
    code(otp(json!({"otp_type": "ONE_TAP", "supported_apps": apps})))
}

fn offer(text: &str, buttons: Value) -> Vec<Value> {
    vec![json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text}}), body(), taps(buttons)]
}

fn marketing(components: Vec<Value>) -> Value {
    template("MARKETING", components.into())
}

fn card(header: Value, text: Option<&str>, buttons: Value) -> Value {
    let mut parts = vec![header, taps(buttons)];
    parts.extend(text.map(|text| json!({"type": "BODY", "text": text})));
    json!({ "components": parts })
}

fn picture(text: Option<&str>) -> Value {
    card(media("IMAGE", "4::png"), text, json!([link()]))
}

fn product() -> Value {
    card(json!({"type": "HEADER", "format": "PRODUCT"}), None, json!([{"type": "SPM", "text": "View"}]))
}

fn cards(cards: Vec<Value>) -> Value {
    marketing(vec![body(), json!({"type": "CAROUSEL", "cards": cards})])
}

fn beside(other: Value) -> Value {
    marketing(vec![body(), json!({"type": "CAROUSEL", "cards": [picture(None), picture(None)]}), other])
}

fn top() -> Vec<Row> {
    let mut undeclared = named("Dear {{name}}, welcome", json!([{"param_name": "name", "example": "x"}]));
    undeclared.as_object_mut().unwrap().remove("parameter_format");
    let mut sub = template("MARKETING", json!([body()]));
    sub["sub_category"] = "ORDER_STATUS".into();
    vec![
        ("name-required", "100", "no name", without("name")),
        ("name-required", "100", "an empty name", with("name", "".into())),
        ("name-charset", "100/2388046", "a capital", with("name", "Order".into())),
        ("name-charset", "100/2388046", "a hyphen", with("name", "my-order".into())),
        ("name-charset", "100/2388046", "a letter beyond ASCII", with("name", "größe".into())),
        ("name-charset", "100/2388046", "a blank at the end", with("name", "order ".into())),
        ("name-length", "ok", "512", with("name", "a".repeat(512).into())),
        ("name-length", "100", "513", with("name", "a".repeat(513).into())),
        ("SAMPLE", "100/2388024", "the sample that every account has", {
            let mut sample = with("name", "hello_world".into());
            sample["language"] = "en_US".into();
            sample
        }),
        ("SAMPLE", "100/2388155", "its name in another language", with("name", "hello_world".into())),
        ("language-required", "100", "no language", without("language")),
        ("language-supported", "100", "another case", with("language", "EN_us".into())),
        ("language-supported", "100", "a code of other clients", with("language", "ar_SA".into())),
        ("language-hyphen", "100", "a hyphen", with("language", "pt-BR".into())),
        ("category-required", "100", "no category", without("category")),
        ("category-value", "100", "unknown", with("category", "OTP".into())),
        ("category-value", "100", "only in the enum", with("category", "FREE_SERVICE".into())),
        ("category-legacy", "100", "retired", with("category", "ISSUE_RESOLUTION".into())),
        ("parameter-format-value", "100", "unknown", with("parameter_format", "MIXED".into())),
        ("parameter-format-mismatch", "100/2388072", "names that are not announced", undeclared),
        (
            "parameter-format-mismatch",
            "100/2388072",
            "numbers in a template of names",
            named("Dear {{1}}, welcome", json!([{"param_name": "1", "example": "x"}])),
        ),
        ("ttl-range", "100", "utility below", timed("UTILITY", 29)),
        ("ttl-range", "ok", "utility, least", timed("UTILITY", 30)),
        ("ttl-range", "100", "utility above", timed("UTILITY", 43_201)),
        ("ttl-range", "100", "marketing below", timed("MARKETING", 43_199)),
        ("ttl-range", "100", "marketing above", timed("MARKETING", 2_592_001)),
        ("ttl-range", "100", "authentication below", timed("AUTHENTICATION", 29)),
        ("ttl-range", "100", "authentication above", timed("AUTHENTICATION", 901)),
        ("ttl-range", "100", "no number", with("message_send_ttl_seconds", "soon".into())),
        ("ttl-minus-one", "ok", "authentication", timed("AUTHENTICATION", -1)),
        ("ttl-minus-one", "100", "marketing", timed("MARKETING", -1)),
        ("sub-category-value", "100", "unknown", with("sub_category", "GREETING".into())),
        ("sub-category-value", "100", "only read", with("sub_category", "CUSTOM".into())),
        ("sub-category-category", "100", "marketing", sub),
        ("display-format-value", "100", "unknown", with("display_format", "LIST".into())),
        ("unknown-field", "100", "at the top", with("componets", json!([]))),
        (
            "unknown-field",
            "100",
            "in a component",
            utility(json!([{"type": "BODY", "text": "Hi there", "txt": "x"}])),
        ),
        (
            "unknown-field",
            "100",
            "on a button",
            one(json!({"type": "QUICK_REPLY", "text": "Yes", "payload": "x"})),
        ),
        (
            "unknown-field",
            "100",
            "in a deep link",
            one(
                json!({"type": "URL", "text": "Go", "url": "https://x.example", "app_deep_link": {"ios": "x"}}),
            ),
        ),
        ("unknown-field", "100", "a send type that there is not", with("send_type", "SOON".into())),
        (
            "unknown-field",
            "100",
            "a truth value that is none",
            with("allow_category_change", "perhaps".into()),
        ),
        ("components-required", "100", "none", without("components")),
        ("components-required", "100", "an empty list", with("components", json!([]))),
        ("components-required", "100", "no list", with("components", json!("BODY"))),
    ]
}

fn components() -> Vec<Row> {
    let request = || json!({"type": "CALL_PERMISSION_REQUEST"});
    vec![
        ("body-required", "100", "none", utility(json!([{"type": "FOOTER", "text": "x"}]))),
        ("component-duplicate", "100", "two bodies", utility(json!([body(), body()]))),
        (
            "component-duplicate",
            "100",
            "two footers",
            utility(json!([body(), {"type": "FOOTER", "text": "a"}, {"type": "footer", "text": "b"}])),
        ),
        ("component-type", "100", "a greeting", utility(json!([body(), {"type": "GREETING"}]))),
        ("component-type", "100", "an album", utility(json!([body(), {"type": "ALBUM"}]))),
        ("component-type", "100", "no type", utility(json!([{"text": "x"}]))),
        (
            "tap-target-create",
            "100",
            "a tap target",
            utility(json!([body(), {"type": "TAP_TARGET_CONFIGURATION"}])),
        ),
        ("call-permission-category", "100", "authentication", {
            let mut code = code(otp(json!({})));
            code["components"].as_array_mut().unwrap().push(request());
            code
        }),
        ("call-permission-alone", "ok", "a body beside it", utility(json!([body(), request()]))),
        (
            "call-permission-alone",
            "100",
            "buttons beside it",
            utility(json!([body(), request(), taps(json!([reply("Yes")]))])),
        ),
        (
            "utility-components",
            "100",
            "a carousel",
            utility(json!([body(), {"type": "CAROUSEL", "cards": [product(), product()]}])),
        ),
        (
            "utility-components",
            "100",
            "products",
            utility(
                json!([{"type": "HEADER", "format": "TEXT", "text": "Hi"}, body(), taps(json!([{"type": "MPM"}]))]),
            ),
        ),
        ("utility-components", "100", "a catalog", one(json!({"type": "CATALOG"}))),
    ]
}

fn headers() -> Vec<Row> {
    vec![
        ("header-format", "100/2388047", "unknown", header(json!({"type": "HEADER", "format": "SOUND"}))),
        ("header-format", "100/2388043", "none", header(json!({"type": "HEADER", "text": "x"}))),
        ("header-text-length", "ok", "60", title(&"ä".repeat(60))),
        ("header-text-length", "100/2388040", "61", title(&"a".repeat(61))),
        ("header-text-one-param", "100/2388047", "two", title("{{1}} and {{2}}")),
        ("header-text-one-param", "100/2388047", "one twice", title("{{1}} and {{1}}")),
        ("header-text-markdown", "100/2388047", "bold", title("*Hello*")),
        ("header-text-markdown", "100/2388047", "an underscore", title("Order no_7")),
        ("header-text-emoji", "100/2388047", "an emoji", title("Hello 🎉")),
        ("header-text-emoji", "100/2388047", "a heart in text style", title("Hello ❤")),
        ("header-text-emoji", "ok", "signs", title("Order #7 © ™ €")),
        ("header-text-newline", "100/2388047", "a line break", title("Hello\nyou")),
        ("text-control-chars", "100/2388047", "in a header", title("Hello \u{7}")),
        ("header-media-handle", "100/2388043", "none", header(json!({"type": "HEADER", "format": "IMAGE"}))),
        ("header-media-handle", "100/2388043", "empty", header(media("IMAGE", ""))),
        (
            "header-media-handle",
            "100/2388043",
            "two",
            header(
                json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::png", "4::png"]}}),
            ),
        ),
        ("header-media-handle", "131009/2494102", "unknown", header(media("IMAGE", "4::nobody"))),
        (
            "header-media-text",
            "100",
            "a text",
            header(
                json!({"type": "HEADER", "format": "IMAGE", "text": "x", "example": {"header_handle": ["4::png"]}}),
            ),
        ),
        (
            "header-media-url-handle",
            "100/2388273",
            "an address",
            header(media("IMAGE", "https://x.example/a.png")),
        ),
        ("header-media-type", "100/2388084", "a page", header(media("IMAGE", "4::text"))),
        ("header-media-type", "100/2388084", "another kind of picture", header(media("IMAGE", "4::webp"))),
        ("header-media-type", "100/2388084", "a document as a film", header(media("VIDEO", "4::pdf"))),
        ("header-media-type", "ok", "a document", header(media("DOCUMENT", "4::pdf"))),
        ("header-gif-marketing", "100", "utility", header(media("GIF", "4::mp4"))),
        ("header-gif-marketing", "ok", "marketing", marketing(vec![media("GIF", "4::mp4"), body()])),
        ("header-location-category", "100", "authentication", {
            let mut code = code(otp(json!({})));
            code["components"][1] = json!({"type": "HEADER", "format": "LOCATION"});
            code
        }),
        (
            "header-location-bare",
            "100",
            "a text",
            header(json!({"type": "HEADER", "format": "LOCATION", "text": "x"})),
        ),
        (
            "header-product-needs-spm",
            "100",
            "alone",
            marketing(vec![json!({"type": "HEADER", "format": "PRODUCT"}), body()]),
        ),
        (
            "spm-shape",
            "ok",
            "as it should be",
            marketing(vec![
                json!({"type": "HEADER", "format": "PRODUCT"}),
                body(),
                taps(json!([{"type": "SPM", "text": "View"}])),
            ]),
        ),
        (
            "spm-shape",
            "100",
            "no header",
            marketing(vec![body(), taps(json!([{"type": "SPM", "text": "View"}]))]),
        ),
        (
            "spm-shape",
            "100/2388040",
            "a body of 161",
            marketing(vec![
                json!({"type": "HEADER", "format": "PRODUCT"}),
                json!({"type": "BODY", "text": "a".repeat(161)}),
                taps(json!([{"type": "SPM"}])),
            ]),
        ),
        ("mpm-shape", "100", "no header", marketing(vec![body(), taps(json!([{"type": "MPM"}]))])),
        (
            "mpm-shape",
            "100",
            "a picture",
            marketing(vec![media("IMAGE", "4::png"), body(), taps(json!([{"type": "MPM"}]))]),
        ),
        (
            "catalog-shape",
            "100",
            "a header",
            marketing(vec![
                json!({"type": "HEADER", "format": "TEXT", "text": "Hi"}),
                body(),
                taps(json!([{"type": "CATALOG"}])),
            ]),
        ),
        (
            "order-details-header",
            "100",
            "a place",
            utility(
                json!([{"type": "HEADER", "format": "LOCATION"}, body(), taps(json!([{"type": "ORDER_DETAILS", "text": "Pay"}]))]),
            ),
        ),
        (
            "order-details-category",
            "100",
            "marketing",
            marketing(vec![body(), taps(json!([{"type": "ORDER_DETAILS", "text": "Pay"}]))]),
        ),
        ("order-details-category", "ok", "marketing that says so", {
            let mut order = marketing(vec![body(), taps(json!([{"type": "ORDER_DETAILS", "text": "Pay"}]))]);
            order["display_format"] = "ORDER_DETAILS".into();
            order
        }),
    ]
}

fn texts() -> Vec<Row> {
    vec![
        ("body-length", "ok", "1024", text(&"ä".repeat(1024))),
        ("body-length", "100/2388040", "1025", text(&"a".repeat(1025))),
        ("body-empty", "100", "blank", text(" \n ")),
        ("body-empty", "100/2388043", "no text", utility(json!([{"type": "BODY"}]))),
        ("text-control-chars", "100/2388072", "in a body", text("Your order \u{1b}[31m is here")),
        ("text-many-newlines", "100", "three", text("One\n\n\nTwo")),
        ("EMOJI", "100", "eleven", text(&"Hi 🎉 ".repeat(11))),
        ("EMOJI", "ok", "ten, of several code points each", text(&"Hi 👩‍👩‍👧‍👦 🇩🇪 ".repeat(5))),
        ("ONLY", "100", "nothing but parameters", sampled("- {{1}} !", json!([["a"]]))),
        (
            "param-name",
            "100/2388072",
            "capitals",
            named("Dear {{Name}}, welcome", json!([{"param_name": "Name", "example": "x"}])),
        ),
        ("param-name", "100/2388072", "a sign", sampled("Your {{$1}} came today", json!([["a"]]))),
        ("param-name", "100/2388072", "a leading zero", sampled("Your {{01}} came today", json!([["a"]]))),
        ("param-name", "100/2388072", "not closed", sampled("Your {{1} came today", json!([["a"]]))),
        ("param-name", "100/2388072", "not opened", sampled("Your {1}} came today", json!([["a"]]))),
        ("param-name", "100/2388072", "three braces", sampled("Your {{{1}}} came today", json!([["a"]]))),
        (
            "param-name",
            "100/2388072",
            "a gap",
            sampled("Your {{1}} and {{3}} came today", json!([["a", "b"]])),
        ),
        ("param-spaces", "100/2388072", "blanks", sampled("Your {{ 1 }} came today", json!([["a"]]))),
        (
            "param-mixed",
            "100/2388072",
            "a name among numbers",
            sampled("Your {{1}} and {{name}} came", json!([["a", "b"]])),
        ),
        ("param-leading", "100/2388299", "at the start", sampled("{{1}} is your order", json!([["a"]]))),
        ("param-trailing", "100/2388299", "at the end", sampled("Your order is {{1}} ", json!([["a"]]))),
        ("param-trailing", "ok", "a full stop behind it", sampled("Your order is {{1}}.", json!([["a"]]))),
        (
            "param-density",
            "100/2388293",
            "fewer words than variables",
            sampled("x {{1}} - {{2}} - {{3}}.", json!([["a", "b", "c"]])),
        ),
        ("example-missing", "100/2388043", "none", text("Your {{1}} came today")),
        ("example-missing", "100/2388043", "blank", sampled("Your {{1}} came today", json!([[" "]]))),
        (
            "example-missing",
            "100/2388043",
            "a header's",
            header(json!({"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"})),
        ),
        ("example-count", "100/2388043", "too few", sampled("Your {{1}} and {{2}} came", json!([["a"]]))),
        ("example-count", "100/2388043", "too many", sampled("Your {{1}} came today", json!([["a", "b"]]))),
        (
            "example-count",
            "100/2388043",
            "another name",
            named("Dear {{name}}, welcome", json!([{"param_name": "nam", "example": "x"}])),
        ),
        (
            "example-count",
            "100/2388043",
            "a name twice",
            named(
                "Dear {{a}} and {{b}}, welcome",
                json!([{"param_name": "a", "example": "x"}, {"param_name": "a", "example": "y"}]),
            ),
        ),
        (
            "example-shape",
            "100/2388043",
            "the header's key",
            utility(
                json!([{"type": "BODY", "text": "Your {{1}} came today", "example": {"header_text": ["a"]}}]),
            ),
        ),
        ("example-shape", "100/2388043", "two rows", sampled("Your {{1}} came today", json!([["a"], ["b"]]))),
        ("example-shape", "ok", "a flat list", sampled("Your {{1}} came today", json!(["a"]))),
        ("footer-length", "ok", "60", foot(&"a".repeat(60))),
        ("footer-length", "100/2388040", "61", foot(&"a".repeat(61))),
        ("footer-length", "100", "blank", foot(" ")),
        ("footer-params", "100/2388073", "a variable", foot("Bye {{1}}")),
        ("footer-emoji-newline", "100/2388073", "an emoji", foot("Bye 🎉")),
        ("footer-emoji-newline", "100/2388073", "a line break", foot("Bye\nbye")),
        ("text-control-chars", "100/2388073", "in a footer", foot("Bye \u{8}")),
    ]
}
