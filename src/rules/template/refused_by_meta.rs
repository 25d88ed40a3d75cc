//! Errors of the Graph API, shown where they come from.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// Meta rejected a version during a push.
    ///
    /// `watpl push` shows the answer of the Graph API at the place in the source that caused it: Meta's
    /// message, its code and subcode, and what to do. If no rule of the linter reported the problem before,
    /// please report the template and the codes.
    ///
    /// The linter never reports this rule by itself.
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
