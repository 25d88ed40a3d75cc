//! [`Template`] to [`Payload`]s, one for each language, for one account.

mod numbering;
mod room;

use std::collections::BTreeMap;

use serde_json::Value;

pub use numbering::Numbering;
pub use room::SizeLimits;
use room::{SizeBudget, TEXT};

use crate::diagnostic::Diagnostic;
use crate::model::{
    App, Body, Button as SourceButton, ButtonKind, Card, CardPart, DeepLink, FlowSource, Header,
    LimitedTimeOffer, ParameterFormat, Part, Reference, SegmentKind, Template, Text, Version,
};
use crate::payload::{Button, Component, FixedButton, Library, MediaSample, Payload, Samples, VersionKey};
use crate::rules;
use crate::source::{SourceId, Span};
use crate::suggest::MAX_SUGGESTIONS;

/// The account's contribution to its templates.
#[derive(Debug, Default)]
pub struct AccountContext<'a> {
    /// The values of `${…}`.
    pub constants: BTreeMap<&'a str, &'a str>,
    /// SHA-256 of media samples, in hexadecimal, by source and path as written.
    pub media: BTreeMap<(SourceId, String), String>,
    /// The length that constants and samples may still add to the texts of its templates.
    pub room: SizeLimits,
}

/// The result of compiling.
#[derive(Debug, Default)]
pub struct Compiled {
    /// A payload for each version that is complete.
    pub payloads: Vec<Payload>,
    /// The errors that prevent compiling.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles every language of a template. Versions without a name, category, language or body are left out:
/// they were reported before.
pub fn compile(template: &Template, account: &AccountContext<'_>) -> Compiled {
    let mut compiler = Compiler {
        template,
        account,
        numbering: Numbering::new(template),
        budget: account.room.for_template(),
        diagnostics: Vec::new(),
    };
    let payloads = template.versions.iter().filter_map(|version| compiler.version(version)).collect();
    Compiled { payloads, diagnostics: compiler.diagnostics }
}

struct Compiler<'a> {
    template: &'a Template,
    account: &'a AccountContext<'a>,
    numbering: Numbering<'a>,
    budget: SizeBudget<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl Compiler<'_> {
    fn version(&mut self, version: &Version) -> Option<Payload> {
        let template = self.template;
        let name = template.name.as_ref()?;
        let language = version.language?;
        let library = template.library.as_ref().map(library);
        let components = if library.is_some() { Vec::new() } else { self.components(version) };
        if library.is_none() && components.is_empty() {
            return None;
        }
        Some(Payload {
            key: VersionKey {
                name: name.value.as_str().to_owned(),
                language: language.value.code().to_owned(),
            },
            category: template.category()?,
            parameter_format: template.parameter_format,
            ttl: template.ttl.map(|ttl| ttl.value.seconds()),
            options: options(template),
            components,
            library,
            source: template.source,
            span: version.span,
        })
    }

    /// The components in Meta's order; none where there is nothing to send.
    fn components(&mut self, version: &Version) -> Vec<Component> {
        let mut components = Vec::with_capacity(4);
        components.extend(version.header.as_ref().map(|header| self.header(version, header)));
        components.extend(version.limited_time_offer.as_ref().map(|offer| self.offer(offer)));
        components.extend(version.body.as_ref().map(|body| self.body(version, Part::Body, body)));
        components.extend(version.footer.as_ref().and_then(|footer| self.footer(footer)));
        components.extend(version.call_permission_request.map(|_| Component::CallPermissionRequest));
        if !version.buttons.is_empty() {
            components.push(self.buttons(version, &version.buttons, &ButtonOwner::Version));
        }
        if !version.carousel.is_empty() {
            let cards = version.carousel.iter().enumerate();
            components.push(Component::Carousel(
                cards.map(|(index, card)| self.card(version, index, card)).collect(),
            ));
        }
        components.extend(version.raw.iter().cloned().map(Component::Opaque));
        components
    }

