//! `watpl.lock`: what was last applied to each account.
//!
//! JSON, sorted, one line a version, so that git merges it and people read it. It holds no token and nothing of
//! any recipient.

mod step;

pub use step::Step;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::payload::VersionKey;

/// The version of the file's form. A newer one is refused, an older one is read.
pub const VERSION: u32 = 1;

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The state of each account, by its name in `watpl.yaml`.
    pub accounts: BTreeMap<String, Applied>,
}

/// The state last applied to one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The account's id at Meta; a lock of another account is not believed.
    pub waba_id: String,
    /// The versions.
    pub versions: BTreeMap<VersionKey, LockEntry>,
    /// Handles of uploaded media samples, by the SHA-256 of their content.
    pub media: BTreeMap<String, MediaHandle>,
    /// Versions that were deleted from here and whose names Meta keeps locked: until when, in seconds since 1970.
    pub locked: BTreeMap<VersionKey, u64>,
}

/// One version as it was last applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockEntry {
    /// Meta's id.
    pub id: String,
    /// The digest of the content that was sent.
    pub content: String,
    /// The digest of the samples that were sent.
    pub samples: String,
    /// The digest of what was sent and cannot be read back, media samples among it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen: Option<String>,
    /// The category that the source declared, in lower case.
    pub declared: String,
    /// The category that Meta answered, in upper case.
    pub category: String,
    /// The status when it was last seen, in upper case.
    pub status: String,
    /// The time it was applied, in seconds since 1970; 0 if it existed before.
    pub applied_at: u64,
    /// The times of its edits in the last 30 days, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<u64>,
}

/// An uploaded media sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaHandle {
    /// The handle that the upload returned.
    pub handle: String,
    /// The time of the upload, in seconds since 1970.
    pub uploaded_at: u64,
}

/// The reason a lock cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// It is not what watpl wrote.
    #[error("the lock file is not valid: {0}")]
    Unreadable(String),
    /// It has the marks of an unfinished merge.
    #[error("the lock file has merge conflict markers")]
    Conflict,
    /// A newer watpl wrote it.
    #[error("the lock file has version {0}, but this version of watpl supports at most {VERSION}")]
    Newer(u32),
}

#[derive(Deserialize)]
struct FileForm {
    version: u32,
    #[serde(default)]
    accounts: BTreeMap<String, AccountForm>,
}

#[derive(Deserialize)]
struct AccountForm {
    waba_id: String,
    #[serde(default)]
    media: BTreeMap<String, MediaHandle>,
    #[serde(default)]
    versions: BTreeMap<String, LockEntry>,
    #[serde(default)]
    locked: BTreeMap<String, u64>,
}

impl Lock {
    /// Reads the file's text.
    ///
    /// # Errors
    /// Returns an error if it is not a lock of this or an older version.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        if text.lines().any(|line| line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>")) {
            return Err(LockError::Conflict);
        }
        let form: FileForm =
            serde_json::from_str(text).map_err(|error| LockError::Unreadable(error.to_string()))?;
        if form.version > VERSION {
            return Err(LockError::Newer(form.version));
        }
        let accounts = form.accounts.into_iter().map(|(name, account)| Ok((name, account.checked()?)));
        Ok(Self { accounts: accounts.collect::<Result<_, LockError>>()? })
    }

    /// The file's text: sorted, one line a version, the same for the same content.
    pub fn render(&self) -> String {
        let accounts = self.accounts.iter().map(|(name, applied)| {
            let mut text = format!("    {}: {{\n      \"waba_id\": {}", json(name), json(&applied.waba_id));
            section(
                &mut text,
                "media",
                applied.media.iter().map(|(hash, handle)| (hash.clone(), json(handle))),
            );
            let versions = applied.versions.iter().map(|(key, entry)| (key.to_string(), json(entry)));
            section(&mut text, "versions", versions);
            let locked = applied.locked.iter().map(|(key, until)| (key.to_string(), until.to_string()));
            section(&mut text, "locked", locked);
            text + "\n    }"
        });
        let accounts: Vec<_> = accounts.collect();
        let inner =
            if accounts.is_empty() { String::new() } else { format!("\n{}\n  ", accounts.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"accounts\": {{{inner}}}\n}}\n")
    }
}

impl AccountForm {
    fn checked(self) -> Result<Applied, LockError> {
        let versions = self.versions.into_iter().map(|(key, entry)| Ok((version_key(&key)?, entry)));
        let locked = self.locked.into_iter().map(|(key, until)| Ok((version_key(&key)?, until)));
        Ok(Applied {
            waba_id: self.waba_id,
            versions: versions.collect::<Result<_, LockError>>()?,
            media: self.media,
            locked: locked.collect::<Result<_, LockError>>()?,
        })
    }
}

fn version_key(text: &str) -> Result<VersionKey, LockError> {
    let parts = text.split_once('/');
    let (name, language) =
        parts.ok_or_else(|| LockError::Unreadable(format!("`{text}` is not a name and a language")))?;
    Ok(VersionKey { name: name.to_owned(), language: language.to_owned() })
}

fn section(text: &mut String, name: &str, lines: impl Iterator<Item = (String, String)>) {
    let lines: Vec<_> = lines.map(|(key, value)| format!("        {}: {value}", json(&key))).collect();
    if !lines.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(text, ",\n      \"{name}\": {{\n{}\n      }}", lines.join(",\n"));
    }
}

/// Strings and plain structs of them always have a JSON form.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let entry = LockEntry {
            id: "123".into(),
            content: "c0".into(),
            samples: "5a".into(),
            unseen: None,
            declared: "utility".into(),
            category: "UTILITY".into(),
            status: "APPROVED".into(),
            applied_at: 7,
            edits: vec![8],
        };
        let key = |language: &str| VersionKey { name: "order_shipped".into(), language: language.into() };
        let handle = MediaHandle { handle: "4::a\nb".into(), uploaded_at: 1 };
        let applied = Applied {
            waba_id: "1".into(),
            versions: [(key("fa"), entry.clone()), (key("en_US"), entry)].into(),
            media: [("ff".into(), handle)].into(),
            locked: [(key("de"), 9)].into(),
        };
        Lock { accounts: [("sandbox".into(), applied), ("a\"b".into(), Applied::default())].into() }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = lock().render();
        insta::assert_snapshot!(text);
        assert_eq!(Lock::parse(&text), Ok(lock()));
        assert_eq!(Lock::parse(&Lock::default().render()), Ok(Lock::default()));
    }

    #[test]
    fn what_is_no_lock_is_refused() {
        assert!(matches!(Lock::parse(""), Err(LockError::Unreadable(_))));
        assert!(matches!(Lock::parse("{\"version\": 1, \"accounts\": []}"), Err(LockError::Unreadable(_))));
        assert_eq!(Lock::parse("{\"version\": 2}"), Err(LockError::Newer(2)));
        assert_eq!(Lock::parse("<<<<<<< HEAD\n{}"), Err(LockError::Conflict));
    }
}
