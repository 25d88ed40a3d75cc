//! Rules: the page of one rule, and the list of all rules.

use super::counted;
use super::terminal::Terminal;
use crate::diagnostic::{Consequence, Rule};
use crate::rules;

/// A rule's page, in Markdown: what `watpl explain` prints and `docs/rules/` holds.
pub fn page(rule: &Rule) -> String {
    let mut text = format!("# {}\n\n", rule.id);
    for line in rule.doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_prefix("```").map(|head| head.split_once(' ').unwrap_or((head, ""))) {
            Some((surface, words)) if words.contains("fails") => text += &format!("Fails:\n\n```{surface}"),
            Some((surface, words)) if words.contains("passes") => text += &format!("Passes:\n\n```{surface}"),
            _ => text += line,
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    let mut facts = vec![
        format!("severity: {}", severity(rule)),
        format!("class: {}", rule.class),
        format!("confidence: {}", rule.confidence),
    ];
    facts.extend(rule.subcode.map(|code| format!("prevents code: {code}")));
    text += "\n\n";
    for fact in facts {
        text += &format!("- {fact}\n");
    }
    text + &format!("- Meta's documentation: `business-messaging/whatsapp/{}`\n", rule.reference)
}

/// Index of all rules in Markdown, by class: `docs/rules/README.md`.
pub fn index() -> String {
    let mut text = format!(
        "# Rules\n\nWhat does each of the {} check, and what happens when a template breaks one? `watpl rules` prints \
         this list, and\n`watpl explain RULE` prints the page of a rule.\n\n```console\n$ watpl explain \
         placeholder-at-edge\n$ watpl rules --severity error --class refused\n```\n\nThe *class* of a rule is the \
         consequence of breaking it:\n\n| class | meaning |\n|---|---|\n",
        counted(rules::all().len(), "rule")
    );
    for class in CLASSES {
        text += &format!("| `{class}` | [{}](#{}): {} |\n", title(class), anchor(class), consequence(class));
    }
    text += "\nAn `error` fails a run; `warning` and `info` do not. A rule that is `off` runs when `watpl.yaml` gives it \
             a severity, or\nwhen `--select` names it. The *confidence* of a rule is its evidence:\n\n\
             | confidence | evidence |\n|---|---|\n\
             | `documented` | Meta's documentation states it |\n\
             | `observed` | Meta's API returned it |\n\
             | `reported` | resellers or open-source clients report it |\n\
             | `inferred` | watpl's authors conclude it |\n\n\
             [entries.md](entries.md) lists every entry of the catalogue of Meta's rules, with the rule that covers \
             it.\n";
    for class in CLASSES {
        text += &format!("\n## {}\n\n{}.\n\n", title(class), capital(consequence(class)));
        text += "| rule | severity | confidence | finds |\n|---|---|---|---|\n";
        for rule in rules::all().into_iter().filter(|rule| rule.class == class) {
            text += &row(rule);
        }
    }
    text
}

/// The classes, worst first.
const CLASSES: [Consequence; 5] = [
    Consequence::Refused,
    Consequence::Rejected,
    Consequence::Recategorised,
    Consequence::Risk,
    Consequence::Contract,
];

fn severity(rule: &Rule) -> String {
    if rule.is_opt_in {
        format!("{}, off by default (give it a severity in `watpl.yaml`, or use `--select`)", rule.severity)
    } else {
        rule.severity.to_string()
    }
}

fn row(rule: &Rule) -> String {
    let (id, summary) = (rule.id, rule.summary().trim_end_matches('.'));
    format!("| [`{id}`]({id}.md) | {} | {} | {summary} |\n", rule.weight(), rule.confidence)
}

/// Heading of a class: plain words for the class words of the JSON format.
fn title(class: Consequence) -> &'static str {
    match class {
        Consequence::Refused => "Rejected at submission",
        Consequence::Rejected => "Rejected in review",
        Consequence::Recategorised => "Recategorised",
        Consequence::Risk => "Risk",
        Consequence::Contract => "Breaking changes",
    }
}

/// Anchor of a class's heading.
fn anchor(class: Consequence) -> String {
    title(class).to_lowercase().replace(' ', "-")
}

fn consequence(class: Consequence) -> &'static str {
    match class {
        Consequence::Refused => {
            "the template can't be created, because the file is invalid or the API returns an error"
        }
        Consequence::Rejected => "the template is created, and Meta's review rejects it",
        Consequence::Recategorised => "Meta moves the template to another category, and bills it as such",
        Consequence::Risk => "the template is accepted, but it may fail or look wrong later",
        Consequence::Contract => {
            "sending code has to change, because messages built as before fail or show something else"
        }
    }
}

fn capital(text: &str) -> String {
    let (head, tail) = text.split_at_checked(1).unwrap_or((text, ""));
    head.to_uppercase() + tail
}

/// Rules as a table, for a terminal: what does not fit goes on below itself.
pub fn list(rules: &[&Rule], terminal: Terminal) -> String {
    let widest = |cell: fn(&Rule) -> String| rules.iter().map(|rule| cell(rule).len()).max().unwrap_or(0);
    let cells: [fn(&Rule) -> String; 4] = [
        |rule| rule.id.to_owned(),
        Rule::weight,
        |rule| rule.class.to_string(),
        |rule| rule.confidence.to_string(),
    ];
    let heads = ["RULE", "SEVERITY", "CLASS", "CONFIDENCE"];
    let widths: Vec<_> = cells.iter().zip(heads).map(|(cell, head)| widest(*cell).max(head.len())).collect();
    let before: usize = widths.iter().map(|width| width + 2).sum();
    let room = terminal.width.saturating_sub(before).max(16);
    let line = |texts: &[String], last: &str| {
        let columns = texts.iter().zip(&widths).map(|(text, width)| format!("{text:width$}  "));
        let wrapped = textwrap::wrap(
            last,
            textwrap::Options::new(room).word_splitter(textwrap::WordSplitter::NoHyphenation),
        );
        columns.collect::<String>() + &wrapped.join(&format!("\n{:before$}", ""))
    };
    let head = terminal.bold(line(&heads.map(str::to_owned), "FINDS"));
    let rows =
        rules.iter().map(|rule| line(&cells.map(|cell| cell(rule)), rule.summary().trim_end_matches('.')));
    let lines: Vec<_> = std::iter::once(head).chain(rows).collect();
    format!("{}\n\n{}\n", lines.join("\n"), counted(rules.len(), "rule"))
}
