//! The kinds of faults, and what each makes of an answer.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::answer::{Answer, Shape, Usage};
use crate::call::Call;
use crate::faults::{gzip, listing, rewrite};
use crate::quota;
use crate::refusal::Refusal;
use crate::scenario::Locale;
use crate::world::World;

// What a broken front end says.
const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Error</title></head><body>Something went wrong.</body></html>";

/// How a call fails. Empty braces make serde refuse keys that a kind does not have.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Kind {
    /// Nothing but the headers and the usage of the scope.
    Headers {},
    /// Any body with any status; a page of HTML with status 500 when nothing is said.
    Body {
        #[serde(default = "internal_error")]
        status: u16,
        #[serde(default = "page")]
        body: String,
        #[serde(default = "html")]
        content_type: String,
    },
    /// Too many calls: of the account (80008), the app (4), the template (80012), …
    RateLimit {
        #[serde(default = "account_limit")]
        code: u32,
        #[serde(default = "bad_request")]
        status: u16,
        retry_after: Option<String>,
    },
    /// Any error; `{token}` in a text becomes the token of the call.
    Error {
        code: u32,
        subcode: Option<u32>,
        #[serde(default = "bad_request")]
        status: u16,
        #[serde(default)]
        transient: bool,
        message: Option<String>,
        #[serde(default)]
        title: String,
        #[serde(default)]
        user_message: String,
    },
    /// To another place; to itself, and so for ever, when none is named.
    Redirect {
        #[serde(default = "found")]
        status: u16,
        to: Option<String>,
    },
    /// The connection closes, without effect.
    DropBefore {},
    /// The effect happens, then the connection closes without an answer.
    DropAfter {},
    /// The connection closes in the middle of the body.
    Truncate {},
    /// Half of the JSON, in an answer that is whole to HTTP.
    HalfJson {},
    /// `Content-Length` is off by so many bytes.
    WrongLength { by: i64 },
    /// The answer comes late.
    Slow {
        #[serde(default = "second")]
        milliseconds: u64,
    },
    /// The head comes at once, the body a few bytes at a time.
    Drip {
        #[serde(default = "moment")]
        milliseconds: u64,
        #[serde(default = "few")]
        bytes: usize,
    },
    /// A small compressed body that is huge when it is unpacked.
    GzipBomb {
        #[serde(default = "bomb")]
        megabytes: usize,
    },
    /// The cursor of a page leads to the page itself.
    SameCursor {},
    /// Two cursors lead to each other.
    CursorLoop {},
    /// `paging.next` leads to another server.
    NextElsewhere {
        #[serde(default = "elsewhere")]
        to: String,
    },
    /// The first template comes again on every page.
    RepeatItems {},
    /// A page without templates that has a next one.
    EmptyPage {},
    /// Another value at these places, for instance `/data/*/status`.
    Rewrite { at: Vec<String>, value: Value },
    /// Nothing at these places.
    Remove { at: Vec<String> },
    /// Ids as JSON numbers.
    NumberIds {},
}

impl Kind {
    /// Whether the call does its work, unless the scope says otherwise.
    pub(crate) fn passes(&self) -> bool {
        !matches!(
            self,
            Self::Body { .. }
                | Self::RateLimit { .. }
                | Self::Error { .. }
                | Self::Redirect { .. }
                | Self::DropBefore {}
                | Self::GzipBomb { .. }
        )
    }

    /// Whether no answer leaves.
    pub(crate) fn hangs_up(&self) -> bool {
        matches!(self, Self::DropBefore {} | Self::DropAfter {})
    }

