//! The sandbox at one moment: settings, accounts, planned faults, log; and how a call changes it.

mod deliveries;
mod seed;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::error::SandboxError;
use crate::faults::plan::{Fault, strike};
use crate::graph_error::Refusal;
use crate::locale::Locale;
use crate::model::account::{Account, Books};
use crate::model::clock;
use crate::model::event::Event;
use crate::model::size::Size;
use crate::model::webhook_target::Target;
use crate::protocol::request::Call;
use crate::review;
use crate::settings::Settings;
use crate::state::recent::Recent;
use crate::state::store::{self, Change, Registered, Store};
use crate::webhooks::{self, Delivery};

// What the log of calls remembers.
const LONGEST_LOG: usize = 10_000;
const LARGEST_LOG: usize = 16 * 1024 * 1024;

/// The sandbox at one moment.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) base_url: String,
    /// The account that the present call is about.
    pub(crate) account: Account,
    /// All other accounts, by id.
    pub(crate) others: BTreeMap<String, Account>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) log: Recent<Entry>,
    /// When it was started; tokens expire counted from here.
    pub(crate) started: i64,
    /// Where the app wants its webhooks, if it has said so by a call.
    pub(crate) registered: Option<Registered>,
    pub(crate) deliveries: Recent<Delivery>,
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
        let mut world = Self {
            settings,
            base_url,
            account,
            others: accounts,
            faults,
            log: Recent::new(LONGEST_LOG, LARGEST_LOG),
            started: clock::now(0),
            // What the command line says now counts before what was said by a call in an earlier run.
            registered,
            deliveries: webhooks::log(),
            store,
        };
        if !world.settings.webhooks {
            world.accounts_mut().for_each(|account| account.books.forget_webhooks());
        }
        world.accounts_mut().for_each(Account::schedule_all);
        // What was there is not written again: another process may be changing it just now.
        if is_new {
            world.save()?;
        }
        Ok(world)
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

    /// Makes another account the one that the call is about; false when there is none with this id.
    pub(crate) fn select(&mut self, id: &str) -> bool {
        if self.account.id == id {
            return true;
        }
        let Some(wanted) = self.others.remove(id) else { return false };
        let previous = std::mem::replace(&mut self.account, wanted);
        self.others.insert(previous.id.clone(), previous);
        true
    }

    /// Makes the account of a template, a phone number or an upload the one that the call is about.
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

    /// Notes a call, and tells its line in the log and what it has to suffer.
    pub(crate) fn arrive(&mut self, call: &Call) -> (usize, Option<Fault>) {
        let query: Vec<_> = call.query.iter().filter(|(key, _)| key != "access_token").cloned().collect();
        let (method, path) = (call.method.clone(), call.whole_path.clone());
        let fault = strike(&mut self.faults, &call.method, &call.whole_path);
        let texts = query.iter().map(|(key, value)| key.len() + value.len() + size_of::<(String, String)>());
        let bytes = size_of::<Entry>() + method.len() + path.len() + texts.sum::<usize>();
        let entry = Entry { method, path, query, status: None, fault: fault.is_some() };
        (self.log.push(entry, bytes), fault)
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
        let (before, registered) = (self.books(), self.registered.clone());
        let size = self.size();
        let result = respond(self, call).and_then(|value| {
            self.check_size(size)?;
            // The journal is about accounts; where the app wants its webhooks is said once or twice in all.
            let saved = match self.registered == registered {
                true => self.commit(&before),
                false => self.commit(&before).and_then(|()| self.save()),
            };
            saved.map_err(|error| Refusal::internal(error.to_string()))?;
            Ok(value)
        });
        if result.is_err() {
            self.registered = registered;
            for account in self.accounts_mut() {
                account.templates.roll_back();
                account.events.clear();
                if let Some(books) = before.get(&account.id) {
                    account.books.clone_from(books);
                }
            }
        }
        result
    }

    /// Where the app wants its webhooks: what it said last, or the command line, or the scenario.
    pub(crate) fn target(&self) -> Option<&Target> {
        match &self.registered {
            _ if !self.settings.webhooks => None,
            Some(registered) => registered.target.as_ref(),
            None => self.settings.webhook.as_ref().or(self.settings.scenario.webhook.as_ref()),
        }
    }

    /// The language of sentences in errors: what the call asks for, or what the scenario has.
    pub(crate) fn locale(&self, call: &Call) -> Locale {
        match call.text("locale") {
            Some(code) if code.starts_with("es") => Locale::Es,
            Some(code) if code.starts_with("en") => Locale::En,
            _ => self.settings.scenario.locale,
        }
    }

    /// Does what is due in all accounts.
    pub(crate) fn catch_up(&mut self) {
        self.accounts_mut().for_each(review::catch_up);
    }

    /// Whether anything is due.
    pub(crate) fn is_behind(&self) -> bool {
        self.accounts().any(Account::is_behind)
    }

    /// Does what is due, and saves it. What cannot be saved is done all the same, and saved with the next change.
    pub(crate) fn catch_up_and_save(&mut self) {
        let before = self.books();
        self.catch_up();
        let _ = self.commit(&before);
    }

    /// What the apps have to be told of since the last time, by account.
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

    // What there is may be changed and deleted also where there is too much of it.
    fn check_size(&self, before: Size) -> Result<(), Refusal> {
        let now = self.size();
        if store::fits(now) || now.fits(before) {
            return Ok(());
        }
        Err(Refusal::internal("the sandbox is full: its templates would take more memory than it may use"))
    }

    fn books(&self) -> BTreeMap<String, Books> {
        self.accounts().map(|account| (account.id.clone(), account.books.clone())).collect()
    }

    // One line of the journal for each account that changed. What is written stays, even if the next cannot be.
    fn commit(&mut self, before: &BTreeMap<String, Books>) -> Result<(), SandboxError> {
        let mut store = self.store.take();
        let result = self.accounts_mut().try_for_each(|account| {
            let same = before.get(&account.id).is_some_and(|books| books.is_same(&account.books));
            let change = Change {
                books: (!same).then(|| account.books.clone()),
                templates: account.templates.changes(),
            };
            let changed = change.books.is_some() || !change.templates.is_empty();
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
        let mut account = Account::fresh(id, &phone);
        seed::plant(&mut account, settings);
        accounts.insert(id.to_owned(), account);
    }
    accounts
}

fn take_main(accounts: &mut BTreeMap<String, Account>, settings: &Settings) -> Account {
    let main = accounts.remove(&settings.waba);
    main.unwrap_or_else(|| Account::fresh(&settings.waba, &settings.phone))
}
