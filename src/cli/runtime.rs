//! The runtime of the commands that use the network.

use super::CommandError;

/// Returns a runtime on this thread; commands without network calls start none.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| CommandError::account(format!("no network on this machine: {error}")))
}
