//! The time to live of a message: how long its delivery is tried.

use crate::duration;

/// Seconds, or Meta's special value for 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ttl(i64);

impl Ttl {
    /// Reads `10m`, `12h`, `30d`, `45s`, seconds, or `-1`.
    pub fn new(text: &str) -> Option<Self> {
        if text == "-1" {
            return Some(Self(-1));
        }
        duration::seconds(text).and_then(|seconds| i64::try_from(seconds).ok()).map(Self)
    }

    /// The seconds; `-1` is Meta's value for 30 days.
    pub fn seconds(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Ttl;

    #[test]
    fn durations_are_read_and_nonsense_is_not() {
        let seconds = |text| Ttl::new(text).map(Ttl::seconds);
        assert_eq!(seconds("10m"), Some(600));
        assert_eq!(seconds("12h"), Some(43_200));
        assert_eq!(seconds("30d"), Some(2_592_000));
        assert_eq!(seconds("45"), Some(45));
        assert_eq!(seconds("-1"), Some(-1));
        for nonsense in
            ["", "h", "-2", "1.5h", "12 h", "12hh", "99999999999999999999", "9223372036854775807d"]
        {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
