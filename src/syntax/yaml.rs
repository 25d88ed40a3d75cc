//! YAML to [`Tree`].

mod block_scalars;

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, Placement, ScalarStyle as EventStyle, ScanError, options};

use super::rules;
use super::tree::{Comment, Entry, Node, Scalar, ScalarStyle, Tree, Value};
use super::{SourceMap, may_hold_control};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use block_scalars::{BlockLines, BlockScalarInput, Blocks};

/// Deepest nesting that is read; a template needs fewer than 12 levels.
const MAX_DEPTH: usize = 64;
/// Most nodes that aliases may add to a file, so that a few bytes cannot fill the memory.
const MAX_ALIASED_NODES: usize = 10_000;
/// Most bytes of text that aliases may add to a file: as many as a file has.
const MAX_ALIASED_BYTES: usize = 1024 * 1024;
/// Most syntax errors that are looked for in one file: each costs another pass.
const MAX_SYNTAX_ERRORS: usize = 20;

/// Parses YAML. Where an entry does not parse it is left out, and the rest is read all the same.
pub fn parse<'s>(source: &'s Source, diagnostics: &mut Vec<Diagnostic>) -> Tree<'s> {
    parse_known(source, may_hold_unprintable(source.text().as_bytes()), diagnostics)
}

/// The same where it is known whether YAML may forbid a character of the text.
pub(super) fn parse_known<'s>(
    source: &'s Source,
    is_suspicious: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tree<'s> {
    match pass(source, source.text(), is_suspicious) {
        Ok((tree, found)) => {
            diagnostics.extend(found);
            tree
        }
        Err(error) => recover(source, is_suspicious, error, diagnostics),
    }
}

/// Whether a text names values by anchors, which a tree does not show.
pub fn has_anchors(text: &str) -> bool {
    // Most files hold neither sign, and need no second pass.
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'*')) {
        return false;
    }
    let events = Parser::new_from_str_with_options(text, parser_options()).map_while(Result::ok);
    events.into_iter().any(|(event, _)| match event {
        Event::Scalar(_, _, anchor, _)
        | Event::SequenceStart(_, anchor, _)
        | Event::MappingStart(_, anchor, _) => anchor != 0,
        Event::Alias(_) | Event::UnresolvedAlias(_) => true,
        _ => false,
    })
}

/// Makes the entry that holds an error a comment, which keeps all offsets true, and parses again.
fn recover<'s>(
    source: &'s Source,
    is_suspicious: bool,
    first: Failure,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tree<'s> {
    let mut text = source.text().to_owned();
    let mut failure = first;
    for _ in 0..MAX_SYNTAX_ERRORS {
        diagnostics.push(syntax_error(source, &failure));
        let Some(range) = broken_entry(&text, &failure) else { break };
        let out: String =
            text.get(range.clone()).unwrap_or_default().split_inclusive('\n').map(commented).collect();
        text.replace_range(range, &out);
        match pass(source, &text, is_suspicious) {
            Ok((tree, found)) => {
                diagnostics.extend(found);
                return Tree { incomplete: true, ..owned(tree) };
            }
            Err(next) => failure = next,
        }
    }
    let root = Node { span: Span::new(source.id(), 0..0), value: Value::Broken };
    Tree { root, comments: Vec::new(), incomplete: true }
}

/// The line as a comment of the same bytes: characters stay where they are, so that places stay on their boundaries.
fn commented(line: &str) -> String {
    let Some(first) = line.chars().next().filter(|_| !line.trim().is_empty()) else { return line.to_owned() };
    let rest = line.get(first.len_utf8()..).unwrap_or_default();
    format!("#{}{rest}", " ".repeat(first.len_utf8() - 1))
}

