//! What statements mean: which key a word is, and which keys its values are.

use std::borrow::Cow;

use super::{Statement, literal, recovery};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::rules;
use crate::syntax::tree::{Entry, Node, Value};

/// How the values behind a word become a key's value.
enum StatementForm {
    /// One value; attributes turn it into a map in which it is the key named here.
    Value(&'static str),
    /// Every value, as a list.
    List,
    /// Values for these keys in turn, then `key value` pairs; attributes join them.
    Keys(&'static [&'static str]),
    /// A name, then a string for this key, then `key value` pairs; collected in a map of this name.
    Named { map: &'static str, string: &'static str },
    /// A button type, then values for the keys of that type; collected in a list of this name.
    Button { list: &'static str },
    /// A code and a block, collected in a map of this name.
    Language { map: &'static str },
    /// A component word and its value, or a text.
    Header,
    /// A block, collected in a list of the word around it.
    Cards,
}

/// The form of a word.
fn form(word: &str) -> StatementForm {
    match word {
        "tags" | "accounts" | "languages" => StatementForm::List,
        "applies_to" => StatementForm::Keys(&["model"]),
        "library" => StatementForm::Keys(&["template"]),
        "variable" => StatementForm::Named { map: "variables", string: "sample" },
        "sample" => StatementForm::Named { map: "samples", string: "" },
        "button" => StatementForm::Button { list: "buttons" },
        "language" => StatementForm::Language { map: "languages" },
        "header" => StatementForm::Header,
        "carousel" => StatementForm::Cards,
        _ => StatementForm::Value("text"),
    }
}

/// The keys that the strings behind a button's type stand for, in turn.
pub fn button_keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "url" => &["text", "url"],
        "phone_number" => &["text", "phone_number"],
        "copy_code" => &["example"],
        "otp" => &["otp_type", "text"],
        _ => &["text"],
    }
}

/// The entries of the template: `template NAME { … }`, or statements without it.
pub(super) fn root<'s>(
    statements: Vec<Statement<'s>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Entry<'s>>> {
    if statements.is_empty() {
        return None;
    }
    let mut entries = Entries { list: Vec::new(), diagnostics };
    let mut seen = false;
    for statement in statements {
        let Some(statement) = recovery::recover(statement, entries.diagnostics) else { continue };
        match (&*statement.word, seen) {
            ("template", false) => {
                seen = true;
                entries.template(statement);
            }
            ("template", true) => entries.second_template(&statement),
            _ => entries.statement(statement),
        }
    }
    Some(entries.list)
}

