//! `malformed-placeholder`.

use super::{View, mend, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Fix, Safety, Severity};
use crate::model::{Mistake, MistakeKind, Piece, PieceKind, Text};
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
        class: Class::Refused,
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
fn is_plain_to_meta(kind: MistakeKind) -> bool {
    matches!(kind, MistakeKind::SingleBraces | MistakeKind::Lookalike)
}

/// Whether it is only what an earlier mistake or escape has left over.
fn is_rest(text: &Text, piece: &Piece, mistake: &Mistake) -> bool {
    let opens = |other: &Piece| match &other.kind {
        PieceKind::Malformed(mistake) => !is_plain_to_meta(mistake.kind),
        PieceKind::Escape => text.slice(other) == "\\{{",
        _ => false,
    };
    let mut earlier = text.pieces.iter().filter(|other| other.range.end <= piece.range.start);
    mistake.kind == MistakeKind::Unopened && earlier.any(opens)
}

fn diagnostic(text: &Text, piece: &Piece, mistake: &Mistake) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message(text.slice(piece), mistake))
        .help(help(mistake));
    match fix(text, piece, mistake) {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    }
}

fn message(source: &str, mistake: &Mistake) -> String {
    let shown = quote::quoted(source.trim_end());
    match mistake.kind {
        MistakeKind::Unclosed => format!("{shown} is not closed"),
        MistakeKind::Unopened => format!("{shown} closes a placeholder that is not opened"),
        MistakeKind::ExtraBrace => format!("{shown} has a bracket too many"),
        MistakeKind::Blanks => format!("{shown} has blanks inside its brackets"),
        MistakeKind::Empty => format!("{shown} names no variable"),
        MistakeKind::Number if mistake.meant.is_some() => {
            format!("{shown} begins with a zero; numbers begin at 1")
        }
        MistakeKind::Number if source.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
            format!("{shown} is a number beyond all bounds")
        }
        MistakeKind::Number => format!("{shown} does not exist; numbers begin at 1"),
        MistakeKind::Digits => format!("{shown} is written with digits of another script"),
        MistakeKind::Invisible => format!("{shown} holds invisible characters{}", invisible(source)),
        MistakeKind::Name => format!("{shown} is not a name: {}", unwanted(source)),
        MistakeKind::SingleBraces | MistakeKind::Lookalike => format!("{shown} has other braces"),
        MistakeKind::Constant if source.ends_with('}') => format!("{shown} does not name a constant"),
        MistakeKind::Constant => format!("{shown} is not closed"),
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

fn help(mistake: &Mistake) -> String {
    match (&mistake.meant, mistake.kind) {
        (Some(meant), _) => format!("write {}", quote::quoted(meant)),
        (None, MistakeKind::Constant) => {
            "write `${name}` with a name from `constants`, or `\\${` for the characters".to_owned()
        }
        (None, MistakeKind::Name) => {
            "write a name of lower-case letters, digits and underscores, such as `{{customer}}`".to_owned()
        }
        (None, _) => "write `{{1}}` or `{{name}}`, or `\\{{` for the braces themselves".to_owned(),
    }
}

fn fix(text: &Text, piece: &Piece, mistake: &Mistake) -> Option<Fix> {
    let source = text.slice(piece);
    let safety = match mistake.kind {
        // The variable may be declared under yet another name, and where the name should end may be elsewhere.
        MistakeKind::Name => Safety::Unsafe,
        MistakeKind::Unclosed if !source.contains(['}', '>']) => Safety::Unsafe,
        _ => Safety::Safe,
    };
    let behind = source.get(source.trim_end().len()..)?;
    let by = format!("{}{behind}", mistake.meant.as_deref()?);
    mend::piece("write the placeholder as Meta reads it", safety, text, piece, &by)
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
