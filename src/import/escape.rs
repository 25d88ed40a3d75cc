//! Texts as Meta has them, to texts of the source.

use crate::syntax::text::{self, Brackets, Reference, SegmentKind};

/// The longest text whose signs are looked at one by one; Meta's longest has 1,024 characters.
const MAX_TEXT: usize = 16 * 1024;

/// Returns the source of a text: special characters are escaped, and `name` replaces numbers by names. `None` for a text
/// that is longer than Meta accepts.
pub fn source_text(wire: &str, name: &dyn Fn(u32) -> Option<String>) -> Option<String> {
    if wire.len() > MAX_TEXT {
        return None;
    }
    let mut source = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some(escape) = until_escape(rest, &mut source, name) {
        // A backslash that would escape the next character is doubled; the next character is processed again.
        source.push_str("\\\\");
        rest = rest.get(escape + 1..).unwrap_or_default();
    }
    Some(source)
}

/// Writes a text up to the start of an escape, and returns that position.
fn until_escape(wire: &str, source: &mut String, name: &dyn Fn(u32) -> Option<String>) -> Option<usize> {
    for piece in text::parse(wire) {
        let slice = wire.get(piece.range.clone()).unwrap_or_default();
        match piece.kind {
            SegmentKind::Escape => return Some(piece.range.start),
            SegmentKind::Constant(_) => *source += &format!("\\{slice}"),
            SegmentKind::Placeholder(placeholder) => match (placeholder.brackets, placeholder.reference) {
                (Brackets::Angles, _) => *source += &format!("\\{slice}"),
                (Brackets::Braces, Reference::Number(number)) => match name(number) {
                    Some(name) => *source += &format!("{{{{{name}}}}}"),
                    None => source.push_str(slice),
                },
                (Brackets::Braces, Reference::Name(_)) => source.push_str(slice),
            },
            SegmentKind::Run | SegmentKind::FormatMarker | SegmentKind::Malformed(_) => {
                source.push_str(slice)
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::source_text;

    #[test]
    fn what_means_something_in_a_source_is_escaped() {
        let plain = |wire: &str| source_text(wire, &|_| None).expect("a text");
        assert_eq!(plain("Hi {{1}}, *{{name}}*"), "Hi {{1}}, *{{name}}*");
        assert_eq!(plain("<<a>> ${b} \\{{1}} \\\\ \\n { 1 }"), "\\<<a>> \\${b} \\\\{{1}} \\\\\\ \\n { 1 }");
        let named = source_text("{{1}} {{2}}", &|number| (number == 2).then(|| "two".into()));
        assert_eq!(named.as_deref(), Some("{{1}} {{two}}"));
        assert_eq!(source_text(&"\\\\".repeat(20_000), &|_| None), None);
    }
}
