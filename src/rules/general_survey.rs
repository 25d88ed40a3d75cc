//! `general-survey`.

use super::words::{Scan, Signal, Spoken};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A utility template asks for an opinion about nothing in particular.
    ///
    /// Feedback on one order, visit or call is utility, and the text has to say which. A survey in general is
    /// marketing.
    ///
    /// ```yaml fails
    /// variables: { customer: Ana Diaz }
    /// body: Hello {{customer}}, please take a minute for our short survey.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Your order {{order}} arrived. Please take a minute for our short survey about it.
    /// ```
    pub(super) static RULE = {
        id: "general-survey",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-generic-survey"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || !scan.says_any(&[Signal::Survey]) {
        return Vec::new();
    }
    scan.versions().filter_map(of_version).collect()
}

fn of_version(spoken: &Spoken<'_>) -> Option<Diagnostic> {
    if spoken.says(Signal::Evidence) && spoken.placeholders() > 0 {
        return None;
    }
    let seen = spoken.texts.iter().filter(|said| !said.part.is_url());
    let mut found =
        seen.filter_map(|said| Some((said, said.hits.iter().find(|hit| hit.signal == Signal::Survey)?)));
    let (said, hit) = found.next()?;
    let message = format!(
        "the {} asks for an opinion and does not say about what: {}",
        said.part.label(),
        quote::quoted(&said.written(hit))
    );
    let diagnostic = Diagnostic::new(&RULE, said.span(hit), message)
        .label("a survey in general makes the template marketing")
        .help("name the order, visit or call with a variable, or make the category `marketing`");
    Some(diagnostic)
}
