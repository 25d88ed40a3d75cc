//! `digit-in-parameter-name`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ParameterFormat, Reference};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A parameter name contains a digit.
    ///
    /// With `parameter_format: named`, names are sent to Meta, which documents them as lowercase letters and
    /// underscores. Clients accept digits, but whether Meta does is not documented.
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
    pub(crate) static RULE = {
        id: "digit-in-parameter-name",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-name"],
        subcode: Some(2388072),
        reference: "templates/overview",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
            let message = format!("the parameter name {} contains a digit", quote::quoted(name));
            Diagnostic::new(&RULE, span, message).help("use only lowercase letters and underscores")
        })
        .collect()
}

cases! {
    fails: [
        "parameter_format: named\nvariables: { «line2»: Second floor }\nbody: We will bring it to {{line2}} tomorrow.",
        "parameter_format: named\nvariables: { «a1»: Ana, b: Diaz, «c_3»: A-1 }\nbody: Dear {{a1}}, dear {{b}}, your order {{c_3}} is on its way to you.",
    ],
    passes: [
        "parameter_format: named\nvariables: { second_line: Second floor }\nbody: We will bring it to {{second_line}} tomorrow.",
        "variables: { line2: Second floor }\nbody: We will bring it to {{line2}} tomorrow.",
        "parameter_format: positional\nvariables: { line2: Second floor }\nbody: We will bring it to {{line2}} tomorrow.",
    ],
}
