//! What `watpl lint` prints for machines: the same findings in every format, and hostile ones among them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use watpl::check;
use watpl::diagnostic::{Diagnostic, Severity};
use watpl::lint_context::LintSettings;
use watpl::report::{Counts, Findings, UnreadableFile, github, gitlab, json, jsonl, junit, markdown, sarif};
use watpl::rules;
use watpl::source::{SourceId, Sources, Span};

/// A name that tries to end a line, to colour, to begin a command, to be an escape, a row, code, a tag and a link.
const HOSTILE_NAME: &str = "templates/a\n::error::b\u{1b}[31m,%0A|`c`<d>[e](f) 100%\u{202e}.yaml";

/// Text that tries the same from inside a message.
const HOSTILE: &str = "\u{8}\u{1b}]52;c;x\u{7}\r\n::set-output name=a::b\n##vso[task]]]>&<img src=x>|`@everyone` \
                       [click](https://evil.example) {0} %0A \u{9b}1m\u{fffe}\u{2028}\u{202e}";

/// Findings, and what they are about.
struct Case {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    unread: Vec<UnreadableFile>,
    renamed: BTreeMap<String, String>,
}

impl Case {
    /// An ordinary file, one in Persian behind a byte-order mark, and the hostile one.
    fn new() -> Self {
        let mut sources = Sources::default();
        sources.add(
            "templates/order shipped.yaml",
            "name: order_shipped\ncategory: utility\nlanguage: en_US\n\
             variables: { customer: Ana Diaz, order: A-1041 }\n\
             body: \"{{customer}}, order {{ order }} is on its way. Enjoy 20% off!\"\n",
        );
        sources.add(
            "templates/\u{641}\u{627}\u{643}\u{62a}\u{648}\u{631}.yaml",
            "\u{feff}name: invoice\ncategory: utility\nlanguage: fa\nbody: \u{1f600}\u{1f600} سلام {{نام}}\n",
        );
        let mut diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
        diagnostics.retain(|found| found.rule.id != "name-differs-from-file");
        let hostile = sources.add(HOSTILE_NAME, "name: a\nbody: |\n  one\n  two\n");
        diagnostics.push(Self::hostile(hostile));
        let unread = vec![UnreadableFile {
            file: "templates/b\n::c\u{1b}.yaml".into(),
            cause: "not a regular file".into(),
        }];
        Self { sources, diagnostics, unread, renamed: BTreeMap::new() }
    }

    fn clean() -> Self {
        Self { sources: Sources::default(), diagnostics: vec![], unread: vec![], renamed: BTreeMap::new() }
    }

    fn hostile(source: SourceId) -> Diagnostic {
        let rule = rules::find("placeholder-at-edge").expect("a rule");
        Diagnostic::new(rule, Span::new(source, 8..27), format!("the body is `{HOSTILE}`"))
            .label(HOSTILE)
            .help(HOSTILE)
            .related(Span::new(source, 0..4), HOSTILE)
            .fix(HOSTILE, Span::new(source, 8..12), HOSTILE)
            .severity(Severity::Warning)
    }

    fn findings(&self) -> Findings<'_> {
        Findings {
            sources: &self.sources,
            diagnostics: &self.diagnostics,
            counts: Counts::from_diagnostics(&self.diagnostics),
            templates: 3,
            versions: 4,
            unread: &self.unread,
            renamed: &self.renamed,
        }
    }
}

/// A format by its name.
type Format = (&'static str, fn(&Findings<'_>) -> String);

const FORMATS: [Format; 7] = [
    ("json", json::diagnostics),
    ("jsonl", jsonl::render),
    ("sarif", sarif::render),
    ("github", github::render),
    ("gitlab", gitlab::render),
    ("junit", junit::render),
    ("markdown", markdown::render),
];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_same_findings_in_every_format() {
    let case = Case::new();
    for (name, render) in FORMATS {
        insta::assert_snapshot!(format!("format_{name}"), render(&case.findings()));
    }
}

#[test]
fn nothing_found_is_a_whole_report_as_well() {
    let case = Case::clean();
    let all = FORMATS.map(|(name, render)| format!("== {name}\n{}", render(&case.findings())));
    insta::assert_snapshot!("format_clean", all.join("\n"));
}

