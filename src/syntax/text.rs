//! The text of a header, body, footer, label or URL to [`Segment`]s. Total: every text parses.

use std::fmt;
use std::ops::Range;

use pest::Parser;
use pest::iterators::Pair;

use super::ByteSet;
use crate::text::invisible;
use crate::work;

/// pest's derive makes the parser and its `Rule`.
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/text.pest"]
    pub(super) struct TextParser;
}

use grammar::{Rule, TextParser};

/// A part of a text; the parts lie end to end and make up the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SegmentKind,
}

/// What a part of a text can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Plain characters.
    Run,
    /// A backslash and what it protects.
    Escape,
    /// `*`, `_`, `~`, a backtick, or three of them.
    FormatMarker,
    /// `${name}`.
    Constant(String),
    /// `{{name}}`, `{{1}}`, `<<name>>`, `<<1>>`.
    Placeholder(Placeholder),
    /// Something that was meant as a placeholder.
    Malformed(PlaceholderError),
}

/// A place in a text where a variable stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The variable.
    pub reference: Reference,
    /// How it is written.
    pub brackets: Brackets,
}

/// How a placeholder names its variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// By a number that belongs to the one text.
    Number(u32),
    /// By the name of a variable of the template.
    Name(String),
}

/// The two ways to write a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// `{{…}}`
    Braces,
    /// `<<…>>`
    Angles,
}

/// What is wrong with something that was meant as a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceholderError {
    /// Which mistake it is.
    pub kind: PlaceholderErrorKind,
    /// What was meant, where that is beyond doubt.
    pub meant: Option<String>,
}

/// The mistakes that people really make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderErrorKind {
    /// `{{1}` or `{{name`.
    Unclosed,
    /// `{1}}`, or `}}` by itself.
    Unopened,
    /// `{{{1}}}` or `{{1}}}`.
    ExtraBrace,
    /// `{{ 1 }}`.
    Blanks,
    /// `{{}}`.
    Empty,
    /// `{{0}}`, `{{01}}`, or a number beyond all bounds.
    Number,
    /// `{{۱}}`.
    Digits,
    /// A zero-width or direction character inside the brackets.
    Invisible,
    /// `{{Name}}`, `{{first-name}}`.
    Name,
    /// `{1}` or `{name}`.
    SingleBraces,
    /// `｛｛1｝｝`.
    Lookalike,
    /// `${` without a name or without its `}`.
    Constant,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// Cuts a text into its pieces.
///
/// A run of plain characters ends where a sign of the grammar stands; only from there on is the grammar asked, for one
/// piece, and only where the piece is not written as nearly all are: going through the grammar takes most of the time.
pub fn parse(text: &str) -> Vec<Segment> {
    parse_with(text, ByteSet::new(text))
}

/// The same of a text whose bytes are known.
pub fn parse_with(text: &str, bytes: ByteSet) -> Vec<Segment> {
    let begins = Begins::new(bytes);
    let mut at = begins.plain_len(text);
    if at == text.len() && at > 0 {
        return vec![Segment { range: 0..at, kind: SegmentKind::Run }];
    }
    let mut pieces = Vec::with_capacity(USUAL_PIECES);
    if at > 0 {
        add(&mut pieces, 0..at, SegmentKind::Run);
    }
    let mut lookalikes = Lookalikes::default();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = begins.plain_len(rest);
        if plain > 0 {
            add(&mut pieces, at..at + plain, SegmentKind::Run);
            at += plain;
            continue;
        }
        if let Some((length, kind)) = fast_path(rest) {
            add(&mut pieces, at..at + length, kind);
            at += length;
            continue;
        }
        if let Some(length) = lookalikes.alone(text, at) {
            add(&mut pieces, at..at + length, SegmentKind::Run);
            at += length;
            continue;
        }
        work::steps(1);
        // The grammar matches every string; if a change of it ever did not, the rest would be one plain run.
        let Some(pair) = TextParser::parse(Rule::one, rest).ok().and_then(|mut pairs| pairs.next()) else {
            add(&mut pieces, at..text.len(), SegmentKind::Run);
            break;
        };
        let length = pair.as_span().end().max(1);
        if let Some(inner) = pair.into_inner().next() {
            let kind = kind(inner);
            add(&mut pieces, at..at + length, kind);
        }
        at += length;
    }
    pieces
}

