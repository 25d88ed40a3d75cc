//! What is wrong with a phone number.
//!
//! A number is held to its country's code and lengths, and not to how its digits go on: numbers for examples, such as
//! those of the area code 555, are nobody's and are in Meta's own documentation.

use crate::platform::numbering_plan::plan;

/// What is wrong with a number, and what to do.
pub(super) type Problem = (String, String);

/// What is wrong with a number (its digits, with the country code), if anything is.
pub(super) fn problem(digits: &str) -> Option<Problem> {
    let help = "write the country code, and the number as it is dialled from abroad".to_owned();
    let Some((plan, national)) = plan(digits) else {
        return Some((format!("no country has a code that `{digits}` begins with"), help));
    };
    let code = plan.code;
    let behind_zero = national.strip_prefix('0').filter(|_| plan.has_trunk_zero);
    if let Some(rest) = behind_zero.filter(|rest| plan.fits(rest.len())) {
        let message = format!("a zero stands behind the country code {code}, and Meta takes it out");
        return Some((message, format!("write `+{code}{rest}`")));
    }
    if plan.fits(national.len()) {
        return None;
    }
    let count = national.len();
    let noun = if count == 1 { "digit" } else { "digits" };
    Some((format!("no number of the country code {code} has {count} {noun} behind it"), help))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn numbers_are_held_to_the_plan_of_their_country() {
        for fine in [
            "15550051310",
            "4930901820",
            "390612345678",
            "989121234567",
            "971501234567",
            "2250701234567",
            "442079460000",
        ] {
            assert_eq!(problem(fine), None, "{fine}");
        }
        let message = |digits: &str| problem(digits).map(|(message, _)| message).unwrap_or_default();
        assert_eq!(message("9715012"), "no number of the country code 971 has 4 digits behind it");
        assert_eq!(
            message("4402079460000"),
            "a zero stands behind the country code 44, and Meta takes it out"
        );
        assert_eq!(message("2101234567"), "no country has a code that `2101234567` begins with");
        assert_eq!(message("0015550051310"), "no country has a code that `0015550051310` begins with");
        assert_eq!(message("155500513100"), "no number of the country code 1 has 11 digits behind it");
    }
}
