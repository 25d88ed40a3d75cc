//! What a run costs: requests are counted.

use std::time::{Duration, Instant};

use graph_sandbox::Review;
use serde_json::{Value, json};
use tempfile::TempDir;
use watpl::apply::ApplyTarget;
use watpl::canonical;
use watpl::graph::payload_json;
use watpl::lock::{Applied, Step};
use watpl::payload::{Deployed, Status};
use watpl::plan::{Action, Desired, PlanOptions, plan};
use watpl::remote::calls;
use watpl::remote::calls::Listing;
use watpl::workspace::LockFile;

use super::{
    Memory, WABA, answer, desired, http, locked, many, next, on_stage, options, run, server, sides, source,
    template,
};

#[test]
fn a_push_of_6000_versions_that_changes_nothing_costs_30_pages() {
    let wanted = many(6_000);
    let rows: Vec<Value> = wanted
        .iter()
        .enumerate()
        .map(|(index, desired)| {
            let mut row = payload_json(&desired.payload);
            row["id"] = (1_000_000 + index).to_string().into();
            row["status"] = "APPROVED".into();
            row
        })
        .collect();
    let pages = rows.chunks(200).enumerate().map(|(index, rows)| {
        let paging = if index < 29 { next(&format!("c{index}")) } else { Value::Null };
        let limit = json!({ "message_template_limit": 6_000 });
        let body = json!({ "data": rows, "paging": paging, "summary": limit }).to_string();
        answer("200 OK", "content-type: application/json\r\n", &body)
    });
    let (base, asked) = server(pages.collect());
    run(async {
        let remote = http(&base);
        let listing = calls::list_with_limit(&remote, WABA).await.expect("a listing");
        assert_eq!((listing.versions.len(), listing.limit), (6_000, Some(6_000)));
        let mut project = Memory::default();
        let mut applied = project.saved.clone();
        let target = ApplyTarget { waba: WABA.into(), app: None };
        for reason in ["adopted", "in_sync"] {
            let decided = plan(&sides(&wanted, &listing, &applied, 7), &PlanOptions::default());
            assert!(decided.changes.iter().all(|change| change.reason.as_str() == reason), "{reason}");
            let outcome = watpl::apply::apply(&decided, &target, &remote, &mut project, &mut applied).await;
            assert!(outcome.is_complete() && outcome.items.is_empty());
        }
        // One more than the account may have.
        let more = many(6_001);
        let decided = plan(&sides(&more, &listing, &applied, 7), &PlanOptions::default());
        let held: Vec<_> = decided.changes.iter().filter(|change| change.action == Action::Hold).collect();
        assert_eq!(held.iter().map(|change| change.reason.as_str()).collect::<Vec<_>>(), ["account_full"]);
    });
    assert_eq!(asked.lock().expect("no panic elsewhere").len(), 30);
}

#[test]
fn an_authentication_template_travels_in_all_languages_at_once() {
    let file = |minutes: u32, languages: &str| {
        format!(
            "name: code\ncategory: authentication\nlanguages: [{languages}]\nbody: {{ add_security_recommendation: true }}\n\
             footer: {{ code_expiration_minutes: {minutes} }}\nbuttons: [{{ type: otp, otp_type: copy_code }}]\n"
        )
    };
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        let writes = async |stage: &super::Stage| {
            let log = stage.look("requests").await;
            let requests = log["requests"].as_array().expect("requests").iter();
            requests.filter(|request| request["method"] == "POST").count()
        };
        let wanted = desired(&[file(5, "en_US, fa, de, pt_BR"), template("other", "It is here.")]);
        let (_, outcome) = stage.push(&mut project, &wanted, &options("")).await;
        assert!(outcome.is_complete() && outcome.items.len() == 5, "{outcome:#?}");
        assert_eq!(writes(&stage).await, 2);
        stage.assert_agrees(&project, "after the first push").await;
        // One language more, and four that change: one call again.
        let wanted = desired(&[file(9, "en_US, fa, de, pt_BR, es"), template("other", "It is here.")]);
        let (plan, outcome) = stage.push(&mut project, &wanted, &options("")).await;
        assert_eq!((plan.count(Action::Create), plan.count(Action::Edit)), (1, 4));
        assert!(outcome.is_complete(), "{outcome:#?}");
        assert_eq!(writes(&stage).await, 3);
        stage.assert_agrees(&project, "after the second push").await;
        // Refused together, each is tried by itself: those that were edited today are refused.
        let wanted = desired(&[file(7, "en_US, ar"), template("other", "It is here.")]);
        project.saved.versions.values_mut().for_each(|entry| entry.edits.clear());
        let (_, outcome) = stage.push(&mut project, &wanted, &options("")).await;
        let results: Vec<_> = outcome.items.iter().map(|item| item.result.is_ok()).collect();
        assert_eq!(results, [true, false], "{outcome:#?}");
    });
}

