//! Statements of the DSL, but for their blocks and the comments around them.

use super::{DslPrinter, Lead};
use crate::format::comments::CommentLine;
use crate::format::doc::{DocItem, DocValue};
use crate::format::key_context::{KeyContext, Role};
use crate::format::printer::{LinePrinter, STEP};
use crate::format::{Refusal, WIDTH, literal};
use crate::syntax::dsl::button_keys;
use crate::syntax::tree::ScalarStyle;
use crate::work;

/// What the DSL has no words for.
pub(super) fn unsayable(item: &DocItem) -> Refusal {
    let what = match &item.shape {
        DocValue::Null => "nothing",
        DocValue::Text { .. } => "a text",
        DocValue::List(_) => "a list",
        DocValue::Map(_) => "a map",
    };
    Refusal::Inexpressible(match &item.key {
        Some(key) => format!("{what} for `{key}`"),
        None => format!("{what} in a list"),
    })
}

/// The name of a variable or the code of a language.
pub(super) fn name(item: &DocItem) -> Result<String, Refusal> {
    literal::inline(item.name(), ScalarStyle::Plain, Role::Word)
}

/// A key that is a word of a statement or an attribute, which has no quotes.
fn word(item: &DocItem) -> Result<&str, Refusal> {
    let key = item.name();
    if literal::is_word(key) {
        return Ok(key);
    }
    Err(Refusal::Inexpressible(format!("the key `{key}`")))
}

/// `variable NAME "sample" key value`
pub(super) fn variable(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    let mut text = format!("variable {}", name(item)?);
    let DocValue::Map(entries) = &item.shape else {
        text += &format!(" {}", value(item, indent)?);
        return Ok(text);
    };
    let (sample, mut rest) = match entries.split_first() {
        Some((first, rest)) if first.name() == "sample" && first.text().is_some() && !first.is_noted() => {
            (first.text(), rest)
        }
        _ => (None, entries.as_slice()),
    };
    if let Some(sample) = sample {
        text += &format!(" {}", literal::string(sample)?);
    }
    if item.holds_notes() {
        return Ok(text + &attributes(rest, &item.end, indent, usize::MAX)?);
    }
    while let Some((first, others)) = rest.split_first() {
        if !matches!(first.shape, DocValue::Text { .. } | DocValue::List(_)) {
            break;
        }
        text += &format!(" {} {}", name(first)?, value(first, indent)?);
        rest = others;
    }
    let width = width(&text, indent);
    Ok(text + &attributes(rest, &[], indent, width)?)
}

/// `sample NAME "value"`
pub(super) fn sample(item: &DocItem) -> Result<String, Refusal> {
    match &item.shape {
        DocValue::Null => Ok(format!("sample {}", name(item)?)),
        DocValue::Text { text, .. } => Ok(format!("sample {} {}", name(item)?, literal::string(text)?)),
        _ => Err(unsayable(item)),
    }
}

/// `button TYPE "label" (key value)`
pub(super) fn button(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    if let Some(label) = item.text() {
        return Ok(format!("button quick_reply {}", literal::string(label)?));
    }
    let entries = item.children();
    let find = |key: &str| entries.iter().find(|entry| entry.name() == key);
    let Some(kind) = find("type").and_then(DocItem::text) else { return Err(unsayable(item)) };
    let mut text = format!("button {}", literal::inline(kind, ScalarStyle::Plain, Role::Word)?);
    let mut written = vec!["type"];
    for key in button_keys(kind) {
        let Some(entry) = find(key).filter(|entry| entry.text().is_some() && !entry.is_noted()) else {
            break;
        };
        text += &format!(" {}", value(entry, indent)?);
        written.push(key);
    }
    let rest: Vec<&DocItem> = entries.iter().filter(|entry| !written.contains(&entry.name())).collect();
    let width = width(&text, indent);
    Ok(text + &attributes_of(&rest, &item.end, indent, width)?)
}

