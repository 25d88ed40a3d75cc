//! `changed-header`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// The header is of another kind than before.
    ///
    /// A header with an image, a video, a document or a place wants one from the sender with every message, and a text does
    /// not. Messages that are sent as before are refused (132012). `watpl breaking` finds it.
    ///
    /// ```diff fails
    /// -header: Your order
    /// +header: location
    /// ```
    ///
    /// ```diff passes
    /// -header: Your order
    /// +header: Your parcel
    /// ```
    pub(crate) static RULE = {
        id: "changed-header",
        severity: Severity::Error,
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
