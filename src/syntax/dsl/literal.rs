//! Words, strings and `"""` texts to scalars with their offsets.

use std::borrow::Cow;

use crate::source::{Span, offset};
use crate::syntax::SourceMap;
use crate::syntax::source_map::{Mapping, push};
use crate::syntax::tree::{Node, Scalar, ScalarStyle, Value};

/// A bare word.
pub(super) fn word(text: &str, span: Span) -> Node<'_> {
    let offsets = SourceMap::verbatim(span, span.start);
    Node {
        span,
        value: Value::Scalar(Scalar { text: Cow::Borrowed(text), style: ScalarStyle::Plain, offsets }),
    }
}

/// A string in quotes; `raw` stands in the source from byte `start` on.
pub(super) fn string(raw: &str, start: usize, span: Span, style: ScalarStyle) -> Node<'_> {
    let (text, offsets) = if raw.contains('\\') {
        let mut decoder = Decoder::default();
        decoder.take(raw, start);
        (Cow::Owned(decoder.text), SourceMap::pieces(span, decoder.segments, true))
    } else {
        (Cow::Borrowed(raw), SourceMap::verbatim(span, offset(start)))
    };
    Node { span, value: Value::Scalar(Scalar { text, style, offsets }) }
}

/// A `"""` text: every line loses the indentation of the closing quotes, the last line break is dropped.
pub(super) fn multiline(raw: &str, start: usize, span: Span) -> Node<'_> {
    let last_line = raw.rsplit('\n').next().unwrap_or_default();
    if !raw.contains('\n') {
        return string(raw, start, span, ScalarStyle::Literal);
    }
    let indent = if last_line.trim().is_empty() { last_line.len() } else { 0 };
    let mut decoder = Decoder::default();
    let mut at = start;
    let mut lines: Vec<&str> = raw.split_inclusive('\n').collect();
    if last_line.trim().is_empty() && raw.ends_with(last_line) && !last_line.is_empty() {
        lines.pop();
    }
    for (index, line) in lines.iter().enumerate() {
        let skipped = if index == 0 { first_line_blanks(line) } else { leading_blanks(line, indent) };
        decoder.line(line, skipped, at, index + 1 == lines.len());
        at += line.len();
    }
    let offsets = SourceMap::pieces(span, decoder.segments, raw.contains('\\'));
    let text = Cow::Owned(decoder.text);
    Node { span, value: Value::Scalar(Scalar { text, style: ScalarStyle::Literal, offsets }) }
}

/// What follows the opening quotes on their line does not count when it is blank.
fn first_line_blanks(line: &str) -> usize {
    if line.trim().is_empty() { line.len() } else { 0 }
}

fn leading_blanks(line: &str, indent: usize) -> usize {
    line.bytes().take(indent).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[derive(Default)]
struct Decoder {
    text: String,
    segments: Vec<Mapping>,
}

impl Decoder {
    fn line(&mut self, line: &str, skipped: usize, at: usize, last: bool) {
        let kept = line.get(skipped..).unwrap_or_default();
        let content = kept.trim_end_matches(['\n', '\r']);
        self.take(content, at + skipped);
        if kept.len() > content.len() && !last {
            self.put("\n", at + skipped + content.len(), kept.len() - content.len());
        }
    }

    /// Decodes `\"`, `\\` and `\n`; other backslashes stay, for the grammar of texts.
    fn take(&mut self, raw: &str, start: usize) {
        let mut rest = raw;
        let mut at = start;
        while let Some(backslash) = rest.find('\\') {
            let (plain, escape) = rest.split_at(backslash);
            self.put(plain, at, plain.len());
            at += plain.len();
            let decoded = match escape.chars().nth(1) {
                Some('"') => "\"",
                Some('\\') => "\\",
                Some('n') => "\n",
                _ => {
                    self.put("\\", at, 1);
                    (rest, at) = (escape.get(1..).unwrap_or_default(), at + 1);
                    continue;
                }
            };
            self.put(decoded, at, 2);
            (rest, at) = (escape.get(2..).unwrap_or_default(), at + 2);
        }
        self.put(rest, at, rest.len());
    }

    fn put(&mut self, decoded: &str, source: usize, source_len: usize) {
        let piece = Mapping {
            decoded: offset(self.text.len()),
            decoded_len: offset(decoded.len()),
            source: offset(source),
            source_len: offset(source_len),
        };
        push(&mut self.segments, piece);
        self.text.push_str(decoded);
    }
}
