//! Positions of placeholders in a text.

use crate::lint::TemplateView;
use crate::model::{Segment, SegmentKind, Text};
use crate::text::script::is_alphanumeric;

/// The text between a placeholder and the edge of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// Only whitespace.
    Whitespace,
    /// Punctuation, emoji or formatting marks, and no word.
    Punctuation,
}

/// An edge of a text, or both where a placeholder is all that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextEdge {
    Start,
    End,
    Both,
}

impl TextEdge {
    /// Verb for a text with a placeholder at this edge.
    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Start => "starts with",
            Self::End => "ends with",
            Self::Both => "consists only of",
        }
    }

    /// Preposition for where to add words.
    pub(crate) fn preposition(self) -> &'static str {
        match self {
            Self::Start => "before",
            Self::End => "after",
            Self::Both => "around",
        }
    }
}

/// The placeholders nearest to the edges of a template's bodies, card bodies included, that `between` separates from
/// the edge.
pub(crate) fn at_edges_of_bodies<'t>(
    template: &TemplateView<'t>,
    wanted: Separator,
) -> impl Iterator<Item = (&'t Text, &'t Segment, TextEdge)> {
    let bodies = template.bodies_and_cards();
    let edges = bodies.flat_map(|(_, _, text)| at_edges(text).into_iter().map(move |edge| (text, edge)));
    edges
        .filter(move |(_, (_, between, _))| *between == wanted)
        .map(|(text, (piece, _, edge))| (text, piece, edge))
}

/// Returns the placeholders nearest to the edges, if no word separates them from the edge.
fn at_edges(text: &Text) -> Vec<(&Segment, Separator, TextEdge)> {
    match (nearest(text, text.pieces.iter()), nearest(text, text.pieces.iter().rev())) {
        (Some((piece, before)), Some((last, after))) if piece == last => {
            let bare = before == Separator::Whitespace || after == Separator::Whitespace;
            vec![(piece, if bare { Separator::Whitespace } else { Separator::Punctuation }, TextEdge::Both)]
        }
        (first, last) => {
            let first = first.map(|(piece, between)| (piece, between, TextEdge::Start));
            let last = last.map(|(piece, between)| (piece, between, TextEdge::End));
            first.into_iter().chain(last).collect()
        }
    }
}

fn nearest<'t>(text: &Text, pieces: impl Iterator<Item = &'t Segment>) -> Option<(&'t Segment, Separator)> {
    let mut between = Separator::Whitespace;
    for piece in pieces {
        match piece.kind {
            SegmentKind::Placeholder(_) => return Some((piece, between)),
            SegmentKind::FormatMarker => between = Separator::Punctuation,
            SegmentKind::Run if text.slice(piece).chars().any(is_alphanumeric) => return None,
            SegmentKind::Run if !text.slice(piece).trim().is_empty() => between = Separator::Punctuation,
            SegmentKind::Run => {}
            _ => return None,
        }
    }
    None
}

/// Returns the placeholders that only whitespace and formatting markers separate from the previous one.
pub(crate) fn adjacent(text: &Text) -> Vec<&Segment> {
    let mut found = Vec::new();
    let mut touching = false;
    for piece in &text.pieces {
        match piece.kind {
            SegmentKind::Placeholder(_) => {
                found.extend(touching.then_some(piece));
                touching = true;
            }
            SegmentKind::FormatMarker => {}
            SegmentKind::Run if !touching || text.slice(piece).trim_start().is_empty() => {}
            _ => touching = false,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    /// Rules on placeholder positions that report a body.
    fn broken(language: &str, body: &str) -> Vec<&'static str> {
        let mut sources = Sources::default();
        let text = format!(
            "name: note\ncategory: utility\nlanguage: {language}\nvariables: {{ a: Amelia, b: Grant }}\nbody: \"{body}\"\n"
        );
        sources.add("note.yaml", text);
        let checked = check::check(&sources, &LintSettings::default());
        let ids = checked.diagnostics.into_iter().map(|diagnostic| diagnostic.rule.id);
        ids.filter(|id| id.contains("placeholder")).collect()
    }

    #[test]
    fn edges_are_bare_or_near() {
        for (body, expected) in [
            ("{{a}} is who we are waiting for", "placeholder-at-edge"),
            ("  {{a}} is who we are waiting for", "placeholder-at-edge"),
            ("We are all waiting for {{a}} ", "placeholder-at-edge"),
            ("We are all waiting for {{a}}.", "placeholder-near-edge"),
            ("We are all waiting for *{{a}}*", "placeholder-near-edge"),
            ("We are all waiting for {{a}} 🎉", "placeholder-near-edge"),
            ("«{{a}}» is who we are waiting for", "placeholder-near-edge"),
        ] {
            assert_eq!(broken("en_US", body), [expected], "{body}");
        }
        assert!(broken("en_US", "We are all waiting for {{a}} today").is_empty());
        assert!(broken("en_US", "We are all waiting for {{a}} ${shop}").is_empty());
    }

    #[test]
    fn neighbours_need_a_word_or_punctuation() {
        assert_eq!(
            broken("en_US", "Dear {{a}} *{{b}}*, your order is on its way"),
            ["adjacent-placeholders"]
        );
        assert!(broken("en_US", "Dear {{a}}, {{b}} is on its way to you").is_empty());
    }

    #[test]
    fn words_are_counted_where_they_are_written_apart() {
        assert_eq!(broken("en_US", "Order {{a}} from {{b}} today"), ["too-many-placeholders"]);
        assert!(broken("en_US", "Order {{a}} from {{b}} comes today, isn't it").is_empty());
        assert!(broken("ja", "ご注文{{a}}は{{b}}で発送").is_empty());
    }
}
