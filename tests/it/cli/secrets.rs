//! Secrets in what is printed, logged and written, in every encoding that a server can choose.

use std::fs;
use std::process::Command;

use super::{GOOD, Project, Run, SECRET, Served, answer, server};

/// Long enough that no file may contain it.
const TOKEN: &str = "EAAGsecret/token+123";

fn unicode(text: &str) -> String {
    text.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect()
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The token as a server may write it into JSON. The last one is `x` and the token in base64.
fn forms() -> Vec<String> {
    let mut forms = vec![TOKEN.to_owned(), unicode(TOKEN), TOKEN.replace('/', "\\/"), percent(TOKEN)];
    forms.extend([unicode(&unicode(TOKEN)), unicode(&percent(TOKEN))]);
    forms.push("eEVBQUdzZWNyZXQvdG9rZW4rMTIz".to_owned());
    forms
}

/// Fails when a text contains the token, plain or in a form that a reader can decode.
#[track_caller]
fn assert_absent(text: &str, of: &str) {
    let decoded: String =
        serde_json::from_str(&format!("\"{}\"", text.replace(['"', '\n', '\r'], " "))).unwrap_or_default();
    for text in [text, &decoded] {
        assert!(!text.contains("EAAGsecret") && !text.contains("token+123"), "{of}: {text}");
        assert!(!text.contains("%45%41%41%47") && !text.contains("u0045"), "{of}: {text}");
        assert!(!text.contains("VBQUdzZWNyZXQ"), "{of}: {text}");
    }
}

fn with_token<'a>(command: &'a mut Command, base: &str, token: &str) -> &'a mut Command {
    command.env("WATPL_GRAPH_URL", base).env("WATPL_TOKEN", token)
}

fn listing(text: &str) -> String {
    format!(
        "{{\"data\":[{{\"id\":\"7\",\"name\":\"three\",\"language\":\"en_US\",\"status\":\"APPROVED\",\"category\":\
         \"UTILITY\",\"components\":[{{\"type\":\"BODY\",\"text\":\"Hello {text} there\"}}]}}]}}"
    )
}

#[test]
fn an_encoded_token_is_neither_printed_nor_logged_nor_written() {
    for form in forms() {
        let error = format!("{{\"error\":{{\"message\":\"bad token {form}\",\"code\":100}}}}");
        let long = format!("<html>{}{form}", "x".repeat(120));
        for body in [error, long, listing(&form)] {
            let (base, _) = server(answer(body.as_bytes()));
            let project = Project::at_meta();
            for arguments in [
                "status",
                "status --format json",
                "audit",
                "audit --format jsonl",
                "diff",
                "diff --format markdown",
                "diff --out plan.json",
                "doctor --format json",
                "push --yes",
                "pull",
                "pull --diff",
                "breaking --against live",
                "-vv status",
            ] {
                let run = Run::of(with_token(&mut project.command(arguments), &base, TOKEN));
                assert!([0, 1, 2, 3, 4].contains(&run.code), "{arguments}: {}", run.shown());
                assert_absent(&run.shown(), arguments);
            }
            for kept in ["watpl.lock", ".watpl/journal.jsonl", "plan.json", "templates/three.yaml"] {
                assert_absent(&fs::read_to_string(project.path(kept)).unwrap_or_default(), kept);
            }
        }
    }
}

#[test]
fn a_token_in_the_data_of_an_account_stops_the_pull() {
    for form in [TOKEN.to_owned(), unicode(TOKEN), unicode(&percent(TOKEN))] {
        let (base, _) = server(answer(listing(&form).as_bytes()));
        let project = Project::at_meta();
        let run = Run::of(with_token(&mut project.command("pull"), &base, TOKEN));
        run.assert(3, &["templates/three.yaml was not written: it would contain the access token", "help:"]);
        assert!(!project.path("templates/three.yaml").exists());
    }
}

/// Redaction used to change the data itself.
#[test]
fn data_is_never_changed_by_redaction() {
    for token in ["test", "sandbox-token"] {
        let (base, _) = server(answer(listing(&format!("latest {token}")).as_bytes()));
        let project = Project::at_meta();
        let run = Run::of(with_token(&mut project.command("pull"), &base, token));
        run.assert(0, &["1 new file written"]);
        let text = fs::read_to_string(project.path("templates/three.yaml")).expect("a file");
        assert!(text.contains(&format!("Hello latest {token} there")), "{text}");
        let run = Run::of(with_token(&mut project.command("pull"), &base, token));
        run.assert(0, &["nothing to pull"]);
    }
}

/// A message is wrapped and cut at any place; a part of a token is one as well.
#[test]
fn a_token_in_a_message_that_is_cut_or_wrapped_is_redacted() {
    let token = "EAAG".to_owned() + &"Zq7".repeat(60);
    for before in [1, 30, 60, 350, 480, 499] {
        let message = format!("{} {token} and more", "w".repeat(before));
        let body = format!("{{\"error\":{{\"message\":\"{message}\",\"code\":100}}}}");
        let (base, _) = server(answer(body.as_bytes()));
        let project = Project::at_meta();
        for arguments in ["push --yes", "status", "status --format json"] {
            let run = Run::of(with_token(&mut project.command(arguments), &base, &token));
            assert!(!run.shown().contains("Zq7"), "{arguments} after {before}: {}", run.shown());
        }
    }
}

#[test]
fn a_password_in_the_address_of_the_server_is_not_printed() {
    let project = Project::at_meta();
    for url in [
        "https://someone:PASSWORD@graph.example.com/",
        "http://someone:PASSWORD@10.0.0.1/",
        "https://graph.example.com/?access_token=PASSWORD",
        "https://a:PASS/WORD?x#PASSWORD@graph.example.com",
        "someone:PASSWORD@graph.example.com",
    ] {
        for arguments in ["-vv status", "push --yes", "doctor"] {
            let run = Run::of(with_token(&mut project.command(arguments), url, SECRET));
            run.assert(2, &["WATPL_GRAPH_URL", "help:"]);
            assert!(!run.shown().contains("PASS") && !run.shown().contains("WORD"), "{}", run.shown());
        }
    }
}

#[test]
fn a_template_that_contains_a_token_is_redacted_where_it_is_shown() {
    let sandbox = Served::start(&["--token", TOKEN]);
    let text = GOOD.replace("soon", &format!("{TOKEN} soon"));
    let project = Project::at_meta().with("templates/order_shipped.yaml", text);
    for arguments in ["diff", "diff --format json", "diff --format markdown", "push --yes", "audit", "status"]
    {
        let run = Run::of(with_token(&mut project.command(arguments), &sandbox.base, TOKEN));
        assert_absent(&run.shown(), arguments);
    }
}

/// Commands that never use the token print files that can be the environment itself.
#[test]
fn offline_commands_do_not_print_the_token_of_the_environment() {
    let body =
        format!("name: a\ncategory: utility\nlanguage: en_US\nbody: \"{TOKEN} \u{1}\"\nnonsense: {TOKEN}\n");
    let project = Project::empty().with("templates/a.yaml", body);
    for arguments in ["lint", "lint --format json", "fmt --diff", "compile", "breaking --against HEAD"] {
        let run = Run::of(project.command(arguments).env("WATPL_TOKEN", format!(" {TOKEN}\n")));
        assert_absent(&run.shown(), arguments);
    }
    let run = Run::of(project.command(&format!("lint {TOKEN}")).env("WATPL_TOKEN", TOKEN));
    assert_absent(&run.shown(), "a path");
}
