//! What rules look at beside the template itself: what its project asks for, and its neighbours.

mod min_hash;
mod settings;
mod structure;
mod summary;

pub use min_hash::MinHash;
pub use settings::{LintSettings, Override, ResolvedSeverities};
pub use structure::{HeaderKind, Structure};
pub use summary::{TemplateSummary, VersionSummary};

use std::collections::BTreeMap;

use crate::model::Category;
use crate::source::{Source, Span};

/// What is known around one template.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Its file.
    pub source: &'a Source,
    /// What the project asks for.
    pub settings: &'a LintSettings,
    /// What is known of its media samples, by path as written; what was not looked at is absent.
    pub media: &'a BTreeMap<String, Media>,
}

/// Every template of a project beside the others.
#[derive(Clone)]
pub struct Project<'a> {
    /// What is kept of each template, in the order of the files.
    pub templates: Vec<&'a TemplateSummary>,
    /// Those that have a name, by name and then in the order of the files.
    named: Vec<&'a TemplateSummary>,
    /// What the project asks for.
    pub settings: &'a LintSettings,
    /// What stands at a place, for the few that have to be looked at again; nothing where the file is gone.
    pub text: &'a dyn Fn(Span) -> Option<String>,
}

impl<'a> Project<'a> {
    /// What is kept of templates, in any order, with what the project asks for. `text` tells what stands at a place.
    pub fn new(
        templates: impl IntoIterator<Item = &'a TemplateSummary>,
        settings: &'a LintSettings,
        text: &'a dyn Fn(Span) -> Option<String>,
    ) -> Self {
        let mut templates: Vec<&TemplateSummary> = templates.into_iter().collect();
        // Which of two files is the second must not depend on which was read first.
        templates.sort_by_key(|facts| facts.source);
        let mut named: Vec<&TemplateSummary> =
            templates.iter().copied().filter(|facts| facts.name.is_some()).collect();
        named.sort_by(|one, other| one.title().cmp(other.title()));
        Self { templates, named, settings, text }
    }

    /// The versions whose texts are held against each other, with their templates: those of authentication are Meta's own.
    pub fn versions_with_text(&self) -> impl Iterator<Item = (&'a TemplateSummary, &'a VersionSummary)> {
        let templates = self.templates.iter().copied();
        let worded = templates.filter(|template| !template.is(Category::Authentication));
        worded.flat_map(|template| template.versions.iter().map(move |version| (template, version)))
    }

    /// How many versions there are, so that what is listed of all of them takes no more room than it needs.
    pub fn version_count(&self) -> usize {
        self.templates.iter().map(|facts| facts.versions.len()).sum()
    }

    /// The files of each name, in their order.
    pub fn names(&self) -> impl Iterator<Item = &[&'a TemplateSummary]> {
        self.named.chunk_by(|one, other| one.title() == other.title())
    }
}

/// What was found at the path of a media sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A file of this many bytes that begins like this MIME type, if the beginning says.
    File {
        /// Its size.
        bytes: u64,
        /// Its type by its first bytes.
        mime: Option<&'static str>,
        /// Width and height of a picture, in pixels; nothing where it is none, or a damaged one.
        size: Option<(u32, u32)>,
    },
    /// Nothing, or no plain file.
    Absent,
    /// A place outside the project, which is never read.
    Outside,
}
