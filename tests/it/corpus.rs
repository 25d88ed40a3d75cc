//! The fuzz targets on stable Rust: every file of their corpora, and as many mutations of them as there is time for.
//!
//! `fuzz/README.md` says how long runs are made. What one of them finds becomes a file of a corpus, which is replayed here.

#[expect(unreachable_pub, reason = "the programs of the fuzzer reach it")]
#[path = "../../fuzz/targets.rs"]
mod targets;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use targets::{ALL, Target};

use crate::support::dice::Dice;

/// The most that all corpora have together, in bytes: they are part of the repository.
const MOST: u64 = 200 * 1024;

/// Mutations of a target where no time is given.
const FEW: usize = 60;

/// Longer inputs are cut: what goes wrong does so in short ones as well.
const LONGEST: usize = 4_096;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The files of a folder, sorted by their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// The corpora of a target, file by file.
fn seeds(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folders = target.seeds.iter().map(|name| fuzz().join("corpus").join(name));
    let files = folders.flat_map(|folder| files(&folder));
    files.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect()
}

/// Runs a target; what it says against bytes comes with the bytes.
fn run(target: &Target, from: &str, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| targets::run(target.name, bytes))).is_err() {
        panic!("{} fails on {from}: b\"{}\"", target.name, bytes.escape_ascii());
    }
}

#[test]
fn every_file_of_every_corpus_is_replayed() {
    for target in &ALL {
        let seeds = seeds(target);
        assert!(seeds.len() >= 10, "{} begins from {} files", target.name, seeds.len());
        for (path, bytes) in &seeds {
            run(target, &path.display().to_string(), bytes);
        }
    }
}

#[test]
fn corpora_are_small_and_belong_to_targets() {
    let used: BTreeSet<_> =
        ALL.iter().flat_map(|target| target.seeds).map(|name| (*name).to_owned()).collect();
    let folders = files(&fuzz().join("corpus"));
    let there: BTreeSet<_> =
        folders.iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    assert_eq!(there, used);
    let size: u64 =
        folders.iter().flat_map(|path| files(path)).map(|path| path.metadata().expect("a file").len()).sum();
    assert!(size <= MOST, "{size} bytes");
}

#[test]
fn every_target_has_its_program() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).expect("the manifest");
    let bins: BTreeSet<_> =
        manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let names: BTreeSet<_> = ALL.iter().map(|target| target.name).collect();
    assert_eq!(bins, names);
    let programs = files(&fuzz().join("fuzz_targets"));
    assert_eq!(programs.len(), names.len());
    for path in programs {
        assert!(
            names.contains(path.file_stem().and_then(|stem| stem.to_str()).expect("a name")),
            "{}",
            path.display()
        );
    }
}

/// What breaks things when it is put somewhere.
const SHARDS: [&str; 44] = [
    "{{",
    "}}",
    "{{1}}",
    "{{name}}",
    "<<",
    ">>",
    "<<a>>",
    "${",
    "${x}",
    "\\",
    "\"",
    "'",
    "\"\"\"",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    ": ",
    "- ",
    "#",
    " # x",
    "# watpl: ignore[x] y",
    "[",
    "]",
    "{",
    "}",
    ",",
    "null",
    "1e999",
    "99999999999999999999",
    "&a ",
    "*a",
    "!x ",
    "---\n",
    "|\n",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{202e}",
    "سلام",
    "😀",
    "e\u{301}",
    "\\ud83d",
];

/// Makes mutations of files.
struct Mutator(Dice);

impl Mutator {
    fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let (a, b) = (self.below(length + 1), self.below(length + 1));
        // Mostly short ones: a file of which half is gone says little.
        let (start, end) = (a.min(b), a.max(b));
        start..if self.below(4) > 0 { end.min(start + 8) } else { end }
    }

    /// Other bytes, made of these and of a neighbour's.
    fn mutate(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let range = self.range(bytes.len());
            let at = self.below(bytes.len() + 1);
            match self.below(6) {
                0 => drop(bytes.drain(range)),
                1 => {
                    let copy = bytes[range].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
                2 | 3 => drop(bytes.splice(at..at, SHARDS[self.below(SHARDS.len())].bytes())),
                4 => {
                    let piece = other[self.range(other.len())].to_vec();
                    drop(bytes.splice(at..at, piece));
                }
                _ => {
                    let flipped = 1 << self.below(8);
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= flipped;
                    }
                }
            }
        }
        bytes.truncate(LONGEST);
        bytes
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable)
        .ok()
        .map(|number| number.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

/// `WATPL_FUZZ_SECONDS` says for how long each target is tried, and `WATPL_FUZZ_SEED` on which mutations.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what somebody runs it for")]
fn mutations_of_the_corpora_break_nothing() {
    let seconds = number("WATPL_FUZZ_SECONDS").map(Duration::from_secs);
    let seed = number("WATPL_FUZZ_SEED").unwrap_or(0x9e37_79b9_7f4a_7c15);
    for target in &ALL {
        let mut dice = Mutator(Dice::new(seed));
        let seeds = seeds(target);
        let began = Instant::now();
        let mut runs = 0;
        while seconds.map_or(runs < FEW, |seconds| began.elapsed() < seconds) {
            let (path, bytes) = &seeds[dice.below(seeds.len())];
            let (_, other) = &seeds[dice.below(seeds.len())];
            let mutated = dice.mutate(bytes, other);
            run(target, &format!("mutation {runs} of seed {seed}, from {}", path.display()), &mutated);
            runs += 1;
        }
        println!("{}: {runs} mutations in {:.1} s", target.name, began.elapsed().as_secs_f64());
        assert!(runs > 0);
    }
}
