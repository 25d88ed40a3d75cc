//! Deploying, against the real sandbox: what is planned and why, what faults and crashes leave behind, and servers
//! that mislead.

mod cost;
mod pace;
mod property;
mod upload;
mod wire;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::pending;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use graph_sandbox::{Review, Sandbox, Settings};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::Notify;
use watpl::apply::{self, ApplyError, ApplyTarget, ChangeOutcome, MediaFile, Outcome, apply};
use watpl::compile::{AccountContext, compile};
use watpl::graph::{Request, Response, payload_json};
use watpl::lock::{Applied, LockEntry, Step};
use watpl::payload::{Deployed, MediaSample, Payload, Status, VersionKey};
use watpl::plan::{Action, Change, Desired, Plan, PlanInput, PlanOptions, plan};
use watpl::remote::calls::{self, Listing};
use watpl::remote::{BaseUrl, CallError, Http, Remote, Token, TransportError};
use watpl::source::Sources;
use watpl::workspace::Workspace;
use watpl::{canonical, check};

const WABA: &str = "100000000000000";
const LIST: &str = "/v26.0/100000000000000/message_templates";

/// A sandbox, and what plays Meta's side of it.
struct Stage {
    base: String,
    client: Client,
    /// How far its clock was moved, and ours with it.
    offset: Cell<u64>,
}

impl Stage {
    async fn start(review: Review) -> Self {
        let sandbox =
            Sandbox::bind(Settings { review, ..Settings::default() }, 0).await.expect("a free port");
        let base = sandbox.base_url();
        tokio::spawn(sandbox.serve(pending()));
        Self { base, client: Client::new(), offset: Cell::new(0) }
    }

    fn http(&self) -> Http {
        http(&self.base)
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() + self.offset.get()
    }

    async fn control(&self, what: &str, body: Value) {
        let sent = self.client.post(format!("{}/_sandbox/{what}", self.base)).json(&body).send().await;
        let answer: Value = sent.expect("an answer").json().await.expect("json");
        assert_eq!(answer["success"], true, "{what} {body}: {answer}");
    }

    async fn look(&self, what: &str) -> Value {
        let sent = self.client.get(format!("{}/_sandbox/{what}", self.base)).send().await;
        sent.expect("an answer").json().await.expect("json")
    }

    /// What someone else does with the same account.
    async fn outside(&self, request: reqwest::RequestBuilder) {
        let answer: Value =
            request.bearer_auth("sandbox-token").send().await.expect("an answer").json().await.expect("json");
        assert_eq!(answer["error"], Value::Null);
    }

    async fn advance(&self, seconds: u64) {
        self.control("clock", json!({ "advance_seconds": seconds })).await;
        self.offset.set(self.offset.get() + seconds);
    }

    async fn fault(&self, fault: Value) {
        self.control("faults", json!({ "faults": [fault] })).await;
    }

    async fn listed(&self) -> Vec<Deployed> {
        calls::list(&self.http(), WABA).await.expect("a listing")
    }

    async fn plan(&self, project: &Memory, desired: &[Desired], options: &PlanOptions) -> Plan {
        let listing = calls::list_with_limit(&self.http(), WABA).await.expect("a listing");
        plan(&sides(desired, &listing, &project.saved, self.now()), options)
    }

    async fn push(
        &self,
        project: &mut Memory,
        desired: &[Desired],
        options: &PlanOptions,
    ) -> (Plan, Outcome) {
        self.push_through(&self.http(), project, desired, options).await
    }

    /// One run as the command line has it: list, plan, apply.
    async fn push_through(
        &self,
        remote: &impl Remote,
        project: &mut Memory,
        desired: &[Desired],
        options: &PlanOptions,
    ) -> (Plan, Outcome) {
        project.now = self.now();
        let listing = calls::list_with_limit(remote, WABA).await.expect("a listing");
        let mut applied = project.saved.clone();
        let plan = plan(&sides(desired, &listing, &applied, self.now()), options);
        let target = ApplyTarget { waba: WABA.into(), app: Some("200000000000000".into()) };
        let outcome = apply(&plan, &target, remote, project, &mut applied).await;
        (plan, outcome)
    }

    /// The lock says what the account has, nothing is there twice, and nothing is missing on either side.
    async fn assert_agrees(&self, project: &Memory, context: &str) {
        let dump = self.look("dump").await;
        let templates = dump["account"]["templates"].as_array().expect("templates");
        let own = templates.iter().filter(|template| template["name"] != "hello_world");
        let mut account: Vec<_> = own
            .map(|template| {
                let word = |key: &str| template[key].as_str().expect("a text");
                format!("{}/{} {}", word("name"), word("language"), word("id"))
            })
            .collect();
        account.sort();
        let lock = project.saved.versions.iter().map(|(key, entry)| format!("{key} {}", entry.id));
        assert_eq!(lock.collect::<Vec<_>>(), account, "{context}");
        for deployed in self.listed().await.iter().filter(|deployed| deployed.key.name != "hello_world") {
            let entry = &project.saved.versions[&deployed.key];
            assert_eq!(entry.content, canonical::deployed(deployed).digest(), "{context}: {}", deployed.key);
        }
    }

    /// Another run puts right whatever is left, and the one after it finds nothing to do.
    async fn assert_recovers(
        &self,
        project: &mut Memory,
        desired: &[Desired],
        options: &PlanOptions,
        context: &str,
    ) {
        self.control("faults", json!({ "faults": [] })).await;
        let (_, outcome) = self.push(project, desired, options).await;
        assert!(outcome.is_complete(), "{context}: {outcome:#?}");
        let plan = self.plan(project, desired, options).await;
        let left = plan.changes.iter().filter(|change| change.action != Action::Keep);
        assert_eq!(left.map(shown).collect::<Vec<_>>(), [""; 0], "{context}");
        self.assert_agrees(project, context).await;
        assert_eq!(project.saved.versions.len(), desired.len(), "{context}");
    }
}

