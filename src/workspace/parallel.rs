//! Checking the project's files, side by side on every core.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Unreadable, Workspace, media};
use crate::check::{self, Checked, CheckedFile, Collector};
use crate::diagnostic::Diagnostic;
use crate::lint_context::{LintSettings, Media};
use crate::model::Template;
use crate::source::{Source, SourceId, Span};
use crate::syntax;

/// Files that a thread takes at a time: so few that none is left with all the work, so many that taking costs nothing, and
/// as many as go well from stage to stage together.
const AT_A_TIME: usize = 8;

/// Stack of a thread, in bytes: that of a main thread, because files nest as deep here as there.
const STACK: usize = 8 << 20;

/// What linting gives. The sources of files without findings are not kept.
#[derive(Debug, Default)]
pub struct Linted {
    /// How many files were checked.
    pub files: usize,
    /// How many versions they have.
    pub versions: usize,
    /// Everything there is to say, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// Files that were read once more, as long as there are few.
type Reread = RefCell<HashMap<SourceId, Source>>;

/// How many of them are kept: texts that are nearly the same are compared with the first few of their kind.
const REREAD: usize = 64;

/// A file that is to be checked.
struct FileToCheck<'a> {
    id: SourceId,
    path: &'a Path,
    /// Whether the user named it, so that it is a mistake in the command when it cannot be read.
    is_named: bool,
}

/// Media samples by path: many templates use the same image.
#[derive(Default)]
struct MediaCache {
    /// The folders of templates, without links.
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// By the folder that the path starts from and the rest of it.
    media: HashMap<(PathBuf, String), Media>,
}

/// What one thread has found so far.
#[derive(Default)]
struct WorkerResult {
    findings: Collector,
    looked: RefCell<MediaCache>,
    files: usize,
    /// The sources that something was found in.
    kept: Vec<(Source, PathBuf)>,
    unreadable: Vec<Unreadable>,
}

impl Workspace {
    /// Reads and checks the templates below `paths`, or below the configured ones. Of a clean file it keeps only the
    /// summary for cross-file rules.
    pub fn lint(&mut self, paths: &[PathBuf], directory: &Path, settings: &LintSettings) -> Linted {
        let (files, unreadable) = self.find(paths, directory);
        let named: BTreeSet<PathBuf> = paths.iter().map(|path| directory.join(path)).collect();
        let first = self.sources.reserve(files.len());
        let shares = parallel_chunks(files.len(), |range, share: &mut WorkerResult| {
            let places = files.get(range.clone()).unwrap_or_default().iter().zip(range);
            let places = places.map(|(path, index)| FileToCheck {
                id: first.after(index),
                path,
                is_named: named.contains(path),
            });
            self.lint_files(places, directory, settings, share);
        });
        let mut linted = Linted { unreadable, ..Linted::default() };
        let mut findings = Collector::default();
        findings.extend(self.diagnostics.iter().cloned());
        for share in shares {
            linted.files += share.files;
            linted.unreadable.extend(share.unreadable);
            findings.merge(share.findings);
            for (source, path) in share.kept {
                self.paths.insert(source.id(), path);
                self.sources.put(source);
            }
        }
        linted.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
        linted.versions = findings.versions();
        let path = |id: SourceId| id.since(first).and_then(|index| files.get(index));
        let name = |id| path(id).map_or_else(String::new, |file| self.in_project(file));
        let reread = Reread::default();
        let text = |span: Span| self.text_at(span, &path, &reread);
        linted.diagnostics = findings.finish(settings, &name, &text);
        self.read_again(&linted.diagnostics, &path, directory);
        linted
    }

    /// Checks a text that is not on disk as the file at a path, without cross-file rules.
    pub fn lint_text(
        &mut self,
        path: &Path,
        bytes: Vec<u8>,
        directory: &Path,
        settings: &LintSettings,
    ) -> (SourceId, Linted) {
        let (text, problem) = syntax::decode(bytes);
        let id = self.sources.reserve(1);
        let source = Source::new(id, self.shown(path, directory), text, problem.is_some());
        let mut file = self.check_file(&source, path, settings);
        file.diagnostics.extend(problem.map(|problem| problem.at(id)));
        self.sources.put(source);
        self.paths.insert(id, path.to_owned());
        let mut findings = Collector::default();
        findings.extend(self.diagnostics.iter().cloned());
        findings.add(id, file);
        let versions = findings.versions();
        let text = |span: Span| self.text_at(span, &|_| None, &Reread::default());
        let diagnostics = findings.finish(settings, &|_| self.in_project(path), &text);
        (id, Linted { files: 1, versions, diagnostics, unreadable: Vec::new() })
    }

