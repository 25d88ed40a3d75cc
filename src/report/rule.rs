//! Rules: the page of one, and the table of all.

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

/// The table of all rules, in Markdown; `folder` is the way to their pages.
pub fn table(folder: &str) -> String {
    let mut text = String::from("| rule | severity | class | finds |\n|---|---|---|---|\n");
    for rule in rules::all() {
        text += &row(rule, folder, &[rule.weight(), rule.class.to_string()]);
    }
    text
}

/// The page that leads to the pages of all rules, by what breaking them leads to.
pub fn index() -> String {
    let mut text = format!(
        "# Rules\n\n{}, grouped by class. `watpl rules` prints the same list, and `watpl explain RULE` prints a \
         page.\n",
        counted(rules::all().len(), "rule")
    );
    for class in [
        Consequence::Refused,
        Consequence::Rejected,
        Consequence::Recategorised,
        Consequence::Risk,
        Consequence::Contract,
    ] {
        text += &format!("\n## {}\n\n{}.\n\n", capital(&class.to_string()), capital(consequence(class)));
        text += "| rule | severity | confidence | finds |\n|---|---|---|---|\n";
        for rule in rules::all().into_iter().filter(|rule| rule.class == class) {
            text += &row(rule, "", &[rule.weight(), rule.confidence.to_string()]);
        }
    }
    text + "\n`error` fails a run; `warning` and `info` do not. The confidence of a rule: `documented` by Meta, `observed` in \
            responses of its API, `reported` by\nresellers or open-source clients, or `inferred` by the authors.\nA rule that is `off` runs if `watpl.yaml` gives it a \
            severity or `--select` names it. [The catalogue](entries.md) lists every\nrequirement of Meta and what \
             checks it.\n"
}

fn severity(rule: &Rule) -> String {
    if rule.is_opt_in {
        format!("{}, off by default (give it a severity in `watpl.yaml`, or use `--select`)", rule.severity)
    } else {
        rule.severity.to_string()
    }
}

fn row(rule: &Rule, folder: &str, facts: &[String; 2]) -> String {
    let [first, second] = facts;
    let (id, summary) = (rule.id, rule.summary().trim_end_matches('.'));
    format!("| [`{id}`]({folder}{id}.md) | {first} | {second} | {summary} |\n")
}

fn consequence(class: Consequence) -> &'static str {
    match class {
        Consequence::Refused => "rejected at submission: the API call returns an error",
        Consequence::Rejected => "rejected in review: the template is created, but not approved",
        Consequence::Recategorised => "Meta changes the category, and bills it accordingly",
        Consequence::Risk => "Meta accepts the template, but it may fail or look wrong later",
        Consequence::Contract => "code that sends the template breaks, or sends something else",
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
