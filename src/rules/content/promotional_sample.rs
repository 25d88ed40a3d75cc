//! `promotional-sample`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{PhraseMatches, SampleReader};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A sample of a utility template is promotional.
    ///
    /// Meta reviews the text with its samples filled in. A sample such as `20% off` shows that the variable
    /// is used for promotion, even if the text around it is neutral.
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
    pub(crate) static RULE = {
        id: "promotional-sample",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Inferred,
        entries: ["utility-promo-samples"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let mut reader = SampleReader::new(scan);
    let promoting = template
        .samples()
        .filter(|sample| reader.finds(&sample.value, |hit| hit.signal.is_promotion() && !hit.is_weak));
    let found = promoting.map(|sample| {
        let message = format!("the sample {} is promotional", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message)
            .label("promotion makes this a marketing template")
            .help("use a neutral sample, or change the category to `marketing`")
    });
    found.collect()
}
