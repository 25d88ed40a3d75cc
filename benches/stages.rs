//! What each stage of checking costs, and each rule: `cargo bench --bench stages -- [FILES]`.
//!
//! Everything runs in this process, on one thread, over a project in memory; each figure is the best of three passes.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench is a program of its own"
)]

mod corpus;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use watpl::model::Template;
use watpl::project::{Context, Facts, Project, Settings};
use watpl::rules::{CHECKS, Run};
use watpl::source::{Source, Sources};
use watpl::{check, compile, lower, normalise, syntax};

fn main() {
    let words = std::env::args().skip(1).filter(|word| word != "--bench").collect::<Vec<_>>();
    let files = words.first().map_or(5_000, |word| word.parse().expect("a number"));
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    corpus::write(folder.path(), files, corpus::Kind::Mixed);
    let sources = read(folder.path());
    println!("{} files; microseconds a file", sources.iter().count());
    stages(&sources);
    rules(&sources);
}

fn read(folder: &std::path::Path) -> Sources {
    let mut sources = Sources::default();
    for entry in ignore::WalkBuilder::new(folder.join("templates")).build().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "yaml" || extension == "watpl") {
            let text = std::fs::read_to_string(path).expect("a text");
            sources.add(path.file_name().expect("a name").to_string_lossy(), text);
        }
    }
    sources
}

fn stages(sources: &Sources) {
    let all = || sources.iter().collect::<Vec<&Source>>();
    let settings = Settings::default();
    measure("parse", all(), |source| black_box(syntax::parse(source, &mut Vec::new())).comments.len());
    let trees: Vec<_> =
        sources.iter().map(|source| (source, syntax::parse(source, &mut Vec::new()))).collect();
    measure("lower", trees.iter().collect(), |(source, tree)| {
        black_box(lower::lower(source, tree, &mut Vec::new())).map_or(0, |template| template.versions.len())
    });
    measure("check, all of it", all(), |source| {
        black_box(check::file(source, source.name(), &settings, &|_| BTreeMap::new())).diagnostics.len()
    });
    let templates = check::parse(sources.iter()).templates;
    measure("facts", templates.iter().collect(), |template| black_box(Facts::of(template)).versions.len());
    let constants = [("shop", "https://shop.example.org")];
    let account = compile::Account { constants: constants.into(), ..compile::Account::default() };
    measure("compile", templates.iter().collect(), |template| {
        black_box(compile::compile(template, &account)).payloads.len()
    });
    let payloads: Vec<_> =
        templates.iter().flat_map(|template| compile::compile(template, &account).payloads).collect();
    measure("normalise, a version", payloads.iter().collect(), |payload| {
        black_box(normalise::payload(payload)).digest().len()
    });
}

fn rules(sources: &Sources) {
    let settings = Settings { constants: Some(["shop".to_owned()].into()), ..Settings::default() };
    let templates = check::parse(sources.iter()).templates;
    let media = BTreeMap::new();
    let mut costs = Vec::new();
    for check in CHECKS {
        let cost = match check.run {
            Run::Template(run) => {
                best(&templates.iter().collect::<Vec<&Template>>(), |template| run(template).len())
            }
            Run::Context(run) => best(&templates.iter().collect::<Vec<&Template>>(), |template| {
                let source = sources.get(template.source).expect("a source");
                run(template, &Context { source, settings: &settings, media: &media }).len()
            }),
            Run::Project(run) => {
                let facts: Vec<_> = templates.iter().map(Facts::of).collect();
                let project = Project { templates: &facts, settings: &settings };
                best(&[project], |project| run(project).len()) / templates.len() as f64
            }
        };
        costs.push((cost, check.rule.id));
    }
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("all rules {:.2}", costs.iter().map(|(cost, _)| cost).sum::<f64>());
    for (cost, id) in costs.iter().take(25) {
        println!("  {id} {cost:.2}");
    }
}

fn measure<T>(name: &str, things: Vec<T>, work: impl Fn(&T) -> usize) {
    println!("{name} {:.2}", best(&things, work));
}

/// Microseconds for one thing, in the best of three passes.
fn best<T>(things: &[T], work: impl Fn(&T) -> usize) -> f64 {
    let pass = || {
        let began = Instant::now();
        let sum: usize = things.iter().map(&work).sum();
        black_box(sum);
        began.elapsed().as_secs_f64() * 1e6 / things.len() as f64
    };
    (0..3).map(|_| pass()).fold(f64::INFINITY, f64::min)
}