/// Rows A19, E1 and E2 of the hostile inputs.
#[test]
fn no_format_holds_what_a_terminal_obeys() {
    let case = Case::new();
    for (name, render) in FORMATS {
        let text = render(&case.findings());
        let obeyed = text.chars().find(|&character| {
            (character.is_control() && character != '\n')
                || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(obeyed, None, "in {name}");
        assert!(text.ends_with('\n'), "{name} has no last line break");
    }
}

/// Row E3: what a file says never begins a line that a runner would obey.
#[test]
fn no_file_begins_a_command() {
    let case = Case::new();
    for (name, render) in FORMATS {
        for line in render(&case.findings()).lines() {
            let ours = ["::error file=", "::warning file=", "::notice file="];
            let allowed = name == "github" && ours.iter().any(|start| line.starts_with(start));
            let text = line.trim_start();
            let obeyed = ["##vso[", "##["].iter().any(|command| text.contains(command))
                || (!allowed && ["::", "##teamcity["].iter().any(|command| text.starts_with(command)));
            assert!(!obeyed, "{name}: {line}");
        }
    }
    let text = github::render(&case.findings());
    let line = text.lines().find(|line| line.contains("set-output")).expect("the hostile finding");
    let (properties, _) = line.strip_prefix("::warning ").unwrap().split_once("::").unwrap();
    let file = properties.split(',').next().unwrap();
    assert_eq!(
        file,
        "file=templates/a%0A%3A%3Aerror%3A%3Ab\\u{1b}[31m%2C%250A|`c`<d>[e](f) 100%25\\u{202e}.yaml"
    );
}

/// Row E9: the record at the end says that nothing is missing.
#[test]
fn each_line_of_jsonl_is_an_object_and_the_last_one_is_the_summary() {
    let case = Case::new();
    let text = jsonl::render(&case.findings());
    let lines: Vec<Value> = text.lines().map(parsed).collect();
    let whole = parsed(&json::diagnostics(&case.findings()));
    let (last, rest) = lines.split_last().expect("lines");
    assert_eq!((&last["type"], &last["version"]), (&json!("summary"), &whole["version"]));
    assert_eq!(last["errors"], whole["summary"]["errors"]);
    let found = rest.iter().filter(|line| line["type"] == "diagnostic").count();
    assert_eq!(found, whole["diagnostics"].as_array().unwrap().len());
    assert_eq!(rest.iter().filter(|line| line["type"] == "unread").count(), 1);
}

#[test]
fn sarif_is_of_the_schemas_shape() {
    for case in [Case::new(), Case::clean()] {
        let log = parsed(&sarif::render(&case.findings()));
        let validator = jsonschema::validator_for(&sarif_schema()).expect("a schema");
        let errors: Vec<_> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn sarif_points_at_its_rules_and_counts_code_points() {
    let case = Case::new();
    let log = parsed(&sarif::render(&case.findings()));
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], run["tool"]["driver"]["rules"][index]["id"]);
    }
    let persian = |result: &&Value| {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        uri == "templates/%D9%81%D8%A7%D9%83%D8%AA%D9%88%D8%B1.yaml"
    };
    let result = run["results"].as_array().unwrap().iter().find(persian).expect("a finding in that file");
    // `body: `, two emoji, a blank, four letters, a blank: the placeholder is the fifteenth character.
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"],
        json!({ "startLine": 4, "startColumn": 15, "endLine": 4, "endColumn": 22 })
    );
}

#[test]
fn services_that_count_from_the_root_are_told_where_the_folder_is() {
    let names = ("templates/order shipped.yaml".into(), "shop/mail/templates/order shipped.yaml".into());
    let case = Case { renamed: BTreeMap::from([names]), ..Case::new() };
    let findings = case.findings();
    let log = parsed(&sarif::render(&findings));
    let first = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(first["uri"], "shop/mail/templates/order%20shipped.yaml");
    assert!(github::render(&findings).contains("file=shop/mail/templates/order shipped.yaml,"));
    let issues = parsed(&gitlab::render(&findings));
    assert_eq!(issues[0]["location"]["path"], "shop/mail/templates/order shipped.yaml");
}

#[test]
fn a_place_that_ends_with_a_line_break_reaches_no_further() {
    let mut case = Case::clean();
    let id = case.sources.add("a.yaml", "one\ntwo\nthree\n");
    let rule = rules::find("placeholder-at-edge").expect("a rule");
    case.diagnostics.push(Diagnostic::new(rule, Span::new(id, 0..8), "wrong"));
    let issues = parsed(&gitlab::render(&case.findings()));
    assert_eq!(issues[0]["location"]["lines"], json!({ "begin": 1, "end": 2 }));
    assert!(github::render(&case.findings()).contains(",line=1,endLine=2,title="));
    let log = parsed(&sarif::render(&case.findings()));
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region, &json!({ "startLine": 1, "startColumn": 1, "endLine": 3, "endColumn": 1 }));
}

