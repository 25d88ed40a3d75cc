//! Checks of a loaded state: anything that the sandbox cannot have written is an error.

use std::collections::BTreeMap;

use crate::identifiers::{MAX_ID_LEN, is_id};
use crate::model::account::{Account, AccountData};
use crate::model::template::Template;

// A scenario of the largest size names fewer.
const MAX_ACCOUNTS: usize = 32_768;
// Rows are numbered one by one from 0.
const MAX_ROW: u64 = 1 << 53;
// Seconds. Sums of two times fit into 64 bits with plenty of room; see `clock::MAX_TIME`.
const MAX_TIME: i64 = 1 << 53;

/// Checks the accounts; returns what is wrong with them.
pub(super) fn accounts(accounts: &BTreeMap<String, Account>) -> Result<(), String> {
    if accounts.len() > MAX_ACCOUNTS {
        return Err(format!("it has more than {MAX_ACCOUNTS} accounts"));
    }
    accounts.values().try_for_each(|account| {
        one(account).map_err(|detail| format!("account `{}`: {detail}", start(&account.id)))
    })
}

fn one(account: &Account) -> Result<(), String> {
    id("id", &account.id)?;
    id("phone", &account.phone)?;
    data(&account.data)?;
    if !account.templates.has_unique_ids() {
        return Err("two templates have the same id".to_owned());
    }
    account.templates.newest().try_for_each(|(row, template)| {
        let named = |detail| format!("template `{}`: {detail}", start(&template.id));
        if row > MAX_ROW {
            return Err(named(format!("row {row} is out of range")));
        }
        self::template(template).map_err(named)
    })
}

fn data(data: &AccountData) -> Result<(), String> {
    time("clock_offset", data.clock_offset)?;
    data.creations.iter().try_for_each(|at| time("creations", *at))?;
    data.locks.iter().try_for_each(|lock| time("locks", lock.until))?;
    match data.sessions.iter().find(|session| session.received > session.length) {
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
    if is_id(value) { Ok(()) } else { Err(format!("`{key}` is not a number of up to {MAX_ID_LEN} digits")) }
}

fn time(key: &str, value: i64) -> Result<(), String> {
    if (-MAX_TIME..=MAX_TIME).contains(&value) { Ok(()) } else { Err(format!("`{key}` is out of range")) }
}

fn start(text: &str) -> String {
    text.chars().take(MAX_ID_LEN).collect()
}
