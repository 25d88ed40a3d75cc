//! Saved plan file. It is applied exactly as reviewed, or not at all once anything has changed.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Action, Change, Plan, PlanInput, PlanOptions};
use crate::canonical;
use crate::hash;
use crate::lock::Applied;
use crate::payload::Payload;
use crate::selection::{BadPattern, Selection};

/// The version of the file's form. A plan lives for a day: no other version is read.
const VERSION: u32 = 1;

/// A plan for one account, with a fingerprint of everything that it saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// The version of the form.
    version: u32,
    /// The version of watpl that decided.
    tool: String,
    /// The account, by its name in the configuration.
    pub account: String,
    /// Its id at Meta.
    pub waba_id: String,
    /// The time of planning, in seconds since 1970.
    pub planned_at: u64,
    /// The allowed actions.
    allowed: RecordedOptions,
    /// The state seen.
    saw: InputFingerprints,
    /// The changes.
    changes: Vec<PlannedLine>,
}

/// Fingerprints of the three sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFingerprints {
    sources: String,
    lock: String,
    account: String,
}

/// The options that decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordedOptions {
    overwrite: bool,
    recreate: bool,
    adopt: bool,
    samples: bool,
    prune: bool,
    max_deletes: usize,
    selected: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Vec<String>>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlannedLine {
    version: String,
    action: String,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The digest of what is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sends: Option<String>,
}

/// The reason a saved plan is not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// Another version of watpl made it.
    #[error("the plan was created by watpl {0}, and this version may plan differently")]
    Tool(String),
    /// It is for another account.
    #[error("the plan is for the account {planned}, but watpl.yaml has {actual}")]
    Account {
        /// Of the plan.
        planned: String,
        /// Of the configuration.
        actual: String,
    },
    /// The payload has changed.
    #[error("the files have changed since the plan was created")]
    Sources,
    /// Something was applied since.
    #[error("the lock file has changed since the plan was created")]
    Lock,
    /// The account is not as it was.
    #[error("the account has changed since the plan was created")]
    Moved,
    /// Time has passed.
    #[error("`{key}` was planned as `{planned}`, but is now `{actual}`")]
    Decision {
        /// The version.
        key: String,
        /// The planned action.
        planned: String,
        /// The action that would be taken now.
        actual: String,
    },
}

impl InputFingerprints {
    /// The fingerprints of what a plan with these options looks at.
    pub fn new(sides: &PlanInput<'_>, options: &PlanOptions) -> Self {
        let mut sources = String::new();
        // Writing to a string cannot fail.
        for desired in sides.desired.iter().filter(|desired| options.only.contains(&desired.payload.key)) {
            let _ = writeln!(sources, "{} {}", desired.has_errors, sends(&desired.payload));
        }
        let mut listed: Vec<_> =
            sides.deployed.iter().filter(|deployed| options.only.contains(&deployed.key)).collect();
        listed.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
        let mut account = String::new();
        for deployed in listed {
            let normal = canonical::deployed(deployed);
            let (content, samples) = (normal.digest(), normal.samples_digest());
            let (key, id, status) = (&deployed.key, &deployed.id, deployed.status.as_str());
            let _ = writeln!(account, "{key} {id} {status} {} {content} {samples}", deployed.category);
        }
        let lock = lock_text(sides.applied, options);
        let digest = |text: &str| hash::digest(text);
        Self { sources: digest(&sources), lock: digest(&lock), account: digest(&account) }
    }
}

fn lock_text(applied: &Applied, options: &PlanOptions) -> String {
    let versions = applied.versions.iter().filter(|(key, _)| options.only.contains(key));
    let versions = versions.map(|(key, entry)| format!("{key} {entry:?}\n"));
    let locked = applied.locked.iter().filter(|(key, _)| options.only.contains(key));
    versions.chain(locked.map(|(key, until)| format!("{key} {until}\n"))).collect()
}

/// The digest of everything that a payload sends.
fn sends(payload: &Payload) -> String {
    let Payload { key, category, parameter_format, ttl, options, components, library, .. } = payload;
    hash::digest(&format!(
        "{key} {category:?} {parameter_format:?} {ttl:?} {options:?} {components:?} {library:?}"
    ))
}

impl PlannedLine {
    fn new(change: &Change) -> Self {
        let writes = matches!(change.action, Action::Create | Action::Edit);
        Self {
            version: change.key.to_string(),
            action: change.action.as_str().to_owned(),
            reason: change.reason.as_str().to_owned(),
            before: change.before.clone(),
            after: change.after.clone(),
            sends: change.payload.as_ref().filter(|_| writes).map(sends),
        }
    }
}

