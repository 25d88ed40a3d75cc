//! The runtime of the commands that use the network.

use super::Failure;

/// Returns a runtime on this thread; commands without network calls start none.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| Failure::account(format!("no network on this machine: {error}")))
}
