//! A response, and the headers that Meta sends with every one.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};

use crate::graph_error::GraphError;
use crate::identifiers;
use crate::locale::Locale;
use crate::protocol::bounds::MemoryBudget;

// The newest version seen (Meta: Graph API changelog); it serves calls that name none.
const DEFAULT_VERSION: &str = "v26.0";
// The build of Meta's servers: any number will do.
const REVISION: &str = "1000000000";

/// The response to a call.
#[derive(Debug)]
pub(crate) struct ApiResponse {
    pub(crate) status: StatusCode,
    content: Content,
    content_type: String,
    /// Headers beyond the usual ones; without a value, such a one is left out.
    pub(crate) headers: Vec<(String, Option<String>)>,
    /// Usage to report instead of the true one.
    pub(crate) usage: Option<Usage>,
    pub(crate) shape: BodyMode,
    /// `true` to escape slashes in JSON, as Meta sometimes does.
    pub(crate) escaped: bool,
}

#[derive(Debug)]
enum Content {
    Json(Value),
    Bytes(Bytes),
}

/// The way the body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyMode {
    /// At once.
    Whole,
    /// Half of it, as if that were all.
    Half,
    /// With a `Content-Length` that is off by so many bytes.
    Claimed(i64),
    /// A few bytes at a time.
    Drip { milliseconds: u64, bytes: usize },
}

/// Use of the hourly rate limit (Meta: rate limiting).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Calls in percent of the allowance; 100 is throttled.
    pub(crate) percent: usize,
    /// Minutes until calls are taken again.
    pub(crate) minutes: i64,
}

impl Usage {
    /// The usage of a throttled account.
    pub(crate) const EXHAUSTED: Self = Self { percent: 100, minutes: 60 };
}

impl ApiResponse {
    /// Status 200 with JSON, or an error with its status.
    pub(crate) fn from_result(result: Result<Value, GraphError>, locale: Locale) -> Self {
        match result {
            Ok(value) => Self::json(StatusCode::OK, value),
            Err(error) => Self::json(error.status, error.to_json(locale)),
        }
    }

    /// An error of the sandbox itself, in the Graph API's form. It is transient if the status is 408 or 503.
    pub(crate) fn rejected(status: StatusCode, message: &str) -> Self {
        let transient = status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::REQUEST_TIMEOUT;
        let error = json!({
            "message": message,
            "type": "SandboxException",
            "code": if transient { 2 } else { 0 },
            "is_transient": transient,
            "fbtrace_id": identifiers::trace(),
        });
        Self::json(status, json!({ "error": error }))
    }

    /// Any body.
    pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>, content_type: &str) -> Self {
        Self::new(status, Content::Bytes(body.into()), content_type)
    }

    /// The same answer with its JSON changed.
    pub(crate) fn map(mut self, change: impl FnOnce(&mut Value)) -> Self {
        if let Content::Json(value) = &mut self.content {
            change(value);
        }
        self
    }

    fn json(status: StatusCode, value: Value) -> Self {
        Self::new(status, Content::Json(value), "application/json; charset=UTF-8")
    }

    fn new(status: StatusCode, content: Content, content_type: &str) -> Self {
        let content_type = content_type.to_owned();
        Self {
            status,
            content,
            content_type,
            headers: Vec::new(),
            usage: None,
            shape: BodyMode::Whole,
            escaped: false,
        }
    }

    /// The HTTP response, with nothing but its type.
    pub(crate) fn plain(self) -> Response {
        let body = match self.content {
            Content::Json(value) => Body::from(value.to_string()),
            Content::Bytes(bytes) => Body::from(bytes),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        set(response.headers_mut(), ("content-type".to_owned(), Some(self.content_type)));
        response
    }

    /// The HTTP response, with the version that served and the usage headers (Meta's OpenAPI description).
    pub(crate) fn into_response(self, waba: &str, version: Option<&str>, budget: &MemoryBudget) -> Response {
        let bytes = match self.content {
            Content::Json(value) if self.escaped => Bytes::from(value.to_string().replace('/', "\\/")),
            Content::Json(value) => Bytes::from(value.to_string()),
            Content::Bytes(bytes) => bytes,
        };
        // Clients that leave answers unread take memory, too.
        let Some(bytes) = budget.hold(bytes) else {
            let message = "the sandbox holds too many answers that clients have not read";
            return Self::rejected(StatusCode::SERVICE_UNAVAILABLE, message).plain();
        };
        let length = bytes.len();
        let mut response = Response::new(shaped(bytes, self.shape));
        *response.status_mut() = self.status;
        let usage = self.usage.unwrap_or_default();
        let usual = [
            ("content-type", self.content_type),
            ("facebook-api-version", version.unwrap_or(DEFAULT_VERSION).to_owned()),
            ("x-fb-request-id", identifiers::trace()),
            ("x-fb-trace-id", identifiers::trace()),
            ("x-fb-rev", REVISION.to_owned()),
            ("x-app-usage", json!({"call_count": 0, "total_cputime": 0, "total_time": 0}).to_string()),
            ("x-business-use-case-usage", business_usage(waba, usage)),
        ];
        let usual = usual.map(|(name, value)| (name.to_owned(), Some(value)));
        usual.into_iter().chain(self.headers).for_each(|header| set(response.headers_mut(), header));
        if let BodyMode::Claimed(by) = self.shape {
            let claimed = i64::try_from(length).unwrap_or(i64::MAX).saturating_add(by).max(0);
            set(response.headers_mut(), ("content-length".to_owned(), Some(claimed.to_string())));
        }
        response
    }
}

// Invalid header values are left out.
fn set(headers: &mut HeaderMap, (name, value): (String, Option<String>)) {
    let Ok(name) = HeaderName::try_from(name) else { return };
    match value.map(|value| HeaderValue::from_bytes(value.as_bytes())) {
        None => drop(headers.remove(name)),
        Some(Ok(value)) => drop(headers.insert(name, value)),
        Some(Err(_)) => {}
    }
}

fn shaped(bytes: Bytes, shape: BodyMode) -> Body {
    match shape {
        BodyMode::Whole => Body::from(bytes),
        BodyMode::Half => Body::from(bytes.slice(..bytes.len() / 2)),
        // As a stream, because HTTP would look through a false length of a body that it knows.
        BodyMode::Claimed(_) => drip(bytes, usize::MAX, 0),
        BodyMode::Drip { milliseconds, bytes: few } => drip(bytes, few.max(1), milliseconds),
    }
}

fn drip(bytes: Bytes, few: usize, milliseconds: u64) -> Body {
    Body::from_stream(stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        let chunk = rest.split_to(few.min(rest.len()));
        Some((Ok::<_, Infallible>(chunk), rest))
    }))
}

fn business_usage(waba: &str, usage: Usage) -> String {
    let entry = json!({
        "type": "whatsapp_business_management",
        "call_count": usage.percent,
        "total_cputime": 1,
        "total_time": 1,
        "estimated_time_to_regain_access": usage.minutes,
    });
    json!({ waba: [entry] }).to_string()
}
