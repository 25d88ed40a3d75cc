//! The settings of a sandbox.

use crate::model::webhook_target::WebhookTarget;
use crate::protocol::bounds::Bounds;
use crate::protocol::host::AllowedHost;
use crate::scenario::review_rules::Review;
use crate::scenario::{ReadBack, Scenario};
use crate::state::folder::StateFolder;

/// The settings of a sandbox.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Id of the WhatsApp Business Account that it emulates.
    pub waba: String,
    /// Id of the app.
    pub app: String,
    /// Id of the one phone number of the account.
    pub phone: String,
    /// The only access token it accepts.
    pub token: String,
    /// Folder that keeps the accounts between runs; in memory if absent.
    pub state: Option<StateFolder>,
    /// The outcome of a review, unless the scenario has one.
    pub review: Review,
    /// Target of webhooks: an http URL on this machine.
    pub webhook: Option<WebhookTarget>,
    /// `false` to send no webhooks. URLs in the state folder are then dropped, and calls that
    /// register one are rejected: a state folder may come with a cloned repository.
    pub webhooks: bool,
    /// Hosts other than this machine that requests and pages may name, for forwarded ports.
    pub allowed_hosts: Vec<AllowedHost>,
    /// Limits on what all clients together may use.
    pub bounds: Bounds,
    /// Everything else, with defaults that are as strict as Meta.
    pub scenario: Scenario,
}

impl Settings {
    /// Sets the form in which templates read back.
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
