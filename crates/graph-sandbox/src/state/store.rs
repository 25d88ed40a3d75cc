//! The state folder: a file with everything, and a journal of what changed since. A change costs one line of the
//! journal; when that has grown, both become one new file in one step, so that there is never half of anything.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::SandboxError;
use crate::model::account::{Account, Books};
use crate::model::size::{Measured, Size};
use crate::model::template::Template;
use crate::model::templates::{Rows, Saved};
use crate::model::webhook_target::Target;
use crate::state::check;
use crate::state::folder::{Folder, State};

const FILE: &str = "state.json";
const JOURNAL: &str = "journal.jsonl";
// Raised whenever an older sandbox could misread the files.
const FORMAT: u32 = 2;
// Lines after which the journal is folded into the file.
const LONGEST_JOURNAL: usize = 10_000;
// The most that is read of either file, and so the most that is written: a template takes 1 to 3 KB and about 80
// values, so that 100,000 of them fit. A value takes up to 72 bytes in memory.
const MOST: Size = Size { bytes: 512 * MIB, values: 16_000_000 };
// The most that templates may take, so that everything else still fits.
const MOST_TEMPLATES: Size = Size { bytes: 448 * MIB, values: 15_000_000 };
// Size after which the journal is folded into the file.
const LARGE_JOURNAL: Size = Size { bytes: 64 * MIB, values: 4_000_000 };
const MIB: u64 = 1024 * 1024;

/// The folder that keeps accounts between runs.
#[derive(Debug)]
pub(crate) struct Store {
    files: Folder,
    path: PathBuf,
    /// Lines in the journal.
    lines: usize,
    /// Size of the journal.
    size: Size,
    /// Whether a change did not fit into the journal.
    overdue: bool,
    /// Where a line begins that a dying process left unfinished.
    torn: Option<u64>,
}

