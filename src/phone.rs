//! Validation of phone numbers.
//!
//! Checks the country code and the length of a number, but not its other digits: example numbers, such as
//! those of the area code 555, are unassigned and appear in Meta's documentation.

use crate::platform::numbering_plan::plan;

/// Message and help.
pub(crate) type Problem = (String, String);

/// Returns the problem of a number (its digits with the country code), if there is one.
pub(crate) fn problem(digits: &str) -> Option<Problem> {
    let help = "use the country code and the number as dialed from abroad".to_owned();
    let Some((plan, national)) = plan(digits) else {
        return Some((format!("`{digits}` does not start with a known country code"), help));
    };
    let code = plan.code;
    let behind_zero = national.strip_prefix('0').filter(|_| plan.has_trunk_zero);
    if let Some(rest) = behind_zero.filter(|rest| plan.fits(rest.len())) {
        let message = format!("unexpected trunk `0` after country code {code}; Meta removes it");
        return Some((message, format!("use `+{code}{rest}`")));
    }
    if plan.fits(national.len()) {
        return None;
    }
    let count = national.len();
    let noun = if count == 1 { "digit" } else { "digits" };
    Some((format!("phone numbers in +{code} never have {count} {noun}"), help))
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
        assert_eq!(message("9715012"), "phone numbers in +971 never have 4 digits");
        assert_eq!(message("4402079460000"), "unexpected trunk `0` after country code 44; Meta removes it");
        assert_eq!(message("2101234567"), "`2101234567` does not start with a known country code");
        assert_eq!(message("0015550051310"), "`0015550051310` does not start with a known country code");
        assert_eq!(message("155500513100"), "phone numbers in +1 never have 11 digits");
    }
}
