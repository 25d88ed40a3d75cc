//! Word lists: data, one file a language, read when a text of the language is met.
//!
//! ```text
//! # A comment.
//! [discount]
//! discount*, % off, special offer*
//! [discount weak]
//! deal*
//! ```
//!
//! A phrase is words with blanks between them, `*` at either end of a word stands for any letters, and `#`
//! for a number or a placeholder. What the headers mean is said in [`Signal`].

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::fold::{Folded, FoldedLine, Tokens};
use super::index::Index;
use super::signal::Signal;

/// The word lists by language: Meta's code without its region.
static LISTS: [List; 24] = [
    List::new("ar", include_str!("ar.txt")),
    List::new("cs", include_str!("cs.txt")),
    List::new("da", include_str!("da.txt")),
    List::new("de", include_str!("de.txt")),
    List::new("en", include_str!("en.txt")),
    List::new("es", include_str!("es.txt")),
    List::new("fa", include_str!("fa.txt")),
    List::new("fi", include_str!("fi.txt")),
    List::new("fr", include_str!("fr.txt")),
    List::new("hi", include_str!("hi.txt")),
    List::new("hu", include_str!("hu.txt")),
    List::new("id", include_str!("id.txt")),
    List::new("it", include_str!("it.txt")),
    List::new("ms", include_str!("ms.txt")),
    List::new("nb", include_str!("nb.txt")),
    List::new("nl", include_str!("nl.txt")),
    List::new("pl", include_str!("pl.txt")),
    List::new("pt", include_str!("pt.txt")),
    List::new("ro", include_str!("ro.txt")),
    List::new("ru", include_str!("ru.txt")),
    List::new("sv", include_str!("sv.txt")),
    List::new("tr", include_str!("tr.txt")),
    List::new("uk", include_str!("uk.txt")),
    List::new("vi", include_str!("vi.txt")),
];

/// The word list of a language that every business knows words of.
pub(crate) const ENGLISH: &str = "en";

struct List {
    language: &'static str,
    /// The language once more, as bytes.
    code: [u8; 2],
    data: &'static str,
    lexicon: OnceLock<Option<Lexicon>>,
}

/// The word list of one language, ready to search texts for.
#[derive(Debug)]
pub(crate) struct Lexicon {
    language: &'static str,
    entries: Vec<PhraseEntry>,
    /// What is asked of entries most, side by side.
    marks: Vec<Mark>,
    /// The signals that it has phrases for, a bit each: rules ask at every template, and lists are long.
    signals: u32,
    /// The entries that begin where a word does: their numbers, doubled, and one more for short common words.
    index: Index,
    /// Those that may begin inside of a word, and their numbers.
    inner: Option<(AhoCorasick, Vec<usize>)>,
    /// Whole samples that say nothing, sorted.
    lazy: Vec<Vec<u8>>,
    /// How long those are, a bit for each length.
    lazy_lengths: u64,
}

/// A phrase of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PhraseEntry {
    signal: Signal,
    is_weak: bool,
    /// What is looked for: the phrase as folded, up to a wildcard inside of it.
    head: Vec<u8>,
    /// The words after that wildcard.
    rest: Vec<Pattern>,
}

/// What a phrase says, in few bytes: whole entries of a dozen languages lie too far apart.
#[derive(Clone, Copy, Debug)]
struct Mark {
    signal: Signal,
    is_weak: bool,
    /// Whether its head is not all of it.
    has_rest: bool,
    /// How many bytes its head has.
    head: u16,
}

/// A word, or its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    word: Vec<u8>,
    is_open: bool,
}

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it says.
    pub(crate) signal: Signal,
    /// Whether it says so only together with others.
    pub(crate) is_weak: bool,
    /// Which entry of the list it is.
    pub(crate) entry: usize,
    /// Its words in the folded text.
    pub(super) range: Range<usize>,
}

/// A search for the phrases of a list in a text.
struct Search<'s> {
    lexicon: &'s Lexicon,
    text: &'s [u8],
    lines: &'s mut [FoldedLine],
    /// The line of the last single common word.
    line: usize,
    hits: Vec<Hit>,
}

