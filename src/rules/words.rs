//! What texts say, by the word lists of their languages: one look at each text for all rules that ask.

mod class;
mod fold;
mod index;
mod lexicon;
mod signal;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell, RefMut};
use std::ops::Range;

use super::script::is_alphanumeric;
use super::tongue::{self, Heard};
use crate::model::{Category, Part, SegmentKind, Template, Text, Version};
use crate::source::Span;
use fold::{Folded, Tokens};

pub(crate) use fold::Line;
pub(crate) use lexicon::{ENGLISH, Hit, Lexicon, of as lexicon};
pub(crate) use signal::Signal;

/// What the texts of a template say, version by version. Authentication templates have no texts of their own, and
/// languages without a word list are not among them.
#[derive(Debug, Default)]
pub struct Scan<'t> {
    versions: Vec<Spoken<'t>>,
    /// What any of them says, by the bits of signals.
    signals: u32,
    heard: OnceCell<Vec<Heard>>,
    /// The lists that samples are read by.
    lexicons: OnceCell<Vec<&'static Lexicon>>,
    /// What was folded last: its memory is taken for what is folded next.
    folded: RefCell<Folded>,
}

/// What the texts of a version say.
#[derive(Debug)]
pub(crate) struct Spoken<'t> {
    pub(crate) version: &'t Version,
    pub(crate) lexicon: &'static Lexicon,
    /// Its texts, and the addresses of its buttons.
    pub(crate) texts: Vec<Said<'t>>,
}

/// What a text says.
#[derive(Debug)]
pub(crate) struct Said<'t> {
    pub(crate) part: Part,
    pub(crate) text: &'t Text,
    /// The phrases in it, in order; they may overlap.
    pub(crate) hits: Vec<Hit>,
    /// Its lines, where one of them is none of the language as far as its common words tell; else nothing.
    pub(crate) lines: Vec<Line>,
    /// Whether any of its words is such that nearly every sentence of the language has some.
    pub(crate) has_common: bool,
    /// How many words it has.
    pub(crate) words: usize,
    /// The folded text, where another list than its language's may be asked.
    tokens: Option<Tokens>,
}

impl<'t> Scan<'t> {
    /// Looks at every text of a template.
    pub fn of(template: &'t Template) -> Self {
        if template.is(Category::Authentication) {
            return Self::default();
        }
        let mut folded = Folded::default();
        let mut signals = 0;
        let english = lexicon(ENGLISH);
        let versions = template.versions.iter().filter_map(|version| {
            let lexicon = lexicon(version.base())?;
            // What offers a way out in English is looked for in all languages.
            let keeps_folded = template.is(Category::Marketing) && lexicon.language() != ENGLISH;
            let texts = version.texts_and_urls();
            let texts =
                texts.map(|(part, text)| Said::of(part, text, lexicon, (english, keeps_folded), &mut folded));
            let texts: Vec<_> = texts.collect();
            let hits = texts.iter().flat_map(|said| &said.hits);
            signals = hits.fold(signals, |signals, hit| signals | hit.signal.bit());
            Some(Spoken { version, lexicon, texts })
        });
        let versions = versions.collect();
        Self { versions, signals, folded: RefCell::new(folded), ..Self::default() }
    }

    /// The versions whose words are known.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Spoken<'t>> {
        self.versions.iter()
    }

    /// Whether any text or address has a phrase of any of these signals, so that most rules need not look further.
    pub(crate) fn says_any(&self, signals: &[Signal]) -> bool {
        signals.iter().any(|signal| self.signals & signal.bit() != 0)
    }

    /// What the lines of each version are written in, listened to once for all rules that ask.
    pub(super) fn heard(&self) -> impl Iterator<Item = (&Spoken<'t>, &Heard)> {
        let heard = self.heard.get_or_init(|| self.versions.iter().map(tongue::version).collect());
        self.versions.iter().zip(heard)
    }

    /// The lists of its languages and the English one, each once.
    fn lexicons(&self) -> &[&'static Lexicon] {
        self.lexicons.get_or_init(|| {
            let own = self.versions.iter().map(|spoken| spoken.lexicon);
            let mut lexicons: Vec<_> = own.chain(lexicon(ENGLISH)).collect();
            lexicons.sort_by_key(|lexicon| lexicon.language());
            lexicons.dedup_by_key(|lexicon| lexicon.language());
            lexicons
        })
    }

    /// The texts whose words are known, version by version.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&Spoken<'t>, &Said<'t>)> {
        self.versions.iter().flat_map(|spoken| spoken.texts.iter().map(move |said| (spoken, said)))
    }
}

impl<'t> Spoken<'t> {
    /// Whether a phrase of a signal stands in any text that people see.
    pub(crate) fn says(&self, signal: Signal) -> bool {
        self.texts.iter().any(|said| !said.part.is_url() && said.hits.iter().any(|hit| hit.signal == signal))
    }

