//! The printer of the DSL.

mod statement;

use super::Refusal;
use super::comments::CommentLine;
use super::doc::{Doc, DocItem, DocValue};
use super::key_context::{KeyContext, Role};
use super::literal;
use super::printer::{LinePrinter, STEP, is_parted};
use statement::{button, name, sample, simple, unsayable, variable};

/// Prints a file.
pub(super) fn print(doc: &Doc) -> Result<String, Refusal> {
    let mut printer = DslPrinter { page: LinePrinter::default() };
    printer.page.head(&doc.head);
    let (name, entries) = match doc.entries.split_first() {
        Some((name, entries)) if name.name() == "name" => (Some(name), entries),
        _ => (None, doc.entries.as_slice()),
    };
    printer.open(name)?;
    printer.statements(entries, STEP, KeyContext::Template)?;
    printer.page.notes(&doc.end, STEP);
    printer.page.put("}\n");
    printer.page.notes(&doc.tail, 0);
    Ok(printer.page.out)
}

struct DslPrinter {
    page: LinePrinter,
}

/// A statement to print, with the text before it, and whether a blank line precedes it.
struct Lead<'i> {
    /// The entries and items whose comments are above, the outer one first.
    items: Vec<&'i DocItem>,
    /// Nothing for the first statement of a block, and else whether a blank line belongs before it.
    parted: Option<bool>,
}

impl DslPrinter {
    /// `template NAME {`
    fn open(&mut self, name: Option<&DocItem>) -> Result<(), Refusal> {
        let Some(item) = name else {
            self.page.put("template {\n");
            return Ok(());
        };
        let DocValue::Text { text, style } = &item.shape else { return Err(unsayable(item)) };
        let text = literal::inline(text, *style, Role::Word)?;
        self.statement(&Lead { items: vec![item], parted: None }, 0, &format!("template {text} {{"));
        Ok(())
    }

    fn statements(&mut self, items: &[DocItem], indent: usize, place: KeyContext) -> Result<(), Refusal> {
        for (index, item) in items.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| items.get(index));
            let parted = before.map(|before| is_parted(before, item, place));
            self.one(item, Lead { items: vec![item], parted }, indent)?;
        }
        Ok(())
    }

    /// The statement, or the statements, of one entry.
    fn one<'i>(&mut self, item: &'i DocItem, lead: Lead<'i>, indent: usize) -> Result<(), Refusal> {
        match (item.name(), &item.shape) {
            ("variables", DocValue::Map(items)) if is_named(item, KeyContext::Variables) => {
                self.gathered(item, items, lead, indent, |item| variable(item, indent))
            }
            ("samples", DocValue::Map(items)) if is_named(item, KeyContext::Samples) => {
                self.gathered(item, items, lead, indent, sample)
            }
            ("buttons", DocValue::List(items)) if items.iter().all(is_button) && !items.is_empty() => {
                self.gathered(item, items, lead, indent, |item| button(item, indent))
            }
            ("languages", DocValue::Map(items)) if is_named(item, KeyContext::Languages) => {
                self.languages(items, lead, indent)?;
                self.page.notes(&item.end, indent);
                Ok(())
            }
            ("carousel", DocValue::List(items)) => {
                self.statement(&lead, indent, "carousel {");
                for (index, card) in items.iter().enumerate() {
                    let parted = (index > 0).then_some(false);
                    self.block("card", card, Lead { items: vec![card], parted }, indent + STEP)?;
                }
                self.close(&item.end, indent);
                Ok(())
            }
            _ => {
                let text = simple(item, indent)?;
                self.statement(&lead, indent, &text);
                Ok(())
            }
        }
    }

    /// Prints a statement for each item; the comments of their entry are above the first.
    fn gathered<'i>(
        &mut self,
        item: &'i DocItem,
        items: &'i [DocItem],
        mut lead: Lead<'i>,
        indent: usize,
        print: impl Fn(&DocItem) -> Result<String, Refusal>,
    ) -> Result<(), Refusal> {
        for inner in items {
            let text = print(inner)?;
            lead.items.push(inner);
            self.statement(&lead, indent, &text);
            lead = Lead { items: Vec::new(), parted: Some(false) };
        }
        self.page.notes(&item.end, indent);
        Ok(())
    }

    fn languages<'i>(
        &mut self,
        items: &'i [DocItem],
        mut lead: Lead<'i>,
        indent: usize,
    ) -> Result<(), Refusal> {
        for inner in items {
            lead.items.push(inner);
            let head = format!("language {}", name(inner)?);
            self.block(&head, inner, lead, indent)?;
            lead = Lead { items: Vec::new(), parted: Some(true) };
        }
        Ok(())
    }

    /// A word, and entries in braces.
    fn block(&mut self, head: &str, item: &DocItem, lead: Lead<'_>, indent: usize) -> Result<(), Refusal> {
        let DocValue::Map(entries) = &item.shape else { return Err(unsayable(item)) };
        if entries.is_empty() && item.end.is_empty() {
            self.statement(&lead, indent, &format!("{head} {{}}"));
            return Ok(());
        }
        self.statement(&lead, indent, &format!("{head} {{"));
        self.statements(entries, indent + STEP, item.place)?;
        self.close(&item.end, indent);
        Ok(())
    }

    fn close(&mut self, end: &[CommentLine], indent: usize) {
        self.page.notes(end, indent + STEP);
        self.page.indent(indent);
        self.page.put("}\n");
    }

    /// One statement with the comments that lead to it and the one behind it.
    fn statement(&mut self, lead: &Lead<'_>, indent: usize, text: &str) {
        let (notes, blank) = notes_above(&lead.items);
        self.page.lead(&notes, blank, lead.parted, indent);
        self.page.indent(indent);
        self.page.put(text);
        self.page.end_line(lead.items.last().and_then(|item| item.trailing.as_deref()));
    }
}

/// Returns the comments above a statement, and whether a blank line follows them. Trailing comments of the enclosing
/// entry come first.
fn notes_above(items: &[&DocItem]) -> (Vec<CommentLine>, bool) {
    let mut notes = Vec::new();
    let mut blank = false;
    for (index, item) in items.iter().enumerate() {
        for note in &item.above {
            let blank = std::mem::take(&mut blank) || note.blank;
            notes.push(CommentLine { text: note.text.clone(), blank });
        }
        blank |= item.blank;
        if let Some(text) = item.trailing.as_ref().filter(|_| index + 1 < items.len()) {
            notes.push(CommentLine { text: text.clone(), blank: std::mem::take(&mut blank) });
        }
    }
    (notes, blank)
}

fn is_named(item: &DocItem, place: KeyContext) -> bool {
    item.place == place && !item.children().is_empty()
}

fn is_button(item: &DocItem) -> bool {
    let kind = |item: &DocItem| item.name() == "type" && item.text().is_some() && !item.is_noted();
    item.text().is_some() || item.children().iter().any(kind)
}
