//! Choosing, saving and carrying out plans.

use std::fs;

use serde_json::{Value, json};

use super::{GOOD, Project, Run, SECRET, Served, git};

const SALE: &str = "\
name: summer_sale
category: marketing
tags: [summer, shop]
languages:
  en_US: { body: The summer sale begins on Monday in all of our shops. }
  fa: { body: حراج تابستانی از دوشنبه در همهٔ فروشگاه‌های ما آغاز می‌شود. }
footer: Reply STOP to hear no more from us
";

fn two() -> Project {
    Project::new().with("templates/summer_sale.yaml", SALE)
}

/// The versions of a plan, with their actions.
fn planned(run: &Run) -> String {
    let plan: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| unreachable!("{error}: {run:?}"));
    let changes = plan["changes"].as_array().expect("changes").iter();
    let word = |change: &Value, key: &str| change[key].as_str().expect("a text").to_owned();
    let changes = changes.filter(|change| change["name"] != "hello_world");
    let lines = changes.map(|change| {
        format!("{} {}/{}", word(change, "action"), word(change, "name"), word(change, "language"))
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn templates_are_selected_by_name_glob_tag_language_and_change() {
    let project = two();
    let diff = |words: &str| planned(&project.run(&format!("diff --format json {words}")));
    let (order, english, persian) =
        ("create order_shipped/en_US", "create summer_sale/en_US", "create summer_sale/fa");
    assert_eq!(diff(""), format!("{order}; {english}; {persian}"));
    assert_eq!(diff("order_shipped"), order);
    assert_eq!(diff("summer*"), format!("{english}; {persian}"));
    assert_eq!(diff("tag:summer"), format!("{english}; {persian}"));
    assert_eq!(diff("tag:sum* lang:fa"), persian);
    assert_eq!(diff("lang:en-US"), format!("{order}; {english}"));
    assert_eq!(diff("order_shipped tag:shop lang:en_*"), format!("{order}; {english}"));
    project.run("diff summer_sail").assert(2, &["did you mean `summer_sale`?"]);
    for nothing in ["tag:winter", "lang:de", "x*"] {
        project.run(&format!("push {nothing}")).assert(2, &["matches no template"]);
    }
    project.run("push [").assert(2, &["is not a valid pattern"]);
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "begin"]);
    let project = project.with("templates/order_shipped.yaml", GOOD.replace("soon", "today"));
    let changed = project.run("diff --format json --changed-since main");
    assert_eq!(planned(&changed), order);
    project.run("diff --changed-since nonsense").assert(2, &["unknown git revision `nonsense`"]);
    project.run("push tag:shop lang:fa").assert(0, &["✓ summer_sale/fa  created", "1 done"]);
}

#[test]
fn a_saved_plan_is_carried_out_exactly() {
    let project = two();
    project.run("diff --out plan.json lang:en_US").assert(0, &["2 to create"]);
    project.run("diff --out plan.txt").assert(2, &["does not end in .json"]);
    let text = fs::read_to_string(project.path("plan.json")).expect("a plan");
    assert!(text.contains("\"digest\"") && text.contains("order_shipped/en_US"), "{text}");
    project.run("push plan.json").assert(0, &["✓ order_shipped/en_US", "✓ summer_sale/en_US", "2 done"]);
    assert_eq!(planned(&project.run("diff --format json")).matches("create").count(), 1);
    // It was done, and so it is not a plan any more.
    project.run("push plan.json").assert(2, &["has changed since the plan was created", "create a new plan"]);
    project.run("push nowhere.json").assert(2, &["nowhere.json cannot be read"]);
    let project = project.with("other.json", "{\"plans\": 7}");
    project.run("push other.json").assert(2, &["it is not a plan"]);
}

/// What happens between a plan and its push.
type Happening<'a> = &'a dyn Fn(Project, &Served) -> Project;

