//! Durations as people write them: `45s`, `10m`, `12h`, `30d`.

use std::time::Duration;

/// Help for a duration that cannot be read.
const EXPECTED: &str = "use a number and `s`, `m` or `h`, such as `30m`";

/// A number, and the seconds of its unit if it has one.
struct Amount {
    number: u64,
    unit: Option<u64>,
}

impl Amount {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(['s', 'm', 'h', 'd']);
        let unit = match text.get(digits.len()..)? {
            "" => None,
            "s" => Some(1),
            "m" => Some(60),
            "h" => Some(3_600),
            "d" => Some(DAY),
            _ => return None,
        };
        let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| all_digits)?;
        Some(Self { number, unit })
    }
}

/// Seconds in a day.
const DAY: u64 = 86_400;

/// Reads a duration in seconds; a number without a unit is one of seconds.
pub fn seconds(text: &str) -> Option<u64> {
    let amount = Amount::parse(text)?;
    amount.number.checked_mul(amount.unit.unwrap_or(1))
}

/// Reads a duration of a command line, which has a unit up to hours unless it is `0`, and is at most `days` long.
///
/// # Errors
/// Returns an error if it cannot be read, with what to write instead.
pub fn up_to_days(text: &str, days: u64) -> Result<Duration, String> {
    let unit = |amount: &Amount| match amount.unit {
        None => (amount.number == 0).then_some(0),
        Some(DAY) => None,
        unit => unit,
    };
    let amount = Amount::parse(text).and_then(|amount| Some((amount.number, unit(&amount)?)));
    let (number, unit) = amount.ok_or(EXPECTED)?;
    Ok(Duration::from_secs(number.saturating_mul(unit).min(days * DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        assert_eq!(seconds("45"), Some(45));
        assert_eq!(seconds("10m"), Some(600));
        assert_eq!(seconds("30d"), Some(2_592_000));
        for nonsense in
            ["", "h", "-2", "+2", "1.5h", "12 h", "12hh", "99999999999999999999", "18446744073709551615d"]
        {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_duration_of_a_command_line_has_a_unit_and_a_limit() {
        let read = |text| up_to_days(text, 7).map(|duration| duration.as_secs());
        assert_eq!(read("0"), Ok(0));
        assert_eq!(read("90s"), Ok(90));
        assert_eq!(read("1h"), Ok(3_600));
        assert_eq!(read("9999999999999999h"), Ok(7 * DAY));
        for nonsense in ["", "1", "1d", "h", "00x", "-1s"] {
            assert_eq!(read(nonsense), Err(EXPECTED.to_owned()), "{nonsense}");
        }
    }
}
