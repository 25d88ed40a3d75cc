//! The templates of an account: found by id, identity or cursor, in the order in which they were created, and
//! with a memory of what the present transaction changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::identifiers;
use crate::model::size::Size;
use crate::model::template::Template;

/// All templates; thousands of them cost a change no more than one.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    rows: BTreeMap<u64, Arc<Template>>,
    next: u64,
    ids: HashMap<String, u64>,
    cursors: HashMap<String, u64>,
    identities: BTreeMap<(String, String), u64>,
    /// What the rows were before the transaction.
    undo: Vec<(u64, Option<Arc<Template>>)>,
    /// The size of each row before the transaction.
    sizes: HashMap<u64, Size>,
    /// The sum of those.
    size: Size,
}

/// Rows by number; `None` stands for one that is gone. This is what is saved.
pub(crate) type Rows = BTreeMap<u64, Option<Arc<Template>>>;

impl Templates {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The template with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Template> {
        self.ids.get(id).and_then(|row| self.rows.get(row)).map(AsRef::as_ref)
    }

    /// The template with this id, to change it; its id, name and language stay.
    pub(crate) fn by_id_mut(&mut self, id: &str) -> Option<&mut Template> {
        let number = *self.ids.get(id)?;
        let row = self.rows.get_mut(&number)?;
        self.undo.push((number, Some(Arc::clone(row))));
        Some(Arc::make_mut(row))
    }

    /// The template with this identity.
    pub(crate) fn find(&self, name: &str, language: &str) -> Option<&Template> {
        let row = self.identities.get(&(name.to_owned(), language.to_owned()))?;
        self.rows.get(row).map(AsRef::as_ref)
    }

    /// All languages of a name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Template> {
        let from = (name.to_owned(), String::new());
        let same = self.identities.range(from..).take_while(move |((own, _), _)| own == name);
        let found: Vec<&Template> =
            same.filter_map(|(_, row)| self.rows.get(row)).map(AsRef::as_ref).collect();
        found.into_iter()
    }

    /// The newest first.
    pub(crate) fn newest(&self) -> impl DoubleEndedIterator<Item = (u64, &Template)> {
        self.rows.iter().rev().map(|(number, row)| (*number, row.as_ref()))
    }

    /// Those older than a row, the newest first.
    pub(crate) fn older(&self, than: u64) -> impl DoubleEndedIterator<Item = (u64, &Template)> {
        self.rows.range(..than).rev().map(|(number, row)| (*number, row.as_ref()))
    }

    /// Those newer than a row, the oldest first.
    pub(crate) fn newer(&self, than: u64) -> impl DoubleEndedIterator<Item = (u64, &Template)> {
        let from = than.saturating_add(1);
        self.rows.range(from..).map(|(number, row)| (*number, row.as_ref()))
    }

    /// The row that a cursor stands for.
    pub(crate) fn at_cursor(&self, cursor: &str) -> Option<u64> {
        self.cursors.get(cursor).copied()
    }

    /// Adds a template.
    pub(crate) fn insert(&mut self, template: Template) {
        let number = self.next;
        self.put(number, Arc::new(template));
        self.undo.push((number, None));
    }

    /// Takes a template away.
    pub(crate) fn remove(&mut self, id: &str) -> Option<Arc<Template>> {
        let number = *self.ids.get(id)?;
        let row = self.take(number)?;
        self.undo.push((number, Some(Arc::clone(&row))));
        Some(row)
    }

    /// What the transaction has changed so far.
    pub(crate) fn changes(&self) -> Rows {
        let touched = self.undo.iter().map(|(number, _)| *number);
        touched.map(|number| (number, self.rows.get(&number).cloned())).collect()
    }

    /// The size of all rows, with what the transaction has changed so far.
    pub(crate) fn size(&self) -> Size {
        let touched: BTreeSet<u64> = self.undo.iter().map(|(number, _)| *number).collect();
        touched.into_iter().fold(self.size, |size, number| {
            let before = self.sizes.get(&number).copied().unwrap_or_default();
            size.plus(self.measure(number)).minus(before)
        })
    }

    /// Whether no two rows have the same id.
    pub(crate) fn has_unique_ids(&self) -> bool {
        self.ids.len() == self.rows.len()
    }

    /// Ends a transaction.
    pub(crate) fn settle(&mut self) {
        for (number, _) in std::mem::take(&mut self.undo) {
            self.weigh(number);
        }
    }

    /// Ends a transaction as if it had not been.
    pub(crate) fn roll_back(&mut self) {
        for (number, before) in std::mem::take(&mut self.undo).into_iter().rev() {
            self.restore(number, before);
        }
    }

    /// All rows, to be saved as a whole.
    pub(crate) fn rows(&self) -> Rows {
        self.rows.iter().map(|(number, row)| (*number, Some(Arc::clone(row)))).collect()
    }

    /// Puts saved rows in.
    pub(crate) fn load(&mut self, rows: Rows) {
        for (number, row) in rows {
            self.restore(number, row);
            self.weigh(number);
        }
    }

    fn measure(&self, number: u64) -> Size {
        self.rows.get(&number).map(|row| Size::of_value(row.as_ref())).unwrap_or_default()
    }

    fn weigh(&mut self, number: u64) {
        let size = self.measure(number);
        let before = if size == Size::default() {
            self.sizes.remove(&number)
        } else {
            self.sizes.insert(number, size)
        };
        self.size = self.size.plus(size).minus(before.unwrap_or_default());
    }

    fn restore(&mut self, number: u64, row: Option<Arc<Template>>) {
        drop(self.take(number));
        if let Some(row) = row {
            self.put(number, row);
        }
    }

    fn put(&mut self, number: u64, row: Arc<Template>) {
        self.next = self.next.max(number.saturating_add(1));
        self.ids.insert(row.id.clone(), number);
        self.cursors.insert(identifiers::cursor(&row.id), number);
        self.identities.insert((row.name.clone(), row.language.clone()), number);
        self.rows.insert(number, row);
    }

    fn take(&mut self, number: u64) -> Option<Arc<Template>> {
        let row = self.rows.remove(&number)?;
        self.ids.remove(&row.id);
        self.cursors.remove(&identifiers::cursor(&row.id));
        self.identities.remove(&(row.name.clone(), row.language.clone()));
        Some(row)
    }
}

