//! `near-duplicate`.

use std::num::NonZeroU16;
use std::ops::Range;
use std::time::Duration;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::hash;
use crate::lint_context::{MinHash, Project, TemplateSummary, VersionSummary};
use crate::rule;
use crate::rules::support::trigram_counts::TrigramCounts;
use crate::source::Span;

rule! {
    /// Two templates have nearly the same text.
    ///
    /// At least 95 % of the characters of their bodies and footers are equal. Reviewers may treat such a
    /// template as a second attempt at the first one, and senders may confuse the two. Authentication
    /// templates are exempt.
    ///
    /// ```yaml fails
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// body: Your order is packed and has left our warehouse; it will be with you in two or three days.
    /// --- order_sent.yaml
    /// name: order_sent
    /// body: Your order is packed and has left our warehouse. It will be with you in two or three days.
    /// ```
    ///
    /// ```yaml passes
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// body: Your order is packed and has left our warehouse; it will be with you in two or three days.
    /// --- order_ready.yaml
    /// name: order_ready
    /// body: Your order is packed and waits for you in our store, where we keep it for two weeks.
    /// ```
    pub(crate) static RULE = {
        id: "near-duplicate",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["policy-near-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

/// Minimum percentage of equal cells in two sketches for the texts to be compared. A changed letter changes the eight
/// runs that contain it. For texts of 400 letters with 95 % similarity, 87 % of the cells are expected to be equal if
/// the texts differ in one place, and 74 % if they differ in five.
const MIN_SKETCH_MATCHES: usize = 65;
/// Maximum number of earlier texts to compare with. Text that a large project shares must not make this
/// quadratic.
const MAX_COMPARISONS: usize = 3;
/// Maximum number of texts under one key, for the same reason.
const MAX_BUCKET: usize = 8;
/// Time limit of one comparison.
const DIFF_TIMEOUT: Duration = Duration::from_millis(50);
/// Minimum share of equal characters.
const MIN_SIMILARITY: f64 = 0.95;
/// Slack for escapes, in letters: the text is compared as it is in its file, and the stored summary has no escapes.
/// Our choice.
const ESCAPES: f64 = 6.0;
/// Slack for quotes and spaces at the end, and for rounding.
const ENDS: f64 = 2.0;

type TemplateVersion<'a> = (&'a TemplateSummary, &'a VersionSummary);

pub(crate) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut sides: Vec<TemplateVersion<'_>> = Vec::with_capacity(project.version_count());
    sides.extend(project.versions_with_text().filter(|(_, version)| version.sketch.is_some()));
    let pairs = pairs(&sides);
    let met = pairs.chunk_by(|one, other| one.0 == other.0);
    met.filter_map(|met| {
        let (later, _) = met.first()?;
        let earlier = met.iter().filter_map(|(_, earlier)| sides.get(*earlier as usize).copied());
        nearest(project, *sides.get(*later as usize)?, earlier)
    })
    .collect()
}

/// Bands that are looked at together: each look at all that is kept of all texts has to fetch it from afar,
/// and all bands at once would take a sixth of the memory that is kept.
const AT_ONCE: usize = 2;

/// The texts that meet in a band and may be nearly the same: each with the earlier ones.
fn pairs(sides: &[TemplateVersion<'_>]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let count = |version: &VersionSummary| version.sketch.as_ref().and_then(MinHash::count);
    let known: Vec<_> = sides.iter().map(|(_, version)| (base(version), count(version))).collect();
    let mut keyed: [Vec<u64>; AT_ONCE] = std::array::from_fn(|_| Vec::with_capacity(sides.len()));
    for first in (0..MinHash::BANDS).step_by(AT_ONCE) {
        keyed.iter_mut().for_each(Vec::clear);
        for (index, ((_, version), (base, _))) in (0_u64..).zip(sides.iter().zip(&known)) {
            let Some(sketch) = &version.sketch else { continue };
            let bands = sketch.bands().skip(first);
            let language = language_bits(*base);
            // One number a text is sorted faster than anything else.
            let key =
                |band: [u8; MinHash::ROWS]| u64::from(u32::from_be_bytes(band) ^ language) << 32 | index;
            keyed.iter_mut().zip(bands).for_each(|(keyed, band)| keyed.push(key(band)));
        }
        for keyed in &mut keyed {
            keyed.sort_unstable();
            let met = keyed.chunk_by(|one, other| one >> 32 == other >> 32).filter(|met| met.len() > 1);
            met.for_each(|met| meet(sides, &known, met, &mut pairs));
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs
}

/// Bits that keep the languages apart in one number with a band, but for chance.
fn language_bits(base: u16) -> u32 {
    // An odd number gives each of them other bits (Fibonacci hashing, Knuth 6.4).
    (hash::fibonacci(u64::from(base)) >> 32) as u32
}

/// Adds those of the texts that meet in a band, in order, which may be nearly the same and are of one
/// language.
fn meet(
    sides: &[TemplateVersion<'_>],
    known: &[(u16, Option<NonZeroU16>)],
    met: &[u64],
    pairs: &mut Vec<(u32, u32)>,
) {
    let known = |key: u64| known.get(key as u32 as usize).copied().unwrap_or_default();
    for (at, later) in met.iter().copied().enumerate() {
        let (base, count) = known(later);
        let earlier = met.iter().take(at.min(MAX_BUCKET)).map(|earlier| (*earlier as u32, known(*earlier)));
        // Most have other lengths, which is known here; all else of them lies far off. Those of another
        // language meet it by chance alone.
        let fits = earlier.filter(|(_, (other, letters))| {
            *other == base && MinHash::counts_may_agree(*letters, count, MIN_SIMILARITY, ENDS + ESCAPES)
        });
        let later = later as u32;
        pairs.extend(fits.filter(|(one, _)| may_repeat(sides, *one, later)).map(|(one, _)| (later, one)));
    }
}

fn may_repeat(sides: &[TemplateVersion<'_>], earlier: u32, later: u32) -> bool {
    let (Some((other, own)), Some((template, version))) =
        (sides.get(earlier as usize), sides.get(later as usize))
    else {
        return false;
    };
    let (Some(sketch), Some(text)) = (&own.sketch, &version.sketch) else { return false };
    let slack = if own.is_escaped || version.is_escaped { ENDS + ESCAPES } else { ENDS };
    own.text != version.text
        && sketch.similarity(text) >= MIN_SKETCH_MATCHES
        && sketch.can_reach(text, MIN_SIMILARITY, slack)
        && other.name != template.name
        && other.shares_an_account(template)
}

/// The language without its region, as a number: codes have two or three letters from `a` to `z`.
fn base(version: &VersionSummary) -> u16 {
    let base = version.language().map_or("", |language| language.value.base());
    base.bytes().fold(0, |number, letter| number << 5 | u16::from(letter & 0x1f))
}

/// The earlier text that is nearly the same, if there is one under another name.
fn nearest<'a>(
    project: &Project<'_>,
    (template, version): TemplateVersion<'a>,
    earlier: impl Iterator<Item = TemplateVersion<'a>>,
) -> Option<Diagnostic> {
    let similarity = |own: &VersionSummary| Some(own.sketch.as_ref()?.similarity(version.sketch.as_ref()?));
    let mut likely: Vec<TemplateVersion<'_>> = earlier.collect();
    likely.sort_by_cached_key(|(_, own)| (std::cmp::Reverse(similarity(own)), own.span()));
    let text = said(project, version)?;
    let runs = TrigramCounts::new(&text);
    likely.into_iter().take(MAX_COMPARISONS).find_map(|(other, own)| {
        let earlier =
            said(project, own).filter(|text| TrigramCounts::new(text).may_agree(&runs, MIN_SIMILARITY))?;
        let likeness = likeness(&earlier, &text)?;
        let body = version.body()?;
        let message = format!(
            "`{}` has nearly the same text in `{}` as `{}` ({likeness} % equal)",
            template.title(),
            version.code(),
            other.title()
        );
        Some(
            Diagnostic::new(&RULE, body, message)
                .related(own.body()?, "other template")
                .help("use one template for both, with a variable for the difference"),
        )
    })
}

/// Returns body and footer as written in the source, with single spaces and equal placeholders.
fn said(project: &Project<'_>, version: &VersionSummary) -> Option<String> {
    let read = |span: Option<Span>| span.and_then(|span| (project.text)(span));
    let body = read(version.body())?;
    let mut said = String::with_capacity(body.len());
    add(&mut said, &body);
    if let Some(footer) = read(version.footer()) {
        add(&mut said, &footer);
    }
    Some(said)
}

/// Adds a text with single spaces, and `{}` for each placeholder.
fn add(said: &mut String, text: &str) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let closing = match letter {
            '{' => '}',
            '<' => '>',
            blank if blank.is_whitespace() => {
                if !said.ends_with(' ') {
                    said.push(' ');
                }
                continue;
            }
            _ => {
                said.push(letter);
                continue;
            }
        };
        if letters.peek() != Some(&letter) {
            said.push(letter);
            continue;
        }
        said.push_str("{}");
        // What never closes swallows the rest on both sides alike.
        let mut before = ' ';
        let _ =
            letters.find(|letter| std::mem::replace(&mut before, *letter) == closing && *letter == closing);
    }
    if !said.ends_with(' ') {
        said.push(' ');
    }
}

/// Returns the percentage of equal characters, if it is high enough.
///
/// Compared word by word, and letter by letter only where the words differ: many texts of a project share
/// half of their words, and to go through all of their letters takes a thousand times as long as reading
/// them.
fn likeness(one: &str, other: &str) -> Option<u32> {
    let total = one.chars().count() + other.chars().count();
    let words = similar::TextDiff::configure().timeout(DIFF_TIMEOUT).diff_words(one, other);
    let said = |slice: fn(&similar::TextDiff<'_, '_, str>, usize) -> Option<String>, range: Range<usize>| {
        range.filter_map(|index| slice(&words, index)).collect::<String>()
    };
    let old =
        |op: &similar::DiffOp| said(|words, index| words.old_slice(index).map(str::to_owned), op.old_range());
    let new =
        |op: &similar::DiffOp| said(|words, index| words.new_slice(index).map(str::to_owned), op.new_range());
    let (equal, changed): (Vec<_>, Vec<_>) =
        words.ops().iter().partition(|op| op.tag() == similar::DiffTag::Equal);
    let mut agree: usize = equal.into_iter().map(|op| old(op).chars().count()).sum();
    let changed: Vec<_> = changed.into_iter().map(|op| (old(op), new(op))).collect();
    // At best, the longer side contains all letters of the shorter one.
    let most = changed.iter().map(|(old, new)| old.chars().count().min(new.chars().count())).sum::<usize>();
    let ratio = |agree: usize| 2.0 * agree as f64 / total as f64;
    if ratio(agree + most) < MIN_SIMILARITY {
        return None;
    }
    for (old, new) in &changed {
        let diff =
            similar::TextDiff::configure().timeout(DIFF_TIMEOUT).diff_chars(old.as_str(), new.as_str());
        let letters = old.chars().count() + new.chars().count();
        agree += (f64::from(diff.ratio()) * letters as f64 / 2.0).round() as usize;
    }
    (ratio(agree) >= MIN_SIMILARITY).then_some((ratio(agree) * 100.0).floor() as u32)
}

cases! {
    fails: [
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is packed and has left our warehouse; it will be with you in two or three days.\n--- order_sent.yaml\nname: order_sent\nbody: «Your order is packed and has left our warehouse. It will be with you in two or three days.»\n",
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is packed and has left our warehouse; it will be with you in two or three days.\n--- order_sent.watpl\ntemplate order_sent {\n  category utility\n  language en_US\n  body «\"Your order is packed and has left our warehouse; it will be with you in two or four days.\"»\n}\n",
        "--- order_shipped.yaml\nname: order_shipped\nvariables: { a: A-1 }\nbody: Your order {{a}} is packed and has left our warehouse; it will be with you in two or three days.\n--- order_sent.yaml\nname: order_sent\nvariables: { b: B-2 }\nbody: «Your order <<b>> is packed and has left our warehouse, it will be with you in two or three days.»\n",
    ],
    passes: [
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is packed and has left our warehouse; it will be with you in two or three days.\n--- order_ready.yaml\nname: order_ready\nbody: Your order is packed and waits for you in our store, where we keep it for two weeks.\n",
        "--- order_shipped.yaml\nname: order_shipped\nlanguage: en_US\nbody: Your order is packed and has left our warehouse; it will be with you in two or three days.\n--- b/order_shipped.yaml\nname: order_shipped\nlanguage: en_GB\nbody: Your order is packed and has left our warehouse. It will be with you in two or three days.\n",
        "--- order_shipped.yaml\nname: order_shipped\naccounts: north\nbody: Your order is packed and has left our warehouse; it will be with you in two or three days.\n--- order_sent.yaml\nname: order_sent\naccounts: south\nbody: Your order is packed and has left our warehouse. It will be with you in two or three days.\n",
        "--- yes.yaml\nname: yes\nbody: Your visit was confirmed.\n--- no.yaml\nname: no\nbody: Your visit was cancelled.\n",
    ],
}
