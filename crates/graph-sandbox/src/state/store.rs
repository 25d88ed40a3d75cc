//! The files of the state folder: a snapshot, and a journal of later changes. A change costs one line of the
//! journal. When the journal has grown, both are replaced by a new snapshot atomically.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::SandboxError;
use crate::model::account::{Account, AccountData};
use crate::model::size::{MeasuringWriter, Size};
use crate::model::template::Template;
use crate::model::templates::{Rows, SavedRows};
use crate::model::webhook_target::WebhookTarget;
use crate::state::check;
use crate::state::folder::{OpenFolder, StateFolder};

const SNAPSHOT_FILE: &str = "state.json";
const JOURNAL_FILE: &str = "journal.jsonl";
// Raised whenever an older sandbox could misread the files.
const FORMAT: u32 = 2;
// Lines after which the journal is folded into the file.
const MAX_JOURNAL_LINES: usize = 10_000;
// The most that is read of either file, and so the most that is written: a template takes 1 to 3 KB and about 80
// values, so that 100,000 of them fit. A value takes up to 72 bytes in memory.
const MAX_SIZE: Size = Size { bytes: 512 * MIB, values: 16_000_000 };
// The most that templates may take, so that everything else still fits.
const MAX_TEMPLATES_SIZE: Size = Size { bytes: 448 * MIB, values: 15_000_000 };
// Size after which the journal is folded into the file.
const MAX_JOURNAL_SIZE: Size = Size { bytes: 64 * MIB, values: 4_000_000 };
const MIB: u64 = 1024 * 1024;

/// The folder that keeps accounts between runs.
#[derive(Debug)]
pub(crate) struct Store {
    files: OpenFolder,
    path: PathBuf,
    /// Lines in the journal.
    lines: usize,
    /// Size of the journal.
    size: Size,
    /// `true` if a change did not fit into the journal.
    overdue: bool,
    /// Offset of a line that a killed process left unfinished.
    torn: Option<u64>,
}

/// Returns whether templates of this size can be kept.
pub(crate) fn fits(templates: Size) -> bool {
    templates.fits(MAX_TEMPLATES_SIZE)
}

/// The changes of a transaction in one account.
#[derive(Debug, Default)]
pub(crate) struct AccountChange {
    pub(crate) data: Option<AccountData>,
    pub(crate) templates: Rows,
}

/// The webhook target that a call registered, or that it wants none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct WebhookRegistration {
    pub(crate) target: Option<WebhookTarget>,
}

/// Everything that was saved.
#[derive(Debug)]
pub(crate) struct LoadedState {
    pub(crate) accounts: Vec<Account>,
    pub(crate) webhooks: Option<WebhookRegistration>,
}

#[derive(Deserialize)]
struct Snapshot {
    format: u32,
    #[serde(default)]
    webhooks: Option<WebhookRegistration>,
    accounts: BTreeMap<String, AccountSnapshot>,
}

#[derive(Deserialize)]
struct AccountSnapshot {
    phone: String,
    #[serde(rename = "books")]
    data: AccountData,
    templates: SavedRows,
}

#[derive(Serialize)]
struct SnapshotRef<'a> {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhooks: Option<&'a WebhookRegistration>,
    accounts: BTreeMap<&'a str, AccountSnapshotRef<'a>>,
}

#[derive(Serialize)]
struct AccountSnapshotRef<'a> {
    phone: &'a str,
    #[serde(rename = "books")]
    data: &'a AccountData,
    templates: BTreeMap<u64, Option<&'a Template>>,
}

#[derive(Deserialize)]
struct JournalLine {
    account: String,
    #[serde(rename = "books")]
    data: Option<AccountData>,
    #[serde(default)]
    templates: SavedRows,
}

#[derive(Serialize)]
struct JournalLineRef<'a> {
    account: &'a str,
    #[serde(rename = "books", skip_serializing_if = "Option::is_none")]
    data: Option<&'a AccountData>,
    templates: BTreeMap<u64, Option<&'a Template>>,
}

impl Store {
    /// Opens the folder.
    pub(crate) fn open(state: &StateFolder) -> Result<Self, SandboxError> {
        let path = state.path().to_owned();
        let files =
            state.open().map_err(|source| SandboxError::Write { path: path.join(SNAPSHOT_FILE), source })?;
        let size = Size::default();
        Ok(Self { files, path, lines: 0, size, overdue: false, torn: None })
    }

    /// Loads the saved state, if there is one.
    pub(crate) fn load(&mut self) -> Result<Option<LoadedState>, SandboxError> {
        let Some(text) = self.read(SNAPSHOT_FILE)? else {
            // A journal without its file means nothing, but it must be one.
            return self.read(JOURNAL_FILE).map(|_| None);
        };
        let corrupt = |detail: String| SandboxError::Corrupt { path: self.path.join(SNAPSHOT_FILE), detail };
        let whole: Snapshot = serde_json::from_slice(&text).map_err(|error| corrupt(error.to_string()))?;
        drop(text);
        if whole.format != FORMAT {
            return Err(corrupt(format!("its format is {}, not {FORMAT}", whole.format)));
        }
        let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
        for (id, saved) in whole.accounts {
            let mut account = Account::empty(&id, &saved.phone);
            account.data = saved.data;
            account.templates.load(saved.templates.into());
            accounts.insert(id, account);
        }
        check::accounts(&accounts).map_err(corrupt)?;
        self.replay(&mut accounts)?;
        Ok(Some(LoadedState { accounts: accounts.into_values().collect(), webhooks: whole.webhooks }))
    }

