//! `whatsapp-link`.

use super::{View, address};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
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
        class: Class::Rejected,
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

cases! {
    fails: [
        "buttons: [{ type: url, text: Write, url: \"https://«wa.me»/15550051310\" }]",
        "body: Your order is on its way, join «chat.whatsapp.com»/abc for more.",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Write, url: \"https://«API.whatsapp.com»/send?{{t}}\" }]",
        "footer: See «wa.me»/15550051310",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way, see «wa.link»/abc for it.\"\n}",
    ],
    passes: [
        "buttons: [{ type: url, text: Write, url: \"https://shop.example/wa.me\" }]",
        "body: Your order is on its way, see owa.me/abc and wa.media/abc for it.",
        "body: Write to us on WhatsApp about your order.",
    ],
}
