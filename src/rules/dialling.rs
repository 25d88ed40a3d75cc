//! Phone numbers, by the plans of their countries.
//!
//! The plans are read when the first number is met: that takes a tenth of a second, which a project without phone
//! numbers does not pay. A number that repeats, as that of a company does, is looked up once on each thread.

use std::cell::RefCell;
use std::collections::HashMap;

use phonenumber::ParseError;
use phonenumber::metadata::DATABASE;

/// Numbers that a thread remembers.
const MOST_KNOWN: usize = 1_000;

/// What is wrong with a number, and what to do.
pub(super) type Problem = (String, String);

thread_local! {
    static KNOWN: RefCell<HashMap<String, Option<Problem>>> = RefCell::default();
}

/// What is wrong with a number (its digits, with the country code), if anything is.
pub(super) fn problem(digits: &str) -> Option<Problem> {
    let known = KNOWN.with_borrow(|known| known.get(digits).cloned());
    known.unwrap_or_else(|| {
        let found = look(digits);
        KNOWN.with_borrow_mut(|known| {
            if known.len() < MOST_KNOWN {
                known.insert(digits.to_owned(), found.clone());
            }
        });
        found
    })
}

fn look(digits: &str) -> Option<Problem> {
    let help = "write the country code, and the number as it is dialled from abroad";
    let number = match phonenumber::parse(None, format!("+{digits}")) {
        Ok(number) => number,
        Err(ParseError::InvalidCountryCode) => {
            return Some((format!("no country has a code that `{digits}` begins with"), help.to_owned()));
        }
        Err(ParseError::TooLong) => {
            return Some((format!("`{digits}` is longer than any phone number"), help.to_owned()));
        }
        Err(_) => return Some((format!("`{digits}` is too short for a phone number"), help.to_owned())),
    };
    let code = number.country().code();
    let national = digits.strip_prefix(code.to_string().as_str())?;
    let plans = DATABASE.by_code(&code)?;
    let leading_zero = plans.first().is_some_and(|plan| plan.national_prefix() == Some("0"));
    if leading_zero && let Some(rest) = national.strip_prefix('0') {
        let message = format!("a zero stands behind the country code {code}, and Meta takes it out");
        return Some((message, format!("write `+{code}{rest}`")));
    }
    let lengths = || plans.iter().flat_map(|plan| plan.descriptors().general().possible_length());
    let length = u16::try_from(national.len()).ok()?;
    if lengths().next().is_none() || lengths().any(|possible| *possible == length) {
        return None;
    }
    let message = format!("no number of the country code {code} has {length} digits behind it");
    Some((message, help.to_owned()))
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
        assert_eq!(message("155500513100"), "no number of the country code 1 has 11 digits behind it");
    }
}
