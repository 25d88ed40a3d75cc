//! The kinds of failures.

use serde::Deserialize;
use serde_json::Value;

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
