//! How much `watpl lint` costs beside a bare pass of a YAML parser over the same files.
//!
//! `cargo bench --bench lint -- [FILES] [ROUNDS]` writes a project, runs both as whole processes in turn, and prints
//! CPU seconds, wall seconds and peak memory of each round, and the ratio of the two pair by pair.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench is a program of its own"
)]
#![expect(clippy::indexing_slicing, reason = "a bench may stop with a panic")]

mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use saphyr_parser::Parser;

/// What one run of a process cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    cpu: f64,
    wall: f64,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.first().map(String::as_str) {
        Some("floor") => floor(Path::new(&words[1])),
        Some("write") => {
            corpus::write(Path::new(&words[1]), words[2].parse().expect("a number"), corpus::Kind::Mixed)
        }
        _ => compare(&words),
    }
}

fn compare(words: &[String]) {
    let number =
        |index: usize, default| words.get(index).map_or(default, |word| word.parse().expect("a number"));
    let (files, rounds) = (number(0, 10_000), number(1, 5));
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    corpus::write(folder.path(), files, corpus::Kind::Yaml);
    println!("{files} files, {} bytes", bytes(folder.path()));
    let own = std::env::current_exe().expect("this program");
    let mut ratios = Vec::new();
    println!("floor cpu s | lint cpu s | ratio | lint wall s");
    for _ in 0..rounds {
        let floor = run(Command::new(&own).arg("floor").arg(folder.path()));
        let lint = run(Command::new(env!("CARGO_BIN_EXE_watpl")).arg("lint").current_dir(folder.path()));
        println!("{:.3} | {:.3} | {:.2} | {:.3}", floor.cpu, lint.cpu, lint.cpu / floor.cpu, lint.wall);
        ratios.push(lint.cpu / floor.cpu);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.2}", ratios[ratios.len() / 2]);
    // The largest of all children; the floor keeps one file at a time.
    let memory = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures").max_rss();
    println!("peak memory {:.1} MiB", memory as f64 / 1024.0);
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

fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder).build().filter_map(Result::ok);
    let templates = walk
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "watpl"));
    templates.collect()
}

fn bytes(folder: &Path) -> u64 {
    files(folder).iter().map(|path| path.metadata().expect("a file").len()).sum()
}

fn run(command: &mut Command) -> Cost {
    let before = cpu();
    let began = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("it runs");
    assert!(status.success(), "{command:?} ended with {status}");
    Cost { cpu: cpu() - before, wall: began.elapsed().as_secs_f64() }
}

/// CPU seconds of the children that have ended.
fn cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}