/// Room for the pieces of nearly all texts that are not one: three or four placeholders, and what stands between them.
const USUAL_PIECES: usize = 8;

/// What of a text can begin anything but plain text, so that the rest need not be looked for.
#[derive(Clone, Copy)]
enum Begins {
    /// Braces, as in most texts with placeholders.
    Braces,
    /// Signs of ASCII.
    Signs,
    /// Those, and characters that look like braces.
    Any,
}

impl Begins {
    /// What can begin so in a text that holds these bytes.
    fn new(bytes: ByteSet) -> Self {
        match () {
            // They begin others as well: a dash, a quotation mark, a full-width comma.
            () if bytes.has_any(&[0xe2, 0xef]) => Self::Any,
            () if bytes.has_any(b"~_`\\*$<") => Self::Signs,
            () => Self::Braces,
        }
    }

    /// How many bytes come before the first character that can begin anything but plain text.
    fn plain_len(self, text: &str) -> usize {
        match self {
            Self::Braces => memchr::memchr2(b'{', b'}', text.as_bytes()).unwrap_or(text.len()),
            Self::Signs => before_sign(text, is_sign),
            Self::Any => before_any(text),
        }
    }
}

/// Braces of other scripts that are never closed. The grammar looks for the other brace up to the end of the line, which
/// takes long where there are many of them.
#[derive(Default)]
struct Lookalikes {
    /// Up to here no such brace closes before its line ends.
    barren_until: usize,
}

impl Lookalikes {
    /// How many bytes of braces that open begin here and are plain text; none where the grammar has to be asked.
    fn alone(&mut self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let length = rest.len() - rest.trim_start_matches(['｛', '❴', '⦃', '﹛']).len();
        if length == 0 {
            return None;
        }
        if at < self.barren_until {
            return Some(length);
        }
        let inner = rest.get(length..)?;
        let end = inner.find(['｝', '❵', '⦄', '﹜', '\n', '\r']).unwrap_or(inner.len());
        work::steps(end);
        let is_closed = inner.get(end..).is_some_and(|rest| rest.starts_with(['｝', '❵', '⦄', '﹜']));
        if !is_closed {
            self.barren_until = at + length + end;
        }
        // Nothing between them is nothing to the grammar either.
        (!is_closed || end == 0).then_some(length)
    }
}

/// Where the first sign stands that can begin anything but plain text, or the end.
fn before_sign(text: &str, is_sign: impl Fn(u8) -> bool) -> usize {
    const LANE: usize = 16;
    let (lanes, _) = text.as_bytes().as_chunks::<LANE>();
    // Asking all bytes of a lane costs less than asking each whether to stop.
    let has_sign = |lane: &[u8; LANE]| lane.iter().fold(false, |found, byte| found | is_sign(*byte));
    let from = LANE * lanes.iter().position(has_sign).unwrap_or(lanes.len());
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| is_sign(*byte)).unwrap_or(rest.len())
}

/// Whether a byte is a sign of ASCII that can begin anything but plain text. Compared in full, so that compilers ask many
/// bytes at once.
fn is_sign(byte: u8) -> bool {
    (byte == b'{')
        | (byte == b'}')
        | (byte == b'~')
        | (byte == b'_')
        | (byte == b'`')
        | (byte == b'\\')
        | (byte == b'*')
        | (byte == b'$')
        | (byte == b'<')
}

/// The same of a text that may have characters that look like braces.
fn before_any(text: &str) -> usize {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let found = before_sign(rest, |byte| is_sign(byte) | (byte == 0xe2) | (byte == 0xef));
        match rest.get(found..).and_then(|rest| rest.chars().next()) {
            Some(other) if !(other.is_ascii() || matches!(other, '｛' | '❴' | '⦃' | '﹛')) => {
                from += found + other.len_utf8();
            }
            _ => return from + found,
        }
    }
    text.len()
}

