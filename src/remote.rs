//! The way to an account: one trait, one HTTP implementation, and the calls made of the [`graph`]'s
//! requests and responses.

pub mod calls;
mod http;
mod token;

use std::future::Future;

pub use http::{BaseUrl, Http, HttpError};
pub use token::Token;

use crate::graph::{self, Request, Response};

/// Something that answers requests of the Graph API.
pub trait Remote {
    /// Sends a request once and returns whatever was answered.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, Fault>>;
}

/// No answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The request never left, so nothing happened.
    #[error("{host} cannot be reached: {cause}")]
    Unreachable {
        /// The host.
        host: String,
        /// Why, in the words of the system.
        cause: String,
    },
    /// The request may have arrived; the answer did not.
    #[error("the answer of {host} was lost: {cause}")]
    Lost {
        /// The host.
        host: String,
        /// Why, in the words of the system.
        cause: String,
    },
}

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// An answer, and it is an error.
    #[error(transparent)]
    Graph(#[from] graph::Error),
    /// Pages that lead back to themselves or never end. Half a listing is never taken for a whole one.
    #[error("the listing does not end: {0}")]
    Endless(String),
}
