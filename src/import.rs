//! Source files for the templates of an account, as `watpl pull` writes them.
//!
//! [`import`] writes a new file for the versions of one name. Content without a key goes below `raw` in Meta's JSON. The
//! result is compiled and compared with the account, so that nothing is lost silently.

mod draft;
mod entry;
mod escape;
mod hoist;
mod merge;
mod path;
mod print;
mod verify;

pub use escape::source_text;
pub use merge::{MergeError, RemoteChanges, merge};
pub use path::{file_stem, sample_path};

use std::collections::BTreeSet;

use serde_json::Value;

use crate::format::{self, Refusal};
use crate::lower::MAX_RAW_DEPTH;
use crate::model::{Language, TemplateName};
use crate::payload::{Component, Deployed, VersionKey};
use crate::source::Sources;
use crate::syntax::SourceFormat;
use crate::syntax::text::Brackets;
use draft::{Draft, Raw};

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub struct ImportStyle {
    /// File format.
    pub surface: SourceFormat,
    /// With which brackets around placeholders.
    pub brackets: Brackets,
}

/// A file that stands for what is deployed.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its text, in canonical form.
    pub text: String,
    /// Its format: the requested one, unless that can't express something.
    pub surface: SourceFormat,
    /// The versions that it holds.
    pub taken: Vec<VersionKey>,
    /// The versions that it cannot hold, with the reason.
    pub skipped: Vec<(VersionKey, String)>,
    /// What its reader should know, a sentence each.
    pub notes: Vec<String>,
}

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No file can have this name, and no template either.
    #[error("its name is invalid: names have lower-case letters, digits and underscores")]
    Name,
    /// None of its versions can be written.
    #[error("{0}")]
    Nothing(String),
    /// The written text differs from the account.
    #[error("it cannot be converted without loss; please report this template")]
    Unsound,
    /// The formatter refuses it.
    #[error("it cannot be written: {0}")]
    Format(#[from] Refusal),
}

/// The file for the versions of one name. Versions of other names are not looked at.
///
/// # Errors
/// Returns an error if nothing can be written, or if the result would differ from the account.
pub fn import(deployed: &[&Deployed], style: ImportStyle) -> Result<Import, ImportError> {
    let name = deployed.first().map(|first| first.key.name.clone()).unwrap_or_default();
    if TemplateName::new(&name).is_none() {
        return Err(ImportError::Name);
    }
    let (versions, left) = chosen(deployed, &name);
    if versions.is_empty() {
        let reasons: BTreeSet<_> = left.into_iter().map(|(_, reason)| reason).collect();
        return Err(ImportError::Nothing(reasons.into_iter().collect::<Vec<_>>().join("; ")));
    }
    let mut raw = Raw::default();
    loop {
        let draft = Draft::new(&name, &versions, &raw);
        let text = print::yaml(&draft);
        let more = verify::differing(&name, &text, &versions);
        if more.is_empty() {
            return finish(&name, &text, &versions, left, &draft, style);
        }
        let known = raw.len();
        raw.extend(more);
        if raw.len() == known {
            return Err(ImportError::Unsound);
        }
    }
}

/// The versions that one file can hold, in the order of their codes, and the others.
fn chosen<'d>(deployed: &[&'d Deployed], name: &str) -> (Vec<&'d Deployed>, Vec<(VersionKey, String)>) {
    let mut own: Vec<&Deployed> =
        deployed.iter().copied().filter(|version| version.key.name == name).collect();
    own.sort_by(|one, other| one.key.language.cmp(&other.key.language));
    own.dedup_by(|one, other| one.key == other.key);
    let mut taken: Vec<&Deployed> = Vec::new();
    let mut left = Vec::new();
    for version in own {
        match refusal(version, &taken) {
            None => taken.push(version),
            Some(reason) => left.push((version.key.clone(), reason)),
        }
    }
    (taken, left)
}

/// Returns why a version can't be in one file with those before it.
fn refusal(version: &Deployed, taken: &[&Deployed]) -> Option<String> {
    if Language::new(&version.key.language).is_none() {
        return Some("its language is unknown to watpl".to_owned());
    }
    if draft::category(version).is_none() {
        return Some(format!("its category {} is not a template category", version.category));
    }
    let says_nothing =
        |component: &Component| matches!(component, Component::Buttons(buttons) if buttons.is_empty());
    if version.components.iter().all(says_nothing) && version.library.is_none() {
        return Some("Meta returned no components for it".to_owned());
    }
    if version.json.iter().any(|component| !is_within(component, MAX_RAW_DEPTH)) {
        return Some(format!("one of its components is nested more than {MAX_RAW_DEPTH} levels deep"));
    }
    let first = taken.first()?;
    let format = draft::format(version);
    let formats = || taken.iter().find_map(|other| draft::format(other));
    let differs = [
        ("category", version.category != first.category),
        ("ttl", version.ttl != first.ttl),
        ("library", version.library != first.library),
        ("parameter_format", format.is_some_and(|own| formats().is_some_and(|other| other != own))),
        ("fields", version.options != first.options),
    ];
    let (key, _) = differs.into_iter().find(|(_, differs)| *differs)?;
    Some(format!("its {key} differs from {}, but a file has one for all languages", first.key.language))
}

/// Whether a value has no more levels of lists and maps than this.
fn is_within(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(items) => levels > 0 && items.iter().all(|item| is_within(item, levels - 1)),
        Value::Object(fields) => levels > 0 && fields.values().all(|field| is_within(field, levels - 1)),
        _ => true,
    }
}

fn finish(
    name: &str,
    text: &str,
    versions: &[&Deployed],
    left: Vec<(VersionKey, String)>,
    draft: &Draft,
    style: ImportStyle,
) -> Result<Import, ImportError> {
    let mut sources = Sources::default();
    let id = sources.add(format!("{name}.yaml"), text);
    let source = sources.get(id).ok_or(ImportError::Unsound)?;
    let wanted = Some(style.brackets);
    let mut remarks = draft.notes();
    let (text, surface) = match format::write(source, style.surface, wanted) {
        Err(Refusal::Inexpressible(what)) => {
            remarks.push(format!("written as YAML: the .watpl format has no syntax for {what}"));
            (format::write(source, SourceFormat::Yaml, wanted)?, SourceFormat::Yaml)
        }
        written => (written?, style.surface),
    };
    let taken = versions.iter().map(|version| version.key.clone()).collect();
    Ok(Import { text, surface, taken, skipped: left, notes: remarks })
}
