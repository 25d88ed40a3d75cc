//! Text that CI systems would obey: `##vso[…]` and `##[…]` anywhere, `::…` and `##teamcity[…]` at the start of a line.
//!
//! GitHub's and Azure's runners are .NET programs. They skip every kind of white space before a command and compare
//! text as a person would, ignoring characters without width.

use std::borrow::Cow;

/// How a character that begins a command is written instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// With a backslash before it.
    Text,
    /// As `\u005b`: the decoded string is the same.
    Json,
}

/// What is between `##` and `[` of a command.
const NAMES: [&str; 3] = ["", "vso", "teamcity"];

/// The text without a command in it.
pub fn escape(text: &str, how: Escape) -> Cow<'_, str> {
    let places = places(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8 * places.len());
    let mut done = 0;
    for (at, character) in places {
        escaped.push_str(text.get(done..at).unwrap_or_default());
        let written = match how {
            Escape::Text => format!("\\{character}"),
            Escape::Json => format!("\\u{:04x}", u32::from(character)),
        };
        escaped.push_str(&written);
        done = at + character.len_utf8();
    }
    escaped.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(escaped)
}

/// Whether a CI system would obey anything in the text.
pub fn any(text: &str) -> bool {
    !places(text).is_empty()
}

/// The characters without which nothing is a command: the first colon, and the bracket.
fn places(text: &str) -> Vec<(usize, char)> {
    let brackets = text.match_indices('#').filter_map(|(at, _)| Some((bracket(text, at)?, '[')));
    let mut places: Vec<_> = brackets.collect();
    places.dedup();
    if text.contains(':') {
        let lines = text.split_inclusive(is_line_break).scan(0, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        });
        places.extend(lines.filter_map(|(start, line)| Some((start + colon(line)?, ':'))));
        places.sort_unstable();
    }
    places
}

/// The bracket of `##vso[`, which begins at a place.
fn bracket(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut seen = rest.char_indices().filter(|(_, character)| !is_ignored(*character));
    let (_, second) = seen.nth(1)?;
    if second != '#' {
        return None;
    }
    let mut name = String::new();
    for (index, character) in seen.take(9) {
        match character {
            '[' if NAMES.contains(&name.as_str()) => return Some(at + index),
            _ if character.is_ascii_alphabetic() => name.push(character.to_ascii_lowercase()),
            _ => return None,
        }
    }
    None
}

/// The first colon of a line that begins with `::`.
fn colon(line: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        let trimmed =
            rest.trim_start_matches(|character: char| character.is_whitespace() || is_ignored(character));
        let after = colour(trimmed).unwrap_or(trimmed);
        if after.len() == rest.len() {
            break;
        }
        rest = after;
    }
    let after = rest.strip_prefix(':')?.trim_start_matches(is_ignored);
    after.starts_with(':').then_some(line.len() - rest.len())
}

/// The text after a colour of a terminal: some readers of logs remove them.
fn colour(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let end = inner.find(|character: char| character.is_ascii_alphabetic())?;
    inner.get(end + 1..)
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that comparisons by the rules of a language skip, or that have no width.
fn is_ignored(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}'
            | '\u{e}'..='\u{1a}'
            | '\u{1c}'..='\u{1f}'
            | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        escape(text, Escape::Text).into_owned()
    }

    #[test]
    fn commands_begin_no_line_and_are_in_none() {
        for (before, after) in [
            ("::error::x", "\\::error::x"),
            ("a\n  \t::x", "a\n  \t\\::x"),
            ("a\r::x", "a\r\\::x"),
            ("a\u{c}::x\u{85}::y\u{2028}::z", "a\u{c}\\::x\u{85}\\::y\u{2028}\\::z"),
            ("\u{a0}\u{3000}\u{feff}::x", "\u{a0}\u{3000}\u{feff}\\::x"),
            ("\u{ad}:\u{ad}:x", "\u{ad}\\:\u{ad}:x"),
            ("\u{1b}[1m\u{1b}[31m::x", "\u{1b}[1m\u{1b}[31m\\::x"),
            ("a ##vso[task.x]b ##[error]", "a ##vso\\[task.x]b ##\\[error]"),
            ("###[x] ####vso[", "###\\[x] ####vso\\["),
            ("##VSO[ #\u{200d}#v\u{ad}so[", "##VSO\\[ #\u{200d}#v\u{ad}so\\["),
            ("  ##teamcity[x]", "  ##teamcity\\[x]"),
        ] {
            assert_eq!(text(before), after);
            assert!(any(before) && !any(after), "{after}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for plain in
            ["", "a::b", "a ::b", "+::x", ": :", ":a:", "# ##", "##a[", "## [x]", "[##", "std::fmt\n:x"]
        {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn data_in_json_stays_the_same() {
        let json = serde_json::json!({ "a": "##vso[x] ##[y" }).to_string();
        let escaped = escape(&json, Escape::Json);
        assert_eq!(escaped, "{\"a\":\"##vso\\u005bx] ##\\u005by\"}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped).ok(),
            serde_json::from_str(&json).ok()
        );
    }
}
