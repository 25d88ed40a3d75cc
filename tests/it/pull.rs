//! `watpl pull`, `wait`, `doctor` and `breaking`, as people run them against a server.

mod breaking;
mod doctor;
mod merge;
mod session;
#[cfg(unix)]
mod stranger;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::Run;

const PROGRAM: &str = env!("CARGO_BIN_EXE_watpl");
const CONFIG: &str = "\
templates: [templates]
default_account: live
constants: { shop: https://shop.example, company: Northwind Home }
accounts:
  live: { waba_id: \"100000000000000\", app_id: \"200000000000000\" }
";

/// `watpl sandbox`, until it goes out of scope, and a project whose account it is.
struct Stage {
    folder: TempDir,
    child: Option<Child>,
    base: String,
}

impl Stage {
    fn new() -> Self {
        Self::start(&[])
    }

    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["sandbox", "--port", "0"]).args(arguments).env_clear();
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut base = String::new();
        BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut base).expect("a line");
        let mut stage = Self::at(base.trim_end());
        stage.child = Some(child);
        stage
    }

    /// A project whose account is at an address.
    fn at(base: &str) -> Self {
        let stage = Self { folder: TempDir::new().expect("a folder"), child: None, base: base.to_owned() };
        stage.write("watpl.yaml", CONFIG);
        stage
    }

    /// Another checkout of a project with the same account.
    fn elsewhere(&self) -> Self {
        Self::at(&self.base)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &str) -> Run {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(self.folder.path()).stdin(Stdio::null());
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().env("NO_COLOR", "1").env("PATH", path);
        command.env("XDG_STATE_HOME", self.path(".state"));
        command.env("WATPL_GRAPH_URL", &self.base).env("WATPL_TOKEN", "sandbox-token");
        Run::of(&mut command)
    }

    fn git(&self, words: &[&str]) {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("git");
        command.env_clear().env("PATH", path).env("HOME", self.folder.path()).current_dir(self.folder.path());
        command.args(["-c", "user.name=T", "-c", "user.email=t@example.com"]).args(words);
        let output = command.output().expect("git");
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// What tests play: reviewers, the console, the calendar.
    fn control(&self, what: &str, body: &Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("{}/_sandbox/{what}", self.base);
        runtime.block_on(async {
            let sent = reqwest::Client::new().post(address).json(body).send().await.expect("an answer");
            let good = sent.status().is_success();
            assert!(good, "{what} {body}: {:?}", sent.text().await);
        });
    }

    fn console(&self, name: &str, language: &str, components: &Value) {
        self.control("console", &json!({ "name": name, "language": language, "components": components }));
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill().and_then(|()| child.wait());
        }
    }
}

