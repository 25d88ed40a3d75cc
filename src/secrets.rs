//! The secrets of this run, and the two checks that keep them in: one for text that is shown, one for files.
//!
//! Data is never changed. Text that is printed or logged is redacted where it is rendered ([`redact`], [`mask`]), and
//! once more where it leaves the process. What would be written to a file is refused ([`refuse`]).

mod search;

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use search::Search;

/// Shorter secrets are not redacted: they occur in ordinary text.
pub const SHOWN: usize = 8;
/// Shorter secrets do not stop a file from being written.
pub const KEPT: usize = 16;

/// The reason a file is not written.
const REFUSAL: &str = "it would contain the access token of this run";

/// `true` if there is any secret. Offline commands have none, and pay for this flag alone.
static ANY: AtomicBool = AtomicBool::new(false);
static REGISTRY: RwLock<Registry> = RwLock::new(Registry { secrets: Vec::new(), shown: None, kept: None });

#[derive(Debug)]
struct Registry {
    secrets: Vec<String>,
    shown: Option<Search>,
    kept: Option<Search>,
}

/// Registers a secret for the rest of this run.
pub fn add(secret: &str) {
    if secret.len() < SHOWN {
        return;
    }
    let mut registry = REGISTRY.write().unwrap_or_else(PoisonError::into_inner);
    if registry.secrets.iter().any(|known| known == secret) {
        return;
    }
    registry.secrets.push(secret.to_owned());
    let of = |least: usize| {
        registry.secrets.iter().filter(move |secret| secret.len() >= least).map(String::as_str)
    };
    let (shown, kept) = (Search::new(of(SHOWN)), Search::new(of(KEPT)));
    (registry.shown, registry.kept) = (shown, kept);
    ANY.store(true, Ordering::Release);
}

/// Returns whether any secret is registered.
pub fn any() -> bool {
    ANY.load(Ordering::Acquire)
}

/// The text without the secrets of this run, in whatever encoding they occur.
pub fn redact(text: &str) -> Cow<'_, str> {
    with_shown(text, Search::redact)
}

/// The same, with as many bytes as before: offsets into the text stay true.
pub fn mask(text: &str) -> Cow<'_, str> {
    with_shown(text, Search::mask)
}

/// Refuses data that contains a secret and would be written to a file.
///
/// # Errors
/// Returns an error if it contains a secret of at least [`KEPT`] characters.
pub fn refuse(data: &str) -> std::io::Result<()> {
    if !any() {
        return Ok(());
    }
    let registry = REGISTRY.read().unwrap_or_else(PoisonError::into_inner);
    match &registry.kept {
        Some(search) if search.is_in(data) => Err(std::io::Error::other(REFUSAL)),
        _ => Ok(()),
    }
}

fn with_shown<'a>(text: &'a str, change: fn(&Search, &'a str) -> Cow<'a, str>) -> Cow<'a, str> {
    if !any() {
        return Cow::Borrowed(text);
    }
    let registry = REGISTRY.read().unwrap_or_else(PoisonError::into_inner);
    match &registry.shown {
        Some(search) => change(search, text),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The registry belongs to the process: no other test has text with these secrets.
    #[test]
    fn secrets_are_redacted_when_shown_and_refused_in_files() {
        assert!(matches!(redact("a q7-short b"), Cow::Borrowed(_)));
        add("q7-shor");
        assert!(refuse("q7-shor").is_ok() && redact("q7-shor") == "q7-shor");
        add("q7-short");
        add("q7-long-secret-1");
        assert_eq!(redact("a q7-short b"), "a *** b");
        assert_eq!(mask("a q7-short b"), "a ******** b");
        assert!(refuse("a q7-short b").is_ok(), "shorter than what a file may not contain");
        let refused = refuse("a \\u00717-long-secret-1 b").expect_err("a secret in an escaped form");
        assert_eq!(refused.to_string(), REFUSAL);
    }
}
