//! The sandbox at one moment: settings, account, planned faults, log; and how a call changes it.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

use crate::sandbox::account::Account;
use crate::sandbox::call::Call;
use crate::sandbox::faults::{self, Fault};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::store::Store;
use crate::sandbox::{SandboxError, Settings, quota};

/// The sandbox at one moment.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) base_url: String,
    pub(crate) account: Account,
    pub(crate) faults: Vec<Fault>,
    pub(crate) log: Vec<Entry>,
    /// When the calls of the last hour came.
    pub(crate) calls: VecDeque<i64>,
    store: Option<Store>,
}

/// One line of `GET /_sandbox/requests`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    method: String,
    path: String,
    /// Without the token.
    query: Vec<(String, String)>,
    /// Absent while the call runs and when no answer was sent.
    status: Option<u16>,
    /// Whether a planned failure struck it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fault: bool,
}

impl World {
    /// Loads the account, or starts with a fresh one.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let store = settings.state.as_deref().map(Store::open).transpose()?;
        let saved = store.as_ref().map(Store::load).transpose()?.flatten();
        let is_new = saved.is_none();
        let account = saved.unwrap_or_else(Account::fresh);
        let (faults, log, calls) = (Vec::new(), Vec::new(), VecDeque::new());
        let world = Self { settings, base_url, account, faults, log, calls, store };
        // What was there is not written again: another process may be changing it just now.
        if is_new {
            world.save()?;
        }
        Ok(world)
    }

    /// Starts over with a fresh account.
    pub(crate) fn reset(&mut self) {
        self.account = Account::fresh();
        self.faults.clear();
        self.log.clear();
        self.calls.clear();
    }

    /// Notes a call, and tells its line in the log and what it has to suffer.
    pub(crate) fn arrive(&mut self, call: &Call) -> (usize, Option<Fault>) {
        let query = call.query.iter().filter(|(key, _)| key != "access_token").cloned().collect();
        let (method, path) = (call.method.clone(), call.whole_path.clone());
        quota::count_call(&mut self.calls, self.account.now());
        let fault = faults::strike(&mut self.faults, &call.method, &call.whole_path);
        self.log.push(Entry { method, path, query, status: None, fault: fault.is_some() });
        (self.log.len() - 1, fault)
    }

    /// Puts down how a call ended.
    pub(crate) fn leave(&mut self, line: usize, status: u16) {
        if let Some(entry) = self.log.get_mut(line) {
            entry.status = Some(status);
        }
    }

    /// Answers a call; what it changed is saved, or undone if it is refused or cannot be saved.
    pub(crate) fn transact(
        &mut self,
        call: &Call,
        respond: fn(&mut Self, &Call) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        if call.method == "GET" {
            return respond(self, call);
        }
        let before = self.account.clone();
        let result = respond(self, call).and_then(|value| {
            self.save().map_err(|error| Refusal::internal(error.to_string()))?;
            Ok(value)
        });
        if result.is_err() {
            self.account = before;
        }
        result
    }

    /// Writes the account to its folder, if it has one.
    pub(crate) fn save(&self) -> Result<(), SandboxError> {
        self.store.as_ref().map_or(Ok(()), |store| store.save(&self.account))
    }
}
