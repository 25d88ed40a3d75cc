//! Listing an account's versions.

use super::{ApiError, Request, Response, check_id, read, read_deployed};
use crate::payload::Deployed;
use serde_json::Value;

/// Fields that are asked for.
pub(super) const FIELDS: &str = "id,name,language,status,category,previous_category,correct_category,sub_category,\
    components,parameter_format,quality_score,rejected_reason,message_send_ttl_seconds,library_template_name,source,\
    display_format,cta_url_link_tracking_opted_out,is_primary_device_delivery_only,last_updated_time";
/// Number of versions per page; larger pages have been used without harm. The limit is not documented.
const PAGE: usize = 200;

/// One page of versions.
#[derive(Debug)]
pub struct Page {
    /// The versions.
    pub versions: Vec<Deployed>,
    /// The cursor of the next page. Meta's address for it is never followed: it may contain the token.
    pub after: Option<String>,
    /// The number of versions the account may have, if the answer contains it.
    pub limit: Option<usize>,
}

/// The page behind `after`, of all versions or of those whose name contains `name`.
pub fn request(waba: &str, name: Option<&str>, after: Option<&str>) -> Request {
    let mut query = vec![("fields", FIELDS.to_owned()), ("limit", PAGE.to_string())];
    query.extend(name.map(|name| ("name", name.to_owned())));
    if name.is_none() && after.is_none() {
        query.push(("summary", "message_template_limit".to_owned()));
    }
    query.extend(after.map(|after| ("after", after.to_owned())));
    Request::get(format!("{waba}/message_templates"), query)
}

/// Returns whether a page came, whatever its rows hold.
///
/// # Errors
/// Returns an error if the answer is an error or no list.
pub fn readable(response: &Response) -> Result<(), ApiError> {
    rows(response, &read(response)?).map(|_| ())
}

fn rows<'a>(response: &Response, page: &'a Value) -> Result<&'a Vec<Value>, ApiError> {
    page.get("data").and_then(Value::as_array).ok_or_else(|| ApiError::incomplete(response, "data"))
}

/// Reads a page.
///
/// # Errors
/// Returns an error if the answer is one or no list, the next page has no cursor, an id is not a number, or a
/// row does not identify its version: an omitted one would seem absent, and be created again or forgotten.
pub fn response(response: &Response) -> Result<Page, ApiError> {
    let value = read(response)?;
    let versions: Option<Vec<_>> = rows(response, &value)?.iter().map(read_deployed).collect();
    let versions = versions.ok_or_else(|| ApiError::incomplete(response, "id, name, language"))?;
    versions.iter().try_for_each(|version| check_id(response, &version.id))?;
    let has_next = value.pointer("/paging/next").is_some_and(|next| !next.is_null());
    let after = value.pointer("/paging/cursors/after").and_then(Value::as_str);
    if has_next && after.is_none() {
        return Err(ApiError::incomplete(response, "paging.cursors.after"));
    }
    let limit = value.pointer("/summary/message_template_limit").and_then(Value::as_u64);
    Ok(Page {
        limit: limit.filter(|limit| *limit > 0).and_then(|limit| usize::try_from(limit).ok()),
        versions,
        after: after.filter(|_| has_next).map(str::to_owned),
    })
}
