//! Scalars of YAML: plain only where every reader of YAML 1.1 and 1.2 takes them for this very text.

use std::fmt::Write as _;

use super::doc::is_tall;
use super::key_context::Role;
use crate::syntax::tree::ScalarStyle;

/// Prints a text on one line. In `flow`, it is between braces or brackets.
pub(super) fn inline(text: &str, style: ScalarStyle, role: Role, flow: bool) -> String {
    let meant = match role {
        Role::Number => is_integer(text),
        Role::Bool => matches!(text, "true" | "false"),
        Role::Open => style == ScalarStyle::Plain && !is_nothing(text),
        Role::Prose | Role::Word => false,
    };
    if is_syntax_free(text, flow) && (meant || !is_ambiguous(text)) { text.to_owned() } else { quoted(text) }
}

/// A key. Numbers may be keys as they are: no reader of a template does arithmetic on them.
pub(super) fn key(text: &str, flow: bool) -> String {
    let plain = is_syntax_free(text, flow) && (is_integer(text) || !is_ambiguous(text));
    if plain { text.to_owned() } else { quoted(text) }
}

/// Returns the lines of a text after `|`, if it survives there unchanged and in a form that editors keep.
pub(super) fn block(text: &str, style: ScalarStyle) -> Option<(&'static str, Vec<&str>)> {
    let (header, lines) = match text.strip_suffix('\n') {
        Some(lines) => ("|", lines),
        None => ("|-", text),
    };
    (is_tall(text, style) && is_block(lines)).then(|| (header, lines.split('\n').collect()))
}

/// Returns whether lines survive as a block in either format, which changes indentation and line ends.
pub(crate) fn is_block(lines: &str) -> bool {
    let edge = lines.starts_with([' ', '\n']) || lines.ends_with('\n') || lines.is_empty();
    !edge && lines.split('\n').all(|line| !line.ends_with(char::is_whitespace) && line.chars().all(is_shown))
}

/// Returns whether a character can be in a file unescaped: it is visible, or at least intended.
fn is_shown(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// In double quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        // Writing to a string cannot fail.
        let _ = match character {
            '"' => write!(quoted, "\\\""),
            '\\' => write!(quoted, "\\\\"),
            '\n' => write!(quoted, "\\n"),
            '\t' => write!(quoted, "\\t"),
            '\r' => write!(quoted, "\\r"),
            _ if is_shown(character) => write!(quoted, "{character}"),
            _ => write!(quoted, "\\u{:04x}", u32::from(character)),
        };
    }
    quoted.push('"');
    quoted
}

/// Whether nothing in a text means something to YAML.
fn is_syntax_free(text: &str, flow: bool) -> bool {
    let begins =
        text.starts_with(|first: char| first.is_whitespace() || "-?:,[]{}#&*!|>'\"%@`".contains(first));
    let ends = text.ends_with(|last: char| last.is_whitespace() || last == ':');
    let inside = text.contains(": ") || text.contains(" #") || text.starts_with("...");
    // Old readers end a plain text between brackets also here.
    let brackets = flow && (text.contains([',', '[', ']', '{', '}']) || text.contains(":?"));
    !(text.is_empty() || begins || ends || inside || brackets) && text.chars().all(is_shown)
}

/// Whether some reader of YAML takes the text for something other than a text.
fn is_ambiguous(text: &str) -> bool {
    is_nothing(text) || is_word(text) || is_number(text)
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "~" | "=" | "<<") || text.eq_ignore_ascii_case("null")
}

fn is_word(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Numbers, dates and times, and what looks enough like one.
fn is_number(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let digits = |text: &str| text.chars().any(char::is_numeric);
    let marks = |c: char| c.is_numeric() || "_.,:+-/ ".contains(c);
    let based = ["0x", "0o", "0b"].iter().any(|base| {
        let rest = unsigned.strip_prefix(base);
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit() || c == '_'))
    });
    let exponent = unsigned.split_once('e').is_some_and(|(before, after)| {
        digits(before) && digits(after) && before.chars().chain(after.chars()).all(marks)
    });
    let date = unsigned.get(..5).is_some_and(|year| year.ends_with('-') && year.chars().all(marks));
    let named = matches!(&*unsigned, ".inf" | ".nan");
    named || based || exponent || date || (digits(&unsigned) && unsigned.chars().all(marks))
}

/// A whole number as every reader writes it.
pub(super) fn is_integer(text: &str) -> bool {
    let canonical = text == "0" || !text.starts_with('0');
    canonical && !text.is_empty() && text.len() < 18 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        inline(text, ScalarStyle::DoubleQuoted, Role::Prose, false)
    }

    #[test]
    fn what_some_reader_would_misread_is_quoted() {
        let texts = [
            "yes",
            "No",
            "ON",
            "y",
            "~",
            "null",
            "NULL",
            "=",
            "<<",
            "010",
            "0x1F",
            "0o17",
            "12:30",
            "1_000",
            "1e3",
            "-5",
            "+1",
            ".5",
            ".inf",
            "-.NaN",
            "2026-12-11",
            "2026-12-11T10:00:00Z",
            "1,200",
            "۱۰:۳۰",
            "",
            " a",
            "a ",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "- a",
            "{{1}} a",
            "*a*",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "a\tb",
            "a\u{2028}b",
            "\u{feff}a",
            "...",
        ];
        for text in texts {
            assert!(written(text).starts_with('"'), "{text:?} is plain");
        }
    }

    #[test]
    fn what_nobody_misreads_is_plain() {
        let texts = [
            "Payment receipt",
            "20391-b84a",
            "418-7fd20c",
            "31 de diciembre de 2026",
            "۳۴٬۶۰۰٬۰۰۰ تومان",
            "می‌آیم",
            "Order {{number}} is due, soon",
            "https://shop.example/a#b",
            "$portal_url",
            "<<name>> it is",
            "12h",
            "yes!",
            "it's \"quoted\" inside",
        ];
        for text in texts {
            assert_eq!(written(text), text);
        }
        assert_eq!(inline("5", ScalarStyle::Plain, Role::Number, false), "5");
        assert_eq!(inline("007", ScalarStyle::Plain, Role::Number, false), "\"007\"");
        assert_eq!(inline("a, b", ScalarStyle::Plain, Role::Prose, true), "\"a, b\"");
    }
}
