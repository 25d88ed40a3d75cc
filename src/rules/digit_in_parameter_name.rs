//! `digit-in-parameter-name`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ParameterFormat, Reference};
use crate::rule;

rule! {
    /// The name of a parameter has a digit.
    ///
    /// With `parameter_format: named` the names go to Meta, which describes them as lower-case letters and underscores. Clients
    /// accept digits, and nobody says whether Meta does.
    ///
    /// ```yaml fails
    /// parameter_format: named
    /// variables: { line2: Second floor }
    /// body: We will bring it to {{line2}} tomorrow.
    /// ```
    ///
    /// ```yaml passes
    /// parameter_format: named
    /// variables: { second_line: Second floor }
    /// body: We will bring it to {{second_line}} tomorrow.
    /// ```
    pub(super) static RULE = {
        id: "digit-in-parameter-name",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-name"],
        subcode: Some(2388072),
        reference: "templates/overview",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if template.parameter_format != ParameterFormat::Named {
        return Vec::new();
    }
    let names = template.variables.iter().filter_map(|variable| match &variable.reference.value {
        Reference::Name(name) if name.contains(|character: char| character.is_ascii_digit()) => {
            Some((name, variable.reference.span))
        }
        _ => None,
    });
    names
        .map(|(name, span)| {
            let message = format!("the parameter {} has a digit in its name", quote::quoted(name));
            Diagnostic::new(&RULE, span, message).help("use lower-case letters and underscores only")
        })
        .collect()
}
