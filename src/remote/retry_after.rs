//! `Retry-After` in all the forms in which it comes.

use std::time::{Duration, SystemTime};

/// The wait: seconds or a date (RFC 9110, 10.2.3). A negative or past value is no wait; an unreadable one
/// is ignored.
pub(super) fn read(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(date) = httpdate::parse_http_date(text) {
        return Some(date.duration_since(now).unwrap_or_default());
    }
    let seconds = text.parse::<f64>().ok().filter(|seconds| !seconds.is_nan())?;
    // More than a year means "do not come back".
    Some(Duration::from_secs_f64(seconds.clamp(0.0, 31_536_000.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_forms_are_read_or_ignored() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |text: &str| super::read(text, now).map(|wait| wait.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read(" 0.5 "), Some(0));
        assert_eq!(read("-1"), Some(0));
        assert_eq!(read("1e9"), Some(31_536_000));
        assert_eq!(read("inf"), Some(31_536_000));
        assert_eq!(read("99999999999999999999"), Some(31_536_000));
        assert_eq!(read("Sun, 06 Nov 1994 08:51:37 GMT"), Some(120));
        assert_eq!(read("Sunday, 06-Nov-94 08:51:37 GMT"), Some(120));
        assert_eq!(read("Sun Nov  6 08:51:37 1994"), Some(120));
        assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        for garbage in ["", "soon", "NaN", "12 minutes", "2026-01-01T00:00:00Z"] {
            assert_eq!(read(garbage), None, "{garbage}");
        }
    }
}
