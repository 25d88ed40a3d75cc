//! Block scalars, line by line where they stand.
//!
//! The library copies each of their lines into a text that grows, looks at every character of it, and says nothing of where a
//! line stood. Their lines are most of a project's bytes. So what reads for the library ([`Reader`]) takes note of each line, and
//! where no character needs looking at it hands over one letter for all of it: the library makes an outline of that, with the
//! line breaks as YAML folds them, and the text is put together from the source ([`Blocks`]).

use std::cell::RefCell;

use granit_parser::input::{SkipTabs, WhitespaceResult};
use granit_parser::{BorrowedInput, ErrorKind, Input, StrInput};

use crate::source::{Span, offset};
use crate::syntax::SourceMap;
use crate::syntax::source_map::{Mapping, push};

/// What stands for a line in an outline.
const OUTLINE_CHAR: char = 'x';

/// A line of a block scalar, without its indentation and its break.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockLine {
    /// Where what was handed over for it begins in the library's text, and how many bytes that has.
    outline_start: u32,
    outline_len: u32,
    /// Where it stands in what is parsed.
    start: u32,
    len: u32,
}

/// The lines of all block scalars of a file, as they were read.
pub(super) type BlockLines = RefCell<Vec<BlockLine>>;

/// What reads for the library: a text in memory, of whose block scalars it takes note.
pub(super) struct BlockScalarInput<'s, 'l> {
    whole: &'s str,
    /// What is left of it, from a byte on.
    rest: StrInput<'s>,
    from: usize,
    lines: &'l BlockLines,
    /// Whether the library has to see each character of a line, because it may refuse one.
    is_exact: bool,
}

impl<'s, 'l> BlockScalarInput<'s, 'l> {
    pub(super) fn new(text: &'s str, lines: &'l BlockLines, is_exact: bool) -> Self {
        Self { whole: text, rest: StrInput::new(text), from: 0, lines, is_exact }
    }

    /// How many bytes were read.
    fn at(&self) -> usize {
        self.from + self.rest.byte_offset().unwrap_or_default()
    }

    /// Goes on behind what was read.
    fn go_on(&mut self, at: usize) {
        let seen = self.rest.buflen();
        self.rest = StrInput::new(self.whole.get(at..).unwrap_or_default());
        self.rest.lookahead(seen);
        self.from = at;
    }
}

/// Methods that the library's own input for texts in memory has for itself.
macro_rules! as_in_memory {
    ($(fn $name:ident(&self $(, $argument:ident: $kind:ty)*) -> $result:ty;)+) => {
        $(#[inline]
        fn $name(&self $(, $argument: $kind)*) -> $result {
            self.rest.$name($($argument),*)
        })+
    };
    ($(fn $name:ident(&mut self $(, $argument:ident: $kind:ty)*) $(-> $result:ty)?;)+) => {
        $(#[inline]
        fn $name(&mut self $(, $argument: $kind)*) $(-> $result)? {
            self.rest.$name($($argument),*)
        })+
    };
}

impl Input for BlockScalarInput<'_, '_> {
    as_in_memory! {
        fn buflen(&self) -> usize;
        fn bufmaxlen(&self) -> usize;
        fn peek(&self) -> char;
        fn peek_nth(&self, n: usize) -> char;
        fn next_2_are(&self, first: char, second: char) -> bool;
        fn next_3_are(&self, first: char, second: char, third: char) -> bool;
        fn next_is_document_indicator(&self) -> bool;
        fn next_is_document_start(&self) -> bool;
        fn next_is_document_end(&self) -> bool;
        fn next_is_blank_or_break(&self) -> bool;
        fn next_is_blank_or_breakz(&self) -> bool;
        fn next_is_blank(&self) -> bool;
        fn next_is_break(&self) -> bool;
        fn next_is_breakz(&self) -> bool;
        fn next_is_z(&self) -> bool;
        fn next_is_flow(&self) -> bool;
        fn next_is_digit(&self) -> bool;
        fn next_is_alpha(&self) -> bool;
    }

