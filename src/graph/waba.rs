//! The account itself.

use super::{ApiError, Request, Response, read, text};

/// The account's name at Meta.
pub fn request(waba: &str) -> Request {
    Request::get(waba, vec![("fields", "id,name".to_owned())])
}

/// Reads its name; `None` where it has none.
///
/// # Errors
/// Returns an error if the answer is an error.
pub fn response(response: &Response) -> Result<Option<String>, ApiError> {
    Ok(text(&read(response)?, "name").filter(|name| !name.trim().is_empty()))
}
