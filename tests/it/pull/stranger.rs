//! `watpl pull` in the clone of a stranger: asking whether files have changes runs no program of the clone.

use serde_json::json;

use super::{BODY, Stage};

#[test]
fn i01_looking_for_uncommitted_changes_runs_no_program_of_the_repository() {
    let stage = Stage::new();
    let header = "name: order_shipped\ncategory: utility\nlanguage: en_US\nvariables: { order: A1 }\n";
    let path = "templates/order_shipped.yaml";
    stage.write(path, &format!("{header}body: {}\n", BODY.replace('1', "order")));
    stage.write("templates/.gitattributes", "*.yaml filter=x\n");
    stage.run("push --yes").assert(0, &["1 done"]);
    stage.git(&["init", "-q"]);
    stage.git(&["add", "."]);
    stage.git(&["commit", "-qm", "a"]);
    let hostile = |key: &str| {
        stage.git(&["config", key, "touch ran; cat"]);
        // The same size as before: git has to read the content.
        stage.write(path, &stage.read(path).replace("order: A1", "order: B1"));
        stage.git(&["status"]);
        assert!(stage.path("ran").exists(), "plain git does not run {key}");
        std::fs::remove_file(stage.path("ran")).expect("the marker is removed");
    };
    hostile("filter.x.clean");
    hostile("core.fsmonitor");
    let drifted = json!([{ "type": "BODY", "text": "Your order {{1}} has left and will reach you soon.", "example": { "body_text": [["A1"]] } }]);
    stage.console("order_shipped", "en_US", &drifted);
    stage.run("pull order_shipped").assert(1, &["it has uncommitted changes"]);
    assert!(!stage.path("ran").exists(), "a program was run");
    // With the file as it was committed, the same settings do not stand in the way.
    stage.write(path, &format!("{header}body: {}\n", BODY.replace('1', "order")));
    stage.run("pull order_shipped").assert(0, &["taken over: en_US"]);
    assert!(!stage.path("ran").exists(), "a program was run");
}
