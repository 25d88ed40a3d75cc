//! The address that gets webhooks, and how they arrive there.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The URL that gets webhooks, and how they are delivered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookTarget {
    /// A URL on this machine.
    pub(crate) url: String,
    /// Token by which the app recognises the handshake.
    #[serde(default = "token")]
    pub(crate) verify_token: String,
    /// Fields that it subscribes to; all when empty.
    #[serde(default)]
    pub(crate) fields: Vec<String>,
    /// Number of copies of each webhook.
    #[serde(default = "once")]
    pub(crate) copies: u8,
    /// Seconds before each further attempt, when the app does not answer 200.
    #[serde(default = "retries")]
    pub(crate) retry_after: Vec<u64>,
    /// The other form of those payloads that Meta's own pages show in two.
    #[serde(default)]
    pub(crate) other_form: bool,
}

impl WebhookTarget {
    /// A target with default options, if the URL is http on this machine.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        is_loopback_url(url).then(|| Self::new(url))
    }

    pub(crate) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            verify_token: token(),
            fields: Vec::new(),
            copies: once(),
            retry_after: retries(),
            other_form: false,
        }
    }
}

/// Returns whether a URL is http on this machine. Webhooks go to no other.
pub(crate) fn is_loopback_url(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    let host = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(url::Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    };
    host && url.scheme() == "http"
}

fn token() -> String {
    "sandbox-verify".to_owned()
}

fn once() -> u8 {
    1
}

fn retries() -> Vec<u64> {
    vec![1, 5, 30]
}
