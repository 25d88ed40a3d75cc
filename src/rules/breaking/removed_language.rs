//! `removed-language`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// A language was removed.
    ///
    /// Meta rejects messages in a removed language (132001). `watpl breaking` reports it.
    ///
    /// ```diff fails
    ///  languages:
    ///    en_US: { body: Your order is on its way to you. }
    /// -  de: { body: Ihre Bestellung ist auf dem Weg zu Ihnen. }
    /// ```
    ///
    /// ```diff passes
    ///  languages:
    ///    en_US: { body: Your order is on its way to you. }
    /// +  de: { body: Ihre Bestellung ist auf dem Weg zu Ihnen. }
    /// ```
    pub(crate) static RULE = {
        id: "removed-language",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132001),
        reference: "support/error-codes",
    }
}
