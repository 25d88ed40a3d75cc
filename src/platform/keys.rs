//! The keys of the language: what each is called, what it takes and what it means.
//!
//! One table for reading, for "did you mean", for the schema and for the reference.

/// A key of a map.
#[derive(Debug)]
pub struct Key {
    /// The word, Meta's own in lower snake case where Meta has one.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, doc }
}

/// The top of a template file.
pub static TEMPLATE: [Key; 22] = [
    key("name", Kind::Text, "the template's name: lower-case letters, digits and underscores"),
    key("category", Kind::Text, "`utility`, `marketing` or `authentication`; Meta may change it"),
    key(
        "parameter_format",
        Kind::Text,
        "`positional` (default) or `named`: how placeholders are written for Meta",
    ),
    key("ttl", Kind::Text, "how long delivery is tried: `10m`, `12h`, `30d` or seconds"),
    key("variables", Kind::Map, "what the sender fills in, shared by all languages"),
    key("header", Kind::TextOrMap, "a text, a media sample, or `location`"),
    key("body", Kind::TextOrMap, "the text, or the authentication flag"),
    key("footer", Kind::TextOrMap, "a short line below the body, or the lifetime of the code"),
    key("buttons", Kind::List, "the buttons, in order"),
    key("language", Kind::Text, "the code of the only language"),
    key("languages", Kind::MapOrList, "a version for each code, or codes alone where Meta writes the text"),
    key("applies_to", Kind::Map, "the record that the sender starts from"),
    key("accounts", Kind::Texts, "accounts, or globs of accounts, where the template lives; all when absent"),
    key("description", Kind::Text, "what the template is for; never sent"),
    key("owner", Kind::Text, "who answers for it; never sent"),
    key("tags", Kind::Texts, "words to select by; never sent"),
    key("deprecated", Kind::Text, "why it should not be used any more, or `true`; never sent"),
    key("replaced_by", Kind::Text, "the template to use instead; never sent"),
    key("sub_category", Kind::Text, "Meta's `sub_category`"),
    key("display_format", Kind::Text, "Meta's `display_format`: `order_details`"),
    key("cta_url_link_tracking_opted_out", Kind::Bool, "whether taps on URL buttons are not counted"),
    key("is_primary_device_delivery_only", Kind::Bool, "whether only the main phone gets the message"),
];

/// A version below `languages`.
pub static VERSION: [Key; 5] = [
    key("header", Kind::TextOrMap, "replaces the template's header"),
    key("body", Kind::TextOrMap, "replaces the template's body"),
    key("footer", Kind::TextOrMap, "replaces the template's footer"),
    key("buttons", Kind::List, "replaces the template's buttons"),
    key("samples", Kind::Map, "samples of named variables in this language"),
];

/// A variable in its long form.
pub static VARIABLE: [Key; 6] = [
    key("sample", Kind::Text, "the value that Meta's reviewers see"),
    key(
        "type",
        Kind::Text,
        "`text`, `name`, `number`, `money`, `date`, `time`, `url`, `phone`, `email` or `code`",
    ),
    key("max_length", Kind::Number, "the longest value that will be sent, in characters"),
    key("bind", Kind::Text, "the field of the record, or `$portal_url`, `$user_name`, `$user_mobile`"),
    key("fallback", Kind::Text, "what to send when the field is empty"),
    key("description", Kind::Text, "what the value is"),
];

/// `applies_to`.
pub static APPLIES_TO: [Key; 2] = [
    key("model", Kind::Text, "the kind of record"),
    key("phone", Kind::Text, "the field that holds the recipient's number"),
];

/// A header in its long form.
pub static HEADER: [Key; 6] = [
    key("text", Kind::Text, "the text"),
    key("samples", Kind::List, "samples of numbered placeholders"),
    key("image", Kind::Text, "path of a sample image, relative to the file"),
    key("video", Kind::Text, "path of a sample video, relative to the file"),
    key("gif", Kind::Text, "path of a sample animation (MP4), relative to the file"),
    key("document", Kind::Text, "path of a sample document (PDF), relative to the file"),
];

/// A body in its long form.
pub static BODY: [Key; 3] = [
    key("text", Kind::Text, "the text"),
    key("samples", Kind::List, "samples of numbered placeholders"),
    key(
        "add_security_recommendation",
        Kind::Bool,
        "authentication: whether to advise against sharing the code",
    ),
];

/// A footer in its long form.
pub static FOOTER: [Key; 2] = [
    key("text", Kind::Text, "the text"),
    key("code_expiration_minutes", Kind::Number, "authentication: minutes that the code lives"),
];

/// A button in its long form.
pub static BUTTON: [Key; 7] = [
    key("type", Kind::Text, "`quick_reply`, `url`, `phone_number`, `copy_code` or `otp`"),
    key("text", Kind::Text, "the label"),
    key("url", Kind::Text, "the address, with at most one placeholder at its end"),
    key("samples", Kind::List, "the sample of a numbered placeholder in the address"),
    key("phone_number", Kind::Text, "the number to call, with its country code"),
    key("example", Kind::Text, "a sample of the code to copy"),
    key("otp_type", Kind::Text, "`copy_code`"),
];