/// The lines of the last entry that began before the error, down to the next line that is indented no deeper.
fn broken_entry(text: &str, failure: &Failure) -> Option<std::ops::Range<usize>> {
    let begin = failure.last_key.min(failure.at).min(text.len());
    let start = text.get(..begin)?.rfind('\n').map_or(0, |at| at + 1);
    let mut lines = text.get(start..)?.split_inclusive('\n');
    let first = lines.next()?;
    let depth = indentation(first);
    let mut end = start + first.len();
    for line in lines {
        let blank = line.trim().is_empty();
        if !blank && indentation(line) <= depth && end > failure.at {
            break;
        }
        end += line.len();
    }
    let range = start..end;
    // Where nothing but comments is left, another pass would fail in the same place.
    let left = |line: &str| !(line.trim().is_empty() || line.starts_with('#'));
    text.get(range.clone()).is_some_and(|lines| lines.lines().any(left)).then_some(range)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A pass that stopped: the library's words, where, and where the last key before began.
#[derive(Debug)]
struct Failure {
    what: String,
    at: usize,
    last_key: usize,
}

fn syntax_error(source: &Source, failure: &Failure) -> Diagnostic {
    let text = source.text();
    let at = text.floor_char_boundary(failure.at.min(text.len()));
    if let Some(diagnostic) = unquoted_placeholder_on_line(source, at) {
        return diagnostic;
    }
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let span = Span::new(source.id(), at..at + width);
    Diagnostic::new(&rules::YAML_SYNTAX, span, format!("this is not valid YAML: {}", failure.what))
        .label("parsing stopped here")
        .help(syntax_help(text, at))
}

fn syntax_help(text: &str, at: usize) -> &'static str {
    let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    if line.trim_start_matches(' ').starts_with('\t') {
        "indent with spaces: YAML forbids tabs there"
    } else if line.matches(": ").count() > 1 {
        "put the text in quotes, or below the key after `|`: a colon and a space begin a new key"
    } else {
        "check the indentation and the quotes of this line and the one above; the entry is left out, the rest was checked"
    }
}

/// `body: {{1}} hello`: the classic trap, found on the line itself because YAML's own words mislead.
fn unquoted_placeholder_on_line(source: &Source, at: usize) -> Option<Diagnostic> {
    let text = source.text();
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..)?.lines().next()?;
    let open = line.find("{{")?;
    let before = line.get(..open)?.trim_end();
    if !(before.ends_with(':') || before.ends_with('-')) {
        return None;
    }
    let value = line.get(open..)?;
    // A blank and a `#` begin a comment, which has to stay one.
    let value = value.split_once(" #").map_or(value, |(value, _)| value).trim_end();
    Some(unquoted_placeholder(source.id(), line_start + open, value))
}

fn unquoted_placeholder(source: SourceId, start: usize, value: &str) -> Diagnostic {
    let span = Span::new(source, start..start + value.len());
    let quoted = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    Diagnostic::new(&rules::UNQUOTED_PLACEHOLDER, span, "a text that starts with `{{` is not quoted")
        .label("YAML reads `{` as the start of a map")
        .help("quote the whole text, or start it with `<<` instead of `{{`")
        .fix("quote the text", span, quoted)
}

fn parser_options() -> Options {
    options! {
        emit_unresolved_aliases: true,
        // The default refuses files with a long commented-out list between a key and its value.
        max_buffered_comment_events: 1_000_000,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// Whether characters may be among bytes that YAML forbids: control characters, U+FFFE and U+FFFF.
pub(super) fn may_hold_unprintable(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    may_hold_control(text)
        || pairs.fold(false, |found, (first, second)| found | ((*first == 0xef) & (*second == 0xbf)))
}

fn pass<'s>(
    source: &'s Source,
    text: &'s str,
    is_suspicious: bool,
) -> Result<(Tree<'s>, Vec<Diagnostic>), Failure> {
    let (comments, head) = leading_comments(source.id(), text);
    read(source, text, is_suspicious, comments, head)
}

/// Reads what stands behind the comments at the start.
fn read<'s>(
    source: &'s Source,
    text: &'s str,
    is_suspicious: bool,
    comments: Vec<Comment<'s>>,
    head: usize,
) -> Result<(Tree<'s>, Vec<Diagnostic>), Failure> {
    let rest = text.get(head..).unwrap_or_default();
    let lines = BlockLines::default();
    let mut builder = Builder::new(source.id(), text, comments, Blocks::new(text, head, &lines));
    let input = BlockScalarInput::new(rest, &lines, is_suspicious);
    for event in Parser::with_options(input, parser_options()) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(rest.len()..rest.len());
                builder.event(event, head + range.start..head + range.end);
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(rest.len());
                return Err(builder.failure(&error, head + at));
            }
        }
    }
    Ok(builder.finish())
}

