//! Cost of each stage of checking, and of each rule: `cargo bench --bench stages -- [FILES]`.
//!
//! Everything runs in this process, on one thread, over a project in memory; each figure is the best of three passes.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench is a separate program"
)]

mod corpus;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use watpl::language_detection;
use watpl::lint::{CheckFn, TemplateView};
use watpl::lint_context::{Context, LintSettings, Project, TemplateSummary};
use watpl::lock::Applied;
use watpl::model::Template;
use watpl::payload::{Component, Deployed, Payload};
use watpl::phrases::PhraseMatches;
use watpl::plan::{Desired, PlanInput, PlanOptions};
use watpl::report::{self, Findings, terminal::Terminal};
use watpl::rules::CHECKS;
use watpl::source::{Source, Sources, Span};
use watpl::{canonical, check, compile, format, graph, lower, plan, syntax};

fn main() {
    let words = std::env::args().skip(1).filter(|word| word != "--bench").collect::<Vec<_>>();
    let files = words.first().map_or(5_000, |word| word.parse().expect("a number"));
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    corpus::write(folder.path(), files, corpus::Kind::Mixed);
    let sources = read(folder.path());
    println!("{} files; microseconds a file", sources.iter().count());
    stages(&sources);
    rules(&sources);
    plans(&sources);
    reports(files.min(5_000));
}

fn read(folder: &Path) -> Sources {
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
    let settings = LintSettings::default();
    for (name, extension) in [("parse YAML", ".yaml"), ("parse DSL", ".watpl")] {
        let some = sources.iter().filter(|source| source.name().ends_with(extension)).collect();
        measure(name, some, |source: &&Source| {
            black_box(syntax::parse(source, &mut Vec::new())).comments.len()
        });
    }
    let templates = check::parse(sources.iter()).templates;
    let texts = templates.iter().flat_map(Template::texts_and_urls).map(|(_, _, text)| text.as_str());
    measure("parse text, one", texts.collect(), |text| black_box(syntax::text::parse(text)).len());
    let trees: Vec<_> =
        sources.iter().map(|source| (source, syntax::parse(source, &mut Vec::new()))).collect();
    measure("lower", trees.iter().collect(), |(source, tree)| {
        black_box(lower::lower(source, tree, &mut Vec::new())).map_or(0, |template| template.versions.len())
    });
    measure("check, all of it", all(), |source| {
        black_box(check::file(source, source.name(), &settings, &|_| BTreeMap::new())).diagnostics.len()
    });
    measure("facts", templates.iter().collect(), |template| {
        black_box(TemplateSummary::new(template)).versions.len()
    });
    measure("compile", templates.iter().collect(), |template| {
        black_box(compile::compile(template, &account())).payloads.len()
    });
    measure("normalise, a version", payloads(&templates).iter().collect(), |payload| {
        black_box(canonical::payload(payload)).digest().len()
    });
    measure("format", all(), |source| black_box(format::format(source)).map_or(0, |text| text.len()));
}

fn account() -> compile::AccountContext<'static> {
    let constants = [("shop", "https://shop.northwind-home.com")];
    compile::AccountContext { constants: constants.into(), ..compile::AccountContext::default() }
}

fn payloads(templates: &[Template]) -> Vec<Payload> {
    templates.iter().flat_map(|template| compile::compile(template, &account()).payloads).collect()
}

