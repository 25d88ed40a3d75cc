//! `changed-category`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// The category is another one than before.
    ///
    /// It decides what a message costs and who may get it. An approved template keeps its category: the change needs a new
    /// name. `watpl breaking` finds it.
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
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/template-categorization",
    }
}