/// The call for many languages takes no labels of buttons, so templates with labels are created one by one.
#[test]
fn labels_of_buttons_are_never_sent_by_the_call_for_many_languages() {
    for (label, paths) in [("", 1), (", text: Copy it", 2), (", autofill_text: Fill", 2)] {
        let kind = if label.contains("autofill") {
            "one_tap, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }]"
        } else {
            "copy_code"
        };
        let file = format!(
            "name: code\ncategory: authentication\nlanguages: [en_US, fa]\nbody: {{ add_security_recommendation: true }}\n\
             buttons: [{{ type: otp, otp_type: {kind}{label} }}]\n"
        );
        on_stage(Review::Approve, async |stage| {
            let mut project = Memory::default();
            let (_, outcome) = stage.push(&mut project, &desired(&[file]), &options("")).await;
            assert!(outcome.is_complete() && outcome.items.len() == 2, "{outcome:#?}");
            let log = stage.look("requests").await;
            let requests = log["requests"].as_array().expect("requests").iter();
            let posts = requests.filter(|request| request["method"] == "POST");
            let posts: Vec<_> = posts.map(|request| request["path"].as_str().expect("a path")).collect();
            let by_upsert = posts.iter().filter(|path| path.ends_with("/upsert_message_templates")).count();
            assert_eq!(
                (posts.len(), by_upsert),
                (paths, usize::from(label.is_empty())),
                "{label}: {posts:?}"
            );
        });
    }
}

#[test]
fn a_lost_answer_to_a_call_for_many_languages_is_read_back() {
    on_stage(Review::Approve, async |stage| {
        let file = "name: code\ncategory: authentication\nlanguages: [en_US, fa, de]\nbody: { add_security_recommendation: true }\n\
                    buttons: [{ type: otp, otp_type: copy_code }]\n";
        for (kind, done) in [("drop_after", 3), ("drop_before", 0), ("truncate", 3), ("http_500_html", 0)] {
            stage.control("reset", json!({})).await;
            stage.fault(json!({ "method": "POST", "kind": kind })).await;
            let mut project = Memory::default();
            let wanted = desired(&[file.to_owned()]);
            let (_, outcome) = stage.push(&mut project, &wanted, &options("")).await;
            let confirmed =
                outcome.items.iter().filter(|item| item.result.as_ref().is_ok_and(|done| done.confirmed));
            assert_eq!(confirmed.count(), done, "{kind}: {outcome:#?}");
            stage.assert_recovers(&mut project, &wanted, &options(""), kind).await;
        }
    });
}

/// So many versions, as source and as account.
fn both_sides(count: usize) -> (Vec<Desired>, Listing) {
    let pattern = source("a").remove(0);
    let wanted: Vec<_> = (0..count)
        .map(|index| {
            let mut desired = pattern.clone();
            desired.payload.key.name = format!("order_{index:06}");
            desired
        })
        .collect();
    let versions = wanted.iter().enumerate().map(|(index, desired)| Deployed {
        id: format!("{}", 1_000_000 + index),
        key: desired.payload.key.clone(),
        status: Status::Approved,
        category: "UTILITY".into(),
        previous_category: None,
        correct_category: None,
        parameter_format: desired.payload.parameter_format,
        ttl: None,
        rejected_reason: None,
        quality: None,
        library: None,
        auto_generated: false,
        options: Vec::new(),
        updated: None,
        json: Vec::new(),
        components: desired.payload.components.clone(),
    });
    let versions = versions.collect();
    (wanted, Listing { versions, limit: None })
}

#[test]
fn h15_a_lock_of_very_many_versions_is_read_planned_with_and_written_in_time() {
    let count = if crate::cases() >= 1_000 { 100_000 } else { 5_000 };
    let (wanted, listing) = both_sides(count);
    let entry = |desired: &Desired| {
        let (key, mut entry) = locked(&desired.payload.key, 7);
        entry.content = canonical::payload(&desired.payload).digest();
        (key, entry)
    };
    let versions = wanted.iter().map(entry).collect();
    let applied = Applied { waba_id: WABA.into(), versions, ..Applied::default() };
    let folder = TempDir::new().expect("a folder");
    let mut times = Vec::new();
    let mut measure = |what: &'static str, began: Instant| times.push((what, began.elapsed()));
    let began = Instant::now();
    let mut file = LockFile::acquire(folder.path(), "sandbox", None).expect("nobody holds it");
    file.save(&applied).expect("it is written");
    measure("write", began);
    let began = Instant::now();
    let read = LockFile::read(folder.path(), "sandbox", true).expect("it is read").applied();
    measure("read", began);
    assert_eq!(read, applied);
    let began = Instant::now();
    let decided = plan(&sides(&wanted, &listing, &read, 7), &PlanOptions::default());
    measure("plan", began);
    assert!(decided.changes.iter().all(|change| change.reason.as_str() == "in_sync"));
    assert_eq!(decided.changes.len(), count);
    let (key, entry) = locked(&wanted[0].payload.key, 8);
    let began = Instant::now();
    file.record(&Step::Applied(key, entry)).expect("it is written");
    measure("one step", began);
    // Without optimisation, on any machine; a program as it is shipped takes a fraction of it.
    assert!(times.iter().all(|(_, time)| *time < Duration::from_secs(60)), "{times:?}");
    assert!(times[3].1 < Duration::from_secs(2), "{times:?}");
}
