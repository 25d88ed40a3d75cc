//! `whatsapp-link`.

use super::{View, address};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A text or a button leads back to WhatsApp.
    ///
    /// Links to `wa.me` are said to be a cause of rejections. No source was found for it, and Meta itself shows such
    /// links in messages, so this rule is off unless you ask for it.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Write to us, url: "https://wa.me/15550051310" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Write to us, url: "https://shop.example/contact" }]
    /// ```
    pub(super) static RULE = {
        id: "whatsapp-link",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-wa-me"],
        subcode: None,
        reference: "templates/template-review",
    }
}

const HOSTS: [&str; 4] = ["wa.me", "api.whatsapp.com", "chat.whatsapp.com", "wa.link"];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let texts =
        template.texts_and_urls().filter(|(_, part, text)| text.bytes().has(b'/') && !part.is_label());
    let links = texts.filter_map(|(_, _, text)| Some((text, address::find_host(text.as_str(), &HOSTS)?)));
    links
        .map(|(text, (host, range))| {
            Diagnostic::new(&RULE, text.span_of(range), format!("`{host}` leads back to WhatsApp"))
                .help("let people answer in this chat, or give the address of a page")
        })
        .collect()
}
