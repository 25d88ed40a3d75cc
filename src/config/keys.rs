//! The keys of `watpl.yaml`.

use crate::platform::keys::{Key, Kind};

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, doc }
}

pub(super) static TOP: [Key; 8] = [
    key("templates", Kind::Texts, "folders and files that hold templates"),
    key("placeholders", Kind::Text, "`braces` or `angles`: what is written into files"),
    key("default_account", Kind::Text, "the account that commands act on"),
    key("languages", Kind::Texts, "languages that every template should have"),
    key("constants", Kind::Map, "what `${name}` stands for"),
    key("lint", Kind::Map, "what the linter looks at"),
    key("accounts", Kind::Map, "accounts by name"),
    key("sync", Kind::Map, "what `watpl sync` may do"),
];

pub(super) static LINT: [Key; 1] =
    [key("rules", Kind::Map, "`off`, `info`, `warning` or `error` for each rule")];

pub(super) static ACCOUNT: [Key; 8] = [
    key("kind", Kind::Text, "`sandbox` for the embedded sandbox"),
    key("waba_id", Kind::Text, "the id of the WhatsApp Business Account"),
    key("app_id", Kind::Text, "the id of the app, which uploads of media samples need"),
    key("phone_number_id", Kind::Text, "the id of the phone number to send from"),
    key("api_version", Kind::Text, "the Graph API version"),
    key("token", Kind::TextOrMap, "where the token comes from"),
    key("constants", Kind::Map, "constants of this account"),
    key("select", Kind::Texts, "the templates that live there: names, globs, `tag:…`"),
];

pub(super) static TOKEN: [Key; 3] = [
    key("env", Kind::Text, "an environment variable"),
    key("file", Kind::Text, "a file"),
    key("command", Kind::Texts, "a program and its arguments"),
];

pub(super) static SYNC: [Key; 3] = [
    key("unmanaged", Kind::Text, "`report` or `ignore` templates that are not ours"),
    key("protect", Kind::Texts, "names that are never deleted"),
    key("max_deletes", Kind::Number, "most deletions of one run"),
];
