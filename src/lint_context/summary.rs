//! Per-template summary used by cross-file rules, so that they can compare templates without
//! keeping all of them.

use super::{MinHash, Structure};
use crate::hash;
use crate::model::{Category, Language, SegmentKind, Template, TemplateName, Text, Version};
use crate::source::{SourceId, Span, Spanned};

/// Summary of a template.
#[derive(Clone, Debug)]
pub struct TemplateSummary {
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
    /// `true` if the file has pieces that could not be read, so that an absent part proves nothing.
    pub incomplete: bool,
    /// A hash of the names of the variables that are declared, and one of their types as well.
    pub variables: (u64, u64),
    /// The languages, in source order.
    pub versions: Box<[VersionSummary]>,
}

/// Summary of one language. There are hundreds of thousands, so that every byte of it counts.
#[derive(Clone, Debug)]
pub struct VersionSummary {
    source: SourceId,
    span: CompactSpan,
    language: Option<Language>,
    language_span: CompactSpan,
    body: CompactSpan,
    footer: CompactSpan,
    /// A hash of body and footer with collapsed whitespace, where all placeholders are alike.
    pub text: u64,
    /// The sketch of that text, to find nearly equal ones; `None` if the text is too short.
    pub sketch: Option<MinHash>,
    /// `true` if the source of body or footer differs from its text: escapes or malformed placeholders.
    pub is_escaped: bool,
    /// Its components.
    pub shape: Structure,
}

/// A place in a file that is known, or nothing: a first byte and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CompactSpan {
    start: u32,
    end: u32,
}

impl TemplateSummary {
    /// Summarizes a template.
    pub fn new(template: &Template) -> Self {
        let mut words = WordHasher::default();
        Self {
            source: template.source,
            span: template.span,
            name: template.name.clone(),
            category: template.category,
            accounts: template.metadata.accounts.iter().map(|account| account.value.clone()).collect(),
            incomplete: template.incomplete,
            variables: declared(template),
            versions: template
                .versions
                .iter()
                .map(|version| VersionSummary::new(version, &mut words))
                .collect(),
        }
    }

    /// The name, or words for its absence.
    pub fn title(&self) -> &str {
        self.name.as_ref().map_or("(no name)", |name| name.value.as_str())
    }

    /// Returns whether the category is this one.
    pub fn is(&self, category: Category) -> bool {
        self.category.is_some_and(|own| own.value == category)
    }

    /// Returns whether both belong to one account. Accounts are compared as written; overlapping globs are
    /// not detected.
    pub fn shares_an_account(&self, other: &Self) -> bool {
        let (a, b) = (&self.accounts, &other.accounts);
        a.is_empty() || b.is_empty() || a.iter().any(|account| b.contains(account))
    }
}

impl VersionSummary {
    fn new(version: &Version, words: &mut WordHasher) -> Self {
        let body = version.body_text().filter(|body| !body.is_blank());
        words.read(version);
        let footer = version.footer_text().map(|footer| footer.span);
        Self {
            source: version.span.source,
            span: CompactSpan::new(version.span),
            language: version.language.map(|language| language.value),
            language_span: version
                .language
                .map_or(CompactSpan::NOTHING, |language| CompactSpan::new(language.span)),
            body: body.map_or(CompactSpan::NOTHING, |body| CompactSpan::new(body.span)),
            footer: footer.map_or(CompactSpan::NOTHING, CompactSpan::new),
            text: hash::texts([words.text.as_slice()]),
            sketch: MinHash::new(&words.text),
            is_escaped: texts_of_content(version)
                .any(|text| text.has_escapes() || text.kinds().has_mistakes()),
            shape: Structure::new(version),
        }
    }

    /// A place that stands for the version.
    pub fn span(&self) -> Span {
        self.span.in_source(self.source)
    }

    /// The language.
    pub fn language(&self) -> Option<Spanned<Language>> {
        self.language.map(|language| Spanned::new(language, self.language_span.in_source(self.source)))
    }

    /// The body, unless it is empty.
    pub fn body(&self) -> Option<Span> {
        self.body.get(self.source)
    }

    /// The footer, where it is a text.
    pub fn footer(&self) -> Option<Span> {
        self.footer.get(self.source)
    }

    /// The code of the language, or words for its absence.
    pub fn code(&self) -> &'static str {
        self.language.map_or("(no language)", Language::code)
    }
}

impl CompactSpan {
    /// Nothing: no place ends before it begins.
    const NOTHING: Self = Self { start: 1, end: 0 };

    fn new(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }

    fn in_source(self, source: SourceId) -> Span {
        Span { source, start: self.start, end: self.end }
    }

    fn get(self, source: SourceId) -> Option<Span> {
        (self != Self::NOTHING).then(|| self.in_source(source))
    }
}

/// Body and footer.
fn texts_of_content(version: &Version) -> impl Iterator<Item = &Text> {
    version.body_text().into_iter().chain(version.footer_text())
}

