//! What is deployed, as keys and values of the language.

mod component;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::entry::DraftEntry;
use super::hoist;
use crate::canonical;
use crate::graph::{component_json, has_unmapped_fields};
use crate::model::{Category, ParameterFormat};
use crate::payload::{Component, Deployed, MediaSample, Samples};
use crate::syntax::text::is_reference;
use component::Naming;

/// Comment above a media header whose sample is missing.
const SAMPLE_NOTE: &str = "Meta returns no media samples; put a file here before the next edit";

/// Components that are written in Meta's JSON: the index of the version, and of the component in it.
pub(super) type Raw = BTreeSet<(usize, usize)>;

/// A file before it is written.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) top: Vec<DraftEntry>,
    pub(super) versions: Vec<(String, Vec<DraftEntry>)>,
}

impl Draft {
    /// The file of versions that agree in all that a file has once. `raw` names components that are known to be
    /// written in Meta's JSON.
    pub(super) fn new(name: &str, versions: &[&Deployed], raw: &Raw) -> Self {
        let Some(first) = versions.first() else { return Self { top: Vec::new(), versions: Vec::new() } };
        let mut top = vec![DraftEntry::new("name", name)];
        top.extend(category(first).map(|category| DraftEntry::new("category", category.as_str())));
        if versions.iter().find_map(|version| format(version)) == Some(ParameterFormat::Named) {
            top.push(DraftEntry::new("parameter_format", "named"));
        }
        top.extend(first.ttl.map(|ttl| DraftEntry::new("ttl", duration(ttl))));
        top.extend(first.options.iter().map(|(key, value)| DraftEntry::new(key, lower_case(value))));
        let names = names(versions);
        if !names.is_empty() {
            top.push(DraftEntry::new("variables", Value::Object(names.clone())));
        }
        if let Some(library) = &first.library {
            top.push(DraftEntry::new("library", library.as_str()));
        }
        let naming = Naming::new(name, versions);
        let mut own: Vec<_> = versions
            .iter()
            .enumerate()
            .map(|(index, version)| {
                let entries = if version.library.is_some() {
                    Vec::new()
                } else {
                    entries(version, index, raw, &naming, &names)
                };
                (version.key.language.clone(), entries)
            })
            .collect();
        let shared = hoist::shared(&mut own);
        if let [(code, entries)] = own.as_mut_slice() {
            top.insert(2, DraftEntry::new("language", code.as_str()));
            top.append(entries);
        }
        top.extend(shared);
        Self { top, versions: own }
    }

    /// What the reader of the file should know.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        let entries = || self.top.iter().chain(self.versions.iter().flat_map(|(_, entries)| entries));
        if entries().any(|entry| entry.notes.contains(&SAMPLE_NOTE)) {
            remarks.push(
                "Meta returns no media samples; put a file where the template refers to one".to_owned(),
            );
        }
        if entries().any(|entry| entry.key == "library") {
            remarks.push(
                "Meta does not return the inputs of a library template, so they are missing".to_owned(),
            );
        }
        if entries().any(|entry| entry.key == "raw") {
            remarks.push("content without a key in the file format is kept under `raw`".to_owned());
        }
        remarks
    }
}

/// The category, where it is one that a template can have.
pub(super) fn category(version: &Deployed) -> Option<Category> {
    Category::new(&version.category.to_ascii_lowercase())
}

/// Parameter format of the placeholders; `None` without placeholders.
pub(super) fn format(version: &Deployed) -> Option<ParameterFormat> {
    canonical::deployed(version).parameter_format
}

/// The entries of one version.
fn entries(
    version: &Deployed,
    index: usize,
    raw: &Raw,
    naming: &Naming<'_>,
    names: &Map<String, Value>,
) -> Vec<DraftEntry> {
    let mut entries: Vec<DraftEntry> = Vec::new();
    let mut opaque = Vec::new();
    let samples = other_samples(version, names);
    if !samples.is_empty() {
        entries.push(DraftEntry::new("samples", Value::Object(samples)));
    }
    for (at, component) in version.components.iter().enumerate() {
        let json = version.json.get(at).cloned().unwrap_or_else(|| component_json(component));
        let known = !raw.contains(&(index, at)) && !has_unmapped_fields(&json, component);
        let written = known.then(|| naming.component(component)).flatten();
        match written.filter(|(key, _)| entries.iter().all(|entry| entry.key != *key)) {
            Some((key, value)) => {
                let notes = if lacks_sample(component) { vec![SAMPLE_NOTE] } else { Vec::new() };
                entries.push(DraftEntry { key, value, notes });
            }
            None if matches!(component, Component::Buttons(buttons) if buttons.is_empty()) => {}
            None => opaque.push(json),
        }
    }
    if !opaque.is_empty() {
        entries.push(DraftEntry::new("raw", opaque));
    }
    entries
}

fn lacks_sample(component: &Component) -> bool {
    match component {
        Component::HeaderMedia { sample, .. } => !matches!(sample, MediaSample::File { .. }),
        Component::Carousel(cards) => cards.iter().flatten().any(lacks_sample),
        _ => false,
    }
}

/// The variables of versions with names, each with the sample of the first version that has one.
fn names(versions: &[&Deployed]) -> Map<String, Value> {
    let mut names = Map::new();
    for (name, sample) in versions.iter().flat_map(|version| named_samples(version)) {
        names.entry(name).or_insert_with(|| sample.into());
    }
    let texts = versions.iter().flat_map(|version| &version.components).filter_map(component::text);
    for name in texts.flat_map(component::names) {
        names.entry(name).or_insert_with(|| Value::Object(Map::new()));
    }
    names
}

/// Samples of names that are not those of the variables.
fn other_samples(version: &Deployed, names: &Map<String, Value>) -> Map<String, Value> {
    let differs = |name: &String, sample: &String| names.get(name).and_then(Value::as_str) != Some(sample);
    let others = named_samples(version).into_iter().filter(|(name, sample)| differs(name, sample));
    others.map(|(name, sample)| (name, sample.into())).collect()
}

/// The samples of names that a version has, each name once.
fn named_samples(version: &Deployed) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for samples in version.components.iter().flat_map(component::samples) {
        if let Samples::Named(list) = samples {
            let named = list.iter().filter(|(name, _)| is_reference(name) && seen.insert(name.clone()));
            found.extend(named.cloned());
        }
    }
    found
}

/// Words of Meta's in the case in which they are written here.
fn lower_case(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |word| word.to_ascii_lowercase().into())
}

/// Seconds in the largest unit that divides them.
pub(super) fn duration(seconds: i64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "m")];
    let unit = units.into_iter().find(|(unit, _)| seconds > 0 && seconds % unit == 0);
    match unit {
        Some((unit, word)) => format!("{}{word}", seconds / unit),
        None => seconds.to_string(),
    }
}
