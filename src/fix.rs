//! Applies the fixes of diagnostics repeatedly, until none is left.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::rules;
use crate::source::{Source, SourceId};
use crate::work;

/// Most rounds: one fix may uncover the next, and two fixes that undo each other must come to an end.
const ROUNDS: usize = 10;
/// Most checks of one round, so that a file whose fixes all make it worse comes to an end. What was not tried by then is left.
const MOST_CHECKS: usize = 64;
/// Most fixes of a round that are looked at one by one where together they leave errors.
const FEW: usize = MOST_CHECKS / 2;

/// A fixed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The number of fixes applied.
    pub count: usize,
}

/// Applies every applicable fix, until none is left. `check` returns the problems of a text. `None` if
/// nothing was fixed.
///
/// A fix that leaves more errors than there were is not applied, such as one that makes a placeholder readable where
/// none is allowed.
pub fn until_stable(
    source: &Source,
    least: Safety,
    check: &dyn Fn(&Source) -> Vec<Diagnostic>,
) -> Option<Fixed> {
    let mut fixed = Fixed { text: source.text().to_owned(), count: 0 };
    let mut diagnostics = check(source);
    let mut seen = BTreeSet::new();
    for _ in 0..ROUNDS {
        let round = Round { source, text: &fixed.text, check, faults: ErrorCounts::new(&diagnostics) };
        let fixes = fitting(&fixed.text, source.id(), least, &diagnostics);
        let Some(better) = round.apply(&fixes) else { break };
        if !seen.insert(better.text.clone()) {
            break;
        }
        diagnostics = better.diagnostics;
        fixed = Fixed { text: better.text, count: fixed.count + better.count };
    }
    (fixed.text != source.text()).then_some(fixed)
}

/// Returns whether a diagnostic has an automatic fix.
pub fn is_fixable(diagnostic: &Diagnostic, least: Safety) -> bool {
    diagnostic.fix.as_ref().is_some_and(|fix| allowed(fix, least))
}

fn allowed(fix: &Fix, least: Safety) -> bool {
    fix.safety == Safety::Safe || least == Safety::Unsafe
}

/// The count that must not increase.
#[derive(Clone, Copy)]
struct ErrorCounts {
    errors: usize,
    /// Findings about reading the file at all.
    unreadable: usize,
}

impl ErrorCounts {
    fn new(diagnostics: &[Diagnostic]) -> Self {
        let unreadable = |found: &&Diagnostic| rules::is_structural(found.rule);
        Self {
            errors: diagnostics.iter().filter(|found| found.severity == Severity::Error).count(),
            unreadable: diagnostics.iter().filter(unreadable).count(),
        }
    }

    /// Without the errors that these fixes are for.
    fn without(self, fixes: &[Candidate<'_>]) -> Self {
        let fixed = fixes.iter().filter(|candidate| candidate.is_for_error).count();
        Self { errors: self.errors.saturating_sub(fixed), ..self }
    }

    fn within(self, limit: Self) -> bool {
        self.errors <= limit.errors && self.unreadable <= limit.unreadable
    }
}

/// A fix that could be applied.
#[derive(Clone, Copy)]
struct Candidate<'d> {
    fix: &'d Fix,
    is_for_error: bool,
}

/// One text, and how it is checked.
struct Round<'a> {
    source: &'a Source,
    text: &'a str,
    check: &'a dyn Fn(&Source) -> Vec<Diagnostic>,
    faults: ErrorCounts,
}

/// A text with some of them applied.
struct Better {
    text: String,
    count: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Round<'_> {
    /// Applies all fixes but those that leave more errors. `None` where nothing is left to apply.
    ///
    /// Usually all fixed errors disappear, and one check confirms it. Otherwise halves are tried, and halves
    /// of halves. Where there are too many fixes for that, it is enough that all of them together leave no more errors.
    fn apply(&self, fixes: &[Candidate<'_>]) -> Option<Better> {
        let is_strict = fixes.len() <= FEW;
        let mut faults = self.faults;
        let mut best = None;
        let mut taken: Vec<Candidate<'_>> = Vec::new();
        let mut open = vec![fixes];
        for _ in 0..MOST_CHECKS {
            let Some(some) = open.pop().filter(|some| !some.is_empty()) else { break };
            let together: Vec<_> = taken.iter().chain(some).copied().collect();
            let better = self.with(&together);
            let left = ErrorCounts::new(&better.diagnostics);
            let limit = if is_strict && some.len() > 1 { faults.without(some) } else { faults };
            if left.within(limit) {
                (taken, faults, best) = (together, left, Some(better));
            } else if some.len() > 1 {
                let (first, second) = some.split_at(some.len() / 2);
                open.extend([second, first]);
            }
        }
        best
    }

    /// The text with these fixes.
    fn with(&self, fixes: &[Candidate<'_>]) -> Better {
        let mut edits: Vec<&Edit> = fixes.iter().flat_map(|candidate| &candidate.fix.edits).collect();
        edits.sort_by_key(|edit| edit.span.start);
        let text = splice(self.text, &edits);
        let source = self.source;
        let mended = Source::new(source.id(), source.name().to_owned(), text, source.is_truncated());
        let diagnostics = (self.check)(&mended);
        Better { text: mended.text().to_owned(), count: fixes.len(), diagnostics }
    }
}

/// The fixes that do not touch each other, the first of those that do.
fn fitting<'d>(
    text: &str,
    source: SourceId,
    least: Safety,
    diagnostics: &'d [Diagnostic],
) -> Vec<Candidate<'d>> {
    let mut taken = TakenRanges::default();
    let mut fitting = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.fix.as_ref().filter(|fix| allowed(fix, least)) else { continue };
        let fits = |edit: &Edit| edit.span.source == source && !taken.touches(edit) && exists(text, edit);
        if !fix.edits.is_empty() && fix.edits.iter().all(fits) {
            fix.edits.iter().for_each(|edit| taken.add(edit));
            fitting.push(Candidate { fix, is_for_error: diagnostic.severity == Severity::Error });
        }
    }
    fitting
}

