//! An emulator of the template part of Meta's Graph API, as strict as Meta is known to be.
//!
//! It is a second opinion: it shares no code and no number with the linter and the compiler, reads requests
//! as plain JSON and keeps its own constants, so that a mistake there cannot hide itself here. Test suites of
//! users talk to it over HTTP as they would to Meta, and steer it through `/_sandbox/…` (time, review,
//! recategorising, faults).
//!
//! ```text
//! connection -> listen -> wire -> gate -> body -> serve -> api -> endpoint -> account -> state folder
//!                                                   |                |
//!                                               webhooks   validate, readback, review, present
//! ```
//!
//! `listen` limits connections, `wire` can cut them, `gate` refuses what web pages of other sites may have sent, `body`
//! reads within the bounds, `serve` logs and fails on purpose, `api` looks at the token and the path.

mod base64;
mod emulator;
mod endpoints;
mod error;
mod faults;
mod graph_error;
mod http;
mod identifiers;
mod locale;
mod model;
mod protocol;
mod readback;
mod review;
mod scenario;
mod settings;
mod state;
mod validate;
mod validate_create;
mod webhooks;

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::http::listener;
use crate::http::server::Server;

pub use crate::error::SandboxError;
pub use crate::identifiers::is_id;
pub use crate::model::webhook_target::Target;
pub use crate::protocol::bounds::Bounds;
pub use crate::protocol::host::AllowedHost;
pub use crate::scenario::review_rules::Review;
pub use crate::scenario::{ReadBack, Scenario, ScenarioError};
pub use crate::settings::Settings;
pub use crate::state::folder::State;
pub use crate::validate_create::{Verdict, judge};

/// A sandbox that listens and has not begun to answer.
#[derive(Debug)]
pub struct Sandbox {
    listener: TcpListener,
    address: SocketAddr,
    server: Server,
}

impl Sandbox {
    /// Takes a port of the loopback interface (0: any free one) and loads the state folder.
    pub async fn bind(settings: Settings, port: u16) -> Result<Self, SandboxError> {
        let refused = |source| SandboxError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let server = Server::open(settings, format!("http://{address}"))?;
        Ok(Self { listener, address, server })
    }

    /// The address to give to a client in place of `https://graph.facebook.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers requests until the future completes.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) {
        listener::run(self.listener, self.server, until).await;
    }
}
