//! `unclear-body`.

use super::View;
use super::script::is_unspaced;
use super::words::{self, Said, Scan, Signal};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Text, Version};
use crate::rule;

rule! {
    /// A body says nothing but a greeting.
    ///
    /// Meta counts messages with unclear content, such as variables alone or a bare greeting, as marketing,
    /// whatever category they declare.
    ///
    /// ```yaml fails
    /// body: Hello and welcome!
    /// ```
    ///
    /// ```yaml passes
    /// body: Hello and welcome! Your account is ready to use.
    /// ```
    pub(super) static RULE = {
        id: "unclear-body",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["body-unclear"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if template.is(Category::Authentication) {
        return Vec::new();
    }
    let unclear = template.bodies().filter(|(version, text)| is_unclear(version, text, scan));
    let diagnostics = unclear.map(|(_, text)| {
        Diagnostic::new(&RULE, text.span, "the body does not say what it is about")
            .label("unclear content counts as marketing")
            .help("say in fixed words what happened, and to what")
    });
    diagnostics.collect()
}

fn is_unclear(version: &Version, text: &Text, scan: &Scan<'_>) -> bool {
    // What is written wrong and what is blank have rules of their own.
    let judged = !text.is_blank() && !text.kinds().has_mistakes();
    judged && (has_few_words(text) || only_greets(version, scan))
}

/// Whether there are fewer than two words: where no blanks stand between them, one run of letters may be many.
fn has_few_words(text: &Text) -> bool {
    match words::count(text, 2) {
        0 => true,
        1 => !is_unspaced(text),
        _ => false,
    }
}

/// Whether a body has no word beside those of greetings.
fn only_greets(version: &Version, scan: &Scan<'_>) -> bool {
    let spoken = scan.versions().find(|spoken| std::ptr::eq(spoken.version, version));
    let body = spoken.and_then(|spoken| spoken.body());
    let greetings = |said: &Said<'_>| match scan.says_any(&[Signal::Hello]) {
        true => said.phrases(|hit| hit.signal == Signal::Hello).len(),
        false => 0,
    };
    body.is_some_and(|said| said.words == greetings(said))
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    #[test]
    fn numbers_alone_say_nothing() {
        for (body, expected) in [("Order 1041 of 7 May", false), ("1041 7 2026", true), ("Hello there", true)]
        {
            let mut sources = Sources::default();
            let text = format!("name: note\ncategory: utility\nlanguage: en_US\nbody: \"{body}\"\n");
            sources.add("note.yaml", text);
            let checked = check::check(&sources, &LintSettings::default());
            let found = checked.diagnostics.iter().any(|diagnostic| diagnostic.rule.id == "unclear-body");
            assert_eq!(found, expected, "{body}");
        }
    }
}
