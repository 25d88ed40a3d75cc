//! Validation of one create call without a server.

use std::sync::Arc;

use serde_json::Value;

use crate::endpoints::templates::create::add;
use crate::graph_error::GraphError;
use crate::model::account::{Account, UploadHandle};
use crate::model::submission::Submission;
use crate::settings::Settings;

/// The error of a create call, with the same codes and texts as over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// `error.code`.
    pub code: u32,
    /// `error.error_subcode`.
    pub subcode: Option<u32>,
    /// `error.error_user_title`.
    pub title: String,
    /// `error.error_user_msg`.
    pub detail: String,
}

/// Validates the body of a create call as a fresh account would. `uploads` are the existing handles, each with the type
/// of its file.
///
/// ```
/// let body = serde_json::json!({"name": "Order", "language": "en", "category": "UTILITY", "components": []});
/// let rejection = graph_sandbox::validate_create(&body, &[]).expect_err("an upper-case name");
/// assert_eq!((rejection.code, rejection.subcode), (100, Some(2388046)));
/// ```
///
/// # Errors
/// With the error that the create call would return.
pub fn validate_create(body: &Value, uploads: &[(&str, &str)]) -> Result<(), Rejection> {
    let settings = Settings::default();
    let mut account = Account::new(&settings.waba, &settings.phone);
    let handle = |(handle, mime): &(&str, &str)| UploadHandle {
        handle: (*handle).to_owned(),
        app: settings.app.clone(),
        mime: (*mime).to_owned(),
        expires: i64::MAX,
    };
    account.data.handles = Arc::new(uploads.iter().map(handle).collect());
    create(&mut account, &settings, body).map_err(Rejection::from)
}

fn create(account: &mut Account, settings: &Settings, body: &Value) -> Result<(), GraphError> {
    let parameters = body.as_object();
    let parameters = parameters.ok_or_else(|| GraphError::parameter("The body must be a JSON object."))?;
    add(account, settings, &Submission::read(parameters)?).map(drop)
}

impl From<GraphError> for Rejection {
    fn from(error: GraphError) -> Self {
        Self { code: error.code, subcode: error.subcode, title: error.title, detail: error.detail }
    }
}
