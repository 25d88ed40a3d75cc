//! Failures on purpose: which call fails, when, and how.

use serde::Deserialize;

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Status 500 with a page of HTML, without effect.
    #[serde(rename = "http_500_html")]
    Http500Html,
    /// Code 80008 with a full usage header, without effect.
    RateLimit,
    /// The effect happens, the answer ends in the middle.
    Truncate,
    /// The connection closes, without effect.
    DropBefore,
    /// The effect happens, then the connection closes without an answer.
    DropAfter,
    /// The answer comes late.
    Slow,
}

/// One planned failure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// Only calls of this method; any when absent.
    method: Option<String>,
    /// Only calls whose path holds this text.
    #[serde(default)]
    path: String,
    /// How many fitting calls pass first.
    #[serde(default)]
    after: usize,
    /// How many fitting calls fail then.
    #[serde(default = "once")]
    times: usize,
    pub(crate) kind: Kind,
    /// How late a slow answer is.
    #[serde(default = "second")]
    pub(crate) milliseconds: u64,
}

/// The fault that this call has to suffer, counted off.
pub(crate) fn strike(faults: &mut [Fault], method: &str, path: &str) -> Option<Fault> {
    faults.iter_mut().filter(|fault| fault.fits(method, path)).find_map(Fault::count)
}

impl Fault {
    fn fits(&self, method: &str, path: &str) -> bool {
        let fits_method = self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        fits_method && self.times > 0 && path.contains(&self.path)
    }

    fn count(&mut self) -> Option<Self> {
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        self.times -= 1;
        Some(self.clone())
    }
}

fn once() -> usize {
    1
}

fn second() -> u64 {
    1_000
}
