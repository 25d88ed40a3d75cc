//! Logs on standard error, with `-v` or `RUST_LOG`. They contain no secret, whichever library writes them.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

use super::streams::write_stderr;
use crate::report::terminal::escape_control_in_lines;
use crate::secrets;

/// Starts logging, if requested.
#[expect(clippy::disallowed_methods, reason = "the environment is where RUST_LOG comes from")]
pub(super) fn begin(verbose: u8) {
    let asked = std::env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty());
    let filter = match (asked, verbose) {
        (Some(filter), _) => filter,
        (None, 0) => return,
        (None, 1) => "watpl=debug".to_owned(),
        (None, _) => "watpl=trace,reqwest=debug,hyper_util=debug".to_owned(),
    };
    keep_passwords();
    let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(filter)).with_ansi(false);
    // If a global subscriber is already set, it is kept.
    let _ = lines.with_writer(|| Guarded).try_init();
}

/// Registers the token of the environment, also for commands that never use it: a file of the project may be a link to
/// where the system shows a process its environment.
#[expect(clippy::disallowed_methods, reason = "the environment is where the token comes from")]
pub(super) fn keep_token() {
    if let Ok(token) = std::env::var(super::variables::TOKEN) {
        secrets::add(token.trim());
    }
}

/// Registers the passwords in the addresses that the environment names.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is where addresses of proxies and servers come from"
)]
pub(super) fn keep_passwords() {
    let names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    for name in names.into_iter().chain([super::variables::GRAPH_URL]) {
        let url = std::env::var(name).ok().and_then(|url| url::Url::parse(&url).ok());
        if let Some(password) = url.as_ref().and_then(url::Url::password) {
            secrets::add(password);
            secrets::add(&decoded(password));
        }
    }
}

/// A password without its percent-encoding, in which `+` and `&` stand for themselves.
fn decoded(password: &str) -> String {
    let encoded = password.replace('+', "%2B").replace('&', "%26");
    url::form_urlencoded::parse(encoded.as_bytes())
        .map(|(name, value)| match value.is_empty() {
            true => name.into_owned(),
            false => format!("{name}={value}"),
        })
        .collect()
}

/// Standard error, for lines with any content.
struct Guarded;

impl Write for Guarded {
    /// One event comes as one piece.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_stderr(&escape_control_in_lines(&String::from_utf8_lossy(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn passwords_are_decoded() {
        assert_eq!(decoded("p%40ss+w&rd%3D"), "p@ss+w&rd=");
        assert_eq!(decoded("a=b"), "a=b");
    }
}
