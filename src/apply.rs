//! [`Plan`] to [`Outcome`]: does what was decided, in order, and decides nothing.
//!
//! The lock is saved after each success, so that a run that is cut off loses nothing. A creation or edit whose
//! answer was lost is never repeated: the version is read back, and what is there is what happened.

use crate::graph::{self, Advice};
use crate::lock::{Applied, Entry, Handle};
use crate::normalise;
use crate::payload::{Deployed, MediaSample, Payload, Status, VersionKey};
use crate::plan::{Action, Change, Plan, Reason};
use crate::remote::{CallError, Fault, Remote, calls};

/// How long the handle of an uploaded file is used again, in seconds. Meta gives no figure; a day is what pushes
/// after a failed review need.
const HANDLE_LIFE: u64 = 86_400;
/// Edits that are remembered, in seconds: the longer of Meta's two windows.
const EDIT_MEMORY: u64 = 30 * 86_400;
/// An unknown or expired media handle (observed with code 131009).
const BAD_HANDLE: i64 = 2_494_102;

/// The project as applying needs it: the lock, media samples, the clock, and someone to tell.
pub trait Project {
    /// Saves the lock.
    ///
    /// # Errors
    /// When it could not be written; nothing more is sent then.
    fn save(&mut self, applied: &Applied) -> Result<(), String>;

    /// The content of the media sample at `path`, as a payload's source writes it.
    ///
    /// # Errors
    /// When it cannot be read.
    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String>;

    /// Seconds since 1970.
    fn now(&self) -> u64;

    /// Takes note of what was done or failed.
    fn note(&mut self, item: &Item);
}

/// A media sample, read.
#[derive(Clone, Debug)]
pub struct MediaFile {
    /// The name of the file.
    pub name: String,
    /// Its MIME type.
    pub mime: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Where things are sent.
#[derive(Clone, Debug)]
pub struct Target {
    /// The account's id.
    pub waba: String,
    /// The id of the app that uploads belong to.
    pub app: Option<String>,
}

/// What became of a plan.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// One item for each action that sends something.
    pub items: Vec<Item>,
    /// Why the lock could not be written before anything was sent.
    pub unsaved: Option<String>,
}

/// What became of one change.
#[derive(Clone, Debug)]
pub struct Item {
    /// The version.
    pub key: VersionKey,
    /// What was to be done.
    pub action: Action,
    /// What happened.
    pub result: Result<Done, Problem>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Where the version stands now.
    pub status: Status,
    /// The category that Meta made of the declared one, where they differ, in lower case.
    pub recategorised: Option<String>,
    /// Whether the answer was lost, and the account confirmed it.
    pub confirmed: bool,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Meta refused it; nothing changed.
    Refused(graph::Error),
    /// It did not happen, for this reason.
    NotDone(String),
    /// Whether it happened is not known.
    Unknown(String),
    /// It was not tried, because an earlier failure is about the account.
    NotTried,
}

impl Outcome {
    /// Whether everything was done.
    pub fn is_complete(&self) -> bool {
        self.unsaved.is_none() && self.items.iter().all(|item| item.result.is_ok())
    }

    /// Whether the account or the way to it failed, rather than single versions.
    pub fn account_failed(&self) -> bool {
        let failed = self.items.iter().any(|item| match &item.result {
            Err(Problem::Refused(error)) => matches!(error.advice(), Advice::Account | Advice::Wait),
            Err(Problem::NotTried | Problem::Unknown(_)) => true,
            _ => false,
        });
        failed || self.unsaved.is_some()
    }
}

/// Carries out a plan. `applied` is the account's part of the lock, and is changed with each success.
pub async fn apply<R: Remote, P: Project>(
    plan: &Plan,
    target: &Target,
    remote: &R,
    project: &mut P,
    applied: &mut Applied,
) -> Outcome {
    let mut run = Run { target, remote, project, applied, stopped: false };
    let mut outcome = Outcome { unsaved: run.take_in(plan).err(), ..Outcome::default() };
    for change in &plan.changes {
        if matches!(change.action, Action::Keep | Action::Hold) {
            continue;
        }
        let result = if run.stopped { Err(Problem::NotTried) } else { run.change(change).await };
        let item = Item { key: change.key.clone(), action: change.action, result };
        run.project.note(&item);
        outcome.items.push(item);
    }
    outcome
}

