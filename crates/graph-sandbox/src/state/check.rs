//! Checks of a state that was read: only what the sandbox itself may have written is loaded.

use std::collections::BTreeMap;

use crate::identifiers::{LONGEST_ID, is_id};
use crate::model::account::{Account, Books};
use crate::model::template::Template;

// A scenario of the largest size names fewer.
const MOST_ACCOUNTS: usize = 32_768;
// Rows are numbered one by one from 0.
const LAST_ROW: u64 = 1 << 53;
// Seconds. Sums of two times fit into 64 bits with plenty of room; see `clock::FURTHEST`.
const FURTHEST: i64 = 1 << 53;

/// What is wrong with the accounts, if anything is.
pub(super) fn accounts(accounts: &BTreeMap<String, Account>) -> Result<(), String> {
    if accounts.len() > MOST_ACCOUNTS {
        return Err(format!("it has more than {MOST_ACCOUNTS} accounts"));
    }
    accounts.values().try_for_each(|account| {
        one(account).map_err(|detail| format!("account `{}`: {detail}", start(&account.id)))
    })
}

fn one(account: &Account) -> Result<(), String> {
    id("id", &account.id)?;
    id("phone", &account.phone)?;
    books(&account.books)?;
    if !account.templates.has_unique_ids() {
        return Err("two templates have the same id".to_owned());
    }
    account.templates.newest().try_for_each(|(row, template)| {
        let named = |detail| format!("template `{}`: {detail}", start(&template.id));
        if row > LAST_ROW {
            return Err(named(format!("row {row} is out of range")));
        }
        self::template(template).map_err(named)
    })
}

fn books(books: &Books) -> Result<(), String> {
    time("clock_offset", books.clock_offset)?;
    books.creations.iter().try_for_each(|at| time("creations", *at))?;
    books.locks.iter().try_for_each(|lock| time("locks", lock.until))?;
    match books.sessions.iter().find(|session| session.received > session.length) {
        Some(_) => Err("an upload has received more than its length".to_owned()),
        None => Ok(()),
    }
}

fn template(template: &Template) -> Result<(), String> {
    id("id", &template.id)?;
    time("created", template.created)?;
    time("updated", template.updated)?;
    time("status_changed", template.status_changed)?;
    time("used", template.used)?;
    template.edits.iter().try_for_each(|at| time("edits", *at))
}

fn id(key: &str, value: &str) -> Result<(), String> {
    if is_id(value) { Ok(()) } else { Err(format!("`{key}` is not a number of up to {LONGEST_ID} digits")) }
}

fn time(key: &str, value: i64) -> Result<(), String> {
    if (-FURTHEST..=FURTHEST).contains(&value) { Ok(()) } else { Err(format!("`{key}` is out of range")) }
}

fn start(text: &str) -> String {
    text.chars().take(LONGEST_ID).collect()
}
