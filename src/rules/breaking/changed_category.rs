//! `changed-category`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// The category changed.
    ///
    /// The category determines what a message costs and who can receive it. An approved template keeps its
    /// category, so a change requires a new name. `watpl breaking` reports it.
    ///
    /// ```diff fails
    /// -category: utility
    /// +category: marketing
    ///  footer: Reply STOP to opt out
    /// ```
    ///
    /// ```diff passes
    ///  category: utility
    /// -footer: Thank you
    /// +footer: Thank you, and see you soon
    /// ```
    pub(crate) static RULE = {
        id: "changed-category",
        severity: Severity::Warning,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/template-categorization",
    }
}
