//! The keys of the language: what each is called, what it takes and what it means.
//!
//! One table for reading, for "did you mean", for the schema and for the reference. A table is named in [`TABLES`],
//! and [`Key::map`] names the table that reads a key's map; the schema and the reference follow from that.

mod form;

pub use form::{Key, TextForm, key};

/// Every table, by the name that the schema and the reference give it.
pub static TABLES: &[(&str, &[Key])] = &[
    ("template", &TEMPLATE),
    ("version", &VERSION),
    ("variable", &VARIABLE),
    ("applies_to", &APPLIES_TO),
    ("header", &HEADER),
    ("body", &BODY),
    ("footer", &FOOTER),
    ("limited_time_offer", &LIMITED_TIME_OFFER),
    ("card", &CARD),
    ("library", &LIBRARY),
    ("button", &BUTTON),
    ("app_deep_link", &APP_DEEP_LINK),
    ("supported_app", &SUPPORTED_APP),
];

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A text that people read, or a word.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A list of texts, or one text.
    Texts,
    /// A list.
    List,
    /// A map.
    Map,
    /// A text or a map.
    TextOrMap,
    /// A map or a list.
    MapOrList,
}

/// The sub-categories (reference/whatsapp-business-account/message-template-api). Meta answers `CUSTOM` for templates
/// without one, and does not take it.
pub static SUB_CATEGORIES: [&str; 7] = [
    "booking_status",
    "call_permissions_request",
    "flight_delay_and_gate_change_alert",
    "fraud_alert",
    "order_details",
    "order_status",
    "rich_order_status",
];

/// The display formats (the same).
pub static DISPLAY_FORMATS: [&str; 1] = ["order_details"];

/// Keys of Meta's that are no keys of the language, and what to do instead.
pub static FOREIGN: [(&str, &str); 8] = [
    ("allow_category_change", "delete it: Meta has ignored it since April 2025"),
    ("components", "write `header`, `body`, `footer` and `buttons` as keys of their own"),
    ("message_send_ttl_seconds", "write `ttl: 12h`, or seconds"),
    ("example", "write samples under `variables`, or as `samples` next to the text"),
    ("format", "write `header: { image: … }`, or a text"),
    ("library_template_name", "write `library: …` with the name"),
    ("library_template_button_inputs", "write `library: { template: …, buttons: […] }`"),
    ("library_template_body_inputs", "write `library: { template: …, body: { … } }`"),
];

/// The top of a template file.
pub static TEMPLATE: [Key; 27] = [
    key("name", ValueKind::Text, "the template's name: lower-case letters, digits and underscores")
        .form(TextForm::Template)
        .required()
        .example("order_shipped"),
    key("category", ValueKind::Text, "`utility`, `marketing` or `authentication`; Meta may change it")
        .one_of(&["utility", "marketing", "authentication"])
        .required(),
    key("language", ValueKind::Text, "the code of the only language")
        .form(TextForm::Language)
        .example("en_US"),
    key(
        "parameter_format",
        ValueKind::Text,
        "`positional` (default) or `named`: how placeholders are written for Meta",
    )
    .one_of(&["positional", "named"]),
    key("sub_category", ValueKind::Text, "utility: Meta's `sub_category`, for instance `order_status`")
        .one_of(&SUB_CATEGORIES),
    key("display_format", ValueKind::Text, "Meta's `display_format`: `order_details`")
        .one_of(&DISPLAY_FORMATS),
    key("ttl", ValueKind::Text, "how long delivery is tried: `10m`, `12h`, `30d` or seconds")
        .form(TextForm::Duration)
        .example("12h"),
    key("cta_url_link_tracking_opted_out", ValueKind::Bool, "whether taps on URL buttons are not counted"),
    key("is_primary_device_delivery_only", ValueKind::Bool, "whether only the main phone gets the message"),
    key("description", ValueKind::Text, "what the template is for; never sent"),
    key("owner", ValueKind::Text, "who answers for it; never sent"),
    key("tags", ValueKind::Texts, "words to select by; never sent"),
    key("deprecated", ValueKind::Text, "why it should not be used any more, or `true`; never sent"),
    key("replaced_by", ValueKind::Text, "the template to use instead; never sent").form(TextForm::Template),
    key(
        "accounts",
        ValueKind::Texts,
        "accounts, or globs of accounts, where the template lives; all when absent",
    ),
    key("applies_to", ValueKind::Map, "the record that the sender starts from").map(&APPLIES_TO),
    key("variables", ValueKind::Map, "what the sender fills in, shared by all languages")
        .names(TextForm::Variable)
        .map(&VARIABLE)
        .or_text(),
    key("library", ValueKind::TextOrMap, "a template of Meta's library, instead of components")
        .map(&LIBRARY)
        .example("delivery_update_1"),
    key("header", ValueKind::TextOrMap, "a text, a media sample, `location` or `product`").map(&HEADER),
    key("limited_time_offer", ValueKind::TextOrMap, "marketing: a line about an offer that ends")
        .map(&LIMITED_TIME_OFFER)
        .example("Ends tonight"),
    key("body", ValueKind::TextOrMap, "the text, or the authentication flag").map(&BODY),
    key("footer", ValueKind::TextOrMap, "a short line below the body, or the lifetime of the code")
        .map(&FOOTER),
    key("buttons", ValueKind::List, "the buttons, in order").map(&BUTTON).or_text(),
    key("carousel", ValueKind::List, "marketing: 2 to 10 cards to swipe through").map(&CARD),
    key("call_permission_request", ValueKind::Bool, "whether to ask for the permission to call"),
    key("raw", ValueKind::List, "components in Meta's JSON, for those without a key"),
    key(
        "languages",
        ValueKind::MapOrList,
        "a version for each code, or codes alone where Meta writes the text",
    )
    .names(TextForm::Language)
    .map(&VERSION),
];

