//! Approvals: what a project file names and the user has to agree to before it is run or read.
//!
//! An approval is a SHA-256 hash over everything that decides what happens: the account, the kind of source, its words,
//! and the files of the project that it names. If any of it changes, the hash changes.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::hash::hex;

/// Beginnings of the names of variables that are meant for watpl.
const OWN_PREFIXES: [&str; 4] = ["WATPL_", "WHATSAPP_", "WABA_", "META_"];

/// The SHA-256 hash of a file.
pub type FileHash = [u8; 32];

/// Something that a project file names. Another kind is another hash, whatever its words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// A program and its arguments.
    Program(Vec<String>),
    /// A file that is read.
    File(String),
    /// An environment variable that is read.
    Env(String),
}

impl Guarded {
    /// Returns whether the user has to agree. Variables that are meant for watpl need no approval.
    pub fn needs_approval(&self) -> bool {
        match self {
            Self::Env(name) => !OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix)),
            Self::Program(_) | Self::File(_) => true,
        }
    }

    /// The kind as it is hashed.
    fn kind(&self) -> &'static str {
        match self {
            Self::Program(_) => "program",
            Self::File(_) => "file",
            Self::Env(_) => "env",
        }
    }

    /// The words as they are in the project file.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Program(words) => words.iter().map(String::as_str).collect(),
            Self::File(word) | Self::Env(word) => vec![word],
        }
    }
}

impl fmt::Display for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.words().into_iter().map(quoted).collect();
        let kind = match self {
            Self::Program(_) => "program",
            Self::File(_) => "file",
            Self::Env(_) => "environment variable",
        };
        write!(f, "the {kind} `{}`", words.join(" "))
    }
}

/// A word as people read it: in quotes unless it is plain, so that its ends can be seen.
fn quoted(word: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "_-./:=@%+,~".contains(sign);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("{word:?}") }
}

/// The approved content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalSubject {
    /// The account's id.
    pub account: String,
    /// The named items.
    pub guarded: Guarded,
    /// The files of the project that it names, as it names them.
    pub files: Vec<(String, FileHash)>,
}

impl ApprovalSubject {
    /// The hash that is the same in every copy of the project.
    pub fn hash(&self) -> String {
        let mut hash = Fields::new("watpl approval 1");
        hash.field(self.account.as_bytes());
        hash.field(self.guarded.kind().as_bytes());
        let words = self.guarded.words();
        hash.count(words.len());
        words.iter().for_each(|word| hash.field(word.as_bytes()));
        hash.count(self.files.len());
        for (name, content) in &self.files {
            hash.field(name.as_bytes());
            hash.field(content);
        }
        hash.end()
    }

    /// The hash for the project in one folder.
    pub fn hash_in(&self, project: &[u8]) -> String {
        let mut hash = Fields::new("watpl approval in a folder 1");
        hash.field(project);
        hash.field(self.hash().as_bytes());
        hash.end()
    }
}

/// A hash over fields. Each field follows its length, so that no two lists of fields are the same bytes.
struct Fields(Sha256);

impl Fields {
    fn new(purpose: &str) -> Self {
        let mut fields = Self(Sha256::new());
        fields.field(purpose.as_bytes());
        fields
    }

    fn count(&mut self, number: usize) {
        self.0.update((number as u64).to_be_bytes());
    }

    fn field(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn end(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Returns whether a list of hashes, separated by white space or commas, contains this one.
pub fn lists(list: &str, hash: &str) -> bool {
    let words = list.split(|sign: char| sign.is_whitespace() || sign == ',');
    words.filter(|word| word.len() == 64).any(|word| word.eq_ignore_ascii_case(hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn program(words: &[&str]) -> Guarded {
        Guarded::Program(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn subject(guarded: Guarded) -> ApprovalSubject {
        ApprovalSubject { account: "1".into(), guarded, files: Vec::new() }
    }

    #[test]
    fn everything_that_matters_is_in_the_hash() {
        let same = subject(program(&["sh", "a"]));
        let file =
            |name: &str, byte: u8| ApprovalSubject { files: vec![(name.into(), [byte; 32])], ..same.clone() };
        let all = [
            same.clone(),
            subject(program(&["sh a"])),
            subject(program(&["sh", "a", ""])),
            subject(program(&["a", "sh"])),
            subject(program(&["x"])),
            subject(Guarded::File("x".into())),
            subject(Guarded::Env("x".into())),
            ApprovalSubject { account: "2".into(), ..same.clone() },
            file("a", 0),
            file("a", 1),
            file("b", 0),
        ];
        let mut hashes: Vec<_> = all.iter().map(ApprovalSubject::hash).collect();
        hashes.extend([same.hash_in(b"/a"), same.hash_in(b"/b"), same.hash_in(b"")]);
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
        assert_eq!(same.hash(), subject(program(&["sh", "a"])).hash());
        // It is printed for CI, so that it must not change from one version to the next.
        assert_eq!(same.hash(), "e7753abfee2dbb83aa7087c687fa3f19705034b073790c3aa63ad951b8c4d360");
    }

    #[test]
    fn variables_for_watpl_need_no_approval() {
        for (name, needs) in [
            ("WATPL_TOKEN", false),
            ("WHATSAPP_TOKEN", false),
            ("WABA_TOKEN", false),
            ("META_ACCESS_TOKEN", false),
            ("WATPL", true),
            ("watpl_token", true),
            ("GITHUB_TOKEN", true),
            ("MY_WATPL_TOKEN", true),
            ("", true),
        ] {
            assert_eq!(Guarded::Env(name.into()).needs_approval(), needs, "{name}");
        }
        assert!(Guarded::File("/run/secrets/wa".into()).needs_approval());
        assert!(program(&["WATPL_TOKEN"]).needs_approval());
    }

    #[test]
    fn a_source_is_shown_so_that_its_words_can_be_told_apart() {
        assert_eq!(program(&["pass", "wa/token"]).to_string(), "the program `pass wa/token`");
        assert_eq!(program(&["sh", "-c", "a\nb", ""]).to_string(), "the program `sh -c \"a\\nb\" \"\"`");
        assert_eq!(Guarded::Env("X".into()).to_string(), "the environment variable `X`");
    }

    #[test]
    fn a_list_of_hashes_takes_spaces_commas_and_line_breaks() {
        let (one, two) = ("a".repeat(64), "b".repeat(64));
        for list in [one.clone(), format!("{two} {one}"), format!("{two},{one}\n"), one.to_uppercase()] {
            assert!(lists(&list, &one), "{list}");
        }
        for list in [String::new(), two.clone(), one[1..].to_owned(), format!("{one}a"), format!("x{one}")] {
            assert!(!lists(&list, &one), "{list}");
        }
        assert!(!lists("", ""));
    }

    proptest! {
        /// No two lists of words are hashed alike, however they are split.
        #[test]
        fn words_are_hashed_with_their_bounds(
            one in prop::collection::vec("[ab\0]{0,3}", 0..4),
            other in prop::collection::vec("[ab\0]{0,3}", 0..4),
        ) {
            let same = one == other;
            let hash = |words| subject(Guarded::Program(words)).hash();
            prop_assert_eq!(hash(one) == hash(other), same);
        }
    }
}
