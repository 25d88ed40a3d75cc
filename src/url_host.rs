//! The addresses of buttons, as far as they are known before a message is sent, and hosts that texts name.

use std::ops::Range;

use psl::Type;
use url::{Host, Url};

use crate::model::{SegmentKind, Text};
use crate::text::script::{self, Script};

/// A parsed URL.
#[derive(Debug)]
pub(crate) enum Address {
    /// An address on the web, with `x` for constants and placeholders.
    Web(Url),
    /// An address of another scheme.
    Other(String),
    /// Not an address that stands for itself.
    Incomplete,
}

/// Reason why a host can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnusableHost {
    /// It is there for examples, tests, or this computer alone.
    Reserved,
    /// It is a bare number.
    Number,
    /// No domain ends like this.
    UnknownEnd,
    /// A public suffix, below which others register their domains.
    End,
}

impl Address {
    /// Parses a text as an address. Returns `None` if it begins with a constant or placeholder, or is unclear.
    pub(crate) fn parse(text: &Text) -> Option<Self> {
        // A placeholder in that place is reported as such.
        let begins_unknown = text.pieces.first().is_some_and(|piece| {
            matches!(piece.kind, SegmentKind::Constant(_) | SegmentKind::Placeholder(_))
        });
        if begins_unknown || text.mistakes().next().is_some() {
            return None;
        }
        let pieces = text.pieces.iter().map(|piece| match piece.kind {
            SegmentKind::Constant(_) | SegmentKind::Placeholder(_) => "x",
            _ => text.slice(piece),
        });
        let filled: String = pieces.collect();
        Some(match Url::parse(&filled) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => Self::Other(url.scheme().to_owned()),
            Ok(url) if filled.contains("://") && url.host().is_some() => Self::Web(url),
            _ => Self::Incomplete,
        })
    }

    /// Returns why the host can't be used, if so.
    pub(crate) fn unusable_host(&self, text: &Text) -> Option<UnusableHost> {
        let Self::Web(url) = self else { return None };
        match url.host()? {
            Host::Domain(domain) if is_reserved(domain) => Some(UnusableHost::Reserved),
            Host::Domain(domain) if has_fixed_host(text) => end_of(domain),
            Host::Domain(_) => None,
            _ => Some(UnusableHost::Number),
        }
    }
}

/// Returns whether the host contains neither constants nor placeholders.
fn has_fixed_host(text: &Text) -> bool {
    let Some((scheme, rest)) = text.as_str().split_once("://") else { return false };
    let end = scheme.len() + "://".len() + rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let filled = |kind: &SegmentKind| matches!(kind, SegmentKind::Constant(_) | SegmentKind::Placeholder(_));
    !text.pieces.iter().any(|piece| filled(&piece.kind) && piece.range.start < end)
}

/// Checks the end of a domain against the public suffix list.
fn end_of(domain: &str) -> Option<UnusableHost> {
    let domain = domain.trim_end_matches('.');
    // The project's own examples end like this, and so do many others' (RFC 2606).
    if domain.ends_with(".example") {
        return None;
    }
    let suffix = psl::suffix(domain.as_bytes())?;
    match suffix.typ() {
        None => Some(UnusableHost::UnknownEnd),
        Some(Type::Icann) if psl::domain(domain.as_bytes()).is_none() => Some(UnusableHost::End),
        // Companies serve pages right at the ends that they registered themselves.
        Some(_) => None,
    }
}

/// The bytes of a part of the host, between dots, that mixes letters of several scripts.
pub(crate) fn mixed_scripts(text: &Text) -> Option<Range<usize>> {
    let (scheme, rest) = text.as_str().split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let mut start = scheme.len() + "://".len();
    for part in host.split('.') {
        if !part.contains(['$', '{', '<']) && is_mixed(part) {
            return Some(start..start + part.len());
        }
        start += part.len() + 1;
    }
    None
}

fn is_mixed(part: &str) -> bool {
    if part.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) {
        let (decoded, _) = idna::domain_to_unicode(part);
        return mixes(&decoded);
    }
    !part.is_ascii() && mixes(part)
}

