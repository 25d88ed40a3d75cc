//! Records pulled versions in the lock, so that the next plan is empty.

use super::files::{PullProject, unlearned};
use crate::apply::adopted_entry;
use crate::cli::CommandError;
use crate::cli::console::Console;
use crate::payload::Deployed;
use crate::plan::{Action, Reason};
use crate::selection::Selection;
use crate::workspace::LockFile;

/// Reads the project again, and takes every version into the lock that both sides say the same of. Gives back how many
/// these are.
pub(super) fn adopt(
    console: &Console,
    account: Option<&str>,
    mut lock: LockFile,
    waba: &str,
    deployed: &[Deployed],
    names: &Selection,
) -> Result<usize, CommandError> {
    let project = PullProject::open(console, account)?;
    let mut applied = project.applied(&lock, waba)?;
    let before = applied.clone();
    waba.clone_into(&mut applied.waba_id);
    let mut learned = 0;
    for change in project.plan(deployed, &before).changes {
        let adopted = change.action == Action::Keep && change.reason == Reason::Adopted;
        let (Some(payload), Some(deployed), true) = (&change.payload, &change.deployed, adopted) else {
            continue;
        };
        if names.contains(&change.key) {
            let entry = adopted_entry(payload, deployed, before.versions.get(&change.key));
            applied.versions.insert(change.key.clone(), entry);
            learned += 1;
        }
    }
    if learned > 0 {
        lock.save(&applied).map_err(|error| unlearned(&error.to_string()))?;
    }
    Ok(learned)
}
