//! What is printed: no command of a CI system, no control character, no token in any form.

use super::case::{ANY, Case, REFUSED, WORKS};
use super::watch::forms;
use super::world::{GOOD, TOKEN, World};

/// The formats of `lint`.
const FORMATS: [&str; 8] = ["human", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];

/// What CI systems obey, and what a terminal obeys, as YAML double-quoted strings have it.
const COMMANDS: [&str; 6] = [
    "::add-mask::x",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStop comment='x']",
    "##[error]x",
    "\\n::stop-commands::x\\n  ##teamcity[x]",
    "\\e[31mred\\e]0;title\\a\\x9b",
];

const AT_META: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n";

pub(super) fn cases() -> Vec<Case> {
    [texts(), names(), others(), servers(), tokens()].into_iter().flatten().collect()
}

/// `lint` in every format, and what else prints texts of templates.
fn printed(case: Case) -> Case {
    let case = FORMATS.iter().fold(case, |case, format| case.run(&format!("lint --format {format}"), ANY));
    case.run_all(&["lint --diff", "fmt --diff", "fmt --check", "compile", "compile --manifest", "diff"], ANY)
        .run_all(
            &["diff --format json", "diff --format markdown", "push", "status", "status --format markdown"],
            ANY,
        )
        .run_all(
            &["lint --fix", "fmt", "breaking --against HEAD", "breaking --against HEAD --format github"],
            ANY,
        )
}

fn texts() -> Vec<Case> {
    vec![
        printed(Case::new("texts-are-commands", "Texts of templates are CI commands", |world| {
            for (number, command) in COMMANDS.iter().enumerate() {
                let text = format!(
                    "language: en_US\nname: order_{number}\ncategory: utility\nheader: \"{command}\"\n\
                    body:   \"{command}\\n{command} {{{{ x }}}}\"\nfooter: \"{command}\"\nbuttons:\n  - \"{command}\"\n\
                    variables: {{ x: \"{command}\" }}\n"
                );
                world.file(&format!("templates/order_{number}.yaml"), text);
            }
            world.commit();
        })),
        printed(Case::new("keys-are-commands", "Keys, names and languages are CI commands", |world| {
            for (number, command) in COMMANDS.iter().enumerate() {
                let text = format!(
                    "name: \"{command}\"\ncategory: \"{command}\"\nlanguage: \"{command}\"\n\"{command}\": x\n\
                    tags: [\"{command}\"]\nbody: \"Hello, ${{{command}}} {{{{{command}}}}} you there.\"\n"
                );
                world.file(&format!("templates/key_{number}.yaml"), text);
            }
            world.commit();
        })),
        printed(Case::new("lines-are-commands", "Lines of files are CI commands", |world| {
            let lines = ["::add-mask::x", "  ::error::x", "##vso[x]y", "##[group]x", "##teamcity[x]"];
            let body: String = lines.iter().map(|line| format!("  {line}\n")).collect();
            world.file(
                "templates/a.yaml",
                format!("language: en_US\nname: a\ncategory:   utility\nbody: |\n{body}"),
            );
            world.file("templates/b.watpl", format!("template b {{\n{}\n}}\n", lines.join("\n")));
            world.file("templates/c.yaml", lines.join("\n"));
            world.commit().file(
                "templates/a.yaml",
                format!("language: en_US\nname: a\ncategory: utility\nbody: |\n  {body}"),
            );
        })),
    ]
}

fn names() -> Vec<Case> {
    vec![
        printed(Case::new("names-are-commands", "File names are CI commands", |world| {
            for name in [
                "::error::x",
                "##vso[x]",
                "##[x]",
                "##teamcity[x]",
                "a\n::add-mask::x",
                "\u{1b}[31m",
                "\u{9b}x",
            ] {
                world.file(
                    &format!("templates/{name}.yaml"),
                    "language: en_US\nname:   a\nbody:   x {{ y }}\n",
                );
                world.file(&format!("::folder/{name}.watpl"), "template a { x }");
            }
            world.file("watpl.yaml", "templates: [templates, \"::folder\", \"::missing\"]\n").commit();
        })),
        printed(Case::new("config-is-commands", "Values of `watpl.yaml` are CI commands", |world| {
            let mut text = String::from(
                "default_account: \"::error::x\"\ntemplates: [templates, \"\\n::x::\", \"##[x]\"]\n",
            );
            text +=
                "lint: { rules: { \"::add-mask::x\": \"##vso[x]y\" }, overrides: [{ files: \"##[x]\" }] }\n";
            text += "constants: { \"##teamcity[x\": \"\\e[31m\" }\naccounts:\n";
            text.extend(COMMANDS.iter().map(|command| {
                format!("  \"{command}\": {{ kind: \"{command}\", waba_id: \"{command}\" }}\n")
            }));
            text.extend(COMMANDS.iter().map(|command| format!("\"{command}\": \"{command}\"\n")));
            world.file("watpl.yaml", text).commit();
        })),
    ]
}

