//! The plan of failures: which calls fail, when, and how.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::faults::kind::FaultKind;

/// One planned failure.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(crate) struct Fault {
    pub(super) scope: FaultScope,
    pub(crate) kind: FaultKind,
}

/// The calls that a fault applies to, and the keys that all kinds have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FaultScope {
    /// Only calls of this method; any when absent.
    method: Option<String>,
    /// Only calls whose path holds this text.
    #[serde(default)]
    path: String,
    /// Number of matching calls that succeed first.
    #[serde(default)]
    after: usize,
    /// Number of matching calls that fail after that.
    #[serde(default = "once")]
    times: usize,
    /// `true` if the call takes effect before its response is changed; each kind has a default.
    effect: Option<bool>,
    /// Headers to set, or to leave out when null.
    #[serde(default)]
    pub(super) headers: Map<String, Value>,
    /// Usage in the usage headers, in percent.
    pub(super) usage: Option<usize>,
    /// Minutes until calls are taken again, by the usage header.
    pub(super) regain_minutes: Option<i64>,
}

const SCOPE: [&str; 8] = ["method", "path", "after", "times", "effect", "headers", "usage", "regain_minutes"];

/// The fault that applies to this call; counts it.
pub(crate) fn match_fault(faults: &mut [Fault], method: &str, path: &str) -> Option<Fault> {
    faults.iter_mut().filter(|fault| fault.fits(method, path)).find_map(Fault::count)
}

impl Fault {
    /// Delay of the call.
    pub(crate) fn delay(&self) -> Duration {
        match self.kind {
            FaultKind::Slow { milliseconds } => Duration::from_millis(milliseconds),
            _ => Duration::ZERO,
        }
    }

    /// Returns whether the call takes effect anyway.
    pub(crate) fn takes_effect(&self) -> bool {
        self.scope.effect.unwrap_or_else(|| self.kind.passes())
    }

    fn fits(&self, method: &str, path: &str) -> bool {
        let wanted = self.scope.method.as_ref();
        let fits_method = wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        fits_method && self.scope.times > 0 && path.contains(&self.scope.path)
    }

    fn count(&mut self) -> Option<Self> {
        if self.scope.after > 0 {
            self.scope.after -= 1;
            return None;
        }
        self.scope.times -= 1;
        Some(self.clone())
    }
}

// Split by hand: serde cannot reject unknown keys of a struct that is flattened into another.
impl TryFrom<Map<String, Value>> for Fault {
    type Error = serde_json::Error;

    fn try_from(mut keys: Map<String, Value>) -> Result<Self, Self::Error> {
        // The first faults had this name for what is now a body among others.
        if keys.get("kind") == Some(&Value::from("http_500_html")) {
            keys.insert("kind".to_owned(), Value::from("body"));
        }
        let (scope, kind): (Map<_, _>, Map<_, _>) =
            keys.into_iter().partition(|(key, _)| SCOPE.contains(&key.as_str()));
        Ok(Self {
            scope: serde_json::from_value(Value::Object(scope))?,
            kind: serde_json::from_value(Value::Object(kind))?,
        })
    }
}

fn once() -> usize {
    1
}
