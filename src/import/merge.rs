//! Merges changes of an account into an existing file, at the characters that changed.
//!
//! The new file is parsed and compiled again. It must equal the account, leave every other version unchanged, and keep
//! every comment. Otherwise the merge is refused.

mod edit;
mod slot;
mod splice;
mod structure;

use std::collections::{BTreeMap, BTreeSet};

use crate::canonical;
use crate::compile::{AccountContext, Numbering, compile};
use crate::graph::payload_json;
use crate::lower::{self, rules::SIZE_LIMIT};
use crate::model::{Template, Version};
use crate::payload::{Deployed, Payload, VersionKey};
use crate::source::{Source, SourceId, Sources};
use crate::syntax;
use crate::syntax::tree::Tree;
use edit::{Edit, Extent};

/// Why a file is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// It does not parse.
    #[error("the file has errors; run `watpl lint`")]
    Mistakes,
    /// The version is not in it.
    #[error("{0} is not in the file")]
    Absent(VersionKey),
    /// Parts came or went.
    #[error("not only texts changed in {version}: {what}")]
    Structure {
        /// The version.
        version: VersionKey,
        /// What came or went.
        what: String,
    },
    /// The text stands for other languages too, which did not change in the same way.
    #[error("the {part} is shared by several languages, but changed only in {version}")]
    Shared {
        /// The version.
        version: VersionKey,
        /// The part.
        part: &'static str,
    },
    /// A placeholder that has no name here.
    #[error("{version} has a new placeholder {{{{{number}}}}}, which needs a name; add it to the file")]
    NewPlaceholder {
        /// The version.
        version: VersionKey,
        /// Its number.
        number: u32,
    },
    /// The first language numbers the variables, and its placeholders came into another order.
    #[error(
        "the order of the placeholders in the {part} changed in {version}, which numbers them for all languages"
    )]
    Reordered {
        /// The version.
        version: VersionKey,
        /// The part.
        part: &'static str,
    },
    /// What was written does not say the same as the account.
    #[error("the text cannot be changed without side effects")]
    Unsound,
}

/// What is merged.
#[derive(Clone, Copy, Debug)]
pub struct RemoteChanges<'d> {
    /// The versions whose texts are merged.
    pub texts: &'d [&'d Deployed],
    /// The category to which Meta changed the declared one, if that is merged.
    pub category: Option<&'d str>,
}

/// The text of a source with what changed in an account.
///
/// # Errors
/// When the change cannot be made without a person.
pub fn merge(
    source: &Source,
    account: &AccountContext<'_>,
    taken: RemoteChanges<'_>,
) -> Result<String, MergeError> {
    let before = Reading::new(source, account).ok_or(MergeError::Mistakes)?;
    let Some(text) = structure::apply(source, account, &before, taken)? else {
        return texts(source, &before, account, taken, &before);
    };
    let mut sources = Sources::default();
    let id = sources.add(source.name(), text);
    let restructured = sources.get(id).ok_or(MergeError::Unsound)?;
    let reading = Reading::new(restructured, account).ok_or(MergeError::Unsound)?;
    texts(restructured, &reading, account, taken, &before)
}

/// Returns the source with the changed texts. `before` is the original content.
fn texts(
    source: &Source,
    reading: &Reading<'_>,
    account: &AccountContext<'_>,
    taken: RemoteChanges<'_>,
    before: &Reading<'_>,
) -> Result<String, MergeError> {
    for extent in [Extent::Changed, Extent::Whole] {
        let Some(edits) = edits(source, account, reading, taken, extent)? else { continue };
        let Some(text) = edit::apply(source.text(), &edits) else { continue };
        if is_sound(source, &text, account, before, taken) {
            return Ok(text);
        }
    }
    Err(MergeError::Unsound)
}

/// A file, read and compiled.
struct Reading<'s> {
    tree: Tree<'s>,
    template: Template,
    payloads: Vec<Payload>,
}

impl<'s> Reading<'s> {
    /// Nothing where there are mistakes.
    fn new(source: &'s Source, account: &AccountContext<'_>) -> Option<Self> {
        let mut mistakes = Vec::new();
        let tree = syntax::parse(source, &mut mistakes);
        let template = lower::lower(source, &tree, &mut Vec::new()).filter(|_| mistakes.is_empty())?;
        let account = at(account, &template, source.id());
        let compiled = compile(&template, &account);
        // A text that is too large to compile is too large to compare word by word.
        let is_bounded = compiled.diagnostics.iter().all(|found| found.rule.id != SIZE_LIMIT.id);
        is_bounded.then_some(Self { tree, template, payloads: compiled.payloads })
    }

    fn payload(&self, key: &VersionKey) -> Option<&Payload> {
        self.payloads.iter().find(|payload| payload.key == *key)
    }

    fn version(&self, key: &VersionKey) -> Option<&Version> {
        self.template.versions.iter().find(|version| version.code() == key.language)
    }
}

/// The account context for another source: media samples are identified by their source.
fn at<'a>(account: &AccountContext<'a>, _: &Template, source: SourceId) -> AccountContext<'a> {
    let media = account.media.iter().map(|((_, path), hash)| ((source, path.clone()), hash.clone()));
    AccountContext {
        constants: account.constants.clone(),
        media: media.collect(),
        ..AccountContext::default()
    }
}

