//! Uploading media samples by the resumable upload API.

use super::{ApiError, Request, RequestBody as Body, Response, read, text};

/// Progress of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is whole: the handle that stands for the file in a template.
    Done(String),
    /// So many bytes have arrived.
    At(usize),
}

/// Opens a session for a file.
pub fn start(app: &str, file_name: &str, length: usize, mime: &str) -> Request {
    Request {
        query: vec![
            ("file_name", file_name.to_owned()),
            ("file_length", length.to_string()),
            ("file_type", mime.to_owned()),
        ],
        ..Request::post(format!("{app}/uploads"), Body::Empty)
    }
}

/// The id of the session, which is a complete path.
///
/// # Errors
/// Returns an error if the answer is an error, or lacks an id that is one: it becomes a part of an address.
pub fn session(response: &Response) -> Result<String, ApiError> {
    let id = text(&read(response)?, "id").filter(|id| is_session(id));
    id.ok_or_else(|| ApiError::incomplete(response, "id"))
}

/// Returns whether a server's value can only be the path of an upload. Meta's paths have their own query.
pub(super) fn is_session(id: &str) -> bool {
    let Some(rest) = id.strip_prefix("upload:") else { return false };
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~=+:.".contains(&byte);
    let is_path = !path.is_empty() && path.bytes().all(plain) && !path.contains("..");
    is_path && query.bytes().all(|byte| plain(byte) || b"&%".contains(&byte))
}

/// Sends the bytes from an offset on.
pub fn send(session: &str, bytes: &[u8], offset: usize) -> Request {
    let rest = bytes.get(offset..).unwrap_or_default().to_vec();
    Request::post(session, Body::Bytes { bytes: rest, offset })
}

/// Asks how far the upload is.
pub fn ask(session: &str) -> Request {
    Request::get(session, Vec::new())
}

/// Reads how far it is.
///
/// # Errors
/// Returns an error if the answer is an error or contains neither.
pub fn progress(response: &Response) -> Result<Progress, ApiError> {
    let value = read(response)?;
    if let Some(handle) = text(&value, "h") {
        return Ok(Progress::Done(handle));
    }
    let offset = text(&value, "file_offset").and_then(|offset| offset.parse().ok());
    offset.map(Progress::At).ok_or_else(|| ApiError::incomplete(response, "h"))
}
