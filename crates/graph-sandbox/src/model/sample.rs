//! The sample template of a fresh account.

use serde_json::json;

use crate::model::template::Template;

/// Its name, which other templates cannot have.
pub(crate) const NAME: &str = "hello_world";

/// `hello_world`: approved, without variables, in every new account (observed).
pub(crate) fn hello_world(now: i64) -> Template {
    Template {
        components: vec![
            json!({"type": "HEADER", "format": "TEXT", "text": "Hello World"}),
            json!({"type": "BODY", "text": "Welcome! This shows that your account can send templates."}),
            json!({"type": "FOOTER", "text": "Sample of the sandbox"}),
        ],
        status: "APPROVED".to_owned(),
        sample: true,
        ..Template::new(NAME, "en_US", now)
    }
}
