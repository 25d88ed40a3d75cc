//! The project on disk: the only place that finds, reads and writes its files.

mod checking;
mod create;
mod discover;
mod media;
mod state;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use checking::Linted;
pub use create::{Line, create, ensure_line};
pub use media::{hash as media_hash, mime};
pub use state::{LockFile, StateError, now, sandbox_folder, write_new, write_whole};

use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::model::Template;
use crate::project::Settings;
use crate::source::{Source, SourceId, Sources};
use crate::syntax::{self, Surface};

/// The configuration's file name.
pub const CONFIG: &str = "watpl.yaml";
/// The largest file that is read, in bytes: a template has 2 KB, and Meta's limits allow 200.
pub const MAX_FILE: u64 = 1024 * 1024;

/// A project: its root, its configuration, and the sources read so far.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the configuration, or the working directory where there is none.
    pub root: PathBuf,
    /// The configuration, or its defaults.
    pub config: Config,
    /// Whether there is a configuration.
    pub has_config: bool,
    /// Everything read.
    pub sources: Sources,
    /// What was wrong with the bytes of files, or with the configuration.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the template of a source lies.
    paths: BTreeMap<SourceId, PathBuf>,
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
        let found = match config {
            Some(path) => Some(directory.join(path)),
            None => discover::upwards(directory, CONFIG),
        };
        let root = found.as_deref().and_then(Path::parent).unwrap_or(directory).to_owned();
        let mut workspace = Self {
            root,
            config: Config::default(),
            has_config: found.is_some(),
            sources: Sources::default(),
            diagnostics: Vec::new(),
            paths: BTreeMap::new(),
        };
        if let Some(path) = found {
            let bytes = read_limited(&path, true)?;
            let shown = workspace.shown(&path, directory);
            let id = workspace.add(shown, bytes);
            if let Some(source) = workspace.sources.get(id) {
                workspace.config = config::read(source, &mut workspace.diagnostics);
            }
        }
        Ok(workspace)
    }

    /// Reads the templates below `paths`, or where the configuration says. Gives back what could not be read.
    pub fn load(&mut self, paths: &[PathBuf], directory: &Path) -> Vec<Unreadable> {
        let (files, mut unreadable) = self.find(paths, directory);
        for file in files {
            match read_limited(&file, paths.iter().any(|path| directory.join(path) == file)) {
                Ok(bytes) => {
                    let shown = self.shown(&file, directory);
                    let id = self.add(shown, bytes);
                    self.paths.insert(id, file);
                }
                Err(error) => unreadable.push(Unreadable { path: self.shown(&file, directory), ..error }),
            }
        }
        unreadable
    }

    /// The templates below `paths`, or where the configuration says, and what could not be found.
    fn find(&self, paths: &[PathBuf], directory: &Path) -> (Vec<PathBuf>, Vec<Unreadable>) {
        let named = !paths.is_empty();
        let starts: Vec<PathBuf> = if named {
            paths.iter().map(|path| directory.join(path)).collect()
        } else {
            self.config.templates.iter().map(|path| self.root.join(path)).collect()
        };
        let (files, unreadable) = discover::templates(&starts, named);
        let shown =
            |error: Unreadable| Unreadable { path: self.shown(Path::new(&error.path), directory), ..error };
        (files, unreadable.into_iter().map(shown).collect())
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
        name != CONFIG && Surface::of(name).is_some() && self.config.templates.iter().any(below)
    }

    /// The sources that are templates.
    pub fn templates(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| self.is_template(source.id()))
    }

    /// What the configuration asks of templates.
    pub fn settings(&self) -> Settings {
        Settings {
            languages: self.config.languages.clone(),
            constants: self.has_config.then(|| self.config.constant_names()),
            severities: self.config.severities.clone(),
            overrides: self.config.overrides.clone(),
            only: None,
            ..Settings::default()
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
        media::read(&self.root, file, path)
    }

    /// The folder that new templates go to: the first that the configuration names.
    pub fn template_folder(&self) -> &str {
        match self.config.templates.first() {
            Some(path) if Surface::of(path).is_none() && !path.contains(['*', '?', '[', '{']) => {
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
        let now = read_limited(path, false).map_err(|error| failed(&error.cause))?;
        if now != source.text().as_bytes() {
            return Err(failed("it changed since it was read"));
        }
        state::write_whole(path, text).map_err(|error| failed(&error.to_string()))
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

/// The text of a file that is none of the project's templates.
///
/// # Errors
/// When it cannot be read, is no text, or is larger than any template.
pub fn read_text(path: &Path) -> Result<String, Unreadable> {
    let bytes = read_limited(path, true)?;
    String::from_utf8(bytes).map_err(|_| Unreadable {
        path: path.to_string_lossy().into_owned(),
        cause: "it is no UTF-8 text".to_owned(),
        named: true,
    })
}

/// Reads a plain file, unless it is larger than any template.
fn read_limited(path: &Path, named: bool) -> Result<Vec<u8>, Unreadable> {
    let failed = |cause: String| Unreadable { path: path.to_string_lossy().into_owned(), cause, named };
    let (file, length) = open_file(path).map_err(|error| failed(error.to_string()))?;
    let mut bytes = Vec::with_capacity(length + 1);
    // What is written meanwhile came too late, so that nobody has to ask whether there is more. Some files have no length
    // and hold something all the same: one byte more than allowed tells one that is too large.
    let limit = if length > 0 { length as u64 } else { MAX_FILE + 1 };
    let read = file.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(failed(format!("larger than {} KiB, the most that is read of a file", MAX_FILE / 1024)));
    }
    Ok(bytes)
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn open_file(path: &Path) -> std::io::Result<(std::fs::File, usize)> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    // Opened first and looked at then: that takes one way along the path, and nobody can put something else there between
    // the two. A pipe would wait for a writer.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    let not_plain = || std::io::Error::other("not a plain file");
    // What cannot be opened for being no file, as a socket, is told like one.
    let refused = |error| match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => not_plain(),
        _ => error,
    };
    let file = options.open(path).map_err(refused)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(not_plain());
    }
    if metadata.len() > MAX_FILE {
        let limit = MAX_FILE / 1024;
        return Err(std::io::Error::other(format!(
            "larger than {limit} KiB, the most that is read of a file"
        )));
    }
    Ok((file, usize::try_from(metadata.len()).unwrap_or_default()))
}