#[test]
fn a_file_outside_has_a_uri_of_its_own() {
    let mut sources = Sources::default();
    sources.add("/srv/a b#c?.yaml", "name: a\ncategory: utility\nlanguage: en_US\n");
    sources.add("C:/a.yaml", "name: b\ncategory: utility\nlanguage: en_US\n");
    let diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
    let case = Case { sources, diagnostics, ..Case::clean() };
    let text = sarif::render(&case.findings());
    assert!(text.contains("\"uri\": \"file:///srv/a%20b%23c%3F.yaml\""), "{text}");
    assert!(text.contains("\"uri\": \"file:///C%3A/a.yaml\""), "{text}");
}

#[test]
fn fingerprints_outlive_lines_that_are_inserted_and_are_never_equal() {
    let prints = |text: &str| -> Vec<String> {
        let mut sources = Sources::default();
        sources.add("a.yaml", text);
        let diagnostics = check::check(&sources, &LintSettings::default()).diagnostics;
        let case = Case { sources, diagnostics, ..Case::clean() };
        let issues = parsed(&gitlab::render(&case.findings()));
        let prints = issues.as_array().unwrap().iter();
        prints.map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let text =
        "name: a\ncategory: utility\nlanguage: en_US\nbody: Dear {{ x }} and {{ x }}, thank you for it\n";
    let before = prints(text);
    let distinct: BTreeSet<_> = before.iter().collect();
    assert!(before.len() >= 2 && distinct.len() == before.len(), "{before:?}");
    assert_eq!(before, prints(&format!("# a remark\n\n{text}")));
    assert_ne!(before, prints(&text.replace("Dear", "Hello")));
}

#[test]
fn junit_reads_back_with_its_counts() {
    let case = Case::new();
    let report = quick_junit::Report::deserialize_from_str(&junit::render(&case.findings())).expect("JUnit");
    let counts = case.findings().counts();
    assert_eq!((report.errors, report.failures), (1, counts.errors));
    assert_eq!(report.tests, 2 + case.diagnostics.len());
    let suite = report.test_suites.last().expect("the hostile file");
    assert!(suite.name.as_str().contains("a\\n::error::b\\u{1b}[31m"), "{}", suite.name.as_str());
    assert!(suite.test_cases[0].system_out.as_ref().unwrap().as_str().contains("\\u{8}\\u{1b}]52;c;x\\u{7}"));
}

#[test]
fn a_table_is_no_longer_than_a_remark_may_be_and_begins_with_errors() {
    let mut case = Case::new();
    let note = case.diagnostics.iter().find(|found| found.severity == Severity::Warning).unwrap().clone();
    case.diagnostics.splice(0..0, vec![note; 2_000]);
    let text = markdown::render(&case.findings());
    assert!(text.len() < 65_536, "{}", text.len());
    let first = text.lines().find(|line| line.ends_with(" |") && line.contains("yaml:")).expect("a row");
    assert!(first.starts_with("| error |"), "{first}");
    assert!(text.lines().last().unwrap().starts_with("… and "), "{text}");
    let rows = text.lines().filter(|line| line.contains("yaml:")).collect::<Vec<_>>();
    assert!(rows.iter().all(|row| row.matches(" | ").count() == 3), "a cell has ended early");
}

/// The part of SARIF 2.1.0 that is used here, in our own words and without room for anything else: each property that
/// the standard asks for is required, and none that it does not know is let through.
fn sarif_schema() -> Value {
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false });
    let text = || json!({ "type": "string", "minLength": 1 });
    let number = |least: u32| json!({ "type": "integer", "minimum": least });
    let list = |item: &str| json!({ "type": "array", "items": { "$ref": format!("#/$defs/{item}") } });
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let level = || json!({ "enum": ["none", "note", "warning", "error"] });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/log",
        "$defs": {
            "log": object(&["version", "runs"], json!({
                "$schema": { "type": "string", "format": "uri" },
                "version": { "const": "2.1.0" },
                "runs": list("run"),
            })),
            "run": object(&["tool", "columnKind", "results"], json!({
                "tool": object(&["driver"], json!({ "driver": reference("driver") })),
                "columnKind": { "const": "unicodeCodePoints" },
                "originalUriBaseIds": { "type": "object", "additionalProperties": object(&[], json!({ "description": reference("message") })) },
                "invocations": list("invocation"),
                "results": list("result"),
            })),
            "driver": object(&["name", "rules"], json!({
                "name": text(), "informationUri": { "type": "string", "format": "uri" },
                "semanticVersion": { "type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+" },
                "rules": { "type": "array", "uniqueItems": true, "items": reference("rule") },
            })),
            "rule": object(&["id", "shortDescription", "help", "helpUri"], json!({
                "id": text(), "name": text(),
                "shortDescription": reference("message"), "fullDescription": reference("message"),
                "help": reference("message"), "helpUri": { "type": "string", "format": "uri" },
                "defaultConfiguration": object(&["level"], json!({ "level": level() })),
                "properties": { "type": "object", "required": ["tags", "precision", "problem.severity"], "properties": {
                    "tags": { "type": "array", "uniqueItems": true, "items": text() },
                    "precision": { "enum": ["very-high", "high", "medium", "low"] },
                    "problem.severity": { "enum": ["error", "warning", "recommendation"] },
                } },
            })),
            "message": object(&["text"], json!({ "text": text(), "markdown": text() })),
            "invocation": object(&["executionSuccessful"], json!({
                "executionSuccessful": { "type": "boolean" }, "toolExecutionNotifications": list("notification"),
            })),
            "notification": object(&["message"], json!({
                "level": level(), "message": reference("message"), "locations": list("location"),
            })),
            "result": object(&["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"], json!({
                "ruleId": text(), "ruleIndex": number(0), "level": level(), "message": reference("message"),
                "locations": list("location"), "relatedLocations": list("location"),
                "partialFingerprints": { "type": "object", "additionalProperties": { "type": "string", "pattern": "^[0-9a-f]{32}$" } },
                "fixes": list("fix"),
            })),
            "location": object(&["physicalLocation"], json!({
                "id": number(0), "message": reference("message"),
                "physicalLocation": object(&["artifactLocation"], json!({
                    "artifactLocation": reference("artifact"), "region": reference("region"),
                })),
            })),
            // What a URI consists of, and no `..` that would lead out.
            "artifact": object(&["uri"], json!({
                "uri": { "type": "string", "pattern": "^(file:///)?([A-Za-z0-9/._~-]|%[0-9A-F]{2})+$" },
                "uriBaseId": { "const": "%SRCROOT%" },
            })),
            "region": object(&["startLine", "startColumn", "endLine", "endColumn"], json!({
                "startLine": number(1), "startColumn": number(1), "endLine": number(1), "endColumn": number(1),
            })),
            "fix": object(&["description", "artifactChanges"], json!({
                "description": reference("message"),
                "artifactChanges": { "type": "array", "minItems": 1, "items": object(&["artifactLocation", "replacements"], json!({
                    "artifactLocation": reference("artifact"),
                    "replacements": { "type": "array", "minItems": 1, "items": object(&["deletedRegion"], json!({
                        "deletedRegion": reference("region"),
                        "insertedContent": object(&["text"], json!({ "text": { "type": "string" } })),
                    })) },
                })) },
                "properties": object(&["safe"], json!({ "safe": { "type": "boolean" } })),
            })),
        },
    })
}

