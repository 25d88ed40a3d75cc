//! An answer and the headers that Meta sends with every one.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::sandbox::refusal::Refusal;

// The newest version seen (Meta: Graph API changelog); it serves calls that name none.
const DEFAULT_VERSION: &str = "v26.0";

/// What goes back to the client.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    body: String,
    content_type: &'static str,
}

/// How much of the hourly allowance is used (Meta: rate limiting).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Calls in percent of the allowance; 100 is throttled.
    pub(crate) percent: usize,
    /// Minutes until calls are taken again.
    pub(crate) minutes: i64,
}

impl Answer {
    /// Status 200 with JSON, or the refusal's status with its error.
    pub(crate) fn from_result(result: Result<Value, Refusal>) -> Self {
        match result {
            Ok(value) => Self::json(StatusCode::OK, &value),
            Err(refusal) => Self::json(refusal.status, &refusal.to_json()),
        }
    }

    /// What a broken front end sends: a status 500 that is not JSON.
    pub(crate) fn broken() -> Self {
        let body =
            "<!DOCTYPE html><html><head><title>Error</title></head><body>Something went wrong.</body></html>";
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            body: body.to_owned(),
            content_type: "text/html; charset=utf-8",
        }
    }

    fn json(status: StatusCode, value: &Value) -> Self {
        Self { status, body: value.to_string(), content_type: "application/json; charset=UTF-8" }
    }

    /// The HTTP response, with the version that served and the usage headers (Meta's OpenAPI description).
    pub(crate) fn into_response(self, waba: &str, version: Option<&str>, usage: Usage) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        let version = version.unwrap_or(DEFAULT_VERSION);
        let named = [
            ("facebook-api-version", version.to_owned()),
            ("x-app-usage", json!({"call_count": 0, "total_cputime": 0, "total_time": 0}).to_string()),
            ("x-business-use-case-usage", business_usage(waba, usage)),
        ];
        for (name, value) in named {
            headers.extend(
                HeaderValue::from_str(&value)
                    .ok()
                    .map(|value| (header::HeaderName::from_static(name), value)),
            );
        }
        response
    }
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
