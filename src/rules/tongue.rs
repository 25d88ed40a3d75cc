//! The languages of lines. A line says nothing unless it is of some length and has none of the words that nearly every
//! sentence of its declared language has: only then is anything else looked at, because detection takes its time.

use std::ops::Range;

use whatlang::Lang;

use super::script::{self, Script};
use super::words::{self, Line, Said, Spoken};
use crate::model::{Part, SegmentKind};
use crate::source::Span;

/// Fewer letters than this say nothing.
const ENOUGH: usize = 24;
/// Fewer words than this may be names.
const FEW: usize = 4;
/// Words of another language that a line has to have where detection is sure of it.
const SURE: usize = 2;
/// The same where detection only supposes it.
const UNSURE: usize = 4;

/// Languages that detection knows and a list holds the common words of.
const KNOWN: [(Lang, &str, &str); 23] = [
    (Lang::Ara, "ar", "Arabic"),
    (Lang::Ces, "cs", "Czech"),
    (Lang::Dan, "da", "Danish"),
    (Lang::Deu, "de", "German"),
    (Lang::Eng, "en", "English"),
    (Lang::Fin, "fi", "Finnish"),
    (Lang::Fra, "fr", "French"),
    (Lang::Hin, "hi", "Hindi"),
    (Lang::Hun, "hu", "Hungarian"),
    (Lang::Ind, "id", "Indonesian"),
    (Lang::Ita, "it", "Italian"),
    (Lang::Nld, "nl", "Dutch"),
    (Lang::Nob, "nb", "Norwegian"),
    (Lang::Pes, "fa", "Persian"),
    (Lang::Pol, "pl", "Polish"),
    (Lang::Por, "pt", "Portuguese"),
    (Lang::Ron, "ro", "Romanian"),
    (Lang::Rus, "ru", "Russian"),
    (Lang::Spa, "es", "Spanish"),
    (Lang::Swe, "sv", "Swedish"),
    (Lang::Tur, "tr", "Turkish"),
    (Lang::Ukr, "uk", "Ukrainian"),
    (Lang::Vie, "vi", "Vietnamese"),
];

/// Languages that are too much alike to be told apart in a line.
const SIBLINGS: [&[&str]; 2] = [&["id", "ms"], &["da", "nb", "sv"]];

/// A line that is not in the language of its version.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    pub(super) part: Part,
    pub(super) span: Span,
    /// What it is written in: a language, or the letters of a script.
    pub(super) what: &'static str,
    pub(super) is_script: bool,
}

/// What the lines of a version are written in.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    pub(super) foreign: Vec<Foreign>,
    /// Whether a line of the body, or what is left of it, is in the declared language or too short to say.
    pub(super) has_own: bool,
}

/// Listens to a version.
pub(super) fn version(spoken: &Spoken<'_>) -> Heard {
    let mut heard = Heard::default();
    for said in spoken.texts.iter().filter(|said| !said.part.is_action()) {
        heard.has_own |= said.part == Part::Body && said.has_common;
        let mut start = 0;
        for line in &said.lines {
            let range = std::mem::replace(&mut start, line.end)..line.end;
            if is_doubtful(line) {
                heard.foreign.extend(foreign(spoken.lexicon.language(), said, range));
            }
        }
    }
    heard
}

/// Whether a line is long enough to have a common word of its language, and has none.
pub(super) fn is_doubtful(line: &Line) -> bool {
    line.common == 0 && line.letters >= ENOUGH
}

fn foreign(own: &'static str, said: &Said<'_>, line: Range<usize>) -> Option<Foreign> {
    let place = said.line(line)?;
    let text = plain(said, &place);
    let count = letters(&text);
    if count < ENOUGH || text.split_whitespace().count() < FEW {
        return None;
    }
    let found = |what, is_script| Foreign {
        part: said.part,
        span: said.text.span_of(place.clone()),
        what,
        is_script,
    };
    if let Some(script) = other_script(own, &text, count) {
        return (!script::is_also_typed(own, script)).then(|| found(script.name(), true));
    }
    language(own, &text).map(|name| found(name, false))
}

/// The words of a line: without placeholders, addresses, and names as far as capitals tell.
fn plain(said: &Said<'_>, place: &Range<usize>) -> String {
    let runs = said.text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Run);
    let inside = runs.filter_map(|piece| {
        let range = piece.range.start.max(place.start)..piece.range.end.min(place.end);
        said.text.as_str().get(range)
    });
    let joined = inside.collect::<Vec<_>>().join(" ");
    let mut first = true;
    let words = joined.split_whitespace().filter(|word| {
        let starts = std::mem::replace(&mut first, word.ends_with(['.', '!', '?', ':']));
        let name = !starts && word.chars().next().is_some_and(char::is_uppercase);
        !(name || word.contains("://") || word.contains('@') || word.starts_with("www."))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphabetic()).count()
}

/// The script of nearly all letters, if the language is not written in it.
fn other_script(own: &str, text: &str, count: usize) -> Option<Script> {
    let scripts = script::of_language(own);
    let mut foreign = text.chars().filter_map(script::of_letter).filter(|found| !scripts.contains(found));
    let first = foreign.next()?;
    let alike = 1 + foreign.filter(|found| *found == first).count();
    (alike * 10 > count * 9).then_some(first)
}

/// The language of a line, where detection and the common words of its list agree.
fn language(own: &str, text: &str) -> Option<&'static str> {
    let (code, name, is_sure) = detected(own, text)?;
    let alike = SIBLINGS.iter().any(|siblings| siblings.contains(&own) && siblings.contains(&code));
    let needed = if is_sure { SURE } else { UNSURE };
    (code != own && !alike && words::common(text, code) >= needed).then_some(name)
}

fn detected(own: &str, text: &str) -> Option<(&'static str, &'static str, bool)> {
    // Letters that Arabic does not have; and forms of letters that no Arabic keyboard writes.
    let persian = text.chars().filter(|letter| matches!(letter, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی')).count();
    let arabic = text.chars().filter(|letter| matches!(letter, 'ة' | 'ى' | 'ي' | 'ك')).count();
    match own {
        "ar" if persian > 1 && arabic == 0 => return Some(("fa", "Persian", true)),
        "fa" if arabic > 1 && persian == 0 => return Some(("ar", "Arabic", true)),
        _ => {}
    }
    let info = whatlang::detect(text)?;
    let (_, code, name) = KNOWN.iter().find(|(lang, ..)| *lang == info.lang())?;
    Some((code, name, info.is_reliable()))
}