impl Serialize for Templates {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.values().map(AsRef::as_ref))
    }
}

/// Rows as they are in a file: JSON has no numbers for keys, serde writes them as text.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Saved(pub(crate) BTreeMap<u64, Option<Template>>);

impl From<Saved> for Rows {
    fn from(saved: Saved) -> Self {
        saved.0.into_iter().map(|(number, row)| (number, row.map(Arc::new))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(templates: &Templates) -> Vec<&str> {
        templates.newest().map(|(_, template)| template.name.as_str()).collect()
    }

    #[test]
    fn what_was_not_committed_never_was() {
        let mut templates = Templates::default();
        templates.insert(Template::blank("a", "en", 0));
        templates.insert(Template::blank("b", "en", 0));
        assert_eq!(templates.changes().len(), 2);
        templates.settle();
        let id = templates.find("a", "en").expect("it").id.clone();
        templates.by_id_mut(&id).expect("it").status = "REJECTED".to_owned();
        templates.remove(&id);
        templates.insert(Template::blank("c", "en", 0));
        assert_eq!(names(&templates), ["c", "b"]);
        templates.roll_back();
        assert_eq!(names(&templates), ["b", "a"]);
        assert_eq!(templates.by_id(&id).map(|template| template.status.as_str()), Some("PENDING"));
        assert_eq!((templates.find("c", "en").is_none(), templates.named("a").count()), (true, 1));
        assert!(templates.at_cursor(&identifiers::cursor(&id)).is_some());
        assert!(templates.changes().is_empty());
    }

    #[test]
    fn the_size_follows_every_change() {
        let mut templates = Templates::default();
        let sum = |templates: &Templates| {
            let sizes = templates.rows.values().map(|row| Size::of_value(row.as_ref()));
            sizes.fold(Size::default(), Size::plus)
        };
        templates.insert(Template::blank("a", "en", 0));
        templates.insert(Template::blank("b", "en", 0));
        assert_eq!(templates.size(), sum(&templates));
        templates.settle();
        let settled = templates.size();
        assert_eq!(settled, sum(&templates));
        let id = templates.find("a", "en").expect("it").id.clone();
        templates.by_id_mut(&id).expect("it").components = vec![serde_json::json!({"text": "longer"})];
        templates.by_id_mut(&id).expect("it").sends = 1_000;
        assert_eq!(templates.size(), sum(&templates));
        templates.roll_back();
        assert_eq!(templates.size(), settled);
        templates.remove(&id);
        templates.settle();
        assert_eq!(templates.size(), sum(&templates));
        templates.load(templates.rows());
        assert_eq!(templates.size(), sum(&templates));
    }
}