#[test]
fn h10_a_saved_plan_is_refused_when_anything_has_moved() {
    let edit = |name: &str| {
        json!({
            "name": name,
            "language": "en_US",
            "components": [{ "type": "BODY", "text": "Something else entirely." }],
        })
    };
    let stale: [(&str, Happening, &str); 5] = [
        (
            "file",
            &|project, _| project.with("templates/order_shipped.yaml", GOOD.replace("soon", "today")),
            "the files have changed",
        ),
        (
            "console",
            &|project, sandbox| {
                sandbox.control("console", &edit("order_shipped"));
                project
            },
            "the account has changed",
        ),
        (
            "hand",
            &|project, _| {
                let text = fs::read_to_string(project.path("plan.json")).expect("a plan");
                project.with("plan.json", text.replace("\"create\"", "\"keep\""))
            },
            "edited after it was created",
        ),
        (
            "lock",
            &|project, sandbox| {
                project.run_at(&sandbox.base, "push order_shipped --yes --overwrite").assert(0, &[]);
                project
            },
            "since the plan was created",
        ),
        (
            "account",
            &|project, _| {
                let config = fs::read_to_string(project.path("watpl.yaml")).expect("a configuration");
                project.with("watpl.yaml", config.replace("100000000000000", "100000000000001"))
            },
            "belongs to the account",
        ),
    ];
    for (what, happens, words) in stale {
        let sandbox = Served::start(&["--token", SECRET]);
        let project = Project::at_meta();
        project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
        let project = project.with("templates/summer_sale.yaml", SALE);
        let project = match what {
            "lock" => project.with("templates/order_shipped.yaml", GOOD.replace("soon", "today")),
            _ => project,
        };
        project.run_at(&sandbox.base, "diff --out plan.json").assert(0, &["2 to create"]);
        let project = happens(project, &sandbox);
        let before = sandbox.writes();
        project.run_at(&sandbox.base, "push plan.json --yes").assert(2, &[words]);
        assert_eq!(sandbox.writes(), before, "{what}");
    }
}

#[test]
fn h12_a_plan_names_the_account_its_id_and_the_server() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    let host = sandbox.base.trim_start_matches("http://").to_owned();
    let label = format!("live (100000000000000, Sandbox, at {host}): 1 to create");
    project.run_at(&sandbox.base, "diff").assert(0, &[&label]);
    let json = project.run_at(&sandbox.base, "diff --format json");
    json.assert(0, &["\"account\": \"live\"", "\"waba_id\": \"100000000000000\""]);
    let markdown = project.run_at(&sandbox.base, "diff --format markdown");
    let shown = markdown.out.replace(&host, "HOST");
    insta::assert_snapshot!(shown, @r"
    ### `live (100000000000000, Sandbox, at HOST)`

    1 to create

    | | version | reason |
    |---|---|---|
    | create | `order_shipped/en_US` | does not exist yet |

    <details><summary>create `order_shipped/en_US`</summary>

    ```diff
    +body:
    +  Your order {{1}} is on its way and will reach you soon.
    ```

    </details>
    ");
}

#[test]
fn what_was_done_is_told_to_machines_item_by_item() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta().with("templates/summer_sale.yaml", SALE);
    let fault = json!({ "faults": [{ "method": "POST", "kind": "rate_limit", "after": 1 }] });
    sandbox.control("faults", &fault);
    // H11: partial success, and the next run does the rest alone.
    let run = project.run_at(&sandbox.base, "push --yes --format json --max-wait 1s");
    assert_eq!(run.code, 3, "{}", run.shown());
    let told: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let items = told["outcome"]["items"].as_array().expect("items");
    let results: Vec<_> = items.iter().map(|item| item["result"].as_str().expect("a text")).collect();
    assert_eq!(results, ["done", "not_done", "not_tried"], "{told}");
    project.run_at(&sandbox.base, "push --yes").assert(0, &["2 done"]);
}

#[test]
fn logs_are_beside_the_output_and_hold_no_token() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    for words in ["diff -v", "diff -vv", "push --yes --verbose"] {
        let run = project.run_at(&sandbox.base, words);
        run.assert(0, &["method=Get", "status=200"]);
        assert!(run.err.contains("method=Get") && !run.out.contains("method=Get"), "{}", run.shown());
        assert!(!run.shown().contains(SECRET), "{}", run.shown());
    }
    let mut command = project.command("diff");
    command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET).env("RUST_LOG", "trace");
    let run = Run::of(&mut command);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("TRACE") && !run.shown().contains(SECRET));
}

#[test]
fn a_push_that_changes_nothing_asks_for_the_listing_and_nothing_else() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    for words in ["push --yes", "sync --yes", "diff"] {
        let before = sandbox.arrived();
        project.run_at(&sandbox.base, words).assert(0, &["nothing to do"]);
        assert_eq!(sandbox.arrived() - before, 1, "{words}");
    }
}
