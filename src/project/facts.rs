//! What is kept of a template once it was checked by itself, so that templates can be held beside each other without
//! keeping all of them.

use std::hash::{DefaultHasher, Hasher as _};

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
    for (index, word) in text.split(char::is_whitespace).enumerate() {
        if index > 0 && !folded.ends_with(' ') {
            folded.push(' ');
        }
        folded.push_str(word);
    }
}
