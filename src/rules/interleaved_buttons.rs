//! `interleaved-buttons`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, Version};
use crate::rule;

rule! {
    /// Quick replies and other buttons are interleaved.
    ///
    /// Quick replies stand together, and so do all the others; either group may come first. Anything else is
    /// answered with "invalid combination".
    ///
    /// ```yaml fails
    /// buttons:
    ///   - All is well
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - Something is wrong
    /// ```
    ///
    /// ```yaml passes
    /// buttons:
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - { type: url, text: Help, url: "https://shop.example/help" }
    /// ```
    pub(super) static RULE = {
        id: "interleaved-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["buttons-grouping"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let is_quick = |button: &Button| matches!(button.kind, ButtonKind::QuickReply);
    let groups: Vec<&[Button]> = version.buttons.chunk_by(|a, b| is_quick(a) == is_quick(b)).collect();
    let (first, third) = (groups.first()?.first()?, groups.get(2)?.first()?);
    let what = if is_quick(third) { "quick replies" } else { "buttons that are no quick replies" };
    let diagnostic = Diagnostic::new(&RULE, third.span, format!("the {what} do not stand together"))
        .related(first.span, "the others of its group stand here")
        .help("put all quick replies before the other buttons, or behind them");
    Some(diagnostic)
}
