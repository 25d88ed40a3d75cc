//! `watpl audit`: the rule book over what an account has.

use serde_json::Value;

use super::{Project, Run, SECRET, Served, answer, server};

/// What no source of ours would say any more: a retired category, samples as a flat list or missing, a category in lower case.
const LEGACY: &str = r#"{"data": [
  {"id": "11", "name": "old_notice", "language": "en_US", "status": "APPROVED", "category": "TRANSACTIONAL",
   "components": [{"type": "BODY", "text": "Your order {{1}} is ready at {{2}} for you.", "example": {"body_text": ["A-1041", "Porto"]}}]},
  {"id": "12", "name": "old_notice", "language": "de", "status": "PAUSED", "category": "utility",
   "components": [{"type": "BODY", "text": "Ihre Bestellung {{1}} ist da. Nur heute 20 % Rabatt auf alles!"},
    {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ansehen", "url": "https://bit.ly/x"}]}]},
  {"id": "13", "name": "shape", "language": "xx_YY", "status": "APPROVED", "category": "UTILITY",
   "components": [{"type": "BODY", "text": "Your order is ready for you at the counter."}]}
]}"#;

fn promoting() -> Project {
    Project::empty().with(
        "templates/shipped.yaml",
        "name: shipped\ncategory: utility\nlanguage: en_US\nvariables: { order: A-1041 }\nbody: Your order {{order}} is on its way. Take 20% off your next one with us.\nfooter: Happy birthday\n",
    )
}

#[test]
fn findings_name_version_and_component() {
    let project = promoting();
    project.run("push").assert(0, &["created"]);
    let run = project.run("audit");
    run.assert(
        0,
        &[
            "shipped/en_US  approved, utility, id ",
            "warning body, utility-promotional: the body promotes: `% off`",
            "warning footer, seasonal-greeting: the footer is a greeting: `Happy birthday`",
            "sandbox: 2 templates in 2 versions checked: 2 warnings",
        ],
    );
    let value: Value = serde_json::from_str(&project.run("audit shipped --format json").out).expect("JSON");
    let found = &value["findings"][0];
    assert_eq!(found["name"], "shipped");
    assert_eq!(found["language"], "en_US");
    assert_eq!((&found["status"], &found["category"]), (&"APPROVED".into(), &"UTILITY".into()));
    assert_eq!((&found["component"], &found["text"]), (&"body".into(), &"% off".into()));
    let lines = project.run("audit --format jsonl").out;
    let kinds: Vec<_> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["type"].as_str().expect("a type").to_owned()
        })
        .collect();
    assert_eq!(kinds, ["finding", "finding", "summary"]);
    project
        .run("audit --format markdown")
        .assert(0, &["| warning | `shipped/en_US` | `approved` | `body` |"]);
    project.run("audit nothing").assert(2, &["has no template `nothing`", "help:"]);
}

#[test]
fn no_sources_are_needed_and_rules_can_be_off() {
    let sandbox = Served::start(&["--token", SECRET]);
    let source = promoting()
        .with("watpl.yaml", "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n");
    source.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let config = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\nlint: { rules: { utility-promotional: error, seasonal-greeting: off } }\n";
    let bare = Project::empty().with("watpl.yaml", config);
    let run = bare.run_at(&sandbox.base, "audit --account live");
    run.assert(1, &["error body, utility-promotional", "live: 2 templates in 2 versions checked: 1 error"]);
    assert!(!run.out.contains("seasonal-greeting"), "{}", run.shown());
    let wrong =
        Run::of(bare.command("audit").env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", "OTHER"));
    wrong.assert(3, &["code 190"]);
}

#[test]
fn what_is_old_reads_without_harm() {
    let (base, _) = server(answer(LEGACY.as_bytes()));
    let run = Project::at_meta().run_at(&base, "audit");
    run.assert(
        0,
        &[
            "old_notice/de  paused, utility, id 12",
            "utility-promotional: the body promotes",
            "warning button 1, shortened-url",
            "shape/xx_YY was not checked: ",
            "live: 1 template in 2 versions checked",
        ],
    );
    assert!(!run.out.contains("variable-without-sample"), "{}", run.shown());
    // Its languages are held beside each other, and nothing else is wrong with it.
    let english = run.out.split("\n\n").find(|part| part.contains("old_notice/en_US")).expect("a part");
    assert_eq!(english.matches("help:").count(), 1, "{english}");
    assert!(
        english.contains("approved, transactional, id 11") && english.contains("versions-differ"),
        "{english}"
    );
}
