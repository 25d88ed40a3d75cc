//! HTTP: the only place that opens a client socket.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, RequestBuilder};
use tracing::debug;

use super::{Remote, Token, TransportError};
use crate::graph::{Method, Request, RequestBody, Response};

/// Timeout of a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Timeout of a whole call, however slowly the answer arrives.
const CALL: Duration = Duration::from_secs(60);
/// The largest answer that is read, decompressed; a page of 200 templates has about 1 MB. Parsed JSON may take fifty
/// times the memory of its text.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// The headers that are looked at.
const HEADERS: [&str; 4] =
    ["facebook-api-version", "retry-after", "x-app-usage", "x-business-use-case-usage"];

/// The address of the Graph API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    url: String,
    host: String,
    loopback: bool,
}

/// The reason no calls can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The base URL is not one.
    #[error(
        "`{0}` is not a valid base URL: it needs a scheme and a host, and must not have a user, password or query"
    )]
    BadUrl(String),
    /// The token would travel in the clear.
    #[error("`{0}` must use https (http is only allowed for this machine)")]
    Insecure(String),
    /// The TLS library found no certificates or no entropy.
    #[error("the HTTP client cannot be created: {0}")]
    Client(String),
}

impl BaseUrl {
    /// Meta's.
    pub fn meta() -> Self {
        Self { url: "https://graph.facebook.com".into(), host: "graph.facebook.com".into(), loopback: false }
    }

    /// Reads a base URL.
    ///
    /// # Errors
    /// Returns an error if it is no http(s) URL with a host, or plain http to another machine.
    pub fn parse(text: &str) -> Result<Self, HttpError> {
        let bad = || HttpError::BadUrl(shown(text));
        let url = url::Url::parse(text).map_err(|_| bad())?;
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let host = url.host().filter(|_| plain).ok_or_else(bad)?;
        let loopback = match &host {
            url::Host::Domain(name) => *name == "localhost",
            url::Host::Ipv4(address) => address.is_loopback(),
            url::Host::Ipv6(address) => address.is_loopback(),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(HttpError::Insecure(shown(text))),
            _ => return Err(bad()),
        }
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_string(),
        };
        Ok(Self { url: text.trim_end_matches('/').to_owned(), host, loopback })
    }

    /// Host and port, as shown.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The Graph API over HTTP.
#[derive(Debug)]
pub struct Http {
    client: Client,
    base: BaseUrl,
    version: String,
    token: Token,
    deadline: Duration,
}

impl Http {
    /// A client for one account. No redirect is followed: the token stays with the host that was asked for.
    ///
    /// # Errors
    /// Returns an error if the TLS library cannot be set up.
    pub fn new(base: BaseUrl, version: &str, token: Token) -> Result<Self, HttpError> {
        let builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .user_agent(concat!("watpl/", env!("CARGO_PKG_VERSION")));
        // Loading the system's certificates takes time, and fails where there are none; loopback needs neither.
        let builder = if base.loopback { builder.no_proxy().tls_certs_only([]) } else { builder };
        let client = builder.build().map_err(|error| HttpError::Client(chain(&error, CALL)))?;
        Ok(Self { client, base, version: version.to_owned(), token, deadline: CALL })
    }

    /// The same, with another timeout for a whole call.
    #[must_use]
    pub fn within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// The Graph version that calls are made to.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Asks what the token is. It is the one call that carries it in the query: Meta takes it in no other way.
    ///
    /// # Errors
    /// Returns an error if there is no answer.
    pub async fn ask_about_token(&self) -> Result<Response, TransportError> {
        self.send(crate::graph::token::request(self.token.reveal())).await
    }

