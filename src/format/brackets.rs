//! The brackets of placeholders, as the project wants them.

use super::doc::{Doc, DocValue, each};
use super::key_context::KeyContext;
use crate::syntax::text::{self, Brackets, Placeholder, Reference, SegmentKind};

/// Writes every placeholder of the texts that are sent with these brackets.
pub(super) fn in_doc(mut doc: Doc, wanted: Brackets) -> Doc {
    each(&mut doc.entries, KeyContext::Template, &mut |item, around| {
        let sent = around.is_sent(item.key.as_deref());
        if let DocValue::Text { text, .. } = &mut item.shape
            && sent
        {
            *text = in_text(text, wanted);
        }
    });
    doc
}

/// The same for one text. One that would read differently, as `{<<a>>}` would, stays as it is.
pub(super) fn in_text(text: &str, wanted: Brackets) -> String {
    let pieces = text::parse(text);
    let written = pieces.iter().map(|piece| match &piece.kind {
        SegmentKind::Placeholder(placeholder) => written(placeholder, wanted),
        _ => text.get(piece.range.clone()).unwrap_or_default().to_owned(),
    });
    let written: String = written.collect();
    let kinds = |text: &str| {
        let pieces = text::parse(text).into_iter().map(|piece| match piece.kind {
            SegmentKind::Placeholder(placeholder) => Err(placeholder.reference),
            kind => Ok(kind),
        });
        pieces.collect::<Vec<_>>()
    };
    if kinds(text) == kinds(&written) { written } else { text.to_owned() }
}

fn written(placeholder: &Placeholder, wanted: Brackets) -> String {
    let reference = match &placeholder.reference {
        Reference::Number(number) => number.to_string(),
        Reference::Name(name) => name.clone(),
    };
    match wanted {
        Brackets::Braces => format!("{{{{{reference}}}}}"),
        Brackets::Angles => format!("<<{reference}>>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_placeholders_change() {
        let text = r"<<a>> {{b}} \<<c>> \{{d}} ${e} {<<f>>x";
        assert_eq!(in_text(text, Brackets::Angles), r"<<a>> <<b>> \<<c>> \{{d}} ${e} {<<f>>x");
        assert_eq!(in_text("<<a>> {{1}}", Brackets::Braces), "{{a}} {{1}}");
        assert_eq!(in_text("{<<a>>}", Brackets::Braces), "{<<a>>}");
    }
}
