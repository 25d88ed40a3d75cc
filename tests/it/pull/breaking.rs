//! What changes for senders: every rule's examples, and the command.

use watpl::breaking::compare;
use watpl::check;
use watpl::rules::contract::RULES;
use watpl::source::Sources;

use super::Stage;

/// The examples of a rule: whether it should be found, before, and after.
fn examples(doc: &str) -> Vec<(bool, String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String, String)> = None;
    for line in doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(example)) => found.push(example),
            (Some(head), None) => open = Some((head == "diff fails", String::new(), String::new())),
            (None, Some((fails, mut before, mut after))) => {
                let (sign, rest) = line.split_at(1);
                if sign != "+" {
                    before += &format!("{rest}\n");
                }
                if sign != "-" {
                    after += &format!("{rest}\n");
                }
                open = Some((fails, before, after));
            }
            (None, None) => {}
        }
    }
    found
}

/// What an example leaves out because the rule does not look at it.
fn complete(text: &str) -> String {
    let has = |key: &str| text.lines().any(|line| line.starts_with(&format!("{key}:")));
    let lines = [
        ("name", "name: order_shipped\n"),
        ("category", "category: utility\n"),
        ("body", "body: Your order is on its way to you.\n"),
        ("language", "language: en_US\n"),
    ];
    let missing = lines
        .iter()
        .filter(|(key, _)| !(has(key) || has("languages") && matches!(*key, "body" | "language")));
    text.to_owned() + &missing.map(|(_, line)| *line).collect::<String>()
}

#[test]
fn every_rule_on_changes_has_examples_that_hold() {
    for rule in RULES {
        let examples = examples(rule.doc);
        assert_eq!(
            examples.iter().map(|(fails, ..)| *fails).collect::<Vec<_>>(),
            [true, false],
            "{}",
            rule.id
        );
        for (fails, before, after) in examples {
            let mut sources = Sources::default();
            let ids = [("before.yaml", before), ("after.yaml", after)]
                .map(|(name, text)| sources.add(name, complete(&text)));
            let [old, new] = ids.map(|id| check::parse([sources.get(id).expect("a source")]));
            assert!(
                old.diagnostics.is_empty() && new.diagnostics.is_empty(),
                "{}: {:?}",
                rule.id,
                new.diagnostics
            );
            let found = compare(&old.templates, &new.templates);
            let own: Vec<_> = found.iter().map(|found| found.rule.id).collect();
            assert_eq!(own, if fails { vec![rule.id] } else { vec![] }, "{}: {found:#?}", rule.id);
            assert!(found.iter().all(|found| found.help.is_some() && !found.message.ends_with('.')));
        }
    }
}

const BEFORE: &str = "\
name: order_shipped
category: utility
variables: { order: A-1041, day: Monday, total: { sample: \"12\", type: number } }
languages:
  en_US:
    body: Your order {{order}} for {{total}} comes on {{day}} of this week.
    buttons:
      - { type: url, text: Track, url: \"https://shop.example/t/{{order}}\" }
  de:
    body: Bestellung {{order}} zu {{total}} kommt am {{day}} dieser Woche.
";

#[test]
fn a_pull_request_is_told_what_it_breaks() {
    let stage = Stage::new();
    stage.write("templates/order_shipped.yaml", BEFORE);
    stage.write("templates/order_packed.yaml", "name: order_packed\ncategory: utility\nlanguage: en_US\nbody: Your order is packed and will leave us today.\n");
    stage.git(&["init", "-q", "-b", "main"]);
    stage.git(&["add", "."]);
    stage.git(&["commit", "-qm", "a"]);
    stage.run("breaking --against main").assert(0, &[]);
    stage.run("push --yes").assert(0, &["3 done"]);
    stage.run("breaking --against account:live").assert(0, &[]);
    stage.git(&["checkout", "-qb", "change"]);
    std::fs::remove_file(stage.path("templates/order_packed.yaml")).expect("removed");
    let after = BEFORE
        .replace(
            "Your order {{order}} for {{total}} comes on {{day}} of this week.",
            "On {{day}} of this week your order {{order}} comes.",
        )
        .replace("type: number", "type: money")
        .replace("      - { type: url", "      - Not now\n      - { type: url")
        .lines()
        .filter(|line| !line.contains("de:") && !line.contains("Bestellung"))
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    stage.write("templates/order_shipped.yaml", &after);
    let run = stage.run("breaking --against main");
    insta::assert_snapshot!(run.shown());
    stage.git(&["add", "-A"]);
    stage.git(&["commit", "-qm", "b"]);
    assert_eq!(stage.run("breaking --against main").shown(), run.shown(), "committed or not");
    let sarif = stage.run("breaking --against main --format sarif");
    sarif.assert(1, &["\"removed-language\"", "\"changed-parameters\""]);
    stage
        .run("breaking --against main --format github")
        .assert(1, &["::error file=templates/order_shipped.yaml,line="]);
    // The account knows no names: it knows how many parameters there are.
    stage.run("breaking --against account:live").assert(1, &["from 3 to 2", "the language `de` was removed"]);
    stage.run("breaking --against live").assert(
        2,
        &["unknown git revision `live`", "to compare with an account, use `--against account:live`"],
    );
    stage.run("breaking --against nowhere").assert(2, &["unknown git revision `nowhere`"]);
    stage.run("breaking --against account:nowhere").assert(2, &["unknown account `nowhere`"]);
    stage.run("breaking --against=--output=x").assert(2, &["`--output=x` is not a git revision"]);
    stage.run("explain changed-parameters").assert(0, &["132000"]);
}
