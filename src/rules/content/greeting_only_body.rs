//! `greeting-only-body`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Text, Version};
use crate::phrases::{PhraseMatches, ScannedText, Signal};
use crate::rule;
use crate::rules::support::word_count;

rule! {
    /// A body consists only of a greeting or of variables.
    ///
    /// Meta treats messages with unclear content, such as only variables or only a greeting, as marketing,
    /// regardless of their declared category.
    ///
    /// ```yaml fails
    /// body: Hello and welcome!
    /// ```
    ///
    /// ```yaml passes
    /// body: Hello and welcome! Your account is ready to use.
    /// ```
    pub(crate) static RULE = {
        id: "greeting-only-body",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["body-unclear"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if template.is(Category::Authentication) {
        return Vec::new();
    }
    let unclear = template.bodies().filter(|(version, text)| is_unclear(version, text, scan));
    let diagnostics = unclear.map(|(_, text)| {
        Diagnostic::new(&RULE, text.span, "the body doesn't say what the message is about")
            .label("Meta treats unclear content as marketing")
            .help("describe in fixed words what happened")
    });
    diagnostics.collect()
}

fn is_unclear(version: &Version, text: &Text, scan: &PhraseMatches<'_>) -> bool {
    // Other rules report malformed placeholders and empty bodies.
    let judged = !text.is_blank() && !text.kinds().has_mistakes();
    judged && (has_few_words(text) || only_greets(version, scan))
}

/// Returns whether there are fewer than two words. In scripts without spaces, one run of letters may be
/// several words.
fn has_few_words(text: &Text) -> bool {
    match word_count::count(text, 2) {
        0 => true,
        1 => !word_count::is_unspaced(text),
        _ => false,
    }
}

/// Returns whether all words of a body belong to greetings.
fn only_greets(version: &Version, scan: &PhraseMatches<'_>) -> bool {
    let version_matches =
        scan.versions().find(|version_matches| std::ptr::eq(version_matches.version, version));
    let body = version_matches.and_then(|version_matches| version_matches.body());
    let greetings = |scanned: &ScannedText<'_>| match scan.has_any_signal(&[Signal::Salutation]) {
        true => scanned.phrases(|hit| hit.signal == Signal::Salutation).len(),
        false => 0,
    };
    body.is_some_and(|scanned| scanned.words == greetings(scanned))
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
            let found =
                checked.diagnostics.iter().any(|diagnostic| diagnostic.rule.id == "greeting-only-body");
            assert_eq!(found, expected, "{body}");
        }
    }
}

cases! {
    fails: [
        "body: «Hello and welcome!»",
        "body: «Thanks»",
        "body: «\"🎉\"»",
        "variables: { a: Ana }\nbody: «\"Hello {{a}}, good morning!\"»",
        "variables: { a: Ana, b: Diaz }\nbody: «\"{{a}}: {{b}}\"»",
        "language: es\nbody: «¡Hola, buenos días!»",
        "template order_shipped {\n  category utility\n  language en_US\n  body «\"Hello!\"»\n}",
        "language: fa\nbody: «سلام»",
        "language: de\nbody: «Guten Tag!»",
    ],
    passes: [
        "body: Hello and welcome! Your account is ready to use.",
        "body: Order shipped",
        "language: ja\nbody: 発送しました",
        "language: th\nbody: ส่งแล้ว",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
        "body: \"  \"",
        "language: fa\nbody: سفارش رسید",
    ],
}
