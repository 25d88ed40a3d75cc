//! The settings of a sandbox.

use crate::model::webhook_target::Target;
use crate::protocol::bounds::Bounds;
use crate::protocol::host::AllowedHost;
use crate::scenario::review_rules::Review;
use crate::scenario::{ReadBack, Scenario};
use crate::state::folder::State;

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
