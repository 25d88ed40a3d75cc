//! A program that ran: what it printed, and how it ended.

use std::process::Command;

/// How a run went.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Runs it to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        // A signal has no code: a panic has, and it is none of ours.
        let code = output.status.code().unwrap_or(-1);
        Self { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Everything printed, and the exit code.
    pub(crate) fn shown(&self) -> String {
        format!("{}{}exit code {}", self.out, self.err, self.code)
    }

    /// Holds it to an exit code and to words that were printed.
    #[track_caller]
    pub(crate) fn assert(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{}", self.shown());
        for word in words {
            assert!(
                self.out.contains(word) || self.err.contains(word),
                "{word:?} is not in\n{}",
                self.shown()
            );
        }
        self
    }
}