/// Six thousand versions against as many that an account has: nothing to do, and all of them edited.
fn plans(sources: &Sources) {
    let mut payloads = payloads(&check::parse(sources.iter()).templates);
    payloads.truncate(6_000);
    let deployed: Vec<Deployed> = payloads.iter().enumerate().filter_map(deployed).collect();
    let desired: Vec<_> = payloads.into_iter().map(|payload| Desired::new(payload, false)).collect();
    let applied = Applied::default();
    let count = desired.len();
    for (name, adopt) in [("nothing to do", false), ("adopted", true)] {
        let changed: Vec<Deployed> = deployed.iter().cloned().map(|version| edited(version, adopt)).collect();
        let sides = PlanInput {
            desired: &desired,
            deployed: &changed,
            applied: &applied,
            limit: None,
            now: 1_795_000_000,
        };
        let options = PlanOptions { adopt, ..PlanOptions::default() };
        let cost = best(&[()], |()| black_box(plan::plan(&sides, &options)).changes.len());
        println!("plan of {count} versions, {name}: {:.1} ms", cost / 1e3);
    }
}

/// A version as an account would list it.
fn deployed((index, payload): (usize, &Payload)) -> Option<Deployed> {
    let mut json = graph::payload_json(payload);
    let more = [("id", index.to_string()), ("status", "APPROVED".to_owned())];
    let map = json.as_object_mut()?;
    map.extend(more.map(|(key, value)| (key.to_owned(), value.into())));
    graph::read_deployed(&json)
}

fn edited(mut version: Deployed, is_edited: bool) -> Deployed {
    if is_edited {
        for component in &mut version.components {
            if let Component::Body { text, .. } = component {
                text.push_str(" Edited.");
            }
        }
    }
    version
}

/// The cost of rendering, in each format.
fn reports(files: usize) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    corpus::write(folder.path(), files, corpus::Kind::Broken);
    let sources = read(folder.path());
    let diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
    let renamed = BTreeMap::new();
    let findings = Findings {
        sources: &sources,
        diagnostics: &diagnostics,
        counts: report::Counts::from_diagnostics(&diagnostics),
        templates: files,
        versions: files,
        unread: &[],
        renamed: &renamed,
    };
    let terminal = Terminal { color: true, width: 100 };
    println!("{} findings; milliseconds for all of them", diagnostics.len());
    let formats: [(&str, &dyn Fn() -> String); 5] = [
        ("human", &|| report::human::diagnostics(&sources, &diagnostics, terminal)),
        ("json", &|| report::json::diagnostics(&findings)),
        ("sarif", &|| report::sarif::render(&findings)),
        ("github", &|| report::github::render(&findings)),
        ("junit", &|| report::junit::render(&findings)),
    ];
    for (name, render) in formats {
        println!("  {name} {:.1}", best(&[()], |()| render().len()) / 1e3);
    }
}

fn rules(sources: &Sources) {
    let settings = LintSettings { constants: Some(["shop".to_owned()].into()), ..LintSettings::default() };
    let templates = check::parse(sources.iter()).templates;
    let media = BTreeMap::new();
    let text = |span: Span| Some(sources.get(span.source)?.slice(span).to_owned());
    measure("scan for words", templates.iter().collect(), |template| {
        black_box(PhraseMatches::scan(template));
        1
    });
    measure("gather what rules ask for", templates.iter().collect(), |template| {
        black_box(TemplateView::new(template));
        1
    });
    let views: Vec<_> = templates.iter().map(TemplateView::new).collect();
    let scans: Vec<_> = templates
        .iter()
        .map(|template| (TemplateView::new(template), PhraseMatches::scan(template)))
        .collect();
    let mut costs = Vec::new();
    for check in CHECKS {
        let cost = match check.run {
            CheckFn::Template(run) => best(&views, |view| run(view).len()),
            CheckFn::Phrases(run) => best(&scans, |(view, scan)| run(view, scan).len()),
            CheckFn::Languages(run) => {
                best(&scans, |(_, scan)| run(scan, &language_detection::of_template(scan)).len())
            }
            CheckFn::Context(run) => best(&views, |view| {
                let source = sources.get(view.source).expect("a source");
                run(view, &Context { source, settings: &settings, media: &media }).len()
            }),
            CheckFn::Project(run) => {
                let facts: Vec<_> = templates.iter().map(TemplateSummary::new).collect();
                let project = Project::new(&facts, &settings, &text);
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
