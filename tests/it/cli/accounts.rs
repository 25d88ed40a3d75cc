//! Several accounts in one run: side by side, each with its own lock, budget and lines.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{GOOD, Project, SECRET};

type Rows = Arc<Mutex<BTreeMap<String, Vec<Value>>>>;

/// A server with as many accounts as are asked for, that takes everything after so long and knows no limits.
fn accounts(latency: Duration) -> (String, Rows) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let rows = Rows::default();
    let shared = Arc::clone(&rows);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let rows = Arc::clone(&shared);
            std::thread::spawn(move || serve(stream, latency, &rows));
        }
    });
    (base, rows)
}

/// Answers on one connection until it closes.
fn serve(stream: TcpStream, latency: Duration, rows: &Rows) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        reader.read_line(&mut head).ok().filter(|read| *read > 0)?;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        std::thread::sleep(latency);
        let waba = head.split('/').nth(2)?.split([' ', '?']).next()?.to_owned();
        let mut rows = rows.lock().expect("no panic elsewhere");
        let own = rows.entry(waba.clone()).or_default();
        let answer = if head.starts_with("POST") {
            let mut row: Value = serde_json::from_slice(&body).ok()?;
            row["id"] = format!("{waba}{}", own.len()).into();
            row["status"] = "APPROVED".into();
            own.push(row.clone());
            row
        } else if head.contains("message_templates") {
            json!({ "data": own })
        } else {
            json!({ "id": waba, "name": format!("Shop {waba}") })
        };
        drop(rows);
        let text = answer.to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            text.len()
        );
        reader.get_mut().write_all((head + &text).as_bytes()).ok()?;
    }
}

/// A project with so many accounts at Meta and so many templates.
fn project(accounts: usize, templates: usize) -> Project {
    let names = (0..accounts).map(|index| format!("  shop_{index}: {{ waba_id: \"{}\" }}\n", 70 + index));
    let config = format!("default_account: shop_0\naccounts:\n{}", names.collect::<String>());
    (0..templates).fold(Project::empty().with("watpl.yaml", config), |project, index| {
        let text = GOOD.replace("order_shipped", &format!("notice_{index:03}"));
        project.with(
            &format!("templates/notice_{index:03}.yaml"),
            text.replace("soon", &format!("in {index} days")),
        )
    })
}

#[test]
fn accounts_are_worked_on_side_by_side_and_keep_apart() {
    let (base, rows) = accounts(Duration::from_millis(50));
    let project = project(5, 4);
    let run = project.run_at(&base, "push --all-accounts --yes");
    run.assert(
        0,
        &["shop_3 (73, Shop 73, at 127", "4 to create", "shop_2: ✓ notice_001/en_US  created, approved"],
    );
    for index in 0..5 {
        assert!(run.out.contains(&format!("shop_{index}: 4 done")), "{}", run.shown());
        assert_eq!(rows.lock().expect("no panic elsewhere")[&format!("{}", 70 + index)].len(), 4);
    }
    // Five runs wrote one file at the same time.
    let lock = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    assert_eq!((lock.matches("\"waba_id\"").count(), lock.matches("\"id\"").count()), (5, 20), "{lock}");
    project.run_at(&base, "push --all-accounts").assert(0, &["shop_4 (74, at 127", "nothing to do"]);
    let told = project.run_at(&base, "diff --account shop_1 --account shop_3 --format json");
    let told: Value = serde_json::from_str(&told.out).expect("JSON");
    let names: Vec<_> =
        told["accounts"].as_array().expect("accounts").iter().map(|one| &one["account"]).collect();
    assert_eq!(names, ["shop_1", "shop_3"]);
    project.run_at(&base, "diff --all-accounts --out plan.json").assert(0, &[]);
    project.run_at(&base, "push plan.json --yes").assert(0, &["nothing to do"]);
    project.run_at(&base, "push --all-accounts --account shop_1").assert(2, &["cannot be used with"]);
    let same = project.with(
        "watpl.yaml",
        "default_account: a\naccounts:\n  a: { waba_id: \"70\" }\n  b: { waba_id: \"70\" }\n",
    );
    same.run_at(&base, "push --all-accounts").assert(2, &["`a` and `b` are the same account"]);
}

#[test]
fn an_account_that_fails_does_not_stand_in_the_way_of_others() {
    let (base, _) = accounts(Duration::ZERO);
    let config = "default_account: good\naccounts:\n  bad: { waba_id: \"1\", token: { file: none } }\n  good: { waba_id: \"2\" }\n";
    let project = Project::new().with("watpl.yaml", config);
    let run = project.run_at(&base, "push --all-accounts");
    run.assert(2, &["bad: the token source of `bad` is not approved: the file `none`", "good"]);
    project.run("trust --yes").assert(0, &["bad: approved"]);
    let run = project.run_at(&base, "push --all-accounts --yes");
    run.assert(3, &["bad: the file none cannot be read", "good: 1 done"]);
    assert!(!run.shown().contains(SECRET));
}

/// Measured by hand: `cargo test --release --test it ten_accounts -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute, and measures this machine"]
fn ten_accounts_are_eight_times_faster_than_one() {
    let latency = Duration::from_millis(50);
    let time = |accounts_count: usize| {
        let (base, rows) = accounts(latency);
        let project = project(accounts_count, 100);
        let began = Instant::now();
        project.run_at(&base, "push --all-accounts --yes").assert(0, &["100 done"]);
        let elapsed = began.elapsed();
        let created: usize = rows.lock().expect("no panic elsewhere").values().map(Vec::len).sum();
        assert_eq!(created, accounts_count * 100);
        elapsed
    };
    // A plan creates a hundred an hour: a thousand in one account are ten runs of a hundred.
    let (one, ten) = (time(1) * 10, time(10));
    let faster = one.as_secs_f64() / ten.as_secs_f64();
    let figures =
        format!("1,000 creations: one account {one:.1?}, ten accounts {ten:.1?}, {faster:.1} times faster\n");
    std::io::stderr().write_all(figures.as_bytes()).expect("somebody reads");
    assert!(faster >= 8.0, "{faster}");
}

#[test]
fn an_account_name_is_a_word() {
    let long = "a".repeat(64);
    for name in ["live", "Shop_2-eu", "a", "_-", &long] {
        let config = format!("default_account: {name}\naccounts:\n  {name}: {{ kind: sandbox }}\n");
        Project::new().with("watpl.yaml", config).run("diff").assert(0, &["1 to create"]);
    }
    let long = "a".repeat(65);
    for name in [
        "origin/main",
        "\"\"",
        "\"a b\"",
        "../x",
        "\"$(touch ran)\"",
        "\"a\\nb\"",
        "é",
        "a.b",
        "account:x",
        "\"\\e[31m\"",
        &long,
        &"b".repeat(900),
    ] {
        let config = format!(
            "default_account: ok\naccounts:\n  ok: {{ kind: sandbox }}\n  {name}: {{ kind: sandbox }}\n"
        );
        let project = Project::new().with("watpl.yaml", config);
        let run = project.run("lint");
        run.assert(
            1,
            &["invalid-value", "is not a valid account name", "watpl.yaml:4:3", "1 to 64 ASCII letters"],
        );
        assert!(run.out.len() < 3_000 && !run.out.contains('\u{1b}'), "{}", run.shown());
        project.run("diff").assert(2, &["the configuration has errors"]);
    }
}
