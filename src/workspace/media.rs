//! Media samples: inside the project, plain files, and what their first bytes say they are.

use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::normalise::hex;
use crate::project::Media;

/// The largest sample that is read: Meta's limit for documents, the largest of all (business-phone-numbers/media).
const MAX_SAMPLE: u64 = 100 * 1024 * 1024;

/// What lies at the path of a sample.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn look(root: &Path, source: &Path, path: &str) -> Media {
    let Ok(file) = locate(root, source, path) else {
        // What can be found, and was refused, lies elsewhere: a link may lead out of the project.
        let found = joined(source, path).canonicalize().is_ok();
        return if found || escapes(root, source, path) { Media::Outside } else { Media::Absent };
    };
    match open(&file) {
        Ok((mut file, bytes)) => {
            let mut start = [0; 32];
            let read = file.read(&mut start).unwrap_or(0);
            Media::File { bytes, mime: mime(start.get(..read).unwrap_or_default()) }
        }
        Err(_) => Media::Absent,
    }
}

/// The bytes of a sample.
pub(super) fn read(root: &Path, source: &Path, path: &str) -> Result<Vec<u8>, String> {
    let file = locate(root, source, path)?;
    let (file, bytes) = open(&file).map_err(|error| format!("{path}: {error}"))?;
    if bytes > MAX_SAMPLE {
        return Err(format!("{path} is larger than 100 MB"));
    }
    let mut content = Vec::new();
    file.take(MAX_SAMPLE).read_to_end(&mut content).map_err(|error| format!("{path}: {error}"))?;
    Ok(content)
}

/// The SHA-256 of a sample's content, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The type that a file's first bytes stand for, of those that Meta takes.
pub fn mime(start: &[u8]) -> Option<&'static str> {
    let brand = start.get(4..12);
    match start {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', ..] => Some("image/webp"),
        _ if brand.is_some_and(|brand| brand.starts_with(b"ftyp3g")) => Some("video/3gpp"),
        _ if brand.is_some_and(|brand| brand.starts_with(b"ftyp")) => Some("video/mp4"),
        _ => None,
    }
}

/// The file of a sample, which has to lie inside the project after all links are followed: a pull request must not
/// make a pipeline upload its secrets.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn locate(root: &Path, source: &Path, path: &str) -> Result<PathBuf, String> {
    let inside = |file: PathBuf, root: PathBuf| file.starts_with(root).then_some(file);
    let file = joined(source, path).canonicalize().map_err(|error| format!("{path}: {error}"))?;
    let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
    inside(file, root).ok_or_else(|| format!("{path} lies outside the project"))
}

/// Whether a path leads outside, whatever lies there.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn escapes(root: &Path, source: &Path, path: &str) -> bool {
    if path.contains("://") || path.starts_with(['/', '~', '\\']) || path.contains('\0') {
        return true;
    }
    let mut folder = joined(source, path);
    while folder.pop() {
        if let (Ok(folder), Ok(root)) = (folder.canonicalize(), root.canonicalize()) {
            return !folder.starts_with(root);
        }
    }
    true
}

fn joined(source: &Path, path: &str) -> PathBuf {
    source.parent().unwrap_or(Path::new("")).join(path)
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn open(path: &Path) -> std::io::Result<(std::fs::File, u64)> {
    // Opening a pipe would wait for a writer, so the kind is looked at first.
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a plain file"));
    }
    let file = std::fs::File::open(path)?;
    let bytes = file.metadata()?.len();
    Ok((file, bytes))
}
