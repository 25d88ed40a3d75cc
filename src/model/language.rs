//! Languages of versions.

use std::fmt;

use crate::platform::languages;

/// One of Meta's language codes, by its place in their list: templates have many, and each is asked for often.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(u8);

impl Language {
    /// The language, if the code is one of Meta's, to the letter.
    pub fn new(code: &str) -> Option<Self> {
        languages::find(code).and_then(|place| u8::try_from(place).ok()).map(Self)
    }

    /// Meta's code, for instance `en_US`.
    pub fn code(self) -> &'static str {
        languages::LANGUAGES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The code without its region, for instance `en`.
    pub fn base(self) -> &'static str {
        // Two letters or three.
        let code = self.code();
        let length = if code.as_bytes().get(2).is_none_or(|third| *third == b'_') { 2 } else { 3 };
        code.get(..length).unwrap_or(code)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({:?})", self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
