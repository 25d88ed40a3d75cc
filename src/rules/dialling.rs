//! Phone numbers, by the plans of their countries.
//!
//! The plans are read when the first number is met: that takes a tenth of a second, which a project without phone
//! numbers does not pay. A number is held to its country's code and lengths, and not to its regular expressions: numbers
//! for examples, such as those of the area code 555, match none of these and are in Meta's own documentation.

use phonenumber::Metadata;
use phonenumber::metadata::DATABASE;

/// What is wrong with a number, and what to do.
pub(super) type Problem = (String, String);

/// Most digits of a country code (ITU-T E.164).
const CODE: usize = 3;

/// What is wrong with a number (its digits, with the country code), if anything is.
pub(super) fn problem(digits: &str) -> Option<Problem> {
    let help = "write the country code, and the number as it is dialled from abroad".to_owned();
    let Some((code, plans)) = plans(digits) else {
        return Some((format!("no country has a code that `{digits}` begins with"), help));
    };
    let national = digits.strip_prefix(code)?;
    let lengths = || plans.iter().flat_map(|plan| lengths(plan));
    let fits = |national: &str| lengths().any(|possible| usize::from(possible) == national.len());
    let is_trunk = plans.first().is_some_and(|plan| plan.national_prefix() == Some("0"));
    if let Some(rest) = national.strip_prefix('0').filter(|rest| is_trunk && fits(rest)) {
        let message = format!("a zero stands behind the country code {code}, and Meta takes it out");
        return Some((message, format!("write `+{code}{rest}`")));
    }
    if lengths().next().is_none() || fits(national) {
        return None;
    }
    let count = national.len();
    let noun = if count == 1 { "digit" } else { "digits" };
    Some((format!("no number of the country code {code} has {count} {noun} behind it"), help))
}

/// How many digits stand behind the country code: the plans say so of each kind of number, and not of all in one.
fn lengths(plan: &Metadata) -> impl Iterator<Item = u16> {
    let kinds = plan.descriptors();
    let reached_from_abroad = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
    ];
    reached_from_abroad.into_iter().flatten().flat_map(|kind| kind.possible_length()).copied()
}

/// The country code that a number begins with, and the plans of its countries. No code is the beginning of another.
fn plans(digits: &str) -> Option<(&str, Vec<&'static Metadata>)> {
    (1..=CODE).find_map(|length| {
        let code = digits.get(..length).filter(|code| !code.starts_with('0'))?;
        Some((code, DATABASE.by_code(&code.parse::<u16>().ok()?)?))
    })
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
