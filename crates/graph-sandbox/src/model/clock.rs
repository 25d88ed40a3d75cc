//! The sandbox's time: the system's, moved forward by `POST /_sandbox/clock`, and its calendar form.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3_600;
/// Seconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;
/// How far the clock can be moved forward, in seconds: sums of times stay far away from the end of 64 bits.
pub(crate) const FURTHEST: i64 = 1 << 52;

/// Seconds since 1970, as far ahead of the system's clock as the sandbox has been told to be.
#[expect(clippy::disallowed_methods, reason = "a server has a clock; this is the sandbox's only look at it")]
pub(crate) fn now(offset: i64) -> i64 {
    let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    i64::try_from(real).unwrap_or(i64::MAX).saturating_add(offset)
}

/// The form of `last_updated_time`, e.g. `2026-11-22T21:43:24+0000`.
pub(crate) fn iso(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (rest / HOUR, rest % HOUR / 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+0000")
}

/// Reads `YYYY-MM-DD`, alone or with `Thh:mm:ss` and an offset of zero.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let numbers = |text: &str, mark: char| -> Option<[i64; 3]> {
        let parts: Option<Vec<i64>> = text.split(mark).map(|part| part.parse().ok()).collect();
        parts?.try_into().ok()
    };
    let time = time.trim_end_matches('Z').trim_end_matches("+0000").trim_end_matches("+00:00");
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-')?, numbers(time, ':')?);
    let dated = (1970..=9_999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let timed = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    (dated && timed).then(|| days(year, month, day) * DAY + hour * HOUR + minute * 60 + second)
}

// The way back from `civil`.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let march_month = (month + 9) % 12;
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Days since 1970 to a Gregorian date, counting years from March so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
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
    }
}
