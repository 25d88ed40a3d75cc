//! Country calling codes, as far as telling them from the rest of a number takes (ITU-T E.164).

/// The codes of two digits. Those that begin with 1 or 7 have one, all others three.
const TWO: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
    "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// A number as one writes it abroad: a plus, the country code, and the rest without blanks and without the zeros that
/// stand before it inside the country. Meta stores numbers like this (templates/components).
pub fn international(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let length = match digits.get(..1) {
        Some("1" | "7") => 1,
        _ if digits.get(..2).is_some_and(|code| TWO.contains(&code)) => 2,
        _ => 3,
    };
    match digits.split_at_checked(length) {
        Some((code, rest)) => format!("+{code}{}", rest.trim_start_matches('0')),
        None => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::international;

    #[test]
    fn blanks_and_the_zeros_of_the_country_go() {
        assert_eq!(international("15550051310"), "+15550051310");
        assert_eq!(international("+44 (0)1632 960000"), "+441632960000");
        assert_eq!(international("+353-01-5550100"), "+35315550100");
        assert_eq!(international("98"), "+98");
        assert_eq!(international(""), "+");
    }
}
