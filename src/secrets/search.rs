//! Finds secrets in text, also where they are encoded for JSON, for URLs, for XML or as base64.
//!
//! Encodings are not enumerated. At each place where a secret could begin, the text is read character by character,
//! and every character may be written as itself or in an escaped form, up to [`DEPTH`] encodings inside each other.

use std::borrow::Cow;
use std::ops::Range;

/// Encodings inside each other that are seen through: JSON in a JSON string in a URL.
const DEPTH: u8 = 3;
/// As much of a secret before `…` counts as one that was cut off.
const CUT: usize = 4;
/// Longest rest of an escaped character before `…`.
const REST: usize = 11;
/// Longest name or number of an escaped character.
const WORD: usize = 6;

const ELLIPSIS: &[u8] = "…".as_bytes();
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A character of a text, and where the next one begins.
type Unit = (u8, usize);

/// The secrets that are looked for.
#[derive(Debug)]
pub(super) struct Search {
    needles: Vec<Needle>,
    /// The bytes that a secret can begin with, in any encoding.
    starts: [bool; 256],
    replacement: &'static str,
}

/// A sequence of characters to find. The standard and the URL-safe alphabet of base64 differ in two characters, so that
/// each has an alternative.
#[derive(Debug)]
struct Needle {
    characters: Vec<[u8; 2]>,
    /// `true` if line breaks between characters do not count, as in base64.
    is_wrapped: bool,
}

impl Search {
    /// A search for secrets of visible ASCII; `None` where there are none.
    pub(super) fn new<'a>(secrets: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut needles = Vec::new();
        let mut replacement = "***";
        for secret in secrets.filter(|secret| !secret.is_empty()) {
            let plain = secret.bytes().map(|byte| [byte, byte]).collect();
            needles.push(Needle { characters: plain, is_wrapped: false });
            needles.extend((0..3).map(|before| Needle::base64(secret.as_bytes(), before)));
            if secret.contains('*') {
                // Asterisks next to other text could form the secret again.
                replacement = "•••";
            }
        }
        if needles.is_empty() {
            return None;
        }
        let mut starts = [false; 256];
        let first = needles.iter().filter_map(|needle| needle.characters.first()).flatten();
        for byte in first.chain(b"\\%&") {
            if let Some(start) = starts.get_mut(usize::from(*byte)) {
                *start = true;
            }
        }
        Some(Self { needles, starts, replacement })
    }

    /// Returns whether any secret is in the text as a whole.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.next(text.as_bytes(), 0, false).is_some()
    }

    /// The text with each secret replaced.
    pub(super) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replace(text, |_| Cow::Borrowed(self.replacement))
    }

    /// The text with each secret replaced by as many asterisks as it has bytes.
    pub(super) fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replace(text, |length| Cow::Owned("*".repeat(length)))
    }

    fn replace<'a>(&self, text: &'a str, by: impl Fn(usize) -> Cow<'static, str>) -> Cow<'a, str> {
        let mut replaced = String::new();
        let mut done = 0;
        while let Some(found) = self.next(text.as_bytes(), done, true) {
            replaced.push_str(text.get(done..found.start).unwrap_or_default());
            replaced.push_str(&by(found.len()));
            done = found.end;
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        replaced.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(replaced)
    }

    /// The first secret at or after a place, as long as possible.
    fn next(&self, text: &[u8], from: usize, cut: bool) -> Option<Range<usize>> {
        let starts = text.iter().enumerate().skip(from);
        let mut starts = starts.filter(|(_, byte)| self.starts.get(usize::from(**byte)) == Some(&true));
        starts.find_map(|(at, _)| {
            let ends = self.needles.iter().filter_map(|needle| needle.end(text, at, cut));
            ends.max().map(|end| at..end)
        })
    }
}

