//! `changed-parameters`.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// The parameters of a text changed, or their order did.
    ///
    /// Senders pass one value for each placeholder, in the order of the first language. If the number of
    /// values is wrong, Meta rejects the message (132000). If only the order changed, the message is
    /// delivered with swapped values and no error. `watpl breaking` reports it.
    ///
    /// ```diff fails
    ///  variables: { order: A-1041, day: Monday }
    /// -body: Your order {{order}} will be with you on {{day}} next week.
    /// +body: On {{day}} next week your order {{order}} will be with you.
    /// ```
    ///
    /// ```diff passes
    ///  variables: { order: A-1041, day: Monday }
    /// -body: Your order {{order}} will be with you on {{day}} next week.
    /// +body: Your order {{order}} arrives on {{day}} of next week.
    /// ```
    pub(crate) static RULE = {
        id: "changed-parameters",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132000),
        reference: "support/error-codes",
    }
}
