//! Errors of the Graph API, shown where they come from.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// Meta refused a version when it was pushed.
    ///
    /// `watpl push` shows what the Graph API answered at the place that it is about: Meta's own words as the message,
    /// with its code and subcode, and what to do as help. A rule of the linter should have found it before; where none
    /// did, a report of the template and the codes makes one.
    ///
    /// The lint never yields this by itself.
    pub static RULE = {
        id: "refused-by-meta",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: [],
        subcode: None,
        reference: "support/error-codes",
    }
}
