//! `sample-repeats-address`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Part, SegmentKind, Text, Version};
use crate::rule;

rule! {
    /// The sample of an address is a whole address.
    ///
    /// The sample of a placeholder stands in its place. A whole address behind the beginning of another one leads nowhere, and
    /// reviewers tap the button.
    ///
    /// ```yaml fails
    /// variables: { token: "https://shop.example/t/8f3kq2" }
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/t/{{token}}" }]
    /// ```
    ///
    /// ```yaml passes
    /// variables: { token: 8f3kq2 }
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/t/{{token}}" }]
    /// ```
    pub(super) static RULE = {
        id: "sample-repeats-address",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-example-matches"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    urls.filter_map(|(version, part, text)| diagnostic(template, version, part, text)).collect()
}

fn diagnostic(template: &View<'_>, version: &Version, part: Part, text: &Text) -> Option<Diagnostic> {
    let (piece, placeholder) = text.placeholders().next()?;
    let sample = version.sample(template, part, &placeholder.reference)?;
    let is_address = sample.value.starts_with("https://") || sample.value.starts_with("http://");
    let before = text.as_str().get(..piece.range.start)?;
    // An address may be asked for as a value, behind `?url=` and the like.
    if !is_address || before.contains('?') || before.trim().is_empty() {
        return None;
    }
    let message = format!("the sample {} is a whole address", quote::quoted(&sample.value));
    let has_constant = text.pieces.iter().any(|piece| matches!(piece.kind, SegmentKind::Constant(_)));
    let rest = sample.value.strip_prefix(before).filter(|rest| !rest.is_empty() && !has_constant);
    let help = match rest {
        Some(rest) => {
            format!("write {}, which is what stands in place of the placeholder", quote::quoted(rest))
        }
        None => "write only what stands in place of the placeholder".to_owned(),
    };
    Some(
        Diagnostic::new(&RULE, sample.span, message)
            .related(text.span_of_piece(piece), "it stands behind the beginning of this address")
            .help(help),
    )
}
