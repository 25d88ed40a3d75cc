//! The host names that requests and web pages give.

use url::{Host as UrlHost, Url};

// What a host and its port consist of.
const PUNCTUATION: &[u8] = b".-_:[]";

/// A host whose requests and pages are accepted along with those of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost(String);

impl AllowedHost {
    /// Reads a host name or an IP address, without a port.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_ipv6 = text.parse::<std::net::Ipv6Addr>().is_ok();
        let text = if is_ipv6 { format!("[{text}]") } else { text.to_owned() };
        let has_port = text.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
        parse_host(&text).filter(|_| !has_port).map(|host| Self(host.to_string()))
    }

    /// Whether this is the host.
    pub(crate) fn is(&self, host: &UrlHost<String>) -> bool {
        self.0 == host.to_string()
    }
}

/// The host of a `Host` header.
pub(crate) fn parse_host(text: &str) -> Option<UrlHost<String>> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || PUNCTUATION.contains(&byte);
    if !text.bytes().all(plain) {
        return None;
    }
    Url::parse(&format!("http://{text}")).ok()?.host().map(|host| host.to_owned())
}
