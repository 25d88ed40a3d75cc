//! How a run ends.

use std::process::ExitCode;

/// Exit codes; documented and stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done, or nothing to do.
    Done,
    /// Findings, holds or failures; or pending changes, where that was asked.
    Findings,
    /// The command or the configuration is wrong.
    Usage,
    /// The account, the way to it, or this machine's disk failed.
    Account,
    /// Someone else changed what was applied: drift, or another category.
    Drift,
    /// The time to wait was over before everything had come about.
    Timeout,
    /// A signal stopped the run.
    Interrupted,
    /// The system stopped the run.
    Terminated,
    /// The terminal of the run was closed.
    HungUp,
}

impl From<ExitStatus> for ExitCode {
    fn from(exit: ExitStatus) -> Self {
        Self::from(match exit {
            ExitStatus::Done => 0,
            ExitStatus::Findings => 1,
            ExitStatus::Usage => 2,
            ExitStatus::Account => 3,
            ExitStatus::Drift => 4,
            ExitStatus::Timeout => 5,
            // As shells have it for a program that a signal ended.
            ExitStatus::HungUp => 129,
            ExitStatus::Interrupted => 130,
            ExitStatus::Terminated => 143,
        })
    }
}

/// A command that could not be carried out.
#[derive(Debug)]
pub struct CommandError {
    /// What went wrong: one lower-case sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// How the run ends.
    pub exit: ExitStatus,
}

impl CommandError {
    /// The command or the configuration is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, exit: ExitStatus::Usage }
    }

    /// The account, the way to it, or this machine failed.
    pub fn account(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, exit: ExitStatus::Account }
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
