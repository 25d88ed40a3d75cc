//! `foreign-placeholder`.

use std::ops::Range;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Key, PlaceholderError, PlaceholderErrorKind, Segment, SegmentKind, Text};
use crate::rule;
use crate::rules::support::fixes;
use crate::rules::support::quote;

rule! {
    /// A placeholder uses the syntax of another template engine.
    ///
    /// `[[1]]`, `<1>`, `%1$s`, `%s`, `{% … %}` and `\{\{1\}\}` are placeholders in other programs. In
    /// WhatsApp they are plain text, and recipients see them unchanged. The same is true for `｛｛1｝｝` and
    /// other look-alike braces. Those are errors, because they are never intended.
    ///
    /// ```yaml fails
    /// body: Your order [[1]] is on its way and arrives soon.
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} is on its way and arrives soon.", samples: [A-1041] }
    /// ```
    pub(crate) static RULE = {
        id: "foreign-placeholder",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["param-braces"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(b"[<%\\\xe2\xef"),
    }
}

/// Longest placeholder that is looked for, in bytes.
const LONGEST: usize = 128;

/// First bytes of placeholders of other engines.
const BEGINS: &[u8] = b"[<%\\";

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts();
    let foreign = texts.flat_map(|(_, _, text)| of_text(template, text));
    let mistakes = template
        .texts_and_urls()
        .flat_map(|(_, _, text)| text.mistakes().map(move |(piece, mistake)| (text, piece, mistake)));
    let lookalikes = mistakes.filter(|(_, _, mistake)| mistake.kind == PlaceholderErrorKind::Lookalike);
    foreign.chain(lookalikes.map(|(text, piece, mistake)| lookalike(text, piece, mistake))).collect()
}

/// Reports look-alike braces, which recipients would see unchanged.
fn lookalike(text: &Text, piece: &Segment, mistake: &PlaceholderError) -> Diagnostic {
    let shown = quote::quoted(text.slice(piece));
    let message = format!("{shown} has look-alike braces, which are plain text");
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message).severity(Severity::Error);
    let Some(meant) = &mistake.meant else { return diagnostic.help("use `{{name}}` for a variable") };
    let diagnostic = diagnostic.help(format!("write `{meant}`"));
    match fixes::piece("correct the placeholder syntax", Safety::Safe, text, piece, meant) {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    }
}

fn of_text(template: &TemplateView<'_>, text: &Text) -> Vec<Diagnostic> {
    let whole = text.as_str();
    let mut found = Vec::new();
    if !text.bytes().has_any(BEGINS) {
        return found;
    }
    let mut at = 0;
    let begins = |pair: &[u8; 2]| matches!(pair, b"[[" | b"{%" | b"\\{" | [b'<' | b'%', _]);
    while let Some(start) = whole.as_bytes().get(at..).and_then(|rest| rest.array_windows().position(begins))
    {
        let start = at + start;
        at = start + 1;
        let foreign = whole.get(start..).and_then(|rest| foreign(template, rest));
        let Some((length, meant)) = foreign else { continue };
        let range = start..start + length;
        at = range.end;
        // Doubled signs are placeholders of our own, or mistakes that other rules explain.
        if is_plain(text, &range) && !whole.get(..start).is_some_and(|before| before.ends_with(['<', '%'])) {
            found.push(diagnostic(text, range, meant.as_deref()));
        }
    }
    found
}

/// The placeholder of another engine that a text begins with: its length, and the name or number that it
/// means.
fn foreign(template: &TemplateView<'_>, text: &str) -> Option<(usize, Option<String>)> {
    // Looking only so far keeps a text of nothing but brackets linear.
    let near = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    let between = |open: &str, close: &str| {
        let inner = near.strip_prefix(open)?;
        let inner = inner.get(..inner.find(close)?)?;
        Some((open.len() + inner.len() + close.len(), inner))
    };
    let known = |(length, inner): (usize, &str)| {
        let name = inner.trim();
        let number = !name.is_empty() && name.len() < 4 && name.bytes().all(|byte| byte.is_ascii_digit());
        let variable = || template.variables.find(Key::new(name)).is_some();
        (number || variable()).then(|| (length, Some(name.to_owned())))
    };
    let block = || between("{%", "%}").map(|(length, _)| (length, None));
    between("[[", "]]")
        .and_then(known)
        .or_else(|| between("<", ">").and_then(known))
        .or_else(|| between("\\{\\{", "\\}\\}").and_then(known))
        .or_else(block)
        .or_else(|| printf(text))
}

/// `%s`, `%d`, `%@` and `%1$s`, where no word goes on behind them.
fn printf(text: &str) -> Option<(usize, Option<String>)> {
    let rest = text.strip_prefix('%')?;
    let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (number, letter) = match rest.get(digits..)?.strip_prefix('$') {
        Some(letter) if digits > 0 => (rest.get(..digits), letter),
        _ if digits == 0 => (None, rest),
        _ => return None,
    };
    let ends = letter.strip_prefix(['s', 'd', '@'])?;
    let length = text.len() - ends.len();
    (!ends.starts_with(char::is_alphanumeric)).then(|| (length, number.map(str::to_owned)))
}

/// Returns whether a range is plain text, outside of placeholders and malformed placeholders.
fn is_plain(text: &Text, range: &Range<usize>) -> bool {
    // Pieces lie end to end, so that the first is found without walking all of them.
    let first = text.pieces.partition_point(|piece| piece.range.end <= range.start);
    let from = text.pieces.iter().skip(first);
    let mut touched = from.take_while(|piece| piece.range.start < range.end);
    touched.all(|piece| matches!(piece.kind, SegmentKind::Run | SegmentKind::FormatMarker))
}

fn diagnostic(text: &Text, range: Range<usize>, meant: Option<&str>) -> Diagnostic {
    let written = text.as_str().get(range.clone()).unwrap_or_default();
    let message =
        format!("{} is not a WhatsApp placeholder and is sent as plain text", quote::quoted(written));
    let diagnostic = Diagnostic::new(&RULE, text.span_of(range.clone()), message)
        .label("recipients would see it unchanged");
    let Some(meant) = meant else {
        return diagnostic.help("use `{{name}}` for a variable, or remove it");
    };
    let meant = format!("{{{{{meant}}}}}");
    let diagnostic = diagnostic.help(format!("write `{meant}`"));
    match fixes::replace(text, range, &meant) {
        Some(edit) => diagnostic.with_fix(Fix {
            title: "use WhatsApp syntax".to_owned(),
            safety: Safety::Unsafe,
            edits: vec![edit],
        }),
        None => diagnostic,
    }
}

cases! {
    fails: [
        "body: Your order «[[1]]» is on its way to you.",
        "body: Your order «<1>» is on its way to you.",
        "body: Your order «%1$s» of «%s» is on its way to you.",
        "body: Your order «{% if a %}» is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order «[[ order ]]» is on its way to you.",
        "body: Your order «｛｛1｝｝» is on its way to you.",
        "body: Your order «\\{\\{1\\}\\}» is on its way to you.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «<1>» is on its way to you.\"\n}",
    ],
    passes: [
        "body: Your order [1] (see [[note]]) is on its way to you.",
        "body: Your 5% discount, 100 %, <b>, <3 and a < b are all in the order.",
        "body: Save 20% sustainably on the delivery of your order.",
        "body: { text: 'Your orders {{1}} and <<2>> are on their way.', samples: [A-1, B-2] }",
        "body: Your order is on its way, 50%send it back.",
    ],
}