fn sides<'a>(desired: &'a [Desired], listing: &'a Listing, applied: &'a Applied, now: u64) -> PlanInput<'a> {
    PlanInput { desired, deployed: &listing.versions, applied, limit: listing.limit, now }
}

fn http(base: &str) -> Http {
    let base = BaseUrl::parse(base).expect("a loopback address");
    Http::new(base, "v26.0", Token::new("sandbox-token").expect("a token")).expect("a client")
}

type Media = Box<dyn Fn(&Payload, &str) -> Result<MediaFile, String>>;

/// A project that lives in memory.
struct Memory {
    saved: Applied,
    now: u64,
    /// How often saving works before the disk is full.
    saves: usize,
    media: Media,
}

impl Default for Memory {
    fn default() -> Self {
        let media: Media = Box::new(|_, _| Err("there is no file".into()));
        Self { saved: Applied::default(), now: 0, saves: usize::MAX, media }
    }
}

impl apply::ApplyHost for Memory {
    fn save(&mut self, applied: &Applied) -> Result<(), String> {
        self.saves = self.saves.checked_sub(1).ok_or("the disk is full")?;
        self.saved = applied.clone();
        Ok(())
    }

    fn record(&mut self, step: &Step) -> Result<(), String> {
        self.saves = self.saves.checked_sub(1).ok_or("the disk is full")?;
        self.saved.take(step.clone());
        Ok(())
    }

    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String> {
        (self.media)(payload, path)
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn note(&mut self, _: &ChangeOutcome) {}
}

/// Runs a test on one thread, as the tool does.
fn on_stage(review: Review, test: impl AsyncFnOnce(Stage)) {
    run(async { test(Stage::start(review).await).await });
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(test);
}

/// Files to what should be deployed.
fn desired(files: &[String]) -> Vec<Desired> {
    let mut sources = Sources::default();
    for (index, file) in files.iter().enumerate() {
        sources.add(format!("{index}.yaml"), file.as_str());
    }
    let parsed = check::parse(sources.iter());
    let errors: Vec<_> = parsed.diagnostics.iter().map(|found| found.span.source).collect();
    let compiled = parsed.templates.iter().flat_map(|template| {
        let payloads = compile(template, &AccountContext::default()).payloads;
        payloads.into_iter().map(|payload| Desired::new(payload, errors.contains(&template.source)))
    });
    compiled.collect()
}

fn template(name: &str, body: &str) -> String {
    format!("name: {name}\ncategory: utility\nlanguage: en_US\nbody: {body}\n")
}

/// The sources of the table, by a word.
fn source(word: &str) -> Vec<Desired> {
    let order = |body: &str| template("order", body);
    let greeting = "variables: { customer: Amelia }\n";
    let text = match word {
        "-" => return Vec::new(),
        "a" => order("Your order is on its way to you."),
        "b" => order("Your order has left our warehouse."),
        "c" => order("Your order will be with you today."),
        "a as marketing" => order("Your order is on its way to you.").replace("utility", "marketing"),
        "a in Persian as marketing" => {
            order("سفارش شما در راه است.").replace("utility", "marketing").replace("en_US", "fa")
        }
        "a for a day" => order("Your order is on its way to you.\nttl: 12h"),
        "numbers" => order("Dear {{customer}}, it is here.") + greeting,
        "numbers, other sample" => {
            order("Dear {{customer}}, it is here.") + &greeting.replace("Amelia", "Bo")
        }
        "names" => order("Dear {{customer}}, it is here.\nparameter_format: named") + greeting,
        "b with an error" => order("Your order has left our warehouse.\nfotter: Thanks"),
        "b with a picture" => order("Your order has left our warehouse.\nheader: { image: none.png }"),
        _ => unreachable!("no source is called {word}"),
    };
    desired(&[text])
}

fn options(words: &str) -> PlanOptions {
    let mut options = PlanOptions::default();
    for word in words.split_whitespace() {
        match word {
            "overwrite" => options.overwrite = true,
            "recreate" => options.recreate = true,
            "adopt" => options.adopt = true,
            "samples" => options.samples = true,
            "prune" => options.prune = true,
            "incomplete" => options.incomplete = true,
            "protect" => drop(options.protect.insert("order".into())),
            "quiet" => options.report_unmanaged = false,
            _ => unreachable!("no option is called {word}"),
        }
    }
    options
}

/// Does what happened before the run: `push a`, `console b`, `review REJECTED`, `delete`, …
async fn play(stage: &Stage, project: &mut Memory, step: &str) {
    let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
    match verb {
        "push" => {
            let (_, outcome) = stage.push(project, &source(rest), &PlanOptions::default()).await;
            assert!(outcome.items.len() == 1 && outcome.is_complete(), "{step}: {outcome:#?}");
        }
        "console" => {
            let components = &payload_json(&source(rest)[0].payload)["components"];
            let edit = json!({ "name": "order", "language": "en_US", "components": components });
            stage.control("console", edit).await;
        }
        "create" => {
            let body = payload_json(&source(rest)[0].payload);
            stage.outside(stage.client.post(format!("{}{LIST}", stage.base)).json(&body)).await;
        }
        "prune" => {
            let (_, outcome) = stage.push(project, &[], &options("prune")).await;
            assert!(outcome.items.len() == 1 && outcome.is_complete(), "{step}: {outcome:#?}");
        }
        "delete" => stage.outside(stage.client.delete(format!("{}{LIST}?name=order", stage.base))).await,
        "review" => stage.control("review", json!({ "name": "order", "status": rest })).await,
        "category" => stage.control("category", json!({ "name": "order", "category": rest })).await,
        "hours" => stage.advance(rest.parse::<u64>().expect("a number") * 3_600).await,
        "forget" => project.saved = Applied::default(),
        _ => unreachable!("no step is called {verb}"),
    }
}

fn shown(change: &Change) -> String {
    let recategorised = change.recategorised.as_ref();
    let recategorised =
        recategorised.map_or(String::new(), |(declared, actual)| format!(" ({declared} became {actual})"));
    format!("{} {}{recategorised}", change.action.sign(), change.reason.as_str())
}

fn result(outcome: &Outcome) -> String {
    let words = outcome.items.iter().map(|item| match &item.result {
        Ok(done) if done.confirmed => " -> confirmed".to_owned(),
        Ok(_) => " -> done".to_owned(),
        Err(ApplyError::Refused(error)) => format!(" -> {}", error.codes()),
        Err(problem) => format!(" -> {problem:?}"),
    });
    words.collect()
}

/// History, source, options, and what is planned and done for them.
const ROWS: [(&str, &str, &str, &str); 58] = [
    ("push a", "a", "", "= in_sync"),
    ("push a", "b", "", "~ changed -> done"),
    ("push a; console b", "a", "", "! drift"),
    ("push a; console b", "a", "overwrite", "~ overwritten -> done"),
    ("push a; console b", "c", "", "! conflict"),
    ("push a; console b", "c", "overwrite", "~ overwritten -> done"),
    ("push a; console b", "b", "", "= adopted"),
    ("push a; category MARKETING", "a", "", "= in_sync (utility became marketing)"),
    ("push a; category MARKETING", "b", "", "~ changed (utility became marketing) -> done"),
    ("push a; category MARKETING", "a as marketing", "", "= adopted"),
    ("push a for a day; category MARKETING", "a for a day", "", "= in_sync (utility became marketing)"),
    ("", "a", "", "+ new -> done"),
    ("push a; delete", "a", "", "! deleted_outside"),
    ("push a; delete", "a", "recreate", "+ recreated -> code 100, subcode 2388023"),
    ("push a; delete; hours 721", "a", "recreate", "+ recreated -> done"),
    ("push a; review REJECTED; delete", "b", "recreate", "+ recreated -> done"),
    ("push a; delete", "-", "", "= gone"),
    ("push a", "-", "", "= removed_not_pruned"),
    ("push a", "-", "prune", "- removed -> done"),
    ("push a; prune", "a", "", "! name_locked"),
    ("push a; prune", "a", "recreate", "! name_locked"),
    ("push a; prune; hours 721", "a", "", "+ new -> done"),
    ("push a; review REJECTED; prune", "a", "", "+ new -> done"),
    ("push a", "-", "prune incomplete", "! source_incomplete"),
    ("push a", "-", "prune protect", "= protected"),
    ("push a; review REJECTED", "-", "prune", "- removed -> done"),
    ("push a; review DISABLED", "-", "prune", "! disabled"),
    ("push a; review PENDING_DELETION", "-", "prune", "= pending_deletion"),
    ("create a", "-", "", "= unmanaged"),
    ("create a", "-", "prune", "= unmanaged"),
    ("push a; forget", "-", "prune", "= unmanaged"),
    ("create a", "-", "quiet", ""),
    ("create a", "a", "", "= adopted"),
    ("create b", "a", "", "! not_adopted"),
    ("create b", "a", "overwrite", "! not_adopted"),
    ("create b", "a", "adopt", "~ taken_over -> done"),
    ("create a", "a as marketing", "", "! category_is_fixed"),
    ("push a", "a in Persian as marketing", "", "= removed_not_pruned; ! name_has_other_category"),
    ("push a; review PENDING", "b", "", "! in_review"),
    ("push a; review IN_APPEAL", "b", "", "! in_review"),
    ("push a; review PAUSED", "b", "", "~ changed -> done"),
    ("push a; review DISABLED", "a", "", "= in_sync"),
    ("push a; review DISABLED", "b", "", "! disabled"),
    ("push a; review ARCHIVED", "b", "", "! archived"),
    ("push a; review PENDING_DELETION", "b", "", "! pending_deletion"),
    ("push a; review LIMIT_EXCEEDED", "b", "", "! unknown_status"),
    ("push a; review REJECTED", "a", "", "! rejected"),
    ("push a; review REJECTED", "b", "", "~ changed_after_rejection -> done"),
    ("push a; review REJECTED", "a as marketing", "", "~ changed -> done"),
    ("push a", "a as marketing", "", "! category_is_fixed"),
    ("push a; push b", "c", "", "! edited_today"),
    ("push a; push b; hours 25", "c", "", "~ changed -> done"),
    ("push numbers", "names", "", "! format_is_fixed"),
    ("push numbers", "numbers, other sample", "", "= only_samples"),
    ("push numbers", "numbers, other sample", "samples", "~ changed -> done"),
    ("", "b with an error", "", "! source_has_errors"),
    ("push a", "b with an error", "", "! source_has_errors"),
    ("", "b with a picture", "", "! media_missing"),
];

#[test]
fn every_history_has_its_plan_and_its_reason() {
    on_stage(Review::Approve, async |stage| {
        let mut seen = Vec::new();
        for (history, word, allowed, _) in ROWS {
            stage.control("reset", json!({})).await;
            stage.offset.set(0);
            let mut project = Memory::default();
            for step in history.split("; ").filter(|step| !step.is_empty()) {
                play(&stage, &mut project, step).await;
            }
            let (plan, outcome) = stage.push(&mut project, &source(word), &options(allowed)).await;
            let own = plan.changes.iter().filter(|change| change.key.name == "order").map(shown);
            seen.push((history, word, allowed, own.collect::<Vec<_>>().join("; ") + &result(&outcome)));
        }
        let wanted: Vec<_> = ROWS.iter().map(|(a, b, c, d)| (*a, *b, *c, (*d).to_owned())).collect();
        assert_eq!(seen, wanted);
    });
}

#[test]
fn a_version_in_review_waits_and_is_edited_afterwards() {
    on_stage(Review::Hold, async |stage| {
        let mut project = Memory::default();
        let (_, outcome) = stage.push(&mut project, &source("a"), &PlanOptions::default()).await;
        assert_eq!(outcome.items[0].result.as_ref().map(|done| done.status.clone()), Ok(Status::Pending));
        let waits = stage.plan(&project, &source("b"), &PlanOptions::default()).await;
        assert_eq!(waits.changes.iter().map(shown).collect::<Vec<_>>(), ["= unmanaged", "! in_review"]);
        play(&stage, &mut project, "review APPROVED").await;
        let (_, outcome) = stage.push(&mut project, &source("b"), &PlanOptions::default()).await;
        assert_eq!(result(&outcome), " -> done");
        stage.assert_agrees(&project, "after the edit").await;
    });
}

#[test]
fn an_approved_version_is_edited_ten_times_in_thirty_days() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        play(&stage, &mut project, "push a").await;
        for word in ["b", "c", "b", "c", "b", "c", "b", "c", "b", "c"] {
            play(&stage, &mut project, "hours 25").await;
            play(&stage, &mut project, &format!("push {word}")).await;
        }
        play(&stage, &mut project, "hours 25").await;
        let plan = stage.plan(&project, &source("a"), &PlanOptions::default()).await;
        assert_eq!(shown(&plan.changes[1]), "! edited_too_often");
        play(&stage, &mut project, "hours 480").await;
        play(&stage, &mut project, "push a").await;
    });
}