    /// The answer that takes the place of the true one.
    pub(super) fn instead(&self, call: &Call, locale: Locale) -> Option<Answer> {
        match self {
            Self::Body { status, body, content_type } => {
                Some(Answer::text(code(*status), body.clone(), content_type))
            }
            Self::RateLimit { code: number, status, retry_after } => {
                let refusal = Refusal { status: code(*status), ..limit(*number) };
                let header = retry_after.iter().map(|value| ("Retry-After".to_owned(), Some(value.clone())));
                let mut answer = Answer::from_result(Err(refusal), locale);
                answer.headers.extend(header);
                Some(answer)
            }
            Self::Error { .. } => Some(self.error(call)),
            Self::Redirect { status, to } => {
                let place = to.as_ref().unwrap_or(&call.whole_path).clone();
                let mut answer = Answer::text(code(*status), String::new(), "text/html");
                answer.headers.push(("Location".to_owned(), Some(place)));
                Some(answer)
            }
            Self::GzipBomb { megabytes } => Some(gzip::bomb(*megabytes)),
            _ => None,
        }
    }

    /// What it makes of the JSON of the true answer.
    pub(super) fn distort(&self, value: &mut Value, call: &Call, world: &World) {
        match self {
            Self::SameCursor {} => listing::same_cursor(value, call, world),
            Self::CursorLoop {} => listing::cursor_loop(value, call, world),
            Self::NextElsewhere { to } => listing::next_elsewhere(value, to),
            Self::RepeatItems {} => listing::repeat_items(value, call, world),
            Self::EmptyPage {} => listing::empty_page(value, call, world),
            Self::Rewrite { at, value: new } => {
                at.iter().for_each(|place| rewrite::set(value, place, new));
            }
            Self::Remove { at } => at.iter().for_each(|place| rewrite::remove(value, place)),
            Self::NumberIds {} => rewrite::number_ids(value),
            _ => {}
        }
    }

    /// How the body leaves.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::HalfJson {} => Shape::Half,
            Self::WrongLength { by } => Shape::Claimed(*by),
            Self::Drip { milliseconds, bytes } => Shape::Drip { milliseconds: *milliseconds, bytes: *bytes },
            _ => Shape::Whole,
        }
    }

    /// What the usage headers say with it.
    pub(super) fn usage(&self) -> Option<Usage> {
        matches!(self, Self::RateLimit { .. }).then_some(quota::EXHAUSTED)
    }

    fn error(&self, call: &Call) -> Answer {
        let Self::Error { code: number, subcode, status, transient, message, title, user_message } = self
        else {
            return Answer::from_result(Ok(Value::Null), Locale::En);
        };
        let filled = |text: &str| text.replace("{token}", call.token().unwrap_or_default());
        let refusal = Refusal {
            status: code(*status),
            code: *number,
            subcode: *subcode,
            transient: *transient,
            title: filled(title),
            detail: filled(user_message),
        };
        Answer::from_result(Err(refusal), Locale::En).map(|value| {
            if let Some(message) = message {
                rewrite::set(value, "/error/message", &Value::from(filled(message)));
            }
        })
    }
}

// A number that is no status of HTTP is what the client has to live with as 500.
fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

// Meta's error code page; the subcodes are those of its samples.
fn limit(code: u32) -> Refusal {
    let (subcode, detail) = match code {
        4 => (Some(2_446_079), "The app has made too many calls"),
        80_007 => (None, "The account has reached its limit of calls"),
        80_012 => (None, "There have been too many calls to this message template"),
        130_429 => (Some(2_494_055), "The throughput of the account is reached"),
        _ => (None, "There have been too many calls to this WhatsApp Business account"),
    };
    Refusal { code, subcode, ..Refusal::throttled(detail) }
}

fn internal_error() -> u16 {
    500
}

fn bad_request() -> u16 {
    400
}

fn found() -> u16 {
    302
}

fn account_limit() -> u32 {
    80_008
}

fn page() -> String {
    PAGE.to_owned()
}

fn html() -> String {
    "text/html; charset=utf-8".to_owned()
}

fn elsewhere() -> String {
    "https://graph.example.com/v26.0/1/message_templates?access_token=stolen".to_owned()
}

fn second() -> u64 {
    1_000
}

fn moment() -> u64 {
    50
}

fn few() -> usize {
    16
}

fn bomb() -> usize {
    64
}
