//! What to do about an error of the Graph API.

use crate::graph::{ApiError, ErrorClass};

/// What to do, in our words; nothing where we know nothing better than Meta's.
pub(super) fn for_error(error: &ApiError) -> Option<&'static str> {
    let known = error.subcode.and_then(by_subcode);
    known.or_else(|| by_code(error)).or_else(|| fallback(error))
}

fn by_subcode(subcode: i64) -> Option<&'static str> {
    Some(match subcode {
        2_388_019 => "delete templates that nobody uses, or have the business verified: the account is full",
        2_388_023 => {
            "the same name and language was deleted a short while ago: wait up to 30 days, or choose another name"
        }
        2_388_024 => {
            "it exists already, with other content: look with `watpl diff`, take it over with `--adopt`"
        }
        2_388_039 => "it is in review, or was edited in the last 24 hours: push again later",
        2_388_040 => "make the text shorter",
        2_388_043 => "give every variable a sample",
        2_388_046 => "use lower-case letters, digits and underscores",
        2_388_047 => "leave formatting marks, emoji and line breaks out of the header",
        2_388_060 => "leave variables, emoji, formatting marks and line breaks out of the labels of buttons",
        2_388_072 => "look at line breaks, blanks and placeholders of the body",
        2_388_073 => "leave variables, emoji and line breaks out of the footer",
        2_388_084 => "use JPEG, PNG, MP4 or PDF for the sample",
        2_388_109 => "Meta takes no template from this account now: look into Business Support",
        2_388_155 => "the name is one of Meta's samples: choose another",
        2_388_185 => {
            "the business may not create authentication templates yet: raise its messaging limit first"
        }
        2_388_273 | 2_494_102 => "push again: the sample is uploaded anew",
        2_388_293 => "write more words, or use fewer variables",
        2_388_299 => "write words before the first and after the last placeholder",
        33 => "the id is wrong, or the token's user has no access to it",
        _ => return None,
    })
}

fn by_code(error: &ApiError) -> Option<&'static str> {
    Some(match error.code {
        190 => "the token is not valid any more: make a new one, best of a system user",
        10 | 200..=299 => {
            "the token lacks whatsapp_business_management, or its user has no access to this account"
        }
        192 => "write the phone number with its country code",
        368 | 131_031 | 139_000 => "Meta has restricted the account: look into Business Support",
        _ => return None,
    })
}

fn fallback(error: &ApiError) -> Option<&'static str> {
    match error.class() {
        ErrorClass::Wait => Some("the hour's calls are used up: push again later"),
        ErrorClass::Retry => Some("push again in a moment"),
        _ => None,
    }
}