/// The piece that a text begins with, and its length, where it is one of those that are right as they stand.
fn fast_path(text: &str) -> Option<(usize, SegmentKind)> {
    match text.as_bytes() {
        [b'`', b'`', b'`', ..] => Some((3, SegmentKind::FormatMarker)),
        [b'*' | b'_' | b'~' | b'`', ..] => Some((1, SegmentKind::FormatMarker)),
        [b'{', b'{', ..] => fast_placeholder(text, "}}", Brackets::Braces),
        // Of a run of them all but the last two begin nothing.
        [b'<', b'<', b'<', ..] => {
            Some((text.len() - text.trim_start_matches('<').len() - 2, SegmentKind::Run))
        }
        [b'<', b'<', ..] => fast_placeholder(text, ">>", Brackets::Angles),
        [b'<', ..] => Some((1, SegmentKind::Run)),
        [b'}', rest @ ..] if rest.first() != Some(&b'}') => Some((1, SegmentKind::Run)),
        _ => None,
    }
}

fn fast_placeholder(text: &str, close: &str, brackets: Brackets) -> Option<(usize, SegmentKind)> {
    let inside = text.get(2..)?;
    let length = inside.bytes().position(|byte| !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))?;
    let name = inside.get(..length).filter(|name| is_reference(name))?;
    let after = inside.get(length..)?.strip_prefix(close)?;
    if after.starts_with(close.get(..1)?) {
        return None;
    }
    let reference = match name.parse() {
        Ok(number) => Reference::Number(number),
        Err(_) => Reference::Name(name.to_owned()),
    };
    Some((length + 4, SegmentKind::Placeholder(Placeholder { reference, brackets })))
}

fn kind(pair: Pair<'_, Rule>) -> SegmentKind {
    match pair.as_rule() {
        Rule::escape => SegmentKind::Escape,
        Rule::mark => SegmentKind::FormatMarker,
        Rule::constant => constant(pair),
        Rule::placeholder => placeholder(pair),
        Rule::malformed => malformed(pair.into_inner()),
        Rule::lookalike => lookalike(pair.as_str()),
        _ => SegmentKind::Run,
    }
}

fn add(pieces: &mut Vec<Segment>, range: Range<usize>, kind: SegmentKind) {
    match pieces.last_mut() {
        Some(last) if last.kind == SegmentKind::Run && kind == SegmentKind::Run => last.range.end = range.end,
        _ => pieces.push(Segment { range, kind }),
    }
}

fn constant(pair: Pair<'_, Rule>) -> SegmentKind {
    let name = pair.into_inner().next().map_or("", |name| name.as_str());
    SegmentKind::Constant(name.to_owned())
}

fn placeholder(pair: Pair<'_, Rule>) -> SegmentKind {
    let brackets = if pair.as_str().starts_with('{') { Brackets::Braces } else { Brackets::Angles };
    let Some(inner) = pair.into_inner().next() else { return SegmentKind::Run };
    let text = inner.as_str();
    let reference = match (inner.as_rule(), text.parse()) {
        (Rule::number, Ok(number)) => Reference::Number(number),
        (Rule::number, Err(_)) => {
            return SegmentKind::Malformed(PlaceholderError {
                kind: PlaceholderErrorKind::Number,
                meant: None,
            });
        }
        _ => Reference::Name(text.to_owned()),
    };
    SegmentKind::Placeholder(Placeholder { reference, brackets })
}