/// A version below `languages`.
pub static VERSION: [Key; 9] = [
    key("samples", ValueKind::Map, "samples of named variables in this language").names(TextForm::Variable),
    key("header", ValueKind::TextOrMap, "replaces the template's header").map(&HEADER),
    key("limited_time_offer", ValueKind::TextOrMap, "replaces the template's offer").map(&LIMITED_TIME_OFFER),
    key("body", ValueKind::TextOrMap, "replaces the template's body").map(&BODY),
    key("footer", ValueKind::TextOrMap, "replaces the template's footer").map(&FOOTER),
    key("buttons", ValueKind::List, "replaces the template's buttons").map(&BUTTON).or_text(),
    key("carousel", ValueKind::List, "replaces the template's cards").map(&CARD),
    key("call_permission_request", ValueKind::Bool, "replaces the template's request"),
    key("raw", ValueKind::List, "replaces the template's raw components"),
];

/// A variable in its long form.
pub static VARIABLE: [Key; 6] = [
    key("sample", ValueKind::Text, "the value that Meta's reviewers see"),
    key(
        "type",
        ValueKind::Text,
        "`text`, `name`, `number`, `money`, `date`, `time`, `url`, `phone`, `email` or `code`",
    )
    .one_of(&["text", "name", "number", "money", "date", "time", "url", "phone", "email", "code"]),
    key("bind", ValueKind::Text, "the field of the record, or `$portal_url`, `$user_name`, `$user_mobile`")
        .example("partner_id.name"),
    key("max_length", ValueKind::Number, "the longest value that will be sent, in characters"),
    key("fallback", ValueKind::Text, "what to send when the field is empty"),
    key("description", ValueKind::Text, "what the value is"),
];

/// `applies_to`.
pub static APPLIES_TO: [Key; 2] = [
    key("model", ValueKind::Text, "the kind of record").example("sale.order"),
    key("phone", ValueKind::Text, "the field that holds the recipient's number").example("partner_id.mobile"),
];

/// A header in its long form.
pub static HEADER: [Key; 6] = [
    key("text", ValueKind::Text, "the text"),
    key("samples", ValueKind::List, "samples of numbered placeholders").or_text(),
    key("image", ValueKind::Text, "path of a sample image, relative to the file").example("media/banner.png"),
    key("video", ValueKind::Text, "path of a sample video, relative to the file"),
    key("gif", ValueKind::Text, "path of a sample animation (MP4), relative to the file"),
    key("document", ValueKind::Text, "path of a sample document (PDF), relative to the file"),
];

/// A body in its long form.
pub static BODY: [Key; 3] = [
    key("text", ValueKind::Text, "the text"),
    key("samples", ValueKind::List, "samples of numbered placeholders").or_text(),
    key(
        "add_security_recommendation",
        ValueKind::Bool,
        "authentication: whether to advise against sharing the code",
    ),
];