impl Needle {
    /// The base64 form of a secret when so many bytes (modulo 3) are encoded before it. Characters that also depend on
    /// its neighbours are left out.
    fn base64(secret: &[u8], before: usize) -> Self {
        let skipped = [0, 2, 3].get(before).copied().unwrap_or(0);
        let whole = (before + secret.len()) * 8 / 6;
        let bytes: Vec<u8> = vec![0; before].into_iter().chain(secret.iter().copied()).collect();
        let encoded = bytes.chunks(3).flat_map(|chunk| {
            let bits =
                (0..3).fold(0_u32, |bits, index| bits << 8 | u32::from(*chunk.get(index).unwrap_or(&0)));
            [18, 12, 6, 0].map(|shift| bits >> shift & 63)
        });
        let characters = encoded.take(whole).skip(skipped).map(|index| {
            let byte = usize::try_from(index).ok().and_then(|index| BASE64.get(index)).copied();
            match byte.unwrap_or_default() {
                b'+' => [b'+', b'-'],
                b'/' => [b'/', b'_'],
                byte => [byte, byte],
            }
        });
        Self { characters: characters.collect(), is_wrapped: true }
    }

    /// The end of a secret that begins at this place. `cut` accepts the beginning of a secret before `…`.
    fn end(&self, text: &[u8], start: usize, cut: bool) -> Option<usize> {
        let mut at = start;
        for (index, character) in self.characters.iter().enumerate() {
            match text.get(at) {
                Some(byte) if is_escape(*byte) => return self.encoded_end(text, (index, at), cut),
                Some(b'\n' | b'\r') if self.is_wrapped && index > 0 => {
                    return self.encoded_end(text, (index, at), cut);
                }
                Some(byte) if character.contains(byte) => at += 1,
                _ if cut && index >= CUT => return cut_off(text, at),
                _ => return None,
            }
        }
        Some(at)
    }

    /// The same from one of its characters on, where some may be encoded.
    fn encoded_end(&self, text: &[u8], (first, at): (usize, usize), cut: bool) -> Option<usize> {
        let mut places = vec![at];
        for (index, character) in self.characters.iter().enumerate().skip(first) {
            let next = self.step(text, &places, *character, index > 0);
            if next.is_empty() {
                return if cut && index >= CUT {
                    places.iter().find_map(|at| cut_off(text, *at))
                } else {
                    None
                };
            }
            places = next;
        }
        places.into_iter().max()
    }

    /// The places after one more character.
    fn step(&self, text: &[u8], places: &[usize], character: [u8; 2], inside: bool) -> Vec<usize> {
        let mut next = Vec::new();
        let mut open = places.to_vec();
        while let Some(at) = open.pop() {
            for (byte, end) in units(text, at, DEPTH) {
                if character.contains(&byte) && !next.contains(&end) {
                    next.push(end);
                } else if self.is_wrapped && inside && matches!(byte, b'\n' | b'\r') {
                    open.push(end);
                }
            }
        }
        next
    }
}

/// The place where the text was cut off, if it was here: at `…`, or at an escaped character that it ends.
fn cut_off(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.starts_with(ELLIPSIS) {
        return Some(at);
    }
    let length = rest.windows(ELLIPSIS.len()).take(REST + 1).position(|window| window == ELLIPSIS)?;
    let escape = rest.get(..length)?;
    let begins = escape.first().is_some_and(|byte| is_escape(*byte));
    let fits = escape.iter().all(|byte| byte.is_ascii_hexdigit() || b"\\%&#{ux".contains(byte));
    (begins && fits).then_some(at + length)
}

fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\\' | b'%' | b'&')
}

