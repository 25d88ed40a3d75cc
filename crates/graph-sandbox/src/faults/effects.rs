//! The response of a call that a fault applies to.

use axum::http::StatusCode;
use serde_json::Value;

use crate::faults::kind::Kind;
use crate::faults::listing::{self, Listing};
use crate::faults::plan::Fault;
use crate::faults::{gzip, rewrite};
use crate::graph_error::Refusal;
use crate::locale::Locale;
use crate::model::json;
use crate::protocol::request::Call;
use crate::protocol::response::{Answer, Shape, Usage};

impl Fault {
    /// What the client gets instead of, or made from, the true answer (absent when nothing was done).
    pub(crate) fn answer(
        &self,
        result: Option<Result<Value, Refusal>>,
        call: &Call,
        locale: Locale,
        listing: &Listing<'_>,
    ) -> Answer {
        let mut answer = match (self.kind.instead(call, locale), result) {
            (Some(answer), _) => answer,
            (None, Some(result)) => {
                Answer::from_result(result, locale).map(|value| self.kind.distort(value, listing))
            }
            (None, None) => Answer::from_result(Err(Refusal::internal("The call had no effect")), locale),
        };
        answer.shape = self.kind.shape();
        answer.headers.extend(self.scope.headers.iter().map(|(name, value)| (name.clone(), plain(value))));
        answer.usage = self.usage().or(answer.usage);
        answer
    }

    fn usage(&self) -> Option<Usage> {
        let minutes = self.scope.regain_minutes.unwrap_or_default();
        let usual = self.kind.usage();
        match self.scope.usage {
            Some(percent) => Some(Usage { percent, minutes }),
            None => usual
                .map(|usage| Usage { minutes: self.scope.regain_minutes.unwrap_or(usage.minutes), ..usage }),
        }
    }
}

impl Kind {
    /// The answer that takes the place of the true one.
    fn instead(&self, call: &Call, locale: Locale) -> Option<Answer> {
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
    fn distort(&self, value: &mut Value, listing: &Listing<'_>) {
        match self {
            Self::SameCursor {} => listing::same_cursor(value, listing),
            Self::CursorLoop {} => listing::cursor_loop(value, listing),
            Self::NextElsewhere { to } => listing::next_elsewhere(value, to),
            Self::RepeatItems {} => listing::repeat_items(value, listing),
            Self::EmptyPage {} => listing::empty_page(value, listing),
            Self::Rewrite { at, value: new } => {
                at.iter().for_each(|place| rewrite::set(value, place, new));
            }
            Self::Remove { at } => at.iter().for_each(|place| rewrite::remove(value, place)),
            Self::NumberIds {} => rewrite::number_ids(value),
            _ => {}
        }
    }

    /// How the body leaves.
    fn shape(&self) -> Shape {
        match self {
            Self::HalfJson {} => Shape::Half,
            Self::WrongLength { by } => Shape::Claimed(*by),
            Self::Drip { milliseconds, bytes } => Shape::Drip { milliseconds: *milliseconds, bytes: *bytes },
            _ => Shape::Whole,
        }
    }

    /// What the usage headers say with it.
    fn usage(&self) -> Option<Usage> {
        matches!(self, Self::RateLimit { .. }).then_some(Usage::EXHAUSTED)
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

fn plain(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| json::plain(value))
}
