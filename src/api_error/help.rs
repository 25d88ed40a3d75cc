//! Help for errors of the Graph API.

use crate::graph::{ApiError, ErrorClass};

/// The help in our words; `None` if Meta's message is the best we have.
pub(super) fn for_error(error: &ApiError) -> Option<&'static str> {
    let known = error.subcode.and_then(by_subcode);
    known.or_else(|| by_code(error)).or_else(|| fallback(error))
}

fn by_subcode(subcode: i64) -> Option<&'static str> {
    Some(match subcode {
        2_388_019 => {
            "the account has reached its template limit; delete unused templates, or verify the business"
        }
        2_388_023 => {
            "this name and language was deleted recently; wait up to 30 days, or choose another name"
        }
        2_388_024 => {
            "it already exists with different content; compare with `watpl diff`, and edit it with `--adopt`"
        }
        2_388_039 => "it is in review, or was edited in the last 24 hours; push again later",
        2_388_040 => "shorten the text",
        2_388_043 => "add a sample to every variable",
        2_388_046 => "use lower-case letters, digits and underscores",
        2_388_047 => "remove formatting markers, emoji and line breaks from the header",
        2_388_060 => "remove variables, emoji, formatting markers and line breaks from the button labels",
        2_388_072 => "check line breaks, spaces and placeholders in the body",
        2_388_073 => "remove variables, emoji and line breaks from the footer",
        2_388_084 => "use JPEG, PNG, MP4 or PDF for the sample",
        2_388_109 => "Meta currently accepts no templates from this account; see Business Support",
        2_388_155 => "the name is reserved for a sample template of Meta; choose another name",
        2_388_185 => {
            "the business cannot create authentication templates yet; raise its messaging limit first"
        }
        2_388_273 | 2_494_102 => "push again to upload the sample again",
        2_388_293 => "add more text, or use fewer variables",
        2_388_299 => "add text before the first and after the last placeholder",
        33 => "the id is wrong, or the token's user has no access to it",
        _ => return None,
    })
}

fn by_code(error: &ApiError) -> Option<&'static str> {
    Some(match error.code {
        190 => "the token is no longer valid; create a new one, preferably for a system user",
        10 | 200..=299 => {
            "the token lacks whatsapp_business_management, or its user has no access to this account"
        }
        192 => "add the country code to the phone number",
        368 | 131_031 | 139_000 => "Meta has restricted the account; see Business Support",
        _ => return None,
    })
}

fn fallback(error: &ApiError) -> Option<&'static str> {
    match error.class() {
        ErrorClass::Wait => Some("the hourly call limit is used up; push again later"),
        ErrorClass::Retry => Some("push again in a moment"),
        _ => None,
    }
}
