//! What people bring from other languages, read as it is meant: comments in `//`, a colon or `=` between a word and its
//! value, and words of the DSL's own with a slip in them.

use std::borrow::Cow;

use super::Statement;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::rules;
use crate::syntax::tree::ScalarStyle;

/// Marks that begin a comment elsewhere.
const FOREIGN_COMMENTS: [&str; 3] = ["//", "--", "/*"];

/// Words that no table of keys knows, so that nobody after the parser could guess them, with the most letters that may
/// differ: `samples` and `example` are words of their own.
const OWN_WORDS: [(&str, usize); 3] = [("button", 2), ("variable", 2), ("sample", 1)];

/// The statement as it is meant, with what is wrong about it reported; `None` where it is none.
pub(super) fn recover<'s>(
    mut statement: Statement<'s>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Statement<'s>> {
    if FOREIGN_COMMENTS.iter().any(|mark| statement.word.starts_with(mark)) {
        let mark = Span::new(statement.span.source, range(statement.word_span.start, 2));
        diagnostics.push(fault(mark, "a comment begins with `#`", "write `#` instead").fix(
            "write `#`",
            mark,
            "#",
        ));
        return None;
    }
    drop_colon(&mut statement, diagnostics);
    drop_equals(&mut statement, diagnostics);
    // The plural is a key of its own: `buttons []` takes those away that a language would inherit.
    let is_plural = matches!(&*statement.word, "buttons" | "variables") && statement.scalar(0).is_none();
    if let Some(meant) = misspelt(&statement.word).filter(|_| !is_plural) {
        let message = format!("`{}` is not a statement", statement.word);
        diagnostics.push(fault(statement.word_span, &message, &format!("did you mean `{meant}`?")));
        statement.word = Cow::Borrowed(meant);
    }
    Some(statement)
}

fn drop_colon(statement: &mut Statement<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(bare) = statement.word.strip_suffix(':').filter(|bare| !bare.is_empty()) else { return };
    let bare = bare.to_owned();
    let colon = Span::new(statement.span.source, range(statement.word_span.end - 1, 1));
    diagnostics.push(
        fault(
            colon,
            "unexpected `:` (keys and values are separated by a space)",
            &format!("write `{bare}` followed by a space"),
        )
        .fix("delete the colon", colon, ""),
    );
    statement.word = Cow::Owned(bare);
    statement.word_span.end -= 1;
}

fn drop_equals(statement: &mut Statement<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plain_equals = |scalar: &super::Scalar<'_>| scalar.style == ScalarStyle::Plain && scalar.text == "=";
    if !statement.scalar(0).is_some_and(plain_equals) {
        return;
    }
    let equals = statement.values.remove(0).span;
    diagnostics.push(
        fault(equals, "unexpected `=` (keys and values are separated by a space)", "write a space instead")
            .fix("take the sign out", equals, ""),
    );
}

fn misspelt(word: &str) -> Option<&'static str> {
    let differs = |own: &str| strsim::damerau_levenshtein(word, own);
    let close = |(own, most): &&(&'static str, usize)| (1..=*most).contains(&differs(own));
    OWN_WORDS.iter().find(close).filter(|_| word != "samples").map(|(own, _)| *own)
}

fn fault(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&rules::DSL_SYNTAX, span, message).help(help)
}

fn range(start: u32, length: u32) -> std::ops::Range<usize> {
    start as usize..(start + length) as usize
}
