//! Template names.

use std::fmt;

use crate::platform::limits;

/// A name that Meta accepts: `[a-z0-9_]`, 1 to 512 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TemplateName(String);

impl TemplateName {
    /// The name, if it is one.
    pub fn new(name: &str) -> Option<Self> {
        let fits = (1..=limits::NAME).contains(&name.len());
        let plain = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        (fits && plain).then(|| Self(name.to_owned()))
    }

    /// The nearest name that would be accepted.
    pub fn sanitized(name: &str) -> Option<Self> {
        let lower = name.trim().to_ascii_lowercase();
        Self::new(&lower.replace([' ', '-', '.', '/'], "_"))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TemplateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
