//! Components and buttons as keys and values.

use serde_json::{Map, Value, json};

use crate::format::is_block;
use crate::import::entry::bare_word;
use crate::import::escape::source_text;
use crate::import::path::sample_path;
use crate::model::{FlowAction, MediaFormat, OtpType};
use crate::payload::{Button, Component, Deployed, FixedButton, MediaSample, Samples};
use crate::syntax::text::{self, Reference, SegmentKind};

/// Meta's English labels of code buttons, which can be omitted.
const CODE_LABELS: [&str; 2] = ["Copy code", "Autofill"];

/// What a component needs to know of its template.
pub(super) struct Naming<'a> {
    name: &'a str,
    /// Whether labels of code buttons are Meta's translations.
    generated_labels: bool,
}

impl<'a> Naming<'a> {
    pub(super) fn new(name: &'a str, versions: &[&Deployed]) -> Self {
        // Who writes labels writes them in every language: where the English one is Meta's, so are the others.
        let english = versions.iter().filter(|version| version.key.language.starts_with("en"));
        let labels = english.flat_map(|version| &version.components).filter_map(code_label);
        Self { name, generated_labels: labels.clone().count() > 0 && labels.clone().all(is_generated) }
    }

    /// The key of a component and its value; nothing where there is no key for it.
    pub(super) fn component(&self, component: &Component) -> Option<(&'static str, Value)> {
        Some(match component {
            Component::HeaderText { text, samples } => ("header", header_text(text, samples)?),
            Component::HeaderMedia { format, sample } => ("header", self.media(*format, sample, None)),
            Component::HeaderLocation => ("header", bare_word("location")),
            Component::HeaderProduct => ("header", bare_word("product")),
            Component::LimitedTimeOffer { text, has_expiration } => {
                let text = wire(text)?;
                let offer = match has_expiration {
                    Some(flag) => json!({ "text": text, "has_expiration": flag }),
                    None => text.into(),
                };
                ("limited_time_offer", offer)
            }
            Component::CallPermissionRequest => ("call_permission_request", true.into()),
            Component::Carousel(cards) => {
                let cards = cards.iter().enumerate().map(|(index, card)| self.card(index, card));
                ("carousel", cards.collect::<Option<Vec<_>>>()?.into())
            }
            Component::Body { text, samples } => ("body", with_samples(prose(text)?, samples)),
            Component::AuthenticationBody { add_security_recommendation } => {
                ("body", json!({ "add_security_recommendation": add_security_recommendation }))
            }
            Component::Footer { text } => ("footer", prose(text)?.into()),
            Component::AuthenticationFooter { code_expiration_minutes } => {
                ("footer", json!({ "code_expiration_minutes": code_expiration_minutes }))
            }
            Component::Buttons(buttons) if !buttons.is_empty() => {
                let buttons = buttons.iter().map(|button| self.button(button));
                ("buttons", buttons.collect::<Option<Vec<_>>>()?.into())
            }
            Component::Buttons(_) | Component::Opaque(_) => return None,
        })
    }

    fn media(&self, format: MediaFormat, sample: &MediaSample, card: Option<usize>) -> Value {
        let path = match sample {
            MediaSample::File { path, .. } => path.clone(),
            MediaSample::Handle(_) | MediaSample::Link(_) => sample_path(self.name, format, card),
        };
        json!({ format.as_str(): path })
    }

    fn card(&self, index: usize, card: &[Component]) -> Option<Value> {
        let mut fields = Map::new();
        for component in card {
            let (key, value) = match component {
                Component::HeaderMedia { format, sample } => {
                    ("header", self.media(*format, sample, Some(index)))
                }
                other => self.component(other)?,
            };
            if !matches!(key, "header" | "body" | "buttons") || fields.insert(key.to_owned(), value).is_some()
            {
                return None;
            }
        }
        Some(Value::Object(fields))
    }

    fn button(&self, button: &Button) -> Option<Value> {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        put("type", kind(button)?.into());
        match button {
            Button::QuickReply { text } => return Some(wire(text)?.into()),
            Button::OrderDetails { text } => put("text", wire(text)?.into()),
            Button::Url { text, url, example, app_deep_link } => {
                put("text", wire(text)?.into());
                let url = decoded(url);
                put("url", wire(&url)?.into());
                if let Some(sample) = example.as_ref().filter(|_| url.contains("{{")) {
                    put("samples", json!([url_sample(&url, sample)]));
                }
                if !app_deep_link.is_empty() {
                    let link =
                        app_deep_link.iter().map(|(key, text)| ((*key).to_owned(), text.as_str().into()));
                    put("app_deep_link", Value::Object(link.collect()));
                }
            }
            Button::PhoneNumber { text, phone_number } => {
                put("text", wire(text)?.into());
                put("phone_number", wire(phone_number)?.into());
            }
            Button::CopyCode { example } => put("example", example.clone()?.into()),
            Button::Otp { otp_type, text, autofill_text, supported_apps, zero_tap_terms_accepted } => {
                put("otp_type", otp_type.as_str().into());
                let own = |label: &&String| !self.generated_labels && !is_generated(label);
                if let Some(label) = text.as_ref().filter(own) {
                    put("text", wire(label)?.into());
                }
                if let Some(label) = autofill_text.as_ref().filter(own) {
                    put("autofill_text", wire(label)?.into());
                }
                if !supported_apps.is_empty() {
                    let app = |(name, hash): &(String, String)| json!({ "package_name": name, "signature_hash": hash });
                    put("supported_apps", supported_apps.iter().map(app).collect());
                }
                // Meta creates none without them.
                let accepted = zero_tap_terms_accepted.or((*otp_type == OtpType::ZeroTap).then_some(true));
                if let Some(flag) = accepted {
                    put("zero_tap_terms_accepted", flag.into());
                }
            }
            Button::Flow { text, flow: (key, flow), action, navigate_screen, icon } => {
                put("text", wire(text)?.into());
                put(key, flow.as_str().into());
                let screen = navigate_screen.as_deref().map(Value::from);
                let further = [
                    ("flow_action", action.map(FlowAction::as_str).map(Value::from)),
                    ("navigate_screen", screen),
                    ("icon", icon.as_ref().map(|icon| icon.to_ascii_lowercase().into())),
                ];
                further
                    .into_iter()
                    .for_each(|(key, value)| value.into_iter().for_each(|value| put(key, value)));
            }
            Button::VoiceCall { text, ttl_minutes } => {
                put("text", wire(text)?.into());
                ttl_minutes.iter().for_each(|minutes| put("ttl_minutes", (*minutes).into()));
            }
            Button::Fixed(_) | Button::Opaque(_) => {}
        }
        Some(Value::Object(fields))
    }
}

