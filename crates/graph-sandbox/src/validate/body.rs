//! Bodies: length, placeholders and their places, density, breaks.

use crate::graph_error::{self, Refusal};
use crate::model::submission::{Object, Submission};
use crate::validate::object::{at_most, component, required};
use crate::validate::placeholders::Placeholders;
use crate::validate::samples::{self, Keys};
use crate::validate::{buttons, characters};

// Characters of a body (Meta: components; limited-time offers; single-product templates).
const LIMIT: usize = 1024;
const LIMIT_WITH_OFFER: usize = 600;
const LIMIT_WITH_PRODUCT: usize = 160;
// What Meta's refusal of a body names.
const MOST_EMOJI: usize = 10;
const TOO_MANY_BREAKS: &str = "\n\n\n";

const KEYS: Keys = Keys { positional: "body_text", named: "body_text_named_params" };
const OWNER: &str = "BODY";

/// How long the body of this template may be.
pub(super) fn limit(submission: &Submission) -> usize {
    if component(submission, "LIMITED_TIME_OFFER").is_some() {
        LIMIT_WITH_OFFER
    } else if buttons::has(submission, "SPM") {
        LIMIT_WITH_PRODUCT
    } else {
        LIMIT
    }
}

/// A body of at most so many characters.
pub(super) fn check(body: &Object, submission: &Submission, limit: usize) -> Result<(), Refusal> {
    if body.contains_key("add_security_recommendation") {
        return Err(Refusal::parameter("add_security_recommendation needs the category AUTHENTICATION"));
    }
    let text = required(body, "text", OWNER)?;
    at_most(text, limit, "body")?;
    if characters::has_control(text) {
        return Err(Refusal::template(
            graph_error::BODY_FORMAT,
            "The body can't have any control characters",
        ));
    }
    let named = submission.named;
    let found =
        Placeholders::find(text, graph_error::BODY_FORMAT)?.checked(named, graph_error::BODY_FORMAT)?;
    check_edges(&found)?;
    check_breaks(text)?;
    check_density(&found)?;
    samples::check(body, &KEYS, OWNER, &found, named)
}

// A parameter with only punctuation before or after it passes: Meta's own samples end so.
fn check_edges(found: &Placeholders<'_>) -> Result<(), Refusal> {
    let bare = |piece: Option<&&str>| found.places() > 0 && piece.is_none_or(|piece| piece.trim().is_empty());
    match bare(found.around.first()) || bare(found.around.last()) {
        true => Err(Refusal::template(
            graph_error::VARIABLE_AT_EDGE,
            "Variables can't be at the start or end of the template.",
        )),
        false => Ok(()),
    }
}

// Observed without a subcode of its own.
fn check_breaks(text: &str) -> Result<(), Refusal> {
    let breaks = text.replace("\r\n", "\n").contains(TOO_MANY_BREAKS);
    match breaks || characters::emoji(text) > MOST_EMOJI {
        true => Err(Refusal::parameter(
            "The message body can't have more than two consecutive newline characters or more than 10 emojis",
        )),
        false => Ok(()),
    }
}

// Meta keeps its formula to itself; fewer other words than parameters is refused by every reading of it.
fn check_density(found: &Placeholders<'_>) -> Result<(), Refusal> {
    let words = found.around.iter().flat_map(|piece| piece.split_whitespace());
    let words = words.filter(|word| word.chars().any(char::is_alphanumeric)).count();
    // Observed without a subcode of its own.
    if words == 0 && found.places() > 0 {
        return Err(Refusal::parameter("The message body can't have parameters only"));
    }
    let spaced = !found.around.iter().any(|piece| piece.chars().any(is_unspaced));
    match spaced && words < found.names.len() {
        true => Err(Refusal::template(
            graph_error::TOO_MANY_VARIABLES,
            "This template has too many variables for its length.",
        )),
        false => Ok(()),
    }
}

// Thai, Lao, Myanmar, Khmer, Chinese and Japanese put no spaces between words.
fn is_unspaced(letter: char) -> bool {
    let scripts = [
        '\u{0E00}'..='\u{0EFF}',
        '\u{1000}'..='\u{109F}',
        '\u{1780}'..='\u{17FF}',
        '\u{3040}'..='\u{30FF}',
        '\u{3400}'..='\u{9FFF}',
    ];
    scripts.iter().any(|script| script.contains(&letter))
}