fn others() -> Vec<Case> {
    vec![
        Case::new(
            "converted-text-is-commands",
            "A converted template has CI commands in its text",
            |world| {
                let text = GOOD.replace(
                    "body: Hello",
                    "body: |-\n  ::add-mask::x\n  ##vso[x]y\n  ##teamcity[x]\n  Hello",
                );
                world.file("templates/order.yaml", text).commit();
            },
        )
        .run_all(&["convert templates/order.yaml --to watpl", "convert templates/order.yaml --to yaml"], ANY)
        .run("compile", ANY),
        Case::new("lock-is-commands", "`watpl.lock`, a baseline and a plan have CI commands", |world| {
            let text = "::add-mask::x\n##vso[x]y\n##teamcity[x]\n\u{1b}[31m";
            world
                .file("watpl.yaml", AT_META)
                .file("watpl.lock", text)
                .file("a.json", text)
                .file("s.yaml", text)
                .commit();
            world.file("b.json", "{\"version\":1,\"::add-mask::x\":\"\\n::x::\\u001b[31m\",\"##[x]\":1}");
        })
        .run_all(&["diff", "push a.json --yes", "push b.json --yes"], REFUSED)
        .run_all(&["lint --baseline a.json", "lint --baseline b.json"], ANY)
        .run("sandbox --port 0 --scenario s.yaml", REFUSED),
        Case::new(
            "arguments-are-commands",
            "Arguments, which a pipeline may take from a pull request, are commands",
            |world| {
                world.commit();
            },
        )
        .run_words(&["lint", "::error::x"], REFUSED)
        .run_words(&["lint", "##vso[x]y", "a\n::add-mask::x"], REFUSED)
        .run_words(&["push", "\n::add-mask::x"], REFUSED)
        .run_words(&["lint", "--changed-since", "::add-mask::x"], REFUSED)
        .run_words(&["breaking", "--against", "\n::add-mask::x"], REFUSED)
        .run_words(&["explain", "::add-mask::x"], REFUSED)
        .run_words(&["new", "::add-mask::x"], REFUSED)
        .run_words(&["lint", "--format", "\n::add-mask::x\u{1b}[31m"], REFUSED)
        .run_words(&["\n::add-mask::x"], REFUSED),
    ]
}

fn servers() -> Vec<Case> {
    fn served(
        name: &'static str,
        about: &'static str,
        build: impl Fn(&World) + Send + Sync + 'static,
    ) -> Case {
        Case::new(name, about, move |world| {
            world.file("watpl.yaml", AT_META);
            build(world);
            world.commit();
        })
        .run_all(
            &["diff", "status", "status --format markdown", "audit", "audit --format jsonl", "doctor"],
            ANY,
        )
        .run_all(
            &["pull --dry-run", "pull --diff", "push --yes", "pull", "breaking --against account:live"],
            ANY,
        )
    }
    vec![
        served("server-sends-commands", "The server's names and errors are CI commands", |world| {
            let words =
                ["::add-mask::x", "\\n##vso[x]y", "\\n  ::error::x", "##teamcity[x]", "\\u001b[31m\\u009b"];
            let rows: Vec<_> = words
                .iter()
                .enumerate()
                .map(|(id, word)| {
                    format!(
                        "{{\"id\":\"{id}\",\"name\":\"{word}\",\"language\":\"{word}\",\"status\":\"{word}\",\
                        \"category\":\"{word}\",\"rejected_reason\":\"{word}\",\
                        \"components\":[{{\"type\":\"BODY\",\"text\":\"{word}\"}},{{\"type\":\"{word}\"}}]}}"
                    )
                })
                .collect();
            let error = format!(
                "{{\"error\":{{\"message\":\"{0}\",\"error_user_msg\":\"{0}\",\"code\":100}}}}",
                words.join(" ")
            );
            world.graph.answers(&format!("{{\"data\":[{}]}}", rows.join(",")), &error);
        }),
        served("server-names-paths", "The server's template names are paths", |world| {
            let names = ["../../home/x", "{root}/home/y", "a/../../x", ".git/hooks/x", "a\\u0000", "..", ""];
            let row = |(id, name): (usize, &&str)| {
                format!(
                    "{{\"id\":\"{id}\",\"name\":\"{name}\",\"language\":\"en_US\",\"status\":\"APPROVED\",\
                    \"category\":\"UTILITY\",\"components\":[{{\"type\":\"BODY\",\"text\":\"Hello you there\"}}]}}"
                )
            };
            let rows: Vec<_> = names.iter().enumerate().map(row).collect();
            world.graph.answers(&world.fill(&format!("{{\"data\":[{}]}}", rows.join(","))), "{}");
        }),
        served("server-ids-are-paths", "The server's ids lead to other paths of the server", |world| {
            world.file("templates/three.yaml", GOOD.replace("order\ncategory", "three\ncategory"));
            let listing = "{\"data\":[{\"id\":\"7/../../me?x=\",\"name\":\"three\",\"language\":\"en_US\",\
                \"status\":\"APPROVED\",\"category\":\"UTILITY\",\
                \"components\":[{\"type\":\"BODY\",\"text\":\"Hello you there\"}]}]}";
            world.graph.answers(listing, "{\"id\":\"../x\"}");
        })
        .run("push --yes --overwrite --adopt", ANY)
        .run("sync --yes --prune", ANY)
        .check(|world| {
            let requests = world.graph.requests();
            let mut lines = requests.iter().filter_map(|request| request.lines().next());
            lines
                .find(|line| line.contains(".."))
                .map_or(Ok(()), |line| Err(format!("the server was asked {line}")))
        }),
    ]
}

