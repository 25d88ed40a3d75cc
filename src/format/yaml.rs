//! The printer of YAML.

use super::WIDTH;
use super::doc::{Doc, DocItem, DocValue};
use super::key_context::{KeyContext, is_header_word};
use super::printer::{LinePrinter, STEP, is_parted};
use super::quoting;
use crate::syntax::tree::ScalarStyle;

/// Prints a file.
pub(super) fn print(doc: &Doc) -> String {
    let mut printer = YamlPrinter { page: LinePrinter::default() };
    printer.page.head(&doc.head);
    printer.entries(&doc.entries, 0, KeyContext::Template);
    printer.page.notes(&doc.end, 0);
    printer.page.notes(&doc.tail, 0);
    printer.page.out
}

struct YamlPrinter {
    page: LinePrinter,
}

impl YamlPrinter {
    fn entries(&mut self, items: &[DocItem], indent: usize, place: KeyContext) {
        for (index, item) in items.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| items.get(index));
            let parted = before.map(|before| is_parted(before, item, place));
            self.page.lead(&item.above, item.blank, parted, indent);
            self.page.indent(indent);
            self.entry(item, indent);
        }
    }

    /// A key and its value; the line has begun already.
    fn entry(&mut self, item: &DocItem, indent: usize) {
        self.page.put(&quoting::key(item.name(), false));
        self.page.put(":");
        self.value(item, indent, true);
    }

    fn items(&mut self, items: &[DocItem], indent: usize) {
        for (index, item) in items.iter().enumerate() {
            self.page.lead(&item.above, item.blank, (index > 0).then_some(false), indent);
            if item.children().is_empty() || self.flow(item, indent + STEP).is_some() {
                self.page.indent(indent);
                self.page.put("-");
                self.value(item, indent, false);
                continue;
            }
            if let Some(trailing) = &item.trailing {
                self.page.note(trailing, indent);
            }
            match &item.shape {
                DocValue::Map(entries) => self.dashed(item, entries, indent),
                _ => {
                    self.page.indent(indent);
                    self.page.put("-\n");
                    self.items(item.children(), indent + STEP);
                    self.page.notes(&item.end, indent + STEP);
                }
            }
        }
    }

    /// Prints a map whose first entry follows the dash, with its comments above.
    fn dashed(&mut self, item: &DocItem, entries: &[DocItem], indent: usize) {
        let Some((first, rest)) = entries.split_first() else { return };
        self.page.notes(&first.above, indent);
        self.page.indent(indent);
        self.page.put("- ");
        self.entry(first, indent + STEP);
        for (before, entry) in entries.iter().zip(rest) {
            let parted = Some(is_parted(before, entry, item.place));
            self.page.lead(&entry.above, entry.blank, parted, indent + STEP);
            self.page.indent(indent + STEP);
            self.entry(entry, indent + STEP);
        }
        self.page.notes(&item.end, indent + STEP);
    }

    /// The value behind `key:` or `-`, with the end of the line.
    fn value(&mut self, item: &DocItem, indent: usize, keyed: bool) {
        match &item.shape {
            DocValue::Null if keyed => self.page.end_line(item.trailing.as_deref()),
            DocValue::Null => {
                self.page.put(" ~");
                self.page.end_line(item.trailing.as_deref());
            }
            DocValue::Text { text, style } => self.text(item, text, *style, indent),
            DocValue::List(_) | DocValue::Map(_) => self.collection(item, indent, keyed),
        }
    }

    fn text(&mut self, item: &DocItem, text: &str, style: ScalarStyle, indent: usize) {
        self.page.put(" ");
        let Some((header, lines)) = quoting::block(text, style) else {
            self.page.put(&inline(item, text, style, false));
            return self.page.end_line(item.trailing.as_deref());
        };
        self.page.put(header);
        self.page.end_line(item.trailing.as_deref());
        for line in lines {
            if !line.is_empty() {
                self.page.indent(indent + STEP);
                self.page.put(line);
            }
            self.page.end_line(None);
        }
    }

    fn collection(&mut self, item: &DocItem, indent: usize, keyed: bool) {
        let before = if keyed { indent + item.name().chars().count() + 2 } else { indent + STEP };
        if let Some(flow) = self.flow(item, before) {
            self.page.put(" ");
            self.page.put(&flow);
            self.page.end_line(item.trailing.as_deref());
        } else {
            self.page.end_line(item.trailing.as_deref());
            match &item.shape {
                DocValue::List(items) => self.items(items, indent + STEP),
                _ => self.entries(item.children(), indent + STEP, item.place),
            }
        }
        // Behind an empty map, only the next entry's column tells where a comment belongs.
        let inside = if item.children().is_empty() { indent } else { indent + STEP };
        self.page.notes(&item.end, inside);
    }

    /// The collection on one line behind so many columns, if it is to be on one.
    fn flow(&self, item: &DocItem, before: usize) -> Option<String> {
        let is_list = matches!(item.shape, DocValue::List(_));
        if item.children().is_empty() {
            return Some(if is_list { "[]" } else { "{}" }.to_owned());
        }
        // A list of codes is short; the map of versions never is.
        let tall = item.place.is_tall() && !(is_list && item.place == KeyContext::Languages);
        if tall || item.holds_notes() {
            return None;
        }
        flow(item).filter(|flow| before + flow.chars().count() <= WIDTH)
    }
}

fn inline(item: &DocItem, text: &str, style: ScalarStyle, flow: bool) -> String {
    if item.place == KeyContext::Header && style != ScalarStyle::Plain && is_header_word(text) {
        return quoting::quoted(text);
    }
    quoting::inline(text, style, item.role, flow)
}

/// A value on one line; nothing where a text wants more.
fn flow(item: &DocItem) -> Option<String> {
    let joined = |items: &[DocItem], one: fn(&DocItem) -> Option<String>| {
        items.iter().map(one).collect::<Option<Vec<_>>>().map(|parts| parts.join(", "))
    };
    match &item.shape {
        DocValue::Null => Some("~".to_owned()),
        DocValue::Text { text, style } if quoting::block(text, *style).is_none() => {
            Some(inline(item, text, *style, true))
        }
        DocValue::Text { .. } => None,
        DocValue::List(items) if items.is_empty() => Some("[]".to_owned()),
        DocValue::Map(items) if items.is_empty() => Some("{}".to_owned()),
        DocValue::List(items) => Some(format!("[{}]", joined(items, flow)?)),
        DocValue::Map(items) => Some(format!("{{ {} }}", joined(items, flow_entry)?)),
    }
}

fn flow_entry(item: &DocItem) -> Option<String> {
    Some(format!("{}: {}", quoting::key(item.name(), true), flow(item)?))
}
