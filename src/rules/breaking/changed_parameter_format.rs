//! `changed-parameter-format`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// Placeholders are named where they were numbered, or the other way round.
    ///
    /// A sender gives named parameters by name and others by place; the wrong way is refused. Meta also keeps the format
    /// of a template that exists. `watpl breaking` finds it.
    ///
    /// ```diff fails
    /// +parameter_format: named
    ///  variables: { order: A-1041 }
    ///  body: Your order {{order}} is on its way to you.
    /// ```
    ///
    /// ```diff passes
    ///  variables: { order: A-1041 }
    /// -body: Your order {{order}} is on its way to you.
    /// +body: Your order {{order}} will be with you soon.
    /// ```
    pub(crate) static RULE = {
        id: "changed-parameter-format",
        severity: Severity::Error,
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