/// The comments on the lines before anything else, and how many bytes those lines have. Where no others follow, as in nearly
/// all files, the library need not look for any between all of its tokens.
fn leading_comments(source: SourceId, text: &str) -> (Vec<Comment<'_>>, usize) {
    let (mut comments, mut head) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        match content.strip_prefix('#') {
            // What YAML forbids in a comment is the library's to say.
            Some(comment) if comment.chars().all(is_plain) => {
                let span = Span::new(source, head..head + content.len());
                comments.push(Comment { span, text: Cow::Borrowed(comment) });
            }
            None if content.is_empty() => {}
            _ => break,
        }
        head += line.len();
    }
    (comments, head)
}

/// Whether a character may stand in a comment beyond doubt.
fn is_plain(character: char) -> bool {
    !matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}') && !character.is_control()
}

/// A collection that is still open.
struct Open<'s> {
    start: usize,
    anchor: usize,
    children: Children<'s>,
}

enum Children<'s> {
    List(Vec<Node<'s>>),
    Map { entries: Vec<Entry<'s>>, key: Option<(Cow<'s, str>, Span)> },
}

struct Builder<'s, 'l> {
    source: SourceId,
    text: &'s str,
    stack: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    comments: Vec<Comment<'s>>,
    blocks: Blocks<'s, 'l>,
    anchors: HashMap<usize, Node<'s>>,
    aliased: usize,
    aliased_bytes: usize,
    last_key: usize,
    documents: usize,
    broken: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'s, 'l> Builder<'s, 'l> {
    fn new(source: SourceId, text: &'s str, comments: Vec<Comment<'s>>, blocks: Blocks<'s, 'l>) -> Self {
        Self {
            source,
            text,
            stack: Vec::new(),
            root: None,
            comments,
            blocks,
            anchors: HashMap::new(),
            aliased: 0,
            aliased_bytes: 0,
            last_key: 0,
            documents: 0,
            broken: false,
            diagnostics: Vec::new(),
        }
    }

    fn finish(self) -> (Tree<'s>, Vec<Diagnostic>) {
        let nothing = Node { span: Span::new(self.source, 0..0), value: Value::Null };
        let root = self.root.unwrap_or(nothing);
        (Tree { root, comments: self.comments, incomplete: self.broken }, self.diagnostics)
    }

    fn failure(&self, error: &ScanError, at: usize) -> Failure {
        Failure { what: error.info().replace('`', "'"), at, last_key: self.last_key }
    }

    fn event(&mut self, event: Event<'s>, range: std::ops::Range<usize>) {
        let span = Span::new(self.source, range.clone());
        if let Some(tag) = event.tag() {
            self.unsupported(
                span,
                "a YAML tag",
                &format!("delete `{tag}`; texts, lists and maps need no tag"),
            );
        }
        match event {
            Event::Comment(text, placement) => self.comment(Comment { span, text }, placement),
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(outline, style @ (EventStyle::Literal | EventStyle::Folded), anchor, _) => {
                let style =
                    if style == EventStyle::Literal { ScalarStyle::Literal } else { ScalarStyle::Folded };
                let (text, offsets) = self.blocks.text(span, &outline);
                let scalar = Scalar { text: Cow::Owned(text), style, offsets };
                self.scalar(anchor, Node { span, value: Value::Scalar(scalar) });
            }
            Event::Scalar(text, _, 0, _) if self.expects_key() && is_usual_key(&text) => self.key(text, span),
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    EventStyle::SingleQuoted => ScalarStyle::SingleQuoted,
                    EventStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
                    _ => ScalarStyle::Plain,
                };
                self.scalar(anchor, flow_scalar(self.text, span, text, style));
            }
            Event::SequenceStart(_, anchor, _) => self.open(range.start, anchor, Children::List(Vec::new())),
            Event::MappingStart(_, anchor, _) => {
                // The template itself has about ten keys, what stands in it few.
                let entries = Vec::with_capacity(if self.stack.is_empty() { 12 } else { 0 });
                self.open(range.start, anchor, Children::Map { entries, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                let message = format!("no anchor `{name}` is defined before this alias");
                let diagnostic = Diagnostic::new(&rules::UNSUPPORTED_YAML, span, message);
                self.diagnostics.push(
                    diagnostic.help(format!("add `&{name}` before the value that the alias refers to")),
                );
                self.broken = true;
                self.attach(Node { span, value: Value::Broken });
            }
            _ => {}
        }
    }

    /// Keeps a comment; one that holds a placeholder behind a text was meant as text.
    fn comment(&mut self, comment: Comment<'s>, placement: Placement) {
        let holds_placeholder = comment.text.contains("{{") || comment.text.contains("<<");
        if placement == Placement::Right && holds_placeholder {
            let message = "a comment cuts this text off";
            self.diagnostics.push(
                Diagnostic::new(&rules::CUT_BY_COMMENT, comment.span, message)
                    .label("in YAML, a space followed by `#` starts a comment")
                    .help("quote the whole text, or put it below the key after `|`"),
            );
        }
        self.comments.push(comment);
    }

    fn document(&mut self, span: Span) {
        self.documents += 1;
        if self.documents == 2 {
            self.unsupported(span, "a second document", "put each template into a file of its own");
        }
    }

    fn unsupported(&mut self, span: Span, what: &str, help: &str) {
        let message = format!("{what} is not part of the template language");
        self.diagnostics.push(Diagnostic::new(&rules::UNSUPPORTED_YAML, span, message).help(help));
    }

    fn scalar(&mut self, anchor: usize, node: Node<'s>) {
        self.remember(anchor, &node);
        self.attach(node);
    }

    fn open(&mut self, start: usize, anchor: usize, children: Children<'s>) {
        self.stack.push(Open { start, anchor, children });
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.stack.pop() else { return };
        let (value, last) = match open.children {
            Children::List(nodes) => {
                let last = nodes.last().map(|node| node.span.end);
                (Value::List(nodes), last)
            }
            Children::Map { entries, .. } => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end));
                (Value::Map(entries), last)
            }
        };
        let closed_by_bracket = self.text.get(..end).is_some_and(|text| text.ends_with(['}', ']']));
        let end = if closed_by_bracket { end } else { last.map_or(end, |last| last as usize) };
        let node = Node { span: Span::new(self.source, open.start..end), value };
        let node = self.unquoted_placeholder(node);
        self.remember(open.anchor, &node);
        self.attach(node);
    }

    /// `{{1}}` is a map in a map to YAML: say so once, where it stands.
    fn unquoted_placeholder(&mut self, node: Node<'s>) -> Node<'s> {
        let raw = self.text.get(node.span.range()).unwrap_or_default();
        if !(raw.starts_with("{{") && raw.ends_with("}}") && matches!(node.value, Value::Map(_))) {
            return node;
        }
        // The map inside was complained of as a key.
        self.diagnostics.retain(|found| found.span.start < node.span.start || found.span.end > node.span.end);
        self.diagnostics.push(unquoted_placeholder(self.source, node.span.start as usize, raw));
        self.broken = true;
        Node { value: Value::Broken, ..node }
    }

    fn remember(&mut self, anchor: usize, node: &Node<'s>) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let node = self.anchors.get(&anchor);
        let size = node.map_or(0, Node::size);
        self.aliased += size;
        self.aliased_bytes += node.map_or(0, Node::bytes);
        let is_small = self.aliased_bytes <= MAX_ALIASED_BYTES;
        let value = match node {
            Some(node) if self.aliased <= MAX_ALIASED_NODES && is_small => node.value.clone(),
            Some(_) => {
                let message = match is_small {
                    true => format!("aliases expand to more than {MAX_ALIASED_NODES} values"),
                    false => format!("aliases expand to more than {} KiB of text", MAX_ALIASED_BYTES / 1024),
                };
                self.diagnostics.push(Diagnostic::new(&rules::UNSUPPORTED_YAML, span, message));
                Value::Broken
            }
            None => {
                self.unsupported(span, "an alias inside its own anchor", "write the value out");
                Value::Broken
            }
        };
        self.attach(Node { span, value });
    }

    /// Whether the next node is a key.
    fn expects_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { children: Children::Map { key: None, .. }, .. }))
    }

    fn key(&mut self, text: Cow<'s, str>, span: Span) {
        if let Some(Open { children: Children::Map { key, .. }, .. }) = self.stack.last_mut() {
            self.last_key = span.start as usize;
            *key = Some((text, span));
        }
    }

    /// Hands a finished node to the collection around it: as a key, a value, an item or the root.
    fn attach(&mut self, node: Node<'s>) {
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.children {
            Children::List(nodes) => nodes.push(node),
            Children::Map { entries, key } => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {
                    let (text, span) = key_text(node, &mut self.diagnostics);
                    self.last_key = span.start as usize;
                    *key = Some((text, span));
                }
            },
        }
    }
}