impl PlanFile {
    /// Puts a plan on paper.
    pub fn new(
        account: &str,
        waba_id: &str,
        plan: &Plan,
        sides: &PlanInput<'_>,
        options: &PlanOptions,
    ) -> Self {
        let changed = options.only.changed().map(|names| names.iter().cloned().collect());
        Self {
            version: VERSION,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            account: account.to_owned(),
            waba_id: waba_id.to_owned(),
            planned_at: sides.now,
            allowed: RecordedOptions {
                overwrite: options.overwrite,
                recreate: options.recreate,
                adopt: options.adopt,
                samples: options.samples,
                prune: options.prune,
                max_deletes: options.max_deletes,
                selected: options.only.words().to_vec(),
                changed,
            },
            saw: InputFingerprints::new(sides, options),
            changes: plan.changes.iter().map(PlannedLine::new).collect(),
        }
    }

    /// Its selection.
    ///
    /// # Errors
    /// Returns an error if a word of it is no pattern.
    pub fn selection(&self) -> Result<Selection, BadPattern> {
        let selection = Selection::parse(&self.allowed.selected)?;
        Ok(match &self.allowed.changed {
            Some(names) => selection.restrict_to(names.iter().cloned().collect()),
            None => selection,
        })
    }

    /// The options it was made with; what the configuration decides is taken from `options`.
    #[must_use]
    pub fn options(&self, options: PlanOptions) -> PlanOptions {
        let RecordedOptions { overwrite, recreate, adopt, samples, prune, max_deletes, .. } = self.allowed;
        PlanOptions { overwrite, recreate, adopt, samples, prune, max_deletes, ..options }
    }

    /// Checks that it is for the account with this id, and was decided by this version.
    ///
    /// # Errors
    /// Returns an error if it is not.
    pub fn check_place(&self, waba_id: &str) -> Result<(), Stale> {
        if self.tool != env!("CARGO_PKG_VERSION") || self.version != VERSION {
            return Err(Stale::Tool(self.tool.clone()));
        }
        if self.waba_id != waba_id {
            return Err(Stale::Account { planned: self.waba_id.clone(), actual: waba_id.to_owned() });
        }
        Ok(())
    }

    /// The plan as it was shown, out of the one that would be made now.
    ///
    /// # Errors
    /// Returns an error if anything that it saw has moved, or time forbids what was possible.
    pub fn check(&self, plan: Plan, saw: &InputFingerprints) -> Result<Plan, Stale> {
        if saw.sources != self.saw.sources {
            return Err(Stale::Sources);
        }
        if saw.account != self.saw.account {
            return Err(Stale::Moved);
        }
        if saw.lock != self.saw.lock {
            return Err(Stale::Lock);
        }
        let mut changes = plan.changes;
        if changes.len() != self.changes.len() {
            return Err(Stale::Moved);
        }
        for (change, line) in changes.iter_mut().zip(&self.changes) {
            let now = PlannedLine::new(change);
            let planned_nothing =
                [Action::Keep, Action::Hold].iter().any(|kind| kind.as_str() == line.action);
            if now.action == line.action && now.sends == line.sends && now.version == line.version {
                continue;
            }
            // A hold that has ended was not agreed to; what is sent is what was shown.
            if planned_nothing && now.version == line.version {
                change.action = Action::Hold;
                continue;
            }
            return Err(Stale::Decision {
                key: line.version.clone(),
                planned: line.action.clone(),
                actual: format!("{} ({})", now.action, now.reason),
            });
        }
        Ok(Plan { changes })
    }
}

/// The file: plans, and a digest that detects changes made by hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFileForm {
    plans: Vec<PlanFile>,
    digest: String,
}

/// The reason a plan file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFileError {
    /// It is not what `watpl diff --out` wrote.
    #[error("it is not a plan: {0}")]
    Unreadable(String),
    /// It was changed by hand.
    #[error("it was edited after it was created")]
    Changed,
}

/// The text of a file of plans.
pub fn render(plans: Vec<PlanFile>) -> String {
    let digest = digest(&plans);
    let paper = PlanFileForm { plans, digest };
    serde_json::to_string_pretty(&paper).unwrap_or_default() + "\n"
}

/// Reads a file of plans.
///
/// # Errors
/// Returns an error if it is not a plan file, or was changed by hand.
pub fn parse(text: &str) -> Result<Vec<PlanFile>, PlanFileError> {
    let paper: PlanFileForm =
        serde_json::from_str(text).map_err(|error| PlanFileError::Unreadable(error.to_string()))?;
    if paper.digest == digest(&paper.plans) { Ok(paper.plans) } else { Err(PlanFileError::Changed) }
}

fn digest(plans: &[PlanFile]) -> String {
    hash::digest(&serde_json::to_string(plans).unwrap_or_default())
}