struct Entries<'s, 'd> {
    list: Vec<Entry<'s>>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'s> Entries<'s, '_> {
    fn template(&mut self, mut statement: Statement<'s>) {
        if !statement.values.is_empty() {
            let name = statement.values.remove(0);
            self.push("name", name.span, name);
        }
        self.too_many(&statement.values);
        self.list.append(&mut statement.attributes);
        for inner in statement.block.unwrap_or_default() {
            self.statement(inner);
        }
    }

    fn second_template(&mut self, statement: &Statement<'s>) {
        let diagnostic =
            Diagnostic::new(&rules::DSL_SYNTAX, statement.word_span, "a second template in one file")
                .help("put each template in a separate file");
        self.diagnostics.push(diagnostic);
    }

    fn statement(&mut self, statement: Statement<'s>) {
        let Some(statement) = recovery::recover(statement, self.diagnostics) else { return };
        match form(&statement.word) {
            StatementForm::Value(key) => self.value(statement, key),
            StatementForm::List => {
                let value = Node { span: statement.span, value: Value::List(statement.values) };
                self.list.push(entry(statement.word, statement.word_span, value));
            }
            StatementForm::Keys(keys) => {
                let (word, span) = (statement.word.clone(), statement.word_span);
                let value = self.keyed(statement, keys);
                self.list.push(entry(word, span, value));
            }
            StatementForm::Named { map, string } => self.named(statement, map, string),
            StatementForm::Button { list } => self.button(statement, list),
            StatementForm::Language { map } => self.language(statement, map),
            StatementForm::Header => self.header(statement),
            StatementForm::Cards => self.cards(statement),
        }
    }

    fn value(&mut self, mut statement: Statement<'s>, key: &'static str) {
        let (word, span) = (statement.word.clone(), statement.word_span);
        let value = match (statement.values.len(), &statement.block) {
            (_, Some(_)) => {
                let mut inner = Entries { list: statement.attributes, diagnostics: self.diagnostics };
                for nested in statement.block.unwrap_or_default() {
                    inner.statement(nested);
                }
                Node { span: statement.span, value: Value::Map(inner.list) }
            }
            (0, None) if statement.attributes.is_empty() => literal::word("true", span),
            (1, None) if statement.attributes.is_empty() => statement.values.remove(0),
            (0 | 1, None) => {
                let mut entries = Vec::new();
                entries.extend(statement.values.pop().map(|text| entry(Cow::Borrowed(key), text.span, text)));
                entries.append(&mut statement.attributes);
                Node { span: statement.span, value: Value::Map(entries) }
            }
            _ => {
                self.too_many(statement.values.get(1..).unwrap_or_default());
                statement.values.remove(0)
            }
        };
        self.list.push(entry(word, span, value));
    }

    /// A map of positional values, `key value` pairs and attributes.
    fn keyed(&mut self, statement: Statement<'s>, keys: &[&'static str]) -> Node<'s> {
        let span = statement.span;
        let mut entries = Vec::new();
        let mut values = statement.values.into_iter();
        for (key, value) in keys.iter().zip(values.by_ref()) {
            entries.push(entry(Cow::Borrowed(*key), value.span, value));
        }
        self.pairs(values, &mut entries);
        entries.extend(statement.attributes);
        Node { span, value: Value::Map(entries) }
    }

    /// `bind name type money` and the like.
    fn pairs(&mut self, mut values: impl Iterator<Item = Node<'s>>, entries: &mut Vec<Entry<'s>>) {
        while let Some(word) = values.next() {
            let Some(key) = word.scalar().map(|scalar| scalar.text.clone()) else {
                self.too_many(&[word]);
                continue;
            };
            match values.next() {
                Some(value) => entries.push(entry(key, word.span, value)),
                None => self.fault(word.span, &format!("`{key}` has no value here"), "write `name value`"),
            }
        }
    }

    fn named(&mut self, mut statement: Statement<'s>, map: &'static str, string: &'static str) {
        let Some(key) = statement.scalar(0).map(|scalar| scalar.text.clone()) else {
            let message = format!("`{}` needs a name after it", statement.word);
            return self.fault(
                statement.word_span,
                &message,
                "write the variable's name, then its sample in quotes",
            );
        };
        let key_span = statement.values.remove(0).span;
        let value = if string.is_empty() || (statement.values.len() == 1 && statement.attributes.is_empty()) {
            match statement.values.drain(..).next() {
                Some(value) => value,
                None => Node { span: key_span, value: Value::Null },
            }
        } else {
            let sample = statement
                .scalar(0)
                .is_some_and(|scalar| scalar.style != crate::syntax::tree::ScalarStyle::Plain);
            self.keyed(statement, if sample { &[SAMPLE] } else { &[] })
        };
        let word_span = key_span;
        self.collect_in_map(map, word_span, entry(key, key_span, value));
    }

    fn button(&mut self, mut statement: Statement<'s>, list: &'static str) {
        let Some(kind) = statement.scalar(0).map(|scalar| scalar.text.clone()) else {
            let help = "use the form `button quick_reply \"Track\"`";
            return self.fault(statement.word_span, "`button` needs a type after it", help);
        };
        let (word_span, span) = (statement.word_span, statement.span);
        let kind_node = statement.values.remove(0);
        let node = self.keyed(statement, button_keys(&kind));
        let mut entries = vec![entry(Cow::Borrowed("type"), kind_node.span, kind_node)];
        if let Value::Map(keyed) = node.value {
            entries.extend(keyed);
        }
        self.collect_in_list(list, word_span, Node { span, value: Value::Map(entries) });
    }

    fn language(&mut self, mut statement: Statement<'s>, map: &'static str) {
        let Some(code) = statement.scalar(0).map(|scalar| scalar.text.clone()) else {
            let help = "add a code, for example `language en_US`";
            return self.fault(statement.word_span, "`language` needs a code after it", help);
        };
        let code_node = statement.values.remove(0);
        self.too_many(&statement.values);
        let Some(block) = statement.block else {
            return self.list.push(entry(statement.word, statement.word_span, code_node));
        };
        let mut inner = Entries { list: statement.attributes, diagnostics: self.diagnostics };
        for nested in block {
            inner.statement(nested);
        }
        let value = Node { span: statement.span, value: Value::Map(inner.list) };
        self.collect_in_map(map, statement.word_span, entry(code, code_node.span, value));
    }

    fn header(&mut self, mut statement: Statement<'s>) {
        let plain = |node: &Node<'s>| {
            node.scalar().is_some_and(|scalar| scalar.style == crate::syntax::tree::ScalarStyle::Plain)
        };
        let is_kind = statement.values.len() >= 2 && statement.values.first().is_some_and(plain);
        if !is_kind {
            return self.value(statement, "text");
        }
        let kind = statement.values.remove(0);
        let key = kind.scalar().map(|scalar| scalar.text.clone()).unwrap_or_default();
        let (word, word_span, span) = (statement.word.clone(), statement.word_span, statement.span);
        let path = statement.values.remove(0);
        self.too_many(&statement.values);
        let mut entries = vec![entry(key, kind.span, path)];
        entries.append(&mut statement.attributes);
        self.list.push(entry(word, word_span, Node { span, value: Value::Map(entries) }));
    }

    fn cards(&mut self, statement: Statement<'s>) {
        let mut nodes = Vec::new();
        for card in statement.block.unwrap_or_default() {
            let span = card.span;
            let mut inner = Entries { list: Vec::new(), diagnostics: self.diagnostics };
            for nested in card.block.unwrap_or_default() {
                inner.statement(nested);
            }
            nodes.push(Node { span, value: Value::Map(inner.list) });
        }
        let value = Node { span: statement.span, value: Value::List(nodes) };
        self.list.push(entry(statement.word, statement.word_span, value));
    }

    fn collect_in_map(&mut self, key: &'static str, key_span: Span, item: Entry<'s>) {
        let span = item.key_span.to(item.value.span);
        match self.list.iter_mut().find(|entry| entry.key == key) {
            Some(Entry { value: Node { value: Value::Map(entries), span: whole }, .. }) => {
                *whole = whole.to(span);
                entries.push(item);
            }
            _ => self.push(key, key_span, Node { span, value: Value::Map(vec![item]) }),
        }
    }

    fn collect_in_list(&mut self, key: &'static str, key_span: Span, item: Node<'s>) {
        match self.list.iter_mut().find(|entry| entry.key == key) {
            Some(Entry { value: Node { value: Value::List(nodes), span }, .. }) => {
                *span = span.to(item.span);
                nodes.push(item);
            }
            _ => self.push(key, key_span, Node { span: item.span, value: Value::List(vec![item]) }),
        }
    }

    fn push(&mut self, key: &'static str, key_span: Span, value: Node<'s>) {
        self.list.push(entry(Cow::Borrowed(key), key_span, value));
    }

    fn too_many(&mut self, values: &[Node<'s>]) {
        if let (Some(first), Some(last)) = (values.first(), values.last()) {
            let help = "delete it, or name it in parentheses: `(key value)`";
            self.fault(first.span.to(last.span), "this statement takes no value here", help);
        }
    }

    fn fault(&mut self, span: Span, message: &str, help: &str) {
        self.diagnostics.push(Diagnostic::new(&rules::DSL_SYNTAX, span, message).help(help));
    }
}

const SAMPLE: &str = "sample";

fn entry<'s>(key: Cow<'s, str>, key_span: Span, value: Node<'s>) -> Entry<'s> {
    Entry { key, key_span, value }
}
