//! `changed-header`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// The header format changed.
    ///
    /// A header with an image, video, document or location needs a value from the sender with every message;
    /// a text header doesn't. Meta rejects existing messages (132012). `watpl breaking` reports it.
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
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
