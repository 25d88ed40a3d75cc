//! Buttons.

use super::{Fields, Lowering};
use crate::model::{Button, ButtonKind, OtpType, Text};
use crate::platform::keys;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Node, Value};

const TYPES: [&str; 5] = ["quick_reply", "url", "phone_number", "copy_code", "otp"];

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
        let own_label = matches!(kind, ButtonKind::CopyCode { .. } | ButtonKind::Otp { .. });
        if text.is_none() && !own_label {
            let message = format!("a {} button has no label", kind.word());
            self.require(node, &message, "write `text: …`, at most 25 characters");
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
            "url" => {
                let samples = self.samples(fields);
                let url = self.button_text(node, fields, "url", "write `url: https://…`")?;
                Some(ButtonKind::Url { url, samples })
            }
            "phone_number" => {
                let help = "write `phone_number: \"+…\"` with the country code";
                let phone_number = self.button_text(node, fields, "phone_number", help)?;
                Some(ButtonKind::PhoneNumber { phone_number })
            }
            "copy_code" => {
                let example = fields.text("example");
                if example.is_none() {
                    self.require(
                        node,
                        "a copy_code button has no `example`",
                        "write a sample of the code: `example: SAVE20`",
                    );
                }
                Some(ButtonKind::CopyCode { example: example? })
            }
            "otp" => self.otp(fields, node.span),
            _ => {
                self.unknown_word(kind, "type", &TYPES);
                None
            }
        }
    }

    fn otp(&mut self, fields: &Fields<'_, '_>, span: Span) -> Option<ButtonKind> {
        let Some(word) = fields.text("otp_type") else {
            return Some(ButtonKind::Otp { otp_type: Spanned::new(OtpType::CopyCode, span) });
        };
        if word.value.eq_ignore_ascii_case("copy_code") {
            return Some(ButtonKind::Otp { otp_type: Spanned::new(OtpType::CopyCode, word.span) });
        }
        self.unknown_word(&word, "otp_type", &["copy_code"]);
        None
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
