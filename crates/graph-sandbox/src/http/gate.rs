//! Which requests are answered at all: a web page that the user has open must not reach the sandbox.
//!
//! A page of another site can send requests to this machine, and a name that its owner resolves to 127.0.0.1 makes
//! them look like requests to that site. Browsers name the host, the page and the kind of body in headers that no page
//! can change.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Version, header};
use url::Host as UrlHost;

use crate::protocol::host::{AllowedHost, parse_host};

// As much of a header as a message shows.
const SHOWN: usize = 100;
/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rejection {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
}

/// Looks at a request before it has any effect.
pub(crate) fn check(head: &Parts, allowed: &[AllowedHost]) -> Result<(), Rejection> {
    check_host(head, allowed)?;
    check_page(&head.headers, allowed)
}

/// Refuses control calls that a page of another site could send without asking first.
pub(crate) fn check_control(head: &Parts) -> Result<(), Rejection> {
    let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    if head.method == Method::GET || essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Rejection {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        message: "calls of `/_sandbox/` need the header `Content-Type: application/json`".to_owned(),
    })
}

// HTTP/1.0 knows no `Host`, and no browser speaks it.
fn check_host(head: &Parts, allowed: &[AllowedHost]) -> Result<(), Rejection> {
    let named = all(&head.headers, &header::HOST);
    let target = head.uri.authority().map(ToString::to_string);
    if named.is_empty() && head.version != Version::HTTP_10 {
        return Err(forbidden("the request has no `Host` header".to_owned()));
    }
    if named.len() > 1 {
        return Err(forbidden("the request has more than one `Host` header".to_owned()));
    }
    match named.iter().chain(&target).find(|text| !is_near(parse_host(text), allowed)) {
        Some(text) => Err(forbidden(format!(
            "the sandbox answers requests to this machine, and the host of this one is `{}`{}",
            shown(text),
            advice(parse_host(text))
        ))),
        None => Ok(()),
    }
}

fn check_page(headers: &HeaderMap, allowed: &[AllowedHost]) -> Result<(), Rejection> {
    let origins = all(headers, &header::ORIGIN);
    if let Some(text) = origins.iter().find(|text| !is_near(page_host(text), allowed)) {
        return Err(forbidden(format!(
            "the sandbox answers pages of this machine, and the origin of this request is `{}`{}",
            shown(text),
            advice(page_host(text))
        )));
    }
    // Images and links name no origin, but still say that they are on another site.
    let cross_site = headers.get("sec-fetch-site").is_some_and(|site| site.as_bytes() == b"cross-site");
    if cross_site && origins.is_empty() {
        return Err(forbidden("the request comes from a page of another site".to_owned()));
    }
    Ok(())
}

fn all(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let values = headers.get_all(name).iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

/// The host of an `Origin` header: a web page's, not an extension's or a file's.
fn page_host(text: &str) -> Option<UrlHost<String>> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    parse_host(rest?)
}

fn is_near(host: Option<UrlHost<String>>, allowed: &[AllowedHost]) -> bool {
    let Some(host) = host else { return false };
    let near = match &host {
        UrlHost::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        UrlHost::Ipv4(address) => address.is_loopback(),
        UrlHost::Ipv6(address) => address.is_loopback(),
    };
    near || allowed.iter().any(|allowed| allowed.is(&host))
}

fn advice(host: Option<UrlHost<String>>) -> String {
    host.map(|host| format!("; start it with `--allow-host {}` to allow that", shown(&host.to_string())))
        .unwrap_or_default()
}

fn forbidden(message: String) -> Rejection {
    Rejection { status: StatusCode::FORBIDDEN, message }
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn answered(headers: &[(&str, &str)], allowed: &[&str]) -> bool {
        let request =
            headers.iter().fold(Request::get("/"), |request, (name, value)| request.header(*name, *value));
        let head = request.body(()).expect("a request").into_parts().0;
        let allowed: Vec<_> = allowed.iter().map(|name| AllowedHost::parse(name).expect("a host")).collect();
        check(&head, &allowed).is_ok()
    }

    #[test]
    fn hosts_of_this_machine_are_answered_and_no_others() {
        for host in [
            "localhost",
            "LOCALHOST:8460",
            "localhost.",
            "app.localhost:1",
            "127.0.0.1",
            "127.9.9.9:80",
            "[::1]",
            "[::1]:9",
        ] {
            assert!(answered(&[("host", host)], &[]), "{host}");
        }
        for host in [
            "",
            " ",
            "evil.example",
            "evil.example:8460",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evillocalhost",
            "0.0.0.0",
            "192.168.0.1",
            "128.0.0.1",
            "[::]",
            "[::2]",
            "::1",
            "localhost@evil.example",
            "evil.example#@localhost",
            "localhost/evil",
            "localhost:99999",
            "localhost:x",
            "local\thost",
            "[::1",
            "[::1]evil",
        ] {
            assert!(!answered(&[("host", host)], &[]), "{host}");
        }
        assert!(!answered(&[], &[]) && !answered(&[("host", "localhost"), ("host", "localhost")], &[]));
    }

    #[test]
    fn pages_of_this_machine_are_answered_and_no_others() {
        let answered =
            |origin: &str| answered(&[("host", "localhost"), ("origin", origin)], &["forward.example"]);
        for origin in [
            "http://localhost",
            "http://localhost:3000",
            "https://127.0.0.1:8",
            "http://[::1]:1",
            "http://a.localhost",
            "https://forward.example:8443",
        ] {
            assert!(answered(origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "https://evil.example",
            "http://localhost.evil.example",
            "file://",
            "chrome-extension://localhost",
            "http://",
            "localhost",
            "http://localhost https://evil.example",
            "http://evil.example@localhost",
        ] {
            assert!(!answered(origin), "{origin}");
        }
    }

    #[test]
    fn requests_of_other_sites_without_an_origin_are_not_answered() {
        for (site, wanted) in
            [("cross-site", false), ("same-site", true), ("same-origin", true), ("none", true)]
        {
            assert_eq!(answered(&[("host", "localhost"), ("sec-fetch-site", site)], &[]), wanted, "{site}");
        }
        let page =
            [("host", "127.0.0.1"), ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000")];
        assert!(answered(&page, &[]));
    }

    #[test]
    fn allowed_hosts_are_names_and_addresses_without_a_port() {
        for name in ["forward.example", "192.168.0.7", "fd00::1", "[fd00::1]", "host.docker.internal", "a"] {
            assert!(AllowedHost::parse(name).is_some(), "{name}");
        }
        for name in ["", "a:80", "[fd00::1]:80", "http://a", "a/b", "a b", "*", "a@b", "[x]"] {
            assert_eq!(AllowedHost::parse(name), None, "{name}");
        }
        assert!(answered(&[("host", "Forward.example:80")], &["forward.EXAMPLE"]));
        assert!(answered(&[("host", "[fd00:0::1]:80")], &["fd00::1"]));
        assert!(!answered(&[("host", "other.example")], &["forward.example"]));
    }
}