/// A server that answers by path: the first line of a request in which the words stand.
fn scripted(script: Vec<(&'static str, u16, Value)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.extend(byte);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let line = head.lines().next().unwrap_or_default().replace("%2C", ",");
            let found = script.iter().find(|(words, ..)| words.split(' ').all(|word| line.contains(word)));
            let unknown = json!({ "error": { "message": "Unsupported get request", "code": 100, "error_subcode": 33 } });
            let (status, body) = found.map_or((400, &unknown), |(_, status, body)| (*status, body));
            let body = body.to_string();
            let answer = format!(
                "HTTP/1.1 {status} X\r\nfacebook-api-version: v26.0\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            // Who does not wait for the answer does not want it.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    base
}

const BODY: &str = "Your order {{1}} is on its way and will reach you soon.";

/// A template in the account that no file stands for.
fn in_account(stage: &Stage, name: &str, language: &str) {
    says(stage, name, language, BODY);
}

/// The same, with a body of its own.
fn says(stage: &Stage, name: &str, language: &str, body: &str) {
    let other = stage.elsewhere();
    other.write(
        &format!("templates/{name}.yaml"),
        &format!("name: {name}\ncategory: utility\nlanguage: {language}\nbody: {{ text: \"{body}\", samples: [A1] }}\n"),
    );
    other.run("push --yes").assert(0, &["1 done"]);
}

#[test]
fn what_was_pulled_is_not_pushed() {
    let stage = Stage::new();
    in_account(&stage, "order_shipped", "en_US");
    says(
        &stage,
        "con",
        "en_US",
        "We packed your order {{1}} this morning, and the courier fetches it today.",
    );
    stage
        .run("pull --dry-run")
        .assert(0, &["+ templates/order_shipped.yaml  new: en_US", "2 new files to write"]);
    assert!(!stage.path("templates").exists());
    stage.run("pull order_* --diff").assert(0, &["+body: {", "1 new file to write"]);
    let pulled = stage.run("pull --as watpl");
    pulled.assert(
        0,
        &["templates/con_template.watpl", "2 new files written", "2 versions recorded in the lock file"],
    );
    assert!(!stage.path("templates/hello_world.watpl").exists(), "it is protected, and nobody asked for it");
    stage.run("diff --exit-code").assert(0, &["nothing to do"]);
    stage.run("push --yes").assert(0, &["nothing to do"]);
    stage.run("pull").assert(0, &["nothing to pull"]);
    stage.run("pull nothing_like_it").assert(2, &["the account has no template `nothing_like_it`"]);
}

#[test]
fn a_sample_put_beside_a_pulled_file_is_no_change_and_another_one_is() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10".to_vec();
    let picture = |stage: &Stage, path: &str, bytes: &[u8]| {
        stage.write(path, "");
        fs::write(stage.path(path), bytes).expect("a file is written");
    };
    let stage = Stage::new();
    let other = stage.elsewhere();
    picture(&other, "templates/media/a.png", &png);
    other.write("templates/sale.yaml", &format!("name: sale\ncategory: utility\nlanguage: en_US\nvariables: {{ order: A1 }}\nheader: {{ image: media/a.png }}\nbody: {}\n", BODY.replace('1', "order")));
    other.run("push --yes").assert(0, &["1 done"]);
    stage.run("pull").assert(0, &["+ templates/sale.yaml", "1 version recorded in the lock file"]);
    let path = "templates/media/sale.jpg";
    assert!(
        stage.read("templates/sale.yaml").contains("media/sale.jpg"),
        "{}",
        stage.read("templates/sale.yaml")
    );
    picture(&stage, path, &png);
    stage.run("diff --exit-code").assert(0, &["nothing to do"]);
    stage.run("push --yes").assert(0, &["nothing to do"]);
    // From here on it is known.
    stage.run("diff --exit-code").assert(0, &["nothing to do"]);
    picture(&stage, path, &[png.clone(), vec![0]].concat());
    stage.run("diff --exit-code").assert(1, &["1 to edit"]);
    stage.run("push --yes").assert(0, &["1 done"]);
    stage.run("diff --exit-code").assert(0, &["nothing to do"]);
}

#[test]
fn nothing_is_written_outside_through_links_or_over_files() {
    let stage = Stage::new();
    in_account(&stage, "order_shipped", "en_US");
    stage
        .run("pull order_shipped --dir ..")
        .assert(1, &["not changed: new files must be in the project folder"]);
    stage.run("pull order_shipped --dir a/../../b").assert(1, &["new files must be in the project folder"]);
    stage.write(
        "templates/order_shipped.yml",
        "name: other\ncategory: utility\nlanguage: en_US\nbody: This is another one of them.\n",
    );
    stage.run("pull order_shipped").assert(1, &["already exists and contains another template"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(std::env::temp_dir(), stage.path("linked")).expect("a link");
        stage
            .run("pull order_shipped --dir linked")
            .assert(1, &["is a symbolic link, and is not written through"]);
    }
    stage.run("pull order_shipped --dir new/folder").assert(0, &["+ new/folder/order_shipped.yaml"]);
}

#[test]
fn a_language_without_a_place_and_files_with_changes_are_left_to_a_person() {
    let stage = Stage::new();
    stage.write(
        "templates/order_shipped.yaml",
        &format!(
            "name: order_shipped\ncategory: utility\nlanguage: en_US\nvariables: {{ order: A1 }}\nbody: {}\n",
            BODY.replace('1', "order")
        ),
    );
    stage.run("push --yes").assert(0, &["1 done"]);
    let other = stage.elsewhere();
    other.write(
        "templates/order_shipped.yaml",
        "name: order_shipped\ncategory: utility\nlanguage: de\nbody: { text: \"Ihre Bestellung {{1}} ist unterwegs zu Ihnen.\", samples: [A1] }\n",
    );
    other.run("push --yes").assert(0, &["1 done"]);
    stage.run("pull order_shipped").assert(4, &["! order_shipped/de", "does not have this language"]);
    stage.git(&["init", "-q"]);
    stage.git(&["add", "."]);
    stage.git(&["commit", "-qm", "a"]);
    let drifted = json!([{ "type": "BODY", "text": "Your order {{1}} has left and will reach you soon.", "example": { "body_text": [["A1"]] } }]);
    stage.console("order_shipped", "en_US", &drifted);
    let text = stage.read("templates/order_shipped.yaml");
    stage.write("templates/order_shipped.yaml", &format!("# mine\n{text}"));
    stage.run("pull order_shipped").assert(4, &["it has changes that are not committed"]);
    assert_eq!(stage.read("templates/order_shipped.yaml"), format!("# mine\n{text}"));
    stage
        .run("pull order_shipped --allow-dirty")
        .assert(4, &["~ templates/order_shipped.yaml  taken over: en_US"]);
    assert!(stage.read("templates/order_shipped.yaml").starts_with("# mine\n"));
}

#[test]
fn waiting_ends_with_the_last_review_the_first_rejection_or_the_time() {
    let stage = Stage::start(&["--review", "hold"]);
    in_account(&stage, "order_shipped", "en_US");
    in_account(&stage, "order_packed", "en_US");
    stage.run("wait --timeout 1s").assert(5, &["waiting for 2 reviews", "pending", "timed out"]);
    stage.control("review", &json!({ "name": "order_shipped", "status": "APPROVED" }));
    stage.run("wait order_shipped --timeout 5s").assert(0, &["order_shipped/en_US", "approved"]);
    let reject = json!({ "name": "order_packed", "status": "REJECTED", "reason": "PROMOTIONAL" });
    let (again, body) = (stage.base.clone(), reject.to_string());
    let later = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let address = again.trim_start_matches("http://").to_owned();
        let mut stream = std::net::TcpStream::connect(&address).expect("the sandbox");
        let head = format!(
            "POST /_sandbox/review HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).expect("sent");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let run = stage.run("wait order_* --timeout 30s");
    later.join().expect("no panic");
    run.assert(1, &["waiting for 1 review: order_packed/en_US", "PROMOTIONAL"]);
    stage.run("wait nothing --timeout 1s").assert(2, &["no template `nothing`"]);
    stage.run("wait --timeout soon").assert(2, &["write a number and"]);
}
