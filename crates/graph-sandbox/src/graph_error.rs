//! The errors of the Graph API: a table of what is known about each, and the JSON that carries one.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::identifiers;
use crate::locale::{self, Locale};

/// Why a call is refused, as Meta words it: a code, mostly a subcode, and sentences for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: u32,
    pub(crate) subcode: Option<u32>,
    pub(crate) transient: bool,
    pub(crate) title: String,
    pub(crate) detail: String,
}

/// One row of the table of subcodes: number, title.
type Subcode = (u32, &'static str);

// Meta's error code page and observed answers; all of them come with code 100.
pub(crate) const LIMIT_OF_TEMPLATES: Subcode = (2388019, "Template limit reached");
pub(crate) const NAME_COOLING_DOWN: Subcode = (2388023, "Message template language is being deleted");
pub(crate) const ALREADY_EXISTS: Subcode = (2388024, "Content in This Language Already Exists");
pub(crate) const STATUS_FORBIDS: Subcode = (2388039, "Message template cannot be changed now");
pub(crate) const TOO_LONG: Subcode = (2388040, "Field exceeds its character limit");
pub(crate) const FIELD_MISSING: Subcode =
    (2388043, "Message template \"components\" param is missing expected field(s)");
pub(crate) const NAME_FORMAT: Subcode = (2388046, "Name format is incorrect");
pub(crate) const HEADER_FORMAT: Subcode = (2388047, "Header format is incorrect");
pub(crate) const BUTTON_FORMAT: Subcode = (2388060, "Button format is incorrect");
pub(crate) const BODY_FORMAT: Subcode = (2388072, "Body format is incorrect");
pub(crate) const FOOTER_FORMAT: Subcode = (2388073, "Footer format is incorrect");
pub(crate) const FILE_TYPE: Subcode = (2388084, "File type is not supported");
pub(crate) const SAMPLE_NAME: Subcode = (2388155, "Name belongs to a sample template");
pub(crate) const HANDLE_IS_URL: Subcode = (2388273, "Media header needs an uploaded sample");
pub(crate) const TOO_MANY_VARIABLES: Subcode = (2388293, "Too many variables for the length of the text");
pub(crate) const VARIABLE_AT_EDGE: Subcode =
    (2388299, "Variables can't be at the start or end of the template");

impl Refusal {
    fn new(status: StatusCode, code: u32, title: &str, detail: impl Into<String>) -> Self {
        Self { status, code, subcode: None, transient: false, title: title.to_owned(), detail: detail.into() }
    }

    fn under(mut self, subcode: u32) -> Self {
        self.subcode = Some(subcode);
        self
    }

    /// Code 100 without a subcode: what most wrong values get.
    pub(crate) fn parameter(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, "Invalid parameter", detail)
    }

    /// A required parameter is missing.
    pub(crate) fn missing(key: &str) -> Self {
        Self::parameter(format!("The parameter {key} is required."))
    }

    /// Code 100 with a subcode of template management.
    pub(crate) fn template((subcode, title): Subcode, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, title, detail).under(subcode)
    }

    /// The token is missing or is not the one of this sandbox.
    pub(crate) fn token(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 190, "Invalid access token", detail)
    }

    /// No such object, or none that this token may see: Meta does not tell which.
    pub(crate) fn unknown_object(method: &str, id: &str) -> Self {
        let detail = format!(
            "Unsupported {} request. Object with ID '{id}' does not exist, cannot be loaded due to \
             missing permissions, or does not support this operation",
            method.to_ascii_lowercase()
        );
        Self::new(StatusCode::BAD_REQUEST, 100, "Unsupported request", detail).under(33)
    }

    /// The object is there, the edge or path below it is not. General Graph behaviour.
    pub(crate) fn unknown_path(path: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 2500, "Unknown path", format!("Unknown path components: {path}"))
    }

    /// An uploaded sample that this sandbox does not know or that has expired comes with its own code.
    pub(crate) fn media_handle(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131009, "Parameter value is not valid", detail).under(2494102)
    }

    /// A phone number that cannot be one (Meta: errors of the create and edit calls).
    pub(crate) fn phone_number(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 192, "Invalid phone number", detail)
    }

    /// A paging cursor that leads nowhere (since v24.0).
    pub(crate) fn cursor() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            131059,
            "Invalid cursor",
            "The paging cursor is invalid or stale; repeat the call without it",
        )
    }

    /// Too many calls or creations for this account in the last hour.
    pub(crate) fn throttled(detail: impl Into<String>) -> Self {
        let refusal = Self::new(StatusCode::BAD_REQUEST, 80008, "Too many calls", detail);
        Self { transient: true, ..refusal }
    }

    /// The token was good once.
    pub(crate) fn token_over(detail: impl Into<String>) -> Self {
        Self::token(detail).under(463)
    }

    /// A permission, or access to the account, is missing.
    pub(crate) fn forbidden(code: u32, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, "Permission missing", detail)
    }

    /// The business may not have authentication templates yet. Observed with code 10.
    pub(crate) fn not_eligible() -> Self {
        let detail = "This account is not eligible to create authentication templates.";
        Self { title: "Not eligible".to_owned(), ..Self::forbidden(10, detail) }.under(2388185)
    }

    /// Any code, with status 400.
    pub(crate) fn general(code: u32, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, "Request refused", detail)
    }

    /// The app did not answer the handshake. General Graph behaviour.
    pub(crate) fn callback(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 2200, "Callback verification failed", detail)
    }

    /// What is wrong with a message, by Meta's error code page.
    pub(crate) fn of_message(code: u32, title: &str, detail: impl Into<String>) -> Self {
        let status = if code == 132_001 { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
        Self::new(status, code, title, detail)
    }

    /// The sandbox itself failed, for instance could not write its state.
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, 1, "Sandbox failure", detail)
    }

    /// The body of the answer (Graph API: handling errors), with the sentences for people in their language.
    pub(crate) fn to_json(&self, locale: Locale) -> Value {
        if self.is_about_a_message() {
            return self.message_json();
        }
        let (title, detail) = match locale {
            Locale::En => (self.title.clone(), self.detail.clone()),
            Locale::Es => locale::spanish(self.code, self.subcode, &self.title),
        };
        let mut error = Map::new();
        error.insert("message".to_owned(), json!(self.message()));
        error.insert("type".to_owned(), json!("OAuthException"));
        error.insert("code".to_owned(), json!(self.code));
        if let Some(subcode) = self.subcode {
            error.insert("error_subcode".to_owned(), json!(subcode));
        }
        error.insert("is_transient".to_owned(), json!(self.transient));
        error.insert("error_user_title".to_owned(), json!(title));
        error.insert("error_user_msg".to_owned(), json!(detail));
        error.insert("fbtrace_id".to_owned(), json!(identifiers::trace()));
        json!({ "error": error })
    }

    // The Cloud API has neither subcodes nor sentences for people, but details (Meta: error codes).
    fn message_json(&self) -> Value {
        json!({"error": {
            "message": format!("(#{}) {}", self.code, self.title),
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.detail},
            "fbtrace_id": identifiers::trace(),
        }})
    }

    fn is_about_a_message(&self) -> bool {
        self.subcode.is_none() && matches!(self.code, 131_000..=131_058 | 132_000..=132_100)
    }

    // Template management hides the reason in `error_user_msg` and says only this in `message`.
    fn message(&self) -> String {
        match (self.code, self.subcode) {
            (100, Some(33)) => self.detail.clone(),
            (100, Some(_)) => "Invalid parameter".to_owned(),
            (code, _) => format!("(#{code}) {}", self.detail),
        }
    }
}
