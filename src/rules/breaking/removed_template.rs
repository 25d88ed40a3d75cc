//! `removed-template`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// A template is gone.
    ///
    /// Messages that use it are refused (132001). A template that is renamed is gone under its old name. `watpl breaking`
    /// finds it.
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
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132001),
        reference: "support/error-codes",
    }
}
