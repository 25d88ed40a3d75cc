//! Reading one version by its id.

use super::{ApiError, Request, Response, check_id, list, read, read_deployed};
use crate::payload::Deployed;

/// The version with this id.
pub fn request(id: &str) -> Request {
    Request::get(id, vec![("fields", list::FIELDS.to_owned())])
}

/// Reads the answer; `None` where there is no such version, or none that this token may see.
///
/// # Errors
/// Returns an error if the answer is another error or no version, or its id is not a number.
pub fn response(response: &Response) -> Result<Option<Deployed>, ApiError> {
    match read(response) {
        Ok(value) => {
            let deployed = read_deployed(&value).ok_or_else(|| ApiError::incomplete(response, "name"))?;
            check_id(response, &deployed.id).map(|()| Some(deployed))
        }
        Err(error) if error.code == 803 || (error.code == 100 && error.subcode == Some(33)) => Ok(None),
        Err(error) => Err(error),
    }
}
