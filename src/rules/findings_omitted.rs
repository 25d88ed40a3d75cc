//! The entry that stands for findings left out of a report.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// A report leaves out findings of this file.
    ///
    /// Reports for machines carry 500 findings of a file, and at most 4 MB. This entry follows them where there are more: its
    /// message has the number of findings left out, and its severity is the highest among them. Summary, exit code, `--fix`
    /// and `--baseline` count every finding. Fix those that are listed, and run the linter again.
    ///
    /// It cannot be configured or suppressed.
    pub static RULE = {
        id: "findings-omitted",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}
