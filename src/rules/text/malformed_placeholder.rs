//! `malformed-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, NeededSegment, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{PlaceholderError, PlaceholderErrorKind, Segment, SegmentKind, Text};
use crate::rule;
use crate::rules::support::fixes;
use crate::rules::support::quote;

rule! {
    /// A placeholder is malformed.
    ///
    /// A placeholder is two opening braces, a number from 1 or a name of lowercase letters, digits and
    /// underscores, and two closing braces. Meta rejects anything else or treats it as plain text, and
    /// recipients see the braces.
    ///
    /// ```yaml fails
    /// variables: { order_id: A-1041 }
    /// body: Your order {{ order_id }} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "malformed-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-braces", "param-charset", "param-spaces"],
        subcode: Some(2388072),
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::PlaceholderError),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mistakes = template
        .texts_and_urls()
        .flat_map(|(_, _, text)| text.mistakes().map(move |(piece, mistake)| (text, piece, mistake)));
    mistakes
        .filter(|(_, _, mistake)| !is_plain_to_meta(mistake.kind))
        .filter(|(text, piece, mistake)| !is_rest(text, piece, mistake))
        .map(|(text, piece, mistake)| diagnostic(text, piece, mistake))
        .collect()
}

/// Returns whether Meta treats it as plain text, which other rules report.
fn is_plain_to_meta(kind: PlaceholderErrorKind) -> bool {
    matches!(kind, PlaceholderErrorKind::SingleBraces | PlaceholderErrorKind::Lookalike)
}

/// Returns whether it is only the rest of an earlier mistake or escape.
fn is_rest(text: &Text, piece: &Segment, mistake: &PlaceholderError) -> bool {
    let opens = |other: &Segment| match &other.kind {
        SegmentKind::Malformed(mistake) => !is_plain_to_meta(mistake.kind),
        SegmentKind::Escape => text.slice(other) == "\\{{",
        _ => false,
    };
    let mut earlier = text.pieces.iter().filter(|other| other.range.end <= piece.range.start);
    mistake.kind == PlaceholderErrorKind::Unopened && earlier.any(opens)
}

fn diagnostic(text: &Text, piece: &Segment, mistake: &PlaceholderError) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message(text.slice(piece), mistake))
        .help(help(mistake));
    match fix(text, piece, mistake) {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    }
}

fn message(source: &str, mistake: &PlaceholderError) -> String {
    let shown = quote::quoted(source.trim_end());
    match mistake.kind {
        PlaceholderErrorKind::Unclosed => format!("{shown} is not closed"),
        PlaceholderErrorKind::Unopened => format!("{shown} closes a placeholder that was not opened"),
        PlaceholderErrorKind::ExtraBrace => format!("{shown} has an extra bracket"),
        PlaceholderErrorKind::Blanks => format!("{shown} has whitespace inside its brackets"),
        PlaceholderErrorKind::Empty => format!("{shown} names no variable"),
        PlaceholderErrorKind::Number if mistake.meant.is_some() => {
            format!("{shown} has a leading zero")
        }
        PlaceholderErrorKind::Number if source.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
            format!("{shown} has a number that is too large")
        }
        PlaceholderErrorKind::Number => format!("{shown} does not exist; numbers start at 1"),
        PlaceholderErrorKind::Digits => format!("{shown} has non-ASCII digits"),
        PlaceholderErrorKind::Invisible => {
            format!("{shown} contains invisible characters{}", invisible(source))
        }
        PlaceholderErrorKind::Name => format!("{shown} is not a valid name: {}", unwanted(source)),
        PlaceholderErrorKind::SingleBraces | PlaceholderErrorKind::Lookalike => {
            format!("{shown} has other braces")
        }
        PlaceholderErrorKind::Constant if source.ends_with('}') => {
            format!("{shown} does not name a constant")
        }
        PlaceholderErrorKind::Constant => format!("{shown} is not closed"),
    }
}