fn many(count: usize) -> Vec<Desired> {
    desired(&(0..count).map(|index| template(&format!("t{index:03}"), "It is here.")).collect::<Vec<_>>())
}

#[test]
fn more_deletions_than_allowed_are_none() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        stage.push(&mut project, &many(4), &PlanOptions::default()).await;
        let limited = PlanOptions { prune: true, max_deletes: 2, ..PlanOptions::default() };
        let (plan, outcome) = stage.push(&mut project, &many(1), &limited).await;
        assert_eq!((plan.count(Action::Delete), plan.count(Action::Hold), outcome.items.len()), (0, 3, 0));
        let (plan, _) = stage.push(&mut project, &many(2), &limited).await;
        assert_eq!((plan.count(Action::Delete), plan.count(Action::Hold)), (2, 0));
        stage.assert_agrees(&project, "after two deletions").await;
    });
}

fn locked(key: &VersionKey, at: u64) -> (VersionKey, LockEntry) {
    let entry = LockEntry {
        id: "1".into(),
        content: String::new(),
        samples: String::new(),
        unseen: None,
        declared: "utility".into(),
        category: "UTILITY".into(),
        status: "APPROVED".into(),
        applied_at: at,
        edits: Vec::new(),
    };
    (key.clone(), entry)
}