impl List {
    const fn new(language: &'static str, data: &'static str) -> Self {
        let code = match language.as_bytes() {
            [first, second] => [*first, *second],
            _ => [0; 2],
        };
        Self { language, code, data, lexicon: OnceLock::new() }
    }
}

/// The word list of a language, by its code without the region. A list that is broken is none; a test reads
/// all of them.
pub(crate) fn of(language: &str) -> Option<&'static Lexicon> {
    // Asked for each version: two bytes at once are compared faster than texts by halves.
    let code = <[u8; 2]>::try_from(language.as_bytes()).ok()?;
    let list = LISTS.iter().find(|list| list.code == code)?;
    list.lexicon.get_or_init(|| Lexicon::new(list.language, list.data).ok()).as_ref()
}

/// A text has hardly more phrases than one in so many bytes.
const BYTES_PER_HIT: usize = 64;

impl Lexicon {
    /// Tokens that are looked at together.
    const AT_ONCE: usize = 32;

    fn new(language: &'static str, data: &str) -> Result<Self, String> {
        let entries = parse(data)?;
        if entries.len() > usize::from(Index::MOST) {
            return Err(format!("{} phrases, and {} are possible", entries.len(), Index::MOST));
        }
        let scanned = || entries.iter().enumerate().filter(|(_, entry)| entry.signal != Signal::FillerSample);
        let outer = scanned().filter(|(_, entry)| !entry.is_inner());
        let number =
            |number: usize, entry: &PhraseEntry| (number as u16) << 1 | u16::from(entry.is_common_word());
        let index = Index::new(outer.map(|(at, entry)| (number(at, entry), entry.head.as_slice())));
        let inner = inner(scanned().filter(|(_, entry)| entry.is_inner()))?;
        let lazy = entries.iter().filter(|entry| entry.signal == Signal::FillerSample);
        let mut lazy: Vec<_> = lazy.map(|entry| entry.head.clone()).collect();
        lazy.sort_unstable();
        let lazy_lengths = lazy.iter().fold(0, |lengths, known| lengths | length_bit(known));
        let signals = entries.iter().fold(0, |signals, entry| signals | entry.signal.bit());
        let marks = entries.iter().map(PhraseEntry::mark).collect();
        Ok(Self { language, entries, marks, signals, index, inner, lazy, lazy_lengths })
    }

    /// The language.
    pub(crate) fn language(&self) -> &'static str {
        self.language
    }

    /// Returns whether there are phrases for a signal.
    pub(crate) fn knows(&self, signal: Signal) -> bool {
        self.signals & signal.bit() != 0
    }

    /// Every phrase of the list in a folded text, in order. Common words are counted on their lines instead.
    pub(super) fn hits(&self, tokens: &Tokens, lines: &mut [FoldedLine]) -> Vec<Hit> {
        let text = tokens.text.as_slice();
        let mut search = Search { lexicon: self, text, lines, line: 0, hits: Vec::new() };
        for starts in tokens.starts.chunks(Self::AT_ONCE) {
            // First those that begin anything, without a branch: the processor looks up several at once.
            let (mut begun, mut count) = ([(0, 0); Self::AT_ONCE], 0);
            for at in starts {
                let lengths = self.index.lengths(text.get(*at..).unwrap_or_default());
                begun.get_mut(count).into_iter().for_each(|place| *place = (*at, lengths));
                count += usize::from(lengths != 0);
            }
            begun.iter().take(count).for_each(|(at, lengths)| search.at(*at, *lengths));
        }
        if let Some((automaton, numbers)) = &self.inner {
            for found in automaton.find_overlapping_iter(text) {
                let number = numbers.get(found.pattern().as_usize()).copied().unwrap_or_default();
                self.marks
                    .get(number)
                    .into_iter()
                    .for_each(|mark| search.found(number, *mark, found.start()));
            }
        }
        settle(&mut search.hits);
        search.hits
    }

    /// Returns whether a folded text is, as a whole, one that says nothing.
    pub(super) fn is_filler(&self, folded: &[u8]) -> bool {
        // Hardly any sample is as long as one of them.
        self.lazy_lengths & length_bit(folded) != 0
            && self.lazy.binary_search_by(|known| known.as_slice().cmp(folded)).is_ok()
    }
}