/// A server that repeats the token in one form, in a template and in an error.
fn echoes(name: &'static str, about: &'static str, form: fn() -> String) -> Case {
    Case::new(name, about, move |world| {
        world.file("watpl.yaml", AT_META);
        let echo = form();
        let listing = format!(
            "{{\"data\":[{{\"id\":\"7\",\"name\":\"three\",\"language\":\"en_US\",\"status\":\"APPROVED\",\
            \"category\":\"UTILITY\",\"components\":[{{\"type\":\"BODY\",\"text\":\"Hello {echo} there.\"}}]}}]}}"
        );
        let error = format!("{{\"error\":{{\"message\":\"bad token {echo}\",\"error_user_msg\":\"{echo}\",\"code\":100}}}}");
        world.graph.answers(&listing, &error);
        world.commit();
    })
    .run_all(&["push --yes", "push --yes --format json", "diff --format json", "status", "audit"], ANY)
    .run_all(&["-v diff", "-vv push --yes", "doctor", "pull --dry-run", "pull --diff"], ANY)
    .run("pull", REFUSED)
    .run("pull --as watpl", REFUSED)
    .check(|world| match world.path("templates/three.yaml").exists() {
        false => Ok(()),
        true => Err("a file was written with what the server made of the token".to_owned()),
    })
}

fn tokens() -> Vec<Case> {
    vec![
        echoes("token-echoed", "The server repeats the token", || TOKEN.to_owned()),
        echoes("token-echoed-as-json", "The server repeats the token with JSON escapes", || forms(TOKEN)[2].clone()),
        echoes("token-echoed-as-url", "The server repeats the token, every character percent-encoded", || {
            forms(TOKEN)[1].clone()
        }),
        echoes("token-echoed-as-base64", "The server repeats the token in base64", || forms(TOKEN)[3].clone()),
        Case::new("short-token", "A token occurs in ordinary words, which must not be changed in files", |world| {
            world.file("watpl.yaml", AT_META);
            let listing = "{\"data\":[{\"id\":\"7\",\"name\":\"three\",\"language\":\"en_US\",\"status\":\"APPROVED\",\
                \"category\":\"UTILITY\",\"components\":[{\"type\":\"BODY\",\"text\":\"Hello, this is the latest news for you.\"}]}]}";
            world.graph.answers(listing, "{}");
            world.commit();
        })
        .run("pull", WORKS)
        .env("WATPL_TOKEN", "test")
        .check(|world| {
            let text = std::fs::read_to_string(world.path("templates/three.yaml")).unwrap_or_default();
            text.contains("this is the latest news").then_some(()).ok_or(format!("the text was changed: {text}"))
        }),
        Case::new("password-in-server-address", "The server's URL has a password", |world| {
            world.file("watpl.yaml", AT_META).commit();
        })
        .run("diff", ANY)
        .env("WATPL_GRAPH_URL", "http://user:hunter2-graph@127.0.0.1:9")
        .never_says(&["hunter2"])
        .run("-v doctor", ANY)
        .env("WATPL_GRAPH_URL", "http://user:hunter2-graph@127.0.0.1:9")
        .never_says(&["hunter2"])
        .run("-vv push --yes", ANY)
        .env("WATPL_GRAPH_URL", "https://user:hunter2-graph@127.0.0.1:9")
        .never_says(&["hunter2"]),
    ]
}