    as_in_memory! {
        fn lookahead(&mut self, count: usize);
        fn raw_read_ch(&mut self) -> char;
        fn raw_read_non_breakz_ch(&mut self) -> Option<char>;
        fn skip(&mut self);
        fn skip_n(&mut self, count: usize);
        fn skip_ws_to_eol(&mut self, tabs: SkipTabs) -> (usize, Result<WhitespaceResult, ErrorKind>);
        fn skip_ws_to_eol_blanks(&mut self, tabs: SkipTabs) -> (usize, WhitespaceResult);
        fn skip_while_non_breakz(&mut self) -> usize;
        fn skip_while_blank(&mut self) -> usize;
        fn fetch_while_is_alpha(&mut self, out: &mut String) -> usize;
        fn fetch_while_is_yaml_non_space(&mut self, out: &mut String) -> usize;
        fn take_quoted_scalar_ascii_chunk(&mut self, single: bool) -> &str;
        fn take_quoted_scalar_chunk(&mut self, single: bool) -> (&str, usize);
        fn fetch_plain_scalar_chunk(&mut self, out: &mut String, count: usize, in_flow: bool) -> (bool, usize);
        fn skip_plain_scalar_chunk(&mut self, count: usize, in_flow: bool) -> (bool, usize);
    }

    #[inline]
    fn byte_offset(&self) -> Option<usize> {
        Some(self.at())
    }

    #[inline]
    fn slice_bytes(&self, start: usize, end: usize) -> Option<&str> {
        self.whole.get(start..end)
    }

    fn may_contain_comments(&self) -> bool {
        memchr::memchr(b'#', self.whole.as_bytes()).is_some()
    }

    fn fetch_block_scalar_line(&mut self, out: &mut String) -> usize {
        let start = self.at();
        let rest = self.whole.get(start..).unwrap_or_default();
        let len = memchr::memchr3(b'\n', b'\r', 0, rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default();
        if line.is_empty() {
            return 0;
        }
        let handed = out.len();
        match self.is_exact {
            true => out.push_str(line),
            false => out.push(OUTLINE_CHAR),
        }
        self.lines.borrow_mut().push(BlockLine {
            outline_start: offset(handed),
            outline_len: offset(out.len() - handed),
            start: offset(start),
            len: offset(len),
        });
        self.go_on(start + len);
        // The library counts columns by it, which begin anew behind the line, and characters, by which nobody asks.
        len
    }
}

impl<'s> BorrowedInput<'s> for BlockScalarInput<'s, '_> {
    #[inline]
    fn slice_borrowed(&self, start: usize, end: usize) -> Option<&'s str> {
        self.whole.get(start..end)
    }
}

/// The block scalars of a file, in the order in which their lines were read.
pub(super) struct Blocks<'s, 'l> {
    raw: &'s str,
    /// How many bytes stand before what is parsed.
    head: usize,
    lines: &'l BlockLines,
    /// How many lines are those of texts that were put together.
    done: usize,
}

impl<'s, 'l> Blocks<'s, 'l> {
    pub(super) fn new(raw: &'s str, head: usize, lines: &'l BlockLines) -> Self {
        Self { raw, head, lines, done: 0 }
    }

    /// The text of the next one, which stands at a place, and where each byte of it stands, out of what the library made of
    /// its lines.
    pub(super) fn text(&mut self, span: Span, outline: &str) -> (String, SourceMap) {
        let lines = self.lines.borrow();
        let rest = lines.get(self.done..).unwrap_or_default();
        let count = rest.iter().take_while(|line| self.place(line).0 < span.end).count();
        let own = rest.get(..count).unwrap_or_default();
        self.done += count;
        let room = own.iter().map(|line| line.len as usize).sum::<usize>();
        let mut block = Block {
            text: String::with_capacity(outline.len() + room),
            segments: Vec::with_capacity(2 * count + 1),
            at: span.start,
        };
        let mut taken = 0;
        for line in own {
            let (start, end) = self.place(line);
            block.take(outline.get(taken..line.outline_start as usize).unwrap_or_default(), start);
            block.take(self.raw.get(start as usize..end as usize).unwrap_or_default(), end);
            taken = line.outline_start as usize + line.outline_len as usize;
        }
        block.take(outline.get(taken..).unwrap_or_default(), span.end);
        (block.text, SourceMap::pieces(span, block.segments, false))
    }

    /// Where a line stands in the file.
    fn place(&self, line: &BlockLine) -> (u32, u32) {
        let start = offset(self.head).saturating_add(line.start);
        (start, start.saturating_add(line.len))
    }
}

/// A text that is put together.
struct Block {
    text: String,
    segments: Vec<Mapping>,
    /// The source's byte that it goes on with.
    at: u32,
}

