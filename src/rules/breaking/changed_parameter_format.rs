//! `changed-parameter-format`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// The parameter format changed between named and positional.
    ///
    /// Senders pass named parameters by name and positional parameters by position, and Meta rejects a
    /// message that uses the wrong format. An existing template also keeps its format. `watpl breaking`
    /// reports it.
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
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
