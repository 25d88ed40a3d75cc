//! Languages of versions.

use std::fmt;

use crate::platform::languages;

/// One of Meta's language codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static str);

impl Language {
    /// The language, if the code is one of Meta's, to the letter.
    pub fn new(code: &str) -> Option<Self> {
        languages::find(code).map(Self)
    }

    /// Meta's code, for instance `en_US`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The code without its region, for instance `en`.
    pub fn base(self) -> &'static str {
        self.0.split('_').next().unwrap_or(self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
