//! What is said on standard error with `-v` or `RUST_LOG`, without a token in it whoever says it.

use std::io::{self, Write};
use std::sync::{PoisonError, RwLock};

use tracing_subscriber::EnvFilter;

use crate::remote::Token;
use crate::report::terminal::clean_lines;

/// The tokens of this run, so that no library's line has one.
static TOKENS: RwLock<Vec<Token>> = RwLock::new(Vec::new());

/// Begins, where somebody asked for it.
#[expect(clippy::disallowed_methods, reason = "the environment is where RUST_LOG comes from")]
pub(super) fn begin(verbose: u8) {
    let asked = std::env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty());
    let filter = match (asked, verbose) {
        (Some(filter), _) => filter,
        (None, 0) => return,
        (None, 1) => "watpl=debug".to_owned(),
        (None, _) => "watpl=trace,reqwest=debug,hyper_util=debug".to_owned(),
    };
    passwords().iter().for_each(keep_out);
    let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(filter)).with_ansi(false);
    // A second subscriber is none of ours, and has the first say.
    let _ = lines.with_writer(|| Guarded).try_init();
}

/// The passwords of the proxies that the environment names.
#[expect(clippy::disallowed_methods, reason = "the environment is where proxies come from")]
fn passwords() -> Vec<Token> {
    let names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let names = names.iter().flat_map(|name| [(*name).to_owned(), name.to_lowercase()]);
    let found = names.filter_map(|name| {
        let url = url::Url::parse(&std::env::var(name).ok()?).ok()?;
        Token::new(url.password()?)
    });
    found.collect()
}

/// From now on no line has this token in it.
pub(super) fn keep_out(token: &Token) {
    TOKENS.write().unwrap_or_else(PoisonError::into_inner).push(token.clone());
}

/// Standard error, for lines that anything may stand in.
struct Guarded;

impl Write for Guarded {
    /// One event comes as one piece.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        for token in TOKENS.read().unwrap_or_else(PoisonError::into_inner).iter() {
            text = token.redact(&text);
        }
        io::stderr().write_all(clean_lines(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
