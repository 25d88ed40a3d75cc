//! `retyped-variable`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// The type of a variable changed.
    ///
    /// The value in the message looks different, for example an amount in place of a name. Meta doesn't check
    /// types. `watpl breaking` reports it.
    ///
    /// ```diff fails
    /// -variables: { total: { sample: "$ 12.00", type: money } }
    /// +variables: { total: { sample: "12", type: number } }
    ///  body: Your order over {{total}} is on its way to you.
    /// ```
    ///
    /// ```diff passes
    /// -variables: { total: { sample: "$ 12.00", type: money } }
    /// +variables: { total: { sample: "$ 15.00", type: money } }
    ///  body: Your order over {{total}} is on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "retyped-variable",
        severity: Severity::Warning,
        class: Consequence::Contract,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}