/// Whether templates of this size can be kept.
pub(crate) fn fits(templates: Size) -> bool {
    templates.fits(MOST_TEMPLATES)
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
    /// Opens the folder.
    pub(crate) fn open(state: &State) -> Result<Self, SandboxError> {
        let path = state.path().to_owned();
        let files = state.open().map_err(|source| SandboxError::Write { path: path.join(FILE), source })?;
        let size = Size::default();
        Ok(Self { files, path, lines: 0, size, overdue: false, torn: None })
    }

    /// What was saved; nothing if nothing was.
    pub(crate) fn load(&mut self) -> Result<Option<Loaded>, SandboxError> {
        let Some(text) = self.read(FILE)? else {
            // A journal without its file means nothing, but it must be one.
            return self.read(JOURNAL).map(|_| None);
        };
        let corrupt = |detail: String| SandboxError::Corrupt { path: self.path.join(FILE), detail };
        let whole: Whole = serde_json::from_slice(&text).map_err(|error| corrupt(error.to_string()))?;
        drop(text);
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
        check::accounts(&accounts).map_err(corrupt)?;
        self.replay(&mut accounts)?;
        Ok(Some(Loaded { accounts: accounts.into_values().collect(), webhooks: whole.webhooks }))
    }

    /// Notes what changed.
    pub(crate) fn append(&mut self, account: &str, change: &Change) -> Result<(), SandboxError> {
        let templates = borrowed(&change.templates);
        let line = Writing { account, books: change.books.as_ref(), templates };
        self.write(&line).map_err(|source| SandboxError::Write { path: self.path.join(JOURNAL), source })
    }

    // What cannot be written whole is taken back: the next line must not begin in the middle of one.
    fn write(&mut self, line: &Writing<'_>) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        let size = self.size.plus(Size::of(&text));
        if !size.fits(MOST) {
            self.overdue = true;
            return Ok(());
        }
        let mut file = self.files.append(JOURNAL)?;
        let before = match self.torn.take() {
            Some(torn) => file.set_len(torn).map(|()| torn)?,
            None => file.metadata()?.len(),
        };
        file.write_all(&text).and_then(|()| file.sync_data()).inspect_err(|_| {
            // When this fails, too, the file is beyond help, and reading it says so.
            let _ = file.set_len(before);
        })?;
        self.lines += 1;
        self.size = size;
        Ok(())
    }

    /// Whether it is time to write everything anew.
    pub(crate) fn is_long(&self) -> bool {
        self.overdue || self.lines >= LONGEST_JOURNAL || !self.size.fits(LARGE_JOURNAL)
    }

    /// Puts everything in place of what was saved, in one step.
    pub(crate) fn save(
        &mut self,
        accounts: &[&Account],
        webhooks: Option<&Registered>,
    ) -> Result<(), SandboxError> {
        self.replace(accounts, webhooks)
            .map_err(|source| SandboxError::Write { path: self.path.join(FILE), source })?;
        (self.lines, self.size, self.overdue) = (0, Size::default(), false);
        Ok(())
    }

    // Written to a new file, flushed to the disk, then renamed over the old one: a crash leaves one of the two. A
    // journal that outlives the file it was folded into does no harm: its lines say how rows are, not how they
    // change.
    fn replace(&self, accounts: &[&Account], webhooks: Option<&Registered>) -> io::Result<()> {
        let rows: Vec<Rows> = accounts.iter().map(|account| account.templates.rows()).collect();
        let each = accounts.iter().zip(&rows).map(|(account, rows)| {
            let (phone, books) = (account.phone.as_str(), &account.books);
            (account.id.as_str(), SavingAccount { phone, books, templates: borrowed(rows) })
        });
        let whole = Saving { format: FORMAT, webhooks, accounts: each.collect() };
        let (name, file) = self.files.create_unnamed(FILE)?;
        let written = write_whole(file, &whole).and_then(|()| self.files.rename(&name, FILE));
        if let Err(error) = written {
            // The error that matters is the first one.
            let _ = self.files.remove(&name);
            return Err(error);
        }
        self.files.remove(JOURNAL)
    }

    // A last line without an end was being written when the process died: its call was never answered.
    fn replay(&mut self, accounts: &mut BTreeMap<String, Account>) -> Result<(), SandboxError> {
        let Some(text) = self.read(JOURNAL)? else { return Ok(()) };
        let corrupt = |detail: String| SandboxError::Corrupt { path: self.path.join(JOURNAL), detail };
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines = text.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
        let mut read = 0;
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let line: Line = serde_json::from_slice(line)
                .map_err(|error| corrupt(format!("line {}: {error}", number + 1)))?;
            let Some(account) = accounts.get_mut(&line.account) else { continue };
            account.books = line.books.unwrap_or_else(|| account.books.clone());
            account.templates.load(line.templates.into());
            read += 1;
        }
        check::accounts(accounts).map_err(corrupt)?;
        self.torn = (whole < text.len()).then(|| u64::try_from(whole).unwrap_or_default());
        (self.lines, self.size) = (read, Size::of(&text));
        Ok(())
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, SandboxError> {
        let path = self.path.join(name);
        let text = match self.files.read(name, MOST.bytes) {
            Ok(text) => text,
            Err(source) => return Err(SandboxError::Read { path, source }),
        };
        match text {
            Some(text) if !Size::of(&text).fits(MOST) => Err(SandboxError::Corrupt {
                path,
                detail: format!("it has more than {} values", MOST.values),
            }),
            text => Ok(text),
        }
    }
}

fn write_whole(file: std::fs::File, whole: &Saving<'_>) -> io::Result<()> {
    let mut out = Measured::new(io::BufWriter::new(&file));
    serde_json::to_writer(&mut out, whole)?;
    out.flush()?;
    if !out.size.fits(MOST) {
        return Err(io::Error::other("the state is larger than the sandbox reads"));
    }
    drop(out);
    file.sync_all()
}

fn borrowed(rows: &Rows) -> BTreeMap<u64, Option<&Template>> {
    rows.iter().map(|(number, row)| (*number, row.as_deref())).collect()
}
