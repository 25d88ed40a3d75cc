//! Small repositories that would take much memory, much time, or print very much.

use std::fmt::Write as _;

use super::case::{ANY, Case, REFUSED, WORKS};
use super::world::GOOD;

const HEAD: &str = "name: a\ncategory: utility\nlanguage: en_US\n";
const FORMATS: [&str; 8] = ["human", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];

pub(super) fn cases() -> Vec<Case> {
    [patterns(), texts(), findings(), walks()].into_iter().flatten().collect()
}

/// A pattern that is too large for every library.
fn stars() -> String {
    "*".repeat(120_000)
}

fn patterns() -> Vec<Case> {
    vec![
        Case::new("pattern-argument", "A pattern on the command line is very long", |world| {
            world.commit();
        })
        .run_words(&["push", &stars()], REFUSED)
        .run_words(&["diff", &"{a,b}*".repeat(20_000)], REFUSED)
        .run_words(&["status", &"[a".repeat(20_000)], REFUSED)
        .run_words(&["rules", &stars()], REFUSED)
        .run_words(&["lint", "--select", &stars()], REFUSED),
        Case::new("pattern-in-template", "A template names accounts with a very long pattern", |world| {
            world.file("templates/order.yaml", format!("{GOOD}accounts: [\"{}\"]\n", stars()));
        })
        .run_all(&["lint", "compile", "diff", "push", "pull --dry-run"], ANY),
        Case::new("pattern-in-config", "`watpl.yaml` has very long and nested patterns", |world| {
            let nested = format!("{}x{}", "{a,".repeat(150), "}".repeat(150));
            let many = "{a,b}{a,b}".repeat(12);
            let mut text = format!("lint:\n  overrides:\n    - {{ files: [\"{}\", \"{nested}\"], rules: {{ single-braces: off }} }}\n", stars());
            let _ = write!(text, "accounts:\n  a: {{ kind: sandbox, select: [\"{}\", \"{nested}\", \"{many}\"] }}\n", stars());
            let _ = write!(text, "sync: {{ protect: [\"{}\"] }}\ndefault_account: a\n", stars());
            world.file("watpl.yaml", text);
        })
        .run_all(&["lint", "compile", "diff", "push"], ANY),
        Case::new("patterns-many", "`watpl.yaml` has 20,000 patterns", |world| {
            let files: Vec<_> = (0..20_000).map(|n| format!("\"a{n}*b*c\"")).collect();
            world.file("watpl.yaml", format!("lint:\n  overrides:\n    - {{ files: [{}], rules: {{ single-braces: off }} }}\n", files.join(", ")));
        })
        .run_all(&["lint", "compile", "fmt"], ANY)
        .seconds(40),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        Case::new("constant-bomb", "A text repeats a long constant 4,000 times", |world| {
            world.file("watpl.yaml", format!("constants:\n  a: \"{}\"\n", "x".repeat(20_000)));
            world.file("templates/a.yaml", format!("{HEAD}body: \"Hello you there {}\"\n", "${a} ".repeat(4_000)));
        })
        .run_all(&["lint", "compile", "diff", "push", "lint --format json"], ANY),
        Case::new("alias-bomb", "YAML aliases multiply to billions of values", |world| {
            let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for n in 1..12 {
                let before = vec![format!("*a{}", n - 1); 10].join(", ");
                let _ = writeln!(text, "a{n}: &a{n} [{before}]");
            }
            world.file("templates/a.yaml", format!("{HEAD}body: Hello you\nraw: *a11\n{text}")).file("watpl.yaml", &text);
            world.file("s.yaml", format!("{text}templates: *a11\n"));
        })
        .run_all(&["lint", "fmt", "compile", "push"], REFUSED)
        .run("sandbox --port 0 --scenario s.yaml", REFUSED),
        Case::new("raw-maps", "Maps below `raw` are nested 50 deep", |world| {
            let raw = format!("{}x{}", "{a: ".repeat(50), "}".repeat(50));
            world.file("a.yaml", format!("{HEAD}body: Hello you\nraw: {raw}\n"));
            world.file("b.watpl", format!("template b {{ raw {}1{} }}\n", "{ \"a\": ".repeat(60), "}".repeat(60)));
        })
        .run_all(&["convert a.yaml --to watpl", "lint a.yaml", "compile a.yaml", "fmt a.yaml", "fmt b.watpl"], ANY),
        Case::new("raw-lists", "Lists of maps below `raw` are nested 28 deep", |world| {
            let raw = format!("{}x{}", "[{a: ".repeat(28), "}]".repeat(28));
            world.file("a.yaml", format!("{HEAD}body: Hello you\nraw:\n  b: {raw}\n"));
        })
        .run_all(&["convert a.yaml --to watpl", "lint a.yaml", "compile a.yaml", "fmt a.yaml"], ANY),
        Case::new("nested-deep", "Lists and maps are nested 100,000 deep", |world| {
            world.file("templates/a.yaml", format!("{HEAD}raw: {}", "[".repeat(100_000)));
            world.file("templates/b.yaml", format!("{HEAD}raw: {}", "{a: ".repeat(100_000)));
            world.file("templates/c.watpl", "template c { raw { a [".to_owned() + &"[".repeat(100_000));
            let json = "[".repeat(100_000);
            world.file("watpl.lock", &json).file("a.json", &json).file("s.yaml", json);
        })
        .run_all(&["lint", "fmt", "compile", "push", "push a.json", "lint --baseline a.json"], ANY)
        .run("sandbox --port 0 --scenario s.yaml", REFUSED),
        Case::new("server-nests", "The server's answer is nested 60 deep, and is pulled", |world| {
            world.file("watpl.yaml", "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n");
            let raw = format!("{}1{}", "[{\"a\":".repeat(30), "}]".repeat(30));
            let listing = format!(
                "{{\"data\":[{{\"id\":\"7\",\"name\":\"three\",\"language\":\"en_US\",\"status\":\"APPROVED\",\
                \"category\":\"UTILITY\",\"components\":[{{\"type\":\"BODY\",\"text\":\"Hello you\"}},{{\"type\":\"NEW\",\"x\":{raw}}}]}}]}}"
            );
            world.graph.answers(&listing, "{}");
        })
        .run_all(&["pull --as watpl --dry-run", "pull --as watpl", "audit", "diff"], ANY),
    ]
}