/// Whether a key is of lower-case letters and underscores: nothing is to be said of it, and where its letters stand is not asked.
fn is_usual_key(text: &str) -> bool {
    !text.is_empty() && text != "null" && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'))
}

fn key_text<'s>(node: Node<'s>, diagnostics: &mut Vec<Diagnostic>) -> (Cow<'s, str>, Span) {
    let span = node.span;
    match node.value {
        Value::Scalar(scalar) => {
            if scalar.text == "<<" && scalar.style == ScalarStyle::Plain {
                diagnostics.push(
                    Diagnostic::new(
                        &rules::UNSUPPORTED_YAML,
                        span,
                        "merge keys are not part of the template language",
                    )
                    .help("move the keys to the top level of the template; every language inherits them"),
                );
            }
            (scalar.text, span)
        }
        Value::Broken => (Cow::Borrowed(""), span),
        _ => {
            diagnostics.push(
                Diagnostic::new(&rules::UNSUPPORTED_YAML, span, "a key must be a plain text")
                    .help("use `key: value`"),
            );
            (Cow::Borrowed(""), span)
        }
    }
}

fn flow_scalar<'s>(raw: &str, span: Span, text: Cow<'s, str>, style: ScalarStyle) -> Node<'s> {
    if style == ScalarStyle::Plain && matches!(&*text, "~" | "null" | "Null" | "NULL" | "") {
        return Node { span, value: Value::Null };
    }
    let offsets = SourceMap::from_yaml(raw, span, &text, style);
    Node { span, value: Value::Scalar(Scalar { text, style, offsets }) }
}