impl Search<'_> {
    /// Takes note of what begins at a token, by the lengths of keys that it may begin with.
    #[inline]
    fn at(&mut self, at: usize, lengths: u32) {
        let Self { lexicon, text, .. } = *self;
        let rest = text.get(at..).unwrap_or_default();
        lexicon.index.candidates(rest, lengths, |number, sure| {
            // Common words are found most often, and nothing but their ends is asked for.
            if number & 1 == 1 {
                return self.common_word(at + sure);
            }
            let number = usize::from(number >> 1);
            let Some(mark) = lexicon.marks.get(number) else { return };
            let stands = || lexicon.entries.get(number).is_some_and(|entry| rest.starts_with(&entry.head));
            if usize::from(mark.head) <= sure || stands() {
                self.found(number, *mark, at);
            }
        });
    }

    /// Takes note of a phrase whose head stands at a place.
    fn found(&mut self, number: usize, mark: Mark, at: usize) {
        let head = at + usize::from(mark.head);
        if mark.signal == Signal::StopWord {
            let line = self.lines.partition_point(|line| line.end < head);
            return self.count(line);
        }
        let end = word_end(self.text, head);
        let end = match self.lexicon.entries.get(number) {
            Some(entry) if mark.has_rest => entry.end(self.text, end),
            _ => Some(end),
        };
        if let Some(end) = end {
            if self.hits.is_empty() {
                self.hits.reserve(self.text.len() / BYTES_PER_HIT + 1);
            }
            let range = word_start(self.text, at)..end;
            self.hits.push(Hit { signal: mark.signal, is_weak: mark.is_weak, entry: number, range });
        }
    }

    /// Counts a single common word. They do not overlap, so that their lines come in order.
    fn common_word(&mut self, end: usize) {
        while self.lines.get(self.line).is_some_and(|line| line.end < end) {
            self.line += 1;
        }
        self.count(self.line);
    }

    fn count(&mut self, line: usize) {
        self.lines.get_mut(line).into_iter().for_each(|line| line.stop_words += 1);
    }
}

/// The bit of a text's length.
fn length_bit(text: &[u8]) -> u64 {
    1 << (text.len() % u64::BITS as usize)
}

/// What finds phrases inside of words: few languages have some.
fn inner<'a>(
    entries: impl Iterator<Item = (usize, &'a PhraseEntry)>,
) -> Result<Option<(AhoCorasick, Vec<usize>)>, String> {
    let (numbers, heads): (Vec<_>, Vec<_>) = entries.map(|(number, entry)| (number, &entry.head)).unzip();
    if numbers.is_empty() {
        return Ok(None);
    }
    let automaton = AhoCorasick::new(heads).map_err(|error| error.to_string())?;
    Ok(Some((automaton, numbers)))
}

impl PhraseEntry {
    /// Returns whether it may begin inside of a word.
    fn is_inner(&self) -> bool {
        !self.head.starts_with(b" ")
    }

    /// Returns whether it is one common word, so short that the index knows all of it.
    fn is_common_word(&self) -> bool {
        self.signal == Signal::StopWord
            && self.head.len() <= Index::SURE
            && !self.head.trim_ascii().contains(&b' ')
    }

    fn mark(&self) -> Mark {
        Mark {
            signal: self.signal,
            is_weak: self.is_weak,
            has_rest: !self.rest.is_empty(),
            head: self.head.len() as u16,
        }
    }

    /// Returns where the phrase ends, if the rest of it follows the last word of its head, which ends at a
    /// byte.
    fn end(&self, text: &[u8], head: usize) -> Option<usize> {
        let mut end = head;
        for pattern in &self.rest {
            let start = end + 1;
            end = next_blank(text, start);
            let word = text.get(start..end)?;
            let fits = if pattern.is_open { word.starts_with(&pattern.word) } else { word == pattern.word };
            if !fits || word.is_empty() {
                return None;
            }
        }
        Some(end)
    }
}

