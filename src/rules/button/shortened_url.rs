//! `shortened-url`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::url_host;

rule! {
    /// A text or button uses a link shortener.
    ///
    /// A shortened link hides its destination, as fraudulent messages do. Resellers report rejections.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://bit.ly/3xYz" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(crate) static RULE = {
        id: "shortened-url",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["url-shortener"],
        subcode: None,
        reference: "templates/template-review",
        needs: Needs::bytes(b"/"),
    }
}

/// Services that anybody may shorten an address with.
const SHORTENERS: [&str; 28] = [
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "is.gd",
    "cutt.ly",
    "rebrand.ly",
    "ow.ly",
    "buff.ly",
    "rb.gy",
    "shorturl.at",
    "t.ly",
    "tiny.cc",
    "s.id",
    "bit.do",
    "bl.ink",
    "clck.ru",
    "cutt.us",
    "dub.sh",
    "lnkd.in",
    "qr.ae",
    "short.gy",
    "snip.ly",
    "tinu.be",
    "trib.al",
    "u.to",
    "v.gd",
    "x.gd",
];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts =
        template.texts_and_urls().filter(|(_, part, text)| text.bytes().has(b'/') && !part.is_label());
    let shortened =
        texts.filter_map(|(_, _, text)| Some((text, url_host::find_host(text.as_str(), &SHORTENERS)?)));
    shortened
        .map(|(text, (host, range))| {
            Diagnostic::new(&RULE, text.span_of(range), format!("`{host}` is a link shortener"))
                .label("recipients and reviewers can't see where it leads")
                .help("use the full URL")
        })
        .collect()
}

cases! {
    fails: [
        "buttons: [{ type: url, text: Track, url: \"https://«bit.ly»/3xYz\" }]",
        "body: Your order is on its way, see «t.co»/abc for it.",
        "body: Your order is on its way, see https://www.«BIT.LY»/abc for it.",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://«tinyurl.com»/{{t}}\" }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"See «is.gd»/a\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  footer \"See «cutt.ly»/a\"\n}",
        "body: Your order is on its way («is.gd»/abc).",
    ],
    passes: [
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/bit.ly\" }]",
        "body: Your order is on its way, see not.co/abc and orbit.ly/abc for it.",
        "body: Write to me@t.co/ or to t.co. if anything is wrong.",
        "body: Your order is on its way with bit.ly as the carrier.",
        "body: Your order is on its way, see https://bit.ly.shop.example/a for it.",
    ],
}