fn malformed(mut pairs: pest::iterators::Pairs<'_, Rule>) -> SegmentKind {
    let Some(pair) = pairs.next() else { return SegmentKind::Run };
    let text = pair.as_str();
    let inner = text.trim_matches(['{', '}', '<', '>', ' ', '\t', '\u{a0}']);
    let wrap =
        |inner: &str| if text.starts_with('<') { format!("<<{inner}>>") } else { format!("{{{{{inner}}}}}") };
    let plain = is_reference(inner).then(|| wrap(inner));
    let (kind, meant) = match pair.as_rule() {
        Rule::nested => (PlaceholderErrorKind::ExtraBrace, plain),
        Rule::unclosed | Rule::unclosed_angles => (PlaceholderErrorKind::Unclosed, plain),
        Rule::single => (PlaceholderErrorKind::SingleBraces, plain),
        Rule::unopened => (PlaceholderErrorKind::Unopened, plain),
        Rule::empty_constant => (PlaceholderErrorKind::Constant, None),
        _ if is_reference(inner) && text.ends_with("}}}") => (PlaceholderErrorKind::ExtraBrace, plain),
        _ if is_reference(inner) => (PlaceholderErrorKind::Blanks, plain),
        _ => wrong_inside(inner, &wrap),
    };
    SegmentKind::Malformed(PlaceholderError { kind, meant })
}

fn wrong_inside(inner: &str, wrap: &dyn Fn(&str) -> String) -> (PlaceholderErrorKind, Option<String>) {
    if inner.is_empty() {
        return (PlaceholderErrorKind::Empty, None);
    }
    let visible: String =
        inner.chars().filter(|&character| !invisible::is_hidden_in_brackets(character)).collect();
    if visible.len() < inner.len() {
        let meant = is_reference(visible.trim()).then(|| wrap(visible.trim()));
        return (PlaceholderErrorKind::Invisible, meant);
    }
    let ascii: String = inner.chars().map(|character| ascii_digit(character).unwrap_or(character)).collect();
    if ascii != inner && ascii.bytes().all(|byte| byte.is_ascii_digit()) {
        return (PlaceholderErrorKind::Digits, is_reference(&ascii).then(|| wrap(&ascii)));
    }
    if inner.bytes().all(|byte| byte.is_ascii_digit()) {
        let trimmed = inner.trim_start_matches('0');
        return (PlaceholderErrorKind::Number, is_reference(trimmed).then(|| wrap(trimmed)));
    }
    let snake = snake_case(inner);
    (PlaceholderErrorKind::Name, is_reference(&snake).then(|| wrap(&snake)))
}

fn lookalike(text: &str) -> SegmentKind {
    let inner = text.trim_matches(|character: char| "｛❴⦃﹛｝❵⦄﹜ ".contains(character));
    let ascii: String = inner.chars().map(|character| ascii_digit(character).unwrap_or(character)).collect();
    if !is_reference(&ascii) {
        return SegmentKind::Run;
    }
    SegmentKind::Malformed(PlaceholderError {
        kind: PlaceholderErrorKind::Lookalike,
        meant: Some(format!("{{{{{ascii}}}}}")),
    })
}

/// Whether `text` would be right between brackets.
pub fn is_reference(text: &str) -> bool {
    let mut bytes = text.bytes();
    match bytes.next() {
        Some(b'1'..=b'9') => text.len() <= 9 && bytes.all(|byte| byte.is_ascii_digit()),
        Some(b'a'..=b'z') => bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')),
        _ => false,
    }
}

/// A name as Meta wants it, of ASCII text with other separators or in another case.
fn snake_case(text: &str) -> String {
    let mut snake = String::with_capacity(text.len());
    let mut previous_lower = false;
    for character in text.chars() {
        if character.is_ascii_uppercase() && previous_lower {
            snake.push('_');
        }
        previous_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
        snake.push(if matches!(character, '-' | ' ' | '.') { '_' } else { character.to_ascii_lowercase() });
    }
    snake
}

