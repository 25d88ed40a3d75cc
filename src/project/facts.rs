//! What is kept of a template once it was checked by itself, so that templates can be held beside each other without
//! keeping all of them.

use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use super::{Shape, Sketch};
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
    /// Whether the file has pieces that could not be read, so that what is absent proves nothing.
    pub incomplete: bool,
    /// A hash of the names of the variables that are declared, and one of their types as well.
    pub variables: (u64, u64),
    /// The languages, in source order.
    pub versions: Box<[VersionFacts]>,
}

/// What is kept of one language.
#[derive(Clone, Debug)]
pub struct VersionFacts {
    /// A place that stands for the version.
    pub span: Span,
    /// The language.
    pub language: Option<Spanned<Language>>,
    /// The body, where it says anything.
    pub body: Option<Span>,
    /// The footer, where it is a text.
    pub footer: Option<Span>,
    /// A hash of body and footer with single blanks, where all placeholders are alike.
    pub text: u64,
    /// The same text, so that nearly equal ones are found; nothing where it says too little.
    pub sketch: Option<Sketch>,
    /// What it is made of.
    pub shape: Shape,
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
            incomplete: template.incomplete,
            variables: declared(template),
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
        let folded = folded(version);
        Self {
            span: version.span,
            language: version.language,
            body: body.map(|body| body.span),
            footer: version.footer_text().map(|footer| footer.span),
            text: hash([folded.as_str()]),
            sketch: Sketch::of(&folded),
            shape: Shape::of(version),
        }
    }

    /// The code of the language, or words for its absence.
    pub fn code(&self) -> &'static str {
        self.language.map_or("(no language)", |language| language.value.code())
    }
}

/// A hash of texts, in order; the same in each run of one build, which is all that is asked of it.
pub(super) fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// Hashes of the variables that a template declares: of their names, and of names and types.
fn declared(template: &Template) -> (u64, u64) {
    if template.variables.is_empty() {
        return (0, 0);
    }
    let variables = template.variables.iter();
    let mut variables: Vec<_> =
        variables.map(|variable| (variable.reference.value.to_string(), variable.kind.word())).collect();
    variables.sort();
    let names = hash(variables.iter().map(|(name, _)| name.as_str()));
    (names, hash(variables.iter().flat_map(|(name, kind)| [name.as_str(), *kind])))
}

/// Body and footer with single blanks, where all placeholders are alike.
fn folded(version: &Version) -> String {
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
    folded.truncate(folded.trim_end().len());
    folded
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
