//! Headers: text or media.

use serde_json::Value;

use crate::graph_error::{self, GraphError};
use crate::model::submission::JsonObject;
use crate::validate::characters;
use crate::validate::context::Context;
use crate::validate::object::{at_most, missing, required, upper};
use crate::validate::placeholders::Placeholders;
use crate::validate::samples::{self, SampleKeys};

/// The format that shows one product of a catalog.
pub(super) const PRODUCT: &str = "PRODUCT";

// Characters of a header's text (Meta: components).
const LIMIT: usize = 60;
const KEYS: SampleKeys = SampleKeys { positional: "header_text", named: "header_text_named_params" };
const OWNER: &str = "HEADER";

// What a file must be to serve as the sample of a format (Meta: upload guide, media).
const MEDIA: [(&str, &[&str]); 4] = [
    ("IMAGE", &["image/jpeg", "image/jpg", "image/png"]),
    ("VIDEO", &["video/mp4", "video/3gpp"]),
    ("DOCUMENT", &["application/pdf"]),
    ("GIF", &["video/mp4"]),
];

/// The header of a template that is not for authentication.
pub(super) fn check(header: &JsonObject, context: &Context<'_>) -> Result<(), GraphError> {
    let format = upper(header, "format").ok_or_else(|| missing(OWNER, "format"))?;
    let marketing = context.submission.category == "MARKETING";
    match format.as_str() {
        "TEXT" => check_text(header, context.submission.named),
        "GIF" | PRODUCT if !marketing => {
            Err(GraphError::parameter(format!("A header of format {format} needs the category MARKETING")))
        }
        "LOCATION" | PRODUCT => check_bare(header, &format),
        _ => check_media(header, &format, context),
    }
}

fn check_text(header: &JsonObject, named: bool) -> Result<(), GraphError> {
    let text = required(header, "text", OWNER)?;
    at_most(text, LIMIT, "header")?;
    let found =
        Placeholders::find(text, graph_error::HEADER_FORMAT)?.checked(named, graph_error::HEADER_FORMAT)?;
    let reject = |detail: &str| Err(GraphError::template(graph_error::HEADER_FORMAT, detail));
    if found.places() > 1 {
        return reject("The header can have at most one parameter");
    }
    let plain = found.around.concat();
    let has_disallowed = characters::has_newline(&plain) || characters::has_control(&plain);
    if has_disallowed || characters::emoji(&plain) > 0 || characters::has_formatting_marker(&plain) {
        return reject("The header can't have any newlines, formatting characters, emojis or asterisks");
    }
    samples::check(header, &KEYS, OWNER, &found, named)
}

fn check_bare(header: &JsonObject, format: &str) -> Result<(), GraphError> {
    match header.contains_key("text") || header.contains_key("example") {
        true => {
            Err(GraphError::parameter(format!("A header of format {format} takes neither text nor example")))
        }
        false => Ok(()),
    }
}

/// A header that shows a file.
pub(super) fn check_media(
    header: &JsonObject,
    format: &str,
    context: &Context<'_>,
) -> Result<(), GraphError> {
    let kind = MEDIA.iter().find(|(known, _)| *known == format);
    let unknown =
        || GraphError::template(graph_error::HEADER_FORMAT, format!("{format} is no format of a header"));
    let (_, types) = kind.ok_or_else(unknown)?;
    if header.contains_key("text") {
        return Err(GraphError::parameter(format!("A header of format {format} takes no text")));
    }
    let handles =
        header.get("example").and_then(|example| example.get("header_handle")).and_then(Value::as_array);
    match handles.map(Vec::as_slice) {
        Some([Value::String(handle)]) if !handle.is_empty() => check_handle(handle, types, context),
        _ => Err(missing(OWNER, "example.header_handle")),
    }
}

fn check_handle(handle: &str, types: &[&str], context: &Context<'_>) -> Result<(), GraphError> {
    if handle.starts_with("http://") || handle.starts_with("https://") {
        return Err(GraphError::template(
            graph_error::HANDLE_IS_URL,
            "A media header needs the handle of an uploaded file, not a URL",
        ));
    }
    let known = context.handles.iter().find(|known| known.handle == handle && known.expires > context.now);
    let known = known.ok_or_else(|| {
        GraphError::media_handle("The media handle is invalid or has expired; upload the file again")
    })?;
    match types.contains(&known.mime.as_str()) {
        true => Ok(()),
        false => Err(GraphError::template(
            graph_error::FILE_TYPE,
            format!("A file of type {} cannot be shown in this header", known.mime),
        )),
    }
}
