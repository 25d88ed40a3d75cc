//! `duplicate-button-label`.

use std::collections::BTreeMap;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Version;
use crate::rule;
use crate::rules::support::quote;
use crate::source::Span;

rule! {
    /// Two buttons of a version have the same label.
    ///
    /// The reply to a quick-reply button is its label, so two equal labels can't be told apart. Several
    /// sources report that such templates are rejected.
    ///
    /// ```yaml fails
    /// buttons: [Confirm, Confirm]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Confirm, Cancel]
    /// ```
    pub(crate) static RULE = {
        id: "duplicate-button-label",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["button-text-duplicate"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
        let message = format!("two buttons have the label {}", quote::quoted(text.as_str()));
        // If an alias repeats a button, both share the span of the label, so report the button.
        let place = if *first == text.span { button.span } else { text.span };
        let diagnostic = Diagnostic::new(&RULE, place, message)
            .related(*first, "first button")
            .help("use a different label for each button");
        Some(diagnostic)
    });
    twice.collect()
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::{Sources, Span};

    /// Span reported for the second of two labels.
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

cases! {
    fails: [
        "buttons: [Confirm, «Confirm»]",
        "buttons: [Confirm, Cancel, «\" CONFIRM \"»]",
        "buttons: [Straße, «straße»]",
        "buttons: [تأیید, «تأیید»]",
        "buttons: [Track, { type: url, text: «track», url: \"https://shop.example/\" }]",
        "languages:\n  en_US: { buttons: [Yes, No] }\n  de: { buttons: [Ja, «Ja»] }",
    ],
    passes: [
        "buttons: [Confirm, Cancel]",
        "buttons: [\" \", \" \"]",
        "buttons: [Résumé, Resume]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "languages:\n  en_US: { buttons: [OK, Cancel] }\n  de: { buttons: [OK, Abbrechen] }",
    ],
}
