//! Sources to templates and everything that is to be said about them: parse, lower, lint.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint;
use crate::model::{Header, Template};
use crate::project::{Media, Project, Settings};
use crate::source::{Source, SourceId, Sources};
use crate::{lower, syntax};

/// What reading gives: templates, and what was wrong with their files.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The templates that could be read, however flawed.
    pub templates: Vec<Template>,
    /// What the parser and the shape of the language had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// What checking gives.
#[derive(Debug, Default)]
pub struct Checked {
    /// The templates, however flawed.
    pub templates: Vec<Template>,
    /// Everything there is to say, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and lowers sources.
pub fn parse<'s>(sources: impl IntoIterator<Item = &'s Source>) -> Parsed {
    let mut parsed = Parsed::default();
    for source in sources {
        let tree = syntax::parse(source, &mut parsed.diagnostics);
        parsed.templates.extend(lower::lower(source, &tree, &mut parsed.diagnostics));
    }
    parsed
}

/// Parses, lowers and lints every source. Media samples are not looked at.
///
/// ```
/// use watpl::{check, project::Settings, source::Sources};
///
/// let mut sources = Sources::default();
/// sources.add("order_shipped.yaml", "name: order_shipped\ncategory: utility\nlanguage: en_US\nbody: Order {{id}} is on its way\n");
/// let checked = check::check(&sources, &Settings::default());
/// assert_eq!(checked.diagnostics[0].rule.id, "undeclared-variable");
/// ```
pub fn check(sources: &Sources, settings: &Settings) -> Checked {
    finish(sources, parse(sources.iter()), settings, &BTreeMap::new())
}

/// Lints what was parsed, knowing what is at the paths of media samples.
pub fn finish(
    sources: &Sources,
    parsed: Parsed,
    settings: &Settings,
    media: &BTreeMap<(SourceId, String), Media>,
) -> Checked {
    let Parsed { templates, mut diagnostics } = parsed;
    let project = Project { sources, templates: &templates, settings, media };
    diagnostics.extend(lint::lint(&project));
    lint::settle(&mut diagnostics, settings);
    Checked { templates, diagnostics }
}

/// The media samples of templates, each once: the source that names it, and the path as written there.
pub fn media_samples(templates: &[Template]) -> BTreeSet<(SourceId, &str)> {
    let versions = templates
        .iter()
        .flat_map(|template| template.versions.iter().map(move |version| (template.source, version)));
    // Languages share what they inherit, so the same sample comes up many times.
    let samples = versions.flat_map(|(source, version)| {
        version.headers().filter_map(move |header| match header {
            Header::Media { sample, .. } => Some((source, sample.value.as_str())),
            _ => None,
        })
    });
    samples.collect()
}

impl Checked {
    /// The sources that have an error.
    pub fn sources_with_errors(&self) -> BTreeSet<SourceId> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.map(|diagnostic| diagnostic.span.source).collect()
    }
}