#[test]
fn the_hundred_and_first_creation_waits_for_the_next_hour() {
    let (wanted, now) = (many(120), 1_000_000);
    let count = |created: usize, ago: u64| {
        let others =
            (0..created).map(|index| VersionKey { name: format!("x{index}"), language: "fa".into() });
        let versions = others.map(|key| locked(&key, now - ago)).collect();
        let applied = Applied { waba_id: WABA.into(), versions, ..Applied::default() };
        let plan = plan(&sides(&wanted, &Listing::default(), &applied, now), &PlanOptions::default());
        let until = plan.changes.iter().find_map(|change| change.reason.until());
        (plan.count(Action::Create), plan.count(Action::Hold), until)
    };
    assert_eq!(count(0, 0), (100, 20, Some(now + 3_600)));
    assert_eq!(count(30, 600), (70, 50, Some(now + 3_000)));
    assert_eq!(count(30, 3_600), (100, 20, Some(now + 3_600)));
    assert_eq!(count(130, 600), (0, 120, Some(now + 3_000)));
}

#[test]
fn what_was_taken_in_does_not_count_as_created() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        stage.push(&mut project, &many(100), &PlanOptions::default()).await;
        stage.advance(3_601).await;
        project.saved = Applied::default();
        stage.push(&mut project, &many(100), &PlanOptions::default()).await;
        let plan = stage.plan(&project, &many(101), &PlanOptions::default()).await;
        assert_eq!((plan.count(Action::Create), plan.count(Action::Hold)), (1, 0));
    });
}

#[test]
fn a_version_that_is_gone_does_not_hide_the_one_that_came_after_it() {
    let wanted = source("a");
    let deployed = |id: &str, status: Status| Deployed {
        id: id.into(),
        key: wanted[0].payload.key.clone(),
        status,
        category: "UTILITY".into(),
        previous_category: None,
        correct_category: None,
        parameter_format: wanted[0].payload.parameter_format,
        ttl: None,
        rejected_reason: None,
        quality: None,
        library: None,
        auto_generated: false,
        options: Vec::new(),
        updated: None,
        json: Vec::new(),
        components: wanted[0].payload.components.clone(),
    };
    let applied = Applied::default();
    for statuses in [[Status::Approved, Status::Deleted], [Status::Deleted, Status::Approved]] {
        let listed: Vec<_> =
            ["1", "2"].into_iter().zip(statuses).map(|(id, status)| deployed(id, status)).collect();
        let sides = PlanInput { desired: &wanted, deployed: &listed, applied: &applied, limit: None, now: 0 };
        let plan = plan(&sides, &PlanOptions::default());
        assert_eq!(plan.changes.iter().map(shown).collect::<Vec<_>>(), ["= adopted"]);
    }
}

#[test]
fn g12_a_version_that_is_listed_twice_is_touched_by_nobody() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        play(&stage, &mut project, "push a").await;
        let mut listing = calls::list_with_limit(&stage.http(), WABA).await.expect("a listing");
        let twin = listing.versions.iter().find(|deployed| deployed.key.name == "order").cloned();
        listing.versions.push(Deployed { id: "77".into(), ..twin.expect("a version") });
        for (word, allowed) in [("b", ""), ("a", ""), ("-", "prune"), ("b", "overwrite adopt")] {
            let plan = plan(&sides(&source(word), &listing, &project.saved, 7), &options(allowed));
            let own = plan.changes.iter().filter(|change| change.key.name == "order").map(shown);
            assert_eq!(own.collect::<Vec<_>>(), ["! listed_twice"], "{word} {allowed}");
        }
    });
}