    fn builder(&self, request: Request) -> RequestBuilder {
        let url = format!("{}/{}/{}", self.base.url, self.version, request.path);
        let builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
            Method::Delete => self.client.delete(url),
        };
        let builder = if request.query.is_empty() { builder } else { builder.query(&request.query) };
        // The upload guide names this scheme, and no other.
        let scheme = if request.path.starts_with("upload:") { "OAuth" } else { "Bearer" };
        let builder = builder.timeout(self.deadline).header(AUTHORIZATION, self.authorization(scheme));
        match request.body {
            RequestBody::Empty => builder,
            RequestBody::Json(value) => builder.json(&value),
            RequestBody::Bytes { bytes, offset } => builder.header("file_offset", offset).body(bytes),
        }
    }

    /// The one header that carries the token, marked so that no library shows it.
    fn authorization(&self, scheme: &str) -> HeaderValue {
        // A token is visible ASCII, which every header takes.
        let mut value = HeaderValue::from_str(&format!("{scheme} {}", self.token.reveal()))
            .unwrap_or_else(|_| HeaderValue::from_static(""));
        value.set_sensitive(true);
        value
    }

    fn fault(&self, error: &reqwest::Error) -> TransportError {
        let host = self.base.host.clone();
        let cause = chain(error, self.deadline);
        if error.is_connect() || error.is_builder() {
            TransportError::ConnectFailed { host, cause }
        } else {
            TransportError::ResponseLost { host, cause }
        }
    }
}

impl Remote for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let (method, path) = (request.method, request.path.clone());
        // Ids come from answers, files and the command line: none may choose another address for the token.
        if !request.is_safe() {
            let cause = format!("`{path}` is not a Graph API path, so nothing was sent");
            return Err(TransportError::ConnectFailed { host: self.base.host.clone(), cause });
        }
        let answer = self.exchange(request).await;
        match &answer {
            // Neither query nor body: a query may hold a cursor, and a body what customers are written.
            Ok(response) => debug!(?method, path, status = response.status, bytes = response.body.len()),
            Err(fault) => debug!(?method, path, %fault),
        }
        answer
    }
}

impl Http {
    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let mut answer = self.builder(request).send().await.map_err(|error| self.fault(&error))?;
        let status = answer.status().as_u16();
        let text = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let headers = HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), text(name)?))).collect();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| self.fault(&error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                let cause = format!("the response is larger than {MAX_ANSWER} bytes");
                return Err(TransportError::ResponseLost { host: self.base.host.clone(), cause });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, headers, body })
    }
}

/// A URL as it may be shown: without user, password and query. What is before an `@` may be a password wherever the `@`
/// is, because a password may hold characters that end a host.
fn shown(text: &str) -> String {
    let (scheme, rest) = match text.find("://") {
        Some(at) => text.split_at(at + 3),
        None => ("", text),
    };
    let (hidden, rest) = match rest.rsplit_once('@') {
        Some((_, rest)) => ("***@", rest),
        None => ("", rest),
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}{hidden}{rest}")
}

/// An error and its causes, without the URL, which may hold what is not to be shown.
fn chain(error: &reqwest::Error, deadline: Duration) -> String {
    let mut words = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words.push(cause.to_string());
        source = cause.source();
    }
    if error.is_timeout() {
        words.push(format!("no response within {} seconds", deadline.as_secs()));
    }
    words.dedup();
    match words.last() {
        Some(last) => last.clone(),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, HttpError};

    #[test]
    fn the_token_never_travels_in_the_clear() {
        assert!(BaseUrl::parse("https://graph.facebook.com/").is_ok());
        for loopback in ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:9/"] {
            assert!(BaseUrl::parse(loopback).is_ok(), "{loopback}");
        }
        for insecure in ["http://graph.facebook.com", "http://localhost.evil.example", "http://10.0.0.1"] {
            assert_eq!(BaseUrl::parse(insecure), Err(HttpError::Insecure(insecure.into())));
        }
        for bad in ["", "graph.facebook.com", "ftp://x", "file:///x"] {
            assert_eq!(BaseUrl::parse(bad), Err(HttpError::BadUrl(bad.into())));
        }
    }

    #[test]
    fn what_may_be_secret_in_a_url_is_not_shown() {
        for (bad, shown) in [
            ("https://user@x", "https://***@x"),
            ("https://user:pass@x/v?token=1", "https://***@x/v"),
            ("https://user:pa?s#s/w@rd@x", "https://***@x"),
            ("https://x/?access_token=1", "https://x/"),
            ("https://x/?mail=a:pass@y&z", "https://***@y&z"),
            ("user:pass@x", "***@x"),
            ("http://user:pass@10.0.0.1/", "http://***@10.0.0.1/"),
        ] {
            assert_eq!(BaseUrl::parse(bad), Err(HttpError::BadUrl(shown.into())), "{bad}");
        }
    }
}
