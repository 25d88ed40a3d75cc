//! The plan of failures: which calls fail, when, and how.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::faults::kind::Kind;

/// One planned failure.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(crate) struct Fault {
    pub(super) scope: Scope,
    pub(crate) kind: Kind,
}

/// Which calls a fault strikes, and what is the same for all kinds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scope {
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
    /// Whether the call does its work before its answer is spoilt; each kind has its own habit.
    effect: Option<bool>,
    /// Headers to set, or to leave out when null.
    #[serde(default)]
    pub(super) headers: Map<String, Value>,
    /// What the usage headers say, in percent.
    pub(super) usage: Option<usize>,
    /// Minutes until calls are taken again, by the usage header.
    pub(super) regain_minutes: Option<i64>,
}

const SCOPE: [&str; 8] = ["method", "path", "after", "times", "effect", "headers", "usage", "regain_minutes"];

/// The fault that this call has to suffer, counted off.
pub(crate) fn strike(faults: &mut [Fault], method: &str, path: &str) -> Option<Fault> {
    faults.iter_mut().filter(|fault| fault.fits(method, path)).find_map(Fault::count)
}

impl Fault {
    /// How long the call is kept waiting.
    pub(crate) fn delay(&self) -> Duration {
        match self.kind {
            Kind::Slow { milliseconds } => Duration::from_millis(milliseconds),
            _ => Duration::ZERO,
        }
    }

    /// Whether the call does its work all the same.
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

// Split by hand: serde cannot refuse unknown keys of a struct that is flattened into another.
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