    fn offer(&mut self, offer: &LimitedTimeOffer) -> Component {
        let has_expiration = offer.has_expiration.map(|flag| flag.value);
        Component::LimitedTimeOffer { text: self.text(Part::Offer, &offer.text), has_expiration }
    }

    fn card(&mut self, version: &Version, index: usize, card: &Card) -> Vec<Component> {
        let mut components = Vec::with_capacity(3);
        components.extend(card.header.as_ref().map(|header| self.header(version, header)));
        let body = card.body.as_ref();
        components.extend(body.map(|body| self.body(version, Part::Card(index, CardPart::Body), body)));
        if !card.buttons.is_empty() {
            components.push(self.buttons(version, &card.buttons, &ButtonOwner::Card(index)));
        }
        components
    }

    fn header(&mut self, version: &Version, header: &Header) -> Component {
        match header {
            Header::Text { text, .. } => {
                let samples = self.samples(version, Part::Header, text);
                Component::HeaderText { text: self.text(Part::Header, text), samples }
            }
            Header::Media { format, sample } => {
                let hash = self.account.media.get(&(self.template.source, sample.value.clone())).cloned();
                let sample = MediaSample::File { path: sample.value.clone(), hash };
                Component::HeaderMedia { format: *format, sample }
            }
            Header::Location(_) => Component::HeaderLocation,
            Header::Product(_) => Component::HeaderProduct,
        }
    }

    fn body(&mut self, version: &Version, part: Part, body: &Body) -> Component {
        match &body.text {
            Some(text) => {
                let samples = self.samples(version, part, text);
                Component::Body { text: self.text(part, text), samples }
            }
            None => Component::AuthenticationBody {
                add_security_recommendation: body.add_security_recommendation.is_some_and(|flag| flag.value),
            },
        }
    }

    fn footer(&mut self, footer: &crate::model::Footer) -> Option<Component> {
        match (&footer.text, footer.code_expiration_minutes) {
            (Some(text), _) => Some(Component::Footer { text: self.text(Part::Footer, text) }),
            (None, Some(minutes)) => {
                Some(Component::AuthenticationFooter { code_expiration_minutes: minutes.value })
            }
            (None, None) => None,
        }
    }

    fn buttons(&mut self, version: &Version, buttons: &[SourceButton], place: &ButtonOwner) -> Component {
        let buttons = buttons.iter().enumerate();
        Component::Buttons(
            buttons.map(|(index, button)| self.button(version, place, index, button)).collect(),
        )
    }

    fn button(
        &mut self,
        version: &Version,
        place: &ButtonOwner,
        index: usize,
        button: &SourceButton,
    ) -> Button {
        let label = button.text.as_ref().map(|text| self.text(place.label(index), text));
        let text = label.clone().unwrap_or_default();
        match &button.kind {
            ButtonKind::QuickReply => Button::QuickReply { text },
            ButtonKind::Url { url, app_deep_link, .. } => {
                let part = place.url(index);
                let example = url.placeholders().next().is_some().then(|| self.filled(version, part, url));
                let app_deep_link = app_deep_link.as_ref().map(deep_link).unwrap_or_default();
                Button::Url { text, url: self.text(part, url), example, app_deep_link }
            }
            ButtonKind::PhoneNumber { phone_number } => {
                Button::PhoneNumber { text, phone_number: self.text(place.label(index), phone_number) }
            }
            ButtonKind::CopyCode { example } => Button::CopyCode { example: Some(example.value.clone()) },
            ButtonKind::Otp { otp_type, autofill_text, supported_apps, zero_tap_terms_accepted } => {
                Button::Otp {
                    otp_type: otp_type.value,
                    text: label,
                    autofill_text: autofill_text.as_ref().map(|text| self.text(place.label(index), text)),
                    supported_apps: supported_apps.iter().map(app).collect(),
                    zero_tap_terms_accepted: zero_tap_terms_accepted.map(|flag| flag.value),
                }
            }
            ButtonKind::Flow { flow, action, navigate_screen, icon } => Button::Flow {
                text,
                flow: flow_source(flow),
                action: action.map(|action| action.value),
                navigate_screen: navigate_screen.as_ref().map(|screen| screen.value.clone()),
                icon: icon.as_ref().map(|icon| icon.value.clone()),
            },
            ButtonKind::Catalog => Button::Fixed(FixedButton::Catalog),
            ButtonKind::Mpm => Button::Fixed(FixedButton::Mpm),
            ButtonKind::Spm => Button::Fixed(FixedButton::Spm),
            ButtonKind::RequestContactInfo => Button::Fixed(FixedButton::RequestContactInfo),
            // Meta's own labels, written out so that they read back as they were sent.
            ButtonKind::VoiceCall { ttl_minutes } => Button::VoiceCall {
                text: label.unwrap_or_else(|| "Call Now".to_owned()),
                ttl_minutes: ttl_minutes.map(|minutes| minutes.value),
            },
            ButtonKind::OrderDetails => {
                Button::OrderDetails { text: label.unwrap_or_else(|| "Review and Pay".to_owned()) }
            }
        }
    }