/// The end of the word that a match ends in.
fn word_end(text: &[u8], at: usize) -> usize {
    // A head that ends with a blank ends behind its word.
    let before = at.saturating_sub(1);
    if text.get(before) == Some(&b' ') {
        return before;
    }
    next_blank(text, at)
}

fn next_blank(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len())
}

/// The start of the word that a match begins in.
fn word_start(text: &[u8], at: usize) -> usize {
    if text.get(at) == Some(&b' ') {
        return at + 1;
    }
    let before = text.get(..at).unwrap_or_default();
    before.iter().rposition(|byte| *byte == b' ').map_or(0, |blank| blank + 1)
}

/// Puts phrases in order, and leaves out those that stand in a phrase that says they mean nothing.
fn settle(hits: &mut Vec<Hit>) {
    let harmless: Vec<Range<usize>> =
        hits.iter().filter(|hit| hit.signal == Signal::Exception).map(|hit| hit.range.clone()).collect();
    if !harmless.is_empty() {
        let inside = |hit: &Hit| {
            harmless.iter().any(|range| range.start <= hit.range.start && hit.range.end <= range.end)
        };
        hits.retain(|hit| !inside(hit) || !hit.signal.can_be_excepted());
    }
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.entry));
}

/// Nearly all lists have more, so that one is read into a place that it fits into.
const BYTES_PER_PHRASE: usize = 8;

fn parse(data: &str) -> Result<Vec<PhraseEntry>, String> {
    let mut entries = Vec::with_capacity(data.len() / BYTES_PER_PHRASE);
    let mut header: Option<(Signal, bool)> = None;
    let mut folded = Folded::default();
    for (number, line) in data.lines().enumerate() {
        let line = line.trim();
        let wrong = |what: &str| format!("line {}: {what}: {line}", number + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(words) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (word, is_weak) = words.strip_suffix(" weak").map_or((words, false), |word| (word, true));
            header = Some((Signal::new(word).ok_or_else(|| wrong("no such signal"))?, is_weak));
            continue;
        }
        let (signal, is_weak) = header.ok_or_else(|| wrong("a phrase before the first header"))?;
        for phrase in line.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
            entries.push(entry(phrase, signal, is_weak, &mut folded).ok_or_else(|| wrong("no phrase"))?);
        }
    }
    Ok(entries)
}

fn entry(phrase: &str, signal: Signal, is_weak: bool, buffer: &mut Folded) -> Option<PhraseEntry> {
    // A wildcard ends the head with the word that it stands in.
    let (head, rest) = match phrase.find("* ") {
        Some(at) => (phrase.get(..=at)?, phrase.get(at + 2..)?),
        None => (phrase, ""),
    };
    let (from_inside, inner) = head.strip_prefix('*').map_or((false, head), |inner| (true, inner));
    let (is_open, inner) = inner.strip_suffix('*').map_or((false, inner), |inner| (true, inner));
    if inner.contains('*') || inner.trim().is_empty() {
        return None;
    }
    let folded = folded(inner, buffer)?;
    let head = folded.get(usize::from(from_inside)..folded.len() - usize::from(is_open))?.to_owned();
    let rest = rest.split(' ').filter(|word| !word.is_empty()).map(|word| pattern(word, buffer));
    let rest = rest.collect::<Option<Vec<_>>>()?;
    Some(PhraseEntry { signal, is_weak, head, rest })
}

fn pattern(word: &str, buffer: &mut Folded) -> Option<Pattern> {
    let (is_open, inner) = word.strip_suffix('*').map_or((false, word), |inner| (true, inner));
    let word = folded(inner, buffer)?.trim_ascii().to_owned();
    (!word.iter().any(|byte| b" *.,".contains(byte))).then_some(Pattern { word, is_open })
}

