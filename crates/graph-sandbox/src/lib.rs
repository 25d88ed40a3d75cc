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

mod access;
mod account;
mod answer;
mod api;
mod archive;
mod base64;
mod body;
mod bounds;
mod call;
mod clock;
mod compare;
mod control;
mod create;
mod delete;
mod edit;
mod faults;
mod fields;
mod gate;
mod identifiers;
mod judge;
mod languages;
mod library;
mod list;
mod listen;
mod messages;
mod migrate;
mod nodes;
mod present;
mod preview;
mod quirks;
mod quota;
mod readback;
mod recent;
mod refusal;
mod review;
mod sample;
mod scenario;
mod seed;
mod serve;
mod spanish;
mod store;
mod submission;
mod subscriptions;
mod template;
mod templates;
mod upload;
mod upsert;
mod validate;
mod webhooks;
mod wire;
mod world;

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use tokio::net::TcpListener;

pub use crate::bounds::Bounds;
pub use crate::gate::AllowedHost;
pub use crate::scenario::{ReadBack, Scenario, ScenarioError};
use crate::serve::Server;
pub use crate::store::State;
pub use crate::webhooks::Target;

pub use judge::{Verdict, judge};

// Meta's ids have up to 17 digits.
const LONGEST_ID: usize = 32;

/// Whether a text can be the id of an account, app, phone number or template: a number of up to 32 digits.
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a sandbox is started with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Id of the WhatsApp Business Account it plays.
    pub waba: String,
    /// Id of the app whose uploads it takes.
    pub app: String,
    /// Id of the one phone number of the account.
    pub phone: String,
    /// The only access token it accepts.
    pub token: String,
    /// Folder that keeps the account between runs; in memory when absent.
    pub state: Option<State>,
    /// What happens to a template right after it is submitted.
    pub review: Review,
    /// Where webhooks go: an http address of this machine.
    pub webhook: Option<Target>,
    /// Whether webhooks are called at all. Without them, addresses in the state folder are dropped, and calls that
    /// register one are refused: a state folder may come with a cloned repository.
    pub webhooks: bool,
    /// Hosts other than this machine that requests and pages may name, for forwarded ports.
    pub allowed_hosts: Vec<AllowedHost>,
    /// What all clients together may use.
    pub bounds: Bounds,
    /// Everything else, with defaults that are as strict as Meta.
    pub scenario: Scenario,
}

impl Settings {
    /// How templates read back.
    #[must_use]
    pub fn reading_back(mut self, read_back: ReadBack) -> Self {
        self.scenario.read_back = read_back;
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            waba: "100000000000000".to_owned(),
            app: "200000000000000".to_owned(),
            phone: "300000000000000".to_owned(),
            token: "sandbox-token".to_owned(),
            state: None,
            review: Review::Approve,
            webhook: None,
            webhooks: true,
            allowed_hosts: Vec::new(),
            bounds: Bounds::default(),
            scenario: Scenario::default(),
        }
    }
}

/// What happens to a template right after it is submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// The answer to the submission carries the verdict already.
    Approve,
    /// It stays `PENDING` until `POST /_sandbox/review`.
    Hold,
}

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
        serve::run(self.listener, self.server, until).await;
    }
}
