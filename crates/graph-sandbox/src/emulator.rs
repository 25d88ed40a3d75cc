//! The state of a running sandbox (settings, accounts, planned faults, logs) and its transactions.

mod deliveries;
mod seed;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::error::SandboxError;
use crate::faults::plan::{Fault, match_fault};
use crate::graph_error::GraphError;
use crate::locale::Locale;
use crate::model::account::{Account, AccountData};
use crate::model::clock;
use crate::model::event::Event;
use crate::model::size::Size;
use crate::model::webhook_target::WebhookTarget;
use crate::protocol::request::ApiRequest;
use crate::review;
use crate::settings::Settings;
use crate::state::recent::RecentLog;
use crate::state::store::{self, AccountChange, Store, WebhookRegistration};
use crate::webhooks::{self, DeliveryRecord};

// Limits of the log of calls.
const MAX_LOG_ENTRIES: usize = 10_000;
const MAX_LOG_BYTES: usize = 16 * 1024 * 1024;

/// The state of a running sandbox.
#[derive(Debug)]
pub(crate) struct Emulator {
    pub(crate) settings: Settings,
    pub(crate) base_url: String,
    /// The account of the current call.
    pub(crate) account: Account,
    /// All other accounts, by id.
    pub(crate) others: BTreeMap<String, Account>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) log: RecentLog<LoggedRequest>,
    /// Start time; the lifetimes of tokens count from here.
    pub(crate) started: i64,
    /// The app's webhook target, once a call has registered one.
    pub(crate) registered: Option<WebhookRegistration>,
    pub(crate) deliveries: RecentLog<DeliveryRecord>,
    store: Option<Store>,
}

/// One line of `GET /_sandbox/requests`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LoggedRequest {
    method: String,
    path: String,
    /// Without the token.
    query: Vec<(String, String)>,
    /// Absent while the call runs and when no answer was sent.
    status: Option<u16>,
    /// `true` if a planned failure applied to it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fault: bool,
}

