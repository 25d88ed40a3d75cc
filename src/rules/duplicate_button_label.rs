//! `duplicate-button-label`.

use std::collections::BTreeMap;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Version;
use crate::rule;
use crate::source::Span;

rule! {
    /// Two buttons of a version have the same label.
    ///
    /// The answer to a quick reply is its label: with two alike nobody can tell which one was tapped. Such
    /// templates are widely said to be refused.
    ///
    /// ```yaml fails
    /// buttons: [Confirm, Confirm]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Confirm, Cancel]
    /// ```
    pub(super) static RULE = {
        id: "duplicate-button-label",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["button-text-duplicate"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    // Nothing is compared with itself.
    if version.buttons.len() < 2 {
        return Vec::new();
    }
    // Two or three need no hashing, and thousands of a hostile file are no trouble.
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let labels = version.buttons.iter().filter_map(|button| Some((button, button.text.as_ref()?)));
    let twice = labels.filter(|(_, text)| !text.is_blank()).filter_map(|(button, text)| {
        let label = text.as_str().trim().to_lowercase();
        let Some(first) = seen.get(&label) else {
            seen.insert(label, text.span);
            return None;
        };
        let message = format!("two buttons are called {}", quote::quoted(text.as_str()));
        // Where an alias repeats a button, its label stands in one place, and the alias in another.
        let place = if *first == text.span { button.span } else { text.span };
        let diagnostic = Diagnostic::new(&RULE, place, message)
            .related(*first, "here is the first one")
            .help("give each button a label of its own");
        Some(diagnostic)
    });
    twice.collect()
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::{Sources, Span};

    /// What is marked as the second of two labels.
    fn marked(buttons: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let body =
            "name: thanks\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way to you.\n";
        sources.add("thanks.yaml", format!("{body}buttons: {buttons}\n"));
        let found = check::check(&sources, &LintSettings::default()).diagnostics;
        let found = found.into_iter().filter(|found| found.rule.id == super::RULE.id);
        let text = |span: Span| sources.get(span.source).map_or("", |source| source.slice(span)).to_owned();
        found.map(|found| text(found.span)).collect()
    }

    #[test]
    fn a_button_that_an_alias_repeats_is_marked_where_the_alias_stands() {
        assert_eq!(marked("[&thanks Thanks, *thanks]"), ["*thanks"]);
        assert_eq!(marked("[&b { type: quick_reply, text: Thanks }, *b]"), ["*b"]);
        assert_eq!(marked("[Thanks, \"THANKS \"]"), ["\"THANKS \""]);
        assert_eq!(marked("[Thanks, Thank you]"), [""; 0]);
    }
}
