//! The account: everything that a state file keeps.

use serde::{Deserialize, Serialize};

use crate::sandbox::clock;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::sample;
use crate::sandbox::template::Template;

/// A WhatsApp Business Account and the uploads of its app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    /// How far the clock has been moved forward, in seconds.
    pub(crate) clock_offset: i64,
    pub(crate) templates: Vec<Template>,
    /// When the templates of the last hour were created.
    pub(crate) creations: Vec<i64>,
    pub(crate) locks: Vec<Lock>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) handles: Vec<Handle>,
    /// Whether the app gets the account's webhooks, and where to.
    pub(crate) subscription: Option<Subscription>,
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
    pub(crate) mime: String,
    pub(crate) length: u64,
    pub(crate) received: u64,
}

/// A finished upload, to be named in `header_handle`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Handle {
    pub(crate) handle: String,
    pub(crate) mime: String,
    pub(crate) expires: i64,
}

/// The app's subscription to the account's webhooks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) override_callback_uri: Option<String>,
}

impl Account {
    /// A fresh account, which holds the one sample that Meta puts into each.
    pub(crate) fn fresh() -> Self {
        Self {
            clock_offset: 0,
            templates: vec![sample::hello_world(clock::now(0))],
            creations: Vec::new(),
            locks: Vec::new(),
            sessions: Vec::new(),
            handles: Vec::new(),
            subscription: None,
        }
    }

    /// The sandbox's time.
    pub(crate) fn now(&self) -> i64 {
        clock::now(self.clock_offset)
    }

    /// The template with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The template with this id, to change it.
    pub(crate) fn by_id_mut(&mut self, method: &str, id: &str) -> Result<&mut Template, Refusal> {
        let found = self.templates.iter_mut().find(|template| template.id == id);
        found.ok_or_else(|| Refusal::unknown_object(method, id))
    }

    /// The template with this identity.
    pub(crate) fn find(&self, name: &str, language: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.is(name, language))
    }

    /// The category of a name: all languages share one.
    pub(crate) fn category_of(&self, name: &str) -> Option<&str> {
        let sibling = self.templates.iter().find(|template| template.name == name);
        sibling.map(|template| template.category.as_str())
    }
}