    /// Parses, lowers and lints the templates that were read.
    pub fn check(&self) -> Checked {
        let settings = self.settings();
        let sources: Vec<&Source> = self.templates().collect();
        let shares = parallel_chunks(
            sources.len(),
            |range, (looked, share): &mut (RefCell<MediaCache>, Vec<(SourceId, CheckedFile)>)| {
                let sources = sources.get(range).unwrap_or_default();
                let path = |source: &&&Source| self.paths.get(&source.id()).map(PathBuf::as_path);
                let placed = sources.iter().map(|source| (*source, path(&source).unwrap_or(Path::new(""))));
                let files = self.check_files(&placed.collect::<Vec<_>>(), &settings, looked);
                share.extend(sources.iter().map(|source| source.id()).zip(files));
            },
        );
        let mut files: Vec<_> = shares.into_iter().flat_map(|(_, share)| share).collect();
        files.sort_by_key(|(id, _)| *id);
        let mut findings = Collector::default();
        findings.extend(self.diagnostics.iter().cloned());
        let templates = files.into_iter().filter_map(|(id, file)| findings.add(id, file)).collect();
        let name = |id| self.paths.get(&id).map_or_else(String::new, |path| self.in_project(path));
        let text = |span: Span| self.text_at(span, &|_| None, &Reread::default());
        Checked { templates, diagnostics: findings.finish(&settings, &name, &text) }
    }

    /// Parses, lowers and lints a text as the file at a path.
    pub fn check_file(&self, source: &Source, path: &Path, settings: &LintSettings) -> CheckedFile {
        let look = |template: &Template| self.samples(path, template, &RefCell::default());
        check::file(source, &self.in_project(path), settings, &look)
    }

    /// The same for several, in their order.
    fn check_files(
        &self,
        placed: &[(&Source, &Path)],
        settings: &LintSettings,
        looked: &RefCell<MediaCache>,
    ) -> Vec<CheckedFile> {
        let names: Vec<_> = placed.iter().map(|(_, path)| self.in_project(path)).collect();
        let looks: Vec<_> = placed
            .iter()
            .map(|(_, path)| move |template: &Template| self.samples(path, template, looked))
            .collect();
        let jobs = placed.iter().zip(names.iter().zip(&looks));
        let jobs = jobs.map(|((source, _), (path, look))| check::Input { source, path, media_lookup: look });
        check::files(&jobs.collect::<Vec<_>>(), settings)
    }

    fn lint_files<'a>(
        &self,
        places: impl Iterator<Item = FileToCheck<'a>>,
        directory: &Path,
        settings: &LintSettings,
        share: &mut WorkerResult,
    ) {
        let mut read = Vec::with_capacity(AT_A_TIME);
        for place in places {
            let shown = self.shown(place.path, directory);
            match self.read(place.path) {
                Ok(bytes) => {
                    let (text, problem) = syntax::decode(bytes);
                    read.push((place.path, Source::new(place.id, shown, text, problem.is_some()), problem));
                }
                Err(error) => {
                    share.unreadable.push(Unreadable::new(Path::new(&shown), &error, place.is_named));
                }
            }
        }
        let placed: Vec<_> = read.iter().map(|(path, source, _)| (source, *path)).collect();
        let files = self.check_files(&placed, settings, &share.looked);
        for (mut file, (path, source, problem)) in files.into_iter().zip(read) {
            let id = source.id();
            file.diagnostics.extend(problem.map(|problem| problem.at(id)));
            share.files += 1;
            if !file.diagnostics.is_empty() || !file.ignores.is_empty() {
                share.kept.push((source, path.to_owned()));
            }
            share.findings.add(id, file);
        }
    }

    /// What lies at the paths of a template's media samples.
    fn samples(
        &self,
        file: &Path,
        template: &Template,
        looked: &RefCell<MediaCache>,
    ) -> BTreeMap<String, Media> {
        let mut looked = looked.borrow_mut();
        let mut look = |path: &str| {
            let start = looked.start(file, path);
            let known = looked.media.entry(start);
            known.or_insert_with(|| media::look(self.boundary.root(), file, path)).clone()
        };
        check::media_of(template).into_iter().map(|path| (path.to_owned(), look(path))).collect()
    }

    /// The text of a span. Its file is read again if it was not kept.
    fn text_at<'a>(
        &self,
        span: Span,
        path: &dyn Fn(SourceId) -> Option<&'a PathBuf>,
        reread: &Reread,
    ) -> Option<String> {
        if let Some(source) = self.sources.get(span.source) {
            return Some(source.slice(span).to_owned());
        }
        let mut reread = reread.borrow_mut();
        if !reread.contains_key(&span.source) {
            if reread.len() >= REREAD {
                reread.clear();
            }
            let (text, _) = syntax::decode(self.read(path(span.source)?).ok()?);
            reread.insert(span.source, Source::new(span.source, String::new(), text, false));
        }
        reread.get(&span.source).map(|source| source.slice(span).to_owned())
    }

    /// Reads the files once more that were clean by themselves, and that a neighbour's diagnostic points at.
    fn read_again<'a>(
        &mut self,
        diagnostics: &[Diagnostic],
        path: &dyn Fn(SourceId) -> Option<&'a PathBuf>,
        directory: &Path,
    ) {
        let places = diagnostics.iter().flat_map(|diagnostic| {
            let related = diagnostic.related.iter().map(|label| label.span.source);
            related.chain([diagnostic.span.source])
        });
        let wanted: BTreeSet<SourceId> = places.filter(|id| self.sources.get(*id).is_none()).collect();
        for id in wanted {
            let Some(path) = path(id) else { continue };
            // A file that went meanwhile has a name still, and no text.
            let text = self.read(path).map(|bytes| syntax::decode(bytes).0).unwrap_or_default();
            self.paths.insert(id, path.clone());
            self.sources.put(Source::new(id, self.shown(path, directory), text, false));
        }
    }

    /// A path from the project's folder, with `/`, as the configuration's patterns see it.
    fn in_project(&self, path: &Path) -> String {
        super::shown(path, &[&self.root])
    }
}

