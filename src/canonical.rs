//! Payloads and deployed versions to one normal form, in which equal means equal as users would see it.

use std::fmt::Write as _;

use crate::graph;
use crate::hash::digest;
use crate::model::{Category, FlowAction, OtpType, ParameterFormat};
use crate::payload::{Button, Component, Deployed, FixedButton, MediaSample, Payload, Samples};
use crate::platform::numbering_plan;

/// The content users see in a version, and the samples reviewers see in place of its variables.
///
/// Left out: what Meta decides (id, status, category, quality), what does not read back (media samples, labels that
/// Meta writes), and differences of spelling (order of components, case, the plus of phone numbers).
#[derive(Clone, Debug, PartialEq)]
pub struct CanonicalTemplate {
    /// The time for which delivery is tried; Meta clears it when it changes a category.
    pub ttl: Option<i64>,
    /// The placeholder format; `None` if there is no placeholder.
    pub parameter_format: Option<ParameterFormat>,
    /// The template of Meta's library that it is made of.
    pub library: Option<String>,
    /// The components without samples, in a fixed order.
    pub components: Vec<Component>,
    /// The samples, in the same order.
    pub samples: Vec<String>,
}

/// The normal form of what is to be sent.
pub fn payload(payload: &Payload) -> CanonicalTemplate {
    let library = payload.library.as_ref().map(|library| library.template.as_str());
    let authentication = payload.category == Category::Authentication;
    normal(&payload.components, library, payload.parameter_format, payload.ttl, authentication)
}

/// The normal form of what is there.
pub fn deployed(deployed: &Deployed) -> CanonicalTemplate {
    let authentication = deployed.category == "AUTHENTICATION";
    let library = deployed.library.as_deref();
    normal(&deployed.components, library, deployed.parameter_format, deployed.ttl, authentication)
}

impl CanonicalTemplate {
    /// The content as text, a line a thing: what differences are shown in, and what hashes are made of.
    pub fn render(&self) -> String {
        let mut text = String::new();
        if let Some(library) = &self.library {
            let _ = writeln!(text, "library: {}", one_line(library));
        }
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

    /// Returns whether users would see a difference.
    pub fn differs(&self, other: &Self) -> bool {
        // Most versions are as they should be; only of the others it is asked whether people would see it.
        !self.content_eq(other) && self.render() != other.render()
    }

    /// Returns whether the content is identical; content that is not may still look the same.
    pub fn content_eq(&self, other: &Self) -> bool {
        (self.ttl, self.parameter_format) == (other.ttl, other.parameter_format)
            && (&self.library, &self.components) == (&other.library, &other.components)
    }

    /// Returns whether reviewers would see other samples; `false` if unknown because Meta returns none.
    pub fn samples_differ(&self, other: &Self) -> bool {
        !self.samples.is_empty() && !other.samples.is_empty() && self.samples != other.samples
    }
}

/// The digest of what is sent and cannot be read back: media samples, labels and apps of authentication, inputs of
/// library templates. `None` where there is nothing of the kind.
pub fn write_only_digest(payload: &Payload) -> Option<String> {
    write_only_digest_with(payload, KnownMedia::Yes)
}

fn write_only_digest_with(payload: &Payload, known: KnownMedia) -> Option<String> {
    let mut text = String::new();
    for sample in payload.media().into_iter().filter(|_| known != KnownMedia::Never) {
        if let MediaSample::File { hash, .. } = sample {
            let hash = hash.as_deref().filter(|_| known == KnownMedia::Yes);
            let _ = writeln!(text, "media {}", hash.unwrap_or_default());
        }
    }
    for component in &payload.components {
        if let Component::Buttons(buttons) = component {
            buttons.iter().for_each(|button| write_only_button(&mut text, button));
        }
    }
    if let Some(library) = &payload.library {
        let _ = writeln!(text, "library {:?} {:?}", library.buttons, library.body);
    }
    (!text.is_empty()).then(|| digest(&text))
}

/// Returns whether the parts that cannot be read back differ from what was applied. If the media samples that
/// were applied are unknown, those of the source count as equal: a guess should not use up an edit.
pub fn write_only_differs(payload: &Payload, applied: Option<&str>) -> bool {
    let is = |known: KnownMedia| write_only_digest_with(payload, known).as_deref() == applied;
    !(is(KnownMedia::Yes) || is(KnownMedia::No) || is(KnownMedia::Never))
}

/// The known media samples of a version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KnownMedia {
    Yes,
    /// There were some, and none of their files: what a pull writes down.
    No,
    /// There were none, or none were recorded.
    Never,
}

fn write_only_button(text: &mut String, button: &Button) {
    if let Button::Otp { text: label, autofill_text, supported_apps, zero_tap_terms_accepted, .. } = button {
        let values = (label, autofill_text, supported_apps, zero_tap_terms_accepted);
        if values != (&None, &None, &Vec::new(), &None) {
            let _ = writeln!(text, "otp {values:?}");
        }
    }
}

fn normal(
    components: &[Component],
    library: Option<&str>,
    format: ParameterFormat,
    ttl: Option<i64>,
    authentication: bool,
) -> CanonicalTemplate {
    let mut samples = Vec::new();
    let understand = |component: &Component| understood(component, authentication);
    // What a library template expands to is Meta's, and not compared.
    let mut components: Vec<_> =
        if library.is_some() { Vec::new() } else { components.iter().map(understand).collect() };
    stripped(&mut components, &mut samples);
    components.retain(|component| !matches!(component, Component::Buttons(buttons) if buttons.is_empty()));
    let has_placeholder = components.iter().any(|component| match component {
        Component::HeaderText { text, .. } | Component::Body { text, .. } => text.contains("{{"),
        _ => false,
    });
    let library = library.map(str::to_owned);
    CanonicalTemplate {
        ttl,
        parameter_format: has_placeholder.then_some(format),
        library,
        components,
        samples,
    }
}

