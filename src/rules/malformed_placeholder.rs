//! `malformed-placeholder`.

use super::{View, mend, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::{PlaceholderError, PlaceholderErrorKind, Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// Something that was meant as a placeholder is written wrong.
    ///
    /// A placeholder is two braces, a number from 1 or a name of lower-case letters, digits and underscores, and
    /// two braces. Anything else is plain text to Meta or is refused, and people would read the braces.
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
    pub(super) static RULE = {
        id: "malformed-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-braces", "param-charset", "param-spaces"],
        subcode: Some(2388072),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.kinds().has_mistakes() {
        return Vec::new();
    }
    let mistakes = template
        .texts_and_urls()
        .flat_map(|(_, _, text)| text.mistakes().map(move |(piece, mistake)| (text, piece, mistake)));
    mistakes
        .filter(|(_, _, mistake)| !is_plain_to_meta(mistake.kind))
        .filter(|(text, piece, mistake)| !is_rest(text, piece, mistake))
        .map(|(text, piece, mistake)| diagnostic(text, piece, mistake))
        .collect()
}

/// What Meta shows as it stands has rules of its own.
fn is_plain_to_meta(kind: PlaceholderErrorKind) -> bool {
    matches!(kind, PlaceholderErrorKind::SingleBraces | PlaceholderErrorKind::Lookalike)
}

/// Whether it is only what an earlier mistake or escape has left over.
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
        PlaceholderErrorKind::Unopened => format!("{shown} closes a placeholder that is not opened"),
        PlaceholderErrorKind::ExtraBrace => format!("{shown} has a bracket too many"),
        PlaceholderErrorKind::Blanks => format!("{shown} has blanks inside its brackets"),
        PlaceholderErrorKind::Empty => format!("{shown} names no variable"),
        PlaceholderErrorKind::Number if mistake.meant.is_some() => {
            format!("{shown} begins with a zero; numbers begin at 1")
        }
        PlaceholderErrorKind::Number if source.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
            format!("{shown} is a number beyond all bounds")
        }
        PlaceholderErrorKind::Number => format!("{shown} does not exist; numbers begin at 1"),
        PlaceholderErrorKind::Digits => format!("{shown} is written with digits of another script"),
        PlaceholderErrorKind::Invisible => format!("{shown} holds invisible characters{}", invisible(source)),
        PlaceholderErrorKind::Name => format!("{shown} is not a name: {}", unwanted(source)),
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

/// What the first character that no name may have is; a letter that only looks like a to z is told by its code.
fn unwanted(source: &str) -> String {
    let inner = source.trim_matches(['{', '}', '<', '>']);
    match inner.chars().find(|character| !matches!(character, 'a'..='z' | '0'..='9' | '_')) {
        Some(character) if character.is_ascii_uppercase() => "it has capital letters".to_owned(),
        Some(' ') => "it has blanks".to_owned(),
        Some(character) if character.is_ascii() => format!("it has `{character}`"),
        Some(character) => format!("it has {}, which is none of a to z", quote::code_point(character)),
        None => "it begins with none of a to z".to_owned(),
    }
}

fn help(mistake: &PlaceholderError) -> String {
    match (&mistake.meant, mistake.kind) {
        (Some(meant), _) => format!("write {}", quote::quoted(meant)),
        (None, PlaceholderErrorKind::Constant) => {
            "write `${name}` with a name from `constants`, or `\\${` for the characters".to_owned()
        }
        (None, PlaceholderErrorKind::Name) => {
            "write a name of lower-case letters, digits and underscores, such as `{{customer}}`".to_owned()
        }
        (None, _) => "write `{{1}}` or `{{name}}`, or `\\{{` for the braces themselves".to_owned(),
    }
}

fn fix(text: &Text, piece: &Segment, mistake: &PlaceholderError) -> Option<Fix> {
    let source = text.slice(piece);
    let safety = match mistake.kind {
        // The variable may be declared under yet another name, and where the name should end may be elsewhere.
        PlaceholderErrorKind::Name => Safety::Unsafe,
        PlaceholderErrorKind::Unclosed if !source.contains(['}', '>']) => Safety::Unsafe,
        _ => Safety::Safe,
    };
    let behind = source.get(source.trim_end().len()..)?;
    let by = format!("{}{behind}", mistake.meant.as_deref()?);
    mend::piece("write the placeholder as Meta reads it", safety, text, piece, &by)
}