/// Hashes of the variables that a template declares: of their names, and of names and types.
fn declared(template: &Template) -> (u64, u64) {
    if template.variables.is_empty() {
        return (0, 0);
    }
    let variables = template.variables.iter();
    let mut variables: Vec<_> =
        variables.map(|variable| (variable.reference.value.to_string(), variable.kind.as_str())).collect();
    variables.sort();
    let names = hash::texts(variables.iter().map(|(name, _)| name.as_str()));
    (names, hash::texts(variables.iter().flat_map(|(name, kind)| [name.as_str(), *kind])))
}

/// A text with collapsed whitespace: the first character of each run is kept, and both ends are trimmed.
#[derive(Debug, Default)]
struct WordHasher {
    text: Vec<u8>,
    is_after_blank: bool,
}

impl WordHasher {
    /// Body and footer, with all placeholders alike.
    fn read(&mut self, version: &Version) {
        self.text.clear();
        self.text.reserve(texts_of_content(version).map(|text| text.len() as usize + 1).sum());
        for text in texts_of_content(version) {
            let is_even =
                !(text.bytes().has_any(&OTHER_BLANKS) || has_blanks_in_a_row(text.as_str().as_bytes()));
            for piece in &text.pieces {
                match piece.kind {
                    SegmentKind::Placeholder(_) => self.word("{}"),
                    _ if is_even => self.take_even(text.slice(piece)),
                    _ => self.take(text.slice(piece)),
                }
            }
            self.is_after_blank = true;
        }
        self.is_after_blank = false;
    }

    /// Copies a text unchanged but for line endings: it has only common whitespace, and no two in a row.
    fn take_even(&mut self, text: &str) {
        let is_first = self.text.is_empty();
        let text = if is_first || self.is_after_blank { text.trim_start_matches([' ', '\n']) } else { text };
        if self.is_after_blank && !is_first {
            self.text.push(b' ');
        }
        let from = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        let taken = self.text.get_mut(from..).unwrap_or_default();
        taken.iter_mut().for_each(|byte| *byte = if *byte == b'\n' { b' ' } else { *byte });
        self.is_after_blank = self.text.pop_if(|last| *last == b' ').is_some();
    }

    /// Copies any text, and collapses its whitespace.
    fn take(&mut self, text: &str) {
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            self.is_after_blank |= index > 0;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if std::mem::take(&mut self.is_after_blank) && !self.text.is_empty() {
            self.text.push(b' ');
        }
        self.text.extend_from_slice(word.as_bytes());
    }
}

/// Returns whether two spaces or line breaks are adjacent. An early exit would cost more than it saves.
fn has_blanks_in_a_row(text: &[u8]) -> bool {
    let is_blank = |byte: u8| (byte == b' ') | (byte == b'\n');
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, other)| found | (is_blank(*one) & is_blank(*other)))
}

/// Lead bytes of the less common whitespace; they begin other characters as well.
const OTHER_BLANKS: [u8; 8] = [b'\t', 0x0b, 0x0c, b'\r', 0xc2, 0xe1, 0xe2, 0xe3];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{OTHER_BLANKS, VersionSummary, WordHasher, has_blanks_in_a_row};

    #[test]
    fn what_is_kept_of_a_version_is_small() {
        assert!(size_of::<VersionSummary>() <= 168, "{}", size_of::<VersionSummary>());
    }

    #[test]
    fn blanks_in_a_row_are_one() {
        let taken = |texts: &[&str]| {
            let mut words = WordHasher::default();
            texts.iter().for_each(|text| words.take(text));
            words.text
        };
        for (text, same) in [("a  b\n\tc", "a b c"), ("\u{a0}a\u{3000} \u{2009}b\u{85}", "a b"), ("", " ")] {
            assert_eq!(taken(&[text]), taken(&[same]), "{text:?}");
        }
        assert_eq!(taken(&["a ", " b"]), b"a b");
        for (one, other) in [("a b", "ab"), ("«a»\u{200b}", "«a»"), ("a", "b"), ("é", "e")] {
            assert_ne!(taken(&[one]), taken(&[other]), "{one:?}");
        }
        let blanks = (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace());
        assert!(blanks.into_iter().all(|blank| taken(&[&format!("a{blank}b")]) == b"a b"));
    }

    #[test]
    fn other_blanks_are_known_by_their_first_bytes() {
        let blanks = (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace());
        for blank in blanks.filter(|blank| !matches!(blank, ' ' | '\n')) {
            assert!(OTHER_BLANKS.contains(&blank.to_string().as_bytes()[0]), "{blank:?}");
        }
    }

    proptest! {
        #[test]
        fn even_texts_are_taken_as_all_others(texts in prop::collection::vec("[ab\u{e9} \n]{0,12}", 0..5)) {
            let (mut even, mut any) = (WordHasher::default(), WordHasher::default());
            for text in &texts {
                match has_blanks_in_a_row(text.as_bytes()) {
                    true => even.take(text),
                    false => even.take_even(text),
                }
                any.take(text);
            }
            prop_assert_eq!(&even.text, &any.text);
        }
    }
}