/// The characters that the text can be read as at a place: the byte itself, and what it is the escaped form of.
fn units(text: &[u8], at: usize, depth: u8) -> Vec<Unit> {
    let Some(&byte) = text.get(at) else { return Vec::new() };
    let Some(inner) = depth.checked_sub(1).filter(|_| is_escape(byte)) else { return vec![(byte, at + 1)] };
    let mut found = units(text, at, inner);
    for (byte, next) in found.clone() {
        match byte {
            b'\\' => backslash(text, next, inner, &mut found),
            b'%' => hex(text, next, inner, (2, 0), &mut found),
            b'&' => entity(text, next, inner, &mut found),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The characters after a backslash: `u0045`, `u{45}`, `x45`, the name of a control character, or punctuation.
fn backslash(text: &[u8], at: usize, depth: u8, found: &mut Vec<Unit>) {
    for (byte, next) in units(text, at, depth) {
        match byte {
            b'u' => {
                hex(text, next, depth, (4, 0), found);
                let opened = units(text, next, depth).into_iter().filter(|(byte, _)| *byte == b'{');
                opened.for_each(|(_, inner)| braces(text, inner, depth, found));
            }
            b'x' => hex(text, next, depth, (2, 0), found),
            b'n' => found.push((b'\n', next)),
            b'r' => found.push((b'\r', next)),
            _ if byte.is_ascii_punctuation() => found.push((byte, next)),
            _ => {}
        }
    }
}

/// The character of so many hexadecimal digits, each of which may be encoded.
fn hex(text: &[u8], at: usize, depth: u8, (left, value): (u8, u32), found: &mut Vec<Unit>) {
    let Some(left) = left.checked_sub(1) else {
        return found.extend(u8::try_from(value).ok().map(|byte| (byte, at)));
    };
    for (byte, next) in units(text, at, depth) {
        if let Some(digit) = char::from(byte).to_digit(16) {
            hex(text, next, depth, (left, value << 4 | digit), found);
        }
    }
}

/// The character of `45}`, the rest of `u{45}`.
fn braces(text: &[u8], at: usize, depth: u8, found: &mut Vec<Unit>) {
    let words = words(text, at, depth, b'}');
    found.extend(words.into_iter().filter_map(|(word, next)| Some((number(&word, 16)?, next))));
}

/// The character of `amp;`, `#69;` or `#x45;`.
fn entity(text: &[u8], at: usize, depth: u8, found: &mut Vec<Unit>) {
    let named = |word: &[u8]| match word {
        b"amp" => Some(b'&'),
        b"lt" => Some(b'<'),
        b"gt" => Some(b'>'),
        b"quot" => Some(b'"'),
        b"apos" => Some(b'\''),
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16),
        [b'#', digits @ ..] => number(digits, 10),
        _ => None,
    };
    let words = words(text, at, depth, b';');
    found.extend(words.into_iter().filter_map(|(word, next)| Some((named(&word)?, next))));
}

/// The short words from a place up to a character, and where the text goes on after each.
fn words(text: &[u8], at: usize, depth: u8, last: u8) -> Vec<(Vec<u8>, usize)> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), at)];
    while let Some((word, at)) = open.pop() {
        for (byte, next) in units(text, at, depth) {
            if byte == last {
                found.push((word.clone(), next));
            } else if word.len() < WORD && (byte.is_ascii_alphanumeric() || byte == b'#') {
                open.push((word.iter().copied().chain([byte]).collect(), next));
            }
        }
    }
    found
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Search;

    const TOKEN: &str = "EAAG/secret+token_123";

    fn search(secret: &str) -> Search {
        Search::new(std::iter::once(secret)).expect("a secret")
    }

    /// One character, encoded.
    fn character(byte: u8, how: u8) -> String {
        let this = char::from(byte);
        match how {
            0 => format!("\\u{byte:04x}"),
            1 => format!("\\u{byte:04X}"),
            2 => format!("%{byte:02x}"),
            3 => format!("%{byte:02X}"),
            4 => format!("&#{byte};"),
            5 => format!("\\u{{{byte:x}}}"),
            6 => format!("\\x{byte:02x}"),
            7 if byte.is_ascii_punctuation() => format!("\\{this}"),
            8 if this == '&' => "&amp;".to_owned(),
            _ => this.to_string(),
        }
    }

    fn json(text: &str) -> String {
        let quoted = serde_json::to_string(text).expect("JSON");
        quoted[1..quoted.len() - 1].to_owned()
    }

    fn unicode(text: &str) -> String {
        text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
    }

    fn percent(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }

    fn normal_percent(text: &str) -> String {
        url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
    }

    /// An encoder that works bit by bit.
    fn base64(bytes: &[u8], url_safe: bool) -> String {
        let mut bits: Vec<bool> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
        bits.resize(bits.len().div_ceil(6) * 6, false);
        let letter = |bits: &[bool]| match bits.iter().fold(0_u8, |value, bit| value << 1 | u8::from(*bit)) {
            value @ 0..26 => char::from(b'A' + value),
            value @ 26..52 => char::from(b'a' + value - 26),
            value @ 52..62 => char::from(b'0' + value - 52),
            62 if url_safe => '-',
            62 => '+',
            _ if url_safe => '_',
            _ => '/',
        };
        bits.chunks(6).map(letter).collect()
    }

    fn unbase64(text: &str) -> Vec<u8> {
        let value = |byte: u8| match byte {
            b'A'..=b'Z' => Some(byte - b'A'),
            b'a'..=b'z' => Some(byte - b'a' + 26),
            b'0'..=b'9' => Some(byte - b'0' + 52),
            b'+' | b'-' => Some(62),
            b'/' | b'_' => Some(63),
            _ => None,
        };
        let bits: Vec<u8> = text
            .bytes()
            .filter_map(value)
            .flat_map(|value| (0..6).rev().map(move |bit| value >> bit & 1))
            .collect();
        bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
    }

    #[test]
    fn every_encoding_is_found() {
        let search = search(TOKEN);
        let forms = [
            TOKEN.to_owned(),
            json(TOKEN),
            unicode(TOKEN),
            unicode(TOKEN).to_uppercase().replace("\\U", "\\u"),
            TOKEN.replace('/', "\\/"),
            percent(TOKEN),
            percent(TOKEN).to_lowercase(),
            normal_percent(TOKEN),
            json(&unicode(TOKEN)),
            json(&json(&unicode(TOKEN))),
            percent(&unicode(TOKEN)),
            unicode(&percent(TOKEN)),
            percent(&percent(TOKEN)),
            TOKEN.replace('_', "\\_"),
            TOKEN.bytes().map(|byte| format!("&#x{byte:x};")).collect(),
        ];
        for form in forms {
            assert!(search.is_in(&form), "{form}");
            assert_eq!(search.redact(&format!("<<{form}>>")), "<<***>>", "{form}");
            assert_eq!(search.mask(&format!("<<{form}>>")), format!("<<{}>>", "*".repeat(form.len())));
        }
    }

    #[test]
    fn base64_is_found_at_each_alignment_and_across_lines() {
        let search = search(TOKEN);
        for before in ["", "a", "ab", "abc", "Bearer "] {
            for url_safe in [false, true] {
                let encoded = base64(format!("{before}{TOKEN}!?").as_bytes(), url_safe);
                let wrapped =
                    encoded.as_bytes().chunks(10).map(|line| String::from_utf8_lossy(line).into_owned());
                let wrapped = wrapped.collect::<Vec<_>>().join("\r\n");
                for form in [encoded.clone(), encoded.replace('/', "\\/"), wrapped.clone(), json(&wrapped)] {
                    let redacted = search.redact(&form);
                    assert!(
                        redacted.contains("***") && redacted.len() < form.len() - TOKEN.len(),
                        "{form}: {redacted}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_not_the_secret_stays() {
        let search = search(TOKEN);
        for text in [
            "",
            "EAAG",
            "EAAG/secret+token_12",
            "EAAG/secret",
            "latest",
            "\\u00",
            "%",
            "%4",
            "&#;",
            "&#69",
            "…",
        ] {
            assert_eq!(search.redact(text), text);
            assert!(!search.is_in(text));
        }
    }

    /// Messages of a server are cut, and so may be a token in them.
    #[test]
    fn a_secret_that_was_cut_off_is_redacted() {
        let search = search(TOKEN);
        assert_eq!(search.redact("bad token EAAG/sec…"), "bad token ***…");
        assert_eq!(search.redact("bad token EAAG/sec\\u00…"), "bad token ***…");
        assert_eq!(search.redact("bad token EAA…"), "bad token EAA…");
        assert!(!search.is_in("bad token EAAG/sec…"));
    }

    #[test]
    fn secrets_with_escapes_and_asterisks_are_found() {
        assert_eq!(search("a%41\\u0042c").redact("<a%41\\u0042c>"), "<***>");
        assert_eq!(search("a%41\\u0042c").redact("<a%2541\\\\u0042c>"), "<***>");
        assert_eq!(search("abcd***efgh").redact("abcdabcd***efghefgh"), "abcd•••efgh");
        // A backslash at the end is as long as it can be, so that JSON around it stays JSON.
        assert_eq!(search("abcdefgh\\").redact("\"abcdefgh\\\\\""), "\"***\"");
        assert_eq!(search("/bcdefgh").redact("\"\\\\/bcdefgh\""), "\"***\"");
    }

    #[test]
    fn escapes_inside_each_other_are_read_in_few_ways() {
        for text in [
            "\\".repeat(200),
            "%25".repeat(200),
            "\\u005c".repeat(200),
            "&amp;".repeat(200),
            "%5c".repeat(200),
        ] {
            for at in 0..12 {
                let ways = super::units(text.as_bytes(), at, super::DEPTH);
                assert!(ways.len() <= 8, "{} ways to read {}", ways.len(), &text[..12]);
            }
        }
    }

    proptest! {
        #[test]
        fn no_mixture_of_encodings_hides_a_secret(
            secret in "[!-~]{8,40}",
            how in prop::collection::vec(0_u8..12, 40),
            (before, after) in ("[ -~]{0,20}", "[ -~]{0,20}"),
            outer in 0_u8..4,
        ) {
            let inner: String = secret.bytes().zip(&how).map(|(byte, how)| character(byte, *how)).collect();
            let text = format!("{before} {inner} {after}");
            let text = match outer {
                0 => json(&text),
                1 => percent(&text),
                2 => unicode(&text),
                _ => text,
            };
            let search = search(&secret);
            prop_assert!(search.is_in(&text), "{text}");
            let redacted = search.redact(&text);
            prop_assert!(!search.is_in(&redacted), "{redacted}");
            prop_assert!(redacted.contains("***") || redacted.contains("•••"), "{redacted}");
            prop_assert_eq!(search.mask(&text).len(), text.len());
        }

        #[test]
        fn no_base64_hides_a_secret(
            secret in "[!-~]{8,40}",
            (before, after) in (prop::collection::vec(any::<u8>(), 0..20), prop::collection::vec(any::<u8>(), 0..20)),
            url_safe in any::<bool>(),
        ) {
            let bytes = [&before, secret.as_bytes(), &after].concat();
            let search = search(&secret);
            let redacted = search.redact(&base64(&bytes, url_safe)).into_owned();
            let held = |bytes: Vec<u8>| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            prop_assert!(redacted.contains("***") || redacted.contains("•••"), "{redacted}");
            for part in redacted.split(['*', '•']) {
                for skipped in 0..4 {
                    prop_assert!(!held(unbase64(part.get(skipped..).unwrap_or_default())), "{redacted}");
                }
            }
        }

        #[test]
        fn text_without_the_secret_is_unchanged(secret in "[A-Z]{8,12}", text in "[a-z%\\\\u0-9/&;#{}…\n ]{0,200}") {
            prop_assert_eq!(search(&secret).redact(&text), text.as_str());
        }

        #[test]
        fn any_text_can_be_searched(secret in "[!-~]{8,20}", text in any::<String>()) {
            let search = search(&secret);
            prop_assert_eq!(search.mask(&text).len(), text.len());
        }
    }
}
