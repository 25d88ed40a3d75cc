//! The DSL to [`Tree`]: statements become the keys that YAML has.

mod literal;
mod recovery;
mod statements;

pub use statements::button_keys;

use std::borrow::Cow;
use std::num::NonZeroUsize;

use pest::Parser;
use pest::iterators::Pair;

use super::rules;
use super::tree::{Comment, Entry, Node, Scalar, ScalarStyle, Tree, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};

/// pest's derive makes the parser and its `Rule`.
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/template.pest"]
    pub(super) struct TemplateParser;
}

use grammar::{Rule, TemplateParser};

/// Deepest nesting of braces, brackets and parentheses that is read; a template needs fewer than 8 levels.
const MAX_DEPTH: usize = 64;
/// Calls of the grammar's rules for a byte of source, far more than any text needs.
const MAX_CALLS_PER_BYTE: usize = 200;

/// Parses the DSL. What does not parse is reported and left out; the rest is read all the same.
pub fn parse<'s>(source: &'s Source, diagnostics: &mut Vec<Diagnostic>) -> Tree<'s> {
    let text = source.text();
    let mut reader =
        TreeBuilder { source: source.id(), comments: Vec::new(), diagnostics, incomplete: false };
    if let Some(at) = too_deep(text) {
        let span = Span::new(source.id(), at..at + 1);
        let message = format!("brackets are nested more than {MAX_DEPTH} levels deep");
        reader.diagnostics.push(Diagnostic::new(&rules::DSL_SYNTAX, span, message));
        return reader.nothing();
    }
    pest::set_call_limit(NonZeroUsize::new(text.len().saturating_mul(MAX_CALLS_PER_BYTE).max(100_000)));
    match TemplateParser::parse(Rule::file, text) {
        Ok(mut pairs) => reader.file(pairs.next()),
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            reader.fault(at..at, "this could not be read", "write one statement a line");
            reader.nothing()
        }
    }
}

/// The first bracket that is nested too deep, strings and comments included: a template has no reason to.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            b'\n' if depth > 0 && text.get(at + 1..).is_some_and(|rest| rest.starts_with('}')) => depth = 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

struct TreeBuilder<'d> {
    source: SourceId,
    comments: Vec<(Span, String)>,
    diagnostics: &'d mut Vec<Diagnostic>,
    incomplete: bool,
}

/// One statement, taken apart.
struct Statement<'s> {
    word: Cow<'s, str>,
    word_span: Span,
    values: Vec<Node<'s>>,
    attributes: Vec<Entry<'s>>,
    block: Option<Vec<Statement<'s>>>,
    span: Span,
}