/// The columns before what is appended to a statement.
fn width(text: &str, indent: usize) -> usize {
    let last = text.rsplit('\n').next().unwrap_or_default().chars().count();
    if last < text.chars().count() { last } else { indent + last }
}

/// Every other statement: a word, its value or values, and attributes.
pub(super) fn simple(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    let key = word(item)?;
    match &item.shape {
        DocValue::Text { .. } if key == "languages" => Err(unsayable(item)),
        DocValue::List(items) if matches!(key, "tags" | "accounts" | "languages") && !item.holds_notes() => {
            let values = items.iter().map(|item| value(item, indent)).collect::<Result<Vec<_>, _>>()?;
            Ok([vec![key.to_owned()], values].concat().join(" "))
        }
        DocValue::Text { text, style } => Ok(format!("{key} {}", tall(item, text, *style, indent)?)),
        DocValue::Map(items) if items.is_empty() && key != "applies_to" && key != "library" => {
            Ok(format!("{key} {{}}"))
        }
        DocValue::Map(items) => {
            let first = items.first().filter(|first| !first.is_noted());
            mapped(key, first, item, indent)
        }
        _ => Ok(format!("{key} {}", value(item, indent)?)),
    }
}

/// A map: its main value behind the word, the rest in parentheses or as pairs.
fn mapped(key: &str, first: Option<&DocItem>, item: &DocItem, indent: usize) -> Result<String, Refusal> {
    let rest = item.children().get(1..).unwrap_or_default();
    match first {
        Some(first) if key == "applies_to" && first.name() == "model" && !item.holds_notes() => {
            let mut text = format!("{key} {}", value(first, indent)?);
            for entry in rest {
                text += &format!(" {} {}", name(entry)?, value(entry, indent)?);
            }
            Ok(text)
        }
        Some(DocItem { shape: DocValue::Text { text, style }, .. })
            if first.is_some_and(|first| first.name() == "text") && !rest.is_empty() =>
        {
            let text = format!("{key} {}", tall(item, text, *style, indent)?);
            let width = width(&text, indent);
            Ok(text + &attributes(rest, &item.end, indent, width)?)
        }
        Some(first)
            if key == "header"
                && matches!(first.name(), "image" | "video" | "gif" | "document")
                && first.text().is_some() =>
        {
            let text = format!("{key} {} {}", first.name(), value(first, indent)?);
            let width = width(&text, indent);
            Ok(text + &attributes(rest, &item.end, indent, width)?)
        }
        _ => Ok(key.to_owned() + &attributes(item.children(), &item.end, indent, indent + key.len())?),
    }
}

/// A statement's own text, over several lines where it has them.
fn tall(item: &DocItem, text: &str, style: ScalarStyle, indent: usize) -> Result<String, Refusal> {
    if let Some(lines) = literal::block(text, style) {
        let margin = " ".repeat(indent + STEP);
        let lines = lines.iter().map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("{margin}{line}\n"),
        });
        return Ok(format!("\"\"\"\n{}{margin}\"\"\"", lines.collect::<String>()));
    }
    match item.place {
        KeyContext::Header if item.text().is_some() => literal::header(text, style),
        KeyContext::Header | KeyContext::Body | KeyContext::Footer => literal::string(text),
        _ => literal::inline(text, style, item.role),
    }
}

/// Prints a value on one line, or on several if it contains comments.
fn value(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    match &item.shape {
        DocValue::Null => Err(unsayable(item)),
        DocValue::Text { text, style } => literal::inline(text, *style, item.role),
        DocValue::List(items) => {
            let all: Vec<&DocItem> = items.iter().collect();
            bracketed(&all, &item.end, indent, 0, ['[', ']'], &|item, indent| group(item, indent))
        }
        DocValue::Map(_) => Err(unsayable(item)),
    }
}

/// A value inside brackets, where maps have parentheses.
fn group(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    let DocValue::Map(items) = &item.shape else { return value(item, indent) };
    let all: Vec<&DocItem> = items.iter().collect();
    bracketed(&all, &item.end, indent, 0, ['(', ')'], &attribute)
}