fn invisible(source: &str) -> String {
    let hidden = source.chars().filter(|character| !character.is_ascii() && !character.is_alphanumeric());
    let points: Vec<String> = hidden.take(3).map(quote::code_point).collect();
    if points.is_empty() { String::new() } else { format!(" ({})", points.join(", ")) }
}

/// Describes the first character that is not allowed in a name. Non-ASCII characters are shown as code
/// points.
fn unwanted(source: &str) -> String {
    let inner = source.trim_matches(['{', '}', '<', '>']);
    match inner.chars().find(|character| !matches!(character, 'a'..='z' | '0'..='9' | '_')) {
        Some(character) if character.is_ascii_uppercase() => "it contains uppercase letters".to_owned(),
        Some(' ') => "it contains whitespace".to_owned(),
        Some(character) if character.is_ascii() => format!("it contains `{character}`"),
        Some(character) => format!("{} is not a lowercase letter from a to z", quote::code_point(character)),
        None => "it does not start with a letter from a to z".to_owned(),
    }
}

fn help(mistake: &PlaceholderError) -> String {
    match (&mistake.meant, mistake.kind) {
        (Some(meant), _) => format!("use {}", quote::quoted(meant)),
        (None, PlaceholderErrorKind::Constant) => {
            "use `${name}` with a name from `constants`, or `\\${` for the characters".to_owned()
        }
        (None, PlaceholderErrorKind::Name) => {
            "use a name of lowercase letters, digits and underscores, such as `{{customer}}`".to_owned()
        }
        (None, _) => "use `{{1}}` or `{{name}}`, or `\\{{` for literal braces".to_owned(),
    }
}

fn fix(text: &Text, piece: &Segment, mistake: &PlaceholderError) -> Option<Fix> {
    let source = text.slice(piece);
    let safety = match mistake.kind {
        // The variable may be declared under yet another name, and where the name should end may be
        // elsewhere.
        PlaceholderErrorKind::Name => Safety::Unsafe,
        PlaceholderErrorKind::Unclosed if !source.contains(['}', '>']) => Safety::Unsafe,
        _ => Safety::Safe,
    };
    let behind = source.get(source.trim_end().len()..)?;
    let by = format!("{}{behind}", mistake.meant.as_deref()?);
    fixes::piece("correct the placeholder syntax", safety, text, piece, &by)
}

cases! {
    fails: [
        "variables: { order: A-1 }\nbody: Your order «{{ order }}» is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order «{{{order}}}» is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order «{{order}» is on its way to you.",
        "body: Your order «{{}}» is on its way to you.",
        "body: Your order «{{0}}» is on its way to you.",
        "body: Your order «{{01}}» is on its way to you.",
        "body: Your order «{{۱}}» is on its way to you.",
        "body: Your order «{{Order}}» is on its way to you.",
        "body: Your order «{{order-id}}» is on its way to you.",
        "body: Your order «{{\u{200b}order}}» is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order «<< order >>» is on its way to you.",
        "body: Your order «${}» is on its way to you.",
        "header: Order «{{ 1 }}»",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«{{ 1 }}»\" }]",
        "template order_shipped {\n  category utility\n  language en_US\n  variable order \"A-1\"\n  body \"Your order «<< order >>» is on its way to you.\"\n}",
    ],
    passes: [
        "variables: { order: A-1 }\nbody: Your orders {{order}}, <<order>> are on their way to you.",
        "body: { text: 'Your orders {{1}} and <<2>> are on their way.', samples: [A-1, B-2] }",
        "body: Your order {1} or { } or } or {a b} is on its way to you.",
        "body: Your order a < b, a > b and <3 is on its way to you.",
        "body: 'Your order \\{{ x }} and \\<< x >> is on its way to you.'",
        "body: Your order costs $5, US$ 10 and $ {5}, and is on its way.",
        "body: Your order ${shop} is on its way to you.",
        "body: Your order is on its way, read more >>",
        "body: \"<< Back to your order\"",
        "body: Your order >>> is on its way <<< to you.",
    ],
}
