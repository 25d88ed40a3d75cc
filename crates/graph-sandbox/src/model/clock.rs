//! The sandbox's clock, which `POST /_sandbox/clock` moves forward, and its date format.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3_600;
/// Seconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;
/// Seconds that the clock can be moved forward at most, so that sums of times don't overflow.
pub(crate) const MAX_OFFSET: i64 = 1 << 52;

/// Seconds since 1970, by the system's clock plus an offset.
#[expect(clippy::disallowed_methods, reason = "a server has a clock; this is the sandbox's only look at it")]
pub(crate) fn now(offset: i64) -> i64 {
    let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    i64::try_from(real).unwrap_or(i64::MAX).saturating_add(offset)
}

/// Formats a time as `last_updated_time` does, e.g. `2026-11-22T21:43:24+0000`. Times outside jiff's range are clamped
/// to it.
pub(crate) fn iso(seconds: i64) -> String {
    let limit = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(limit).strftime("%Y-%m-%dT%H:%M:%S%z").to_string()
}

/// Reads `YYYY-MM-DD`, alone or with `Thh:mm:ss` and an offset of zero, from 1970 on.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let time = time.trim_end_matches('Z').trim_end_matches("+0000").trim_end_matches("+00:00");
    let date = Date::strptime("%Y-%m-%d", date).ok()?;
    let time = Time::strptime("%H:%M:%S", time).ok()?;
    let seconds = date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
    (seconds >= 0).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_dates_around_leap_days() {
        assert_eq!(iso(0), "1970-01-01T00:00:00+0000");
        assert_eq!(iso(951_782_400), "2000-02-29T00:00:00+0000");
        assert_eq!(iso(1_751_247_548), "2025-06-30T01:39:08+0000");
        for moment in [0, 951_782_400, 951_868_799, 1_751_247_548] {
            assert_eq!(parse(&iso(moment)), Some(moment));
        }
        assert_eq!((parse("2000-02-29"), parse("yesterday"), parse("")), (Some(951_782_400), None, None));
        assert_eq!(
            (parse("1969-12-31"), parse("2026-13-01"), parse("2026-01-01T24:00:00")),
            (None, None, None)
        );
        assert_eq!(parse("2000-02-29T00:00:00Z"), Some(951_782_400));
    }

    #[test]
    fn times_far_away_are_clamped() {
        assert!(iso(MAX_OFFSET).starts_with("9999-12-30T"));
        assert!(iso(-MAX_OFFSET).starts_with("-9999-01-0"));
    }
}
