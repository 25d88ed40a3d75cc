//! Tables of keys, in Markdown: the reference of the language.

use crate::platform::keys::{Form, Key, Kind};

/// A table of keys.
pub fn table(keys: &[Key]) -> String {
    let mut text = String::from("| key | takes | meaning |\n|---|---|---|\n");
    for key in keys {
        let needed = if key.is_required { " (required)" } else { "" };
        let example = key.example.map(|example| format!("; for example `{example}`")).unwrap_or_default();
        let meaning = format!("{}{example}", key.doc).replace('|', "\\|");
        text += &format!("| `{}`{needed} | {} | {meaning} |\n", key.name, takes(key));
    }
    text
}

fn takes(key: &Key) -> &'static str {
    match (key.kind, key.names.is_some(), key.or_text) {
        (Kind::Text, ..) => "text",
        (Kind::Number, ..) => "whole number",
        (Kind::Bool, ..) => "`true`, `false`",
        (Kind::Texts, ..) => "text or list of texts",
        (Kind::List, ..) if key.table.is_empty() && key.or_text => "list of texts",
        (Kind::List, _, true) => "list of texts and maps",
        (Kind::List, ..) if !key.table.is_empty() => "list of maps",
        (Kind::List, ..) => "list",
        (Kind::Map, true, _) if key.table.is_empty() => "texts by name",
        (Kind::Map, true, true) => "texts or maps by name",
        (Kind::Map, true, false) => "maps by name",
        (Kind::Map, false, _) => "map",
        (Kind::TextOrMap, ..) if key.form == Form::Forbidden => "map",
        (Kind::TextOrMap, ..) => "text or map",
        (Kind::MapOrList, ..) => "map or list",
    }
}
