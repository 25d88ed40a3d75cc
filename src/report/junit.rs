//! JUnit's XML, which every CI shows: a suite for each file with findings. The only place that knows quick-junit.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::commands::{self, Escape};
use super::counted;
use super::findings::{Findings, sentence, severity_name};
use super::terminal::escape_control;
use crate::diagnostic::{Diagnostic, Severity};

/// Renders the report. Errors are failures; warnings and notes are passed tests with output, because they fail no run.
/// The first suite is the run itself, so that a clean project is one test and not none.
pub fn render(findings: &Findings<'_>) -> String {
    let mut report = Report::new("watpl");
    report.add_test_suite(run(findings));
    for of_file in findings.diagnostics.chunk_by(|a, b| a.span.source == b.span.source) {
        let name = of_file.first().map(|first| findings.file(first.span)).unwrap_or_default();
        let mut suite = TestSuite::new(text(name));
        suite.add_test_cases(of_file.iter().map(|diagnostic| case(findings, diagnostic, name)));
        report.add_test_suite(suite);
    }
    // Writing to a string cannot fail.
    let text = report.to_string().unwrap_or_default();
    // With a backslash as in other text: not every reader of these reports knows numbers of characters.
    commands::escape(&text, Escape::Text).into_owned()
}

fn run(findings: &Findings<'_>) -> TestSuite {
    let mut suite = TestSuite::new("watpl lint");
    let (templates, versions) = (findings.templates, findings.versions);
    let name = format!("{} in {} checked", counted(templates, "template"), counted(versions, "version"));
    suite.add_test_case(TestCase::new(name, TestCaseStatus::success()));
    for unread in findings.unread {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("unreadable-file").set_message(text(&unread.cause));
        let mut case = TestCase::new("unreadable-file", status);
        case.set_classname(text(&unread.file)).extra.insert("file".into(), text(&unread.file).into());
        suite.add_test_case(case);
    }
    suite
}

fn case(findings: &Findings<'_>, diagnostic: &Diagnostic, file: &str) -> TestCase {
    let place = findings.location(diagnostic.span).start;
    let said = format!(
        "{}:{}:{}: {}: {}\n{}",
        escape_control(file),
        place.line,
        place.column,
        severity_name(diagnostic.severity),
        sentence(diagnostic),
        diagnostic.rule.url()
    );
    let said = printable(&said);
    let mut status = TestCaseStatus::success();
    if diagnostic.severity == Severity::Error {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(diagnostic.rule.id).set_message(text(&diagnostic.message)).set_description(&said);
    }
    let name = format!("{} at {}:{}", diagnostic.rule.id, place.line, place.column);
    let mut case = TestCase::new(name, status);
    case.set_classname(text(file));
    if diagnostic.severity != Severity::Error {
        case.set_system_out(said);
    }
    case.extra.insert("file".into(), text(file).into());
    case.extra.insert("line".into(), place.line.to_string().into());
    case
}

/// Text that XML can hold, on one line.
fn text(text: &str) -> String {
    printable(&escape_control(text))
}

/// Text without the two characters that no control character is and XML cannot hold all the same.
fn printable(text: &str) -> String {
    text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}