fn edits(
    source: &Source,
    account: &AccountContext<'_>,
    before: &Reading<'_>,
    taken: RemoteChanges<'_>,
    extent: Extent,
) -> Result<Option<Vec<Edit>>, MergeError> {
    let mut edits: BTreeMap<(usize, usize), Edit> = BTreeMap::new();
    let drifted: BTreeSet<&str> = taken.texts.iter().map(|version| version.key.language.as_str()).collect();
    let numbering = Numbering::new(&before.template);
    for deployed in taken.texts {
        let absent = || MergeError::Absent(deployed.key.clone());
        let payload = before.payload(&deployed.key).ok_or_else(absent)?;
        let version = before.version(&deployed.key).ok_or_else(absent)?;
        structure(payload, deployed)?;
        for (slot, text) in slot::texts(version) {
            let (old, new) = (slot.wire(&payload.components), slot.wire(&deployed.components));
            let (Some(old), Some(new)) = (old, new) else { continue };
            if slot.is_same(old, new) {
                continue;
            }
            let shares = |other: &&Version| {
                !drifted.contains(other.code())
                    && slot::texts(other).iter().any(|(_, own)| own.span == text.span)
            };
            if before.template.versions.iter().any(|other| shares(&other)) {
                return Err(MergeError::Shared { version: deployed.key.clone(), part: slot.label() });
            }
            let names = slot.part().map_or(&[][..], |part| numbering.names(part));
            if let Some(number) = slot::new_number(new, names) {
                return Err(MergeError::NewPlaceholder { version: deployed.key.clone(), number });
            }
            let is_first =
                before.template.versions.first().is_some_and(|first| first.code() == version.code());
            if is_first && !names.is_empty() && slot::is_reordered(new) {
                return Err(MergeError::Reordered { version: deployed.key.clone(), part: slot.label() });
            }
            let named = before.template.parameter_format == crate::model::ParameterFormat::Named;
            let is_url = slot.part().is_some_and(crate::model::Part::is_url);
            let names = if named && !is_url { &[][..] } else { names };
            let splice = splice::Splice { source, tree: &before.tree, text, names, account };
            let Some(changes) = splice.edits(old, new, extent) else { return Ok(None) };
            for edit in changes {
                let place = (edit.range.start, edit.range.end);
                match edits.insert(place, edit.clone()) {
                    Some(known) if known != edit => {
                        return Err(MergeError::Shared { version: deployed.key.clone(), part: slot.label() });
                    }
                    _ => {}
                }
            }
        }
    }
    let keys = edit::Keys { source, tree: &before.tree };
    if let Some(first) = taken.texts.first() {
        let ttl = before.template.ttl.map(|ttl| ttl.value.seconds());
        let cleared = first.ttl.is_none() && first.previous_category.is_some();
        if ttl != first.ttl && !cleared {
            let edit = keys.set("ttl", first.ttl.map(super::draft::duration).as_deref());
            let edit = edit.ok_or(MergeError::Unsound)?;
            edits.insert((edit.range.start, edit.range.end), edit);
        }
    }
    if let Some(category) = taken.category {
        let edit = keys.set("category", Some(category)).ok_or(MergeError::Unsound)?;
        edits.insert((edit.range.start, edit.range.end), edit);
    }
    Ok(Some(edits.into_values().collect()))
}

/// Whether both sides have the same parts, so that only texts differ.
fn structure(payload: &Payload, deployed: &Deployed) -> Result<(), MergeError> {
    let parts = |normal: canonical::CanonicalTemplate| slot::parts(&normal.components);
    let (ours, theirs) = (parts(canonical::payload(payload)), parts(canonical::deployed(deployed)));
    if ours == theirs {
        return Ok(());
    }
    Err(difference(&deployed.key, &ours, &theirs))
}

/// What came and went, for a person to take over.
fn difference(key: &VersionKey, ours: &[String], theirs: &[String]) -> MergeError {
    let gone: Vec<_> = ours.iter().filter(|part| !theirs.contains(part)).cloned().collect();
    let new: Vec<_> = theirs.iter().filter(|part| !ours.contains(part)).cloned().collect();
    let what = match (gone.is_empty(), new.is_empty()) {
        (false, true) => format!("removed {}", gone.join(", ")),
        (true, false) => format!("added {}", new.join(", ")),
        (false, false) => format!("removed {}, added {}", gone.join(", "), new.join(", ")),
        (true, true) => "the order of its parts".to_owned(),
    };
    MergeError::Structure { version: key.clone(), what }
}

/// Returns whether a text equals the account in the merged versions, and the original in all others.
fn is_sound(
    source: &Source,
    text: &str,
    account: &AccountContext<'_>,
    before: &Reading<'_>,
    taken: RemoteChanges<'_>,
) -> bool {
    let mut sources = Sources::default();
    let id = sources.add(source.name(), text);
    let Some(again) = sources.get(id) else { return false };
    let Some(after) = Reading::new(again, account) else { return false };
    let comments =
        |tree: &Tree<'_>| tree.comments.iter().map(|comment| comment.text.to_string()).collect::<Vec<_>>();
    let same_versions = before.payloads.len() == after.payloads.len();
    same_versions
        && comments(&before.tree) == comments(&after.tree)
        && after.payloads.iter().all(|payload| match taken.texts.iter().find(|own| own.key == payload.key) {
            Some(deployed) => says(payload, deployed),
            None => before.payload(&payload.key).is_some_and(|old| is_kept(old, payload, taken)),
        })
        && taken
            .category
            .is_none_or(|category| after.template.category().is_some_and(|own| own.as_str() == category))
}

fn says(payload: &Payload, deployed: &Deployed) -> bool {
    let (mut ours, theirs) = (canonical::payload(payload), canonical::deployed(deployed));
    if deployed.ttl.is_none() && deployed.previous_category.is_some() {
        ours.ttl = None;
    }
    !ours.differs(&theirs)
}

/// Returns whether a version that is not merged is unchanged, except for keys of the whole file.
fn is_kept(old: &Payload, new: &Payload, taken: RemoteChanges<'_>) -> bool {
    let mut new = new.clone();
    if taken.category.is_some() {
        new.category = old.category;
    }
    payload_json(old) == payload_json(&new)
}
