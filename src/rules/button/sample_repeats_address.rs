//! `sample-repeats-address`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Part, SegmentKind, Text, Version};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// The sample for a URL placeholder is a whole URL.
    ///
    /// A sample replaces the placeholder. A whole URL after the start of another URL doesn't work, and
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
    pub(crate) static RULE = {
        id: "sample-repeats-address",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-example-matches"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    urls.filter_map(|(version, part, text)| diagnostic(template, version, part, text)).collect()
}

fn diagnostic(template: &TemplateView<'_>, version: &Version, part: Part, text: &Text) -> Option<Diagnostic> {
    let (piece, placeholder) = text.placeholders().next()?;
    let sample = version.sample(template, part, &placeholder.reference)?;
    let is_address = sample.value.starts_with("https://") || sample.value.starts_with("http://");
    let before = text.as_str().get(..piece.range.start)?;
    // An address may be asked for as a value, behind `?url=` and the like.
    if !is_address || before.contains('?') || before.trim().is_empty() {
        return None;
    }
    let message = format!("the sample {} is a whole URL", quote::quoted(&sample.value));
    let has_constant = text.pieces.iter().any(|piece| matches!(piece.kind, SegmentKind::Constant(_)));
    let rest = sample.value.strip_prefix(before).filter(|rest| !rest.is_empty() && !has_constant);
    let help = match rest {
        Some(rest) => {
            format!("use {}, the part that replaces the placeholder", quote::quoted(rest))
        }
        None => "use only the part that replaces the placeholder".to_owned(),
    };
    Some(
        Diagnostic::new(&RULE, sample.span, message)
            .related(text.span_of_piece(piece), "it follows the start of this URL")
            .help(help),
    )
}

cases! {
    fails: [
        "variables: { t: «\"https://shop.example/t/A1\"» }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{t}}\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/t/<<1>>\", samples: [«\"http://shop.example/t/A1\"»] }]",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"${shop}/t/{{t}}\" }]\nlanguages:\n  en_US: { samples: { t: «\"https://shop.example/t/A1\"» } }\n  fa: {}",
    ],
    passes: [
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{t}}\" }]",
        "variables: { t: \"https://shop.example/t/A1\" }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/?url={{t}}\" }]",
        "variables: { t: \"https://shop.example/t/A1\" }\nbody: Your order is at {{t}} on our page.",
        "variables: { t: https-A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{t}}\" }]",
    ],
}