#[test]
fn g05_a_version_that_appeared_meanwhile_is_ours_if_it_says_the_same_and_refused_if_not() {
    on_stage(Review::Approve, async |stage| {
        for (word, wanted) in [("create a", " -> confirmed"), ("create b", " -> code 100, subcode 2388024")] {
            stage.control("reset", json!({})).await;
            let mut project = Memory::default();
            let listing = calls::list_with_limit(&stage.http(), WABA).await.expect("a listing");
            play(&stage, &mut project, word).await;
            // The plan was made before.
            let mut applied = project.saved.clone();
            let wanted_versions = source("a");
            let plan =
                plan(&sides(&wanted_versions, &listing, &applied, stage.now()), &PlanOptions::default());
            let target = ApplyTarget { waba: WABA.into(), app: None };
            let outcome = apply(&plan, &target, &stage.http(), &mut project, &mut applied).await;
            assert_eq!(result(&outcome), wanted);
        }
    });
}

#[test]
fn h10_a_version_that_was_edited_since_it_was_listed_is_neither_edited_nor_deleted() {
    on_stage(Review::Approve, async |stage| {
        for (word, allowed) in [("c", ""), ("-", "prune")] {
            stage.control("reset", json!({})).await;
            let mut project = Memory::default();
            play(&stage, &mut project, "push a").await;
            let listing = calls::list_with_limit(&stage.http(), WABA).await.expect("a listing");
            play(&stage, &mut project, "console b").await;
            let mut applied = project.saved.clone();
            let wanted = source(word);
            let plan = plan(&sides(&wanted, &listing, &applied, stage.now()), &options(allowed));
            assert!(plan.is_pending());
            let target = ApplyTarget { waba: WABA.into(), app: None };
            let outcome = apply(&plan, &target, &stage.http(), &mut project, &mut applied).await;
            assert!(
                result(&outcome).contains("changed in the account since the plan was created"),
                "{outcome:#?}"
            );
            let now = stage.listed().await;
            let now = now.iter().find(|deployed| deployed.key.name == "order").expect("it is there");
            assert!(!canonical::deployed(now).differs(&source("b")[0].normal));
        }
    });
}

#[test]
fn h10_a_sample_that_changed_since_it_was_planned_is_not_sent() {
    on_stage(Review::Approve, async |stage| {
        let mut project = with_a_picture();
        project.media = Box::new(|_, _| {
            Ok(MediaFile { name: "a.png".into(), mime: "image/png", hash: "other".into(), bytes: vec![1] })
        });
        let (_, outcome) = stage.push(&mut project, &picture("1"), &PlanOptions::default()).await;
        assert!(result(&outcome).contains("has changed since the plan was created"), "{outcome:#?}");
        assert_eq!(stage.listed().await.len(), 1);
    });
}

#[test]
fn g08_an_answer_that_drips_has_a_deadline_in_all() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
                let mut open = stream.write_all(head.as_bytes()).is_ok();
                while open {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    open = stream.write_all(b" ").is_ok();
                }
            });
        }
    });
    run(async {
        let began = std::time::Instant::now();
        let remote = http(&base).within(std::time::Duration::from_millis(400));
        let error = calls::list(&remote, WABA).await.expect_err("it never ends");
        assert!(matches!(error, CallError::Transport(TransportError::ResponseLost { .. })), "{error}");
        assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    });
}

#[test]
fn an_account_of_many_pages_is_read_as_a_whole_or_not_at_all() {
    on_stage(Review::Approve, async |stage| {
        let (wanted, mut project) = (many(210), Memory::default());
        for (created, waiting) in [(100, 110), (100, 10), (10, 0)] {
            let (plan, outcome) = stage.push(&mut project, &wanted, &PlanOptions::default()).await;
            assert_eq!((plan.count(Action::Create), plan.count(Action::Hold)), (created, waiting));
            assert!(outcome.is_complete(), "{:?}", outcome.items.last());
            stage.advance(3_601).await;
        }
        assert_eq!(stage.listed().await.len(), 211);
        for kind in ["drop_before", "drop_after", "truncate", "http_500_html"] {
            stage.fault(json!({ "method": "GET", "kind": kind, "after": 1 })).await;
            assert_eq!(stage.listed().await.len(), 211, "{kind}");
        }
        for kind in ["rate_limit", "http_500_html"] {
            stage.fault(json!({ "method": "GET", "kind": kind, "after": 1, "times": 9 })).await;
            calls::list(&stage.http(), WABA).await.expect_err("half a listing");
        }
    });
}

/// The gallery as its project compiles it, and the bytes of its media samples.
fn gallery() -> (Vec<Desired>, Media) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut workspace = Workspace::open(root, None).expect("the project");
    assert_eq!(workspace.load(&[], root), []);
    let templates = check::parse(workspace.templates()).templates;
    let place = workspace.config.accounts["sandbox"].clone();
    let media = workspace.media_hashes(&templates);
    let account = AccountContext {
        constants: workspace.config.constants_of(&place),
        media,
        ..AccountContext::default()
    };
    let payloads = templates.iter().flat_map(|template| compile(template, &account).payloads);
    let desired = payloads.map(|payload| Desired::new(payload, false)).collect();
    let media = move |payload: &Payload, path: &str| {
        let bytes = workspace.media_bytes(payload.source, path)?;
        let mime = watpl::workspace::mime(&bytes).ok_or("an unknown type")?;
        let hash = watpl::workspace::media_hash(&bytes);
        Ok(MediaFile { name: path.to_owned(), mime, hash, bytes })
    };
    (desired, Box::new(media))
}

