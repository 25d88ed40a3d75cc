//! Payloads and deployed versions to one normal form, in which equal means equal as users would see it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::model::{MediaFormat, OtpType, ParameterFormat};
use crate::payload::{Button, Component, Deployed, Payload, Samples};

/// What users see of a version, and what reviewers see in place of its variables.
///
/// Left out: what Meta decides (id, status, category, quality), what does not read back (media samples, labels that
/// Meta writes), and differences of spelling (order of components, case, the plus of phone numbers).
#[derive(Clone, Debug, PartialEq)]
pub struct Normal {
    /// How long delivery is tried; Meta clears it when it changes a category.
    pub ttl: Option<i64>,
    /// How placeholders are written; says nothing where there is none.
    pub parameter_format: Option<ParameterFormat>,
    /// The components without samples, in a fixed order.
    pub components: Vec<Component>,
    /// The samples, in the same order.
    pub samples: Vec<String>,
}

/// The normal form of what is to be sent.
pub fn payload(payload: &Payload) -> Normal {
    normal(&payload.components, payload.parameter_format, payload.ttl)
}

/// The normal form of what is there.
pub fn deployed(deployed: &Deployed) -> Normal {
    normal(&deployed.components, deployed.parameter_format, deployed.ttl)
}

impl Normal {
    /// The content as text, a line a thing: what differences are shown in, and what hashes are made of.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for component in &self.components {
            render(&mut text, component);
        }
        // Writing to a string cannot fail.
        if let Some(ttl) = self.ttl {
            let _ = writeln!(text, "ttl: {ttl} seconds");
        }
        if self.parameter_format == Some(ParameterFormat::Named) {
            text.push_str("parameter_format: named\n");
        }
        text
    }

    /// The SHA-256 of the content, in hexadecimal. Samples do not count.
    pub fn digest(&self) -> String {
        digest(&self.render())
    }

    /// The SHA-256 of the samples, in hexadecimal.
    pub fn samples_digest(&self) -> String {
        digest(&self.samples.join("\u{0}"))
    }

    /// Whether users would see a difference.
    pub fn differs(&self, other: &Self) -> bool {
        self.render() != other.render()
    }

    /// Whether reviewers would see other samples; unknown, so no, where Meta gives none back.
    pub fn samples_differ(&self, other: &Self) -> bool {
        !self.samples.is_empty() && !other.samples.is_empty() && self.samples != other.samples
    }
}

/// The SHA-256 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn normal(components: &[Component], format: ParameterFormat, ttl: Option<i64>) -> Normal {
    let mut components: Vec<_> = components.to_vec();
    components.sort_by_key(rank);
    let mut samples = Vec::new();
    for component in &mut components {
        strip(component, &mut samples);
    }
    components.retain(|component| !matches!(component, Component::Buttons(buttons) if buttons.is_empty()));
    let has_placeholder = components.iter().any(|component| match component {
        Component::HeaderText { text, .. } | Component::Body { text, .. } => text.contains("{{"),
        _ => false,
    });
    Normal { ttl, parameter_format: has_placeholder.then_some(format), components, samples }
}

/// Meta's order: header, body, footer, buttons, then what this version does not know.
fn rank(component: &Component) -> u8 {
    match component {
        Component::HeaderText { .. } | Component::HeaderMedia { .. } | Component::HeaderLocation => 0,
        Component::Body { .. } | Component::AuthenticationBody { .. } => 1,
        Component::Footer { .. } | Component::AuthenticationFooter { .. } => 2,
        Component::Buttons(_) => 3,
        Component::Opaque(_) => 4,
    }
}

/// Moves the samples out, and evens out what reads back otherwise than it was written.
fn strip(component: &mut Component, samples: &mut Vec<String>) {
    match component {
        Component::HeaderText { samples: own, .. } | Component::Body { samples: own, .. } => {
            match std::mem::replace(own, Samples::Positional(Vec::new())) {
                Samples::Positional(list) => samples.extend(list),
                Samples::Named(mut list) => {
                    list.sort();
                    samples.extend(list.into_iter().map(|(name, sample)| format!("{name}: {sample}")));
                }
            }
        }
        Component::Buttons(buttons) => buttons.iter_mut().for_each(|button| strip_button(button, samples)),
        _ => {}
    }
}

fn strip_button(button: &mut Button, samples: &mut Vec<String>) {
    match button {
        Button::Url { url, example, .. } => {
            *url = url.replace("%7B", "{").replace("%7D", "}").replace("%7b", "{").replace("%7d", "}");
            // Meta takes a whole address as well as the part that replaces the placeholder.
            let fixed = url.split("{{").next().unwrap_or_default();
            samples.extend(
                example.take().map(|sample| sample.strip_prefix(fixed).unwrap_or(&sample).to_owned()),
            );
        }
        Button::PhoneNumber { phone_number, .. } if !phone_number.starts_with('+') => {
            phone_number.insert(0, '+')
        }
        Button::CopyCode { example } => samples.extend(example.take()),
        Button::Otp { text, .. } => *text = None,
        _ => {}
    }
}

fn render(text: &mut String, component: &Component) {
    let _ = match component {
        Component::HeaderText { text: header, .. } => writeln!(text, "header: {}", one_line(header)),
        Component::HeaderMedia { format, .. } => writeln!(text, "header: ({})", media(*format)),
        Component::HeaderLocation => writeln!(text, "header: (location)"),
        Component::Body { text: body, .. } => {
            text.push_str("body:\n");
            body.split('\n').try_for_each(|line| writeln!(text, "  {line}"))
        }
        Component::AuthenticationBody { add_security_recommendation: true } => {
            writeln!(text, "body: (code, with the advice not to share it)")
        }
        Component::AuthenticationBody { .. } => writeln!(text, "body: (code)"),
        Component::Footer { text: footer } => writeln!(text, "footer: {}", one_line(footer)),
        Component::AuthenticationFooter { code_expiration_minutes } => {
            writeln!(text, "footer: (the code expires in {code_expiration_minutes} minutes)")
        }
        Component::Buttons(buttons) => buttons.iter().try_for_each(|button| render_button(text, button)),
        Component::Opaque(value) => writeln!(text, "other: {value}"),
    };
}

fn render_button(text: &mut String, button: &Button) -> std::fmt::Result {
    match button {
        Button::QuickReply { text: label } => writeln!(text, "button: {}", one_line(label)),
        Button::Url { text: label, url, .. } => {
            writeln!(text, "button: {} -> {}", one_line(label), one_line(url))
        }
        Button::PhoneNumber { text: label, phone_number } => {
            writeln!(text, "button: {} -> call {}", one_line(label), one_line(phone_number))
        }
        Button::CopyCode { .. } => writeln!(text, "button: (copy the offer code)"),
        Button::Otp { otp_type: OtpType::CopyCode, .. } => writeln!(text, "button: (copy the one-time code)"),
        Button::Opaque(value) => writeln!(text, "button: {value}"),
    }
}

fn media(format: MediaFormat) -> &'static str {
    format.word()
}

/// Keeps a line a line, without two texts becoming the same.
fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}
