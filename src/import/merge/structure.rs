//! Components that were added or removed in an account: headers, footers and buttons.
//!
//! The file is converted to canonical YAML, whose layout is known. The lines of the components are replaced, and the
//! result is converted back to the file's format. Unchanged buttons keep their lines, with their names and samples.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::edit::{self, Edit};
use super::{MergeError, Reading, RemoteChanges, difference, slot};
use crate::canonical;
use crate::compile::AccountContext;
use crate::format;
use crate::import::draft::{Draft, Raw};
use crate::import::print;
use crate::payload::{Button, Component, Deployed};
use crate::source::{Source, Sources};
use crate::syntax::SourceFormat;
use crate::syntax::tree::{self, Entry};

/// The keys of parts that may come and go by themselves.
const KEYS: [&str; 3] = ["header", "footer", "buttons"];

/// A version of which parts came or went.
struct StructureChange<'d> {
    deployed: &'d Deployed,
    /// What is sent for it, in its normal form.
    ours: Vec<Component>,
    /// What the account has, in its normal form.
    theirs: Vec<Component>,
}

/// The text of a source with the parts that the account has; nothing where those are the same.
pub(super) fn apply(
    source: &Source,
    account: &AccountContext<'_>,
    before: &Reading<'_>,
    taken: RemoteChanges<'_>,
) -> Result<Option<String>, MergeError> {
    let changes: Vec<_> =
        taken.texts.iter().filter_map(|deployed| StructureChange::new(before, deployed)).collect();
    let Some(first) = changes.first() else { return Ok(None) };
    if let Some(other) = changes.iter().find(|change| !change.is_mergeable()) {
        return Err(other.refusal());
    }
    let mut sources = Sources::default();
    let yaml = format::convert(source, SourceFormat::Yaml).map_err(|_| first.refusal())?;
    let id = sources.add("canonical.yaml", yaml.as_str());
    let canonical = sources.get(id).ok_or(MergeError::Unsound)?;
    let reading = Reading::new(canonical, account).ok_or(MergeError::Unsound)?;
    let mut edits: BTreeMap<(usize, usize, &str), Edit> = BTreeMap::new();
    for change in &changes {
        for key in change.keys() {
            let editor = Editor { text: canonical.text(), reading: &reading, changes: &changes, change, key };
            let edit = editor.edit()?;
            // What one part makes of a place, another must not make something else of.
            if edits
                .insert((edit.range.start, edit.range.end, key), edit.clone())
                .is_some_and(|known| known != edit)
            {
                return Err(change.refusal());
            }
        }
    }
    let edits: Vec<_> = edits.into_values().collect();
    let text = edit::apply(canonical.text(), &edits).ok_or_else(|| first.refusal())?;
    let mut sources = Sources::default();
    let id = sources.add("canonical.yaml", text);
    let changed = sources.get(id).ok_or(MergeError::Unsound)?;
    format::convert(changed, format::surface(source)).map(Some).map_err(|_| first.refusal())
}

/// The key of a part that may come and go.
fn key(component: &Component) -> Option<&'static str> {
    Some(match component {
        Component::HeaderText { .. }
        | Component::HeaderMedia { .. }
        | Component::HeaderLocation
        | Component::HeaderProduct => "header",
        Component::Footer { .. } => "footer",
        Component::Buttons(_) => "buttons",
        _ => return None,
    })
}

fn part<'c>(components: &'c [Component], wanted: &str) -> Option<&'c Component> {
    components.iter().find(|component| key(component) == Some(wanted))
}

fn words(component: Option<&Component>) -> Vec<String> {
    component.map(|component| slot::parts(std::slice::from_ref(component))).unwrap_or_default()
}

fn buttons(components: &[Component]) -> &[Button] {
    match part(components, "buttons") {
        Some(Component::Buttons(buttons)) => buttons,
        _ => &[],
    }
}

impl<'d> StructureChange<'d> {
    /// Nothing where both sides have the same parts, or the version is not in the file.
    fn new(before: &Reading<'_>, deployed: &'d Deployed) -> Option<Self> {
        let payload = before.payload(&deployed.key)?;
        let ours = canonical::payload(payload).components;
        let theirs = canonical::deployed(deployed).components;
        (slot::parts(&ours) != slot::parts(&theirs)).then_some(Self { deployed, ours, theirs })
    }

    /// Whether nothing but headers, footers and buttons came or went.
    fn is_mergeable(&self) -> bool {
        let rest = |components: &[Component]| {
            let rest: Vec<_> =
                components.iter().filter(|component| key(component).is_none()).cloned().collect();
            slot::parts(&rest)
        };
        rest(&self.ours) == rest(&self.theirs)
    }

    fn keys(&self) -> impl Iterator<Item = &'static str> {
        let differs = |key: &&str| words(part(&self.ours, key)) != words(part(&self.theirs, key));
        KEYS.into_iter().filter(differs)
    }

    fn refusal(&self) -> MergeError {
        difference(&self.deployed.key, &slot::parts(&self.ours), &slot::parts(&self.theirs))
    }

    /// Returns the value that a new file would have at this key, or `None` if a person has to name it.
    fn drafted(&self, key: &str) -> Option<Value> {
        let draft = Draft::new(&self.deployed.key.name, &[self.deployed], &Raw::default());
        draft.top.into_iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }
}

/// Makes the edit for one key of one version.
struct Editor<'a, 'd> {
    text: &'a str,
    reading: &'a Reading<'a>,
    changes: &'a [StructureChange<'d>],
    change: &'a StructureChange<'d>,
    key: &'static str,
}

