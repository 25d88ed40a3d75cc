//! An account: everything that a state folder keeps about one.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::graph_error::Refusal;
use crate::model::event::Event;
use crate::model::template::Template;
use crate::model::templates::Templates;
use crate::model::{clock, sample};

/// A WhatsApp Business Account and the uploads of its app.
#[derive(Debug, Serialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    /// Id of its phone number.
    pub(crate) phone: String,
    #[serde(flatten)]
    pub(crate) books: Books,
    pub(crate) templates: Templates,
    /// When the calls of the last hour came.
    #[serde(skip)]
    pub(crate) calls: VecDeque<i64>,
    /// What the app has to be told of.
    #[serde(skip)]
    pub(crate) events: Vec<Event>,
    /// When something happens to which template; some entries are out of date.
    #[serde(skip)]
    due: BTreeSet<(i64, String)>,
}

/// What an account keeps besides templates. Lists are shared until one changes, so that a copy costs nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Books {
    /// How far the clock has been moved forward, in seconds.
    pub(crate) clock_offset: i64,
    /// When the templates of the last hour were created.
    pub(crate) creations: Arc<Vec<i64>>,
    pub(crate) locks: Arc<Vec<Lock>>,
    pub(crate) sessions: Arc<Vec<Session>>,
    pub(crate) handles: Arc<Vec<Handle>>,
    /// Whether the app gets the account's webhooks, and where to.
    pub(crate) subscription: Option<Subscription>,
    /// What was set on the account's node.
    pub(crate) flags: Flags,
}

/// Switches of the account's node (Meta's SDK).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flags {
    pub(crate) is_enabled_for_insights: bool,
    pub(crate) disable_marketing_messages_on_cloud_api: bool,
    pub(crate) no_template_archival: bool,
}

/// A name and language that cannot be created for a while.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Lock {
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) until: i64,
}

/// An upload under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) app: String,
    pub(crate) mime: String,
    pub(crate) length: u64,
    pub(crate) received: u64,
}

/// A finished upload, to be named in `header_handle`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Handle {
    pub(crate) handle: String,
    pub(crate) app: String,
    pub(crate) mime: String,
    pub(crate) expires: i64,
}

/// The app's subscription to the account's webhooks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) override_callback_uri: Option<String>,
    #[serde(default)]
    pub(crate) verify_token: Option<String>,
}

impl Account {
    /// An account without anything in it.
    pub(crate) fn empty(id: &str, phone: &str) -> Self {
        Self {
            id: id.to_owned(),
            phone: phone.to_owned(),
            books: Books::default(),
            templates: Templates::default(),
            calls: VecDeque::new(),
            events: Vec::new(),
            due: BTreeSet::new(),
        }
    }

    /// A fresh account, which holds the one sample that Meta puts into each.
    pub(crate) fn fresh(id: &str, phone: &str) -> Self {
        let mut account = Self::empty(id, phone);
        account.templates.insert(sample::hello_world(clock::now(0)));
        account.templates.settle();
        account
    }

    /// The sandbox's time.
    pub(crate) fn now(&self) -> i64 {
        clock::now(self.books.clock_offset)
    }

    /// The template with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Template> {
        self.templates.by_id(id)
    }

    /// The template with this id, to change it.
    pub(crate) fn by_id_mut(&mut self, method: &str, id: &str) -> Result<&mut Template, Refusal> {
        self.templates.by_id_mut(id).ok_or_else(|| Refusal::unknown_object(method, id))
    }

    /// The template with this identity.
    pub(crate) fn find(&self, name: &str, language: &str) -> Option<&Template> {
        self.templates.find(name, language)
    }

    /// The category of a name: all languages share one.
    pub(crate) fn category_of(&self, name: &str) -> Option<&str> {
        self.templates.named(name).next().map(|template| template.category.as_str())
    }

    /// Looks again when something happens to a template.
    pub(crate) fn schedule(&mut self, id: &str) {
        if let Some(at) = self.templates.by_id(id).and_then(Template::next_due) {
            self.due.insert((at, id.to_owned()));
        }
    }

    /// Looks again when something happens to any template.
    pub(crate) fn schedule_all(&mut self) {
        let all = self.templates.newest();
        self.due =
            all.filter_map(|(_, template)| Some((template.next_due()?, template.id.clone()))).collect();
    }

    /// Whether something is due.
    pub(crate) fn is_behind(&self) -> bool {
        self.due.first().is_some_and(|(at, _)| *at <= self.now())
    }

    /// A template that something has to happen to by now.
    pub(crate) fn next_due(&mut self, now: i64) -> Option<String> {
        let (at, _) = self.due.first()?;
        if *at > now { None } else { self.due.pop_first().map(|(_, id)| id) }
    }
}

impl Books {
    /// Keeps whether the app gets webhooks, and forgets where to.
    pub(crate) fn forget_webhooks(&mut self) {
        if let Some(subscription) = &mut self.subscription {
            *subscription = Subscription::default();
        }
    }

    /// Whether nothing was changed; lists are looked at by their place, not item by item.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.clock_offset == other.clock_offset
            && self.subscription == other.subscription
            && self.flags == other.flags
            && Arc::ptr_eq(&self.creations, &other.creations)
            && Arc::ptr_eq(&self.locks, &other.locks)
            && Arc::ptr_eq(&self.sessions, &other.sessions)
            && Arc::ptr_eq(&self.handles, &other.handles)
    }
}
