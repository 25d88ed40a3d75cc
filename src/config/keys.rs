//! The keys of `watpl.yaml`.

use crate::platform::keys::{Key, TextForm, ValueKind, key};

/// Every table, by the name that the schema and the reference give it.
pub static TABLES: &[(&str, &[Key])] = &[
    ("configuration", &TOP),
    ("lint", &LINT),
    ("override", &OVERRIDE),
    ("account", &ACCOUNT),
    ("token", &TOKEN),
    ("sync", &SYNC),
];

/// The severities of rules.
const SEVERITIES: [&str; 4] = ["off", "info", "warning", "error"];

pub(super) static TOP: [Key; 8] = [
    key("templates", ValueKind::Texts, "template files and folders"),
    key(
        "placeholders",
        ValueKind::Text,
        "`braces` or `angles`: the placeholder style that watpl writes to files",
    )
    .one_of(&["braces", "angles"]),
    key("default_account", ValueKind::Text, "the account that commands use without `--account`")
        .example("sandbox"),
    key("languages", ValueKind::Texts, "languages that every template must have").form(TextForm::Language),
    key("constants", ValueKind::Map, "values of `${name}`").names(TextForm::Constant),
    key("lint", ValueKind::Map, "lint settings").map(&LINT),
    key("accounts", ValueKind::Map, "accounts by name").names(TextForm::Account).map(&ACCOUNT),
    key("sync", ValueKind::Map, "settings of `watpl sync`").map(&SYNC),
];

pub(super) static LINT: [Key; 2] = [
    key("rules", ValueKind::Map, "`off`, `info`, `warning` or `error` for each rule")
        .names(TextForm::Rule)
        .one_of(&SEVERITIES),
    key("overrides", ValueKind::List, "different severities for some files; later entries win")
        .map(&OVERRIDE),
];

pub(super) static OVERRIDE: [Key; 2] = [
    key("files", ValueKind::Texts, "paths or globs, relative to the folder of `watpl.yaml`")
        .required()
        .example("templates/old/**"),
    key("rules", ValueKind::Map, "`off`, `info`, `warning` or `error` for each rule")
        .names(TextForm::Rule)
        .one_of(&SEVERITIES)
        .required(),
];

pub(super) static ACCOUNT: [Key; 8] = [
    key("kind", ValueKind::Text, "`sandbox` for the embedded sandbox").one_of(&["sandbox", "meta"]),
    key("waba_id", ValueKind::Text, "the id of the WhatsApp Business Account")
        .form(TextForm::Id)
        .example("102290129340398"),
    key("app_id", ValueKind::Text, "the id of the app, which media uploads need").form(TextForm::Id),
    key("phone_number_id", ValueKind::Text, "the id of the phone number to send from").form(TextForm::Id),
    key("api_version", ValueKind::Text, "the Graph API version").form(TextForm::ApiVersion).example("v26.0"),
    key("token", ValueKind::TextOrMap, "where the token comes from").form(TextForm::Forbidden).map(&TOKEN),
    key("constants", ValueKind::Map, "constants of this account").names(TextForm::Constant),
    key("select", ValueKind::Texts, "the templates of this account: names, globs, `tag:…`, `lang:…`"),
];

pub(super) static TOKEN: [Key; 3] = [
    key("env", ValueKind::Text, "an environment variable").example("WATPL_TOKEN"),
    key("file", ValueKind::Text, "a file"),
    key("command", ValueKind::Texts, "a program and its arguments"),
];

pub(super) static SYNC: [Key; 3] = [
    key("unmanaged", ValueKind::Text, "`report` or `ignore` templates that watpl did not create")
        .one_of(&["report", "ignore"]),
    key("protect", ValueKind::Texts, "names that are never deleted").form(TextForm::Template),
    key("max_deletes", ValueKind::Number, "largest number of deletions in one run"),
];
