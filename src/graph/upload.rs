//! Uploading media samples by the resumable upload API.

use super::{Error, Payload as Body, Request, Response, read, text};

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

/// The id of the session, which is a path of its own.
///
/// # Errors
/// When the answer is an error or lacks the id.
pub fn session(response: &Response) -> Result<String, Error> {
    text(&read(response)?, "id").ok_or_else(|| Error::incomplete(response, "id"))
}

/// Sends the bytes.
pub fn send(session: &str, bytes: Vec<u8>) -> Request {
    Request::post(session, Body::Bytes { bytes, offset: 0 })
}

/// The handle that stands for the file in a template.
///
/// # Errors
/// When the answer is an error or lacks the handle.
pub fn handle(response: &Response) -> Result<String, Error> {
    text(&read(response)?, "h").ok_or_else(|| Error::incomplete(response, "h"))
}
