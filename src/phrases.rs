//! Phrase matching. Each text is scanned once; rules share the result.

mod class;
mod fold;
mod index;
mod lexicon;
mod signal;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell, RefMut};
use std::ops::Range;

use crate::model::{Category, Part, Template, Text, Version};
use crate::source::Span;
use fold::{Folded, Tokens};

pub(crate) use fold::{FoldedLine, MIN_LETTERS};
pub(crate) use lexicon::{ENGLISH, Hit, Lexicon, of as lexicon};
pub(crate) use signal::Signal;

/// Phrases in the texts of a template, version by version. Authentication templates have no custom texts, and
/// languages without a word list are not among them.
#[derive(Debug, Default)]
pub struct PhraseMatches<'t> {
    versions: Vec<ScannedVersion<'t>>,
    /// Bit set of all signals found.
    signals: u32,
    /// The lists that samples are read by.
    lexicons: OnceCell<Vec<&'static Lexicon>>,
    /// Buffer for folded text, reused for the next text.
    folded: RefCell<Folded>,
}

/// Phrases in the texts of a version.
#[derive(Debug)]
pub(crate) struct ScannedVersion<'t> {
    pub(crate) version: &'t Version,
    pub(crate) lexicon: &'static Lexicon,
    /// Its texts, and the addresses of its buttons.
    pub(crate) texts: Vec<ScannedText<'t>>,
}

/// Phrases in a text.
#[derive(Debug)]
pub(crate) struct ScannedText<'t> {
    pub(crate) part: Part,
    pub(crate) text: &'t Text,
    /// The phrases in it, in order; they may overlap.
    pub(crate) hits: Vec<Hit>,
    /// Lines, if at least one has no stop word of the declared language; otherwise empty.
    pub(crate) lines: Vec<FoldedLine>,
    /// Whether the text has a stop word of the language.
    pub(crate) has_stop_word: bool,
    /// Number of words.
    pub(crate) words: usize,
    /// Folded text, if the phrases of another language may be searched.
    tokens: Option<Tokens>,
}

impl<'t> PhraseMatches<'t> {
    /// Looks at every text of a template.
    pub fn scan(template: &'t Template) -> Self {
        if template.is(Category::Authentication) {
            return Self::default();
        }
        let mut folded = Folded::default();
        let mut signals = 0;
        let english = lexicon(ENGLISH);
        let versions = template.versions.iter().filter_map(|version| {
            let lexicon = lexicon(version.base())?;
            // English opt-outs are searched in all languages.
            let keeps_folded = template.is(Category::Marketing) && lexicon.language() != ENGLISH;
            let texts = version.texts_and_urls();
            let texts = texts.map(|(part, text)| {
                ScannedText::scan(part, text, lexicon, (english, keeps_folded), &mut folded)
            });
            let texts: Vec<_> = texts.collect();
            let hits = texts.iter().flat_map(|scanned| &scanned.hits);
            signals = hits.fold(signals, |signals, hit| signals | hit.signal.bit());
            Some(ScannedVersion { version, lexicon, texts })
        });
        let versions = versions.collect();
        Self { versions, signals, folded: RefCell::new(folded), ..Self::default() }
    }

    /// The versions whose words are known.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &ScannedVersion<'t>> {
        self.versions.iter()
    }

    /// Returns whether any text or URL has a phrase of one of these signals.
    pub(crate) fn has_any_signal(&self, signals: &[Signal]) -> bool {
        signals.iter().any(|signal| self.signals & signal.bit() != 0)
    }

    /// The lists of its languages and the English one, each once.
    fn lexicons(&self) -> &[&'static Lexicon] {
        self.lexicons.get_or_init(|| {
            let own = self.versions.iter().map(|version_matches| version_matches.lexicon);
            let mut lexicons: Vec<_> = own.chain(lexicon(ENGLISH)).collect();
            lexicons.sort_by_key(|lexicon| lexicon.language());
            lexicons.dedup_by_key(|lexicon| lexicon.language());
            lexicons
        })
    }

    /// The texts whose words are known, version by version.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&ScannedVersion<'t>, &ScannedText<'t>)> {
        self.versions.iter().flat_map(|version_matches| {
            version_matches.texts.iter().map(move |scanned| (version_matches, scanned))
        })
    }
}

impl<'t> ScannedVersion<'t> {
    /// Returns whether a visible text has a phrase of a signal.
    pub(crate) fn has_signal(&self, signal: Signal) -> bool {
        self.texts
            .iter()
            .any(|scanned| !scanned.part.is_url() && scanned.hits.iter().any(|hit| hit.signal == signal))
    }

    /// The body.
    pub(crate) fn body(&self) -> Option<&ScannedText<'t>> {
        self.texts.iter().find(|scanned| scanned.part == Part::Body)
    }

    /// Returns the number of placeholders in its texts and URLs.
    pub(crate) fn placeholders(&self) -> usize {
        self.texts.iter().map(|scanned| scanned.text.placeholders().count()).sum()
    }
}

impl<'t> ScannedText<'t> {
    fn scan(
        part: Part,
        text: &'t Text,
        lexicon: &Lexicon,
        (english, keeps_folded): (Option<&Lexicon>, bool),
        folded: &mut Folded,
    ) -> Self {
        folded.read(text);
        let mut hits = lexicon.hits(&folded.tokens, &mut folded.lines);
        // Addresses are English more often than not.
        if let Some(english) = english.filter(|_| part.is_url() && lexicon.language() != ENGLISH) {
            hits.extend(english.hits(&folded.tokens, &mut folded.lines));
        }
        let has_stop_word = folded.lines.iter().any(|line| line.stop_words > 0);
        // Lines are kept only for texts that may be in another language.
        let lines =
            if folded.lines.iter().any(FoldedLine::is_doubtful) { folded.lines.clone() } else { Vec::new() };
        let tokens = keeps_folded.then(|| folded.tokens.clone());
        Self { part, text, hits, lines, has_stop_word, words: folded.words, tokens }
    }

