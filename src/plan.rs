//! Plans: decide all changes before any is made.
//!
//! [`plan`] is a pure function: the source is what should be, the account is what exists, the lock
//! is what was last applied. Every rule about when a change is possible is decided here, with its reason.

mod decide;
mod reason;
pub mod saved;

pub use reason::Reason;
pub use saved::{InputFingerprints, PlanFile, Stale};

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::canonical::{self, CanonicalTemplate};
use crate::hash;
use crate::lock::Applied;
use crate::payload::{Deployed, Payload, VersionKey};
use crate::platform::limits;
use crate::selection::Selection;

/// Seconds in an hour.
const HOUR: u64 = 3_600;

/// One version as the source wants it.
#[derive(Clone, Debug)]
pub struct Desired {
    /// The payload.
    pub payload: Payload,
    /// Its normal form.
    pub normal: CanonicalTemplate,
    /// `true` if the source has errors, so that it must not be sent.
    pub has_errors: bool,
}

impl Desired {
    /// A version that may be sent unless its source has errors.
    pub fn new(payload: Payload, has_errors: bool) -> Self {
        Self { normal: canonical::payload(&payload), payload, has_errors }
    }
}

/// The three sides, and the hour.
#[derive(Debug)]
pub struct PlanInput<'a> {
    /// The desired state.
    pub desired: &'a [Desired],
    /// The deployed state.
    pub deployed: &'a [Deployed],
    /// The state last applied; empty for an account that was never pushed to.
    pub applied: &'a Applied,
    /// The number of versions the account may have, as far as it is known.
    pub limit: Option<usize>,
    /// Seconds since 1970.
    pub now: u64,
}

/// Actions that the user allows.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// Edit back what was edited in the console.
    pub overwrite: bool,
    /// Create again what was deleted outside.
    pub recreate: bool,
    /// Edit versions that are there, differ, and were never applied by us.
    pub adopt: bool,
    /// Use up an edit where only samples differ.
    pub samples: bool,
    /// Delete what was removed from the source.
    pub prune: bool,
    /// `true` if part of the source could not be read, so that versions may only seem to be removed.
    pub incomplete: bool,
    /// Most deletions of one run.
    pub max_deletes: usize,
    /// Names that are never deleted.
    pub protect: BTreeSet<String>,
    /// `true` if versions not managed by the project are mentioned.
    pub report_unmanaged: bool,
    /// The selection of the run.
    pub only: Selection,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            overwrite: false,
            recreate: false,
            adopt: false,
            samples: false,
            prune: false,
            incomplete: false,
            max_deletes: 10,
            protect: BTreeSet::new(),
            report_unmanaged: true,
            only: Selection::default(),
        }
    }
}

/// The changes, in the order of names and languages.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One decision a version.
    pub changes: Vec<Change>,
}

/// A decision about one version.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version.
    pub key: VersionKey,
    /// The action.
    pub action: Action,
    /// The reason.
    pub reason: Reason,
    /// The category that the source declares and the one that Meta made of it, where they differ.
    pub recategorised: Option<(String, String)>,
    /// The content users see now.
    pub before: Option<String>,
    /// The content users would see after the change.
    pub after: Option<String>,
    /// The payload.
    pub payload: Option<Payload>,
    /// The deployed version.
    pub deployed: Option<Deployed>,
}

impl Change {
    /// Returns whether both sides render alike, and differ only in whether accents are composed with letters
    /// or separate (Unicode's normal forms).
    pub fn looks_alike(&self) -> bool {
        let sides = self.before.as_deref().zip(self.after.as_deref());
        sides.is_some_and(|(before, after)| before != after && before.nfc().eq(after.nfc()))
    }
}

/// The action for a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Nothing; at most the lock records it.
    Keep,
    /// It is created.
    Create,
    /// It is edited.
    Edit,
    /// It is deleted.
    Delete,
    /// It would change, and must not now.
    Hold,
}

impl Action {
    /// The sign before a line of the plan.
    pub fn sign(self) -> char {
        match self {
            Self::Keep => '=',
            Self::Create => '+',
            Self::Edit => '~',
            Self::Delete => '-',
            Self::Hold => '!',
        }
    }

    /// The word in plans for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Delete => "delete",
            Self::Hold => "hold",
        }
    }
}

impl Plan {
    /// Counts the versions an action is planned for.
    pub fn count(&self, action: Action) -> usize {
        self.changes.iter().filter(|change| change.action == action).count()
    }

    /// Returns whether anything would be sent.
    pub fn is_pending(&self) -> bool {
        self.changes
            .iter()
            .any(|change| matches!(change.action, Action::Create | Action::Edit | Action::Delete))
    }

    /// Returns whether something existed before anything was applied from here.
    pub fn is_two_way(&self) -> bool {
        self.changes.iter().any(|change| {
            matches!(change.reason, Reason::NotAdopted | Reason::TakenOver)
                || (change.reason == Reason::Adopted && change.recategorised.is_none())
        })
    }

    /// A short hash of what is to be done, for the journal.
    pub fn fingerprint(&self) -> String {
        let lines = self.changes.iter().map(|change| {
            let after = change.after.as_deref().unwrap_or_default();
            format!("{} {} {}\n{after}\n", change.action.sign(), change.key, change.reason.as_str())
        });
        let mut digest = hash::digest(&lines.collect::<String>());
        digest.truncate(16);
        digest
    }

