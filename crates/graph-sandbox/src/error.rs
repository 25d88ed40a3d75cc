//! The errors of starting or running a sandbox.

use std::path::PathBuf;

/// Why a sandbox could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port is taken or may not be used.
    #[error("the sandbox cannot listen on 127.0.0.1 port {port}: {source}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state folder cannot be read.
    #[error("the sandbox cannot read its state in `{}`: {source}", path.display())]
    Read {
        /// The state file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state folder cannot be written.
    #[error("the sandbox cannot write its state to `{}`: {source}", path.display())]
    Write {
        /// The state file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state file is there, but is not what a sandbox writes.
    #[error(
        "the sandbox state in `{}` is damaged ({detail}); delete its folder to start with an empty account",
        path.display()
    )]
    Corrupt {
        /// The state file.
        path: PathBuf,
        /// Where and how it is damaged.
        detail: String,
    },
}
