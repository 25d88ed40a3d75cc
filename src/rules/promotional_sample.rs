//! `promotional-sample`.

use super::words::{Reader, Scan};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A sample of a utility template promotes something.
    ///
    /// Meta judges the text with its samples filled in. A sample such as `20% off` says that the variable is there to
    /// promote, whatever the text around it says.
    ///
    /// ```yaml fails
    /// variables: { note: Take 20% off today }
    /// body: Your order is on its way. {{note}} is what the driver was told.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { note: Leave it with the neighbour }
    /// body: Your order is on its way. {{note}} is what the driver was told.
    /// ```
    pub(super) static RULE = {
        id: "promotional-sample",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Inferred,
        entries: ["utility-promo-samples"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let mut reader = Reader::new(scan);
    let promoting = template
        .samples()
        .filter(|sample| reader.finds(&sample.value, |hit| hit.signal.is_promotion() && !hit.is_weak));
    let found = promoting.map(|sample| {
        let message = format!("the sample {} promotes something", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message)
            .label("promotion makes the template marketing")
            .help("write a sample that does not, or make the category `marketing`")
    });
    found.collect()
}
