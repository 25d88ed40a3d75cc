//! `url-placeholder`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// The address of a button has a placeholder where Meta allows none.
    ///
    /// An address takes one placeholder, as its very last part. The scheme and the host are fixed.
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
    pub(super) static RULE = {
        id: "url-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["url-one-param", "url-param-at-end", "url-param-in-host"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (first, _) = text.placeholders().next()?;
    let shown = quote::piece(text, first);
    if is_before_path(text, first) {
        let message = format!("{shown} stands in the host of the address");
        return Some(
            Diagnostic::new(&RULE, text.span_of_piece(first), message)
                .label("scheme and host are fixed")
                .help("write the whole host, and the placeholder at the end of the path"),
        );
    }
    if let Some((second, _)) = text.placeholders().nth(1) {
        let message =
            format!("the address has {} placeholders, and 1 is allowed", text.placeholders().count());
        return Some(
            Diagnostic::new(&RULE, text.span_of_piece(second), message)
                .related(text.span_of_piece(first), "here is the first one")
                .help("keep one placeholder, at the end of the address"),
        );
    }
    let message = format!("{shown} does not stand at the end of the address");
    let rest = text.span_of(first.range.end..text.as_str().len());
    (first.range.end < text.as_str().len()).then(|| {
        Diagnostic::new(&RULE, text.span_of_piece(first), message)
            .related(rest, "this comes after it")
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
