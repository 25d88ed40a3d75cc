//! Ways to break a valid template, each in exactly one way, and ways to come as close to breaking it as is allowed.

mod authentication;
mod buttons;
mod carousels;
mod components;
mod placeholders;
mod top;

use serde_json::{Map, Value, json};

use super::generate::Kind;
use crate::support::dice::Dice;

/// What linter and sandbox have to say of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// Both refuse it.
    Refused,
    /// Neither does.
    Accepted,
    /// Either; both the same.
    Equal,
    /// Agreed: the sandbox refuses it, and the linter says less than an error, or names another end. With the reason.
    OnlySandbox(&'static str),
    /// Agreed: the linter refuses it, and the sandbox does not. With the reason.
    OnlyLinter(&'static str),
}

use Expect::{Accepted, Equal, OnlyLinter, OnlySandbox, Refused};

/// One way to break a template.
pub(super) struct Mutation {
    pub(super) name: &'static str,
    /// The entries of the catalogue of Meta's rules that it is about.
    pub(super) entries: &'static [&'static str],
    pub(super) kinds: &'static [Kind],
    pub(super) expect: Expect,
    /// Breaks the source; false where this template has nothing to break.
    pub(super) apply: fn(&mut Value, &mut Dice) -> bool,
    /// Breaks what was compiled from the unbroken source, where the compiler would leave the mistake out.
    pub(super) sent: Option<fn(&mut Value)>,
}

impl Mutation {
    const fn new(
        name: &'static str,
        entries: &'static [&'static str],
        kinds: &'static [Kind],
        expect: Expect,
        apply: fn(&mut Value, &mut Dice) -> bool,
    ) -> Self {
        Self { name, entries, kinds, expect, apply, sent: None }
    }

    const fn sent(mut self, sent: fn(&mut Value)) -> Self {
        self.sent = Some(sent);
        self
    }
}

/// All of them.
pub(super) fn all() -> Vec<&'static Mutation> {
    let tables = [
        top::MUTATIONS,
        components::MUTATIONS,
        buttons::MUTATIONS,
        placeholders::MUTATIONS,
        authentication::MUTATIONS,
        carousels::MUTATIONS,
    ];
    tables.into_iter().flatten().collect()
}

const ANY: &[Kind] = &super::generate::KINDS;
const FILLED: Expect = OnlyLinter(
    "the compiler sends the address with its sample filled in; without a sample it sends the fixed part, which passes for one",
);

/// Templates whose body has no placeholder.
const FIXED: &[Kind] = &[Kind::Fixed];
const NUMBERED: &[Kind] = &[Kind::Numbered];
/// Templates with a body text of the usual length.
const BODIES: &[Kind] = &[
    Kind::Plain,
    Kind::Fixed,
    Kind::Numbered,
    Kind::MediaCarousel,
    Kind::ProductCarousel,
    Kind::Catalog,
    Kind::Products,
    Kind::Permission,
    Kind::Order,
];

/// A map, which a template and its parts are.
fn map(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// Sets a key at the top.
fn set(template: &mut Value, key: &str, value: Value) -> bool {
    map(template).insert(key.to_owned(), value);
    true
}

/// Takes a key away from the top.
fn unset(template: &mut Value, key: &str) -> bool {
    map(template).remove(key).is_some()
}

/// Where a component is: at the top or in one of the languages, whichever language the dice choose.
fn place(template: &Value, key: &str, dice: &mut Dice) -> Option<String> {
    let mut found: Vec<String> = template.get(key).map(|_| format!("/{key}")).into_iter().collect();
    let languages = template.get("languages").and_then(Value::as_object);
    for (code, version) in languages.into_iter().flatten() {
        found.extend(version.get(key).map(|_| format!("/languages/{code}/{key}")));
    }
    (!found.is_empty()).then(|| dice.pick(&found).clone())
}

/// Replaces a component of one version, or adds it.
fn put(template: &mut Value, dice: &mut Dice, key: &str, value: Value) -> bool {
    let codes: Vec<String> = match template.get("languages") {
        Some(Value::Object(languages)) => languages.keys().cloned().collect(),
        _ => Vec::new(),
    };
    match codes.is_empty() {
        true => set(template, key, value),
        false => {
            let pointer = format!("/languages/{}", dice.pick(&codes));
            set(template.pointer_mut(&pointer).unwrap(), key, value)
        }
    }
}

/// Leaves a component out of every version.
fn drop_everywhere(template: &mut Value, key: &str) -> bool {
    let mut found = unset(template, key);
    if let Some(Value::Object(languages)) = template.get_mut("languages") {
        languages.values_mut().for_each(|version| found |= map(version).remove(key).is_some());
    }
    found
}

/// The text of a component, in its short or long form.
fn text_of(component: &mut Value) -> Option<&mut String> {
    match component {
        Value::String(text) => Some(text),
        Value::Object(inner) => match inner.get_mut("text") {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Changes the text of one body.
fn body(template: &mut Value, dice: &mut Dice, change: impl FnOnce(&mut String)) -> bool {
    let Some(pointer) = place(template, "body", dice) else { return false };
    match text_of(template.pointer_mut(&pointer).unwrap()) {
        Some(text) => {
            change(text);
            true
        }
        None => false,
    }
}

/// Says something more in one body, between words.
fn say(template: &mut Value, dice: &mut Dice, snippet: &str) -> bool {
    body(template, dice, |text| {
        *text = format!("{text}\nThere is also {snippet} for all of you to look at here");
    })
}

/// Gives one body a text and samples of its own.
fn body_with(template: &mut Value, dice: &mut Dice, text: &str, samples: &[&str]) -> bool {
    put(template, dice, "body", json!({ "text": text, "samples": samples }))
}

/// The components of a type in a payload.
fn wire<'w>(payload: &'w mut Value, kind: &str) -> &'w mut Value {
    let components = payload["components"].as_array_mut().unwrap();
    components.iter_mut().find(|component| component["type"] == kind).unwrap()
}

/// A text of so many characters, none of which is ASCII.
fn long(characters: usize) -> String {
    "größe ".chars().cycle().take(characters - 1).chain(['x']).collect()
}
