//! `invalid-url`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;
use crate::rules::support::quote;
use crate::url_host::{self, Address};

rule! {
    /// The URL of a button is not a complete web address.
    ///
    /// A URL starts with `https://` and a host. It contains no whitespace and no user name, and has at most
    /// 2000 characters. `http://` is a warning: Meta may reject it, and browsers warn about it.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "shop.example/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(crate) static RULE = {
        id: "invalid-url",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["url-valid", "url-length"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    urls.filter_map(|(_, part, text)| {
        let long = length::too_long(&RULE, template, (part, text), "URL", limits::URL);
        long.or_else(|| characters(text)).or_else(|| structure(text))
    })
    .collect()
}

fn characters(text: &Text) -> Option<Diagnostic> {
    if let Some((_, span)) = text.find_plain(char::is_whitespace) {
        let diagnostic = Diagnostic::new(&RULE, span, "the URL contains whitespace");
        return Some(diagnostic.help("replace it with `%20`, or delete it"));
    }
    let range = url_host::mixed_scripts(text)?;
    let part = quote::quoted(text.as_str().get(range.clone())?);
    let message = format!("{part} mixes letters from several scripts");
    let diagnostic = Diagnostic::new(&RULE, text.span_of(range), message).severity(Severity::Warning);
    Some(diagnostic.help("use the registered spelling of the host"))
}

fn structure(text: &Text) -> Option<Diagnostic> {
    let shown = || quote::quoted(text.as_str());
    let (message, help) = match Address::parse(text)? {
        Address::Web(url) if !url.username().is_empty() || url.password().is_some() => {
            (format!("{} contains a user name", shown()), "delete the user name and the `@`")
        }
        Address::Web(url) if url.scheme() == "http" => {
            let scheme = text.span_of(0.."http".len());
            let diagnostic = Diagnostic::new(&RULE, scheme, format!("{} is not encrypted", shown()));
            return Some(diagnostic.severity(Severity::Warning).help("use `https://`"));
        }
        Address::Web(_) => return None,
        Address::Other(scheme) => {
            (format!("{} has the scheme `{scheme}`", shown()), "use a URL that starts with `https://`")
        }
        Address::Incomplete => {
            (format!("{} is not a complete URL", shown()), "start with `https://` and the host")
        }
    };
    Some(Diagnostic::new(&RULE, text.span, message).help(help))
}

cases! {
    fails: [
        "buttons: [{ type: url, text: Track, url: «shop.example/track» }]",
        "buttons: [{ type: url, text: Track, url: «\"//shop.example\"» }]",
        "buttons: [{ type: url, text: Track, url: \"«http»://shop.example/track\" }]",
        "buttons: [{ type: url, text: Track, url: «\"mailto:us@shop.example\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://me:pw@shop.example/\"» }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/my« »order\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://«раyраl».com/\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/x{×1979}«y»\" }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [{ type: url, text: Shop, url: «shop.example» }] }\n- { header: { image: b.png }, buttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button url \"Track\" «\"tel:+15550051310\"»\n}",
        "buttons: [{ type: url, text: Track, url: «\"https:/shop.example/\"» }]",
        "buttons: [{ type: url, text: Track, url: «\"https://shop.example:99999/\"» }]",
        "buttons: [{ type: url, text: Track, url: \"« »https://shop.example/\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/a«\\t»b\" }]",
        "buttons: [{ type: url, text: Track, url: «\"javascript:alert(1)\"» }]",
    ],
    passes: [
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/track?a=1&b=%20#top\" }]",
        "buttons: [{ type: url, text: Track, url: \"HTTPS://shop.example\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://münchen.example/straße\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://فروشگاه.example/سفارش\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://東京shop.example/\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/x{×1979}\" }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{t}}\" }]",
        "buttons: [{ type: url, text: Track, url: \"${shop}/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://${shop}/track\" }]",
    ],
}
