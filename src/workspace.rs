//! The project on disk: the only place that finds, reads and writes its files.

mod boundary;
mod create;
mod discover;
mod folder;
pub mod input;
mod media;
mod parallel;
mod state;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use boundary::Boundary;
pub use create::{LineStatus, create, create_named, ensure_line};
pub use folder::FileTarget;
pub use media::{hash as media_hash, mime};
pub use parallel::Linted;
pub use state::{LockFile, StateError, now, sandbox_folder};

use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::lint_context::LintSettings;
use crate::model::Template;
use crate::source::{Source, SourceId, Sources};
use crate::syntax::{self, SourceFormat};

/// The configuration's file name.
pub const CONFIG: &str = "watpl.yaml";
/// The largest file that is read, in bytes: a template has 2 KB, and Meta's limits allow 200.
pub const MAX_FILE: u64 = 1024 * 1024;

/// A project: its root, its configuration, and the sources read so far.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the configuration, or the working directory if there is no configuration; without links.
    pub root: PathBuf,
    /// What the project's files may name.
    pub boundary: Boundary,
    /// The configuration, or its defaults.
    pub config: Config,
    /// Whether there is a configuration.
    pub has_config: bool,
    /// A configuration above the boundary, which isn't used. Only where the project has none of its own.
    pub unused_config: Option<PathBuf>,
    /// Everything read.
    pub sources: Sources,
    /// What was wrong with the bytes of files, or with the configuration.
    pub diagnostics: Vec<Diagnostic>,
    /// How many symbolic links were skipped in the search for templates.
    pub skipped_links: usize,
    /// Where the template of a source is.
    paths: BTreeMap<SourceId, PathBuf>,
    /// Whether the command line named the templates, and not the configuration.
    named: bool,
}

/// A file or folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {cause}")]
pub struct Unreadable {
    /// The path as shown.
    pub path: String,
    /// Why, in the words of the system.
    pub cause: String,
    /// Whether the user named it, so that it is a mistake in the command.
    pub named: bool,
}