#[test]
fn a_second_push_of_the_gallery_does_nothing_and_costs_one_page() {
    on_stage(Review::Approve, async |stage| {
        let (desired, media) = gallery();
        let mut project = Memory { media, ..Memory::default() };
        assert!(desired.len() > 50 && desired.len() <= 100, "{}", desired.len());
        let (plan, outcome) = stage.push(&mut project, &desired, &PlanOptions::default()).await;
        assert!(outcome.is_complete(), "{outcome:#?}");
        assert_eq!(plan.count(Action::Create), desired.len());
        stage.assert_agrees(&project, "after the push").await;
        let before = stage.look("requests").await["requests"].as_array().expect("requests").len();
        let (plan, outcome) = stage.push(&mut project, &desired, &options("samples")).await;
        let words: BTreeMap<_, _> = plan.changes.iter().map(|change| (shown(change), ())).collect();
        assert_eq!(words.into_keys().collect::<Vec<_>>(), ["= in_sync", "= unmanaged"]);
        assert_eq!(outcome.items.len(), 0);
        let requests = stage.look("requests").await;
        let requests: Vec<_> = requests["requests"].as_array().expect("requests")[before..]
            .iter()
            .map(|request| format!("{} {}", request["method"], request["path"]))
            .collect();
        assert_eq!(requests, [format!("\"GET\" \"{LIST}\"")]);
        // Nothing is known of it, and everything reads back as equal.
        project.saved = Applied::default();
        let plan = stage.plan(&project, &desired, &options("samples")).await;
        assert_eq!(plan.changes.iter().filter(|change| shown(change) == "= adopted").count(), desired.len());
    });
}

/// What texts are made of that might read back otherwise than they were sent; the last five are for bodies alone.
const ATOMS: [&str; 29] = [
    "سلام",
    "می‌روم",
    "مرحبًا",
    "नमस्ते",
    "word",
    "\"",
    "'",
    "\\\\",
    "  ",
    ": ",
    "#",
    "%7B1%7D",
    "%",
    "&amp;",
    "<b>",
    "\u{a0}",
    "\u{200f}",
    "é",
    "e\u{301}",
    "1,200.00",
    "https://x.example/?a=b&c",
    "$",
    "|",
    "-",
    "*bold*",
    "_x_",
    "~",
    "😀",
    "\n",
];

#[test]
fn whatever_is_accepted_reads_back_as_equal() {
    let mut state = 7_u64;
    let mut roll = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % sides
    };
    // JSON is YAML.
    let mut text = |before: &str, most: usize, atoms: &[&str]| {
        let text: String = (0..=roll(most + 1)).map(|_| atoms[roll(atoms.len())]).collect();
        Value::from(format!("{before}{text} y"))
    };
    let (line, all) = (&ATOMS[..24], &ATOMS[..]);
    let files = (0..100).map(|index| {
        let format = if index % 2 == 0 { "named" } else { "positional" };
        let button = json!({ "type": "url", "text": text("Go ", 0, line), "url": "https://x.example/{{a}}" });
        let file = json!({
            "name": format!("t{index}"),
            "category": "utility",
            "parameter_format": format,
            "language": "fa",
            "variables": { "a": text("s", 1, line), "b": text("s", 1, all) },
            "header": text("x", 1, line),
            "body": text("Start {{a}} and {{b}} ", 8, all),
            "footer": text("x", 1, line),
            "buttons": [text("x", 0, line), button],
        });
        file.to_string()
    });
    let wanted = desired(&files.collect::<Vec<_>>());
    assert_eq!(wanted.len(), 100);
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        let (_, outcome) = stage.push(&mut project, &wanted, &PlanOptions::default()).await;
        let done = outcome.items.iter().filter(|item| item.result.is_ok()).count();
        assert!(done > 80, "{done}: {:#?}", outcome.items);
        let plan = stage.plan(&project, &wanted, &options("samples")).await;
        for change in
            plan.changes.iter().filter(|change| change.deployed.is_some() && change.payload.is_some())
        {
            assert_eq!(shown(change), "= in_sync", "{change:#?}");
        }
    });
}

const KINDS: [&str; 5] = ["drop_before", "drop_after", "truncate", "http_500_html", "rate_limit"];

/// What a run is about: three versions before, three after.
fn story(action: Action) -> (Vec<String>, Vec<String>, &'static str) {
    let files = |body: &str| ["one", "three", "two"].map(|name| template(name, body)).to_vec();
    match action {
        Action::Create => (Vec::new(), files("It is here."), "POST"),
        Action::Edit => (files("It is here."), files("It has arrived."), "POST"),
        _ => (files("It is here."), Vec::new(), "DELETE"),
    }
}

#[test]
fn a_fault_at_any_write_leaves_nothing_twice_and_nothing_unknown() {
    on_stage(Review::Approve, async |stage| {
        for action in [Action::Create, Action::Edit, Action::Delete] {
            for (kind, after) in KINDS.iter().flat_map(|kind| (0..3).map(move |after| (kind, after))) {
                let context = format!("{kind} at {} {after}", action.as_str());
                stage.control("reset", json!({})).await;
                let mut project = Memory::default();
                let (before, wanted, method) = story(action);
                let (wanted, prune) = (desired(&wanted), options("prune"));
                stage.push(&mut project, &desired(&before), &prune).await;
                stage.fault(json!({ "method": method, "kind": kind, "after": after })).await;
                let (plan, outcome) = stage.push(&mut project, &wanted, &prune).await;
                assert_eq!(plan.count(action), 3, "{context}");
                let lost = ["drop_after", "truncate"].contains(kind);
                let confirmed =
                    outcome.items.iter().filter(|item| item.result.as_ref().is_ok_and(|done| done.confirmed));
                assert_eq!(confirmed.count(), usize::from(lost), "{context}: {outcome:#?}");
                assert_eq!(outcome.is_complete(), lost, "{context}: {outcome:#?}");
                assert_eq!(outcome.account_failed(), *kind == "rate_limit", "{context}: {outcome:#?}");
                stage.assert_agrees(&project, &context).await;
                stage.assert_recovers(&mut project, &wanted, &prune, &context).await;
            }
        }
    });
}

