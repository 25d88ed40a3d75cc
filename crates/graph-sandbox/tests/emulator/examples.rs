//! What `docs/sandbox.md` shows: the scenario is read, and the Python example runs.

use std::path::Path;
use std::process::Command;

use graph_sandbox::{Sandbox, Scenario, Settings};

fn example(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples").join(name)
}

#[test]
fn the_scenario_of_the_documentation_is_one() {
    let text = std::fs::read_to_string(example("scenario.yaml")).unwrap();
    let scenario = Scenario::parse(&text).expect("a scenario");
    super::with(Settings { scenario, ..Settings::default() }, async |graph| {
        let list = graph.get(&format!("{}?summary=total_count", super::LIST)).await;
        assert_eq!(list["summary"]["total_count"], 102);
    });
}

#[test]
fn an_application_in_python_is_tested_against_it() {
    if Command::new("python3").arg("--version").output().is_err() {
        // Nothing can be said about it then.
        return;
    }
    let (told, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let sandbox = Sandbox::bind(Settings::default(), 0).await.unwrap();
            told.send(sandbox.base_url()).unwrap();
            sandbox.serve(std::future::pending()).await;
        });
    });
    let mut python = Command::new("python3");
    python.arg(example("sandbox_test.py")).env("GRAPH_URL", address.recv().unwrap());
    let output = python.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("Ran 5 tests"), "{said}");
}
