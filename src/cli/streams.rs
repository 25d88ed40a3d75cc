//! The only writers to standard output and standard error.

use std::io::Write as _;

use super::CommandError;
use crate::report::commands::{self, Escape};
use crate::secrets;

/// Writes to standard output. A reader that went away, as `head` does, is no failure.
pub(super) fn write_stdout(text: &str) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CommandError::account(format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes to standard error, without secrets and without what a CI system obeys.
pub(super) fn write_stderr(text: &str) {
    let text = commands::escape(&secrets::redact(text), Escape::Text).into_owned();
    // There is nowhere left to report that this failed.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
