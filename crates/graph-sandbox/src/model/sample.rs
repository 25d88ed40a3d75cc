//! The sample template of a fresh account.

use serde_json::json;

use crate::model::template::Template;

/// Its name cannot be used by anybody else.
pub(crate) const NAME: &str = "hello_world";

/// `hello_world`: approved, without variables, listed although nobody wrote it (observed in real lists).
pub(crate) fn hello_world(now: i64) -> Template {
    Template {
        components: vec![
            json!({"type": "HEADER", "format": "TEXT", "text": "Hello World"}),
            json!({"type": "BODY", "text": "Welcome! This shows that your account can send templates."}),
            json!({"type": "FOOTER", "text": "Sample of the sandbox"}),
        ],
        status: "APPROVED".to_owned(),
        sample: true,
        ..Template::blank(NAME, "en_US", now)
    }
}
