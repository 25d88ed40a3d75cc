//! What a creation would be answered, without an account, a server or a clock that matters.

use std::sync::Arc;

use serde_json::Value;

use crate::endpoints::templates::create;
use crate::graph_error::Refusal;
use crate::model::account::{Account, Handle};
use crate::model::submission::Submission;
use crate::settings::Settings;

/// How the sandbox refuses a creation: the same numbers and sentences as over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// `error.code`.
    pub code: u32,
    /// `error.error_subcode`.
    pub subcode: Option<u32>,
    /// `error.error_user_title`.
    pub title: String,
    /// `error.error_user_msg`.
    pub detail: String,
}

/// Judges the body of one creation as a fresh account would. `uploads` are the handles that exist, each with the type
/// of its file.
///
/// ```
/// let body = serde_json::json!({"name": "Order", "language": "en", "category": "UTILITY", "components": []});
/// let verdict = graph_sandbox::judge(&body, &[]).expect_err("names are in lower case");
/// assert_eq!((verdict.code, verdict.subcode), (100, Some(2388046)));
/// ```
///
/// # Errors
/// With the refusal, when the creation would be refused.
pub fn judge(body: &Value, uploads: &[(&str, &str)]) -> Result<(), Verdict> {
    let settings = Settings::default();
    let mut account = Account::fresh(&settings.waba, &settings.phone);
    let handle = |(handle, mime): &(&str, &str)| Handle {
        handle: (*handle).to_owned(),
        app: settings.app.clone(),
        mime: (*mime).to_owned(),
        // A second was not enough on a machine with much else to do.
        expires: i64::MAX,
    };
    account.books.handles = Arc::new(uploads.iter().map(handle).collect());
    answer(&mut account, &settings, body).map_err(Verdict::of)
}

fn answer(account: &mut Account, settings: &Settings, body: &Value) -> Result<(), Refusal> {
    let parameters = body.as_object();
    let parameters = parameters.ok_or_else(|| Refusal::parameter("The body must be a JSON object."))?;
    create::add(account, settings, &Submission::read(parameters)?).map(drop)
}

impl Verdict {
    fn of(refusal: Refusal) -> Self {
        Self { code: refusal.code, subcode: refusal.subcode, title: refusal.title, detail: refusal.detail }
    }
}
