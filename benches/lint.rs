//! Whole runs of the program, compared with a bare pass of a YAML parser and with limits.
//!
//! ```text
//! cargo bench --bench lint -- [FILES] [ROUNDS] [KIND]    lint and the floor in turns: CPU, wall, memory, ratios
//! cargo bench --bench lint -- bars                       cold start, 100 to 100,000 files, 10,000 findings
//! cargo bench --bench lint -- growth                     CPU a file at 100,000 and at 1,000, in turns
//! cargo bench --bench lint -- write FOLDER FILES [KIND]  a project; KIND is `yaml`, `small`, `mixed`, `flawed` or `broken`
//! cargo bench --bench lint -- floor FOLDER               the floor alone
//! cargo bench --bench lint -- read FOLDER                reading the bytes alone
//! ```
//!
//! `WATPL_PROGRAM` names another program than that of this build, such as one that `.ci/tuned` built.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a bench is a separate program, and may stop with a panic"
)]

mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use saphyr_parser::Parser;
use tempfile::TempDir;

/// The measured program: that of this build, or the one that `WATPL_PROGRAM` names, such as a release binary.
fn program() -> PathBuf {
    std::env::var_os("WATPL_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_watpl").into()).into()
}

/// The cost of one run of a program.
#[derive(Clone, Copy, Debug)]
struct Cost {
    cpu: f64,
    wall: f64,
    /// Peak memory in MiB.
    memory: f64,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let path = |index: usize| Path::new(&words[index]);
    match words.first().map(String::as_str) {
        Some("floor") => floor(path(1)),
        Some("read") => read(path(1)),
        Some("measure") => measure(&words[1..]),
        Some("bars") => bars(),
        Some("growth") => growth(),
        Some("write") => corpus::write(path(1), number(&words, 2, 1_000), kind(words.get(3))),
        _ => compare(number(&words, 0, 10_000), number(&words, 1, 5), kind(words.get(2))),
    }
}

fn number(words: &[String], index: usize, default: usize) -> usize {
    words.get(index).map_or(default, |word| word.parse().expect("a number"))
}

fn kind(word: Option<&String>) -> corpus::Kind {
    match word.map(String::as_str) {
        Some("small") => corpus::Kind::Small,
        Some("mixed") => corpus::Kind::Mixed,
        Some("flawed") => corpus::Kind::Flawed,
        Some("broken") => corpus::Kind::Broken,
        _ => corpus::Kind::Yaml,
    }
}

fn compare(files: usize, rounds: usize, kind: corpus::Kind) {
    let folder = project(files, kind);
    println!("{files} files, {} bytes", bytes(folder.path()));
    let mut ratios = Vec::new();
    println!("floor cpu s | lint cpu s | ratio | lint wall s | lint MiB");
    for _ in 0..rounds {
        let floor = run(&own(), &["floor", folder.path().to_str().expect("a text")], folder.path());
        let lint = run(&program(), &["lint"], folder.path());
        let ratio = lint.cpu / floor.cpu;
        println!("{:.3} | {:.3} | {ratio:.2} | {:.3} | {:.1}", floor.cpu, lint.cpu, lint.wall, lint.memory);
        ratios.push(ratio);
    }
    println!("median ratio {:.2}", median(ratios));
}

/// The bars of a whole run; what each should be is in `README.md`.
fn bars() {
    let program = &program();
    println!("case | cpu s | wall s | MiB | µs of cpu a file");
    let row = |case: &str, cost: Cost, files: usize| {
        let each = if files == 0 { String::new() } else { format!("{:.1}", cost.cpu * 1e6 / files as f64) };
        println!("{case} | {:.4} | {:.4} | {:.1} | {each}", cost.cpu, cost.wall, cost.memory);
    };
    let empty = TempDir::new().expect("a folder");
    row("cold start", best(20, || run(program, &["--version"], empty.path())), 0);
    for files in [100, 1_000, 10_000, 100_000] {
        let folder = project(files, corpus::Kind::Yaml);
        let rounds = if files > 10_000 { 2 } else { 5 };
        row(&format!("lint {files}"), best(rounds, || run(program, &["lint"], folder.path())), files);
    }
    // Mistakes in each: ten thousand findings and more.
    let folder = project(5_000, corpus::Kind::Broken);
    for format in ["human", "json", "sarif", "github"] {
        let cost = best(3, || run(program, &["lint", "--format", format], folder.path()));
        row(&format!("lint 5000 with mistakes, as {format}"), cost, 5_000);
    }
}

