//! The state folder: a file with everything, and a journal of what changed since. A change costs one line of the
//! journal; when that has grown, both become one new file in one step, so that there is never half of anything.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sandbox::SandboxError;
use crate::sandbox::account::{Account, Books};
use crate::sandbox::template::Template;
use crate::sandbox::templates::{Rows, Saved};
use crate::sandbox::webhooks::Target;

const FILE: &str = "state.json";
const JOURNAL: &str = "journal.jsonl";
// Raised whenever an older sandbox could misread the files.
const FORMAT: u32 = 2;
// Lines after which the journal is folded into the file.
const LONGEST_JOURNAL: usize = 10_000;

/// The folder that keeps accounts between runs.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    /// Lines that this process has written since the file.
    lines: usize,
    /// Where a line begins that a dying process left unfinished.
    torn: Option<u64>,
}

/// What a transaction changed in one account.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) books: Option<Books>,
    pub(crate) templates: Rows,
}

/// Where the app wants its webhooks, or that it wants none, once it has said so by a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Registered {
    pub(crate) target: Option<Target>,
}

/// Everything that was saved.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) accounts: Vec<Account>,
    pub(crate) webhooks: Option<Registered>,
}

#[derive(Deserialize)]
struct Whole {
    format: u32,
    #[serde(default)]
    webhooks: Option<Registered>,
    accounts: BTreeMap<String, SavedAccount>,
}

#[derive(Deserialize)]
struct SavedAccount {
    phone: String,
    books: Books,
    templates: Saved,
}

#[derive(Serialize)]
struct Saving<'a> {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhooks: Option<&'a Registered>,
    accounts: BTreeMap<&'a str, SavingAccount<'a>>,
}

#[derive(Serialize)]
struct SavingAccount<'a> {
    phone: &'a str,
    books: &'a Books,
    templates: BTreeMap<u64, Option<&'a Template>>,
}

#[derive(Deserialize)]
struct Line {
    account: String,
    books: Option<Books>,
    #[serde(default)]
    templates: Saved,
}

#[derive(Serialize)]
struct Writing<'a> {
    account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    books: Option<&'a Books>,
    templates: BTreeMap<u64, Option<&'a Template>>,
}

impl Store {
    /// Makes the folder if it is not there yet.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    pub(crate) fn open(folder: &Path) -> Result<Self, SandboxError> {
        let store = Self { folder: folder.to_owned(), lines: 0, torn: None };
        std::fs::create_dir_all(folder)
            .map_err(|source| SandboxError::Write { path: store.file(), source })?;
        Ok(store)
    }

    /// What was saved; nothing if nothing was.
    pub(crate) fn load(&mut self) -> Result<Option<Loaded>, SandboxError> {
        let Some(text) = read(self.file())? else { return Ok(None) };
        let corrupt = |detail: String| SandboxError::Corrupt { path: self.file(), detail };
        let whole: Whole = serde_json::from_slice(&text).map_err(|error| corrupt(error.to_string()))?;
        if whole.format != FORMAT {
            return Err(corrupt(format!("its format is {}, not {FORMAT}", whole.format)));
        }
        let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
        for (id, saved) in whole.accounts {
            let mut account = Account::empty(&id, &saved.phone);
            account.books = saved.books;
            account.templates.load(saved.templates.into());
            accounts.insert(id, account);
        }
        self.replay(&mut accounts)?;
        Ok(Some(Loaded { accounts: accounts.into_values().collect(), webhooks: whole.webhooks }))
    }

    /// Notes what changed.
    pub(crate) fn append(&mut self, account: &str, change: &Change) -> Result<(), SandboxError> {
        let templates = borrowed(&change.templates);
        let line = Writing { account, books: change.books.as_ref(), templates };
        self.write(&line).map_err(|source| SandboxError::Write { path: self.journal(), source })?;
        self.lines += 1;
        Ok(())
    }

    // What cannot be written whole is taken back: the next line must not begin in the middle of one.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    fn write(&mut self, line: &Writing<'_>) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(self.journal())?;
        let before = match self.torn.take() {
            Some(torn) => file.set_len(torn).map(|()| torn)?,
            None => file.metadata()?.len(),
        };
        file.write_all(&text).and_then(|()| file.sync_data()).inspect_err(|_| {
            // When this fails, too, the file is beyond help, and reading it says so.
            let _ = file.set_len(before);
        })
    }

    /// Whether it is time to write everything anew.
    pub(crate) fn is_long(&self) -> bool {
        self.lines >= LONGEST_JOURNAL
    }

    /// Puts everything in place of what was saved, in one step.
    pub(crate) fn save(
        &mut self,
        accounts: &[&Account],
        webhooks: Option<&Registered>,
    ) -> Result<(), SandboxError> {
        self.replace(accounts, webhooks)
            .map_err(|source| SandboxError::Write { path: self.file(), source })?;
        self.lines = 0;
        Ok(())
    }

    // Written beside the old file, flushed to the disk, then renamed over it: a crash leaves one of the two. A
    // journal that outlives the file it was folded into does no harm: its lines say how rows are, not how they
    // change.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    fn replace(&self, accounts: &[&Account], webhooks: Option<&Registered>) -> io::Result<()> {
        let rows: Vec<Rows> = accounts.iter().map(|account| account.templates.rows()).collect();
        let each = accounts.iter().zip(&rows).map(|(account, rows)| {
            let (phone, books) = (account.phone.as_str(), &account.books);
            (account.id.as_str(), SavingAccount { phone, books, templates: borrowed(rows) })
        });
        let mut fresh = tempfile::NamedTempFile::new_in(&self.folder)?;
        let whole = Saving { format: FORMAT, webhooks, accounts: each.collect() };
        let mut out = io::BufWriter::new(&mut fresh);
        serde_json::to_writer(&mut out, &whole)?;
        out.flush()?;
        drop(out);
        fresh.as_file().sync_all()?;
        fresh.persist(self.file()).map_err(|error| error.error)?;
        match std::fs::remove_file(self.journal()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    // A last line without an end was being written when the process died: its call was never answered.
    fn replay(&mut self, accounts: &mut BTreeMap<String, Account>) -> Result<(), SandboxError> {
        let path = self.journal();
        let Some(text) = read(path.clone())? else { return Ok(()) };
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        self.torn = (whole < text.len()).then(|| u64::try_from(whole).unwrap_or_default());
        let lines = text.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let line: Line = serde_json::from_slice(line).map_err(|error| SandboxError::Corrupt {
                path: path.clone(),
                detail: format!("line {}: {error}", number + 1),
            })?;
            let Some(account) = accounts.get_mut(&line.account) else { continue };
            account.books = line.books.unwrap_or_else(|| account.books.clone());
            account.templates.load(line.templates.into());
            self.lines += 1;
        }
        Ok(())
    }

    fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }
}

#[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
fn read(path: PathBuf) -> Result<Option<Vec<u8>>, SandboxError> {
    match std::fs::read(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SandboxError::Read { path, source }),
    }
}

fn borrowed(rows: &Rows) -> BTreeMap<u64, Option<&Template>> {
    rows.iter().map(|(number, row)| (*number, row.as_deref())).collect()
}
