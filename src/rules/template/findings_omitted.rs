//! The entry that stands for findings left out of a report.

use crate::diagnostic::{Confidence, Consequence, Severity};
use crate::rule;

rule! {
    /// A report leaves out findings of this file.
    ///
    /// Machine-readable reports contain 500 findings of a file, and at most 4 MB. If there are more, this
    /// entry follows them: its message contains the number of omitted findings, and its severity is the
    /// highest among them. Summary, exit code, `--fix` and `--baseline` count every finding. Fix the listed
    /// findings and run the linter again.
    ///
    /// You can't configure or suppress this entry.
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
