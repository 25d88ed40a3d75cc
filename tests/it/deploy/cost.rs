//! What a run costs: requests are counted.

use serde_json::{Value, json};
use watpl::apply::Target;
use watpl::graph::payload_json;
use watpl::plan::{Action, Options, plan};
use watpl::remote::calls;
use watpl::sandbox::Review;

use super::{
    Memory, WABA, answer, desired, http, many, next, on_stage, options, run, server, sides, template,
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
        let listing = calls::survey(&remote, WABA).await.expect("a listing");
        assert_eq!((listing.versions.len(), listing.limit), (6_000, Some(6_000)));
        let mut project = Memory::default();
        let mut applied = project.saved.clone();
        let target = Target { waba: WABA.into(), app: None };
        for reason in ["adopted", "in_sync"] {
            let decided = plan(&sides(&wanted, &listing, &applied, 7), &Options::default());
            assert!(decided.changes.iter().all(|change| change.reason.word() == reason), "{reason}");
            let outcome = watpl::apply::apply(&decided, &target, &remote, &mut project, &mut applied).await;
            assert!(outcome.is_complete() && outcome.items.is_empty());
        }
        // One more than the account may have.
        let more = many(6_001);
        let decided = plan(&sides(&more, &listing, &applied, 7), &Options::default());
        let held: Vec<_> = decided.changes.iter().filter(|change| change.action == Action::Hold).collect();
        assert_eq!(held.iter().map(|change| change.reason.word()).collect::<Vec<_>>(), ["account_full"]);
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