#[test]
fn what_cannot_be_read_back_is_unknown_and_found_by_the_next_run() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        let wanted = many(3);
        let faults = json!([
            { "method": "POST", "kind": "drop_after" },
            { "method": "GET", "kind": "drop_before", "after": 1, "times": 9 },
        ]);
        stage.control("faults", json!({ "faults": faults })).await;
        let (_, outcome) = stage.push(&mut project, &wanted, &PlanOptions::default()).await;
        let results: Vec<_> = outcome.items.iter().map(|item| &item.result).collect();
        assert!(matches!(results[0], Err(ApplyError::Unknown(_))), "{results:?}");
        assert_eq!(results[1..], [&Err(ApplyError::NotTried), &Err(ApplyError::NotTried)]);
        stage.assert_recovers(&mut project, &wanted, &PlanOptions::default(), "unknown").await;
    });
}

#[test]
fn an_edit_that_changes_samples_alone_is_not_taken_for_done_when_it_was_not() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        play(&stage, &mut project, "push numbers").await;
        stage.fault(json!({ "method": "POST", "kind": "drop_before" })).await;
        let wanted = source("numbers, other sample");
        let (_, outcome) = stage.push(&mut project, &wanted, &options("samples")).await;
        assert!(matches!(outcome.items[0].result, Err(ApplyError::NotDone(_))), "{outcome:#?}");
        let (plan, outcome) = stage.push(&mut project, &wanted, &options("samples")).await;
        assert_eq!(shown(&plan.changes[1]) + &result(&outcome), "~ changed -> done");
    });
}

/// A version whose header shows the picture with this hash.
fn picture(hash: &str) -> Vec<Desired> {
    let mut wanted = source("b with a picture").remove(0);
    wanted.payload.components[0] = watpl::payload::Component::HeaderMedia {
        format: watpl::model::MediaFormat::Image,
        sample: MediaSample::File { path: "a.png".into(), hash: Some(hash.into()) },
    };
    vec![Desired::new(wanted.payload, false)]
}

fn with_a_picture() -> Memory {
    let png = |payload: &Payload, _: &str| {
        let bytes = b"\x89PNG\r\n\x1a\n and so on".to_vec();
        let mut hashes = payload.media().into_iter().filter_map(|sample| match sample {
            MediaSample::File { hash, .. } => hash.clone(),
            _ => None,
        });
        let hash = hashes.next_back().expect("a hash");
        Ok(MediaFile { name: "a.png".into(), mime: "image/png", hash, bytes })
    };
    Memory { media: Box::new(png), ..Memory::default() }
}

#[test]
fn g21_an_upload_that_fails_is_made_good_at_once_or_by_the_next_run() {
    on_stage(Review::Approve, async |stage| {
        for (kind, path) in KINDS.iter().flat_map(|kind| ["/uploads", "/upload:"].map(|path| (kind, path))) {
            stage.control("reset", json!({})).await;
            let mut project = with_a_picture();
            stage.fault(json!({ "path": path, "kind": kind })).await;
            let (_, outcome) = stage.push(&mut project, &picture("1"), &PlanOptions::default()).await;
            // Nobody sees an upload that no template uses: it is made again at once, unless Meta says to wait.
            assert_eq!(outcome.is_complete(), *kind != "rate_limit", "{kind} {path}: {outcome:#?}");
            stage.assert_agrees(&project, kind).await;
            stage.assert_recovers(&mut project, &picture("1"), &PlanOptions::default(), kind).await;
        }
    });
}

#[test]
fn an_edit_that_changes_the_picture_alone_is_not_taken_for_done_when_it_was_not() {
    on_stage(Review::Approve, async |stage| {
        let mut project = with_a_picture();
        let (_, outcome) = stage.push(&mut project, &picture("1"), &PlanOptions::default()).await;
        assert!(outcome.is_complete(), "{outcome:#?}");
        let id = &project.saved.versions.values().next().expect("a version").id;
        stage.fault(json!({ "method": "POST", "path": id, "kind": "drop_before" })).await;
        let (plan, outcome) = stage.push(&mut project, &picture("2"), &PlanOptions::default()).await;
        assert_eq!(shown(&plan.changes[1]), "~ changed");
        assert!(outcome.items[0].result.is_err(), "{outcome:#?}");
        let (plan, outcome) = stage.push(&mut project, &picture("2"), &PlanOptions::default()).await;
        assert_eq!(shown(&plan.changes[1]) + &result(&outcome), "~ changed -> done");
        let plan = stage.plan(&project, &picture("2"), &PlanOptions::default()).await;
        assert_eq!(shown(&plan.changes[1]), "= in_sync");
    });
}

#[test]
fn a_lock_that_cannot_be_written_stops_the_run() {
    on_stage(Review::Approve, async |stage| {
        for saves in 0..4 {
            stage.control("reset", json!({})).await;
            let mut project = Memory { saves, ..Memory::default() };
            let (_, outcome) = stage.push(&mut project, &many(3), &PlanOptions::default()).await;
            let done = outcome.items.iter().filter(|item| item.result.is_ok()).count();
            // The first save is that of the account's id.
            assert_eq!(done, saves.saturating_sub(1), "{outcome:#?}");
            assert!(!outcome.is_complete() && outcome.account_failed());
            assert_eq!(outcome.unsaved.is_some(), saves == 0);
            project.saves = usize::MAX;
            stage
                .assert_recovers(&mut project, &many(3), &PlanOptions::default(), &format!("{saves} saves"))
                .await;
        }
    });
}

/// A way to the account that ends after so many requests, and the process with it.
struct Killed<'a> {
    http: &'a Http,
    left: Cell<usize>,
    /// Whether the last request still arrives.
    arrives: bool,
    dead: Notify,
}

impl Remote for Killed<'_> {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let left = self.left.get();
        if left == 0 {
            if self.arrives {
                self.http.send(request).await?;
            }
            self.dead.notify_one();
            return pending().await;
        }
        self.left.set(left - 1);
        self.http.send(request).await
    }
}

