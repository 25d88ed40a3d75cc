//! Errors of the Graph API.

use serde_json::Value;

use super::{Response, text};

/// Most characters kept of a server's message.
const LONGEST: usize = 500;
/// Most characters that are kept of an answer that is not one of the Graph API.
const START: usize = 200;

/// An error answer to a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// Graph's code; 0 where the answer had none.
    pub code: i64,
    /// Graph's subcode.
    pub subcode: Option<i64>,
    /// Graph's words for people where it has any, in the account's language; else its message.
    pub message: String,
    /// `true` if Graph reports that a retry may help.
    pub transient: bool,
    /// The trace id that support asks for.
    pub trace: Option<String>,
    /// The parameters that Graph blames, as it names them.
    pub blamed: Vec<String>,
}

/// The reaction an error calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// The same call may work in a moment.
    Retry,
    /// The budget is used up: later.
    Wait,
    /// The version cannot be changed now.
    Deferred,
    /// The version exists already: look at it.
    Exists,
    /// Nothing will work with this token, account or address.
    Account,
    /// This version is refused; others may work.
    Refused,
}

impl ApiError {
    pub(super) fn from_json(status: u16, error: &Value) -> Self {
        let number = |key: &str| text(error, key).and_then(|text| text.parse().ok());
        let user = text(error, "error_user_msg").filter(|message| !message.is_empty());
        let data = error_data(error);
        let details = data.get("details").and_then(Value::as_str).map(str::to_owned);
        let message = user.or(details).or_else(|| text(error, "message"));
        Self {
            status,
            code: number("code").unwrap_or(0),
            subcode: number("error_subcode"),
            message: message.map_or_else(|| "no message".to_owned(), |message| cut(&message)),
            transient: error.get("is_transient").and_then(Value::as_bool).unwrap_or(false),
            trace: text(error, "fbtrace_id").map(|trace| cut(&trace)),
            blamed: error_fields(&data),
        }
    }

    /// An answer that is no Graph answer: HTML of a proxy, a cut body, nothing.
    pub(super) fn unexpected(response: &Response) -> Self {
        let start = cut_at(&String::from_utf8_lossy(&response.body), START);
        let what = if start.is_empty() { "nothing".to_owned() } else { format!("`{}`", start.trim()) };
        Self {
            status: response.status,
            code: 0,
            subcode: None,
            message: format!("HTTP {} with {what} instead of a Graph API response", response.status),
            transient: response.status >= 500,
            trace: None,
            blamed: Vec::new(),
        }
    }

    /// An answer that is JSON and lacks what it should have.
    pub(super) fn incomplete(response: &Response, missing: &str) -> Self {
        Self {
            message: format!("the response has no `{missing}`"),
            transient: false,
            ..Self::unexpected(response)
        }
    }

    /// An answer with an id that is not one of Meta's, and may lead anywhere.
    pub(super) fn bad_id(response: &Response, id: &str) -> Self {
        let message = format!("the response has the id `{}`, which is not a number", cut(id));
        Self { message, transient: false, ..Self::unexpected(response) }
    }

    /// The reaction to it (codes: support/error-codes; subcodes: templates/template-management and observed).
    pub fn class(&self) -> ErrorClass {
        match (self.code, self.subcode) {
            // A proxy may throttle as well, and speaks no Graph.
            (0, None) if self.status == 429 => ErrorClass::Wait,
            (_, Some(2388024)) => ErrorClass::Exists,
            (_, Some(2388023 | 2388039 | 2388003)) => ErrorClass::Deferred,
            (_, Some(2388019 | 2388185 | 33)) => ErrorClass::Account,
            (4 | 17 | 613 | 80007 | 80008 | 80012 | 130429, _) => ErrorClass::Wait,
            (0 | 3 | 10 | 102 | 104 | 190 | 200..=299 | 368 | 803 | 131005 | 131031 | 139000, _)
                if !(self.code == 0 && self.status >= 500) =>
            {
                ErrorClass::Account
            }
            (1 | 2 | 131000 | 131016 | 131057, _) => ErrorClass::Retry,
            _ if self.transient || self.status >= 500 => ErrorClass::Retry,
            _ => ErrorClass::Refused,
        }
    }

    /// Code and subcode as people look them up.
    pub fn codes(&self) -> String {
        match (self.code, self.subcode) {
            (0, _) => format!("HTTP {}", self.status),
            (code, Some(subcode)) => format!("code {code}, subcode {subcode}"),
            (code, None) => format!("code {code}"),
        }
    }
}

/// `error_data`, which is an object, or one in a string (the SDK of Meta reads both).
fn error_data(error: &Value) -> Value {
    match error.get("error_data") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::Null),
        Some(data) => data.clone(),
        None => Value::Null,
    }
}

fn error_fields(data: &Value) -> Vec<String> {
    let specs = data.get("blame_field_specs").and_then(Value::as_array);
    let words = specs.into_iter().flatten().filter_map(|spec| {
        let words = spec.as_array()?.iter().filter_map(Value::as_str);
        Some(cut(&words.collect::<Vec<_>>().join(".")))
    });
    words.take(10).collect()
}

/// As much of a server's words as a person reads.
fn cut(text: &str) -> String {
    cut_at(text, LONGEST)
}

/// The first characters of a text, with `…` where there are more.
fn cut_at(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
