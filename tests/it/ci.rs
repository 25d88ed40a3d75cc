//! What CI systems run: the action, the hooks and the examples, held against the program as it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::Parser as _;
use serde_yaml::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_watpl");

/// Two errors and a warning.
const FLAWED: &str = "\
name: order_shipped
category: utility
language: en_US
variables: { customer: Ana Diaz, order: A-1041 }
body: \"{{customer}}, order {{ order }} is on its way. Enjoy 20% off your next one!\"
";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&read(path)).expect(path)
}

fn keys(value: &Value) -> BTreeSet<String> {
    let keys = value.as_mapping().expect("a map").keys();
    keys.map(|key| key.as_str().expect("a text").to_owned()).collect()
}

/// What stands in `${{ … }}` with this at its head.
fn used(text: &str, head: &str) -> BTreeSet<String> {
    let word = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect()
    };
    text.match_indices(head).map(|(at, _)| word(&text[at + head.len()..])).collect()
}

/// Whether the program takes a command line as a shell would give it, up to a redirection.
fn is_taken(line: &str) -> Result<(), String> {
    let words =
        line.split_whitespace().take_while(|word| !matches!(*word, ">" | "|" | "||" | "&" | "&&" | "#"));
    watpl::cli::Cli::try_parse_from(words).map(drop).map_err(|error| format!("{line}: {error}"))
}

#[test]
fn the_action_uses_its_inputs_and_nothing_else() {
    let text = read("action.yml");
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    assert_eq!(used(&text, "inputs."), keys(&action["inputs"]));
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let ids: BTreeSet<_> = steps.iter().filter_map(|step| step["id"].as_str()).collect();
    for output in used(&text, "steps.") {
        let (id, name) = output.split_once(".outputs.").expect("an output");
        assert!(ids.contains(id), "there is no step `{id}`");
        assert!(text.contains(&format!("echo \"{name}=")), "no step writes `{name}`");
    }
    for (name, input) in action["inputs"].as_mapping().expect("inputs") {
        assert!(input["description"].is_string() && input["default"].is_string(), "{name:?}");
    }
    for step in steps {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "an input could become a command: {script}");
        assert!(script.is_empty() || step["shell"] == "bash", "composite actions say their shell");
    }
}