    /// Notes what changed.
    pub(crate) fn append(&mut self, account: &str, change: &AccountChange) -> Result<(), SandboxError> {
        let templates = as_refs(&change.templates);
        let line = JournalLineRef { account, data: change.data.as_ref(), templates };
        self.write(&line).map_err(|source| SandboxError::Write { path: self.path.join(JOURNAL_FILE), source })
    }

    // What cannot be written whole is taken back: the next line must not begin in the middle of one.
    fn write(&mut self, line: &JournalLineRef<'_>) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        let size = self.size.plus(Size::from_text(&text));
        if !size.fits(MAX_SIZE) {
            self.overdue = true;
            return Ok(());
        }
        let mut file = self.files.append(JOURNAL_FILE)?;
        let before = match self.torn.take() {
            Some(torn) => file.set_len(torn).map(|()| torn)?,
            None => file.metadata()?.len(),
        };
        file.write_all(&text).and_then(|()| file.sync_data()).inspect_err(|_| {
            // If this fails too, loading the file will report the damage.
            let _ = file.set_len(before);
        })?;
        self.lines += 1;
        self.size = size;
        Ok(())
    }

    /// Returns whether it is time to write a new snapshot.
    pub(crate) fn is_long(&self) -> bool {
        self.overdue || self.lines >= MAX_JOURNAL_LINES || !self.size.fits(MAX_JOURNAL_SIZE)
    }

    /// Puts everything in place of what was saved, in one step.
    pub(crate) fn save(
        &mut self,
        accounts: &[&Account],
        webhooks: Option<&WebhookRegistration>,
    ) -> Result<(), SandboxError> {
        self.replace(accounts, webhooks)
            .map_err(|source| SandboxError::Write { path: self.path.join(SNAPSHOT_FILE), source })?;
        (self.lines, self.size, self.overdue) = (0, Size::default(), false);
        Ok(())
    }

    // Written to a new file, flushed to the disk, then renamed over the old one: a crash leaves one of the two. A
    // journal that outlives its snapshot does no harm: its lines hold whole rows, not
    // differences.
    fn replace(&self, accounts: &[&Account], webhooks: Option<&WebhookRegistration>) -> io::Result<()> {
        let rows: Vec<Rows> = accounts.iter().map(|account| account.templates.rows()).collect();
        let each = accounts.iter().zip(&rows).map(|(account, rows)| {
            let (phone, data) = (account.phone.as_str(), &account.data);
            (account.id.as_str(), AccountSnapshotRef { phone, data, templates: as_refs(rows) })
        });
        let whole = SnapshotRef { format: FORMAT, webhooks, accounts: each.collect() };
        let (name, file) = self.files.create_unnamed(SNAPSHOT_FILE)?;
        let written = write_whole(file, &whole).and_then(|()| self.files.rename(&name, SNAPSHOT_FILE));
        if let Err(error) = written {
            // The error that matters is the first one.
            let _ = self.files.remove(&name);
            return Err(error);
        }
        self.files.remove(JOURNAL_FILE)
    }

    // A last line without an end was being written when the process died: its call was never answered.
    fn replay(&mut self, accounts: &mut BTreeMap<String, Account>) -> Result<(), SandboxError> {
        let Some(text) = self.read(JOURNAL_FILE)? else { return Ok(()) };
        let corrupt = |detail: String| SandboxError::Corrupt { path: self.path.join(JOURNAL_FILE), detail };
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines = text.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
        let mut read = 0;
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let line: JournalLine = serde_json::from_slice(line)
                .map_err(|error| corrupt(format!("line {}: {error}", number + 1)))?;
            let Some(account) = accounts.get_mut(&line.account) else { continue };
            account.data = line.data.unwrap_or_else(|| account.data.clone());
            account.templates.load(line.templates.into());
            read += 1;
        }
        check::accounts(accounts).map_err(corrupt)?;
        self.torn = (whole < text.len()).then(|| u64::try_from(whole).unwrap_or_default());
        (self.lines, self.size) = (read, Size::from_text(&text));
        Ok(())
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, SandboxError> {
        let path = self.path.join(name);
        let text = match self.files.read(name, MAX_SIZE.bytes) {
            Ok(text) => text,
            Err(source) => return Err(SandboxError::Read { path, source }),
        };
        match text {
            Some(text) if !Size::from_text(&text).fits(MAX_SIZE) => Err(SandboxError::Corrupt {
                path,
                detail: format!("it has more than {} values", MAX_SIZE.values),
            }),
            text => Ok(text),
        }
    }
}

fn write_whole(file: std::fs::File, whole: &SnapshotRef<'_>) -> io::Result<()> {
    let mut out = MeasuringWriter::new(io::BufWriter::new(&file));
    serde_json::to_writer(&mut out, whole)?;
    out.flush()?;
    if !out.size.fits(MAX_SIZE) {
        return Err(io::Error::other("the state is larger than the sandbox reads"));
    }
    drop(out);
    file.sync_all()
}

fn as_refs(rows: &Rows) -> BTreeMap<u64, Option<&Template>> {
    rows.iter().map(|(number, row)| (*number, row.as_deref())).collect()
}
