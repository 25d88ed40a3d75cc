//! What each target does with any bytes: the same functions for libFuzzer and for the tests that replay the corpora.
//!
//! A target returns, or it has found something.

use std::collections::BTreeMap;

use watpl::audit;
use watpl::baseline::Baseline;
use watpl::canonical;
use watpl::check;
use watpl::compile::{AccountContext, compile};
use watpl::config;
use watpl::diagnostic::{Diagnostic, Safety, Severity};
use watpl::fix;
use watpl::format;
use watpl::graph::{
    Response, create, delete, edit, get, list, node, payload_json, token, upload, upsert, usage, waba,
};
use watpl::import::{Import, ImportStyle, import};
use watpl::lint_context::LintSettings;
use watpl::lock::{Lock, Step};
use watpl::payload::Deployed;
use watpl::plan::saved;
use watpl::selection::Selection;
use watpl::source::{Source, Sources};
use watpl::syntax::{self, SourceFormat, text};

/// A target: its name, the corpora that it begins from, and what it does.
pub struct Target {
    /// The name of its program.
    pub name: &'static str,
    /// The folders in `corpus/`.
    pub seeds: &'static [&'static str],
    /// Takes any bytes.
    pub run: fn(&[u8]),
}

const fn target(name: &'static str, seeds: &'static [&'static str], run: fn(&[u8])) -> Target {
    Target { name, seeds, run }
}

/// Every target.
pub const ALL: [Target; 14] = [
    target("text", &["text"], texts),
    target("yaml", &["yaml"], yaml),
    target("dsl", &["dsl"], dsl),
    target("fmt", &["yaml", "dsl"], fmt),
    target("convert", &["yaml", "dsl"], convert),
    target("fix", &["yaml", "dsl"], fixes),
    target("config", &["config"], configuration),
    target("select", &["select"], select),
    target("listing", &["listing"], listing),
    target("import", &["listing"], imports),
    target("answers", &["answers"], answers),
    target("lock", &["lock"], locks),
    target("plan", &["plan"], plans),
    target("baseline", &["baseline"], baselines),
];

/// Runs the target of a name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = ALL.iter().find(|target| target.name == name);
    (target.expect("a target of that name").run)(bytes);
}

/// Every string is a text: its pieces lie end to end, on character boundaries.
fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut at = 0;
    for piece in text::parse(text) {
        assert_eq!(piece.range.start, at);
        assert!(text.is_char_boundary(piece.range.end));
        at = piece.range.end;
    }
    assert_eq!(at, text.len());
}

/// Any bytes as a YAML file.
fn yaml(bytes: &[u8]) {
    survives("fuzz.yaml", bytes);
}

/// Any bytes as a file of the DSL.
fn dsl(bytes: &[u8]) {
    survives("fuzz.watpl", bytes);
}

/// Parsed, lowered, linted and compiled without a panic, and every place lies in the file.
fn survives(name: &str, bytes: &[u8]) {
    let (text, problem) = syntax::decode(bytes.to_vec());
    let mut sources = Sources::default();
    match problem {
        None => sources.add(name, text.as_str()),
        Some(_) => sources.add_truncated(name, text.as_str()),
    };
    let checked = check::check(&sources, &LintSettings::default());
    assert_places(&sources, &checked.diagnostics);
    for template in &checked.templates {
        for payload in compile(template, &AccountContext::default()).payloads {
            let _ = payload_json(&payload);
        }
    }
}

/// Every place lies in its file, on the boundaries of characters, and has a line and a column.
fn assert_places(sources: &Sources, diagnostics: &[Diagnostic]) {
    for found in diagnostics {
        let related = found.related.iter().map(|label| label.span);
        for span in related.chain([found.span]) {
            let source = sources.get(span.source).expect("a source");
            assert!(source.text().get(span.range()).is_some(), "{} points at {span:?}", found.rule.id);
            let place = source.position(span.start);
            assert!(place.line >= 1 && place.line <= source.line_count() && place.column >= 1);
        }
    }
}