impl TreeBuilder<'_> {
    fn file<'s>(mut self, file: Option<Pair<'s, Rule>>) -> Tree<'s> {
        let mut statements = Vec::new();
        for pair in file.map(Pair::into_inner).into_iter().flatten() {
            match pair.as_rule() {
                Rule::statement => statements.push(self.statement(pair)),
                _ => self.other(&pair),
            }
        }
        let whole = statements.first().map_or(Span::new(self.source, 0..0), |first| first.span);
        let root = match statements::root(statements, self.diagnostics) {
            Some(entries) => Node { span: whole, value: Value::Map(entries) },
            None => Node { span: whole, value: if self.incomplete { Value::Broken } else { Value::Null } },
        };
        self.tree(root)
    }

    fn nothing<'s>(mut self) -> Tree<'s> {
        self.incomplete = true;
        let root = Node { span: Span::new(self.source, 0..0), value: Value::Broken };
        self.tree(root)
    }

    fn tree(self, root: Node<'_>) -> Tree<'_> {
        let comments = self.comments.into_iter();
        let comments = comments.map(|(span, text)| Comment { span, text: Cow::Owned(text) }).collect();
        Tree { root, comments, incomplete: self.incomplete }
    }

    fn statement<'s>(&mut self, pair: Pair<'s, Rule>) -> Statement<'s> {
        let span = self.span(&pair);
        let mut statement = Statement {
            word: Cow::Borrowed(""),
            word_span: span,
            values: Vec::new(),
            attributes: Vec::new(),
            block: None,
            span,
        };
        let mut parts = pair.into_inner();
        if let Some(word) = parts.next() {
            statement.word_span = self.span(&word);
            statement.word = Cow::Borrowed(word.as_str());
        }
        for part in parts {
            match part.as_rule() {
                Rule::attributes => statement.attributes = self.attributes(part),
                Rule::block => statement.block = Some(self.block(part)),
                Rule::rest | Rule::comment => self.other(&part),
                _ => {
                    let value = self.value(part);
                    statement.values.push(value);
                }
            }
        }
        statement
    }

    fn block<'s>(&mut self, pair: Pair<'s, Rule>) -> Vec<Statement<'s>> {
        let open = pair.as_span().start();
        let mut statements = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::statement => statements.push(self.statement(part)),
                Rule::never_closed => {
                    self.fault(open..open + 1, "this block is never closed", "close it with `}`")
                }
                _ => self.other(&part),
            }
        }
        statements
    }

    fn attributes<'s>(&mut self, pair: Pair<'s, Rule>) -> Vec<Entry<'s>> {
        let open = pair.as_span().start();
        let mut entries = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::attribute => entries.push(self.attribute(part)),
                Rule::never_closed | Rule::unexpected => self.unclosed(open, &part, ')'),
                _ => self.other(&part),
            }
        }
        entries
    }

    fn attribute<'s>(&mut self, pair: Pair<'s, Rule>) -> Entry<'s> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let word = parts.next();
        let (key, key_span) = word.map_or(("", span), |word| (word.as_str(), self.span(&word)));
        let value = match parts.next() {
            Some(value) => self.value(value),
            None => literal::word("true", key_span),
        };
        Entry { key: Cow::Borrowed(key), key_span, value }
    }

    fn value<'s>(&mut self, pair: Pair<'s, Rule>) -> Node<'s> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::word => literal::word(pair.as_str(), span),
            Rule::string => self.string(pair, span),
            Rule::multiline => self.multiline(pair, span),
            Rule::group => Node { span, value: Value::Map(self.attributes(pair)) },
            _ => self.list(pair, span),
        }
    }

    fn list<'s>(&mut self, pair: Pair<'s, Rule>, span: Span) -> Node<'s> {
        let mut nodes = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::never_closed | Rule::unexpected => self.unclosed(span.start as usize, &part, ']'),
                Rule::comment => self.other(&part),
                _ => nodes.push(self.value(part)),
            }
        }
        Node { span, value: Value::List(nodes) }
    }

    fn string<'s>(&mut self, pair: Pair<'s, Rule>, span: Span) -> Node<'s> {
        let mut parts = pair.into_inner();
        let text = parts.next();
        if parts.any(|part| part.as_rule() == Rule::unclosed_string) {
            self.fault(
                span.range(),
                "this string is never closed",
                "end it with `\"` on the same line, or use `\"\"\"`",
            );
        }
        let (raw, start) =
            text.map_or(("", span.end as usize), |text| (text.as_str(), text.as_span().start()));
        literal::string(raw, start, span, ScalarStyle::DoubleQuoted)
    }

    fn multiline<'s>(&mut self, pair: Pair<'s, Rule>, span: Span) -> Node<'s> {
        let mut parts = pair.into_inner();
        let text = parts.next();
        if parts.any(|part| part.as_rule() == Rule::never_closed) {
            let open = span.start as usize;
            self.fault(
                open..open + 3,
                "this text is never closed",
                "end it with `\"\"\"` on a line of its own",
            );
        }
        let (raw, start) =
            text.map_or(("", span.end as usize), |text| (text.as_str(), text.as_span().start()));
        literal::multiline(raw, start, span)
    }

    fn unclosed(&mut self, open: usize, at: &Pair<'_, Rule>, close: char) {
        let found = at.as_span().start();
        let width = at.as_span().get_input().get(found..).and_then(|rest| rest.chars().next());
        let width = width.map_or(0, char::len_utf8);
        if at.as_rule() == Rule::never_closed {
            self.fault(open..open + 1, "this bracket is never closed", &format!("close it with `{close}`"));
        } else {
            let help = format!("put `{close}` before it, or a comma and `name value`");
            self.fault(found..found + width, "this does not belong inside the brackets", &help);
        }
    }

    /// Comments are kept; everything else that is no statement is complained of.
    fn other(&mut self, pair: &Pair<'_, Rule>) {
        let range = pair.as_span().start()..pair.as_span().end();
        match pair.as_rule() {
            Rule::comment => {
                let text = pair.as_str().trim_start_matches('#').to_owned();
                self.comments.push((Span::new(self.source, range), text));
            }
            Rule::stray => {
                self.fault(range, "this `}` closes nothing", "delete it, or open a block with `{` before it")
            }
            Rule::rest => {
                let blanks = pair.as_str().len() - pair.as_str().trim_start().len();
                let range = range.start + blanks..range.end;
                self.fault(
                    range,
                    "the statement ended before this",
                    "begin a new line, or put the text in quotes",
                );
            }
            Rule::junk => {
                let help = "begin the line with a word such as `body` or `button`";
                self.fault(range, "a statement begins with a word", help);
            }
            _ => {}
        }
    }

    fn fault(&mut self, range: std::ops::Range<usize>, message: &str, help: &str) {
        self.incomplete = true;
        let span = Span::new(self.source, range);
        self.diagnostics.push(Diagnostic::new(&rules::DSL_SYNTAX, span, message).help(help));
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        Span::new(self.source, pair.as_span().start()..pair.as_span().end())
    }
}

impl<'s> Statement<'s> {
    /// The scalar of a value, if it is one.
    fn scalar(&self, index: usize) -> Option<&Scalar<'s>> {
        self.values.get(index).and_then(Node::scalar)
    }
}