/// Frees a tree from the mended copy that it was read from.
fn owned<'a>(tree: Tree<'_>) -> Tree<'a> {
    let comments = tree
        .comments
        .into_iter()
        .map(|comment| Comment { span: comment.span, text: Cow::Owned(comment.text.into_owned()) });
    Tree { root: owned_node(tree.root), comments: comments.collect(), incomplete: tree.incomplete }
}

fn owned_node<'a>(node: Node<'_>) -> Node<'a> {
    let value = match node.value {
        Value::Null => Value::Null,
        Value::Broken => Value::Broken,
        Value::Scalar(scalar) => Value::Scalar(Scalar {
            text: Cow::Owned(scalar.text.into_owned()),
            style: scalar.style,
            offsets: scalar.offsets,
        }),
        Value::List(nodes) => Value::List(nodes.into_iter().map(owned_node).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|entry| Entry {
                    key: Cow::Owned(entry.key.into_owned()),
                    key_span: entry.key_span,
                    value: owned_node(entry.value),
                })
                .collect(),
        ),
    };
    Node { span: node.span, value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn comments_at_the_start_are_what_the_library_says_they_are() {
        let same = |text: &str| {
            let mut sources = Sources::default();
            let id = sources.add("a.yaml", text);
            let source = sources.get(id).expect("it was added");
            let suspicious = may_hold_unprintable(text.as_bytes());
            let (own, whole) =
                (pass(source, text, suspicious), read(source, text, suspicious, Vec::new(), 0));
            assert_eq!(format!("{own:?}"), format!("{whole:?}"), "{text:?}");
        };
        for text in [
            "# a",
            "#\r\n\r\n#b \r\na: 1 # c\n",
            "#\u{feff}\na: b",
            "#a\rb: c",
            "#\u{85}\na",
            "\n\n#x\n--- a",
        ] {
            same(text);
        }
        proptest::proptest!(|(text in "(#[a é\t\u{7f}{}<]{0,4}\r?\n|\n| #b\n){0,4}(%YAML 1\\.2\n|---\n|a: [b#\\[ ]{0,3}\n|#c\n| d\n){0,4}")| {
            same(&text);
        });
    }
}
