//! Scalars of the DSL: words, strings and `"""` texts.

use super::Refusal;
use super::doc::is_tall;
use super::key_context::{Role, is_header_word};
use super::quoting::{is_block, is_integer};
use crate::syntax::tree::ScalarStyle;

/// A text on one line: a word where its role allows one, else a string.
pub(super) fn inline(text: &str, style: ScalarStyle, role: Role) -> Result<String, Refusal> {
    let word = match role {
        Role::Word => true,
        Role::Number => is_integer(text) || text.starts_with(|first: char| first.is_ascii_digit()),
        Role::Bool => matches!(text, "true" | "false"),
        Role::Open => style == ScalarStyle::Plain,
        Role::Prose => false,
    };
    if word && is_word(text) { Ok(text.to_owned()) } else { string(text) }
}

/// A header's text, or the word for its kind.
pub(super) fn header(text: &str, style: ScalarStyle) -> Result<String, Refusal> {
    if style == ScalarStyle::Plain && is_header_word(text) { Ok(text.to_owned()) } else { string(text) }
}

/// Whether a text can be a word. More could be; these are words to everybody.
pub(super) fn is_word(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.$-+*?!:/@".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// In double quotes.
pub(super) fn string(text: &str) -> Result<String, Refusal> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\u{85}')) {
        return Err(Refusal::Inexpressible("a control character".to_owned()));
    }
    Ok(format!("\"{}\"", escaped(text).replace('"', "\\\"").replace('\n', "\\n")))
}

/// Returns the lines between `"""`, if the text survives there unchanged.
pub(super) fn block(text: &str, style: ScalarStyle) -> Option<Vec<String>> {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let fits = is_tall(text, style) && is_block(lines);
    fits.then(|| escaped(text).replace("\"\"\"", "\\\"\\\"\\\"").split('\n').map(str::to_owned).collect())
}

/// Backslashes doubled where a single one would begin an escape.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        escaped.push(character);
        let begins = matches!(characters.peek(), None | Some('"' | '\\' | 'n' | '\n'));
        if character == '\\' && begins {
            escaped.push('\\');
        }
    }
    escaped
}
