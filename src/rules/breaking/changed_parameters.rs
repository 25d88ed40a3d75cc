//! `changed-parameters`.

use crate::diagnostic::{Class, Confidence, Severity};
use crate::rule;

rule! {
    /// The parameters of a text are others than before, or in another order.
    ///
    /// A sender gives as many values as there are placeholders, numbered in the order of the first language. With one more
    /// or less a message is refused (132000); in another order it is delivered with the values in each other's places, and
    /// nobody is told. `watpl breaking` finds it.
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
        class: Class::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132000),
        reference: "support/error-codes",
    }
}
