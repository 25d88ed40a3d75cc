//! One request, taken apart: method, version, path, and parameters from wherever they came.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use crate::model::json::{plain, structured};

/// What a client asked for.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// The `vNN.N` segment, if there was one.
    pub(crate) version: Option<String>,
    /// The path as it came, for the log and for faults.
    pub(crate) whole_path: String,
    /// The segments of the path without the version.
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    /// Query and body together; the body wins, as on the Graph API.
    pub(crate) parameters: Map<String, Value>,
    /// Why the body could not be read, if so.
    pub(crate) malformed: Option<String>,
    /// Why the address that it wants webhooks at did not pass the handshake, if so.
    pub(crate) unverified: Option<String>,
    /// The length of the file that it uploads.
    pub(crate) file: u64,
    headers: HeaderMap,
}

/// What arrived.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// JSON or a form.
    pub(crate) text: Bytes,
    /// Parameters of a multipart form.
    pub(crate) fields: Vec<(String, String)>,
    /// The length of an uploaded file. Its bytes are not kept.
    pub(crate) file: u64,
    /// Why it could not be read, if so.
    pub(crate) malformed: Option<String>,
}

impl Call {
    /// A call as its head describes it.
    pub(crate) fn read(head: &Parts) -> Self {
        let whole_path = head.uri.path().to_owned();
        let (version, path) = segments(&whole_path);
        let query = pairs(head.uri.query().unwrap_or_default().as_bytes());
        Self {
            method: head.method.to_string(),
            version,
            whole_path,
            path,
            parameters: query.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect(),
            query,
            malformed: None,
            unverified: None,
            file: 0,
            headers: head.headers.clone(),
        }
    }

    /// Adds what its body holds. Never fails: a body that cannot be read is refused later, after the token was looked
    /// at.
    pub(crate) fn fill(&mut self, received: Received) {
        self.file = received.file;
        self.parameters.extend(received.fields.into_iter().map(|(key, value)| (key, Value::from(value))));
        if !received.text.is_empty() {
            self.read_text(&received.text);
        }
        self.malformed = received.malformed.or(self.malformed.take());
    }

    /// Whether it sends the bytes of a file.
    pub(crate) fn is_upload(&self) -> bool {
        self.path.first().is_some_and(|first| first.starts_with("upload:"))
    }

    /// The same call with another value for one parameter.
    pub(crate) fn with(&self, key: &str, value: &str) -> Self {
        let mut call = self.clone();
        call.parameters.insert(key.to_owned(), Value::from(value));
        call
    }

    /// Calls that steer the sandbox instead of playing Meta.
    pub(crate) fn is_control(&self) -> bool {
        self.path.first().is_some_and(|first| first == "_sandbox")
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The token of the `Authorization` header (either scheme, see the upload guide) or of the query.
    pub(crate) fn token(&self) -> Option<&str> {
        let header = self.header(header::AUTHORIZATION.as_str());
        let bearer =
            header.and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")));
        bearer.or_else(|| self.text("access_token"))
    }

    /// A parameter that is text or a number, as text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.parameters.get(key).and_then(Value::as_str)
    }

    /// A parameter that holds a list: a JSON array, the text of one, or items with commas between them.
    pub(crate) fn list(&self, key: &str) -> Option<Vec<String>> {
        match structured(self.parameters.get(key)?) {
            Value::Array(items) => Some(items.iter().map(plain).collect()),
            other => Some(plain(&other).split(',').map(|item| item.trim().to_owned()).collect()),
        }
    }

    fn read_text(&mut self, text: &[u8]) {
        let kind = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("application/x-www-form-urlencoded") {
            self.parameters.extend(pairs(text).into_iter().map(|(key, value)| (key, Value::from(value))));
            return;
        }
        match serde_json::from_slice::<Map<String, Value>>(text) {
            Ok(object) => self.parameters.extend(object),
            Err(error) => self.malformed = Some(format!("The body is not a JSON object: {error}")),
        }
    }
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

fn segments(path: &str) -> (Option<String>, Vec<String>) {
    let mut rest: Vec<String> =
        path.split('/').filter(|part| !part.is_empty()).map(|part| part.replace("%3A", ":")).collect();
    let versioned = rest.first().is_some_and(|first| is_version(first));
    let version = versioned.then(|| rest.remove(0));
    (version, rest)
}

fn is_version(segment: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = segment.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    numbers.is_some_and(|(major, minor)| digits(major) && digits(minor))
}