    /// The text as Meta wants it: placeholders numbered or named, constants filled in, escapes resolved.
    fn text(&mut self, part: Part, text: &Text) -> String {
        let mut wire = String::with_capacity(text.as_str().len());
        for piece in &text.pieces {
            match &piece.kind {
                SegmentKind::Placeholder(placeholder) => {
                    wire.push_str(&self.placeholder(part, &placeholder.reference))
                }
                SegmentKind::Constant(name) => self.constant(&mut wire, text, piece, name),
                SegmentKind::Escape => wire.push_str(unescaped(text.slice(piece))),
                _ => wire.push_str(text.slice(piece)),
            }
        }
        wire
    }

    fn placeholder(&self, part: Part, reference: &Reference) -> String {
        // Meta's samples of addresses are numbered even where the rest is named.
        let named = self.template.parameter_format == ParameterFormat::Named && !part.is_url();
        match reference {
            Reference::Name(name) if named => format!("{{{{{name}}}}}"),
            _ => format!("{{{{{}}}}}", self.numbering.number(part, reference)),
        }
    }

    fn constant(&mut self, wire: &mut String, text: &Text, piece: &crate::model::Segment, name: &str) {
        match self.account.constants.get(name) {
            Some(value) => self.fill(wire, text, piece, value),
            None => {
                wire.push_str(text.slice(piece));
                let span = text.span_of(piece.range.clone());
                let suggests = self.diagnostics.len() < MAX_SUGGESTIONS;
                let known = self.account.constants.keys().copied();
                let known = known.take(if suggests { usize::MAX } else { 0 });
                self.diagnostics.push(rules::undefined_constant(span, name, known));
            }
        }
    }

    /// Puts a value in the place of a piece, as long as there is room for it.
    fn fill(&mut self, wire: &mut String, text: &Text, piece: &crate::model::Segment, value: &str) {
        if wire.len() + value.len() > TEXT {
            let message = format!("this text exceeds {} KiB after expansion", TEXT / 1024);
            self.beyond(text.span_of(piece.range.clone()), message);
        } else if self.budget.take(value.len()) {
            wire.push_str(value);
        } else {
            self.beyond(text.span_of(piece.range.clone()), self.budget.message());
        }
    }

    /// Reports a limit once: what follows would be reported for each piece of each language.
    fn beyond(&mut self, span: Span, message: String) {
        if self.budget.is_first() {
            self.diagnostics.push(rules::size_limit(
                span,
                message,
                "use fewer or shorter constants and samples",
            ));
        }
    }

