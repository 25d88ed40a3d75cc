//! Lists whose cursors mislead the client.

use serde_json::{Map, Value, json};

use crate::identifiers;

/// The list that a call asks for.
pub(crate) struct Listing<'a> {
    /// The cursor of the call, unless it is empty.
    pub(crate) after: Option<&'a str>,
    /// Returns the URL of the page after a cursor.
    pub(crate) address: &'a dyn Fn(&str) -> String,
    /// Returns the first template of the whole list.
    pub(crate) first: &'a dyn Fn() -> Option<Value>,
}

/// The next page is this one again.
pub(super) fn same_cursor(answer: &mut Value, listing: &Listing<'_>) {
    let asked = listing.after;
    let cursor = asked.map_or_else(identifiers::first_cursor, ToOwned::to_owned);
    go_on(answer, listing, &cursor);
}

/// Two places of the list lead to each other: A, B, A, B, …
pub(super) fn cursor_loop(answer: &mut Value, listing: &Listing<'_>) {
    let first = identifiers::first_cursor();
    let next = if listing.after == Some(&first) { identifiers::other_cursor(&first) } else { first };
    go_on(answer, listing, &next);
}

/// Who follows the address carries the token to somebody else.
pub(super) fn next_elsewhere(answer: &mut Value, to: &str) {
    change_paging(answer, |paging| drop(paging.insert("next".to_owned(), Value::from(to))));
}

/// The first template of the list stands on every page.
pub(super) fn repeat_items(answer: &mut Value, listing: &Listing<'_>) {
    let Some(first) = (listing.first)() else { return };
    let Some(rows) = answer.get_mut("data").and_then(Value::as_array_mut) else { return };
    rows.insert(0, first);
}

/// Nothing on this page; the cursor goes on where it would have begun, so that nothing is lost.
pub(super) fn empty_page(answer: &mut Value, listing: &Listing<'_>) {
    let asked = listing.after;
    let cursor = asked.map_or_else(identifiers::first_cursor, identifiers::other_cursor);
    if let Some(rows) = answer.get_mut("data") {
        *rows = json!([]);
    }
    go_on(answer, listing, &cursor);
}

fn go_on(answer: &mut Value, listing: &Listing<'_>, cursor: &str) {
    let next = (listing.address)(cursor);
    change_paging(answer, |paging| {
        paging.insert("next".to_owned(), Value::from(next));
        let cursors = paging.entry("cursors").or_insert_with(|| json!({}));
        if let Some(cursors) = cursors.as_object_mut() {
            cursors.insert("after".to_owned(), Value::from(cursor));
        }
    });
}

// Only lists have pages.
fn change_paging(answer: &mut Value, change: impl FnOnce(&mut Map<String, Value>)) {
    let Some(object) = answer.as_object_mut().filter(|object| object.contains_key("data")) else { return };
    let paging = object.entry("paging").or_insert_with(|| json!({}));
    if let Some(paging) = paging.as_object_mut() {
        change(paging);
    }
}
