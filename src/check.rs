//! Parses, lowers and lints sources.
//!
//! [`file()`] checks one file alone and can run in parallel; [`Collector`] merges files, in any order.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, LintUnit, Suppressions};
use crate::lint_context::{Context, LintSettings, Media, Project, ResolvedSeverities, TemplateSummary};
use crate::model::{Header, Template, Version};
use crate::rules;
use crate::source::{Source, SourceId, Sources, Span};
use crate::{lower, syntax};

/// The result of checking one file by itself.
#[derive(Debug)]
pub struct CheckedFile {
    /// The template, however flawed; `None` where the file holds nothing like one.
    pub template: Option<Template>,
    /// Its diagnostics, without those of cross-file rules.
    pub diagnostics: Vec<Diagnostic>,
    /// Its comments that speak to the linter.
    pub ignores: Suppressions,
}

/// The result of reading alone: templates, and the problems in their files.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The templates that could be read, however flawed.
    pub templates: Vec<Template>,
    /// Diagnostics of the parser and of lowering.
    pub diagnostics: Vec<Diagnostic>,
}

/// The result of checking.
#[derive(Debug, Default)]
pub struct Checked {
    /// The templates, however flawed.
    pub templates: Vec<Template>,
    /// All diagnostics, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Chunk size of the collected summaries.
const CHUNK_LEN: usize = 64;

/// Summaries of checked files, kept until all files are checked.
#[derive(Debug, Default)]
pub struct Collector {
    /// The summaries of each thread, in chunks of [`CHUNK_LEN`]: one list would be copied as it grows.
    facts: Vec<Vec<TemplateSummary>>,
    ignores: BTreeMap<SourceId, Suppressions>,
    diagnostics: Vec<Diagnostic>,
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

/// A file that is to be checked.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its path in its project.
    pub path: &'a str,
    /// Looks up the paths of the template's media samples.
    pub media_lookup: &'a dyn Fn(&Template) -> BTreeMap<String, Media>,
}

/// Parses, lowers and lints one file, which is at `path` in its project. `look` looks up the paths of the
/// template's media samples.
pub fn file(
    source: &Source,
    path: &str,
    settings: &LintSettings,
    look: &dyn Fn(&Template) -> BTreeMap<String, Media>,
) -> CheckedFile {
    let file = files(&[Input { source, path, media_lookup: look }], settings).pop();
    file.unwrap_or_else(|| CheckedFile {
        template: None,
        diagnostics: Vec::new(),
        ignores: Suppressions::default(),
    })
}

/// Parses, lowers and lints some files, each by itself, in their order.
///
/// They go from stage to stage together: the code of a stage, more than a core keeps at hand, is fetched once for all of
/// them. Beyond eight or so their own data take its place.
pub fn files(jobs: &[Input<'_>], settings: &LintSettings) -> Vec<CheckedFile> {
    let mut files = read(jobs);
    let levels: Vec<_> = jobs.iter().map(|job| settings.levels(job.path)).collect();
    let found = run_rules(jobs, &files, &levels, settings);
    for ((file, found), levels) in files.iter_mut().zip(found).zip(&levels) {
        file.diagnostics.extend(found);
        lint::apply_severities(&mut file.diagnostics, levels);
        file.ignores.apply(&mut file.diagnostics);
    }
    files
}

/// Parses all files, then lowers all of them.
fn read(jobs: &[Input<'_>]) -> Vec<CheckedFile> {
    let parsed = jobs.iter().map(|job| {
        let mut diagnostics = Vec::new();
        (syntax::parse(job.source, &mut diagnostics), diagnostics)
    });
    let parsed: Vec<_> = parsed.collect();
    let lowered = jobs.iter().zip(parsed).map(|(job, (tree, mut diagnostics))| {
        let ignores = Suppressions::read(job.source, &tree, rules::ignorable, &mut diagnostics);
        let template = lower::lower(job.source, &tree, &mut diagnostics);
        CheckedFile { template, diagnostics, ignores }
    });
    lowered.collect()
}

/// The rules' diagnostics for each file.
fn run_rules(
    jobs: &[Input<'_>],
    files: &[CheckedFile],
    levels: &[ResolvedSeverities<'_>],
    settings: &LintSettings,
) -> Vec<Vec<Diagnostic>> {
    let look = |(job, file): (&Input<'_>, &CheckedFile)| {
        file.template.as_ref().map(job.media_lookup).unwrap_or_default()
    };
    let media: Vec<_> = jobs.iter().zip(files).map(look).collect();
    let beside = jobs.iter().zip(files).zip(media.iter().zip(levels));
    let subjects = beside.map(|((job, file), (media, levels))| {
        let context = Context { source: job.source, settings, media };
        file.template.as_ref().map(|template| LintUnit::new(template, context, levels))
    });
    let mut subjects: Vec<_> = subjects.collect();
    lint::templates(rules::CHECKS, &mut subjects);
    let said = |subject: Option<LintUnit<'_>>| subject.map(LintUnit::into_diagnostics).unwrap_or_default();
    subjects.into_iter().map(said).collect()
}

/// Parses, lowers and lints every source. Media samples are not looked at.
///
/// ```
/// use watpl::{LintSettings, Sources, check};
///
/// let mut sources = Sources::default();
/// sources.add("order_shipped.yaml", "name: order_shipped\ncategory: utility\nlanguage: en_US\nbody: Order {{id}} is on its way\n");
/// let checked = check::check(&sources, &LintSettings::default());
/// assert_eq!(checked.diagnostics[0].rule.id, "undeclared-variable");
/// ```
pub fn check(sources: &Sources, settings: &LintSettings) -> Checked {
    let mut findings = Collector::default();
    let files =
        sources.iter().map(|source| (source, file(source, source.name(), settings, &|_| BTreeMap::new())));
    let templates = files.filter_map(|(source, file)| findings.add(source.id(), file)).collect();
    let name = |id| sources.get(id).map_or("", Source::name).to_owned();
    let text = |span: Span| Some(sources.get(span.source)?.slice(span).to_owned());
    Checked { templates, diagnostics: findings.finish(settings, &name, &text) }
}

/// The paths of a template's media samples, each once, as written.
pub fn media_of(template: &Template) -> BTreeSet<&str> {
    let headers = template.versions.iter().flat_map(Version::headers);
    // Languages share what they inherit, so the same sample comes up many times.
    let samples = headers.filter_map(|header| match header {
        Header::Media { sample, .. } => Some(sample.value.as_str()),
        _ => None,
    });
    samples.collect()
}

/// The media samples of templates, each once: the source that names it, and the path as written there.
pub fn media_samples(templates: &[Template]) -> BTreeSet<(SourceId, &str)> {
    let samples = templates.iter().flat_map(|template| {
        media_of(template).into_iter().map(|path| (template.source, path)).collect::<Vec<_>>()
    });
    samples.collect()
}

impl Collector {
    /// Adds a file; returns its template.
    pub fn add(&mut self, source: SourceId, file: CheckedFile) -> Option<Template> {
        if self.facts.last().is_none_or(|piece| piece.len() >= CHUNK_LEN) {
            self.facts.push(Vec::with_capacity(CHUNK_LEN));
        }
        let facts = file.template.as_ref().map(TemplateSummary::new);
        self.facts.last_mut().into_iter().zip(facts).for_each(|(piece, facts)| piece.push(facts));
        self.diagnostics.extend(file.diagnostics);
        if !file.ignores.is_empty() {
            self.ignores.insert(source, file.ignores);
        }
        file.template
    }

    /// Adds diagnostics found elsewhere.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// Adds the findings of another thread.
    pub fn merge(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.ignores.extend(other.ignores);
        self.diagnostics.extend(other.diagnostics);
    }

    /// The number of versions in the files.
    pub fn versions(&self) -> usize {
        self.facts.iter().flatten().map(|facts| facts.versions.len()).sum()
    }

    /// Runs the cross-file rules, and sorts all diagnostics by the order of the files. `name`
    /// returns the path of a file, and `text` the source text of a span.
    pub fn finish(
        mut self,
        settings: &LintSettings,
        name: &dyn Fn(SourceId) -> String,
        text: &dyn Fn(Span) -> Option<String>,
    ) -> Vec<Diagnostic> {
        let facts = std::mem::take(&mut self.facts);
        let project = Project::new(facts.iter().flatten(), settings, text);
        for diagnostic in lint::project(rules::CHECKS, &project) {
            let source = diagnostic.span.source;
            let mut found = vec![diagnostic];
            lint::apply_severities(&mut found, &settings.levels(&name(source)));
            if let Some(ignores) = self.ignores.get_mut(&source) {
                ignores.apply(&mut found);
            }
            self.diagnostics.append(&mut found);
        }
        for (source, ignores) in &self.ignores {
            let levels = settings.levels(&name(*source));
            let mut unused = ignores.unused(&levels);
            lint::apply_severities(&mut unused, &levels);
            self.diagnostics.append(&mut unused);
        }
        lint::sort_and_dedup(&mut self.diagnostics);
        self.diagnostics
    }
}

impl Checked {
    /// The sources that have an error.
    pub fn sources_with_errors(&self) -> BTreeSet<SourceId> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.map(|diagnostic| diagnostic.span.source).collect()
    }
}
