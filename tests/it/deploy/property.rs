//! Any template: pushed, and read back as quirkily as Meta does, it is no change.

use std::cell::RefCell;

use graph_sandbox::Review;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use watpl::payload::MediaSample;
use watpl::plan::{Action, Desired};

use super::{Memory, Stage, desired, options, run, with_a_picture};

const WORDS: [&str; 12] = [
    "order",
    "سلام",
    "می‌روم",
    "नमस्ते",
    "*bold*",
    "1,200.00",
    "https://x.example/?a=b&c",
    "é",
    "e\u{301}",
    "%41",
    "😀",
    "\u{200f}و",
];

fn words(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&WORDS[..]), 1..=most).prop_map(|words| words.join(" "))
}

/// Letters, for what takes no formatting.
fn plain(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&["Track", "parcel", "سلام", "now", "नमस्ते", "1.200"][..]), 1..=most)
        .prop_map(|words| words.join(" "))
}

fn body(count: usize) -> impl Strategy<Value = String> {
    words(6).prop_map(move |words| {
        let variables: String = (0..count).map(|index| format!(" and {{{{v{index}}}}} {words}")).collect();
        format!("We write about {words}{variables} to tell you more.")
    })
}

fn header() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        Just(None::<Value>),
        plain(3).prop_map(|text| Some(Value::from(text))),
        plain(2).prop_map(|text| Some(Value::from(format!("{text} {{{{v0}}}}")))),
        Just(Some(json!({ "image": "a.png" }))),
        Just(Some(Value::from("location"))),
    ]
}

fn buttons() -> impl Strategy<Value = Vec<Value>> {
    let quick = plain(2).prop_map(|text| json!({ "type": "quick_reply", "text": text }));
    let url =
        plain(1).prop_map(|text| json!({ "type": "url", "text": text, "url": "https://x.example/a?b=%20c" }));
    let part =
        plain(1).prop_map(|text| json!({ "type": "url", "text": text, "url": "https://x.example/{{v0}}" }));
    let phone = select(&["+15550051310", "15550051310", "+98 21 1234 5678"][..])
        .prop_map(|number| json!({ "type": "phone_number", "text": "Call", "phone_number": number }));
    let call = (1..40i64)
        .prop_map(|days| json!({ "type": "voice_call", "text": "Talk", "ttl_minutes": days * 1_440 }));
    let other = prop_oneof![url, part, phone, call];
    let quick = proptest::collection::vec(quick, 0..3);
    (quick, proptest::option::of(other)).prop_map(|(mut buttons, other)| {
        buttons.extend(other);
        buttons
    })
}

/// A template with everything that goes together.
fn common() -> impl Strategy<Value = Value> {
    let category = select(&["utility", "marketing"][..]);
    let format = select(&["named", "positional"][..]);
    let ttl = proptest::option::of(select(&["12h"][..]));
    let footer = proptest::option::of(plain(4));
    let parts = (1..4usize).prop_flat_map(|count| (Just(count), body(count), body(count)));
    (category, format, ttl, header(), parts, footer, buttons()).prop_map(
        |(category, format, ttl, header, (count, body, other), footer, buttons)| {
            let mut file = Map::new();
            file.insert("name".into(), "anything".into());
            file.insert("category".into(), category.into());
            file.insert("parameter_format".into(), format.into());
            file.extend(ttl.map(|ttl| ("ttl".to_owned(), ttl.into())));
            let variables = (0..count).map(|index| (format!("v{index}"), format!("S{index} é").into()));
            file.insert("variables".into(), Value::Object(variables.collect()));
            file.extend(header.map(|header| ("header".to_owned(), header)));
            file.extend(footer.map(|footer| ("footer".to_owned(), footer.into())));
            file.insert("buttons".into(), buttons.into());
            let languages = json!({ "en_US": { "body": body }, "fa": { "body": other } });
            file.insert("languages".into(), languages);
            Value::Object(file)
        },
    )
}

fn authentication() -> impl Strategy<Value = Value> {
    let otp = select(&["copy_code", "one_tap", "zero_tap"][..]);
    (any::<bool>(), proptest::option::of(1..91i64), otp, any::<bool>()).prop_map(
        |(advice, minutes, otp, ttl)| {
            let mut button = json!({ "type": "otp", "otp_type": otp });
            if otp != "copy_code" {
                button["supported_apps"] =
                    json!([{ "package_name": "com.example.app", "signature_hash": "K8a/AINcGX7" }]);
            }
            if otp == "zero_tap" {
                button["zero_tap_terms_accepted"] = true.into();
            }
            let mut file = json!({
                "name": "anything", "category": "authentication", "languages": ["en_US", "fa", "pt_BR"],
                "body": { "add_security_recommendation": advice }, "buttons": [button],
            });
            if let Some(minutes) = minutes {
                file["footer"] = json!({ "code_expiration_minutes": minutes });
            }
            if ttl {
                file["ttl"] = "5m".into();
            }
            file
        },
    )
}

/// The samples as if they had been read.
fn with_pictures(wanted: Vec<Desired>) -> Vec<Desired> {
    let samples = wanted.into_iter().map(|desired| {
        let media = desired.payload.media().into_iter().map(|sample| match sample {
            MediaSample::File { path, .. } => {
                MediaSample::File { path: path.clone(), hash: Some("1".into()) }
            }
            other => other.clone(),
        });
        let media = media.collect();
        Desired::new(desired.payload.with_media(media), desired.has_errors)
    });
    samples.collect()
}

#[test]
fn any_template_pushed_and_read_back_plans_nothing() {
    let counts = RefCell::new((0, 0));
    run(async {
        let stage = Stage::start(Review::Approve).await;
        let any = prop_oneof![4 => common(), 1 => authentication()];
        let mut runner = TestRunner::deterministic();
        // The runner's own loop cannot wait for a server: cases are drawn by hand, the same in every run.
        for _ in 0..crate::cases() / 2 {
            let case = any.new_tree(&mut runner).expect("a template").current();
            stage.control("reset", json!({})).await;
            let wanted = with_pictures(desired(&[case.to_string()]));
            let mut project: Memory = with_a_picture();
            let (_, outcome) = stage.push(&mut project, &wanted, &options("")).await;
            let done = outcome.items.iter().filter(|item| item.result.is_ok()).count();
            let (all, taken) = *counts.borrow();
            counts.replace((all + wanted.len(), taken + done));
            let plan = stage.plan(&project, &wanted, &options("samples")).await;
            for change in plan.changes.iter().filter(|change| change.deployed.is_some()) {
                assert_eq!(change.action, Action::Keep, "{case:#}\n{change:#?}");
            }
            // Without a lock as well: what is equal is taken in.
            project.saved = watpl::lock::Applied::default();
            let plan = stage.plan(&project, &wanted, &options("samples")).await;
            for change in plan.changes.iter().filter(|change| change.deployed.is_some()) {
                assert_eq!(change.action, Action::Keep, "{case:#}\n{change:#?}");
            }
        }
    });
    let (all, taken) = counts.into_inner();
    assert!(taken * 10 > all * 7, "only {taken} of {all} were taken");
}
