//! Footers: short and plain.

use crate::graph_error::{self, GraphError};
use crate::model::submission::JsonObject;
use crate::validate::object::{at_most, required};
use crate::validate::{characters, placeholders};

// Characters of a footer (Meta: components).
const LIMIT: usize = 60;

/// The footer of a template that is not for authentication.
pub(super) fn check(footer: &JsonObject) -> Result<(), GraphError> {
    if footer.contains_key("code_expiration_minutes") {
        return Err(GraphError::parameter("code_expiration_minutes needs the category AUTHENTICATION"));
    }
    let text = required(footer, "text", "FOOTER")?;
    at_most(text, LIMIT, "footer")?;
    let reject = |detail: &str| Err(GraphError::template(graph_error::FOOTER_FORMAT, detail));
    if placeholders::any(text) {
        return reject("The footer can't have any variables");
    }
    // Published refusals name both, resellers' pages do, Meta's do not.
    let has_disallowed = characters::has_newline(text) || characters::has_control(text);
    if has_disallowed || characters::emoji(text) > 0 {
        return reject("The footer can't have any newlines or emojis");
    }
    Ok(())
}
