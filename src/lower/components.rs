//! Headers, bodies and footers.

use super::rules::{INVALID_VALUE, MISSING_KEY, SIZE_LIMIT};
use super::{Components, Fields, Lowering, fields, opaque};
use crate::diagnostic::Diagnostic;
use crate::model::{Body, Card, Footer, Header, Library, LimitedTimeOffer, MediaFormat, Text};
use crate::platform::keys;
use crate::source::{Span, Spanned};
use crate::suggest::closest;
use crate::syntax::rules::control_character;
use crate::syntax::tree::{Node, Scalar, ScalarStyle, Value};

impl Lowering<'_> {
    /// The components that `fields` give, and those of `defaults` that they do not.
    pub(super) fn components(
        &mut self,
        fields: &Fields<'_, '_>,
        defaults: Option<&Components>,
    ) -> Components {
        let mut components = defaults.cloned().unwrap_or_default();
        if let Some(node) = fields.get("header") {
            components.header = self.header(node);
        }
        if let Some(node) = fields.get("body") {
            components.body = self.body(node);
        }
        if let Some(node) = fields.get("footer") {
            components.footer = self.footer(node);
        }
        if let Some(node) = fields.get("buttons") {
            components.buttons = self.buttons(node);
        }
        if let Some(node) = fields.get("limited_time_offer") {
            components.limited_time_offer = self.limited_time_offer(node);
        }
        if let Some(node) = fields.get("carousel") {
            components.carousel = self.carousel(node);
        }
        if let Some(flag) = fields.bool("call_permission_request", self.diagnostics) {
            components.call_permission_request = flag.value.then_some(flag.span);
        }
        if let Some(Value::List(nodes)) = fields.get("raw").map(|node| &node.value) {
            components.raw = nodes.iter().map(|node| self.opaque(node)).collect();
        }
        if let Some(node) = fields.get("samples") {
            components.samples = self.named_samples(node).into();
        }
        components
    }

    fn header(&mut self, node: &Node<'_>) -> Option<Header> {
        if let Some(scalar) = node.scalar() {
            if scalar.text == "location" && scalar.style == ScalarStyle::Plain {
                return Some(Header::Location(node.span));
            }
            if scalar.text == "product" && scalar.style == ScalarStyle::Plain {
                return Some(Header::Product(node.span));
            }
            return Some(Header::Text { text: self.text(scalar, node.span), samples: Vec::new() });
        }
        let inner = Fields::read(node, &keys::HEADER, "header", self.diagnostics);
        let media = MediaFormat::ALL.into_iter().find(|format| inner.get(format.as_str()).is_some());
        if let Some(format) = media {
            self.one_kind_of_header(&inner, format);
            let sample = inner.text(format.as_str())?;
            return Some(Header::Media { format, sample });
        }
        match inner.scalar("text") {
            Some((scalar, span)) => {
                Some(Header::Text { text: self.text(scalar, span), samples: self.samples(&inner) })
            }
            None => {
                self.require(
                    node,
                    "a header has neither a text nor a sample",
                    "write `text`, `image`, `video` or `document`",
                );
                None
            }
        }
    }

    /// Reports keys of a header other than the first sample.
    fn one_kind_of_header(&mut self, inner: &Fields<'_, '_>, format: MediaFormat) {
        let others = MediaFormat::ALL.into_iter().map(MediaFormat::as_str).chain(["text"]);
        let found =
            others.filter(|word| *word != format.as_str()).find_map(|word| Some((word, inner.get(word)?)));
        if let Some((word, node)) = found {
            let message = format!("a header can't combine `{word}` and `{}`", format.as_str());
            self.diagnostics
                .push(Diagnostic::new(&INVALID_VALUE, node.span, message).help("delete one of them"));
        }
    }

    fn body(&mut self, node: &Node<'_>) -> Option<Body> {
        let empty =
            Body { span: node.span, text: None, samples: Vec::new(), add_security_recommendation: None };
        if let Some(scalar) = node.scalar() {
            return Some(Body { text: Some(self.text(scalar, node.span)), ..empty });
        }
        let inner = Fields::read(node, &keys::BODY, "body", self.diagnostics);
        let add_security_recommendation = inner.bool("add_security_recommendation", self.diagnostics);
        let text = inner.scalar("text").map(|(scalar, span)| self.text(scalar, span));
        let samples = self.samples(&inner);
        Some(Body { text, samples, add_security_recommendation, ..empty })
    }

    fn limited_time_offer(&mut self, node: &Node<'_>) -> Option<LimitedTimeOffer> {
        if let Some(scalar) = node.scalar() {
            let text = self.text(scalar, node.span);
            return Some(LimitedTimeOffer { span: node.span, text, has_expiration: None });
        }
        let inner = Fields::read(node, &keys::LIMITED_TIME_OFFER, "limited-time offer", self.diagnostics);
        let has_expiration = inner.bool("has_expiration", self.diagnostics);
        let Some((scalar, span)) = inner.scalar("text") else {
            self.require(node, "a limited-time offer has no text", "write `text: …`, at most 16 characters");
            return None;
        };
        Some(LimitedTimeOffer { span: node.span, text: self.text(scalar, span), has_expiration })
    }

    fn carousel(&mut self, node: &Node<'_>) -> Vec<Card> {
        let Value::List(nodes) = &node.value else { return Vec::new() };
        nodes.iter().map(|node| self.card(node)).collect()
    }

    fn card(&mut self, node: &Node<'_>) -> Card {
        let inner = Fields::read(node, &keys::CARD, "card", self.diagnostics);
        Card {
            span: node.span,
            header: inner.get("header").and_then(|node| self.header(node)),
            body: inner.get("body").and_then(|node| self.body(node)),
            buttons: inner.get("buttons").map(|node| self.buttons(node)).unwrap_or_default(),
        }
    }

    /// A template of Meta's library, by its name or with inputs.
    pub(super) fn library(&mut self, fields: &Fields<'_, '_>) -> Option<Library> {
        let node = fields.get("library")?;
        if let Some(scalar) = node.scalar() {
            let template = Spanned::new(scalar.text.clone().into_owned(), node.span);
            return Some(Library { template, buttons: None, body: None });
        }
        let inner = Fields::read(node, &keys::LIBRARY, "library", self.diagnostics);
        let Some(template) = inner.text("template") else {
            self.require(
                node,
                "`library` names no template",
                "write `template: …` with a name of Meta's library",
            );
            return None;
        };
        let mut input = |key| inner.get(key).map(|node| self.opaque(node));
        Some(Library { template, buttons: input("buttons"), body: input("body") })
    }

    fn footer(&mut self, node: &Node<'_>) -> Option<Footer> {
        if let Some(scalar) = node.scalar() {
            let text = Some(self.text(scalar, node.span));
            return Some(Footer { span: node.span, text, code_expiration_minutes: None });
        }
        let inner = Fields::read(node, &keys::FOOTER, "footer", self.diagnostics);
        let code_expiration_minutes = inner.number("code_expiration_minutes", self.diagnostics);
        let text = inner.scalar("text").map(|(scalar, span)| self.text(scalar, span));
        if text.is_none() && code_expiration_minutes.is_none() {
            self.require(
                node,
                "a footer has no text",
                "write `text`, or `code_expiration_minutes` for authentication",
            );
            return None;
        }
        Some(Footer { span: node.span, text, code_expiration_minutes })
    }

    /// Checks a text for characters that no message can contain. An escape in quotes hides them from the parser.
    pub(super) fn text(&mut self, scalar: &Scalar<'_>, span: Span) -> Text {
        let text = Text::new(scalar, span);
        // Bytes first: nearly no text has any.
        if !(text.bytes().has_control() || text.bytes().has_any(&[0x7f, 0xc2])) {
            return text;
        }
        for (at, character) in text.as_str().char_indices() {
            if character.is_control() && !matches!(character, '\n' | '\t') {
                let place = text.span_of(at..at + character.len_utf8());
                self.diagnostics.push(control_character(place, "the text", character));
            }
        }
        text
    }

    /// The `samples` list of a component.
    pub(super) fn samples(&mut self, fields: &Fields<'_, '_>) -> Vec<Spanned<String>> {
        fields.texts("samples", self.diagnostics)
    }

    /// The `samples` map of a version.
    fn named_samples(&mut self, node: &Node<'_>) -> Vec<(Spanned<String>, Spanned<String>)> {
        let Value::Map(entries) = &node.value else { return Vec::new() };
        fields::duplicates(entries, self.diagnostics);
        let mut samples = Vec::with_capacity(entries.len());
        for entry in entries {
            match entry.value.scalar() {
                Some(scalar) => samples.push((
                    Spanned::new(entry.key.clone().into_owned(), entry.key_span),
                    Spanned::new(scalar.text.clone().into_owned(), entry.value.span),
                )),
                None => {
                    let message = format!(
                        "the sample of `{}` must be a text, but this is {}",
                        entry.key,
                        entry.value.kind()
                    );
                    self.diagnostics.push(Diagnostic::new(&INVALID_VALUE, entry.value.span, message));
                }
            }
        }
        samples
    }

    /// A value that is passed on as it is; null where it is nested too deep.
    fn opaque(&mut self, node: &Node<'_>) -> serde_json::Value {
        opaque::json(node).unwrap_or_else(|span| {
            let message = format!("this value is nested more than {} levels deep", opaque::MAX_DEPTH);
            self.diagnostics
                .push(Diagnostic::new(&SIZE_LIMIT, span, message).help("remove some of the levels"));
            serde_json::Value::Null
        })
    }

    /// Reports something that a map needs.
    pub(super) fn require(&mut self, node: &Node<'_>, message: &str, help: &str) {
        if !self.incomplete && !matches!(node.value, Value::Broken) {
            self.diagnostics.push(Diagnostic::new(&MISSING_KEY, node.span, message).help(help));
        }
    }

    /// Reports an unknown word.
    pub(super) fn unknown_word(&mut self, found: &Spanned<String>, key: &str, words: &[&'static str]) {
        let meant = closest(&found.value, words.iter().copied());
        self.invalid(found, key, "not one of them", words, meant);
    }
}