/// A footer in its long form.
pub static FOOTER: [Key; 2] = [
    key("text", ValueKind::Text, "the text"),
    key("code_expiration_minutes", ValueKind::Number, "authentication: minutes that the code lives"),
];

/// `limited_time_offer` in its long form.
pub static LIMITED_TIME_OFFER: [Key; 2] = [
    key("text", ValueKind::Text, "the line, at most 16 characters").required(),
    key("has_expiration", ValueKind::Bool, "whether the end of the offer is shown, with its code"),
];

/// A card of a carousel.
pub static CARD: [Key; 3] = [
    key("header", ValueKind::TextOrMap, "an image, a video, or `product`").map(&HEADER),
    key("body", ValueKind::TextOrMap, "the text, at most 160 characters; on all cards or on none").map(&BODY),
    key("buttons", ValueKind::List, "the buttons, the same types on all cards").map(&BUTTON).or_text(),
];

/// `library` in its long form.
pub static LIBRARY: [Key; 3] = [
    key("template", ValueKind::Text, "the name in Meta's library").required().example("delivery_update_1"),
    key("buttons", ValueKind::List, "inputs of its buttons, in Meta's keys"),
    key("body", ValueKind::Map, "inputs of its body, in Meta's keys"),
];

/// An app that receives a one-time passcode.
pub static SUPPORTED_APP: [Key; 2] = [
    key("package_name", ValueKind::Text, "the Android package").required().example("com.example.app"),
    key("signature_hash", ValueKind::Text, "the 11 characters of its signing key's hash")
        .required()
        .example("K8a/AINcGX7"),
];

/// The target of a URL button inside an app.
pub static APP_DEEP_LINK: [Key; 3] = [
    key("meta_app_id", ValueKind::Text, "the app's id at Meta").form(TextForm::Id),
    key("android_deep_link", ValueKind::Text, "the address inside the app"),
    key("android_fallback_playstore_url", ValueKind::Text, "where to go when the app is not installed"),
];

/// The types of buttons.
pub static BUTTON_TYPES: [&str; 12] = [
    "quick_reply",
    "url",
    "phone_number",
    "copy_code",
    "otp",
    "flow",
    "catalog",
    "mpm",
    "spm",
    "voice_call",
    "order_details",
    "request_contact_info",
];

/// A button in its long form.
pub static BUTTON: [Key; 18] = [
    key(
        "type",
        ValueKind::Text,
        "`quick_reply`, `url`, `phone_number`, `copy_code`, `otp`, `flow`, `catalog`, `mpm`, `spm`, `voice_call`, `order_details` or `request_contact_info`",
    )
        .one_of(&BUTTON_TYPES).required(),
    key("text", ValueKind::Text, "the label"),
    key("url", ValueKind::Text, "the address, with at most one placeholder at its end")
        .example("https://shop.example/t/{{token}}"),
    key("samples", ValueKind::List, "the sample of a numbered placeholder in the address").or_text(),
    key("app_deep_link", ValueKind::Map, "url: where it leads inside an app").map(&APP_DEEP_LINK),
    key("phone_number", ValueKind::Text, "the number to call, with its country code").example("+15550051310"),
    key("example", ValueKind::Text, "copy_code: a sample of the code").example("SAVE20"),
    key("otp_type", ValueKind::Text, "otp: `copy_code` (default), `one_tap` or `zero_tap`").one_of(&["copy_code", "one_tap", "zero_tap"]),
    key("autofill_text", ValueKind::Text, "otp: the label of the button that fills the code in"),
    key("supported_apps", ValueKind::List, "otp: the apps that may take the code").map(&SUPPORTED_APP),
    key("zero_tap_terms_accepted", ValueKind::Bool, "otp: whether Meta's terms of zero-tap are accepted"),
    key("flow_id", ValueKind::Text, "flow: its id"),
    key("flow_name", ValueKind::Text, "flow: its name"),
    key("flow_json", ValueKind::Text, "flow: its definition"),
    key("flow_action", ValueKind::Text, "flow: `navigate` (default) or `data_exchange`")
        .one_of(&["navigate", "data_exchange"]),
    key("navigate_screen", ValueKind::Text, "flow: the screen to begin with"),
    key("icon", ValueKind::Text, "flow: `document`, `promotion` or `review`").one_of(&["document", "promotion", "review"]),
    key("ttl_minutes", ValueKind::Number, "voice_call: minutes that the button works, 1440 to 43200"),
];