fn findings() -> Vec<Case> {
    fn every_format(case: Case) -> Case {
        FORMATS.iter().fold(case, |case, format| case.run(&format!("lint --format {format}"), REFUSED))
    }
    vec![
        every_format(Case::new("findings-of-text", "One line of text has 60,000 findings", |world| {
            let marks: String = std::iter::repeat_n('\u{202e}', 60_000).collect();
            world.file("templates/a.yaml", format!("{HEAD}body: \"Hello {marks}\"\n"));
        })),
        every_format(Case::new("findings-of-bytes", "A file consists of 200,000 NUL bytes", |world| {
            world.bytes("templates/a.yaml", &vec![0; 200_000]);
        })),
        every_format(Case::new("findings-of-keys", "A file has 60,000 unknown keys", |world| {
            let keys: String = (0..60_000).map(|n| format!("k{n}: x\n")).collect();
            world.file("templates/a.yaml", format!("{HEAD}body: Hello you\n{keys}"));
        })),
        Case::new("findings-of-config", "`watpl.yaml` has 40,000 unknown keys and rules", |world| {
            let keys: String = (0..20_000).map(|n| format!("k{n}: x\n")).collect();
            let rules: String = (0..20_000).map(|n| format!("    r{n}: off\n")).collect();
            world.file("watpl.yaml", format!("{keys}lint:\n  rules:\n{rules}"));
        })
        .run_all(&["lint", "lint --format json", "diff", "push"], REFUSED),
    ]
}