/// The places of edits that were taken, by their starts. Edits of different fixes do not meet, so that only the nearest has
/// to be asked.
#[derive(Default)]
struct TakenRanges(BTreeMap<u32, u32>);

impl TakenRanges {
    /// Returns whether an edit overlaps an accepted one; two insertions at one place do.
    fn touches(&self, edit: &Edit) -> bool {
        work::steps(1);
        self.0.range(..=edit.span.end).next_back().is_some_and(|(_, end)| *end >= edit.span.start)
    }

    fn add(&mut self, edit: &Edit) {
        let end = self.0.entry(edit.span.start).or_insert(edit.span.end);
        *end = (*end).max(edit.span.end);
    }
}

fn exists(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.range()).is_some()
}

/// The text with these edits, which are in order and do not meet.
fn splice(text: &str, edits: &[&Edit]) -> String {
    let mut spliced = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        spliced.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        spliced.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    spliced.push_str(text.get(at..).unwrap_or_default());
    spliced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    fn fixed(text: &str, least: Safety) -> Option<Fixed> {
        let mut sources = Sources::default();
        let id = sources.add("order.yaml", text);
        let source = sources.get(id).expect("it was added");
        let look = |source: &Source| {
            check::file(source, "order.yaml", &LintSettings::default(), &|_| Default::default()).diagnostics
        };
        until_stable(source, least, &look)
    }

    #[test]
    fn everything_safe_is_mended_in_one_run_and_comments_stay() {
        let text = "# of the shop\nname: order\ncategory: utility\nlanguage: en_US\nvariables: { a: S1, b: Ann }\n\
                    body: {{a}} is ready # yes\nfooter: Bye\n";
        let mended = fixed(text, Safety::Safe).expect("something to mend");
        assert!(mended.text.contains("body: \"{{a}} is ready\" # yes\n"), "{}", mended.text);
        assert!(mended.text.starts_with("# of the shop\n"));
        let two = "name: order\ncategory: utility\nlanguage: en_US\nvariables: { a: S1, b: Ann }\n\
                   body: \"Your {{ a }} is ready for {{ b }} to take home today, and so is {{ a }} again.\"\n";
        let mended = fixed(two, Safety::Safe).expect("something to mend");
        assert!(
            mended.text.contains("Your {{a}} is ready for {{b}} to take home today, and so is {{a}} again.")
        );
        assert_eq!(mended.count, 3);
    }

    #[test]
    fn a_fix_that_leaves_more_errors_is_not_applied() {
        let text = "name: order\ncategory: utility\nlanguage: en_US\nvariables: { a: S1 }\n\
                    body: Your parcel {{ a }} is on its way to you.\nfooter: Thanks {{ x }} you\n";
        let mended = fixed(text, Safety::Safe).expect("something to mend");
        assert!(mended.text.contains("parcel {{a}} is"), "{}", mended.text);
        // As a placeholder it is refused in a footer, and not declared.
        assert!(mended.text.contains("Thanks {{ x }} you"), "{}", mended.text);
        assert_eq!(mended.count, 1);
        let alone = text.replace("{{ a }}", "{{a}}");
        assert_eq!(fixed(&alone, Safety::Safe), None);
    }

    #[test]
    fn many_fixes_that_leave_more_errors_come_to_an_end() {
        let footers = |range: std::ops::Range<usize>| {
            let language = |code: &&str| {
                format!("  {code}: {{ body: Hello there to you, footer: \"A {{{{ x }}}} b\" }}\n")
            };
            crate::platform::languages::LANGUAGES[range].iter().map(language).collect::<String>()
        };
        let text = format!("name: order\ncategory: utility\nlanguages:\n{}", footers(0..100));
        let before = found(&text);
        let after = fixed(&text, Safety::Safe).map_or(text, |fixed| fixed.text);
        assert!(found(&after) <= before);
    }

    /// Counts the errors of a text.
    fn found(text: &str) -> usize {
        let mut sources = Sources::default();
        sources.add("order.yaml", text);
        ErrorCounts::new(&check::check(&sources, &LintSettings::default()).diagnostics).errors
    }

    #[test]
    fn what_a_person_should_look_at_is_left_unless_asked() {
        let text = "name: order\ncategory: utility\nlanguage: en_US\nvariables: { a: S1 }\n\
                    body: \"Your {a} is ready for you to take home today.\"\n";
        assert_eq!(fixed(text, Safety::Safe), None);
        let mended = fixed(text, Safety::Unsafe).expect("something to mend");
        assert!(mended.text.contains("Your {{a}} is ready"));
    }
}
