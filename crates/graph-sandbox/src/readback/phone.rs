//! Phone numbers as Meta stores them.

// Country codes of two digits (ITU E.164); those that begin with 1 or 7 have one digit, all others three.
const TWO_DIGITS: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 \
                          60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";

/// With a plus, and without the zeros of the national form after the country code (Meta: components).
pub(super) fn stored(number: &str) -> String {
    let digits = number.trim_start_matches('+');
    let code = code_length(digits).min(digits.len());
    let (code, rest) = digits.split_at_checked(code).unwrap_or((digits, ""));
    format!("+{code}{}", rest.trim_start_matches('0'))
}

fn code_length(digits: &str) -> usize {
    let two = digits.get(..2).unwrap_or_default();
    match digits.as_bytes().first() {
        Some(b'1' | b'7') => 1,
        _ if TWO_DIGITS.split_whitespace().any(|code| code == two) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_the_plus_and_strips_the_trunk_zero() {
        assert_eq!(stored("15550051310"), "+15550051310");
        assert_eq!(stored("+4401632960000"), "+441632960000");
        assert_eq!(stored("9800211234567"), "+98211234567");
    }
}
