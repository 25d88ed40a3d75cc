//! Buttons.

use super::{Fields, Lowering};
use crate::model::{App, Button, ButtonKind, DeepLink, FlowAction, FlowSource, OtpType, Text};
use crate::platform::keys;
use crate::source::Spanned;
use crate::syntax::tree::{Node, Value};

const ICONS: [&str; 3] = ["document", "promotion", "review"];

impl Lowering<'_> {
    pub(super) fn buttons(&mut self, node: &Node<'_>) -> Vec<Button> {
        let Value::List(nodes) = &node.value else { return Vec::new() };
        nodes.iter().filter_map(|node| self.button(node)).collect()
    }

    fn button(&mut self, node: &Node<'_>) -> Option<Button> {
        let span = node.span;
        if let Some(scalar) = node.scalar() {
            return Some(Button { span, text: Some(self.text(scalar, span)), kind: ButtonKind::QuickReply });
        }
        let fields = Fields::read(node, &keys::BUTTON, "button", self.diagnostics);
        let Some(kind) = fields.text("type") else {
            if node.entries().is_some() {
                self.require(node, "a button has no `type`", "write `type: quick_reply`, or another type");
            }
            return None;
        };
        let text = fields.scalar("text").map(|(scalar, span)| self.text(scalar, span));
        let kind = self.button_kind(node, &fields, &kind)?;
        if text.is_none() && needs_label(&kind) {
            let message = format!("a {} button has no label", kind.as_str());
            self.require(node, &message, "add `text: …` with at most 25 characters");
            return None;
        }
        Some(Button { span, text, kind })
    }

    fn button_kind(
        &mut self,
        node: &Node<'_>,
        fields: &Fields<'_, '_>,
        kind: &Spanned<String>,
    ) -> Option<ButtonKind> {
        match kind.value.to_ascii_lowercase().as_str() {
            "quick_reply" => Some(ButtonKind::QuickReply),
            "url" => self.url(node, fields),
            "phone_number" => {
                let help = "add `phone_number: \"+…\"` with the country code";
                let phone_number = self.button_text(node, fields, "phone_number", help)?;
                Some(ButtonKind::PhoneNumber { phone_number })
            }
            "copy_code" => {
                let example = fields.text("example");
                if example.is_none() {
                    let help = "add a sample of the code: `example: SAVE20`";
                    self.require(node, "a copy_code button has no `example`", help);
                }
                Some(ButtonKind::CopyCode { example: example? })
            }
            "otp" => self.otp(node, fields),
            "flow" => self.flow(node, fields),
            "catalog" => Some(ButtonKind::Catalog),
            "mpm" => Some(ButtonKind::Mpm),
            "spm" => Some(ButtonKind::Spm),
            "voice_call" => {
                Some(ButtonKind::VoiceCall { ttl_minutes: fields.number("ttl_minutes", self.diagnostics) })
            }
            "order_details" => Some(ButtonKind::OrderDetails),
            "request_contact_info" => Some(ButtonKind::RequestContactInfo),
            _ => {
                self.unknown_word(kind, "type", &keys::BUTTON_TYPES);
                None
            }
        }
    }

    fn url(&mut self, node: &Node<'_>, fields: &Fields<'_, '_>) -> Option<ButtonKind> {
        let samples = self.samples(fields);
        let app_deep_link = fields.get("app_deep_link").map(|node| self.deep_link(node));
        let url = self.button_text(node, fields, "url", "write `url: https://…`")?;
        Some(ButtonKind::Url { url, samples, app_deep_link })
    }

    fn deep_link(&mut self, node: &Node<'_>) -> DeepLink {
        let inner = Fields::read(node, &keys::APP_DEEP_LINK, "`app_deep_link`", self.diagnostics);
        DeepLink {
            meta_app_id: inner.text("meta_app_id"),
            android_deep_link: inner.text("android_deep_link"),
            android_fallback_playstore_url: inner.text("android_fallback_playstore_url"),
        }
    }

    fn otp(&mut self, node: &Node<'_>, fields: &Fields<'_, '_>) -> Option<ButtonKind> {
        let otp_type = match fields.text("otp_type") {
            None => Spanned::new(OtpType::CopyCode, node.span),
            Some(word) => match OtpType::new(&word.value) {
                Some(kind) => Spanned::new(kind, word.span),
                None => {
                    self.unknown_word(&word, "otp_type", &OtpType::ALL.map(OtpType::as_str));
                    return None;
                }
            },
        };
        let apps = match fields.get("supported_apps").map(|node| &node.value) {
            Some(Value::List(nodes)) => nodes.iter().filter_map(|node| self.app(node)).collect(),
            _ => Vec::new(),
        };
        Some(ButtonKind::Otp {
            otp_type,
            autofill_text: fields.scalar("autofill_text").map(|(scalar, span)| self.text(scalar, span)),
            supported_apps: apps,
            zero_tap_terms_accepted: fields.bool("zero_tap_terms_accepted", self.diagnostics),
        })
    }

    fn app(&mut self, node: &Node<'_>) -> Option<App> {
        let inner = Fields::read(node, &keys::SUPPORTED_APP, "supported app", self.diagnostics);
        let both = inner.text("package_name").zip(inner.text("signature_hash"));
        if both.is_none() {
            self.require(
                node,
                "a supported app is not complete",
                "write `package_name` and `signature_hash`",
            );
        }
        both.map(|(package_name, signature_hash)| App { package_name, signature_hash })
    }

    fn flow(&mut self, node: &Node<'_>, fields: &Fields<'_, '_>) -> Option<ButtonKind> {
        let by_id = fields.text("flow_id").map(FlowSource::Id);
        let by_name = fields.text("flow_name").map(FlowSource::Name);
        let by_json = fields.text("flow_json").map(FlowSource::Json);
        let mut given = [by_id, by_name, by_json].into_iter().flatten();
        let (Some(flow), None) = (given.next(), given.next()) else {
            let help = "use exactly one of `flow_id`, `flow_name` and `flow_json`";
            self.require(node, "a flow button needs exactly one flow", help);
            return None;
        };
        let action = fields.text("flow_action").and_then(|word| self.flow_action(&word));
        let icon = fields.text("icon").filter(|word| self.is_icon(word));
        let icon = icon.map(|word| Spanned::new(word.value.to_ascii_uppercase(), word.span));
        Some(ButtonKind::Flow { flow, action, navigate_screen: fields.text("navigate_screen"), icon })
    }

    fn flow_action(&mut self, word: &Spanned<String>) -> Option<Spanned<FlowAction>> {
        let action = FlowAction::new(&word.value);
        if action.is_none() {
            self.unknown_word(word, "flow_action", &FlowAction::ALL.map(FlowAction::as_str));
        }
        action.map(|action| Spanned::new(action, word.span))
    }

    fn is_icon(&mut self, word: &Spanned<String>) -> bool {
        let known = ICONS.iter().any(|icon| icon.eq_ignore_ascii_case(&word.value));
        if !known {
            self.unknown_word(word, "icon", &ICONS);
        }
        known
    }

    fn button_text(
        &mut self,
        node: &Node<'_>,
        fields: &Fields<'_, '_>,
        key: &str,
        help: &str,
    ) -> Option<Text> {
        let text = fields.scalar(key).map(|(scalar, span)| self.text(scalar, span));
        if text.is_none() {
            self.require(node, &format!("a {key} button has no `{key}`"), help);
        }
        text
    }
}

/// Returns whether a button needs a label. Meta provides the labels of the other types.
fn needs_label(kind: &ButtonKind) -> bool {
    matches!(
        kind,
        ButtonKind::QuickReply
            | ButtonKind::Url { .. }
            | ButtonKind::PhoneNumber { .. }
            | ButtonKind::Flow { .. }
    )
}
