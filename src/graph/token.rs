//! Token details and permissions.

use serde_json::Value;

use super::{ApiError, Request, Response, check_id, read, text};

/// Meta's description of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenInfo {
    /// `true` if calls with it are answered.
    pub is_valid: bool,
    /// The reason it is invalid, in Meta's words.
    pub error: Option<String>,
    /// Graph's subcode of that: 463 is an expired token.
    pub subcode: Option<i64>,
    /// Whose it is: `SYSTEM_USER`, `USER`, `APP`, `PAGE`.
    pub kind: Option<String>,
    /// The app that it was made for.
    pub app: Option<String>,
    /// The time it expires, in seconds since 1970; `None` for never.
    pub expires_at: Option<u64>,
    /// The time access to data ends, in seconds since 1970; `None` for never.
    pub data_access_expires_at: Option<u64>,
    /// Its permissions.
    pub scopes: Vec<String>,
    /// For some of the scopes, the ids that it may do it with; without an entry, all of them.
    pub targets: Vec<(String, Vec<String>)>,
}

/// Asks what a token is. The call carries it in its query, because there is no other way.
pub fn request(input: &str) -> Request {
    Request::get("debug_token", vec![("input_token", input.to_owned())])
}

/// Reads the answer.
///
/// # Errors
/// Returns an error if it is one, describes no token, or names an app by something that is not a number.
pub fn response(response: &Response) -> Result<TokenInfo, ApiError> {
    let value = read(response)?;
    let data = value.get("data").ok_or_else(|| ApiError::incomplete(response, "data"))?;
    let time = |key: &str| data.get(key).and_then(Value::as_u64).filter(|time| *time > 0);
    let words = |value: Option<&Value>| {
        let items = value.and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let granular = data.get("granular_scopes").and_then(Value::as_array).into_iter().flatten();
    let targets = granular.filter_map(|scope| {
        let ids = scope.get("target_ids").filter(|ids| ids.is_array())?;
        Some((text(scope, "scope")?, words(Some(ids))))
    });
    let app = text(data, "app_id");
    app.iter().try_for_each(|app| check_id(response, app))?;
    let error = data.get("error").unwrap_or(&Value::Null);
    let subcode = error.get("subcode").or_else(|| error.get("error_subcode"));
    Ok(TokenInfo {
        is_valid: data.get("is_valid").and_then(Value::as_bool).unwrap_or(false),
        error: text(error, "message"),
        subcode: subcode.and_then(Value::as_i64),
        kind: text(data, "type").map(|kind| kind.to_ascii_uppercase()),
        app,
        expires_at: time("expires_at"),
        data_access_expires_at: time("data_access_expires_at"),
        scopes: words(data.get("scopes")),
        targets: targets.collect(),
    })
}
