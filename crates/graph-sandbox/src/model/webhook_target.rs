//! The address that gets webhooks, and how they arrive there.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// Where an app wants its webhooks, and how they arrive.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// An address on this machine.
    pub(crate) url: String,
    /// What the app recognises the verification by.
    #[serde(default = "token")]
    pub(crate) verify_token: String,
    /// Fields that it subscribes to; all when empty.
    #[serde(default)]
    pub(crate) fields: Vec<String>,
    /// How often each webhook is delivered.
    #[serde(default = "once")]
    pub(crate) copies: u8,
    /// Seconds before each further attempt, when the app does not answer 200.
    #[serde(default = "retries")]
    pub(crate) retry_after: Vec<u64>,
    /// The other form of those payloads that Meta's own pages show in two.
    #[serde(default)]
    pub(crate) other_form: bool,
}

impl Target {
    /// A target with the usual manners, if the address is an http one of this machine.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        is_near(url).then(|| Self::new(url))
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

/// Whether an address may be called: the sandbox tells nobody off this machine anything.
pub(crate) fn is_near(address: &str) -> bool {
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
