//! What is kept of a template once it was checked by itself, so that templates can be held beside each other without
//! keeping all of them.

use std::hash::{DefaultHasher, Hasher as _};

use super::sketch::Sketcher;
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
        let (text, sketch) = taken(version);
        Self {
            span: version.span,
            language: version.language,
            body: body.map(|body| body.span),
            footer: version.footer_text().map(|footer| footer.span),
            text,
            sketch,
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

/// The hash and the sketch of body and footer, with single blanks and all placeholders alike.
fn taken(version: &Version) -> (u64, Option<Sketch>) {
    let mut words = Words::default();
    for text in [version.body_text(), version.footer_text()].into_iter().flatten() {
        for piece in &text.pieces {
            match piece.kind {
                PieceKind::Placeholder(_) => words.take("{}"),
                _ => words.take(text.slice(piece)),
            }
        }
        words.take("\n");
    }
    (words.hash, words.sketcher.sketch())
}

/// Takes in a text byte by byte, without making one: every body of a project comes by here.
#[derive(Debug)]
struct Words {
    sketcher: Sketcher,
    hash: u64,
    /// Of blanks in a row the first counts, and those at either end do not.
    is_after_blank: bool,
}

impl Default for Words {
    fn default() -> Self {
        // FNV-1a, with its own start (Fowler, Noll, Vo).
        Self { sketcher: Sketcher::default(), hash: 0xcbf2_9ce4_8422_2325, is_after_blank: false }
    }
}

impl Words {
    fn take(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.is_after_blank = true;
                continue;
            }
            if std::mem::take(&mut self.is_after_blank) && !self.sketcher.is_empty() {
                self.byte(b' ');
            }
            if let Ok(byte) = u8::try_from(u32::from(character))
                && byte.is_ascii()
            {
                self.byte(byte);
            } else {
                character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.byte(byte));
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        self.sketcher.take(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::{Sketch, Words};

    #[test]
    fn blanks_in_a_row_are_one() {
        let taken = |texts: &[&str]| {
            let mut words = Words::default();
            texts.iter().for_each(|text| words.take(text));
            words.hash
        };
        for (text, same) in [("a  b\n\tc", "a b c"), ("\u{a0}a\u{3000} \u{2009}b\u{85}", "a b"), ("", " ")] {
            assert_eq!(taken(&[text]), taken(&[same]), "{text:?}");
        }
        assert_eq!(taken(&["a ", " b"]), taken(&["a b"]));
        for (one, other) in [("a b", "ab"), ("«a»\u{200b}", "«a»"), ("a", "b"), ("é", "e")] {
            assert_ne!(taken(&[one]), taken(&[other]), "{one:?}");
        }
        let blanks = (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace());
        assert!(blanks.into_iter().all(|blank| taken(&[&format!("a{blank}b")]) == taken(&["a b"])));
    }

    #[test]
    fn the_sketch_is_that_of_the_folded_text() {
        let text = "Your order {} has left our warehouse today, and it will be with you before evening.";
        let mut words = Words::default();
        text.split(' ').for_each(|word| words.take(&format!("{word} \n")));
        assert_eq!(words.sketcher.sketch(), Sketch::of(text));
    }
}
