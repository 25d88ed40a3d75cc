//! Account audit: runs the rules over deployed versions, without any file.
//!
//! Each version becomes a separate source, as `watpl pull` would write it, so that rules see what they see
//! in a file, and each finding belongs to one version. Rules about how a source is written do not apply.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{self, Collector};
use crate::diagnostic::Diagnostic;
use crate::import::{self, ImportStyle};
use crate::lint_context::LintSettings;
use crate::model::Category;
use crate::payload::{Deployed, VersionKey};
use crate::rules::{self, CHECKS};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Node, Value};
use crate::syntax::{self, SourceFormat};

/// Rules about files, about samples, which Meta does not always give back, and about what the source alone knows.
const ABOUT_SOURCES: [&str; 14] = [
    "authentication-without-code-button",
    "library-button-input",
    "media-file",
    "missing-language",
    "mixed-brackets",
    "name-differs-from-file",
    "raw-component",
    "undeclared-variable",
    "unknown-constant",
    "unused-variable",
    "variable-without-sample",
    "invalid-autofill-label",
    "invalid-code-apps",
    "zero-tap-without-terms",
];

/// The findings of an account.
#[derive(Debug, Default)]
pub struct Audit {
    /// The versions as sources.
    pub sources: Sources,
    /// The diagnostics, version by version.
    pub findings: Vec<Finding>,
    /// The number of templates checked.
    pub templates: usize,
    /// In how many versions.
    pub versions: usize,
    /// The versions that could not be looked at, with the reason.
    pub left: Vec<(VersionKey, String)>,
}

/// A finding in a deployed version.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The version.
    pub version: About,
    /// The part of it: `body`, `footer`, `button 2`, `category`.
    pub component: String,
    /// The diagnostics.
    pub diagnostic: Diagnostic,
}

/// The identity of a version, and its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name and language.
    pub key: VersionKey,
    /// Meta's id.
    pub id: String,
    /// Meta's word for its status.
    pub status: String,
    /// The category, as Meta has it.
    pub category: String,
}

/// Lints versions of an account. `settings` turns rules off; required languages and paths have no effect
/// here.
pub fn audit(deployed: &[Deployed], settings: &LintSettings) -> Audit {
    let settings = applicable(settings);
    let mut audit = Audit::default();
    let mut abouts: BTreeMap<SourceId, About> = BTreeMap::new();
    let mut findings = Collector::default();
    let mut names = BTreeSet::new();
    for version in deployed {
        match text(version) {
            Ok(text) => {
                let id = audit.sources.add(version.key.to_string(), text);
                abouts.insert(id, About::new(version));
                names.insert(version.key.name.as_str());
                audit.versions += 1;
            }
            Err(reason) => audit.left.push((version.key.clone(), reason)),
        }
    }
    audit.templates = names.len();
    for source in audit.sources.iter() {
        let file = check::file(source, source.name(), &settings, &|_| BTreeMap::new());
        findings.add(source.id(), file);
    }
    let name = |id| audit.sources.get(id).map_or("", Source::name).to_owned();
    let at = |span: Span| Some(audit.sources.get(span.source)?.slice(span).to_owned());
    let diagnostics = findings.finish(&settings, &name, &at);
    let mut trees = Components::default();
    for diagnostic in diagnostics {
        let span = diagnostic.span;
        let (Some(about), Some(source)) = (abouts.get(&span.source), audit.sources.get(span.source)) else {
            continue;
        };
        let component = trees.component(source, span);
        audit.findings.push(Finding { version: about.clone(), component, diagnostic });
    }
    audit
}

/// The settings without what is about files.
fn applicable(settings: &LintSettings) -> LintSettings {
    let checked = CHECKS.iter().map(|check| check.rule);
    let wanted = checked.filter(|rule| !ABOUT_SOURCES.contains(&rule.id) && !rules::is_structural(rule));
    let asked = |id: &str| settings.only.as_ref().is_none_or(|only| only.contains(id));
    let only = wanted.filter(|rule| asked(rule.id)).map(|rule| rule.id.to_owned()).collect();
    LintSettings {
        only: Some(only),
        severities: settings.severities.clone(),
        constants: None,
        ..LintSettings::default()
    }
}

/// The source that stands for a version. Categories that Meta has retired are read as what they have become.
fn text(version: &Deployed) -> Result<String, String> {
    let current =
        Category::from_retired(&version.category).map(|category| category.as_str().to_ascii_uppercase());
    let version = match current {
        Some(category) => &Deployed { category, ..version.clone() },
        None => version,
    };
    let style = ImportStyle { surface: SourceFormat::Yaml, brackets: Brackets::Braces };
    import::import(&[version], style).map(|import| import.text).map_err(|error| error.to_string())
}

impl About {
    fn new(version: &Deployed) -> Self {
        Self {
            key: version.key.clone(),
            id: version.id.clone(),
            status: version.status.as_str().to_owned(),
            category: version.category.clone(),
        }
    }
}

/// Names the parts of sources; findings come source by source, and each is read once.
#[derive(Default)]
struct Components {
    last: Option<(SourceId, Vec<(Span, String)>)>,
}

impl Components {
    /// The part of a version that a place is in.
    fn component(&mut self, source: &Source, span: Span) -> String {
        if self.last.as_ref().is_none_or(|(id, _)| *id != source.id()) {
            let tree = syntax::parse(source, &mut Vec::new());
            let mut parts = Vec::new();
            collect(&tree.root, &mut parts);
            self.last = Some((source.id(), parts));
        }
        let parts = self.last.as_ref().map(|(_, parts)| parts.as_slice()).unwrap_or_default();
        // The innermost part comes last.
        let around = parts.iter().rev().find(|(part, _)| part.start <= span.start && span.end <= part.end);
        around.map_or_else(|| "template".to_owned(), |(_, name)| name.clone())
    }
}

/// The parts of a template that people know by name, outer ones first.
fn collect(node: &Node<'_>, parts: &mut Vec<(Span, String)>) {
    for entry in node.entries().unwrap_or_default() {
        let whole = entry.key_span.to(entry.value.span);
        match (&*entry.key, &entry.value.value) {
            ("languages", _) => collect_languages(&entry.value, parts),
            ("buttons" | "carousel" | "cards", Value::List(nodes)) => {
                let noun = if entry.key == "buttons" { "button" } else { "card" };
                parts.push((whole, entry.key.to_string()));
                for (index, node) in nodes.iter().enumerate() {
                    parts.push((node.span, format!("{noun} {}", index + 1)));
                }
            }
            (key, _) => parts.push((whole, key.to_owned())),
        }
    }
}

fn collect_languages(node: &Node<'_>, parts: &mut Vec<(Span, String)>) {
    for language in node.entries().unwrap_or_default() {
        parts.push((language.key_span, "language".to_owned()));
        collect(&language.value, parts);
    }
}
