//! Footers: short and plain.

use crate::graph_error::{self, Refusal};
use crate::model::submission::Object;
use crate::validate::object::{at_most, required};
use crate::validate::{characters, placeholders};

// Characters of a footer (Meta: components).
const LIMIT: usize = 60;

/// The footer of a template that is not for authentication.
pub(super) fn check(footer: &Object) -> Result<(), Refusal> {
    if footer.contains_key("code_expiration_minutes") {
        return Err(Refusal::parameter("code_expiration_minutes needs the category AUTHENTICATION"));
    }
    let text = required(footer, "text", "FOOTER")?;
    at_most(text, LIMIT, "footer")?;
    let refuse = |detail: &str| Err(Refusal::template(graph_error::FOOTER_FORMAT, detail));
    if placeholders::any(text) {
        return refuse("The footer can't have any variables");
    }
    // Published refusals name both, resellers' pages do, Meta's do not.
    let odd = characters::has_newline(text) || characters::has_control(text);
    if odd || characters::emoji(text) > 0 {
        return refuse("The footer can't have any newlines or emojis");
    }
    Ok(())
}
