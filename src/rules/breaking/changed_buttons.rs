//! `changed-buttons`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// Buttons with parameters changed.
    ///
    /// Senders address a button by its position and send a value for it: the end of a URL, a code or a flow.
    /// If such a button is added, removed or moved, Meta rejects existing messages (132000, 132012), or the
    /// value ends up in another button. `watpl breaking` reports it.
    ///
    /// ```diff fails
    ///  buttons:
    /// +  - Not now
    ///    - { type: url, text: Track, url: "https://shop.example/t/{{1}}", samples: [a1] }
    /// ```
    ///
    /// ```diff passes
    ///  buttons:
    ///    - { type: url, text: Track, url: "https://shop.example/t/{{1}}", samples: [a1] }
    /// +  - Not now
    /// ```
    pub(crate) static RULE = {
        id: "changed-buttons",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
