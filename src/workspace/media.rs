//! Media samples: inside the project, regular files, and what their first bytes say they are.

use std::io::{BufRead, BufReader, Read as _, Seek};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use sha2::{Digest, Sha256};

use super::boundary::is_git_folder;
use crate::hash::hex;
use crate::lint_context::Media;

/// The largest sample that is read: Meta's limit for documents, the largest of all (business-phone-numbers/media).
const MAX_SAMPLE: u64 = 100 * 1024 * 1024;

/// Bytes that are read to detect a type.
const START: usize = 512;

/// What lies at the path of a sample.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn look(root: &Path, source: &Path, path: &str) -> Media {
    let Ok(inside) = locate(root, source, path) else {
        // What can be found, and was refused, lies elsewhere: a link may lead out of the project.
        let found = joined(source, path).canonicalize().is_ok();
        return if found || escapes(root, source, path) { Media::Outside } else { Media::Absent };
    };
    match open(&inside) {
        Ok((mut file, bytes)) => {
            let mut start = Vec::with_capacity(START);
            let read = file.by_ref().take(START as u64).read_to_end(&mut start);
            let mime = read.ok().and_then(|_| sniffed(&start));
            let size =
                mime.filter(|mime| mime.starts_with("image/")).and_then(|_| dimensions(BufReader::new(file)));
            Media::File { bytes, mime, size }
        }
        Err(_) => Media::Absent,
    }
}

/// The bytes of a sample.
pub(super) fn read(root: &Path, source: &Path, path: &str) -> Result<Vec<u8>, String> {
    let (file, bytes) = open(&locate(root, source, path)?).map_err(|error| format!("{path}: {error}"))?;
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

/// The type that a file's first bytes stand for, of those that can be uploaded.
pub fn mime(start: &[u8]) -> Option<&'static str> {
    const TAKEN: [&str; 5] = ["image/jpeg", "image/png", "video/mp4", "video/3gpp", "application/pdf"];
    sniffed(start).filter(|mime| TAKEN.contains(mime))
}

/// The type that a file's first bytes stand for.
fn sniffed(start: &[u8]) -> Option<&'static str> {
    // The library takes every 3GPP file for an MP4.
    let is_3gpp = start.get(4..10).is_some_and(|brand| brand == b"ftyp3g");
    if is_3gpp { Some("video/3gpp") } else { infer::get(start).map(|kind| kind.mime_type()) }
}

/// Width and height of an image in pixels. Reads only its header.
fn dimensions(mut picture: impl BufRead + Seek) -> Option<(u32, u32)> {
    picture.rewind().ok()?;
    let size = imagesize::reader_size(picture).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// A file of the project: its folder, and the way from there.
struct Inside {
    root: PathBuf,
    path: PathBuf,
}

/// The file of a sample, which has to lie inside the project after all links are followed: a pull request must not
/// make a pipeline upload its secrets.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn locate(root: &Path, source: &Path, path: &str) -> Result<Inside, String> {
    let file = joined(source, path).canonicalize().map_err(|error| format!("{path}: {error}"))?;
    let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
    match file.strip_prefix(&root) {
        Ok(inside) if inside.components().any(is_git_folder) => Err(format!("{path} is in `.git`")),
        Ok(path) => Ok(Inside { path: path.to_owned(), root }),
        Err(_) => Err(format!("{path} is outside the project")),
    }
}

/// A folder as it is found when all links are followed.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn without_links(folder: &Path) -> Option<PathBuf> {
    folder.canonicalize().ok()
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

/// Opens a file relative to the project's folder without following links out of it. A link may have appeared since the
/// check.
fn open(inside: &Inside) -> std::io::Result<(std::fs::File, u64)> {
    let refused = || std::io::Error::other("not a regular file");
    let root = Dir::open_ambient_dir(&inside.root, ambient_authority())?;
    // Opening a pipe would wait for a writer, so the kind is looked at first.
    if !root.metadata(&inside.path)?.is_file() {
        return Err(refused());
    }
    let file = root.open(&inside.path)?.into_std();
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata.len())) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{dimensions, mime, sniffed};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";

    #[test]
    fn types_are_told_by_content() {
        assert_eq!(mime(PNG), Some("image/png"));
        assert_eq!(mime(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(mime(b"\0\0\0\x18ftyp3gp5\0\0\0\0"), Some("video/3gpp"));
        assert_eq!(mime(b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2"), Some("video/mp4"));
        assert_eq!((mime(b"GIF89a"), sniffed(b"GIF89a")), (None, Some("image/gif")));
        assert_eq!(sniffed(b""), None);
    }

    #[test]
    fn a_picture_has_a_size_and_a_damaged_one_none() {
        assert_eq!(dimensions(Cursor::new(PNG)), Some((32, 16)));
        assert_eq!(dimensions(Cursor::new(PNG.get(..20).unwrap_or_default())), None);
        assert_eq!(dimensions(Cursor::new(b"\xff\xd8\xff\xe0\0\x10JFIF")), None);
    }

    #[test]
    fn nothing_that_begins_like_a_picture_is_a_panic() {
        proptest::proptest!(|(picture: bool, rest: Vec<u8>)| {
            let start: &[u8] = if picture { b"\x89PNG\r\n\x1a\n" } else { b"\xff\xd8\xff" };
            let bytes = [start, &rest].concat();
            dimensions(Cursor::new(&bytes));
            sniffed(&bytes);
        });
    }
}
