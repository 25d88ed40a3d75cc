//! Budgets: how long calls wait, why, and when they do not wait any more.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::watch;
use watpl::remote::calls;
use watpl::remote::{CallError, RateLimit, RateLimited, TransportError, Wait, WaitReason};

use super::{WABA, answer, http, next, page, run, server};

/// A page with usage headers, and a next one if there is a cursor.
fn used(percent: u64, minutes: u64, cursor: Option<&str>) -> String {
    let usage = json!({ WABA: [{ "call_count": percent, "estimated_time_to_regain_access": minutes }] });
    let header = format!("x-business-use-case-usage: {usage}\r\n");
    page(&["1"], &cursor.map_or(serde_json::Value::Null, next)).replacen(
        "\r\n\r\n",
        &format!("\r\n{header}\r\n"),
        1,
    )
}

fn refused(status: &str, headers: &str, code: u64) -> String {
    answer(status, headers, &json!({ "error": { "code": code, "message": "Too many" } }).to_string())
}

fn quick() -> RateLimit {
    RateLimit {
        step: Duration::from_millis(1),
        least: Duration::from_millis(2),
        longest: Duration::from_secs(5),
    }
}

/// A listing at a pace: how it ends, what it waited for, and how often it asked.
fn listing(answers: Vec<String>, pace: RateLimit) -> (Result<usize, CallError>, Vec<Wait>, usize) {
    let (base, asked) = server(answers);
    let pauses = RefCell::new(Vec::new());
    let mut result = Ok(0);
    run(async {
        let told = |pause: Option<&Wait>| pauses.borrow_mut().extend(pause.cloned());
        let remote = http(&base);
        let paced = RateLimited::new(&remote, pace, watch::channel(false).1, &told);
        result = calls::list(&paced, WABA).await.map(|versions| versions.len());
    });
    let asked = asked.lock().expect("no panic elsewhere").len();
    (result, pauses.into_inner(), asked)
}

#[test]
fn calls_slow_down_at_three_quarters_and_stop_at_95_percent() {
    let waits = |percent: u64| {
        let (result, pauses, asked) = listing(vec![used(percent, 0, Some("a")), used(1, 0, None)], quick());
        assert_eq!((result.expect("a listing"), asked), (1, 2));
        pauses.iter().map(|pause| (pause.why.clone(), pause.length.as_millis())).collect::<Vec<_>>()
    };
    assert_eq!(waits(74), []);
    assert_eq!(waits(75), [(WaitReason::Used(75), 1)]);
    assert_eq!(waits(94), [(WaitReason::Used(94), 20)]);
    assert_eq!(waits(95), [(WaitReason::Used(95), 2)]);
    assert_eq!(waits(250), [(WaitReason::Used(250), 2)]);
}

#[test]
fn g02_who_has_to_wait_for_too_long_is_told_at_once() {
    let (result, pauses, asked) = listing(vec![used(97, 12, Some("a"))], quick());
    let Err(CallError::Transport(fault)) = result else { unreachable!("{result:?}") };
    assert_eq!((pauses.len(), asked), (0, 1));
    assert_eq!(
        fault.to_string(),
        "97 % of the account's hourly calls are used; the next call is possible in 12 minutes, which \
         is longer than `--max-wait` allows"
    );
}

#[test]
fn g02_a_refusal_for_the_number_of_calls_is_known_by_its_code_and_waited_for() {
    for (status, code) in [
        ("400 Bad Request", 80_008),
        ("400 Bad Request", 4),
        ("403 Forbidden", 80_007),
        ("429 Slow", 130_429),
    ] {
        let answers = vec![refused(status, "", code), refused(status, "", code), used(1, 0, None)];
        let (result, pauses, asked) = listing(answers, quick());
        assert_eq!((result.expect("a listing"), pauses.len(), asked), (1, 2, 3), "{code}");
        assert!(pauses[1].length >= pauses[0].length, "{pauses:?}");
    }
    let html = answer("429 Too Many Requests", "", "<html>Slow down</html>");
    let (result, pauses, _) = listing(vec![html, used(1, 0, None)], quick());
    assert_eq!((result.expect("a listing"), pauses.len()), (1, 1));
    // What is no refusal of that kind is none.
    let (result, pauses, _) = listing(vec![refused("429 Slow", "", 190)], quick());
    assert!(matches!(result, Err(CallError::Graph(error)) if error.code == 190));
    assert_eq!(pauses.len(), 0);
}

#[test]
fn g02_retry_after_is_read_in_every_form() {
    // Where nobody waits, the wait is told.
    let never = RateLimit { longest: Duration::ZERO, ..RateLimit::default() };
    let wait = |header: &str| {
        let header = format!("retry-after: {header}\r\n");
        let (result, _, _) = listing(vec![refused("429 Slow", &header, 80_008)], never.clone());
        match result {
            Err(CallError::Transport(TransportError::RateLimited { wait, .. })) => wait.as_secs(),
            other => unreachable!("{other:?}"),
        }
    };
    // With a tenth of a minute of jitter at most.
    for (header, least, most) in [
        ("120", 120, 126),
        ("1e9", 31_536_000, 31_536_006),
        ("-1", 60, 66),
        ("garbage", 60, 66),
        ("", 60, 66),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 60, 66),
    ] {
        let waited = wait(header);
        assert!((least..=most).contains(&waited), "{header}: {waited}");
    }
}

#[test]
fn a_wait_ends_when_the_run_is_stopped() {
    let (base, _) = server(vec![used(99, 30, Some("a"))]);
    run(async {
        let (stop, stopped) = watch::channel(false);
        let told = |_: Option<&Wait>| stop.send(true).expect("somebody listens");
        let remote = http(&base);
        let paced = RateLimited::new(&remote, RateLimit::default(), stopped, &told);
        let began = Instant::now();
        let error = calls::list(&paced, WABA).await.expect_err("it was stopped");
        assert!(matches!(error, CallError::Transport(TransportError::Cancelled)), "{error}");
        assert!(began.elapsed() < Duration::from_secs(20));
    });
}

#[test]
fn headers_that_make_no_sense_are_ignored() {
    for header in [
        "x-business-use-case-usage: {",
        "x-business-use-case-usage: 99",
        "x-app-usage: {\"call_count\": \"99\"}",
        "x-app-usage: \u{fe}",
    ] {
        let listed = page(&["1"], &next("a")).replacen("\r\n\r\n", &format!("\r\n{header}\r\n\r\n"), 1);
        let (result, pauses, _) = listing(vec![listed, page(&["2"], &serde_json::Value::Null)], quick());
        assert_eq!((result.expect("a listing"), pauses.len()), (2, 0), "{header}");
    }
}