/// The ASCII form of a decimal digit of another script.
pub fn ascii_digit(character: char) -> Option<char> {
    /// Where the digits of a script begin: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Thai,
    /// full-width (Unicode, general category Nd).
    const ZEROS: [u32; 9] = [0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xE50, 0xFF10];
    let code = u32::from(character);
    let zero = ZEROS.into_iter().find(|&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let piece = |piece: Segment| match piece.kind {
            SegmentKind::Run => format!("run({})", &text[piece.range]),
            SegmentKind::Escape => format!("escape({})", &text[piece.range]),
            SegmentKind::FormatMarker => format!("mark({})", &text[piece.range]),
            SegmentKind::Constant(name) => format!("constant({name})"),
            SegmentKind::Placeholder(placeholder) => format!("placeholder({})", placeholder.reference),
            SegmentKind::Malformed(mistake) => {
                format!("{:?}({} -> {})", mistake.kind, &text[piece.range], mistake.meant.unwrap_or_default())
            }
        };
        parse(text).into_iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_right_is_read() {
        insta::assert_snapshot!(shown("Hi {{name}}, *{{1}}* <<b_2>> ${shop}/x \\{{1}} \\\\"), @"run(Hi ) placeholder(name) run(, ) mark(*) placeholder(1) mark(*) run( ) placeholder(b_2) run( ) constant(shop) run(/x ) escape(\\{{) run(1) Unopened(}} -> ) run( ) escape(\\\\)");
        insta::assert_snapshot!(shown("a < b { c } $5 x<y {"), @"run(a < b ) SingleBraces({ c } -> {{c}}) run( $5 x<y {)");
    }

    proptest! {
        #[test]
        fn the_first_sign_is_found_wherever_it_stands(
            text in "[a{}é\n\u{a0}字。]{0,40}[*~<\\\\$’❴⦃﹛｛，]{0,2}[a-z]{0,20}",
        ) {
            let begins = |character: char| "{}~_`\\*$<｛❴⦃﹛".contains(character);
            let expected = text.find(begins).unwrap_or(text.len());
            prop_assert_eq!(Begins::new(ByteSet::new(&text)).plain_len(&text), expected);
            prop_assert_eq!(Begins::Any.plain_len(&text), expected);
        }
    }

    #[test]
    fn every_mistake_has_its_name_and_its_place() {
        let mistakes = [
            "{{1} x",
            "{{name",
            "{{{1}}}",
            "{{1}}}",
            "{{ 1 }}",
            "{{}}",
            "{{0}}",
            "{{01}}",
            "{{۱}}",
            "{{१}}",
            "{{\u{200c}1}}",
            "{{Name}}",
            "{{first-name}}",
            "{{firstName}}",
            "{{نام}}",
            "{1}",
            "{1}}",
            "a }} b",
            "｛｛1｝｝",
            "${",
            "<< 1 >>",
            "{{99999999999999999999}}",
        ];
        let table: Vec<String> = mistakes.iter().map(|text| format!("{text:?}: {}", shown(text))).collect();
        insta::assert_snapshot!(table.join("\n"));
    }

    /// The pieces by the grammar alone.
    fn by_grammar(text: &str) -> Vec<Segment> {
        let whole = TextParser::parse(Rule::text, text).expect("the grammar matches every text");
        let mut pieces = Vec::new();
        for pair in whole.flat_map(Pair::into_inner).filter(|pair| pair.as_rule() != Rule::EOI) {
            let range = pair.as_span().start()..pair.as_span().end();
            add(&mut pieces, range, kind(pair));
        }
        pieces
    }

    #[test]
    fn what_is_read_without_the_grammar_is_what_it_says() {
        for text in
            ["{{1}} {{a}}} <<b_1>>> <<x>> < <<< {{", "{{0}} {{1a}} {{_a}} {{123456789}} ${a} ``` `*_~"]
        {
            assert_eq!(parse(text), by_grammar(text), "{text}");
        }
        proptest::proptest!(|(text in "([{}<>$\\\\*_~`a1۱ \n｛｝❴\u{200c}é’—]|[a-z0-9_]|\\{\\{[a-z1]{1,3}\\}\\}|<<[a-z1]{1,3}>>)*")| {
            assert_eq!(parse(&text), by_grammar(&text), "{text}");
        });
    }

    #[test]
    fn pieces_lie_end_to_end() {
        proptest::proptest!(|(text in "([{}<>$\\\\*_~`a1۱ \n｛｝\u{200c}é]|[a-z])*")| {
            let pieces = parse(&text);
            let mut at = 0;
            for piece in &pieces {
                assert_eq!(piece.range.start, at);
                at = piece.range.end;
            }
            assert_eq!(at, text.len());
        });
    }
}