fn walks() -> Vec<Case> {
    vec![
        Case::new("variables-many", "One body has 20,000 variables", |world| {
            let body: Vec<_> = (0..20_000).map(|n| format!("{{{{v{n}}}}}")).collect();
            let variables: String = (0..20_000).map(|n| format!("  v{n}: x\n")).collect();
            let text = format!("{HEAD}body: \"Hello {} x\"\nvariables:\n{variables}", body.join(" and "));
            world.file("templates/a.yaml", text);
        })
        .run("lint", ANY)
        .seconds(40)
        .run("compile", ANY)
        .seconds(40)
        .run("fmt --check", ANY)
        .seconds(40),
        Case::new("ignores-many", "One file has 10,000 suppression comments", |world| {
            let lines: String = (0..10_000)
                .map(|n| format!("# watpl: ignore[placeholder-at-edge] because {n}\nk{n}: \"{{{{x}}}}\"\n"))
                .collect();
            world.file("templates/a.yaml", format!("{HEAD}{lines}body: Hello you there\n"));
        })
        .run("lint", REFUSED)
        .seconds(40)
        .run("fmt --check", ANY)
        .seconds(40),
        Case::new("brackets-many", "A text in the `.watpl` format has 200,000 opening brackets", |world| {
            world.file("templates/a.watpl", format!("template a {{ body \"{}\" }}\n", "<".repeat(200_000)));
            world.file("templates/b.yaml", format!("{HEAD}body: \"{}\"\n", "{".repeat(200_000)));
        })
        .run_all(&["fmt --check", "lint", "compile"], ANY),
        Case::new("accents-many", "One letter has 400,000 accents, in an order that is not the canonical one", |world| {
            let accents = "\u{301}\u{323}".repeat(200_000);
            world.file("templates/a.yaml", format!("{HEAD}body: \"Hello a{accents} x\"\n"));
        })
        .run_all(&["lint", "compile", "lint --diff", "lint --fix"], ANY),
        Case::new("languages-many", "60 languages have 300 variables each", |world| {
            let codes = "af sq ar az bn bg ca zh_CN zh_HK zh_TW hr cs da nl en en_GB en_US et fil fi fr ka de el gu ha he hi hu id";
            let body: Vec<_> = (0..300).map(|n| format!("{{{{v{n}}}}}")).collect();
            let languages: String =
                codes.split(' ').map(|code| format!("  {code}: {{ body: \"Hello {} x\" }}\n", body.join(" and "))).collect();
            let variables: String = (0..300).map(|n| format!("  v{n}: x\n")).collect();
            world.file("templates/a.yaml", format!("name: a\ncategory: utility\nvariables:\n{variables}languages:\n{languages}"));
        })
        .run_all(&["lint", "compile", "fmt --check"], ANY),
        Case::new("folders-deep", "Folders are nested 300 deep, and 3,000 files are empty", |world| {
            world.file(&format!("templates/{}a.yaml", "d/".repeat(300)), GOOD);
            for number in 0..3_000 {
                world.file(&format!("templates/many/f{number}.yaml"), "");
            }
        })
        .run_all(&["lint", "fmt --check"], REFUSED),
        Case::new("bytes-any", "Files contain arbitrary bytes", |world| {
            let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
            for name in ["templates/a.yaml", "templates/b.watpl", "watpl.yaml", "watpl.lock", "a.json"] {
                world.bytes(name, &bytes);
            }
            for name in ["state.json", "journal.jsonl"] {
                world.bytes(&format!(".watpl/sandbox/{name}"), &bytes);
            }
            world.bytes(".watpl/sandbox.steps.jsonl", &bytes).bytes(".watpl/sandbox.lock", &bytes);
        })
        .run_all(&["lint", "fmt", "compile", "diff", "push", "push a.json", "lint --baseline a.json"], REFUSED),
        Case::new("fix-unmasks", "A fix would reveal a hidden error", |world| {
            let text = "template a {\n  category utility\n  language en_US\n  body \"Hello you, your parcel is on its way.\"\n  \
                footer \"Thanks {{ x }} you\"\n}\n";
            world.file("a.watpl", text);
        })
        .run("lint --fix a.watpl", ANY)
        .run("fmt a.watpl", ANY)
        .run("lint", WORKS),
    ]
}
