//! The keys of `watpl.yaml`.

use crate::platform::keys::{Form, Key, Kind, key};

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
    key("templates", Kind::Texts, "template files and folders"),
    key("placeholders", Kind::Text, "`braces` or `angles`: the placeholder style that watpl writes to files")
        .one_of(&["braces", "angles"]),
    key("default_account", Kind::Text, "the account that commands use without `--account`")
        .example("sandbox"),
    key("languages", Kind::Texts, "languages that every template must have").form(Form::Language),
    key("constants", Kind::Map, "values of `${name}`").names(Form::Constant),
    key("lint", Kind::Map, "lint settings").map(&LINT),
    key("accounts", Kind::Map, "accounts by name").names(Form::Account).map(&ACCOUNT),
    key("sync", Kind::Map, "settings of `watpl sync`").map(&SYNC),
];

pub(super) static LINT: [Key; 2] = [
    key("rules", Kind::Map, "`off`, `info`, `warning` or `error` for each rule")
        .names(Form::Rule)
        .one_of(&SEVERITIES),
    key("overrides", Kind::List, "different severities for some files; later entries win").map(&OVERRIDE),
];

pub(super) static OVERRIDE: [Key; 2] = [
    key("files", Kind::Texts, "paths or globs, relative to the folder of `watpl.yaml`")
        .required()
        .example("templates/old/**"),
    key("rules", Kind::Map, "`off`, `info`, `warning` or `error` for each rule")
        .names(Form::Rule)
        .one_of(&SEVERITIES)
        .required(),
];

pub(super) static ACCOUNT: [Key; 8] = [
    key("kind", Kind::Text, "`sandbox` for the embedded sandbox").one_of(&["sandbox", "meta"]),
    key("waba_id", Kind::Text, "the id of the WhatsApp Business Account")
        .form(Form::Id)
        .example("102290129340398"),
    key("app_id", Kind::Text, "the id of the app, which media uploads need").form(Form::Id),
    key("phone_number_id", Kind::Text, "the id of the phone number to send from").form(Form::Id),
    key("api_version", Kind::Text, "the Graph API version").form(Form::ApiVersion).example("v26.0"),
    key("token", Kind::TextOrMap, "where the token comes from").form(Form::Forbidden).map(&TOKEN),
    key("constants", Kind::Map, "constants of this account").names(Form::Constant),
    key("select", Kind::Texts, "the templates of this account: names, globs, `tag:…`, `lang:…`"),
];

pub(super) static TOKEN: [Key; 3] = [
    key("env", Kind::Text, "an environment variable").example("WATPL_TOKEN"),
    key("file", Kind::Text, "a file"),
    key("command", Kind::Texts, "a program and its arguments"),
];

pub(super) static SYNC: [Key; 3] = [
    key("unmanaged", Kind::Text, "`report` or `ignore` templates that watpl did not create")
        .one_of(&["report", "ignore"]),
    key("protect", Kind::Texts, "names that are never deleted").form(Form::Template),
    key("max_deletes", Kind::Number, "largest number of deletions in one run"),
];
