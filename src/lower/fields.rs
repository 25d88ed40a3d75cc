//! The entries of a map, read by a table of keys.

use crate::diagnostic::{Diagnostic, Severity};
use crate::platform::keys::{FOREIGN, Key, ValueKind};
use crate::source::{Span, Spanned};
use crate::suggest;
use crate::syntax::tree::{Entry, Node, Scalar, Value};

use super::rules::{DUPLICATE_KEY, INVALID_VALUE, UNKNOWN_KEY, WRONG_KIND};

/// How many unknown keys of one map are reported one by one.
const MAX_UNKNOWN_KEYS: usize = 20;
/// Entries that a map has at most where nearly all have fewer.
const FEW: usize = 32;

/// The known entries of a map, the first of each key.
#[derive(Debug)]
pub struct Fields<'t, 's> {
    found: Vec<(&'static str, &'t Node<'s>)>,
}

impl<'t, 's> Fields<'t, 's> {
    /// Reads a map by its table and reports unknown, repeated and wrongly filled keys. What is no map has no fields.
    pub fn read(
        node: &'t Node<'s>,
        table: &'static [Key],
        what: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut fields = Self { found: Vec::new() };
        match &node.value {
            Value::Map(entries) => {
                fields.found.reserve_exact(entries.len().min(table.len()));
                duplicates(entries, diagnostics);
                let mut unknown = Vec::new();
                for entry in entries {
                    match table.iter().find(|key| key.name == entry.key) {
                        Some(key) => fields.take(key, entry, diagnostics),
                        None => unknown.push(entry),
                    }
                }
                unknown_keys(&unknown, table, what, diagnostics);
            }
            Value::Null | Value::Broken => {}
            _ => diagnostics.push(wrong_kind(node, what, "a map")),
        }
        fields
    }

    /// The value of a key; nothing where it is absent, null, or of the wrong kind.
    pub fn get(&self, key: &str) -> Option<&'t Node<'s>> {
        self.found.iter().find(|(name, _)| *name == key).map(|(_, node)| *node)
    }

    /// The scalar of a key.
    pub fn scalar(&self, key: &str) -> Option<(&'t Scalar<'s>, Span)> {
        self.get(key).and_then(|node| node.scalar().map(|scalar| (scalar, node.span)))
    }

    /// The text of a key, without line breaks at its end.
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        let (scalar, span) = self.scalar(key)?;
        Some(Spanned::new(scalar.text.trim_end_matches('\n').to_owned(), span))
    }

    /// The texts of a key: of a list, or the only one.
    pub fn texts(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| item(node, key, diagnostics)).collect(),
            _ => item(node, key, diagnostics).into_iter().collect(),
        }
    }

    /// The truth value of a key.
    pub fn bool(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<bool>> {
        let text = self.text(key)?;
        match text.value.to_ascii_lowercase().as_str() {
            "true" => Some(Spanned::new(true, text.span)),
            "false" => Some(Spanned::new(false, text.span)),
            _ => {
                let message = format!("`{key}` must be `true` or `false`, not `{}`", shortened(&text.value));
                diagnostics
                    .push(Diagnostic::new(&INVALID_VALUE, text.span, message).help("use `true` or `false`"));
                None
            }
        }
    }

    /// The whole number of a key.
    pub fn number(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<i64>> {
        let text = self.text(key)?;
        let number = text.value.parse().ok();
        if number.is_none() {
            let message = format!("`{key}` must be a whole number, not `{}`", shortened(&text.value));
            diagnostics.push(Diagnostic::new(&INVALID_VALUE, text.span, message).help("use only digits"));
        }
        number.map(|number| Spanned::new(number, text.span))
    }

    fn take(&mut self, key: &'static Key, entry: &'t Entry<'s>, diagnostics: &mut Vec<Diagnostic>) {
        let fits = match (&entry.value.value, key.kind) {
            (Value::Null | Value::Broken, _) => return,
            (
                Value::Scalar(_),
                ValueKind::Text
                | ValueKind::Number
                | ValueKind::Bool
                | ValueKind::Texts
                | ValueKind::TextOrMap,
            ) => true,
            (Value::List(_), ValueKind::List | ValueKind::Texts | ValueKind::MapOrList) => true,
            (Value::Map(_), ValueKind::Map | ValueKind::TextOrMap | ValueKind::MapOrList) => true,
            _ => false,
        };
        if !fits {
            diagnostics.push(wrong_kind(&entry.value, &format!("`{}`", key.name), wanted(key.kind)));
        } else if self.get(key.name).is_none() {
            self.found.push((key.name, &entry.value));
        }
    }
}

fn item(node: &Node<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    match node.scalar() {
        Some(scalar) => Some(Spanned::new(scalar.text.clone().into_owned(), node.span)),
        None => {
            diagnostics.push(wrong_kind(node, &format!("each of `{key}`"), "a text"));
            None
        }
    }
}

fn wanted(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a text",
        ValueKind::Number => "a whole number",
        ValueKind::Bool => "`true` or `false`",
        ValueKind::Texts => "a list of texts",
        ValueKind::List => "a list",
        ValueKind::Map => "a map",
        ValueKind::TextOrMap => "a text or a map",
        ValueKind::MapOrList => "a map or a list",
    }
}

