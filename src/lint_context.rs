//! Context of rules besides the template itself: project settings and other templates.

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

/// The context of one template.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Its file.
    pub source: &'a Source,
    /// The project's settings.
    pub settings: &'a LintSettings,
    /// Its media samples, by path as written; files that were not examined are absent.
    pub media: &'a BTreeMap<String, Media>,
}

/// All templates of a project, for cross-file rules.
#[derive(Clone)]
pub struct Project<'a> {
    /// The summary of each template, in the order of the files.
    pub templates: Vec<&'a TemplateSummary>,
    /// Those that have a name, by name and then in the order of the files.
    named: Vec<&'a TemplateSummary>,
    /// The project's settings.
    pub settings: &'a LintSettings,
    /// The source text of a span, for the few texts that are read again; `None` if the file no longer exists.
    pub text: &'a dyn Fn(Span) -> Option<String>,
}

impl<'a> Project<'a> {
    /// Builds the context from summaries, in any order. `text` returns the source text of a span.
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

    /// The versions whose texts are compared, with their templates; authentication texts are Meta's own.
    pub fn versions_with_text(&self) -> impl Iterator<Item = (&'a TemplateSummary, &'a VersionSummary)> {
        let templates = self.templates.iter().copied();
        let worded = templates.filter(|template| !template.is(Category::Authentication));
        worded.flat_map(|template| template.versions.iter().map(move |version| (template, version)))
    }

    /// The number of versions, so that lists of all of them are allocated at their final size.
    pub fn version_count(&self) -> usize {
        self.templates.iter().map(|facts| facts.versions.len()).sum()
    }

    /// The files of each name, in their order.
    pub fn names(&self) -> impl Iterator<Item = &[&'a TemplateSummary]> {
        self.named.chunk_by(|one, other| one.title() == other.title())
    }
}

/// The file at the path of a media sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A file of this many bytes that begins like this MIME type, if the type is recognized.
    File {
        /// Its size.
        bytes: u64,
        /// Its type by its first bytes.
        mime: Option<&'static str>,
        /// Width and height of an image, in pixels; `None` for other files and damaged images.
        size: Option<(u32, u32)>,
    },
    /// Nothing, or no plain file.
    Absent,
    /// A place outside the project, which is never read.
    Outside,
}
