//! `placeholder-host`.

use super::View;
use super::address::{Address, Nobody};
use super::quote;
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// The address of a button leads to nobody's host.
    ///
    /// `example.com`, `localhost`, bare numbers and ends that no domain has (by the list of public suffixes) are what one
    /// writes before the real address is known, or a slip of the pen. A reviewer who taps the button sees somebody
    /// else's page, or none.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://www.example.com/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(super) static RULE = {
        id: "placeholder-host",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-placeholder-host"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let nobody = Address::of(text)?.nobody(text)?;
    let label = match nobody {
        Nobody::Reserved => "this host is there for examples, tests, or one computer alone",
        Nobody::Number => "a number is no host that people know",
        Nobody::UnknownEnd => "no domain ends like this",
        Nobody::End => "others register below this domain, and nobody has it",
    };
    let message = format!("{} leads to nobody's host", quote::quoted(text.as_str()));
    Some(
        Diagnostic::new(&RULE, text.span, message)
            .label(label)
            .help("write the host that the page is really on"),
    )
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