    /// The folded text, anew where it was not kept: few ask for it.
    fn tokens(&self) -> Cow<'_, Tokens> {
        if let Some(tokens) = &self.tokens {
            return Cow::Borrowed(tokens);
        }
        let mut folded = Folded::default();
        folded.read(self.text);
        Cow::Owned(folded.tokens)
    }

    /// Returns whether a phrase list of another language finds a signal in the text.
    pub(crate) fn has_signal_in(&self, lexicon: &Lexicon, signal: Signal) -> bool {
        lexicon.hits(&self.tokens(), &mut []).iter().any(|hit| hit.signal == signal)
    }

    /// The phrases of a signal, the longest of those that overlap.
    pub(crate) fn phrases(&self, wanted: impl Fn(&Hit) -> bool) -> Vec<&Hit> {
        let mut found: Vec<&Hit> = Vec::new();
        for hit in self.hits.iter().filter(|hit| wanted(hit)) {
            if found.last().is_none_or(|last| last.range.end <= hit.range.start) {
                found.push(hit);
            }
        }
        found
    }

    /// Returns the ranges of phrases in the text.
    pub(crate) fn places(&self, hits: &[&Hit]) -> Vec<Range<usize>> {
        let ranges: Vec<_> = hits.iter().map(|hit| hit.range.clone()).collect();
        fold::places(self.text, &ranges)
    }

    /// The source of a phrase.
    pub(crate) fn span(&self, hit: &Hit) -> Span {
        let place = self.places(&[hit]).into_iter().next();
        place.map_or(self.text.span, |place| self.text.span_of(place))
    }

    /// A phrase as it is written.
    pub(crate) fn written(&self, hit: &Hit) -> String {
        let place = self.places(&[hit]).into_iter().next();
        place.and_then(|place| self.text.as_str().get(place)).unwrap_or_default().to_owned()
    }

    /// The bytes of a line, by its place in the folded text.
    pub(crate) fn line(&self, folded: Range<usize>) -> Option<Range<usize>> {
        // Spaces around tokens belong to no token.
        let inner = folded.start + 1..folded.end.saturating_sub(1);
        fold::places(self.text, std::slice::from_ref(&inner)).into_iter().next()
    }

    /// The phrases in lower case, each once, in order.
    pub(crate) fn words_of(&self, hits: &[&Hit]) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for place in self.places(hits) {
            let word = self.text.as_str().get(place).unwrap_or_default().to_lowercase();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// A phrase of one signal and one of another in the same sentence, which no guard takes back.
    pub(crate) fn pair(&self, first: Signal, second: Signal, guard: Signal) -> Option<(&Hit, &Hit)> {
        let of = |signal| self.hits.iter().filter(move |hit| hit.signal == signal);
        if of(first).next().is_none() || of(second).next().is_none() {
            return None;
        }
        let tokens = self.tokens();
        let together = |one: &Hit, other: &Hit| {
            let (before, after) =
                if one.range.start < other.range.start { (one, other) } else { (other, one) };
            !fold::is_broken(&tokens.text, before.range.end..after.range.start.max(before.range.end))
        };
        let guarded = |hit: &Hit| of(guard).any(|guard| together(guard, hit));
        let asks = of(first).flat_map(|ask| of(second).map(move |what| (ask, what)));
        let mut asks = asks.filter(|(ask, what)| together(ask, what) && !guarded(ask) && !guarded(what));
        asks.next()
    }
}

/// Reads samples and other plain texts by the lists of a template's languages, and by the English one.
#[derive(Debug)]
pub(crate) struct SampleReader<'s> {
    lexicons: &'s [&'static Lexicon],
    folded: RefMut<'s, Folded>,
}

impl<'s> SampleReader<'s> {
    /// A reader of the samples of a template. One lives at a time: they fold in the same memory.
    pub(crate) fn new(scan: &'s PhraseMatches<'_>) -> Self {
        Self { lexicons: scan.lexicons(), folded: scan.folded.borrow_mut() }
    }

    /// Returns whether a sample is a filler.
    pub(crate) fn is_filler(&mut self, text: &str) -> bool {
        self.folded.read_str(text);
        let folded = self.folded.tokens.text.as_slice();
        self.lexicons.iter().any(|lexicon| lexicon.is_filler(folded))
    }

    /// Returns whether a text contains a phrase.
    pub(crate) fn finds(&mut self, text: &str, wanted: impl Fn(&Hit) -> bool) -> bool {
        self.folded.read_str(text);
        self.lexicons.iter().any(|lexicon| lexicon.hits(&self.folded.tokens, &mut []).iter().any(&wanted))
    }
}

/// Returns the ranges that a phrase list of another language finds for a signal.
pub(crate) fn matches_in(text: &Text, lexicon: &Lexicon, signal: Signal) -> Vec<Range<usize>> {
    let mut folded = Folded::default();
    folded.read(text);
    let hits = lexicon.hits(&folded.tokens, &mut []);
    let ranges: Vec<_> = hits.into_iter().filter(|hit| hit.signal == signal).map(|hit| hit.range).collect();
    fold::places(text, &ranges)
}

/// Counts the stop words of a text.
pub(crate) fn count_stop_words(text: &str, language: &str) -> usize {
    let Some(lexicon) = lexicon(language) else { return 0 };
    let mut folded = Folded::default();
    folded.read_str(text);
    lexicon.hits(&folded.tokens, &mut folded.lines);
    folded.lines.iter().map(|line| line.stop_words).sum()
}