impl MediaCache {
    /// Where the path of a sample starts from, and the rest of it: the same for all paths that lead to one file by the
    /// same words, from whatever folder.
    fn start(&mut self, file: &Path, path: &str) -> (PathBuf, String) {
        let folder = file.parent().unwrap_or(Path::new(""));
        let known = self.folders.get(folder).cloned();
        let real = known.unwrap_or_else(|| {
            let real = media::without_links(folder);
            self.folders.insert(folder.to_owned(), real.clone());
            real
        });
        upwards(real, path).unwrap_or_else(|| (folder.to_owned(), path.to_owned()))
    }
}

/// Takes `../` at the start of a path for the folder above, which it is where no links are left.
fn upwards(folder: Option<PathBuf>, path: &str) -> Option<(PathBuf, String)> {
    let (mut folder, mut rest) = (folder?, path);
    while let Some(after) = rest.strip_prefix("../") {
        if !folder.pop() {
            return None;
        }
        rest = after;
    }
    // What begins otherwise may be refused for its beginning.
    rest.starts_with(|first: char| first.is_ascii_alphanumeric()).then(|| (folder, rest.to_owned()))
}

/// Distributes `count` items over the cores, and returns the result of each thread. A panic continues in the caller, so
/// that the bug is visible.
fn parallel_chunks<T: Default + Send>(count: usize, work: impl Fn(Range<usize>, &mut T) + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut share = T::default();
        loop {
            let start = next.fetch_add(AT_A_TIME, Ordering::Relaxed);
            if start >= count {
                return share;
            }
            work(start..(start + AT_A_TIME).min(count), &mut share);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let others = cores.min(count.div_ceil(AT_A_TIME)).saturating_sub(1);
    std::thread::scope(|scope| {
        let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        // A thread that the system does not give is work for the others.
        let threads: Vec<_> = (0..others).filter_map(|index| spawn(index).ok()).collect();
        let mut shares = vec![run()];
        for thread in threads {
            match thread.join() {
                Ok(share) => shares.push(share),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        shares
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::upwards;

    #[test]
    fn paths_of_samples_start_where_they_lead_to() {
        let start = |path: &str| {
            let (folder, rest) = upwards(Some(PathBuf::from("/shop/templates/a")), path)?;
            Some(format!("{} {rest}", folder.display()))
        };
        assert_eq!(start("x.png").as_deref(), Some("/shop/templates/a x.png"));
        assert_eq!(start("../media/x.png").as_deref(), Some("/shop/templates media/x.png"));
        assert_eq!(start("../../media/../x.png").as_deref(), Some("/shop media/../x.png"));
        // What is refused for how it begins, and what leads beyond all folders, is looked at as it is written.
        for path in ["..//etc/passwd", "../~/x.png", "/etc/passwd", "../.hidden", "../../../../x.png", ".."] {
            assert_eq!(start(path), None, "{path}");
        }
        assert_eq!(upwards(None, "x.png"), None);
    }
}
