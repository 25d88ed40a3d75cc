//! Object kind of an id, found by asking for a field that only one kind has.

use serde_json::Value;

use super::{ApiError, Request, Response, check_id, read, text};

/// A kind of thing that people confuse with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A WhatsApp Business Account.
    Account,
    /// A phone number.
    PhoneNumber,
    /// An app.
    App,
    /// A business portfolio.
    Business,
    /// A version of a template.
    Template,
}

impl NodeKind {
    /// Every kind, the likeliest confusions first.
    pub const ALL: [Self; 5] = [Self::Account, Self::PhoneNumber, Self::App, Self::Business, Self::Template];

    /// A field that no other kind has.
    fn field(self) -> &'static str {
        match self {
            Self::Account => "message_template_namespace",
            Self::PhoneNumber => "display_phone_number",
            Self::App => "link",
            Self::Business => "verification_status",
            Self::Template => "parameter_format",
        }
    }

    /// Its name in messages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Account => "a WhatsApp Business Account",
            Self::PhoneNumber => "a phone number",
            Self::App => "an app",
            Self::Business => "a business portfolio",
            Self::Template => "a template",
        }
    }
}

/// Asks whether an id is of a kind.
pub fn request(id: &str, kind: NodeKind) -> Request {
    let name = if kind == NodeKind::PhoneNumber { "verified_name" } else { "name" };
    Request::get(id, vec![("fields", format!("id,{name},{}", kind.field()))])
}

/// Reads the answer: what the thing is called.
///
/// # Errors
/// Returns an error if it is another kind of thing, or cannot be seen.
pub fn response(response: &Response) -> Result<Option<String>, ApiError> {
    let value = read(response)?;
    Ok(text(&value, "name")
        .or_else(|| text(&value, "display_phone_number"))
        .or_else(|| text(&value, "verified_name")))
}

/// Asks for the ids on an edge of an account: `phone_numbers`, `subscribed_apps`.
pub fn edge(account: &str, edge: &str) -> Request {
    Request::get(format!("{account}/{edge}"), Vec::new())
}

/// Reads the ids on an edge.
///
/// # Errors
/// Returns an error if the answer is an error or no list, or an id is not a number.
pub fn ids(response: &Response) -> Result<Vec<String>, ApiError> {
    let value = read(response)?;
    let items =
        value.get("data").and_then(Value::as_array).ok_or_else(|| ApiError::incomplete(response, "data"))?;
    let id = |item: &Value| {
        let app = item.get("whatsapp_business_api_data");
        app.and_then(|app| text(app, "id")).or_else(|| text(item, "id"))
    };
    let ids: Vec<_> = items.iter().filter_map(id).collect();
    ids.iter().try_for_each(|id| check_id(response, id))?;
    Ok(ids)
}

/// Asks for one template, to see whether templates may be read.
pub fn templates(account: &str) -> Request {
    Request::get(
        format!("{account}/message_templates"),
        vec![("fields", "id".to_owned()), ("limit", "1".to_owned())],
    )
}
