//! Applying the fixes of diagnostics, again and again, until there is nothing left to mend.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::rules;
use crate::source::{Source, SourceId};

/// Most rounds: mending one thing may uncover the next, and two fixes that undo each other must come to an end.
const ROUNDS: usize = 10;

/// A mended text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes went into it.
    pub count: usize,
}

/// Applies every fix that may be applied, until none is left. `check` says what is wrong with a text. `None` where
/// nothing was mended.
pub fn until_stable(
    source: &Source,
    least: Safety,
    check: &dyn Fn(&Source) -> Vec<Diagnostic>,
) -> Option<Fixed> {
    let mut fixed = Fixed { text: source.text().to_owned(), count: 0 };
    let mut diagnostics = check(source);
    let mut seen = BTreeSet::new();
    for _ in 0..ROUNDS {
        let (text, count) = once(&fixed.text, source.id(), least, &diagnostics);
        if count == 0 || !seen.insert(text.clone()) {
            break;
        }
        let mended = Source::new(source.id(), source.name().to_owned(), text, source.is_truncated());
        let left = check(&mended);
        // A fix that makes a file harder to read is a mistake of ours, and must not reach the file.
        if unreadable(&left) > unreadable(&diagnostics) {
            break;
        }
        diagnostics = left;
        fixed = Fixed { text: mended.text().to_owned(), count: fixed.count + count };
    }
    (fixed.text != source.text()).then_some(fixed)
}

/// Whether a diagnostic can be mended by machine.
pub fn is_fixable(diagnostic: &Diagnostic, least: Safety) -> bool {
    diagnostic.fix.as_ref().is_some_and(|fix| allowed(fix, least))
}

fn unreadable(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| rules::is_structural(diagnostic.rule)).count()
}

fn allowed(fix: &Fix, least: Safety) -> bool {
    fix.safety == Safety::Safe || least == Safety::Unsafe
}

/// Applies the fixes that do not touch each other, the first of those that do.
fn once(text: &str, source: SourceId, least: Safety, diagnostics: &[Diagnostic]) -> (String, usize) {
    let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
    let mut edits: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes.filter(|fix| allowed(fix, least)) {
        let fits = |edit: &Edit| {
            edit.span.source == source && edits.iter().all(|taken| !touch(taken, edit)) && exists(text, edit)
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(fits) {
            edits.extend(&fix.edits);
            count += 1;
        }
    }
    edits.sort_by_key(|edit| edit.span.start);
    (splice(text, &edits), count)
}

/// Whether two edits meet; two insertions at one place do.
fn touch(a: &Edit, b: &Edit) -> bool {
    a.span.start <= b.span.end && b.span.start <= a.span.end
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
    use crate::project::Settings;
    use crate::source::Sources;

    fn fixed(text: &str, least: Safety) -> Option<Fixed> {
        let mut sources = Sources::default();
        let id = sources.add("order.yaml", text);
        let source = sources.get(id).expect("it was added");
        let look = |source: &Source| {
            check::file(source, "order.yaml", &Settings::default(), &|_| Default::default()).diagnostics
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
    fn what_a_person_should_look_at_is_left_unless_asked() {
        let text = "name: order\ncategory: utility\nlanguage: en_US\nvariables: { a: S1 }\n\
                    body: \"Your {a} is ready for you to take home today.\"\n";
        assert_eq!(fixed(text, Safety::Safe), None);
        let mended = fixed(text, Safety::Unsafe).expect("something to mend");
        assert!(mended.text.contains("Your {{a}} is ready"));
    }
}