/// A component in Meta's JSON stands for the component it describes, where that is known.
fn understood(component: &Component, authentication: bool) -> Component {
    match component {
        Component::Opaque(value) => graph::read_component(value, authentication),
        known => known.clone(),
    }
}

fn stripped(components: &mut [Component], samples: &mut Vec<String>) {
    components.sort_by_key(rank);
    for component in components {
        strip(component, samples);
    }
}

/// Meta's order, then what this version does not know.
fn rank(component: &Component) -> u8 {
    match component {
        Component::HeaderText { .. }
        | Component::HeaderMedia { .. }
        | Component::HeaderLocation
        | Component::HeaderProduct => 0,
        Component::LimitedTimeOffer { .. } => 1,
        Component::Body { .. } | Component::AuthenticationBody { .. } => 2,
        Component::Footer { .. } | Component::AuthenticationFooter { .. } => 3,
        Component::CallPermissionRequest => 4,
        Component::Buttons(_) => 5,
        Component::Carousel(_) => 6,
        Component::Opaque(_) => 7,
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
        Component::Carousel(cards) => cards.iter_mut().for_each(|card| stripped(card, samples)),
        // Saying no is the same as saying nothing.
        Component::LimitedTimeOffer { has_expiration, .. } => {
            *has_expiration = has_expiration.filter(|flag| *flag)
        }
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
        Button::PhoneNumber { phone_number, .. } => {
            *phone_number = numbering_plan::international(phone_number)
        }
        Button::CopyCode { example } => samples.extend(example.take()),
        Button::Otp { text, autofill_text, supported_apps, zero_tap_terms_accepted, .. } => {
            (*text, *autofill_text, *zero_tap_terms_accepted) = (None, None, None);
            supported_apps.clear();
        }
        Button::Flow { action, .. } => *action = action.filter(|action| *action != FlowAction::Navigate),
        _ => {}
    }
}

fn render(text: &mut String, component: &Component) {
    // Writing to a string cannot fail.
    let _ = match component {
        Component::HeaderText { text: header, .. } => writeln!(text, "header: {}", one_line(header)),
        Component::HeaderMedia { format, .. } => writeln!(text, "header: ({})", format.as_str()),
        Component::HeaderLocation => writeln!(text, "header: (location)"),
        Component::HeaderProduct => writeln!(text, "header: (product)"),
        Component::LimitedTimeOffer { text: offer, has_expiration } => {
            let ends = if has_expiration.is_some() { " (with its end)" } else { "" };
            writeln!(text, "offer: {}{ends}", one_line(offer))
        }
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
        Component::CallPermissionRequest => writeln!(text, "(asks for the permission to call)"),
        Component::Buttons(buttons) => {
            buttons.iter().try_for_each(|button| writeln!(text, "button: {}", render_button(button)))
        }
        Component::Carousel(cards) => {
            cards.iter().enumerate().for_each(|(index, card)| render_card(text, index, card));
            Ok(())
        }
        Component::Opaque(value) => writeln!(text, "other: {value}"),
    };
}

fn render_card(text: &mut String, index: usize, card: &[Component]) {
    let mut inner = String::new();
    for component in card {
        render(&mut inner, component);
    }
    let _ = writeln!(text, "card {}:", index + 1);
    for line in inner.lines() {
        let _ = writeln!(text, "  {line}");
    }
}

/// A button in one line.
fn render_button(button: &Button) -> String {
    match button {
        Button::QuickReply { text } => one_line(text),
        Button::Url { text, url, app_deep_link, .. } => {
            let link: String =
                app_deep_link.iter().map(|(key, value)| format!(" {key}={}", one_line(value))).collect();
            format!("{} -> {}{link}", one_line(text), one_line(url))
        }
        Button::PhoneNumber { text, phone_number } => {
            format!("{} -> call {}", one_line(text), one_line(phone_number))
        }
        Button::CopyCode { .. } => "(copy the offer code)".to_owned(),
        Button::Otp { otp_type: OtpType::CopyCode, .. } => "(copy the one-time code)".to_owned(),
        Button::Otp { otp_type: OtpType::OneTap, .. } => "(fill the one-time code in with a tap)".to_owned(),
        Button::Otp { otp_type: OtpType::ZeroTap, .. } => "(fill the one-time code in)".to_owned(),
        Button::Flow { text, flow: (key, flow), action, navigate_screen, icon } => {
            let action = action.map(|action| format!(" {}", action.as_str())).unwrap_or_default();
            let screen = navigate_screen
                .as_ref()
                .map(|screen| format!(" at {}", one_line(screen)))
                .unwrap_or_default();
            let icon = icon.as_ref().map(|icon| format!(" ({})", one_line(icon))).unwrap_or_default();
            format!("{} -> {key} {}{action}{screen}{icon}", one_line(text), one_line(flow))
        }
        Button::Fixed(FixedButton::Catalog) => "(view the catalog)".to_owned(),
        Button::Fixed(FixedButton::Mpm) => "(view items)".to_owned(),
        Button::Fixed(FixedButton::Spm) => "(view the item)".to_owned(),
        Button::Fixed(FixedButton::RequestContactInfo) => "(share contact details)".to_owned(),
        Button::VoiceCall { text, ttl_minutes } => {
            let ttl = ttl_minutes.map(|minutes| format!(" for {minutes} minutes")).unwrap_or_default();
            format!("{} -> call over WhatsApp{ttl}", one_line(text))
        }
        Button::OrderDetails { text } => format!("{} -> order details", one_line(text)),
        Button::Opaque(value) => value.to_string(),
    }
}

/// Keeps a line a line, without two texts becoming the same.
fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}
