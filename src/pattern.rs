//! Glob patterns with bounded size: checked before any library compiles them.

use globset::{Glob, GlobSet};

/// Longest pattern, in bytes. File names have at most 255 bytes and template names 512.
pub const LONGEST: usize = 1024;
/// Most globs in one list. Each one is compiled; plain names are not, and do not count.
pub const MOST: usize = 256;
/// Most bytes that the globs of one list have together.
pub const MOST_BYTES: usize = 16 * 1024;

/// A pattern that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It has no characters.
    #[error("it is empty")]
    Empty,
    /// It is longer than [`LONGEST`].
    #[error("it has {0} bytes, but the limit is {LONGEST}")]
    TooLong(usize),
    /// The list has more globs than [`MOST`], or they have more than [`MOST_BYTES`].
    #[error("the list has too many globs; the limit is {MOST}, or {} KiB", MOST_BYTES / 1024)]
    TooMany,
    /// It is not a glob.
    #[error("{0}")]
    Invalid(String),
}

/// A plain text or a glob.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    /// Absent for a plain text, which matches only itself.
    glob: Option<GlobSet>,
}

/// The remaining limits for one list of patterns.
#[derive(Clone, Copy, Debug)]
pub struct PatternBudget {
    globs: usize,
    bytes: usize,
}

impl Pattern {
    /// Checks and compiles a pattern.
    ///
    /// # Errors
    /// Returns an error if it is empty, too long, or not a glob.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        check_length(text)?;
        let glob = if is_glob(text) { Some(compiled(text)?) } else { None };
        Ok(Self { text: text.to_owned(), glob })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether it matches a whole text.
    pub fn matches(&self, text: &str) -> bool {
        self.text == text || self.glob.as_ref().is_some_and(|glob| glob.is_match(text))
    }
}

impl Default for PatternBudget {
    fn default() -> Self {
        Self { globs: MOST, bytes: MOST_BYTES }
    }
}

impl PatternBudget {
    /// Counts a pattern against the limits of its list.
    ///
    /// # Errors
    /// Returns an error if the list is too large with it.
    pub fn take(&mut self, text: &str) -> Result<(), PatternError> {
        if !is_glob(text) {
            return Ok(());
        }
        let left = (self.globs.checked_sub(1), self.bytes.checked_sub(text.len()));
        let (Some(globs), Some(bytes)) = left else { return Err(PatternError::TooMany) };
        *self = Self { globs, bytes };
        Ok(())
    }
}

/// Checks a pattern, and parses it for a set of several.
///
/// # Errors
/// Returns an error if it is too long or not a glob.
pub fn glob(text: &str) -> Result<Glob, PatternError> {
    check_length(text)?;
    Glob::new(text).map_err(|error| PatternError::Invalid(error.kind().to_string()))
}

fn check_length(text: &str) -> Result<(), PatternError> {
    match text.len() {
        0 => Err(PatternError::Empty),
        length if length > LONGEST => Err(PatternError::TooLong(length)),
        _ => Ok(()),
    }
}

fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '[', ']', '{', '}', '\\'])
}

/// A set of one glob. `Glob::compile_matcher` panics where the regular expression is too large; building a set returns
/// the error.
fn compiled(text: &str) -> Result<GlobSet, PatternError> {
    let glob = glob(text)?;
    let set = GlobSet::builder().add(glob).build();
    set.map_err(|error| PatternError::Invalid(error.kind().to_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_texts_match_themselves_and_globs_what_they_describe() {
        let matches = |pattern: &str, text: &str| Pattern::new(pattern).expect("a pattern").matches(text);
        assert!(matches("order", "order"));
        assert!(!matches("order", "orders"));
        assert!(matches("order_*", "order_shipped"));
        assert!(matches("{a,b}?", "bx"));
        assert!(!matches("[a-c]", "d"));
        assert!(matches("a,b", "a,b"));
    }

    #[test]
    fn the_longest_pattern_is_taken_and_one_byte_more_is_refused() {
        assert!(Pattern::new(&"*".repeat(LONGEST)).is_ok());
        assert_eq!(Pattern::new(&"*".repeat(LONGEST + 1)).err(), Some(PatternError::TooLong(LONGEST + 1)));
        assert!(Pattern::new(&"a".repeat(LONGEST)).is_ok());
        assert_eq!(Pattern::new(&"a".repeat(LONGEST + 1)).err(), Some(PatternError::TooLong(LONGEST + 1)));
        assert_eq!(Pattern::new("").err(), Some(PatternError::Empty));
        assert!(matches!(Pattern::new("{a"), Err(PatternError::Invalid(_))));
    }

    #[test]
    fn a_list_has_a_limit_of_globs_and_of_bytes() {
        let taken = |pattern: &str| {
            let mut budget = PatternBudget::default();
            (0..2 * MOST).take_while(|_| budget.take(pattern).is_ok()).count()
        };
        assert_eq!(taken("*"), MOST);
        assert_eq!(taken(&"*".repeat(LONGEST)), MOST_BYTES / LONGEST);
        assert_eq!(taken("plain"), 2 * MOST);
    }

    proptest! {
        /// The library reports an invalid pattern as a result, never as a panic.
        #[test]
        fn no_pattern_panics(text in "([*?{}\\[\\],!^\\\\/a-z.é😀-]|\\*\\*/|\\{a,b\\}){0,300}", path in ".{0,40}") {
            if let Ok(pattern) = Pattern::new(&text) {
                let _ = pattern.matches(&path);
            }
        }
    }
}
