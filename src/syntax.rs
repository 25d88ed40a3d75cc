//! Text to [`Tree`]: the two surfaces, and the grammar of texts. Parsing never fails.
//!
//! The only place that knows pest and the YAML library.

mod byte_set;
pub mod dsl;
pub mod rules;
mod scalar_style;
mod source_map;
pub mod text;
pub mod tree;
pub mod yaml;

pub use byte_set::{ByteSet, has_pair, has_triple};
pub use source_map::SourceMap;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use tree::Tree;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceFormat {
    /// `*.yaml`, `*.yml`.
    Yaml,
    /// `*.watpl`.
    Dsl,
}

impl SourceFormat {
    /// The surface that a file name stands for, if any.
    pub fn from_path(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "yaml" | "yml" => Some(Self::Yaml),
            "watpl" => Some(Self::Dsl),
            _ => None,
        }
    }
}

/// Parses a file in the surface that its name stands for (YAML where it stands for none).
pub fn parse<'s>(source: &'s Source, diagnostics: &mut Vec<Diagnostic>) -> Tree<'s> {
    let mut found = Vec::new();
    let may_hold_unprintable = yaml::may_hold_unprintable(source.text().as_bytes());
    if may_hold_unprintable {
        refuse_control_characters(source, diagnostics);
    }
    let tree = match SourceFormat::from_path(source.name()) {
        Some(SourceFormat::Dsl) => dsl::parse(source, &mut found),
        _ => yaml::parse_known(source, may_hold_unprintable, &mut found),
    };
    if source.is_truncated() {
        // The cut was reported, and what does not close because of it would only repeat that.
        return Tree { incomplete: true, ..tree };
    }
    diagnostics.append(&mut found);
    tree
}

/// YAML forbids them, no message can hold them, and a terminal obeys them.
fn refuse_control_characters(source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    for (at, character) in source.text().char_indices() {
        if character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}') {
            let span = Span::new(source.id(), at..at + character.len_utf8());
            diagnostics.push(rules::control_character(span, "the file", character));
        }
    }
}

/// Whether control characters may be among bytes, beside tabs and line breaks. Going on to the end costs less than asking
/// each byte whether to stop.
fn may_hold_control(text: &[u8]) -> bool {
    let is_control =
        |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7f);
    // Those beyond ASCII, U+0080 to U+009F.
    let begins_one = |first: u8, second: u8| (first == 0xc2) & (second < 0xa0);
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    text.iter().fold(false, |found, byte| found | is_control(*byte))
        || pairs.fold(false, |found, (first, second)| found | begins_one(*first, *second))
}

/// What is wrong with the bytes of a file, before it has an id.
#[derive(Clone, Debug)]
pub struct BadBytes {
    message: String,
    help: &'static str,
    at: usize,
}

impl BadBytes {
    /// The diagnostic, once the source has an id.
    pub fn at(self, source: crate::source::SourceId) -> Diagnostic {
        let span = Span::new(source, self.at..self.at);
        Diagnostic::new(&rules::NOT_UTF8, span, self.message).label("parsing stopped here").help(self.help)
    }
}

/// The text of a file's bytes: all of it, or what stands before the first byte that is none.
pub fn decode(bytes: Vec<u8>) -> (String, Option<BadBytes>) {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = "the file is UTF-16".to_owned();
        return (String::new(), Some(BadBytes { message, help: "save the file as UTF-8", at: 0 }));
    }
    // Copying what was found right takes less than finding it right by the standard library.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return (text.to_owned(), None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            let byte = bytes.get(at).copied().unwrap_or_default();
            bytes.truncate(at);
            let message = format!("byte {at} of the file, 0x{byte:02X}, is not UTF-8");
            let text = String::from_utf8(bytes).unwrap_or_default();
            (text, Some(BadBytes { message, help: "save the file as UTF-8", at }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::may_hold_control;

    #[test]
    fn no_control_character_is_missed_and_no_usual_one_is_suspected() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32) {
            let is_one = character.is_control() && !matches!(character, '\t' | '\n' | '\r');
            let text = format!("a{character}b");
            assert_eq!(may_hold_control(text.as_bytes()), is_one, "{character:?}");
        }
    }
}