    /// Returns whether Meta or someone in the console changed something that we applied.
    pub fn has_drift(&self) -> bool {
        self.changes.iter().any(|change| {
            change.recategorised.is_some()
                || (change.action == Action::Hold
                    && matches!(change.reason, Reason::Drift | Reason::Conflict | Reason::DeletedOutside))
        })
    }
}

/// Decides what is to be done with every version that any side knows.
pub fn plan(sides: &PlanInput<'_>, options: &PlanOptions) -> Plan {
    let desired: BTreeMap<_, _> =
        sides.desired.iter().map(|desired| (&desired.payload.key, desired)).collect();
    // A listing may contain a deleted version together with its successor: the living one counts.
    let (gone, alive): (Vec<_>, Vec<_>) = sides.deployed.iter().partition(|version| decide::is_gone(version));
    let deployed: BTreeMap<_, _> =
        gone.into_iter().chain(alive).map(|deployed| (&deployed.key, deployed)).collect();
    let known = desired
        .keys()
        .chain(deployed.keys())
        .chain(sides.applied.versions.keys().collect::<Vec<_>>().iter())
        .copied()
        .collect::<BTreeSet<_>>();
    let selected = known.into_iter().filter(|key| options.only.contains(key));
    let changes = selected.filter_map(|key| {
        let entry = sides.applied.versions.get(key);
        let version = decide::VersionSides {
            key,
            desired: desired.get(key).copied(),
            text: OnceCell::new(),
            deployed: deployed.get(key).copied(),
            entry,
            locked: sides.applied.locked.get(key).copied(),
            now: sides.now,
        };
        version.decide(options)
    });
    let mut plan = Plan { changes: changes.collect() };
    hold_duplicates(&mut plan, sides);
    hold_category_clashes(&mut plan, sides);
    hold_deletions_over_cap(&mut plan, options);
    hold_creations_over_limit(&mut plan, sides);
    schedule_creations(&mut plan, sides);
    plan
}

/// Two living versions of one name and language are ambiguous: neither is touched.
fn hold_duplicates(plan: &mut Plan, sides: &PlanInput<'_>) {
    let alive = sides.deployed.iter().filter(|deployed| !decide::is_gone(deployed));
    let mut ids: BTreeMap<&VersionKey, &str> = BTreeMap::new();
    let doubles: BTreeSet<_> = alive
        .filter(|deployed| ids.insert(&deployed.key, &deployed.id).is_some_and(|id| id != deployed.id))
        .map(|deployed| &deployed.key)
        .collect();
    for change in plan.changes.iter_mut().filter(|change| doubles.contains(&change.key)) {
        change.action = Action::Hold;
        change.reason = Reason::ListedTwice;
    }
}

/// Meta keeps one category for a name: another language in another category is refused.
fn hold_category_clashes(plan: &mut Plan, sides: &PlanInput<'_>) {
    let alive = sides.deployed.iter().filter(|deployed| !decide::is_gone(deployed));
    let held: BTreeMap<&str, &str> =
        alive.map(|deployed| (deployed.key.name.as_str(), deployed.category.as_str())).collect();
    for change in &mut plan.changes {
        let Some(payload) = change.payload.as_ref().filter(|_| change.action == Action::Create) else {
            continue;
        };
        let Some(category) = held.get(change.key.name.as_str()) else { continue };
        if !payload.category.as_str().eq_ignore_ascii_case(category) {
            change.action = Action::Hold;
            change.reason = Reason::NameHasOtherCategory((*category).to_owned());
        }
    }
}

/// More deletions than allowed are a mistake more often than a wish: then none is done.
fn hold_deletions_over_cap(plan: &mut Plan, options: &PlanOptions) {
    let planned = plan.count(Action::Delete);
    if planned > options.max_deletes {
        for change in plan.changes.iter_mut().filter(|change| change.action == Action::Delete) {
            change.action = Action::Hold;
            change.reason = Reason::TooManyDeletions { planned, allowed: options.max_deletes };
        }
    }
}

/// An account has so many versions, every language counted. What is deleted makes no room: it may stay for 30 days.
fn hold_creations_over_limit(plan: &mut Plan, sides: &PlanInput<'_>) {
    let Some(limit) = sides.limit else { return };
    let free = limit.saturating_sub(sides.deployed.len());
    let creations = plan.changes.iter_mut().filter(|change| change.action == Action::Create);
    for change in creations.skip(free) {
        change.action = Action::Hold;
        change.reason = Reason::AccountFull { limit };
    }
}

/// Meta allows so many creations an hour; the rest waits for the next hour.
fn schedule_creations(plan: &mut Plan, sides: &PlanInput<'_>) {
    let since = sides.now.saturating_sub(HOUR);
    let recent = sides.applied.versions.values().filter(|entry| {
        entry.edits.is_empty() && entry.applied_at > since && entry.applied_at <= sides.now + decide::SKEW
    });
    let oldest = recent.clone().map(|entry| entry.applied_at).min().unwrap_or(sides.now);
    let free = limits::CREATIONS_PER_HOUR.saturating_sub(recent.count());
    let creations = plan.changes.iter_mut().filter(|change| change.action == Action::Create);
    for change in creations.skip(free) {
        change.action = Action::Hold;
        change.reason = Reason::HourlyLimit { until: oldest + HOUR };
    }
}