    /// The text with samples in place of placeholders.
    fn filled(&mut self, version: &Version, part: Part, text: &Text) -> String {
        let mut filled = String::with_capacity(text.as_str().len());
        for piece in &text.pieces {
            match &piece.kind {
                SegmentKind::Placeholder(placeholder) => {
                    let sample = version.sample(self.template, part, &placeholder.reference);
                    self.fill(&mut filled, text, piece, sample.map_or("", |sample| &sample.value));
                }
                SegmentKind::Constant(name) => {
                    let value = self.account.constants.get(name.as_str()).copied().unwrap_or_default();
                    self.fill(&mut filled, text, piece, value);
                }
                SegmentKind::Escape => filled.push_str(unescaped(text.slice(piece))),
                _ => filled.push_str(text.slice(piece)),
            }
        }
        filled
    }

    fn samples(&mut self, version: &Version, part: Part, text: &Text) -> Samples {
        let is_named = self.template.parameter_format == ParameterFormat::Named;
        let references = self.numbering.references(part, text);
        let samples = references.into_iter().map(|reference| {
            let value = self.sample(version, part, text, &reference);
            (reference, value)
        });
        if is_named {
            return Samples::Named(
                samples.map(|(reference, value)| (reference.to_string(), value)).collect(),
            );
        }
        Samples::Positional(samples.map(|(_, value)| value).collect())
    }

    fn sample(&mut self, version: &Version, part: Part, text: &Text, reference: &Reference) -> String {
        let sample = version.sample(self.template, part, reference);
        let value = sample.map_or("", |sample| sample.value.as_str());
        if self.budget.take(value.len()) {
            return value.to_owned();
        }
        self.beyond(text.span, self.budget.message());
        String::new()
    }
}

/// The place of buttons.
enum ButtonOwner {
    Version,
    Card(usize),
}

impl ButtonOwner {
    fn label(&self, index: usize) -> Part {
        match self {
            Self::Version => Part::Label(index),
            Self::Card(card) => Part::Card(*card, CardPart::Label(index)),
        }
    }

    fn url(&self, index: usize) -> Part {
        match self {
            Self::Version => Part::Url(index),
            Self::Card(card) => Part::Card(*card, CardPart::Url(index)),
        }
    }
}

fn library(library: &crate::model::Library) -> Library {
    Library {
        template: library.template.value.clone(),
        buttons: library.buttons.clone(),
        body: library.body.clone(),
    }
}

fn deep_link(link: &DeepLink) -> Vec<(&'static str, String)> {
    let fields = [
        ("meta_app_id", &link.meta_app_id),
        ("android_deep_link", &link.android_deep_link),
        ("android_fallback_playstore_url", &link.android_fallback_playstore_url),
    ];
    fields.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?.value.clone()))).collect()
}

fn app(app: &App) -> (String, String) {
    (app.package_name.value.clone(), app.signature_hash.value.clone())
}

fn flow_source(flow: &FlowSource) -> (&'static str, String) {
    match flow {
        FlowSource::Id(text) => ("flow_id", text.value.clone()),
        FlowSource::Name(text) => ("flow_name", text.value.clone()),
        FlowSource::Json(text) => ("flow_json", text.value.clone()),
    }
}

/// Returns the text that an escape represents.
fn unescaped(escape: &str) -> &str {
    escape.get(1..).unwrap_or_default()
}

fn options(template: &Template) -> Vec<(&'static str, Value)> {
    let options = &template.options;
    let text = |value: &Option<crate::source::Spanned<String>>| {
        value.as_ref().map(|text| Value::from(text.value.as_str()))
    };
    let fields = [
        ("sub_category", text(&options.sub_category)),
        ("display_format", text(&options.display_format)),
        ("cta_url_link_tracking_opted_out", options.cta_url_link_tracking_opted_out.map(Value::from)),
        ("is_primary_device_delivery_only", options.is_primary_device_delivery_only.map(Value::from)),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
