//! Phone numbers, by the plans of their countries (ITU-T E.164, and what the countries make of it).

mod plans;

use plans::PLANS;

/// Most digits of a country code (ITU-T E.164).
const CODE: usize = 3;

/// Number format of a country code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberingPlan {
    /// The country code.
    pub code: u16,
    /// `true` if numbers have a trunk prefix zero inside the country, which is left out from abroad.
    pub has_trunk_zero: bool,
    /// The possible numbers of digits after the code, one bit for each count; 0 if unknown.
    lengths: u32,
}

impl NumberingPlan {
    /// Returns whether a number may have so many digits after the code; always `true` if unknown.
    pub fn fits(&self, digits: usize) -> bool {
        self.lengths == 0
            || u32::try_from(digits).is_ok_and(|count| self.lengths.checked_shr(count).unwrap_or(0) & 1 == 1)
    }
}

/// The plan of a number (its digits, with the country code), and the digits after the code. No code begins
/// another.
pub fn plan(digits: &str) -> Option<(NumberingPlan, &str)> {
    (1..=CODE).find_map(|length| {
        let (code, rest) = digits.split_at_checked(length)?;
        // `01` is no other way to write 1.
        let code = code.parse::<u16>().ok().filter(|_| !code.starts_with('0'))?;
        let at = PLANS.binary_search_by_key(&code, |(code, ..)| *code).ok()?;
        let (code, has_trunk_zero, lengths) = PLANS.get(at).copied()?;
        Some((NumberingPlan { code, has_trunk_zero, lengths }, rest))
    })
}

/// A number in international format: a plus, the country code, and the rest without spaces and trunk
/// prefix of the country. Meta stores numbers like this (templates/components).
pub fn international(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match plan(&digits) {
        Some((plan, rest)) => format!("+{}{}", plan.code, rest.trim_start_matches('0')),
        None => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{PLANS, international, plan};

    #[test]
    fn blanks_and_the_zeros_of_the_country_go() {
        assert_eq!(international("15550051310"), "+15550051310");
        assert_eq!(international("+44 (0)1632 960000"), "+441632960000");
        assert_eq!(international("+353-01-5550100"), "+35315550100");
        assert_eq!(international("98"), "+98");
        assert_eq!(international("0155"), "+0155");
        assert_eq!(international(""), "+");
    }

    #[test]
    fn no_code_is_the_beginning_of_another() {
        assert!(PLANS.is_sorted());
        for (code, ..) in PLANS {
            assert_eq!(plan(&code.to_string()).map(|(plan, rest)| (plan.code, rest)), Some((*code, "")));
        }
    }
}