fn attribute(item: &DocItem, indent: usize) -> Result<String, Refusal> {
    Ok(format!("{} {}", word(item)?, group(item, indent)?))
}

fn attributes(
    items: &[DocItem],
    end: &[CommentLine],
    indent: usize,
    before: usize,
) -> Result<String, Refusal> {
    let all: Vec<&DocItem> = items.iter().collect();
    attributes_of(&all, end, indent, before)
}

/// ` (key value, key value)`, or nothing where there are none.
fn attributes_of(
    items: &[&DocItem],
    end: &[CommentLine],
    indent: usize,
    before: usize,
) -> Result<String, Refusal> {
    if items.is_empty() && end.is_empty() {
        return Ok(String::new());
    }
    Ok(format!(" {}", bracketed(items, end, indent, before, ['(', ')'], &attribute)?))
}

/// Items in brackets: on one line where they fit behind `before` columns, and else on a line each.
fn bracketed(
    items: &[&DocItem],
    end: &[CommentLine],
    indent: usize,
    before: usize,
    [open, close]: [char; 2],
    print: &dyn Fn(&DocItem, usize) -> Result<String, Refusal>,
) -> Result<String, Refusal> {
    work::steps(1);
    let noted = !end.is_empty() || items.iter().any(|item| item.is_noted());
    if items.is_empty() && !noted {
        return Ok(format!("{open}{close}"));
    }
    let room = WIDTH.saturating_sub(before.saturating_add(1));
    if let Some(line) = if noted { None } else { OneLine::render(items, [open, close], room)? } {
        return Ok(line);
    }
    let mut printer = DslPrinter { page: LinePrinter::default() };
    for (index, item) in items.iter().enumerate() {
        let parted = (index > 0).then_some(false);
        let text = print(item, indent + STEP)? + ",";
        printer.statement(&Lead { items: vec![item], parted }, indent + STEP, &text);
    }
    printer.page.notes(end, indent + STEP);
    Ok(format!("{open}\n{}{}{close}", printer.page.out, " ".repeat(indent)))
}

/// Values in brackets on one line.
///
/// It ends where the line is full: each level of a nested value asks whether it fits, and printing all of what does not
/// would take twice as long with every level.
struct OneLine {
    text: String,
    /// Columns that are left.
    room: usize,
}

/// Why there is no line.
enum Stop {
    Full,
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl OneLine {
    /// Renders items on one line; `None` if they need more room.
    fn render(items: &[&DocItem], brackets: [char; 2], room: usize) -> Result<Option<String>, Refusal> {
        let mut line = Self { text: String::new(), room };
        match line.items(items.iter().copied(), brackets) {
            Ok(()) => Ok(Some(line.text)),
            Err(Stop::Full) => Ok(None),
            Err(Stop::Refused(refusal)) => Err(refusal),
        }
    }

    /// Items in brackets; in parentheses each has its key.
    fn items<'i>(
        &mut self,
        items: impl Iterator<Item = &'i DocItem>,
        [open, close]: [char; 2],
    ) -> Result<(), Stop> {
        self.put(open.encode_utf8(&mut [0; 4]))?;
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.put(", ")?;
            }
            if open == '(' {
                self.put(word(item)?)?;
                self.put(" ")?;
            }
            self.value(item)?;
        }
        self.put(close.encode_utf8(&mut [0; 4]))
    }

    fn value(&mut self, item: &DocItem) -> Result<(), Stop> {
        work::steps(1);
        match &item.shape {
            DocValue::Null => Err(unsayable(item).into()),
            DocValue::Text { text, style } => self.put(&literal::inline(text, *style, item.role)?),
            DocValue::List(items) => self.items(items.iter(), ['[', ']']),
            DocValue::Map(items) => self.items(items.iter(), ['(', ')']),
        }
    }

    fn put(&mut self, text: &str) -> Result<(), Stop> {
        let left = self.room.checked_sub(text.chars().count());
        self.room = left.ok_or(Stop::Full)?;
        self.text.push_str(text);
        Ok(())
    }
}
