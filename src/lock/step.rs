//! Change that one success makes to the lock: a line written at once, so that the lock itself need not be.

use serde::{Deserialize, Serialize};

use super::{Applied, LockEntry, LockError, MediaHandle, json, version_key};
use crate::payload::VersionKey;

/// One success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A version was created, edited, or found as it should be.
    Applied(VersionKey, LockEntry),
    /// A version was deleted.
    Deleted {
        /// The version.
        key: VersionKey,
        /// Its id; one that was created since under the same name is another.
        id: String,
        /// Until when Meta keeps its name locked, in seconds since 1970.
        locked: Option<u64>,
    },
    /// A media sample was uploaded: the hash of its content, and the handle.
    Uploaded(String, MediaHandle),
}

/// A step as it is written, with the account that it belongs to.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepLine {
    account: String,
    waba_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<LockEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locked: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handle: Option<MediaHandle>,
}

impl Step {
    /// The step as one line of JSON, without the line break.
    pub fn render(&self, account: &str, waba_id: &str) -> String {
        let mut line = StepLine {
            account: account.to_owned(),
            waba_id: waba_id.to_owned(),
            version: None,
            entry: None,
            deleted: None,
            id: None,
            locked: None,
            media: None,
            handle: None,
        };
        match self.clone() {
            Self::Applied(key, entry) => (line.version, line.entry) = (Some(key.to_string()), Some(entry)),
            Self::Deleted { key, id, locked } => {
                (line.deleted, line.id, line.locked) = (Some(key.to_string()), Some(id), locked);
            }
            Self::Uploaded(hash, handle) => (line.media, line.handle) = (Some(hash), Some(handle)),
        }
        json(&line)
    }

    /// Reads the steps of an account from the lines of a file. A last line that was cut short is no step: whoever wrote
    /// it was killed, and what it was about is found in the account. Gives back the id of the account with them.
    ///
    /// # Errors
    /// Returns an error if another line is not a step.
    pub fn parse_all(text: &str, account: &str) -> Result<Vec<(String, Self)>, LockError> {
        let whole = text.rfind('\n').map_or("", |end| text.get(..end).unwrap_or_default());
        let lines = whole.lines().filter(|line| !line.is_empty()).map(|line| {
            let line: StepLine =
                serde_json::from_str(line).map_err(|error| LockError::Unreadable(error.to_string()))?;
            Ok((line.account == account).then_some((line.waba_id.clone(), line.step()?)))
        });
        Ok(lines.collect::<Result<Vec<_>, LockError>>()?.into_iter().flatten().collect())
    }
}

impl StepLine {
    fn step(self) -> Result<Step, LockError> {
        match self {
            Self { version: Some(key), entry: Some(entry), .. } => {
                Ok(Step::Applied(version_key(&key)?, entry))
            }
            Self { deleted: Some(key), id: Some(id), locked, .. } => {
                Ok(Step::Deleted { key: version_key(&key)?, id, locked })
            }
            Self { media: Some(hash), handle: Some(handle), .. } => Ok(Step::Uploaded(hash, handle)),
            _ => Err(LockError::Unreadable("a step is empty".into())),
        }
    }
}

impl Applied {
    /// Takes a step in, unless what is there is newer: the lock may have come from elsewhere since.
    pub fn merge_if_newer(&mut self, step: Step) {
        let is_newer = match &step {
            Step::Applied(key, entry) => {
                self.versions.get(key).is_none_or(|known| known.latest() <= entry.latest())
            }
            Step::Deleted { key, id, .. } => self.versions.get(key).is_none_or(|known| known.id == *id),
            Step::Uploaded(hash, handle) => {
                self.media.get(hash).is_none_or(|known| known.uploaded_at <= handle.uploaded_at)
            }
        };
        if is_newer {
            self.take(step);
        }
    }

    /// Takes a step in that was done just now.
    pub fn take(&mut self, step: Step) {
        match step {
            Step::Applied(key, entry) => {
                self.locked.remove(&key);
                self.versions.insert(key, entry);
            }
            Step::Deleted { key, locked, .. } => {
                self.versions.remove(&key);
                self.locked.extend(locked.map(|until| (key, until)));
            }
            Step::Uploaded(hash, handle) => drop(self.media.insert(hash, handle)),
        }
    }
}

impl LockEntry {
    /// The time of the last creation or edit.
    fn latest(&self) -> u64 {
        self.edits.iter().copied().max().unwrap_or(0).max(self.applied_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> VersionKey {
        VersionKey { name: "order".into(), language: "fa".into() }
    }

    fn entry(id: &str, applied_at: u64) -> LockEntry {
        LockEntry {
            id: id.into(),
            content: "c".into(),
            samples: "s".into(),
            unseen: None,
            declared: "utility".into(),
            category: "UTILITY".into(),
            status: "APPROVED".into(),
            applied_at,
            edits: Vec::new(),
        }
    }

    fn steps() -> Vec<Step> {
        let handle = MediaHandle { handle: "4::a\nb".into(), uploaded_at: 1 };
        vec![
            Step::Applied(key(), entry("1", 5)),
            Step::Uploaded("ff".into(), handle),
            Step::Deleted { key: key(), id: "1".into(), locked: Some(9) },
        ]
    }

    #[test]
    fn steps_are_read_as_they_were_written_and_a_cut_one_is_none() {
        let lines: String = steps().iter().map(|step| step.render("live", "7") + "\n").collect();
        let wanted: Vec<_> = steps().into_iter().map(|step| ("7".to_owned(), step)).collect();
        assert_eq!(Step::parse_all(&lines, "live"), Ok(wanted.clone()));
        assert_eq!(Step::parse_all(&lines, "other"), Ok(Vec::new()));
        for cut in 0..lines.len() {
            let text = lines.get(..cut).unwrap_or_default();
            let whole = text.matches('\n').count();
            assert_eq!(Step::parse_all(text, "live").as_deref(), Ok(&wanted[..whole]), "{text}");
        }
        assert!(Step::parse_all("nonsense\n", "live").is_err());
        assert!(Step::parse_all("{\"account\": \"live\", \"waba_id\": \"7\"}\n", "live").is_err());
    }

    #[test]
    fn what_is_newer_stays() {
        let mut applied = Applied::default();
        steps().into_iter().for_each(|step| applied.merge_if_newer(step));
        assert_eq!((applied.versions.len(), applied.locked.get(&key())), (0, Some(&9)));
        applied.take(Step::Applied(key(), entry("2", 7)));
        assert_eq!(applied.locked.len(), 0);
        // Of an older run, whose lock was replaced by a newer one.
        steps().into_iter().for_each(|step| applied.merge_if_newer(step));
        assert_eq!(applied.versions.get(&key()).map(|entry| entry.id.as_str()), Some("2"));
        assert_eq!(applied.locked.len(), 0);
    }
}