#[test]
fn a_run_killed_at_any_request_is_finished_by_the_next() {
    on_stage(Review::Approve, async |stage| {
        let before = desired(&["one", "zero"].map(|name| template(name, "It is here.")));
        let wanted = ["two", "three"].map(|name| template(name, "It is here."));
        let wanted = desired(&[vec![template("one", "It has arrived.")], wanted.to_vec()].concat());
        let allowed = options("prune");
        for arrives in [false, true] {
            let mut survived = false;
            for left in 0.. {
                stage.control("reset", json!({})).await;
                let mut project = Memory::default();
                stage.push(&mut project, &before, &allowed).await;
                let http = stage.http();
                let killed = Killed { http: &http, left: Cell::new(left), arrives, dead: Notify::new() };
                tokio::select! {
                    biased;
                    () = killed.dead.notified() => {}
                    _ = stage.push_through(&killed, &mut project, &wanted, &allowed) => survived = true,
                }
                let context = format!("killed after {left} requests, the last one arrives: {arrives}");
                stage.assert_recovers(&mut project, &wanted, &allowed, &context).await;
                if survived {
                    // A listing; an edit, looked at before and after; two creations; a deletion, looked at before.
                    assert_eq!(left, 8);
                    break;
                }
            }
        }
    });
}

/// A server that gives the same answers in turn, the last one for ever, and tells what it was asked.
fn server(answers: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.extend(byte);
            }
            let mut log = log.lock().expect("no panic elsewhere");
            let answer = answers.get(log.len()).or(answers.last()).cloned().unwrap_or_default();
            log.push(String::from_utf8_lossy(&head).into_owned());
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    (base, asked)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

fn page(ids: &[&str], paging: &Value) -> String {
    let rows: Vec<_> = ids
        .iter()
        .map(|id| json!({ "id": id, "name": format!("t{id}"), "language": "fa", "status": "APPROVED", "category": "UTILITY" }))
        .collect();
    answer(
        "200 OK",
        "content-type: application/json\r\n",
        &json!({ "data": rows, "paging": paging }).to_string(),
    )
}

fn next(cursor: &str) -> Value {
    json!({ "cursors": { "after": cursor }, "next": format!("https://elsewhere.invalid/?after={cursor}") })
}

/// What a listing from a server with these answers gives: ids, or why not; and how often it asked.
fn listing(answers: Vec<String>) -> (String, usize) {
    let (base, asked) = server(answers);
    let mut seen = String::new();
    run(async {
        seen = match calls::list(&http(&base), WABA).await {
            Ok(versions) => {
                versions.iter().map(|deployed| deployed.id.as_str()).collect::<Vec<_>>().join(" ")
            }
            Err(CallError::PaginationLoop(why)) => format!("endless: {why}"),
            Err(CallError::Transport(TransportError::ResponseLost { .. })) => "lost".into(),
            Err(CallError::Transport(TransportError::ConnectFailed { .. })) => "unreachable".into(),
            Err(CallError::Transport(fault)) => fault.to_string(),
            Err(CallError::Graph(error)) => error.message,
        };
    });
    let asked = asked.lock().expect("no panic elsewhere").len();
    (seen, asked)
}

#[test]
fn half_a_listing_is_never_taken_for_a_whole_one() {
    let last = || page(&["3"], &json!({ "cursors": { "after": "z" } }));
    let first = || page(&["1", "2"], &next("a"));
    assert_eq!(listing(vec![first(), last()]), ("1 2 3".into(), 2));
    // A connection that closes without an answer is tried again, and in the end given up.
    assert_eq!(listing(vec![first(), String::new(), last()]), ("1 2 3".into(), 3));
    assert_eq!(listing(vec![first(), String::new()]), ("lost".into(), 5));
    assert_eq!(
        listing(vec![first(), page(&["2"], &next("b")), page(&["3"], &next("a"))]).0,
        "endless: a page leads back to an earlier one"
    );
    let ends = [
        page(&["2"], &json!({ "next": "https://elsewhere.invalid/" })),
        answer("200 OK", "", "<html>Please sign in</html>"),
        answer("200 OK", "", ""),
        answer("200 OK", "", "{}"),
        answer("200 OK", "", "{\"data\": {}}"),
        answer("200 OK", "", "{\"data\": [{\"id\": \"9\""),
        answer("204 No Content", "", ""),
        answer("403 Forbidden", "", "<html>The proxy says no</html>"),
    ];
    let seen: Vec<_> = ends.into_iter().map(|end| listing(vec![first(), end]).0).collect();
    insta::assert_snapshot!(seen.join("\n"), @r#"
    the response has no `paging.cursors.after`
    HTTP 200 with `<html>Please sign in</html>` instead of a Graph API response
    HTTP 200 with nothing instead of a Graph API response
    the response has no `data`
    the response has no `data`
    HTTP 200 with `{"data": [{"id": "9"` instead of a Graph API response
    HTTP 204 with nothing instead of a Graph API response
    HTTP 403 with `<html>The proxy says no</html>` instead of a Graph API response
    "#);
}

#[test]
fn a_server_that_is_not_there_or_closes_at_once_is_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    run(async {
        let error = calls::list(&http(&format!("http://{closed}")), WABA).await.expect_err("nobody listens");
        assert!(matches!(error, CallError::Transport(TransportError::ConnectFailed { .. })), "{error}");
    });
    assert_eq!(listing(vec![String::new()]), ("lost".into(), 4));
}

#[test]
fn the_token_stays_with_the_host_it_was_given_for() {
    let (other, asked) = server(vec![page(&["7"], &Value::Null)]);
    let moved = format!("location: {other}{LIST}\r\n");
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (seen, asked) = listing(vec![answer(status, &moved, "")]);
        assert!(seen.contains("instead of a Graph API response"), "{seen}");
        assert_eq!(asked, 1);
    }
    let elsewhere = json!({ "cursors": { "after": "a" }, "next": format!("{other}{LIST}?after=a") });
    assert_eq!(listing(vec![page(&["1"], &elsewhere), page(&["2"], &Value::Null)]), ("1 2".into(), 2));
    assert_eq!(*asked.lock().expect("no panic elsewhere"), [""; 0]);
}