struct Run<'a, R, P> {
    target: &'a Target,
    remote: &'a R,
    project: &'a mut P,
    applied: &'a mut Applied,
    stopped: bool,
}

impl<R: Remote, P: Project> Run<'_, R, P> {
    /// What the lock learns without a call: versions that are there already, and those that are gone.
    fn take_in(&mut self, plan: &Plan) -> Result<(), String> {
        let before = self.applied.clone();
        self.applied.waba_id.clone_from(&self.target.waba);
        for change in plan.changes.iter().filter(|change| change.action == Action::Keep) {
            match (&change.reason, &change.payload, &change.deployed) {
                (Reason::Adopted, Some(payload), Some(deployed)) => {
                    let known = self.applied.versions.get(&change.key);
                    // What was there already was not created by us, and does not count as such.
                    let applied_at = known.map_or(0, |entry| entry.applied_at);
                    let edits = known.map(|entry| entry.edits.clone()).unwrap_or_default();
                    let entry =
                        entry(payload, &deployed.id, &deployed.status, &deployed.category, applied_at);
                    let entry = Entry { edits, ..entry };
                    self.applied.versions.insert(change.key.clone(), entry);
                }
                (Reason::Gone, ..) => drop(self.applied.versions.remove(&change.key)),
                _ => {}
            }
        }
        if *self.applied == before {
            return Ok(());
        }
        let saved = self.project.save(self.applied);
        self.stopped = saved.is_err();
        saved
    }

    async fn change(&mut self, change: &Change) -> Result<Done, Problem> {
        match (change.action, &change.payload, &change.deployed) {
            (Action::Create, Some(payload), _) => self.create(payload).await,
            (Action::Edit, Some(payload), Some(deployed)) => self.edit(payload, deployed).await,
            (Action::Delete, _, Some(deployed)) => self.delete(&change.key, &deployed.id).await,
            _ => Err(Problem::NotDone("the plan lacks what this needs".into())),
        }
    }

    async fn create(&mut self, payload: &Payload) -> Result<Done, Problem> {
        let ready = self.with_media(payload).await?;
        let mut result = calls::create(self.remote, &self.target.waba, &ready).await;
        if handle_expired(&result) {
            self.forget_handles(payload);
            let ready = self.with_media(payload).await?;
            result = calls::create(self.remote, &self.target.waba, &ready).await;
        }
        match result {
            Ok(created) => {
                let entry =
                    entry(payload, &created.id, &created.status, &created.category, self.project.now());
                self.record(payload, entry, created.status, false)
            }
            Err(CallError::Fault(Fault::Lost { cause, .. })) => self.reconcile(payload, None, &cause).await,
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                self.reconcile(payload, None, &error.message).await
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    async fn edit(&mut self, payload: &Payload, before: &Deployed) -> Result<Done, Problem> {
        let (id, with_category) = (&before.id, before.status != Status::Approved);
        let ready = self.with_media(payload).await?;
        let mut result = calls::edit(self.remote, id, &ready, with_category).await;
        if handle_expired(&result) {
            self.forget_handles(payload);
            let ready = self.with_media(payload).await?;
            result = calls::edit(self.remote, id, &ready, with_category).await;
        }
        match result {
            Ok(()) => self.after_edit(payload, id).await,
            Err(CallError::Fault(Fault::Lost { cause, .. })) => {
                self.reconcile(payload, Some(before), &cause).await
            }
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                self.reconcile(payload, Some(before), &error.message).await
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The answer to an edit does not say where the version stands: an edited one is in review again or approved.
    async fn after_edit(&mut self, payload: &Payload, id: &str) -> Result<Done, Problem> {
        let found = calls::find(self.remote, &self.target.waba, &payload.key).await.ok().flatten();
        let status = found.as_ref().map_or(Status::Pending, |deployed| deployed.status.clone());
        let category =
            found.map_or_else(|| payload.category.word().to_ascii_uppercase(), |deployed| deployed.category);
        let entry = self.edited(entry(payload, id, &status, &category, self.project.now()), &payload.key);
        self.record(payload, entry, status, false)
    }

    async fn delete(&mut self, key: &VersionKey, id: &str) -> Result<Done, Problem> {
        let done = Done { status: Status::Deleted, recategorised: None, confirmed: false };
        match calls::delete(self.remote, &self.target.waba, id, key).await {
            Ok(()) => self.forget(key, done),
            Err(CallError::Fault(Fault::Lost { cause, .. })) => {
                self.reconcile_deletion(key, done, &cause).await
            }
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                self.reconcile_deletion(key, done, &error.message).await
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Reads back what a lost answer would have told.
    async fn reconcile(
        &mut self,
        payload: &Payload,
        before: Option<&Deployed>,
        cause: &str,
    ) -> Result<Done, Problem> {
        let found = match calls::find(self.remote, &self.target.waba, &payload.key).await {
            Ok(found) => found,
            Err(error) => {
                self.stopped = true;
                return Err(Problem::Unknown(format!("{cause}; and it could not be read back: {error}")));
            }
        };
        let wanted = normalise::payload(payload);
        let same = found.filter(|deployed| !normalise::deployed(deployed).differs(&wanted));
        let hidden = before.filter(|before| !normalise::deployed(before).differs(&wanted));
        if hidden.is_some() && self.unseen_changed(payload) {
            return Err(Problem::Unknown(format!("{cause}; and what was edited does not read back")));
        }
        let shows = |now: &Deployed| hidden.is_none_or(|before| shows_edit(payload, before, now));
        let Some(deployed) = same.filter(shows) else {
            return Err(Problem::NotDone(format!(
                "{cause}; the account was read back, and it did not happen"
            )));
        };
        let entry = entry(payload, &deployed.id, &deployed.status, &deployed.category, self.project.now());
        let entry = if before.is_some() { self.edited(entry, &payload.key) } else { entry };
        self.record(payload, entry, deployed.status, true)
    }

    /// Whether what does not read back is other than what was applied.
    fn unseen_changed(&self, payload: &Payload) -> bool {
        let applied = self.applied.versions.get(&payload.key).and_then(|entry| entry.unseen.clone());
        applied != normalise::unseen(payload)
    }

    async fn reconcile_deletion(
        &mut self,
        key: &VersionKey,
        done: Done,
        cause: &str,
    ) -> Result<Done, Problem> {
        match calls::find(self.remote, &self.target.waba, key).await {
            Ok(None) => self.forget(key, Done { confirmed: true, ..done }),
            Ok(Some(_)) => {
                Err(Problem::NotDone(format!("{cause}; the account was read back, and it is still there")))
            }
            Err(error) => {
                self.stopped = true;
                Err(Problem::Unknown(format!("{cause}; and it could not be read back: {error}")))
            }
        }
    }

    /// The edit's time joins those of the last 30 days.
    fn edited(&self, mut entry: Entry, key: &VersionKey) -> Entry {
        let now = self.project.now();
        let before = self.applied.versions.get(key);
        entry.edits = before.map(|before| before.edits.clone()).unwrap_or_default();
        entry.edits.retain(|at| at + EDIT_MEMORY > now);
        entry.edits.push(now);
        entry
    }

    fn record(
        &mut self,
        payload: &Payload,
        entry: Entry,
        status: Status,
        confirmed: bool,
    ) -> Result<Done, Problem> {
        let category = entry.category.to_ascii_lowercase();
        let recategorised = (category != payload.category.word()).then_some(category);
        self.applied.versions.insert(payload.key.clone(), entry);
        self.save(Done { status, recategorised, confirmed })
    }

    fn forget(&mut self, key: &VersionKey, done: Done) -> Result<Done, Problem> {
        self.applied.versions.remove(key);
        self.save(done)
    }

    /// What was done is done; but without a lock that says so, nothing more is.
    fn save(&mut self, done: Done) -> Result<Done, Problem> {
        match self.project.save(self.applied) {
            Ok(()) => Ok(done),
            Err(cause) => {
                self.stopped = true;
                Err(Problem::Unknown(format!("it was done, and the lock could not be written: {cause}")))
            }
        }
    }

    fn failed(&mut self, error: CallError) -> Problem {
        match error {
            CallError::Graph(error) => {
                self.stopped = matches!(error.advice(), Advice::Account | Advice::Wait);
                Problem::Refused(error)
            }
            CallError::Fault(fault) => {
                self.stopped = true;
                Problem::NotDone(fault.to_string())
            }
            CallError::Endless(_) => Problem::Unknown(error.to_string()),
        }
    }

    /// The payload with its samples uploaded, or with the handles of earlier uploads of the same bytes.
    async fn with_media(&mut self, payload: &Payload) -> Result<Payload, Problem> {
        let mut handles = Vec::new();
        for sample in payload.media() {
            handles.push(match sample {
                MediaSample::File { path, hash: Some(hash) } => {
                    MediaSample::Handle(self.handle(payload, path, hash).await?)
                }
                other => other.clone(),
            });
        }
        Ok(payload.clone().with_media(handles))
    }

    async fn handle(&mut self, payload: &Payload, path: &str, hash: &str) -> Result<String, Problem> {
        let now = self.project.now();
        let fresh = |handle: &&Handle| handle.uploaded_at + HANDLE_LIFE > now;
        if let Some(handle) = self.applied.media.get(hash).filter(fresh) {
            return Ok(handle.handle.clone());
        }
        let Some(app) = &self.target.app else {
            return Err(Problem::NotDone(
                "media samples are uploaded by an app: set `app_id` of the account".into(),
            ));
        };
        let file = self.project.media(payload, path).map_err(Problem::NotDone)?;
        let uploaded = calls::upload(self.remote, app, &file.name, file.mime, file.bytes).await;
        let handle = uploaded.map_err(|error| self.failed(error))?;
        self.applied.media.retain(|_, handle| handle.uploaded_at + HANDLE_LIFE > now);
        self.applied.media.insert(hash.to_owned(), Handle { handle: handle.clone(), uploaded_at: now });
        Ok(handle)
    }

    fn forget_handles(&mut self, payload: &Payload) {
        for sample in payload.media() {
            if let MediaSample::File { hash: Some(hash), .. } = sample {
                self.applied.media.remove(hash);
            }
        }
    }
}

fn handle_expired<T>(result: &Result<T, CallError>) -> bool {
    matches!(result, Err(CallError::Graph(error)) if error.subcode == Some(BAD_HANDLE))
}

/// Whether an edit that changes nothing users see can be seen in what reads back: in its samples, or its category.
fn shows_edit(payload: &Payload, before: &Deployed, now: &Deployed) -> bool {
    let samples_differ = normalise::payload(payload).samples_differ(&normalise::deployed(now));
    let sent_category = before.status != Status::Approved;
    !samples_differ && (!sent_category || now.category.eq_ignore_ascii_case(payload.category.word()))
}

/// A server fault may come after the effect; and a version that exists already may be our own, from a lost answer.
fn is_uncertain(error: &graph::Error) -> bool {
    matches!(error.advice(), Advice::Retry | Advice::Exists)
        || (error.code == 0 && (200..300).contains(&error.status))
}

fn entry(payload: &Payload, id: &str, status: &Status, category: &str, now: u64) -> Entry {
    let normal = normalise::payload(payload);
    Entry {
        id: id.to_owned(),
        content: normal.digest(),
        samples: normal.samples_digest(),
        unseen: normalise::unseen(payload),
        declared: payload.category.word().to_owned(),
        category: category.to_owned(),
        status: status.word().to_owned(),
        applied_at: now,
        edits: Vec::new(),
    }
}
