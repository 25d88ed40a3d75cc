//! Budget use, as reported in the headers of every answer.

use serde_json::Value;

use super::Response;

/// The header about the account (graph-api/overview/rate-limiting).
const ACCOUNT: &str = "x-business-use-case-usage";
/// The header about the app.
const APP: &str = "x-app-usage";
/// The counters of either, each in percent of what is allowed.
const COUNTERS: [&str; 3] = ["call_count", "total_cputime", "total_time"];

/// The used share of the tightest budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// In percent of what is allowed; 100 and more is refused.
    pub percent: u64,
    /// Minutes until calls are taken again; 0 while they are.
    pub minutes: u64,
}

/// Reads the headers; an unreadable header is ignored.
pub fn usage(response: &Response) -> Option<Usage> {
    let account = header(response, ACCOUNT).and_then(|accounts| {
        let lists = accounts.as_object()?.values().filter_map(Value::as_array);
        lists.flatten().filter_map(read).reduce(tighter)
    });
    let app = header(response, APP).as_ref().and_then(read);
    account.into_iter().chain(app).reduce(tighter)
}

fn header(response: &Response, name: &str) -> Option<Value> {
    serde_json::from_str(response.header(name)?).ok()
}

fn read(counters: &Value) -> Option<Usage> {
    let number = |key: &str| counters.get(key).and_then(Value::as_f64).filter(|number| *number >= 0.0);
    let percent = COUNTERS.into_iter().filter_map(number).reduce(f64::max)?;
    let minutes = number("estimated_time_to_regain_access").unwrap_or_default();
    Some(Usage { percent: whole(percent), minutes: whole(minutes) })
}

fn tighter(one: Usage, other: Usage) -> Usage {
    Usage { percent: one.percent.max(other.percent), minutes: one.minutes.max(other.minutes) }
}

/// Whatever a server writes, it fits: a million is more than any budget or wait.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was put between the bounds")]
fn whole(number: f64) -> u64 {
    number.clamp(0.0, 1_000_000.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Response {
        Response { status: 200, headers: vec![(name.into(), value.into())], body: Vec::new() }
    }

    #[test]
    fn the_tightest_budget_counts() {
        let account = r#"{"1": [{"type": "whatsapp", "call_count": 3, "total_time": 81.5,
            "estimated_time_to_regain_access": 0}, {"call_count": 20, "estimated_time_to_regain_access": 12}]}"#;
        assert_eq!(usage(&with(ACCOUNT, account)), Some(Usage { percent: 82, minutes: 12 }));
        assert_eq!(
            usage(&with(APP, "{\"call_count\": 7, \"total_cputime\": 1}")).map(|used| used.percent),
            Some(7)
        );
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for text in
            ["", "nonsense", "7", "[]", "{\"1\": 7}", "{\"1\": [7, null]}", "{\"1\": [{\"call_count\": -3}]}"]
        {
            assert_eq!(usage(&with(ACCOUNT, text)), None, "{text}");
        }
        let huge = usage(&with(APP, "{\"call_count\": 1e300}"));
        assert_eq!(huge.map(|used| used.percent), Some(1_000_000));
    }
}
