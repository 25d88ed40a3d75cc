//! `whatsapp-link`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::url_host;

rule! {
    /// A text or button links back to WhatsApp.
    ///
    /// Links to `wa.me` are reported as a cause of rejections, but no official source confirms it, and Meta's
    /// own examples contain such links. This rule is off by default.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Write to us, url: "https://wa.me/15550051310" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Write to us, url: "https://shop.example/contact" }]
    /// ```
    pub(crate) static RULE = {
        id: "whatsapp-link",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-wa-me"],
        subcode: None,
        reference: "templates/template-review",
        needs: Needs::bytes(b"/"),
    }
}

const HOSTS: [&str; 4] = ["wa.me", "api.whatsapp.com", "chat.whatsapp.com", "wa.link"];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts =
        template.texts_and_urls().filter(|(_, part, text)| text.bytes().has(b'/') && !part.is_label());
    let links = texts.filter_map(|(_, _, text)| Some((text, url_host::find_host(text.as_str(), &HOSTS)?)));
    links
        .map(|(text, (host, range))| {
            Diagnostic::new(&RULE, text.span_of(range), format!("`{host}` links back to WhatsApp"))
                .help("let people reply in this chat, or use the URL of a page")
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