/// A phrase as texts are folded; nothing where it has a sign that ends phrases.
fn folded<'f>(phrase: &str, folded: &'f mut Folded) -> Option<&'f [u8]> {
    // `#` keeps words apart in texts.
    match phrase.contains('#') {
        true => folded.read_str(&phrase.replace('#', "0")),
        false => folded.read_str(phrase),
    }
    let text = folded.tokens.text.as_slice();
    (text.len() > 2 && !text.iter().any(|byte| b".,".contains(byte))).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn found(data: &str, text: &str) -> Vec<String> {
        let lexicon = Lexicon::new("xx", data).expect("a list");
        let mut folded = Folded::default();
        folded.read_str(text);
        let hits = lexicon.hits(&folded.tokens, &mut folded.lines);
        let text = std::str::from_utf8(&folded.tokens.text).expect("a text");
        hits.into_iter().map(|hit| text[hit.range].to_owned()).collect()
    }

    #[test]
    fn every_list_can_be_read() {
        let mut problems = Vec::new();
        for list in &LISTS {
            assert!(
                of(list.language).is_some_and(|own| own.language() == list.language),
                "{}",
                list.language
            );
            let entries = parse(list.data).unwrap_or_else(|error| {
                problems.push(format!("{}: {error}", list.language));
                Vec::new()
            });
            let mut seen = BTreeSet::new();
            for entry in &entries {
                let rest: Vec<_> =
                    entry.rest.iter().map(|pattern| (&pattern.word, pattern.is_open)).collect();
                if !seen.insert((entry.signal, &entry.head, rest)) {
                    problems.push(format!("{}: twice: {:?}", list.language, str::from_utf8(&entry.head)));
                }
            }
            assert!(of(list.language).is_some() || !problems.is_empty(), "{}", list.language);
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert!(LISTS.is_sorted_by_key(|list| list.language));
        assert!(of("xx").is_none());
    }

    #[test]
    fn a_broken_list_is_refused_with_its_line() {
        for (data, line) in [
            ("discount*", "line 1: a phrase before"),
            ("[discount]\n\n[disscount]\nx", "line 3: no such signal"),
            ("[discount]\n*", "line 2: no phrase"),
            ("[discount]\na, sp*cial", "line 2: no phrase"),
            ("[discount]\nof. course", "line 2: no phrase"),
        ] {
            let error = Lexicon::new("xx", data).expect_err(data);
            assert!(error.starts_with(line), "{error}");
        }
    }

    #[test]
    fn more_phrases_than_an_index_takes_are_refused() {
        let list = |count: usize| {
            "[common]\n".to_owned() + &(0..count).map(|at| format!("a{at}\n")).collect::<String>()
        };
        assert!(Lexicon::new("xx", &list(40)).is_ok());
        let error = Lexicon::new("xx", &list(usize::from(Index::MOST) + 1)).expect_err("too many");
        assert_eq!(error, "32768 phrases, and 32767 are possible");
    }

    #[test]
    fn phrases_are_found_whole_and_open() {
        let data = "# A list.\n[discount]\ndiscount*, % off, free shipping, save #, *rabatt*, специальн* предложен*, *خفض\n";
        assert_eq!(found(data, "Take 20% OFF today"), ["% off"]);
        assert_eq!(found(data, "Free\nshipping and discounted"), ["free shipping", "discounted"]);
        assert_eq!(found(data, "Save 20 now, save more"), ["save #"]);
        assert_eq!(found(data, "Toll free. Shipping tomorrow, 5% offline"), Vec::<String>::new());
        assert_eq!(found(data, "Sommerrabatte"), ["sommerrabatte"]);
        assert_eq!(found(data, "специального предложения!"), ["специального предложения"]);
        assert_eq!(found(data, "специальный заказ"), Vec::<String>::new());
        assert_eq!(found(data, "والخفض خفضنا"), ["والخفض"]);
        assert_eq!(found(data, "% off"), ["% off"]);
        assert_eq!(found(data, "undiscounted"), Vec::<String>::new());
    }

    #[test]
    fn harmless_phrases_silence_what_stands_in_them() {
        let data = "[discount]\noffer*\n[harmless]\njob offer*\n";
        assert_eq!(found(data, "Our offer: a job offer"), ["offer", "job offer"]);
    }
}
