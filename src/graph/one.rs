//! Reading one version by its id.

use super::{Error, Request, Response, list, read, read_deployed};
use crate::payload::Deployed;

/// The version with this id.
pub fn request(id: &str) -> Request {
    Request::get(id, vec![("fields", list::FIELDS.to_owned())])
}

/// Reads the answer; `None` where there is no such version, or none that this token may see.
///
/// # Errors
/// When the answer is another error or no version.
pub fn response(response: &Response) -> Result<Option<Deployed>, Error> {
    match read(response) {
        Ok(value) => read_deployed(&value).map(Some).ok_or_else(|| Error::incomplete(response, "name")),
        Err(error) if error.code == 803 || (error.code == 100 && error.subcode == Some(33)) => Ok(None),
        Err(error) => Err(error),
    }
}
