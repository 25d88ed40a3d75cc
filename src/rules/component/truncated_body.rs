//! `truncated-body`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Text};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A marketing body is truncated, and its end is hidden behind "Read more".
    ///
    /// Resellers report that marketing messages show about five lines until they are expanded. The exact
    /// number depends on the phone, so this rule is off by default. It counts line breaks.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: "Our new chairs are here.\n\nOak\nElm\nAsh\nCome and see them."
    /// footer: Reply STOP to opt out
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: "Our new chairs are here: oak, elm and ash.\nCome and see them."
    /// footer: Reply STOP to opt out
    /// ```
    pub(crate) static RULE = {
        id: "truncated-body",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Risk,
        confidence: Confidence::Reported,
        entries: ["text-long-lines"],
        subcode: None,
        reference: "templates/marketing-templates",
        needs: Needs::bytes(b"\n"),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let bodies = template.bodies().filter(|_| template.is(Category::Marketing));
    bodies.filter_map(|(_, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (at, _) = text.as_str().match_indices('\n').nth(limits::UNFOLDED_LINES - 1)?;
    let lines = text.as_str().lines().count();
    let message =
        format!("the body has {lines} lines, but only about {} are shown at first", limits::UNFOLDED_LINES);
    let rest = text.span_of(at + 1..text.as_str().len());
    Some(
        Diagnostic::new(&RULE, rest, message)
            .label("this may be hidden")
            .help("put the important information first"),
    )
}

cases! {
    fails: [
        "category: marketing\nbody: \"One\\nTwo\\nThree\\nFour\\nFive\\n«Six»\"\nfooter: Reply STOP to opt out",
        "category: marketing\nfooter: Reply STOP to opt out\nbody: |\n  One\n  Two\n  Three\n\n  Five\n  «Six\n  Seven»\n",
    ],
    passes: [
        "category: marketing\nbody: \"One\\nTwo\\nThree\\nFour\\nFive\"\nfooter: Reply STOP to opt out",
        "body: \"One\\nTwo\\nThree\\nFour\\nFive\\nSix\"",
        "category: marketing\nbody: x{×600}\nfooter: Reply STOP to opt out",
    ],
}
