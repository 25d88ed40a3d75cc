//! `removed-template`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// A template was removed.
    ///
    /// Meta rejects messages that use a removed template (132001). Renaming a template removes its old name.
    /// `watpl breaking` reports it.
    ///
    /// ```diff fails
    /// -name: order_shipped
    /// +name: order_sent
    /// ```
    ///
    /// ```diff passes
    ///  name: order_shipped
    /// +description: What was order_sent before
    /// ```
    pub(crate) static RULE = {
        id: "removed-template",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132001),
        reference: "support/error-codes",
    }
}
