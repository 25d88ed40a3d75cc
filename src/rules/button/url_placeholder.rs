//! `url-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A button URL has a placeholder where Meta doesn't allow one.
    ///
    /// A URL can have one placeholder, at its very end. The scheme and the host are fixed.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/{{order}}/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track/{{order}}" }]
    /// ```
    pub(crate) static RULE = {
        id: "url-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["url-one-param", "url-param-at-end", "url-param-in-host"],
        subcode: Some(100),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (first, _) = text.placeholders().next()?;
    let shown = quote::piece(text, first);
    if is_before_path(text, first) {
        let message = format!("{shown} is in the host of the URL");
        return Some(
            Diagnostic::new(&RULE, text.span_of_piece(first), message)
                .label("the scheme and host are fixed")
                .help("write the whole host, and put the placeholder at the end of the path"),
        );
    }
    if let Some((second, _)) = text.placeholders().nth(1) {
        let message = format!("the URL has {} placeholders (at most 1 allowed)", text.placeholders().count());
        return Some(
            Diagnostic::new(&RULE, text.span_of_piece(second), message)
                .related(text.span_of_piece(first), "first placeholder")
                .help("keep one placeholder, at the end of the URL"),
        );
    }
    let message = format!("{shown} is not at the end of the URL");
    let rest = text.span_of(first.range.end..text.as_str().len());
    (first.range.end < text.as_str().len()).then(|| {
        Diagnostic::new(&RULE, text.span_of_piece(first), message)
            .related(rest, "text after the placeholder")
            .help("move the placeholder to the very end")
    })
}

fn is_before_path(text: &Text, placeholder: &Segment) -> bool {
    let before = text.as_str().get(..placeholder.range.start).unwrap_or_default();
    // A constant may hold scheme, host and the slash behind them.
    let constant = text.pieces.iter().any(|piece| {
        matches!(piece.kind, SegmentKind::Constant(_)) && piece.range.end <= placeholder.range.start
    });
    let host = before.split_once("://").map_or(before, |(_, host)| host);
    !constant && !host.contains(['/', '?', '#'])
}

cases! {
    fails: [
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/«{{t}}»/track\" }]",
        "variables: { t: A1, u: B2 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{t}}/«{{u}}»\" }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://«<<t>>».example/track\" }]",
        "buttons: [{ type: url, text: Track, url: \"«{{1}}»\", samples: [\"https://shop.example/\"] }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/?a=«{{1}}»&b=2\", samples: [A1] }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example«{{t}}»\" }]",
        "category: marketing\nvariables: { t: A1 }\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [{ type: url, text: Shop, url: \"https://shop.example/«{{t}}»/\" }] }\n- { header: { image: b.png }, buttons: [{ type: url, text: Shop, url: https://shop.example/b }] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable t \"A1\"\n  body \"Your order is on its way to you.\"\n  button url \"Track\" \"https://shop.example/«<<t>>»#top\"\n}",
    ],
    passes: [
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/track/{{t}}\" }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/?a=1&b={{t}}\" }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"${shop}/<<t>>\" }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example?t={{t}}\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/${shop}/track\" }]",
        "variables: { t: A1 }\nbody: See https://shop.example/{{t}}/track for your order.",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/<<1>>\", samples: [A1] }]",
    ],
}
