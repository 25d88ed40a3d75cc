//! Where placeholders stand in a text.

use super::View;
use super::script::is_alphanumeric;
use crate::model::{Segment, SegmentKind, Text};

/// What stands between a placeholder and the edge of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// Nothing but blanks.
    Blanks,
    /// Punctuation, emoji or formatting marks, and no word.
    Signs,
}

/// An edge of a text, or both where a placeholder is all that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    End,
    Both,
}

impl Edge {
    /// What a text does with a placeholder there.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Start => "begins with",
            Self::End => "ends with",
            Self::Both => "is nothing but",
        }
    }

    /// Where words belong.
    pub(super) fn place(self) -> &'static str {
        match self {
            Self::Start => "before",
            Self::End => "after",
            Self::Both => "around",
        }
    }
}

/// The placeholders nearest to the edges of a template's bodies, those of cards too, where this stands between them and
/// the edge.
pub(super) fn at_edges_of_bodies<'t>(
    template: &View<'t>,
    wanted: Between,
) -> impl Iterator<Item = (&'t Text, &'t Segment, Edge)> {
    let bodies = template.bodies_and_cards();
    let edges = bodies.flat_map(|(_, _, text)| at_edges(text).into_iter().map(move |edge| (text, edge)));
    edges
        .filter(move |(_, (_, between, _))| *between == wanted)
        .map(|(text, (piece, _, edge))| (text, piece, edge))
}

/// The placeholders nearest to the two edges, where no word stands between them and the edge.
fn at_edges(text: &Text) -> Vec<(&Segment, Between, Edge)> {
    match (nearest(text, text.pieces.iter()), nearest(text, text.pieces.iter().rev())) {
        (Some((piece, before)), Some((last, after))) if piece == last => {
            let bare = before == Between::Blanks || after == Between::Blanks;
            vec![(piece, if bare { Between::Blanks } else { Between::Signs }, Edge::Both)]
        }
        (first, last) => {
            let first = first.map(|(piece, between)| (piece, between, Edge::Start));
            let last = last.map(|(piece, between)| (piece, between, Edge::End));
            first.into_iter().chain(last).collect()
        }
    }
}

fn nearest<'t>(text: &Text, pieces: impl Iterator<Item = &'t Segment>) -> Option<(&'t Segment, Between)> {
    let mut between = Between::Blanks;
    for piece in pieces {
        match piece.kind {
            SegmentKind::Placeholder(_) => return Some((piece, between)),
            SegmentKind::FormatMarker => between = Between::Signs,
            SegmentKind::Run if text.slice(piece).chars().any(is_alphanumeric) => return None,
            SegmentKind::Run if !text.slice(piece).trim().is_empty() => between = Between::Signs,
            SegmentKind::Run => {}
            _ => return None,
        }
    }
    None
}

/// The placeholders that have nothing but blanks and marks between them and the one before.
pub(super) fn adjacent(text: &Text) -> Vec<&Segment> {
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

    /// The rules that a body breaks, of those that look at where placeholders stand.
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
