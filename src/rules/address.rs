//! The addresses of buttons, as far as they are known before a message is sent.

use std::ops::Range;

use url::{Host, Url};

use super::script;
use crate::model::{PieceKind, Text};

/// What an address is.
#[derive(Debug)]
pub(super) enum Address {
    /// An address on the web, with `x` for constants and placeholders.
    Web(Url),
    /// An address of another scheme.
    Other(String),
    /// Not an address that stands for itself.
    Incomplete,
}

impl Address {
    /// The address that a text is; nothing where a constant or placeholder begins it, or where it cannot be told.
    pub(super) fn of(text: &Text) -> Option<Self> {
        // A placeholder in that place is reported as such.
        let begins_unknown = text
            .pieces
            .first()
            .is_some_and(|piece| matches!(piece.kind, PieceKind::Constant(_) | PieceKind::Placeholder(_)));
        if begins_unknown || text.mistakes().next().is_some() {
            return None;
        }
        let pieces = text.pieces.iter().map(|piece| match piece.kind {
            PieceKind::Constant(_) | PieceKind::Placeholder(_) => "x",
            _ => text.slice(piece),
        });
        let filled: String = pieces.collect();
        Some(match Url::parse(&filled) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => Self::Other(url.scheme().to_owned()),
            Ok(url) if filled.contains("://") && url.host().is_some() => Self::Web(url),
            _ => Self::Incomplete,
        })
    }

    /// Whether the host is nobody's: an example, this computer, or a bare number.
    pub(super) fn has_placeholder_host(&self) -> bool {
        let Self::Web(url) = self else { return false };
        match url.host() {
            Some(Host::Domain(domain)) => is_example(domain),
            Some(_) => true,
            None => false,
        }
    }
}

/// The bytes of a part of the host, between dots, that mixes letters of several scripts.
pub(super) fn mixed_scripts(text: &Text) -> Option<Range<usize>> {
    let (scheme, rest) = text.as_str().split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let mut start = scheme.len() + "://".len();
    for part in host.split('.') {
        let mut scripts = part.chars().filter_map(script::of_letter);
        let first = scripts.next();
        if scripts.any(|script| Some(script) != first) && !part.contains(['$', '{', '<']) {
            return Some(start..start + part.len());
        }
        start += part.len() + 1;
    }
    None
}

fn is_example(domain: &str) -> bool {
    let examples = ["example.com", "example.org", "example.net", "localhost"];
    examples.iter().any(|example| {
        domain == *example || domain.strip_suffix(example).is_some_and(|before| before.ends_with('.'))
    })
}
