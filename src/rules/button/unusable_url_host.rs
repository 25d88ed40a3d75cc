//! `unusable-url-host`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::rule;
use crate::rules::support::quote;
use crate::url_host::{Address, UnusableHost};

rule! {
    /// A button URL points to a host that can't be used.
    ///
    /// `example.com`, `localhost`, IP addresses and unknown domain endings (by the public suffix list) are
    /// usually stand-ins for the real URL, or typos. A reviewer who taps the button gets an unrelated page or
    /// an error.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://www.example.com/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(crate) static RULE = {
        id: "unusable-url-host",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-placeholder-host"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let reason = Address::parse(text)?.unusable_host(text)?;
    let label = match reason {
        UnusableHost::Reserved => "this host is reserved for examples, tests or local use",
        UnusableHost::Number => "this is an IP address",
        UnusableHost::UnknownEnd => "unknown domain ending",
        UnusableHost::End => "this is a public suffix, not a site",
    };
    let message = format!("{} does not point to a usable host", quote::quoted(text.as_str()));
    Some(Diagnostic::new(&RULE, text.span, message).label(label).help("use the real host of the page"))
}

cases! {
    fails: [
        "buttons: [{ type: url, text: Track, url: «\"https://www.example.com/track\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://localhost:8080/\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://192.168.0.1/track\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://[::1]/track\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://shop.comm/track\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://co.uk/track\"» }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: «\"https://EXAMPLE.org/{{t}}\"» }]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button url \"Track\" «\"https://shop.test/\"»\n}",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [{ type: url, text: Shop, url: «https://example.com/a» }] }\n- { header: { image: b.png }, buttons: [{ type: url, text: Shop, url: https://shop.example/b }] }",
        "buttons: [{ type: url, text: Track, url: «\"https://shop/track\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://intranet/track\"» }]",
    ],
    passes: [
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://myexample.com/track?u=https://example.com\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.co.uk/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://northwind.github.io/\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://${shop}/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://contest.com:443/\" }]",
        "body: Your order is on its way, see https://example.com/track for it.",
        "buttons: [{ type: url, text: Track, url: \"https://فروشگاه.ایران/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://northwind.shop/track\" }]",
    ],
}