fn wrong_kind(node: &Node<'_>, what: &str, wanted: &str) -> Diagnostic {
    let message = format!("{what} must be {wanted}, but this is {}", node.kind());
    Diagnostic::new(&WRONG_KIND, node.span, message).help(format!("use {wanted} here"))
}

/// Reports unknown keys, the first ones by name and the rest by their number.
fn unknown_keys(
    unknown: &[&Entry<'_>],
    table: &'static [Key],
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(unknown.iter().take(MAX_UNKNOWN_KEYS).map(|entry| unknown_key(entry, table, what)));
    if let Some(next) = unknown.get(MAX_UNKNOWN_KEYS) {
        let more = unknown.len() - MAX_UNKNOWN_KEYS;
        let message = format!("{more} more keys are unknown");
        let help = "this may not be a template; if so, move the file out of the templates folder";
        diagnostics.push(Diagnostic::new(&UNKNOWN_KEY, next.key_span, message).help(help));
    }
}

fn unknown_key(entry: &Entry<'_>, table: &'static [Key], what: &str) -> Diagnostic {
    let message = format!("`{}` is not a key of a {}", shortened(&entry.key), what.trim_matches('`'));
    let diagnostic = Diagnostic::new(&UNKNOWN_KEY, entry.key_span, message);
    let foreign = FOREIGN.iter().find(|(key, _)| key.eq_ignore_ascii_case(&entry.key));
    if let Some((_, help)) = foreign {
        let diagnostic = diagnostic.help(*help);
        // Meta takes it and does nothing.
        let harmless = entry.key.eq_ignore_ascii_case("allow_category_change");
        return if harmless { diagnostic.severity(Severity::Warning) } else { diagnostic };
    }
    match suggest::closest(&entry.key, table.iter().map(|key| key.name)) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => {
            let names: Vec<&str> = table.iter().map(|key| key.name).collect();
            diagnostic.help(format!("the keys here are {}", names.join(", ")))
        }
    }
}

/// Reports duplicate keys.
pub(super) fn duplicates(entries: &[Entry<'_>], diagnostics: &mut Vec<Diagnostic>) {
    // Few keys are compared with each other sooner than a map of them is made.
    let is_repeated = |(index, entry): (usize, &Entry<'_>)| {
        entries.iter().take(index).any(|earlier| earlier.key == entry.key)
    };
    if entries.len() <= FEW && !entries.iter().enumerate().any(is_repeated) {
        return;
    }
    let mut seen = std::collections::HashMap::with_capacity(entries.len());
    for entry in entries {
        let Some(first) = seen.get(&entry.key) else {
            seen.insert(&entry.key, entry.key_span);
            continue;
        };
        let message = format!("`{}` is defined twice", shortened(&entry.key));
        diagnostics.push(
            Diagnostic::new(&DUPLICATE_KEY, entry.key_span, message)
                .label("only the first definition is used")
                .related(*first, "first definition")
                .help("delete one of them"),
        );
    }
}

/// A text as it is quoted in a message: a line, and not too long.
pub fn shortened(text: &str) -> String {
    const LIMIT: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && line.chars().count() <= LIMIT {
        return text.to_owned();
    }
    let start: String = line.chars().take(LIMIT).collect();
    format!("{start}…")
}
