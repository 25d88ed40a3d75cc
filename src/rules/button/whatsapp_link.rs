//! `whatsapp-link`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Needs, Severity};
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