impl Editor<'_, '_> {
    fn edit(&self) -> Result<Edit, MergeError> {
        let refusal = || self.change.refusal();
        let (own, top) = (self.own(), self.reading.tree.root.entries().unwrap_or_default());
        let find = |entries: &'_ [Entry<'_>]| entries.iter().position(|entry| entry.key == self.key);
        let place = own.and_then(|own| own.get(find(own)?)).or_else(|| top.get(find(top)?));
        let is_own = own.is_some_and(|own| find(own).is_some());
        let Some(entry) = place else {
            let table = if self.reading.template.versions.len() == 1 { Some(top) } else { own };
            let first = table.and_then(<[_]>::first).ok_or_else(refusal)?;
            let lines = self.lines(first).ok_or_else(refusal)?;
            let text = self.line(first, None).ok_or_else(refusal)?;
            return Ok(Edit { range: lines.end..lines.end, text });
        };
        if !is_own && !self.is_shared_alike() {
            let version = self.change.deployed.key.clone();
            return Err(MergeError::Shared { version, part: self.key });
        }
        let range = self.lines(entry).ok_or_else(refusal)?;
        let text = match part(&self.change.theirs, self.key) {
            None => String::new(),
            Some(_) => self.line(entry, Some(entry)).ok_or_else(refusal)?,
        };
        Ok(Edit { range, text })
    }

    /// The entries of the version alone, where it has some.
    fn own(&self) -> Option<&[Entry<'_>]> {
        entries_of(self.reading, &self.change.deployed.key.language)
    }

    /// Whether all versions that a key at the top stands for changed in the same way.
    fn is_shared_alike(&self) -> bool {
        let theirs = part(&self.change.theirs, self.key);
        self.reading.template.versions.iter().all(|version| {
            let code = version.code();
            let has_own = entries_of(self.reading, code)
                .is_some_and(|own| own.iter().any(|entry| entry.key == self.key));
            let alike = |change: &&StructureChange<'_>| {
                change.deployed.key.language == code && part(&change.theirs, self.key) == theirs
            };
            has_own || self.changes.iter().any(|change| alike(&change))
        })
    }

    /// The lines of the key as the account has it, indented like an entry of the same table.
    fn line(&self, beside: &Entry<'_>, present: Option<&Entry<'_>>) -> Option<String> {
        let start = self.lines(beside)?.start;
        let indent = self.text.get(start..beside.key_span.range().start)?;
        let value = self.change.drafted(self.key)?;
        let items = match value.as_array().filter(|_| self.key == "buttons") {
            Some(items) => self.items(items, present)?,
            None => {
                let value = print::flow(&value);
                return is_fixed(&value).then(|| format!("{indent}{}: {value}\n", self.key));
            }
        };
        let mut text = format!("{indent}{}:\n", self.key);
        for item in items {
            let lines: Vec<_> = item.lines().collect();
            text += &format!("{indent}  - {}\n", lines.join(&format!("\n{indent}    ")));
        }
        Some(text)
    }

    /// Returns the buttons of the account: unchanged ones as they are in the file, others drafted.
    fn items(&self, drafted: &[Value], present: Option<&Entry<'_>>) -> Option<Vec<String>> {
        let nodes = match present.map(|entry| &entry.value.value) {
            Some(tree::Value::List(nodes)) => nodes.as_slice(),
            _ => &[],
        };
        let (ours, theirs) = (buttons(&self.change.ours), buttons(&self.change.theirs));
        if nodes.len() != ours.len() && !nodes.is_empty() || theirs.len() != drafted.len() {
            return None;
        }
        let mut left = ours.iter().zip(nodes);
        let items = theirs.iter().zip(drafted).map(|(button, value)| {
            let mut rest = left.clone();
            if let Some((_, node)) = rest.find(|(own, _)| *own == button) {
                left = rest;
                return self.item(node);
            }
            Some(print::flow(value)).filter(|text| is_fixed(text))
        });
        items.collect()
    }

    /// Returns the lines of a button in the file, without their indentation.
    fn item(&self, node: &tree::Node<'_>) -> Option<String> {
        let range = node.span.range();
        let before = self.text.get(..range.start)?;
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let mut lines = self.text.get(range)?.lines();
        let mut item = lines.next()?.to_owned();
        for line in lines {
            item.push('\n');
            item += line
                .get(column..)
                .filter(|_| line.trim_start().len() + column <= line.len())
                .unwrap_or_default();
        }
        Some(item)
    }

    /// The lines of an entry that shares them with nothing.
    fn lines(&self, entry: &Entry<'_>) -> Option<Range<usize>> {
        let (key, value) = (entry.key_span.range(), entry.value.span.range());
        let start = self.text.get(..key.start)?.rfind('\n').map_or(0, |at| at + 1);
        // The text of a block includes the blank lines after it.
        let behind = self.text.get(..value.end.max(key.end))?.trim_end().len();
        let end = self.text.get(behind..)?.find('\n').map_or(self.text.len(), |at| behind + at + 1);
        self.text.get(start..key.start)?.trim().is_empty().then_some(start..end)
    }
}

/// Whether a value holds no placeholder: only a person knows what one stands for.
fn is_fixed(value: &str) -> bool {
    !value.contains("{{") && !value.contains("<<")
}

fn entries_of<'r>(reading: &'r Reading<'_>, code: &str) -> Option<&'r [Entry<'r>]> {
    let top = reading.tree.root.entries()?;
    let languages = top.iter().find(|entry| entry.key == "languages")?;
    languages.value.entries()?.iter().find(|entry| entry.key == code)?.value.entries()
}