impl Block {
    /// Takes what the source has up to a byte.
    fn take(&mut self, decoded: &str, to: u32) {
        let segment = Mapping {
            decoded: offset(self.text.len()),
            decoded_len: offset(decoded.len()),
            source: self.at,
            source_len: to.saturating_sub(self.at),
        };
        push(&mut self.segments, segment);
        self.text.push_str(decoded);
        self.at = to;
    }
}

#[cfg(test)]
mod tests {
    use granit_parser::{Event, Parser, ScalarStyle};
    use proptest::prelude::*;

    use super::super::{may_hold_unprintable, parser_options};
    use super::*;
    use crate::source::Sources;

    /// Every event with its bytes, and the error if there is one, as the library reads by itself.
    fn alone(text: &str) -> Vec<String> {
        shown(Parser::new_from_str_with_options(text, parser_options()), |_, text| text.to_owned())
    }

    /// The same by the lines' outlines.
    fn by_lines(text: &str) -> Vec<String> {
        let (id, lines) = (Sources::default().add("a.yaml", ""), BlockLines::default());
        let mut blocks = Blocks::new(text, 0, &lines);
        let reader = BlockScalarInput::new(text, &lines, may_hold_unprintable(text.as_bytes()));
        shown(Parser::with_options(reader, parser_options()), |range, outline| {
            let (block, offsets) = blocks.text(Span::new(id, range), outline);
            // What is one to one is the same in both.
            for (at, character) in block.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                let place = offsets.span(at..at + character.len_utf8());
                assert_eq!(text.get(place.range()), block.get(at..at + character.len_utf8()), "{text:?}");
            }
            block
        })
    }

    fn shown<'s, T: BorrowedInput<'s>>(
        parser: Parser<'s, T>,
        mut block: impl FnMut(std::ops::Range<usize>, &str) -> String,
    ) -> Vec<String> {
        let mut all = Vec::new();
        for event in parser {
            match event {
                Ok((
                    Event::Scalar(text, style @ (ScalarStyle::Literal | ScalarStyle::Folded), anchor, _),
                    span,
                )) => {
                    let range = span.byte_range().expect("a text in memory has bytes");
                    all.push(format!("{style:?} {:?} {anchor} {range:?}", block(range.clone(), &text)));
                }
                Ok((event, span)) => all.push(format!("{event:?} {:?}", span.byte_range())),
                Err(error) => all.push(format!("{} {:?}", error.info(), error.marker().byte_offset())),
            }
        }
        all
    }

    #[test]
    fn block_scalars_are_what_the_library_makes_of_them() {
        // A key may have 1,024 characters, and not all of what stands before it counts.
        let long = "é".repeat(2_000);
        let long = format!("a: |\n  {long}\n  {long}\nb: 1\n? >\n {long}\n: - |\n {long}\n{long}: x");
        assert_eq!(by_lines(&long), alone(&long));
        for text in [
            "a: |\n  one\n  two\nb: >\n  three\n  four\n\n  five\n",
            "a: |-\n  one\n\n\n   two\n  \n",
            "a: |+\n\n  one\n\n# c\nb: |2\n   x\n  y",
            "- |\n x\n- >-\n x\n\n   more\n x\n",
            "? |-\n  x\n: >+\n  y\n\n\n",
            "a: |\n  x\r\n  y\r\n\r\nb: >\r\n  é字\r\n  z",
            "|\nx\ny\n...\n",
            "--- |\n%x\n--- >\n x\n",
            "a: |\n\n\nb: >-\n\nc: |+\n\n",
            "a: |\n  ￥ and \u{85}\n  x\u{7f}\n",
            "a: |\n  x\u{fffe}\nb: |\n x\0y",
            "a: |\n  \t x\n   \n  y \nb: |1\n  \n",
        ] {
            assert_eq!(by_lines(text), alone(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn no_text_is_read_otherwise_than_by_the_library(
            text in "((- |[ab]: |\\? ){0,2}[|>][-+12]{0,2}( #c)?(\n|\r\n)([ \t]{0,4}([xé字￥#:\u{85}\u{fffe} \\-]{0,4}(\n|\r\n|\r)?)){0,6}| {0,2}[ab]: [x\"'&*]{0,3}\n|- |--- |\n){0,6}",
        ) {
            prop_assert_eq!(by_lines(&text), alone(&text));
        }
    }
}