#[test]
fn hooks_and_examples_are_command_lines_that_the_program_takes() {
    let mut lines: Vec<String> = Vec::new();
    for hook in yaml(".pre-commit-hooks.yaml").as_sequence().expect("hooks") {
        lines.push(hook["entry"].as_str().expect("an entry").to_owned());
        assert_eq!(hook["language"], "rust");
    }
    for step in yaml("docs/examples/gitlab-ci.yml")["templates"]["script"].as_sequence().expect("a script") {
        lines.push(step.as_str().expect("a line").to_owned());
    }
    let hooks: BTreeSet<_> = yaml(".pre-commit-hooks.yaml")
        .as_sequence()
        .expect("hooks")
        .iter()
        .map(|hook| hook["id"].clone().as_str().expect("an id").to_owned())
        .collect();
    let wanted = &yaml("docs/examples/pre-commit-config.yaml")["repos"][0]["hooks"];
    for hook in wanted.as_sequence().expect("hooks") {
        assert!(hooks.contains(hook["id"].as_str().expect("an id")), "{hook:?}");
    }
    let inputs = keys(&yaml("action.yml")["inputs"]);
    for step in yaml("docs/examples/github.yml")["jobs"]["lint"]["steps"].as_sequence().expect("steps") {
        if step["uses"].as_str().is_some_and(|uses| uses.starts_with("watpl/")) {
            assert!(keys(&step["with"]).is_subset(&inputs), "{step:?}");
        }
    }
    for example in ["deploy-github.yml", "deploy-gitlab-ci.yml"] {
        yaml(&format!("docs/examples/{example}"));
        let text = read(&format!("docs/examples/{example}")).replace("\"$WATPL\"", "watpl");
        let commands = text.lines().filter_map(|line| Some(line.split_at(line.find("watpl ")?).1));
        let known = ["watpl lint", "watpl breaking", "watpl doctor", "watpl push", "watpl wait"];
        let own: Vec<_> = commands.filter(|line| known.iter().any(|word| line.starts_with(word))).collect();
        assert!(own.len() >= 4, "{example}: {own:?}");
        lines.extend(own.into_iter().map(|line| line.trim_end_matches('\'').replace('"', "")));
    }
    let pages = ["ci", "commands", "configuration", "deploy", "language", "sandbox"];
    for page in pages.map(|page| format!("docs/{page}.md")).iter().map(String::as_str).chain(["README.md"]) {
        let text = read(page);
        let blocks =
            text.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
        let commands = blocks.flat_map(str::lines).map(|line| line.trim_start_matches("$ "));
        lines.extend(commands.filter(|line| line.starts_with("watpl ")).map(|line| line.replace('\'', "")));
    }
    assert!(lines.len() > 10, "{lines:?}");
    let wrong: Vec<_> = lines.iter().filter_map(|line| is_taken(line).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_are_those_of_the_page() {
    let page = read("docs/ci.md");
    for example in ["github.yml", "gitlab-ci.yml", "pre-commit-config.yaml"] {
        let text = read(&format!("docs/examples/{example}"));
        assert!(page.contains(&format!("```yaml\n{text}```")), "docs/ci.md shows another {example}");
    }
    let page = read("docs/deploy.md");
    for example in ["deploy-github.yml", "deploy-gitlab-ci.yml"] {
        let text = read(&format!("docs/examples/{example}"));
        assert!(page.contains(&format!("```yaml\n{text}```")), "docs/deploy.md shows another {example}");
    }
}

/// One run that a pull request would see, in each format: what `docs/ci.md` shows.
#[test]
fn the_outputs_in_the_documentation_are_those_of_the_program() {
    let outputs = [
        ("human", "human.txt"),
        ("json", "json.json"),
        ("jsonl", "jsonl.jsonl"),
        ("sarif", "sarif.sarif"),
        ("github", "github.txt"),
        ("gitlab", "gitlab.json"),
        ("junit", "junit.xml"),
        ("markdown", "markdown.md"),
    ];
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("templates")).expect("a folder");
    fs::write(folder.path().join("templates/order_shipped.yaml"), FLAWED).expect("written");
    for (format, file) in outputs {
        let mut command = Command::new(PROGRAM);
        command.args(["lint", "--format", format]).current_dir(folder.path()).env_clear();
        let output = command.output().expect("it runs");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(1), 0), "{format}");
        let text = String::from_utf8(output.stdout).expect("a text");
        super::generated::expect(&root().join("docs/examples/outputs").join(file), &text);
    }
}

/// The runner of one step: the environment that GitHub gives, in a folder of its own.
#[cfg(unix)]
struct Runner(TempDir);

#[cfg(unix)]
impl Runner {
    fn new() -> Self {
        let runner = Self(TempDir::new().expect("a folder"));
        for folder in ["temp", "bin", "action", "repository/templates"] {
            fs::create_dir_all(runner.path(folder)).expect("a folder");
        }
        fs::copy(root().join("Cargo.toml"), runner.path("action/Cargo.toml")).expect("copied");
        runner
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    /// A program of ours in the place of a real one.
    fn stub(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\nset -eu\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("may be run");
    }

    /// Runs the script of the step with this id, as GitHub does.
    fn step(&self, id: &str, environment: &[(&str, &str)]) -> Output {
        let action = yaml("action.yml");
        let steps = action["runs"]["steps"].as_sequence().expect("steps");
        let step = steps.iter().find(|step| step["id"] == id).expect("the step");
        let path = self.path("temp/step.sh");
        fs::write(&path, step["run"].as_str().expect("a script")).expect("written");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&path);
        command.current_dir(self.path("repository")).env("RUNNER_TEMP", self.path("temp"));
        let system = std::env::var("PATH").expect("a path");
        command.env("PATH", format!("{}:{system}", self.path("bin").display()));
        for (name, file) in [("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")] {
            command.env(name, self.path(file));
        }
        command.env("GITHUB_WORKSPACE", self.path("repository"));
        command.envs(environment.iter().copied()).output().expect("bash runs")
    }

