//! What is kept of a template once it was checked by itself, so that templates can be held beside each other without
//! keeping all of them.

use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use crate::model::{Category, Language, PieceKind, Template, TemplateName, Version};
use crate::source::{SourceId, Span, Spanned};

/// What is kept of a template.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The file.
    pub source: SourceId,
    /// A place that stands for the whole.
    pub span: Span,
    /// The name.
    pub name: Option<Spanned<TemplateName>>,
    /// The category as declared.
    pub category: Option<Spanned<Category>>,
    /// Account names or globs as written; empty means all.
    pub accounts: Box<[String]>,
    /// The languages, in source order.
    pub versions: Box<[VersionFacts]>,
}

/// What is kept of one language.
#[derive(Clone, Debug)]
pub struct VersionFacts {
    /// The language.
    pub language: Option<Spanned<Language>>,
    /// The body, where it says anything.
    pub body: Option<Span>,
    /// A hash of body and footer with single blanks, where all placeholders are alike.
    pub text: u64,
}

impl Facts {
    /// What is kept of a template.
    pub fn of(template: &Template) -> Self {
        Self {
            source: template.source,
            span: template.span,
            name: template.name.clone(),
            category: template.category,
            accounts: template.metadata.accounts.iter().map(|account| account.value.clone()).collect(),
            versions: template.versions.iter().map(VersionFacts::of).collect(),
        }
    }

    /// The name, or words for its absence.
    pub fn title(&self) -> &str {
        self.name.as_ref().map_or("(no name)", |name| name.value.as_str())
    }

    /// Whether the category is this one.
    pub fn is(&self, category: Category) -> bool {
        self.category.is_some_and(|own| own.value == category)
    }

    /// Whether both live in one account. Accounts are compared as they are written; globs that overlap are not
    /// looked into.
    pub fn shares_an_account(&self, other: &Self) -> bool {
        let (a, b) = (&self.accounts, &other.accounts);
        a.is_empty() || b.is_empty() || a.iter().any(|account| b.contains(account))
    }
}

impl VersionFacts {
    fn of(version: &Version) -> Self {
        let body = version.body_text().filter(|body| !body.is_blank());
        Self { language: version.language, body: body.map(|body| body.span), text: folded(version) }
    }
}

/// A hash of body and footer with single blanks, where all placeholders are alike.
fn folded(version: &Version) -> u64 {
    let mut folded = String::new();
    for text in [version.body_text(), version.footer_text()].into_iter().flatten() {
        for piece in &text.pieces {
            match piece.kind {
                PieceKind::Placeholder(_) => folded.push_str("{}"),
                _ => fold(text.slice(piece), &mut folded),
            }
        }
        fold("\n", &mut folded);
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(folded.trim_end().as_bytes());
    hasher.finish()
}

/// Takes in a text; of blanks in a row only the first counts.
fn fold(text: &str, folded: &mut String) {
    let mut rest = text;
    while let Some(blank) = first_blank(rest) {
        folded.push_str(rest.get(..blank.start).unwrap_or_default());
        if !folded.ends_with(' ') {
            folded.push(' ');
        }
        rest = rest.get(blank.end..).unwrap_or_default();
    }
    folded.push_str(rest);
}

/// The bytes of the first blank of a text.
fn first_blank(text: &str) -> Option<Range<usize>> {
    // The first bytes of all of them; some of other characters as well.
    let begins = |byte: &u8| matches!(byte, 9..=13 | b' ' | 0xc2 | 0xe1..=0xe3);
    let mut from = 0;
    loop {
        let at = from + text.as_bytes().get(from..)?.iter().position(begins)?;
        let character = text.get(at..)?.chars().next()?;
        let end = at + character.len_utf8();
        if character.is_whitespace() {
            return Some(at..end);
        }
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn blanks_in_a_row_are_one() {
        for (text, expected) in [
            ("a  b\n\tc", "a b c"),
            ("\u{a0}a\u{3000} \u{2009}b\u{85}", " a b "),
            ("«a»\u{200b}—é ሀ", "«a»\u{200b}—é ሀ"),
            ("", ""),
        ] {
            let mut folded = String::new();
            fold(text, &mut folded);
            assert_eq!(folded, expected, "{text:?}");
        }
        for blank in (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace())
        {
            let mut folded = String::new();
            fold(&format!("a{blank}b"), &mut folded);
            assert_eq!(folded, "a b", "{blank:?}");
        }
    }
}
