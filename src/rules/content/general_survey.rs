//! `general-survey`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{PhraseMatches, ScannedVersion, Signal};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A utility template asks for an opinion without saying about what.
    ///
    /// Feedback on one order, visit or call is utility, if the text names it. Meta treats a general survey as
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
    pub(crate) static RULE = {
        id: "general-survey",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-generic-survey"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || !scan.has_any_signal(&[Signal::Survey]) {
        return Vec::new();
    }
    scan.versions().filter_map(of_version).collect()
}

fn of_version(version_matches: &ScannedVersion<'_>) -> Option<Diagnostic> {
    if version_matches.has_signal(Signal::Evidence) && version_matches.placeholders() > 0 {
        return None;
    }
    let seen = version_matches.texts.iter().filter(|scanned| !scanned.part.is_url());
    let mut found = seen
        .filter_map(|scanned| Some((scanned, scanned.hits.iter().find(|hit| hit.signal == Signal::Survey)?)));
    let (scanned, hit) = found.next()?;
    let message = format!(
        "the {} asks for an opinion without saying about what: {}",
        scanned.part.label(),
        quote::quoted(&scanned.written(hit))
    );
    let diagnostic = Diagnostic::new(&RULE, scanned.span(hit), message)
        .label("a general survey makes this a marketing template")
        .help("name the order, visit or call with a variable, or change the category to `marketing`");
    Some(diagnostic)
}

cases! {
    fails: [
        "body: Hello, please take a minute for our short «survey».",
        "variables: { customer: Ana Diaz }\nbody: Hello {{customer}}, please take a minute for our short «survey».",
        "body: Your order arrived. We would like to hear your «feedback» about it.",
        "language: es\nbody: Nos gustaría conocer «su opinión» sobre nuestra tienda.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Please «rate us» on our page.\"\n}",
    ],
    passes: [
        "variables: { order: A-1041 }\nbody: Your order {{order}} arrived. Please take a minute for our short survey about it.",
        "category: marketing\nbody: Please take a minute for our short survey. Reply STOP to opt out.",
        "variables: { order: A-1041 }\nbody: Your order {{order}} arrived yesterday.\nbuttons: [Feedback]",
        "body: Your order is on its way.\nbuttons: [{ type: url, text: Open, url: \"https://shop.example/survey\" }]",
    ],
}
