//! "Did you mean": the known word that is closest to an unknown one.

use crate::work;

/// Most findings of one kind in a file that come with a suggestion: each is compared with all known words.
pub const MAX_SUGGESTIONS: usize = 20;

/// Returns the known word that was probably meant: a few letters away, or the only one that begins with these letters.
/// Compares only the first thousand words, and none that is far longer.
pub fn closest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    const LONGEST: usize = 64;
    const SHORTEST_START: usize = 3;
    const MOST: usize = 1_000;
    if word.len() >= LONGEST {
        return None;
    }
    let folded = |word: &str| word.to_ascii_lowercase().replace('-', "_");
    let word = folded(word);
    let known = known.into_iter().take(MOST).filter(|known| known.len() <= 4 * LONGEST);
    let known: Vec<&str> = known.inspect(|known| work::steps(known.len())).collect();
    let distance = |known: &str| strsim::damerau_levenshtein(&word, &folded(known));
    let (distance, best) = known.iter().map(|known| (distance(known), *known)).min()?;
    if distance <= 1 + word.len() / 4 {
        return Some(best);
    }
    let mut longer = known.into_iter().filter(|known| folded(known).starts_with(&word));
    longer.next().filter(|_| word.len() >= SHORTEST_START && longer.next().is_none())
}