/// Any text, formatted in both surfaces: either refused with a reason, or stable.
fn fmt(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for name in ["fuzz.yaml", "fuzz.watpl"] {
        let formatted = |text: &str| with_source(name, text, format::format);
        let Ok(once) = formatted(text) else { continue };
        assert_eq!(formatted(&once).as_ref(), Ok(&once), "{text:?}");
    }
}

fn with_source<T>(name: &str, text: &str, with: impl Fn(&Source) -> T) -> T {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    with(sources.get(id).expect("just added"))
}

/// Any text, converted from each surface to the other: what is not refused means the same.
fn convert(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (name, other, to) in
        [("fuzz.yaml", "fuzz.watpl", SourceFormat::Dsl), ("fuzz.watpl", "fuzz.yaml", SourceFormat::Yaml)]
    {
        if let Ok(converted) = with_source(name, text, |source| format::convert(source, to)) {
            assert_eq!(compiled(name, text), compiled(other, &converted), "{text:?}");
        }
    }
}

fn compiled(name: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    sources.add(name, text);
    let checked = check::check(&sources, &LintSettings::default());
    let payloads =
        checked.templates.iter().flat_map(|template| compile(template, &AccountContext::default()).payloads);
    payloads.map(|payload| payload_json(&payload).to_string()).collect()
}

/// Any text, mended: what is written stays readable, and mending it again changes nothing more.
fn fixes(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for name in ["fuzz.yaml", "fuzz.watpl"] {
        for least in [Safety::Safe, Safety::Unsafe] {
            let mend = |text: &str| {
                with_source(name, text, |source| fix::until_stable(source, least, &|source| found(source)))
            };
            if let Some(fixed) = mend(text) {
                survives(name, fixed.text.as_bytes());
                let errors = |text: &str| {
                    let all = with_source(name, text, found);
                    all.into_iter().filter(|one| one.severity == Severity::Error).count()
                };
                assert!(errors(&fixed.text) <= errors(text), "{text:?} becomes {:?}", fixed.text);
            }
        }
    }
}

fn found(source: &Source) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    sources.add(source.name(), source.text());
    check::check(&sources, &LintSettings::default()).diagnostics
}

/// Any bytes as `watpl.yaml`.
fn configuration(bytes: &[u8]) {
    let (text, _) = syntax::decode(bytes.to_vec());
    let mut sources = Sources::default();
    let id = sources.add("watpl.yaml", text);
    let mut diagnostics = Vec::new();
    let config = config::read(sources.get(id).expect("just added"), &mut diagnostics);
    assert_places(&sources, &diagnostics);
    assert!(config.accounts.contains_key(&config.default_account));
    // Patterns that were read can be matched.
    for found in &config.overrides {
        let _ = found.files.is_match("templates/order_shipped.yaml");
    }
    if diagnostics.is_empty() {
        for account in config.accounts.values() {
            let selection = Selection::parse(&account.select).expect("checked where it was read");
            let _ = selection.has_name("order_shipped");
        }
    }
}

/// Any lines as words of a selection.
fn select(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let words: Vec<String> = text.lines().map(str::to_owned).collect();
    if let Ok(selection) = Selection::parse(&words) {
        let _ = selection.has_name("order_shipped");
        assert_eq!(selection.words(), words);
    }
}

