//! Tables of keys, in Markdown: the reference of the language.

use crate::platform::keys::{Key, TextForm, ValueKind};

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
        (ValueKind::Text, ..) => "text",
        (ValueKind::Number, ..) => "whole number",
        (ValueKind::Bool, ..) => "`true`, `false`",
        (ValueKind::Texts, ..) => "text or list of texts",
        (ValueKind::List, ..) if key.table.is_empty() && key.or_text => "list of texts",
        (ValueKind::List, _, true) => "list of texts and maps",
        (ValueKind::List, ..) if !key.table.is_empty() => "list of maps",
        (ValueKind::List, ..) => "list",
        (ValueKind::Map, true, _) if key.table.is_empty() => "texts by name",
        (ValueKind::Map, true, true) => "texts or maps by name",
        (ValueKind::Map, true, false) => "maps by name",
        (ValueKind::Map, false, _) => "map",
        (ValueKind::TextOrMap, ..) if key.form == TextForm::Forbidden => "map",
        (ValueKind::TextOrMap, ..) => "text or map",
        (ValueKind::MapOrList, ..) => "map or list",
    }
}