/// What an account has can be as large as a file, and its reports have the same limits.
#[test]
fn an_audit_carries_500_findings_of_a_version() {
    let row = serde_json::json!({
        "id": "1", "name": "note", "language": "en_US", "status": "APPROVED", "category": "UTILITY",
        "components": [{ "type": "BODY", "text": format!("Hello {}you", "a\u{202e}b ".repeat(700)) }],
    });
    let deployed = watpl::graph::read_deployed(&row).expect("a version");
    let audit = watpl::audit::audit(&[deployed], &watpl::lint_context::LintSettings::default());
    let all = audit.findings.len();
    assert!(all > 700, "{all}");
    let report: serde_json::Value =
        serde_json::from_str(&watpl::report::audit::machine(&audit, "live")).expect("JSON");
    let carried = report["findings"].as_array().expect("a list");
    assert_eq!(carried.len(), 501);
    assert_eq!(carried[500]["rule"], "findings-omitted");
    let message = carried[500]["message"].as_str().expect("a text");
    assert!(message.starts_with(&format!("{} findings of this version are omitted", all - 500)), "{message}");
    let count = |key: &str| report["summary"][key].as_u64().expect("a number");
    assert_eq!(count("errors") + count("warnings") + count("infos"), all as u64);
    let terminal = watpl::report::Terminal { color: false, width: 100 };
    let shown = watpl::report::audit::human(&audit, "live", terminal);
    assert!(shown.contains("more\n") && shown.lines().count() < 400, "{}", shown.lines().count());
}