fn response(bytes: &[u8], status: u16) -> Response {
    let header = |name: &str| (name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
    let headers = vec![header("x-business-use-case-usage"), header("x-app-usage"), header("retry-after")];
    Response { status, headers, body: bytes.to_vec() }
}

fn listed(bytes: &[u8]) -> Vec<Deployed> {
    list::response(&response(bytes, 200)).map(|page| page.versions).unwrap_or_default()
}

/// Any bytes as a page of an account: its normal form is its own, and it can be checked.
fn listing(bytes: &[u8]) {
    let versions = listed(bytes);
    for deployed in &versions {
        let normal = canonical::deployed(deployed);
        assert!(!normal.differs(&canonical::deployed(deployed)));
    }
    let _ = audit::audit(&versions, &LintSettings::default());
}

/// Any bytes as a page of an account, whose templates become files: what is written says what the account says.
fn imports(bytes: &[u8]) {
    let versions = listed(bytes);
    let mut names: BTreeMap<&str, Vec<&Deployed>> = BTreeMap::new();
    for version in &versions {
        names.entry(version.key.name.as_str()).or_default().push(version);
    }
    for (versions, surface) in
        names.values().flat_map(|own| [(own, SourceFormat::Yaml), (own, SourceFormat::Dsl)])
    {
        let style = ImportStyle { surface, brackets: text::Brackets::Braces };
        if let Ok(imported) = import(versions, style) {
            assert_says_the_same(&imported, versions);
        }
    }
}

/// What an imported file is compiled to has the normal form of what the account has.
fn assert_says_the_same(imported: &Import, versions: &[&Deployed]) {
    let mut sources = Sources::default();
    sources.add(format!("fuzz.{}", format::extension(imported.surface)), imported.text.as_str());
    let checked = check::check(&sources, &LintSettings::default());
    let compiled = checked.templates.iter().map(|template| compile(template, &AccountContext::default()));
    let payloads: Vec<_> = compiled.flat_map(|compiled| compiled.payloads).collect();
    for key in &imported.taken {
        let version = versions.iter().find(|version| version.key == *key).expect("a version of the account");
        let payload = payloads.iter().find(|payload| payload.key == *key).expect("a version of the file");
        let same = !canonical::payload(payload).differs(&canonical::deployed(version));
        assert!(same, "{}\n{version:#?}", imported.text);
    }
}

/// Any bytes as an answer to any call of the Graph API.
fn answers(bytes: &[u8]) {
    for status in [200, 400, 500] {
        let response = response(bytes, status);
        let _ = (usage(&response), waba::response(&response), token::response(&response));
        let _ = (get::response(&response), node::response(&response), node::ids(&response));
        let _ = (edit::response(&response), delete::response(&response), upsert::response(&response));
        let _ = upload::progress(&response);
        if let Ok(session) = upload::session(&response) {
            // It becomes a part of an address.
            assert!(session.starts_with("upload:") && !session.contains(['/', '#', ' ']), "{session}");
        }
        if let Some(error) = response.error() {
            let _ = (error.class(), error.codes(), error.to_string());
        }
        created(&response);
    }
}

/// The answer to a creation, of a template that there is.
fn created(response: &Response) {
    let text = "name: fuzz\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way to you.\n";
    let mut sources = Sources::default();
    sources.add("fuzz.yaml", text);
    let checked = check::check(&sources, &LintSettings::default());
    for template in &checked.templates {
        for payload in compile(template, &AccountContext::default()).payloads {
            if let Err(error) = create::response(response, &payload) {
                let found = watpl::api_error::to_diagnostic(&error, template, "en_US");
                assert_places(&sources, &[found]);
            }
        }
    }
}

/// Any text as a lock, and as the steps of a run that was killed.
fn locks(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(lock) = Lock::parse(text) {
        assert_eq!(Lock::parse(&lock.render()), Ok(lock));
    }
    let _ = Step::parse_all(text, "live");
}

/// Any text as a file of plans.
fn plans(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(plans) = saved::parse(text) {
        let written = saved::render(plans);
        assert_eq!(saved::parse(&written).map(saved::render).as_ref(), Ok(&written));
    }
}

/// Any text as a baseline.
fn baselines(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(baseline) = Baseline::parse(text) {
        let written = baseline.render();
        assert_eq!(Baseline::parse(&written).map(|again| again.render()).as_ref(), Ok(&written));
    }
}
