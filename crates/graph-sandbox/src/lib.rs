//! An emulator of WhatsApp's template API, the template part of Meta's Graph API, for tests.
//!
//! Applications and their tests talk to it over HTTP as they would to Meta, and control it through `/_sandbox/…`: time,
//! reviews, category changes, network faults, webhooks. It is as strict as Meta is known to be.
//!
//! ```
//! use graph_sandbox::{Sandbox, Settings};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! // Port 0 takes a free port. Without a state folder everything stays in memory.
//! let sandbox = Sandbox::bind(Settings::default(), 0).await?;
//! let list = format!("{}/v26.0/{}/message_templates", sandbox.base_url(), Settings::default().waba);
//! tokio::spawn(sandbox.serve(std::future::pending()));
//!
//! let response = reqwest::Client::new().get(list).bearer_auth(Settings::default().token).send().await.unwrap();
//! assert_eq!(response.status(), 200);
//! # Ok::<_, graph_sandbox::SandboxError>(())
//! # }).unwrap();
//! ```
//!
//! To validate one create call without a server, use [`validate_create()`].
//!
//! # Modules
//!
//! ```text
//! listener -> connection -> server -> gate -> body -> router -> endpoint -> account -> state folder
//!                             |                                    |
//!                          webhooks                   validate, readback, review, render
//! ```
//!
//! `listener` limits connections, `connection` can cut them for a fault, `gate` blocks requests of other sites' web
//! pages, `body` reads within the limits, `server` logs calls and applies faults, `router` checks the token and the
//! path. The modules are layers: a test checks that each imports only from lower ones.

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
pub use crate::model::webhook_target::WebhookTarget;
pub use crate::protocol::bounds::Bounds;
pub use crate::protocol::host::AllowedHost;
pub use crate::scenario::review_rules::Review;
pub use crate::scenario::{ReadBack, Scenario, ScenarioError};
pub use crate::settings::Settings;
pub use crate::state::folder::StateFolder;
pub use crate::validate_create::{Rejection, validate_create};

/// A sandbox that is bound to a port and does not serve requests yet.
#[derive(Debug)]
pub struct Sandbox {
    listener: TcpListener,
    address: SocketAddr,
    server: Server,
}

impl Sandbox {
    /// Binds a port of the loopback interface (0: any free one) and loads the state folder.
    ///
    /// # Errors
    /// If the port is not available, or the state folder cannot be read or written.
    pub async fn bind(settings: Settings, port: u16) -> Result<Self, SandboxError> {
        let bind_error = |source| SandboxError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let server = Server::open(settings, format!("http://{address}"))?;
        Ok(Self { listener, address, server })
    }

    /// The URL for clients, instead of `https://graph.facebook.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves requests until the future completes.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) {
        listener::run(self.listener, self.server, until).await;
    }
}
