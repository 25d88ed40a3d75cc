//! `changed-buttons`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// The buttons that senders fill in are others than before.
    ///
    /// A sender names a button by its place and gives it a value: the end of an address, a code, a flow. Where such a
    /// button comes, goes or moves, messages that are sent as before are refused (132000, 132012), or their value ends up
    /// behind another button. `watpl breaking` finds it.
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
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}