/// Returns whether a text mixes scripts that no language combines (Unicode, UTS 39).
fn mixes(part: &str) -> bool {
    let mut scripts: Vec<Script> = Vec::new();
    for script in part.chars().filter_map(script::of_letter) {
        if !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    let eastern =
        |script: &Script| matches!(script, Script::Latin | Script::Han | Script::Kana | Script::Hangul);
    scripts.len() > 1 && !scripts.iter().all(eastern)
}

/// Domains for examples and for this computer or network alone (RFC 2606, 6761, 6762, 8375, 9476).
fn is_reserved(domain: &str) -> bool {
    const RESERVED: [&str; 10] = [
        "example.com",
        "example.org",
        "example.net",
        "localhost",
        "test",
        "invalid",
        "local",
        "internal",
        "home.arpa",
        "alt",
    ];
    let domain = domain.trim_end_matches('.');
    RESERVED.iter().any(|reserved| {
        domain.strip_suffix(reserved).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// The first of `hosts` that a text names with a path behind it, and where.
pub(crate) fn find_host(text: &str, hosts: &[&'static str]) -> Option<(&'static str, Range<usize>)> {
    // `t.co` without a path may as well be a slip of the pen, so that slashes show where to look.
    text.match_indices('/').find_map(|(end, _)| {
        let before = text.as_bytes().get(..end)?;
        // What is between slashes and has no dot, as most parts of a path, is no host.
        let mut part = before.iter().rev().take_while(|byte| **byte != b'/');
        part.find(|byte| **byte == b'.')?;
        let host = hosts.iter().find(|host| ends_with(before, host) && is_whole(text, end - host.len()))?;
        Some((*host, end - host.len()..end))
    })
}

/// Returns whether bytes end with a host, in whatever case.
fn ends_with(bytes: &[u8], host: &str) -> bool {
    let end = bytes.len().checked_sub(host.len()).and_then(|start| bytes.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(host.as_bytes()))
}

/// Returns whether a host begins here, and not in the middle of one.
fn is_whole(text: &str, start: usize) -> bool {
    let Some(before) = text.get(..start) else { return false };
    let last = before.chars().next_back();
    let bare = !last.is_some_and(|last| last.is_alphanumeric() || matches!(last, '.' | '-' | '_' | '@'));
    bare || ends_with(before.as_bytes(), "www.")
}

#[cfg(test)]
mod tests {
    use super::{UnusableHost, end_of, find_host, is_mixed, is_reserved};

    #[test]
    fn ends_of_domains_are_those_of_the_list() {
        for fine in [
            "shop.com",
            "www.shop.co.uk",
            "shop.example",
            "shop.github.io",
            "s3.amazonaws.com",
            "shop.xn--mgba3a4f16a.ir",
        ] {
            assert_eq!(end_of(fine), None, "{fine}");
        }
        for unknown in ["intranet", "shop.comm", "www.shop.exampel"] {
            assert_eq!(end_of(unknown), Some(UnusableHost::UnknownEnd), "{unknown}");
        }
        for end in ["co.uk", "xn--mgba3a4f16a.ir"] {
            assert_eq!(end_of(end), Some(UnusableHost::End), "{end}");
        }
    }

    #[test]
    fn hosts_are_found_before_any_slash() {
        for (text, expected) in [
            ("https://t.co/a", Some(8..12)),
            ("a/b T.CO/c", Some(4..8)),
            ("www.t.co/", Some(4..8)),
            ("https://shop.example/a.b/t.co/", Some(25..29)),
            ("https://shop.example/to/tco/", None),
            ("not.co/a", None),
            ("t.co", None),
        ] {
            assert_eq!(find_host(text, &["t.co"]).map(|(_, range)| range), expected, "{text}");
        }
    }

    #[test]
    fn reserved_names_are_whole_labels() {
        assert!(is_reserved("www.example.com") && is_reserved("localhost") && is_reserved("shop.test"));
        assert!(!is_reserved("myexample.com") && !is_reserved("contest") && !is_reserved("local.shop.com"));
    }

    #[test]
    fn scripts_are_mixed_only_where_no_language_does() {
        assert!(is_mixed("раyраl") && is_mixed("xn--yl-7kcbb1b2a"));
        assert!(!is_mixed("münchen") && !is_mixed("東京shop") && !is_mixed("فروشگاه") && !is_mixed("shop"));
    }
}
