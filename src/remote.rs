//! The way to an account: one trait, one HTTP implementation, and the calls made of the [`graph`]'s
//! requests and responses.

pub mod calls;
mod http;
mod rate_limit;
mod retry_after;
mod token;
mod upload;

use std::future::Future;
use std::time::Duration;

pub use http::{BaseUrl, Http, HttpError};
pub use rate_limit::{RateLimit, RateLimited, Wait, WaitReason};
pub use token::Token;
pub use upload::{UploadFile, upload};

use crate::graph::{self, Request, Response};

/// Something that answers requests of the Graph API.
pub trait Remote {
    /// Sends a request once and returns whatever was answered.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;
}

/// No answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The request never left, so nothing happened.
    #[error("{host} cannot be reached: {cause}")]
    ConnectFailed {
        /// The host.
        host: String,
        /// The system's message.
        cause: String,
    },
    /// The request may have arrived; the answer did not.
    #[error("the response of {host} was lost: {cause}")]
    ResponseLost {
        /// The host.
        host: String,
        /// The system's message.
        cause: String,
    },
    /// The request was held back, so nothing happened: the budget is used up for longer than the run may wait.
    #[error("{why}; the next call is possible in {}, which is longer than `--max-wait` allows", minutes(*.wait))]
    RateLimited {
        /// The exhausted budget.
        why: WaitReason,
        /// The time it would have to wait.
        wait: Duration,
    },
    /// The request was held back, so nothing happened: the run was asked to stop.
    #[error("the run was stopped")]
    Cancelled,
}

/// A duration in readable form.
fn minutes(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// An answer, and it is an error.
    #[error(transparent)]
    Graph(#[from] graph::ApiError),
    /// Pages that lead back to themselves or never end. Half a listing is never taken for a whole one.
    #[error("the listing does not end: {0}")]
    PaginationLoop(String),
}