/// The cost of a file in a large project and in a small one. A large run takes as long as a hundred small ones; the
/// machine may change its pace meanwhile, so that they take turns.
fn growth() {
    const SIZES: (usize, usize) = (100_000, 1_000);
    let (large, small) = (project(SIZES.0, corpus::Kind::Yaml), project(SIZES.1, corpus::Kind::Yaml));
    let each =
        |folder: &TempDir, files: usize| run(&program(), &["lint"], folder.path()).cpu * 1e6 / files as f64;
    // What was written a moment ago is read from elsewhere than what was read before.
    each(&large, SIZES.0);
    let mut ratios = Vec::new();
    println!("{} files, µs of cpu a file | {} files | ratio", SIZES.0, SIZES.1);
    for _ in 0..3 {
        let many = each(&large, SIZES.0);
        let few = median((0..25).map(|_| each(&small, SIZES.1)).collect());
        println!("{many:.1} | {few:.1} | {:.2}", many / few);
        ratios.push(many / few);
    }
    println!("median ratio {:.2}", median(ratios));
}

/// The cheapest of some runs: what else the machine does only adds.
fn best(rounds: usize, one: impl Fn() -> Cost) -> Cost {
    let costs: Vec<Cost> = (0..rounds).map(|_| one()).collect();
    let least = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(f64::INFINITY, f64::min);
    Cost { cpu: least(|cost| cost.cpu), wall: least(|cost| cost.wall), memory: costs[0].memory }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The bare pass: every file is read, and its events are counted.
fn floor(folder: &Path) {
    let mut events = 0_usize;
    for path in files(folder) {
        let text = std::fs::read_to_string(&path).expect("a text");
        events += Parser::new_from_str(&text).filter(Result::is_ok).count();
    }
    println!("{events} events");
}

fn read(folder: &Path) {
    let lengths = files(folder).into_iter().map(|path| std::fs::read(path).expect("a file").len());
    println!("{} bytes", lengths.sum::<usize>());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder).build().filter_map(Result::ok);
    let templates = walk
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "watpl"));
    templates.collect()
}

fn project(files: usize, kind: corpus::Kind) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    corpus::write(folder.path(), files, kind);
    folder
}

fn bytes(folder: &Path) -> u64 {
    files(folder).iter().map(|path| path.metadata().expect("a file").len()).sum()
}

fn own() -> PathBuf {
    std::env::current_exe().expect("this program")
}

/// Runs a program in a folder, through a wrapper: peak memory is only known of all children.
fn run(program: &Path, arguments: &[&str], folder: &Path) -> Cost {
    let mut command = Command::new(own());
    command.arg("measure").arg(program).args(arguments).current_dir(folder);
    let said = command.output().expect("it runs").stdout;
    let said = String::from_utf8(said).expect("a text");
    let figures: Vec<f64> = said.split_whitespace().map(|word| word.parse().expect("a figure")).collect();
    Cost { cpu: figures[0], wall: figures[1], memory: figures[2] }
}

fn measure(words: &[String]) {
    let began = Instant::now();
    let status = Command::new(&words[0]).args(&words[1..]).stdout(Stdio::null()).status().expect("it runs");
    let wall = began.elapsed().as_secs_f64();
    // Exit code 1 means findings, and those are wanted in some cases.
    assert!(matches!(status.code(), Some(0 | 1)), "{words:?} ended with {status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{cpu} {wall} {}", usage.max_rss() as f64 / 1024.0);
}