/// Returns the word for the type of a button, if there is one.
fn kind(button: &Button) -> Option<&'static str> {
    Some(match button {
        Button::QuickReply { .. } => "quick_reply",
        Button::Url { .. } => "url",
        Button::PhoneNumber { .. } => "phone_number",
        Button::CopyCode { .. } => "copy_code",
        Button::Otp { .. } => "otp",
        Button::Flow { .. } => "flow",
        Button::Fixed(FixedButton::Catalog) => "catalog",
        Button::Fixed(FixedButton::Mpm) => "mpm",
        Button::Fixed(FixedButton::Spm) => "spm",
        Button::Fixed(FixedButton::RequestContactInfo) => "request_contact_info",
        Button::VoiceCall { .. } => "voice_call",
        Button::OrderDetails { .. } => "order_details",
        Button::Opaque(_) => return None,
    })
}

/// The label of a code button.
fn code_label(component: &Component) -> Option<&str> {
    let Component::Buttons(buttons) = component else { return None };
    buttons.iter().find_map(|button| match button {
        Button::Otp { text, .. } => text.as_deref(),
        _ => None,
    })
}

fn is_generated(label: &(impl AsRef<str> + ?Sized)) -> bool {
    CODE_LABELS.contains(&label.as_ref())
}

/// The text whose placeholders may be names.
pub(super) fn text(component: &Component) -> Option<&str> {
    match component {
        Component::HeaderText { text, .. } | Component::Body { text, .. } => Some(text),
        _ => None,
    }
}

/// The samples of a component and of what it holds.
pub(super) fn samples(component: &Component) -> Vec<&Samples> {
    match component {
        Component::HeaderText { samples, .. } | Component::Body { samples, .. } => vec![samples],
        Component::Carousel(cards) => cards.iter().flatten().flat_map(samples).collect(),
        _ => Vec::new(),
    }
}

/// Returns the names in a text.
pub(super) fn names(wire: &str) -> Vec<String> {
    let pieces = text::parse(wire).into_iter().filter_map(|piece| match piece.kind {
        SegmentKind::Placeholder(placeholder) => match placeholder.reference {
            Reference::Name(name) if wire.get(piece.range)?.starts_with('{') => Some(name),
            _ => None,
        },
        _ => None,
    });
    pieces.collect()
}

fn wire(text: &str) -> Option<String> {
    source_text(text, &|_| None)
}

/// A text of several lines ends in a line break, as a block does; that one is the notation's.
fn prose(text: &str) -> Option<String> {
    let mut source = wire(text)?;
    if source.contains('\n') && is_block(&source) {
        source.push('\n');
    }
    Some(source)
}

fn header_text(text: &str, samples: &Samples) -> Option<Value> {
    let source = wire(text)?;
    // Alone, these words would be kinds of headers.
    let is_word = matches!(source.as_str(), "location" | "product");
    Some(if is_word { json!({ "text": source }) } else { with_samples(source, samples) })
}

fn with_samples(text: String, samples: &Samples) -> Value {
    match samples {
        Samples::Positional(samples) if !samples.is_empty() => json!({ "text": text, "samples": samples }),
        _ => text.into(),
    }
}

/// The address with the braces of its placeholder as braces.
fn decoded(url: &str) -> String {
    ["%7B%7B1%7D%7D", "%7b%7b1%7d%7d"].iter().fold(url.to_owned(), |url, code| url.replace(code, "{{1}}"))
}

/// What stands for the placeholder: Meta takes and gives the whole address as well as that part.
fn url_sample(url: &str, sample: &str) -> String {
    let (before, rest) = url.split_once("{{").unwrap_or((url, ""));
    let after = rest.split_once("}}").map_or("", |(_, after)| after);
    let inner = sample.strip_prefix(before).and_then(|inner| inner.strip_suffix(after));
    inner.unwrap_or(sample).to_owned()
}
