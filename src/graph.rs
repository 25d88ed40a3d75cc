//! The Graph API: requests and responses as pure functions, and the only place that knows Meta's JSON.
//!
//! Each call is two functions: one that makes a [`Request`], one that reads a [`Response`].

pub mod create;
pub mod delete;
pub mod edit;
mod error;
pub mod get;
pub mod list;
pub mod node;
mod template;
pub mod token;
mod unmapped;
pub mod upload;
pub mod upsert;
mod usage;
pub mod waba;

pub use error::{ApiError, ErrorClass};
pub use template::{component_json, payload_json, read_component, read_deployed};
pub use token::TokenInfo;
pub use unmapped::has_unmapped_fields;
pub use usage::{Usage, usage};

use serde_json::Value;

/// A call, without host, version and token.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the version, without a slash at its start.
    pub path: String,
    /// The query, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// The body.
    pub body: RequestBody,
}

/// The verb of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Creates or edits; is never repeated blindly.
    Post,
    /// Deletes; is never repeated blindly.
    Delete,
}

/// The body of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestBody {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Value),
    /// The bytes of a file from an offset on.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// Their offset in the file.
        offset: usize,
    },
}

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers that are looked at, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Response {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The error that it reports, if it reports one.
    pub fn error(&self) -> Option<ApiError> {
        read(self).err()
    }
}

impl Request {
    /// Returns whether each part of the path is an id or the name of an edge, or the whole path is an upload.
    pub fn is_safe(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut parts = self.path.split('/');
        upload::is_session(&self.path) || parts.all(|part| !part.is_empty() && part.bytes().all(plain))
    }

    fn get(path: impl Into<String>, query: Vec<(&'static str, String)>) -> Self {
        Self { method: Method::Get, path: path.into(), query, body: RequestBody::Empty }
    }

    fn post(path: impl Into<String>, body: RequestBody) -> Self {
        Self { method: Method::Post, path: path.into(), query: Vec::new(), body }
    }
}

/// The JSON of an answer that reports success.
fn read(response: &Response) -> Result<Value, ApiError> {
    let value: Result<Value, _> = serde_json::from_slice(&response.body);
    match value {
        Ok(value) if value.get("error").is_some_and(|error| !error.is_null()) => {
            Err(ApiError::from_json(response.status, value.get("error").unwrap_or(&Value::Null)))
        }
        Ok(value) if (200..300).contains(&response.status) => Ok(value),
        _ => Err(ApiError::unexpected(response)),
    }
}

// Meta's ids have up to 17 digits.
const LONGEST_ID: usize = 32;

/// Returns whether a text can be one of Meta's ids, which becomes part of an address: only digits.
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An id of an answer.
fn id(response: &Response, value: &Value) -> Result<String, ApiError> {
    let id = text(value, "id").ok_or_else(|| ApiError::incomplete(response, "id"))?;
    check_id(response, &id).map(|()| id)
}

/// Refuses an id of an answer that would lead elsewhere.
fn check_id(response: &Response, id: &str) -> Result<(), ApiError> {
    if is_id(id) { Ok(()) } else { Err(ApiError::bad_id(response, id)) }
}

/// A text field, also where a number stands for it.
fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
