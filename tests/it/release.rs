//! What users get: the package for crates.io, the archives of a release, and what both stand on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn cargo(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a text")
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            let path = entry.strip_prefix(root()).expect("below the root");
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    found
}

/// A version as numbers, to be compared.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|number| number.parse().expect("a number")).collect()
}

#[test]
fn the_package_holds_what_builds_and_nothing_else() {
    let listed = cargo(&["package", "--package", "watpl", "--list", "--allow-dirty", "--offline"]);
    let packaged: BTreeSet<&str> = listed.lines().collect();
    let made = [".cargo_vcs_info.json", "Cargo.toml.orig", "Cargo.lock", "Cargo.toml"];
    let read = [
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "watpl.yaml",
        "examples/library.rs",
    ];
    let mut wanted: BTreeSet<String> = read.into_iter().map(str::to_owned).collect();
    for folder in ["src", "grammar", "templates"] {
        wanted.extend(files(&root().join(folder)).into_iter().filter(|path| !path.contains("/snapshots/")));
    }
    let packaged: BTreeSet<String> =
        packaged.into_iter().filter(|path| !made.contains(path)).map(str::to_owned).collect();
    let more: Vec<_> = packaged.difference(&wanted).collect();
    let less: Vec<_> = wanted.difference(&packaged).collect();
    assert!(more.is_empty() && less.is_empty(), "packaged and not wanted: {more:?}; missing: {less:?}");
}

#[test]
fn nothing_that_is_compiled_in_lies_outside_the_package() {
    for path in files(&root().join("src")) {
        for (at, _) in read(&path).match_indices("include_str!(\"") {
            let text = read(&path);
            let included = text[at + "include_str!(\"".len()..].split('"').next().expect("a path").to_owned();
            let folder = root().join(&path);
            let file = folder.parent().expect("a folder").join(&included);
            let file = file.canonicalize().expect(&included);
            let inside = file.strip_prefix(root().canonicalize().expect("a folder")).expect("inside");
            let first =
                inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
            assert!(
                ["src", "grammar", "templates", "watpl.yaml", "examples"].contains(&first.as_str()),
                "{path} includes {included}"
            );
        }
    }
}

/// Where the toolchain of this run is the oldest that is allowed, that all tests pass is the proof; here, that what is
/// said about it is one thing everywhere, and that no dependency wants a newer one.
#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let minimal = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("README.md").contains(&format!("Rust {minimal} or newer")));
    assert!(read("docs/ci.md").contains(&format!("rust:{minimal}\n")));
    let host = Command::new("rustc").arg("-vV").output().expect("rustc runs").stdout;
    let host = String::from_utf8(host).expect("a text");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&metadata)).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        if let Some(wanted) = package["rust_version"].as_str() {
            assert!(numbers(wanted) <= numbers(minimal), "{} wants Rust {wanted}", package["name"]);
        }
    }
}

/// A release has a program for each machine that the action looks for one, under the name that it asks for.
#[test]
fn releases_have_what_the_action_fetches() {
    let action = read("action.yml");
    let fetched: BTreeSet<&str> =
        action.lines().filter_map(|line| line.split_once(") target=")?.1.strip_suffix(" ;;")).collect();
    let fetched: BTreeSet<&str> = fetched.into_iter().filter(|target| !target.is_empty()).collect();
    let workflow: serde_yaml::Value =
        serde_yaml::from_str(&read(".github/workflows/release.yml")).expect("YAML");
    let programs = &workflow["jobs"]["programs"]["strategy"]["matrix"]["include"];
    let built: BTreeSet<&str> = programs
        .as_sequence()
        .expect("programs")
        .iter()
        .map(|program| program["target"].as_str().expect("a target"))
        .collect();
    assert_eq!(built, fetched);
    assert_eq!(built.len(), 4);
}

/// What workflows call is there, may be run, and can be read by the shell.
#[cfg(unix)]
#[test]
fn scripts_of_workflows_can_be_run() {
    use std::os::unix::fs::PermissionsExt;

    let workflows = [".github/workflows/ci.yml", ".github/workflows/release.yml"].map(read).join("\n");
    let called = workflows.split([' ', '\n']).filter(|word| word.starts_with(".ci/"));
    let called: BTreeSet<&str> = called.chain([".ci/static"]).collect();
    assert!(called.contains(".ci/tuned") && called.contains(".ci/pack"), "{called:?}");
    for script in called {
        let path = root().join(script);
        let mode = fs::metadata(&path).expect(script).permissions().mode();
        assert!(mode & 0o111 != 0, "{script} may not be run");
        let parsed = Command::new("bash").arg("-n").arg(&path).status();
        assert!(parsed.expect("a shell").success(), "{script} is no script");
    }
}

/// Workflows get no more than they need: no permissions but those that a job names, and no text of an event in a script.
#[test]
fn workflows_trust_nobody() {
    for path in [".github/workflows/ci.yml", ".github/workflows/release.yml"] {
        let workflow: serde_yaml::Value = serde_yaml::from_str(&read(path)).expect("YAML");
        assert_eq!(workflow["permissions"].as_mapping().map(serde_yaml::Mapping::len), Some(0), "{path}");
        for (_, job) in workflow["jobs"].as_mapping().expect("jobs") {
            for step in job["steps"].as_sequence().expect("steps") {
                assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{path}: {step:?}");
                if let Some(uses) = step["uses"].as_str() {
                    let commit = uses.split_once('@').expect("a version").1;
                    assert!(commit.len() == 40, "{path}: {uses} is not a commit");
                }
            }
        }
    }
}