impl Emulator {
    /// Loads the accounts, or starts with fresh ones.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let mut store = settings.state.as_ref().map(Store::open).transpose()?;
        let saved = store.as_mut().map(Store::load).transpose()?.flatten();
        let mut accounts = fresh(&settings);
        let is_new = saved.is_none();
        let (saved, registered) = saved.map(|saved| (saved.accounts, saved.webhooks)).unwrap_or_default();
        let registered = registered.filter(|_| settings.webhooks && settings.webhook.is_none());
        accounts.extend(saved.into_iter().map(|account| (account.id.clone(), account)));
        let faults = settings.scenario.faults.clone();
        let account = take_main(&mut accounts, &settings);
        let mut emulator = Self {
            settings,
            base_url,
            account,
            others: accounts,
            faults,
            log: RecentLog::new(MAX_LOG_ENTRIES, MAX_LOG_BYTES),
            started: clock::now(0),
            // The command line overrides what a call registered in an earlier run.
            registered,
            deliveries: webhooks::log(),
            store,
        };
        if !emulator.settings.webhooks {
            emulator.accounts_mut().for_each(|account| account.data.forget_webhooks());
        }
        emulator.accounts_mut().for_each(Account::schedule_all);
        // A loaded state is not written again: another process may be changing it.
        if is_new {
            emulator.save()?;
        }
        Ok(emulator)
    }

    /// Starts over with fresh accounts.
    pub(crate) fn reset(&mut self) -> Result<(), SandboxError> {
        let mut accounts = fresh(&self.settings);
        self.account = take_main(&mut accounts, &self.settings);
        self.others = accounts;
        self.faults.clone_from(&self.settings.scenario.faults);
        self.log.clear();
        self.deliveries.clear();
        self.registered = None;
        self.accounts_mut().for_each(Account::schedule_all);
        self.save()
    }

    /// Makes another account the current one; returns `false` if no account has this id.
    pub(crate) fn select(&mut self, id: &str) -> bool {
        if self.account.id == id {
            return true;
        }
        let Some(wanted) = self.others.remove(id) else { return false };
        let previous = std::mem::replace(&mut self.account, wanted);
        self.others.insert(previous.id.clone(), previous);
        true
    }

    /// Makes the account that owns a template, a phone number or an upload the current one.
    pub(crate) fn select_owner(&mut self, owns: impl Fn(&Account) -> bool) -> bool {
        if owns(&self.account) {
            return true;
        }
        let owner = self.others.values().find(|account| owns(account)).map(|account| account.id.clone());
        owner.is_some_and(|id| self.select(&id))
    }

    /// All accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.account).chain(self.others.values())
    }

    /// All accounts, to change them.
    pub(crate) fn accounts_mut(&mut self) -> impl Iterator<Item = &mut Account> {
        std::iter::once(&mut self.account).chain(self.others.values_mut())
    }

    /// Logs a call. Returns its number in the log and the fault that applies to it.
    pub(crate) fn log_request(&mut self, call: &ApiRequest) -> (usize, Option<Fault>) {
        let query: Vec<_> = call.query.iter().filter(|(key, _)| key != "access_token").cloned().collect();
        let (method, path) = (call.method.clone(), call.whole_path.clone());
        let fault = match_fault(&mut self.faults, &call.method, &call.whole_path);
        let texts = query.iter().map(|(key, value)| key.len() + value.len() + size_of::<(String, String)>());
        let bytes = size_of::<LoggedRequest>() + method.len() + path.len() + texts.sum::<usize>();
        let entry = LoggedRequest { method, path, query, status: None, fault: fault.is_some() };
        (self.log.push(entry, bytes), fault)
    }

    /// Logs the status of a response.
    pub(crate) fn leave(&mut self, line: usize, status: u16) {
        if let Some(entry) = self.log.get_mut(line) {
            entry.status = Some(status);
        }
    }

    /// Answers a call. Its changes are saved, or undone if it fails or they cannot be saved.
    pub(crate) fn transact(
        &mut self,
        call: &ApiRequest,
        respond: fn(&mut Self, &ApiRequest) -> Result<Value, GraphError>,
    ) -> Result<Value, GraphError> {
        let (before, registered) = (self.data(), self.registered.clone());
        let size = self.size();
        let result = respond(self, call).and_then(|value| {
            self.check_size(size)?;
            // The journal holds accounts only; the webhook target changes rarely, so the snapshot is rewritten.
            let saved = match self.registered == registered {
                true => self.commit(&before),
                false => self.commit(&before).and_then(|()| self.save()),
            };
            saved.map_err(|error| GraphError::internal(error.to_string()))?;
            Ok(value)
        });
        if result.is_err() {
            self.registered = registered;
            for account in self.accounts_mut() {
                account.templates.roll_back();
                account.events.clear();
                if let Some(data) = before.get(&account.id) {
                    account.data.clone_from(data);
                }
            }
        }
        result
    }

    /// The webhook target: registered by a call, else from the command line, else from the scenario.
    pub(crate) fn target(&self) -> Option<&WebhookTarget> {
        match &self.registered {
            _ if !self.settings.webhooks => None,
            Some(registered) => registered.target.as_ref(),
            None => self.settings.webhook.as_ref().or(self.settings.scenario.webhook.as_ref()),
        }
    }

    /// The language of sentences in errors: what the call asks for, or what the scenario has.
    pub(crate) fn locale(&self, call: &ApiRequest) -> Locale {
        match call.text("locale") {
            Some(code) if code.starts_with("es") => Locale::Es,
            Some(code) if code.starts_with("en") => Locale::En,
            _ => self.settings.scenario.locale,
        }
    }

    /// Applies the changes that are due in all accounts.
    pub(crate) fn run_due(&mut self) {
        self.accounts_mut().for_each(review::run_due);
    }

    /// Returns whether a scheduled change is due.
    pub(crate) fn has_due(&self) -> bool {
        self.accounts().any(Account::has_due)
    }

    /// Applies and saves the changes that are due. If saving fails, they are saved with the next change.
    pub(crate) fn run_due_and_save(&mut self) {
        let before = self.data();
        self.run_due();
        let _ = self.commit(&before);
    }

    /// Takes the events that webhooks have not reported yet, by account.
    pub(crate) fn take_events(&mut self) -> Vec<(String, Event)> {
        let take = |account: &mut Account| {
            let id = account.id.clone();
            let events = std::mem::take(&mut account.events);
            events.into_iter().map(move |event| (id.clone(), event))
        };
        self.accounts_mut().flat_map(take).collect()
    }

    fn size(&self) -> Size {
        self.accounts().fold(Size::default(), |size, account| size.plus(account.templates.size()))
    }

    // An account over the limit can still be changed and cleaned up.
    fn check_size(&self, before: Size) -> Result<(), GraphError> {
        let now = self.size();
        if store::fits(now) || now.fits(before) {
            return Ok(());
        }
        Err(GraphError::internal("the sandbox is full: its templates would take more memory than it may use"))
    }

    fn data(&self) -> BTreeMap<String, AccountData> {
        self.accounts().map(|account| (account.id.clone(), account.data.clone())).collect()
    }

    // One journal line per changed account. Written lines stay, even if a later one fails.
    fn commit(&mut self, before: &BTreeMap<String, AccountData>) -> Result<(), SandboxError> {
        let mut store = self.store.take();
        let result = self.accounts_mut().try_for_each(|account| {
            let same = before.get(&account.id).is_some_and(|data| data.is_same(&account.data));
            let change = AccountChange {
                data: (!same).then(|| account.data.clone()),
                templates: account.templates.changes(),
            };
            let changed = change.data.is_some() || !change.templates.is_empty();
            if let Some(store) = store.as_mut().filter(|_| changed) {
                store.append(&account.id, &change)?;
            }
            account.templates.settle();
            Ok(())
        });
        self.store = store;
        if self.store.as_ref().is_some_and(Store::is_long) && result.is_ok() {
            return self.save();
        }
        result
    }

    /// Writes all accounts to their folder, if there is one.
    fn save(&mut self) -> Result<(), SandboxError> {
        let mut store = self.store.take();
        let accounts: Vec<&Account> = self.accounts().collect();
        let result = store.as_mut().map_or(Ok(()), |store| store.save(&accounts, self.registered.as_ref()));
        self.store = store;
        result
    }
}

// All accounts of the settings, with what the scenario puts in.
fn fresh(settings: &Settings) -> BTreeMap<String, Account> {
    let mut accounts = BTreeMap::new();
    let main = (settings.waba.as_str(), Some(settings.phone.clone()));
    let further = settings.scenario.accounts.iter().map(|entry| (entry.id.as_str(), entry.phone.clone()));
    for (id, phone) in std::iter::once(main).chain(further) {
        // Made from the account's id, so that no scenario has to name them.
        let phone = phone.unwrap_or_else(|| format!("3{}", id.get(1..).unwrap_or_default()));
        let mut account = Account::new(id, &phone);
        seed::apply_seed(&mut account, settings);
        accounts.insert(id.to_owned(), account);
    }
    accounts
}

fn take_main(accounts: &mut BTreeMap<String, Account>, settings: &Settings) -> Account {
    let main = accounts.remove(&settings.waba);
    main.unwrap_or_else(|| Account::new(&settings.waba, &settings.phone))
}