    fn lint(&self, paths: &str, config: &str, fail: &str) -> (i32, String) {
        let inputs = [("WATPL", PROGRAM), ("PATHS", paths), ("CONFIG", config), ("FAIL", fail)];
        let output = self.step("lint", &inputs);
        (output.status.code().expect("a code"), String::from_utf8(output.stdout).expect("a text"))
    }

    /// Installs on a machine whose `curl` finds what lies in `releases`, and whose `cargo` says what it is asked.
    fn install(&self, version: &str) -> (i32, String) {
        self.stub(
            "curl",
            &format!(
                "out=; for word in \"$@\"; do [ \"${{previous:-}}\" = -o ] && out=$word; previous=$word; done\n\
                 name=${{word##*/}}\necho \"$word\" >> {log}\ncp {releases}/$name \"$out\" 2> /dev/null || exit 22",
                log = self.path("asked").display(),
                releases = self.path("releases").display(),
            ),
        );
        self.stub(
            "cargo",
            "echo \"cargo $*\"; mkdir -p \"${!#}/bin\"; printf '#!/bin/sh\\necho built\\n' > \"${!#}/bin/watpl\"\n\
             chmod +x \"${!#}/bin/watpl\"",
        );
        let action = self.path("action");
        let output = self.step(
            "install",
            &[
                ("ACTION", action.to_str().expect("a text")),
                ("SERVER", "https://github.com"),
                ("REPOSITORY", "watpl/watpl"),
                ("VERSION", version),
                ("RUNNER_OS", "Linux"),
                ("RUNNER_ARCH", "X64"),
            ],
        );
        (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Puts a release beside the machine, with this sum or its own.
    fn release(&self, version: &str, sum: Option<&str>) {
        let folder = self.path("releases");
        fs::create_dir_all(&folder).expect("a folder");
        self.stub("watpl", "echo released");
        let archive = format!("watpl-{version}-x86_64-unknown-linux-musl.tar.gz");
        let bash = |script: String| {
            let status = Command::new("bash").args(["-ec", &script]).current_dir(&folder).status();
            assert!(status.expect("bash runs").success(), "{script}");
        };
        bash(format!("tar -czf {archive} -C {} watpl", self.path("bin").display()));
        match sum {
            Some(sum) => fs::write(folder.join(format!("{archive}.sha256")), sum).expect("written"),
            None => bash(format!("sha256sum {archive} > {archive}.sha256")),
        }
    }
}

#[cfg(unix)]
#[test]
fn the_action_lints_a_repository() {
    let runner = Runner::new();
    fs::write(runner.path("repository/templates/order_shipped.yaml"), FLAWED).expect("written");
    let (code, out) = runner.lint("", "", "true");
    assert_eq!(code, 1, "{out}");
    assert_eq!(out.matches("::error file=templates/order_shipped.yaml,line=5,").count(), 2, "{out}");
    assert_eq!(out.matches("::warning file=templates/order_shipped.yaml,line=5,").count(), 1, "{out}");
    assert!(runner.read("summary").contains("| error | `templates/order_shipped.yaml:5:8` |"));
    let sarif = runner.path("temp/watpl.sarif");
    assert_eq!(runner.read("output"), format!("sarif-file={}\nexit-code=1\n", sarif.display()));
    let log: serde_json::Value = serde_json::from_str(&runner.read("temp/watpl.sarif")).expect("JSON");
    assert_eq!(log["runs"][0]["results"].as_array().expect("results").len(), 3);
    assert_eq!(runner.lint("templates\n", "", "false").0, 0);
}

#[cfg(unix)]
#[test]
fn the_action_says_when_it_could_not_look() {
    let runner = Runner::new();
    let (code, out) = runner.lint("nowhere\n", "", "false");
    assert_eq!(code, 2, "{out}");
    assert_eq!(runner.read("output"), "exit-code=2\n");
}

#[cfg(unix)]
#[test]
fn no_input_of_the_action_is_a_command() {
    let runner = Runner::new();
    fs::write(runner.path("repository/templates/order_shipped.yaml"), FLAWED).expect("written");
    let hostile = "$(touch pwned)\n`touch pwned`\n; touch pwned\n--format=json\n";
    let (code, _) = runner.lint(hostile, "", "true");
    assert_eq!(code, 2);
    assert_ne!(runner.lint("", "$(touch pwned)", "true").0, 0);
    assert_ne!(runner.install("1.0.0; touch pwned").0, 0);
    assert!(!runner.path("repository/pwned").exists() && !runner.path("temp/watpl/pwned").exists());
}

#[cfg(unix)]
#[test]
fn the_action_takes_a_release_whose_sum_is_right() {
    let version = env!("CARGO_PKG_VERSION");
    let runner = Runner::new();
    runner.release(version, None);
    let (code, out) = runner.install("");
    assert_eq!((code, out.trim()), (0, "released"));
    let asked = runner.read("asked");
    let archive = format!("watpl-{version}-x86_64-unknown-linux-musl.tar.gz");
    assert_eq!(
        asked.lines().next(),
        Some(&*format!("https://github.com/watpl/watpl/releases/download/v{version}/{archive}"))
    );
    let program = runner.path("temp/watpl/bin/watpl");
    assert_eq!(runner.read("output"), format!("program={}\n", program.display()));
}

/// What a release packs is what the action unpacks.
#[cfg(unix)]
#[test]
fn the_action_takes_what_a_release_packs() {
    let runner = Runner::new();
    let mut pack = Command::new(root().join(".ci/pack"));
    pack.args([PROGRAM, "x86_64-unknown-linux-musl"]).arg(runner.path("releases"));
    let output = pack.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (code, out) = runner.install("");
    assert_eq!((code, out.trim()), (0, concat!("watpl ", env!("CARGO_PKG_VERSION"))));
    let archive = format!("watpl-{}-x86_64-unknown-linux-musl.tar.gz", env!("CARGO_PKG_VERSION"));
    let listed = Command::new("tar").arg("-tzf").arg(runner.path("releases").join(archive)).output();
    let listed = String::from_utf8(listed.expect("tar runs").stdout).expect("a text");
    for file in ["watpl", "LICENSE-MIT", "man/watpl-lint.1", "completions/watpl.bash", "completions/_watpl"] {
        assert!(listed.lines().any(|line| line == file), "{listed}");
    }
}

#[cfg(unix)]
#[test]
fn the_action_runs_nothing_whose_sum_is_wrong() {
    let runner = Runner::new();
    runner.release(env!("CARGO_PKG_VERSION"), Some(&format!("{}  watpl.tar.gz\n", "0".repeat(64))));
    let (code, out) = runner.install("");
    assert_ne!(code, 0);
    assert!(!out.contains("released") && !out.contains("cargo"), "{out}");
    assert!(!Path::new(&runner.path("temp/watpl/bin/watpl")).exists());
}

#[cfg(unix)]
#[test]
fn the_action_builds_where_there_is_no_release() {
    for version in ["", "source"] {
        let runner = Runner::new();
        let (code, out) = runner.install(version);
        assert_eq!(code, 0, "{out}");
        let action = runner.path("action");
        assert!(
            out.contains(&format!("cargo install --locked --path {} --root ", action.display())),
            "{out}"
        );
        assert!(out.trim_end().ends_with("built"), "{out}");
    }
    let runner = Runner::new();
    let (code, out) = runner.install("9.9.9");
    assert!(code == 2 && out.contains("there is no release 9.9.9"), "{out}");
}