    /// The body.
    pub(crate) fn body(&self) -> Option<&Said<'t>> {
        self.texts.iter().find(|said| said.part == Part::Body)
    }

    /// How many placeholders its texts and addresses have.
    pub(crate) fn placeholders(&self) -> usize {
        self.texts.iter().map(|said| said.text.placeholders().count()).sum()
    }
}

impl<'t> Said<'t> {
    fn of(
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
        let has_common = folded.lines.iter().any(|line| line.common > 0);
        // Nearly all texts are in their language, and nobody asks for their lines.
        let lines =
            if folded.lines.iter().any(tongue::is_doubtful) { folded.lines.clone() } else { Vec::new() };
        let tokens = keeps_folded.then(|| folded.tokens.clone());
        Self { part, text, hits, lines, has_common, words: folded.words, tokens }
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

    /// Whether a phrase of a signal stands in it by a list that is not its language's own.
    pub(crate) fn says_by(&self, lexicon: &Lexicon, signal: Signal) -> bool {
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

    /// Where phrases stand in the text, to the character.
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
        // Blanks around tokens belong to none.
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
pub(crate) struct Reader<'s> {
    lexicons: &'s [&'static Lexicon],
    folded: RefMut<'s, Folded>,
}

impl<'s> Reader<'s> {
    /// A reader of the samples of a template. One lives at a time: they fold in the same memory.
    pub(crate) fn new(scan: &'s Scan<'_>) -> Self {
        Self { lexicons: scan.lexicons(), folded: scan.folded.borrow_mut() }
    }

    /// Whether a text is one that says nothing.
    pub(crate) fn is_lazy(&mut self, text: &str) -> bool {
        self.folded.read_str(text);
        let folded = self.folded.tokens.text.as_slice();
        self.lexicons.iter().any(|lexicon| lexicon.is_lazy(folded))
    }

    /// Whether a phrase stands in a text.
    pub(crate) fn finds(&mut self, text: &str, wanted: impl Fn(&Hit) -> bool) -> bool {
        self.folded.read_str(text);
        self.lexicons.iter().any(|lexicon| lexicon.hits(&self.folded.tokens, &mut []).iter().any(&wanted))
    }
}

/// Where phrases of a signal stand in a text, by a list that is not its language's own.
pub(crate) fn borrowed(text: &Text, lexicon: &Lexicon, signal: Signal) -> Vec<Range<usize>> {
    let mut folded = Folded::default();
    folded.read(text);
    let hits = lexicon.hits(&folded.tokens, &mut []);
    let ranges: Vec<_> = hits.into_iter().filter(|hit| hit.signal == signal).map(|hit| hit.range).collect();
    fold::places(text, &ranges)
}

/// How many of a text's words are such that nearly every sentence of a language has some.
pub(crate) fn common(text: &str, language: &str) -> usize {
    let Some(lexicon) = lexicon(language) else { return 0 };
    let mut folded = Folded::default();
    folded.read_str(text);
    lexicon.hits(&folded.tokens, &mut folded.lines);
    folded.lines.iter().map(|line| line.common).sum()
}

/// How many runs between blanks have a letter or a digit, up to as many as are asked for.
fn runs_between_blanks(text: &str, enough: usize) -> usize {
    let (mut count, mut rest) = (0, text);
    while count < enough {
        let Some((at, _)) = rest.char_indices().find(|(_, character)| is_alphanumeric(*character)) else {
            break;
        };
        count += 1;
        rest = rest.get(at..).and_then(behind_run).unwrap_or_default();
    }
    count
}

/// What follows the blank behind the run that a text begins with.
fn behind_run(text: &str) -> Option<&str> {
    let mut from = 0;
    loop {
        // Only the blanks of ASCII are told by one byte; others begin as characters do that are none.
        let may_be_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ' | 0xc2 | 0xe1..=0xe3);
        let at = from + text.as_bytes().get(from..)?.iter().position(may_be_blank)?;
        let mut characters = text.get(at..)?.chars();
        if characters.next()?.is_whitespace() {
            return Some(characters.as_str());
        }
        from = at + 1;
    }
}

/// How many words people would count, up to as many as are asked for.
pub(super) fn count(text: &Text, enough: usize) -> usize {
    // Runs between blanks, so that `don't` is one word and a date is one word.
    let mut left = enough;
    for piece in &text.pieces {
        left -= match piece.kind {
            SegmentKind::Run => runs_between_blanks(text.slice(piece), left),
            SegmentKind::Constant(_) => left.min(1),
            _ => 0,
        };
        if left == 0 {
            break;
        }
    }
    enough - left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::runs_between_blanks;

    proptest! {
        #[test]
        fn words_are_runs_between_blanks(text in "[aé1字ш.\u{301}\u{a0}\u{3000}\u{2009}\u{200d} \t\n]{0,24}") {
            let words = text.split(char::is_whitespace);
            let words = words.filter(|word| word.chars().any(char::is_alphanumeric)).count();
            for enough in 1..5 {
                prop_assert_eq!(runs_between_blanks(&text, enough), words.min(enough));
            }
        }
    }
}
