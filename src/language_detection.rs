//! Languages of lines. Only a line of a minimum length without a stop word of its declared language is
//! examined, because detection is slow.

use std::ops::Range;

use whatlang::Lang;

use crate::model::{Part, SegmentKind};
use crate::phrases::{self, MIN_LETTERS, PhraseMatches, ScannedText, ScannedVersion};
use crate::source::Span;
use crate::text::script::{self, Script};

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

/// Languages too similar to distinguish in a line.
const SIBLINGS: [&[&str]; 2] = [&["id", "ms"], &["da", "nb", "sv"]];

/// A line that is not in the language of its version.
#[derive(Clone, Debug)]
pub(crate) struct ForeignLine {
    pub(crate) part: Part,
    pub(crate) span: Span,
    /// The language or script of the line.
    pub(crate) what: &'static str,
    pub(crate) is_script: bool,
}

/// Languages of a version's lines.
#[derive(Clone, Debug, Default)]
pub struct DetectedLanguages {
    pub(crate) foreign: Vec<ForeignLine>,
    /// Whether a line of the body, or what is left of it, is in the declared language or too short to say.
    pub(crate) has_own: bool,
}

/// The languages of a template's lines, version by version.
pub fn of_template(scan: &PhraseMatches<'_>) -> Vec<DetectedLanguages> {
    scan.versions().map(of_version).collect()
}

fn of_version(version_matches: &ScannedVersion<'_>) -> DetectedLanguages {
    let mut heard = DetectedLanguages::default();
    for scanned in version_matches.texts.iter().filter(|scanned| !scanned.part.is_action()) {
        heard.has_own |= scanned.part == Part::Body && scanned.has_stop_word;
        let mut start = 0;
        for line in &scanned.lines {
            let range = std::mem::replace(&mut start, line.end)..line.end;
            if line.is_doubtful() {
                heard.foreign.extend(foreign(version_matches.lexicon.language(), scanned, range));
            }
        }
    }
    heard
}

fn foreign(own: &'static str, scanned: &ScannedText<'_>, line: Range<usize>) -> Option<ForeignLine> {
    let place = scanned.line(line)?;
    let text = plain(scanned, &place);
    let count = letters(&text);
    if count < MIN_LETTERS || text.split_whitespace().count() < FEW {
        return None;
    }
    let found = |what, is_script| ForeignLine {
        part: scanned.part,
        span: scanned.text.span_of(place.clone()),
        what,
        is_script,
    };
    if let Some(script) = other_script(own, &text, count) {
        return (!script::is_also_typed(own, script)).then(|| found(script.name(), true));
    }
    language(own, &text).map(|name| found(name, false))
}

/// The words of a line: without placeholders, addresses, and names as far as capitals tell.
fn plain(scanned: &ScannedText<'_>, place: &Range<usize>) -> String {
    let runs = scanned.text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Run);
    let inside = runs.filter_map(|piece| {
        let range = piece.range.start.max(place.start)..piece.range.end.min(place.end);
        scanned.text.as_str().get(range)
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
    (code != own && !alike && phrases::count_stop_words(text, code) >= needed).then_some(name)
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