impl Workspace {
    /// Opens the project that `directory` belongs to: the nearest folder upwards with a configuration.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub fn open(directory: &Path, config: Option<&Path>) -> Result<Self, Unreadable> {
        let named = config.is_some();
        let found = match config {
            Some(path) => Some(directory.join(path)),
            None => discover::configuration(directory),
        };
        let root = found.as_deref().and_then(Path::parent).unwrap_or(directory);
        let failed = |error: io::Error| Unreadable::new(root, &error, named);
        let real = boundary::without_links(root).map_err(failed)?;
        let boundary = Boundary::around(&real).map_err(failed)?;
        let unused_config =
            if found.is_none() { discover::configuration_above(boundary.root()) } else { None };
        let mut workspace = Self {
            root: real,
            boundary,
            unused_config,
            config: Config::default(),
            has_config: found.is_some(),
            sources: Sources::default(),
            diagnostics: Vec::new(),
            skipped_links: 0,
            paths: BTreeMap::new(),
            named,
        };
        if let Some(path) = found {
            workspace.read_configuration(&path, directory)?;
        }
        Ok(workspace)
    }

    fn read_configuration(&mut self, path: &Path, directory: &Path) -> Result<(), Unreadable> {
        let own = if self.named { path.to_owned() } else { self.root.join(CONFIG) };
        let checked = if self.named { Ok(()) } else { self.boundary.metadata(&own).map(drop) };
        let bytes =
            checked.and_then(|()| self.read(&own)).map_err(|error| Unreadable::new(path, &error, true))?;
        let shown = self.shown(path, directory);
        let id = self.add(shown, bytes);
        if let Some(source) = self.sources.get(id) {
            self.config = config::read(source, &mut self.diagnostics);
        }
        Ok(())
    }

    /// Reads the templates below `paths`, or below the configured ones. Returns what could not be read.
    pub fn load(&mut self, paths: &[PathBuf], directory: &Path) -> Vec<Unreadable> {
        let (files, mut unreadable) = self.find(paths, directory);
        for file in files {
            match self.read(&file) {
                Ok(bytes) => {
                    let shown = self.shown(&file, directory);
                    let id = self.add(shown, bytes);
                    self.paths.insert(id, file);
                }
                Err(error) => {
                    let named = paths.iter().any(|path| directory.join(path) == file);
                    unreadable.push(Unreadable::new(Path::new(&self.shown(&file, directory)), &error, named));
                }
            }
        }
        unreadable
    }

    /// The templates below `paths`, or below the configured ones, and what could not be found.
    fn find(&mut self, paths: &[PathBuf], directory: &Path) -> (Vec<PathBuf>, Vec<Unreadable>) {
        self.named = !paths.is_empty();
        let found = if self.named {
            discover::named(&paths.iter().map(|path| directory.join(path)).collect::<Vec<_>>())
        } else {
            let starts = self.config.templates.iter().map(|path| self.root.join(path));
            discover::configured(&starts.collect::<Vec<_>>(), &self.boundary)
        };
        self.skipped_links = found.links;
        let shown =
            |error: Unreadable| Unreadable { path: self.shown(Path::new(&error.path), directory), ..error };
        (found.files, found.unreadable.into_iter().map(shown).collect())
    }

    /// The bytes of a template: anywhere and through links where the command line names it, and inside the boundary
    /// otherwise.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.named { input::read(path, MAX_FILE) } else { self.boundary.read(path, MAX_FILE) }
    }

    /// Where a template, or another file that the command line or the configuration named, is written.
    fn target(&self, path: &Path) -> io::Result<FileTarget> {
        if self.named { self.boundary.named_target(path, false) } else { self.boundary.target(path, false) }
    }

    /// Whether a source is a template, and not the configuration.
    pub fn is_template(&self, source: SourceId) -> bool {
        self.paths.contains_key(&source)
    }

    /// Whether a file at a path below the project's folder is one of its templates, or would be.
    pub fn is_template_path(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let below = |folder: &String| {
            let folder = folder.trim_start_matches("./").trim_end_matches('/');
            matches!(folder, "" | ".")
                || path == folder
                || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        name != CONFIG && SourceFormat::from_path(name).is_some() && self.config.templates.iter().any(below)
    }

    /// The sources that are templates.
    pub fn templates(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| self.is_template(source.id()))
    }

    /// What the configuration asks of templates.
    pub fn settings(&self) -> LintSettings {
        LintSettings {
            languages: self.config.languages.clone(),
            constants: self.has_config.then(|| self.config.constant_names()),
            severities: self.config.severities.clone(),
            overrides: self.config.overrides.clone(),
            only: None,
            ..LintSettings::default()
        }
    }

    /// SHA-256 of the media samples that can be read.
    pub fn media_hashes(&self, templates: &[Template]) -> BTreeMap<(SourceId, String), String> {
        let samples = check::media_samples(templates);
        let hashed = samples.into_iter().filter_map(|(source, path)| {
            let bytes = self.media_bytes(source, path).ok()?;
            Some(((source, path.to_owned()), media::hash(&bytes)))
        });
        hashed.collect()
    }

    /// Where the file of a source lies; `None` for the configuration.
    pub fn path(&self, source: SourceId) -> Option<&Path> {
        self.paths.get(&source).map(PathBuf::as_path)
    }

    /// The path of a source from the project's folder, with `/`.
    pub fn name(&self, source: SourceId) -> String {
        match (self.paths.get(&source), self.sources.get(source)) {
            (Some(path), _) => shown(path, &[&self.root]),
            (None, Some(source)) => source.name().to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The bytes of a media sample.
    ///
    /// # Errors
    /// When it lies outside the project or cannot be read.
    pub fn media_bytes(&self, source: SourceId, path: &str) -> Result<Vec<u8>, String> {
        let file = self.paths.get(&source).ok_or("the source has no file")?;
        media::read(self.boundary.root(), file, path)
    }

    /// The folder that new templates go to: the first that the configuration names.
    pub fn template_folder(&self) -> &str {
        match self.config.templates.first() {
            Some(path) if SourceFormat::from_path(path).is_none() && !path.contains(['*', '?', '[', '{']) => {
                path.trim_end_matches('/')
            }
            _ => "templates",
        }
    }

    /// Replaces the file of a source, unless it is no longer what was read.
    ///
    /// # Errors
    /// When it changed meanwhile, is a link, or cannot be written; the old file is whole then.
    pub fn rewrite(&self, source: &Source, text: &str) -> Result<(), StateError> {
        let failed = |cause: &str| StateError::Io { path: source.name().to_owned(), cause: cause.to_owned() };
        let path = self.paths.get(&source.id()).ok_or_else(|| failed("the source has no file"))?;
        if SourceFormat::from_path(source.name()).is_none() {
            return Err(failed("it is not a template file, which ends in .yaml, .yml or .watpl"));
        }
        let target = self.target(path).map_err(|error| failed(&error.to_string()))?;
        let now = target.read(MAX_FILE).map_err(|error| failed(&error.to_string()))?;
        if now.as_deref() != Some(source.text().as_bytes()) {
            return Err(failed("it changed since it was read"));
        }
        target.replace(text).map_err(|error| failed(&error.to_string()))
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) -> SourceId {
        match syntax::decode(bytes) {
            (text, None) => self.sources.add(name, text),
            (text, Some(problem)) => {
                let id = self.sources.add_truncated(name, text);
                self.diagnostics.push(problem.at(id));
                id
            }
        }
    }

    /// A path as people see it: relative to where they are, with `/`.
    fn shown(&self, path: &Path, directory: &Path) -> String {
        shown(path, &[directory, &self.root])
    }
}

/// A path relative to the first of these folders that it lies in, with `/`.
pub fn shown(path: &Path, folders: &[&Path]) -> String {
    let relative = folders.iter().find_map(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

/// The text of a file that the command line names and that isn't a template.
///
/// # Errors
/// When it can't be read, is not text, or is larger than any template.
pub fn read_text(path: &Path) -> Result<String, Unreadable> {
    let failed = |error: io::Error| Unreadable::new(path, &error, true);
    let bytes = input::read(path, MAX_FILE).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| failed(io::Error::other("it is not UTF-8 text")))
}

impl Unreadable {
    fn new(path: &Path, cause: &io::Error, named: bool) -> Self {
        Self { path: path.to_string_lossy().into_owned(), cause: cause.to_string(), named }
    }
}
