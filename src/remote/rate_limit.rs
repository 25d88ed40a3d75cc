//! Calls at the pace that the account's budget allows: slower as it runs out, and not at all once it has.
//!
//! A call that Meta rejects for rate limits has had no effect, so that it is safe to retry; it is made again
//! at the time Meta names.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::time::{Duration, SystemTime};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::watch;

use super::{Remote, TransportError, retry_after};
use crate::graph::{self, ErrorClass, Request, Response, Usage};

/// From so many percent on, calls go slower.
const SLOW: u64 = 75;
/// From so many percent on, none goes.
const FULL: u64 = 95;
/// Retries of a rate-limited call.
const TRIES: u32 = 8;

/// Pacing of calls.
#[derive(Clone, Debug)]
pub struct RateLimit {
    /// Between calls, for each percent that the budget is slow.
    pub step: Duration,
    /// The shortest wait for an exhausted budget, if Meta gives no time; it doubles.
    pub least: Duration,
    /// The total time a run may wait.
    pub longest: Duration,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self {
            // A quarter of a second at 75 %, five seconds at 94 %: an active account regains 1.4 calls a second.
            step: Duration::from_millis(250),
            least: Duration::from_secs(60),
            longest: Duration::from_secs(3_600),
        }
    }
}

/// The reason a call waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// So many percent of the calls of this hour are used.
    Used(u64),
    /// Meta rejected a call because of its rate limit: its codes.
    Refused(String),
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Used(percent) => write!(f, "{percent} % of the account's hourly calls are used"),
            Self::Refused(codes) => write!(f, "Meta's rate limit is reached ({codes})"),
        }
    }
}

/// A wait that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The reason.
    pub why: WaitReason,
    /// The duration.
    pub length: Duration,
}

/// A way to one account that keeps to its budget.
pub struct RateLimited<'a, R> {
    remote: &'a R,
    pace: RateLimit,
    /// Turns true when the run is to stop.
    stop: watch::Receiver<bool>,
    /// The listener for waits and their ends.
    on_wait: &'a dyn Fn(Option<&Wait>),
    usage: Cell<Usage>,
    waited: Cell<Duration>,
    rng: RefCell<StdRng>,
}

impl<R> fmt::Debug for RateLimited<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paced").field("pace", &self.pace).field("usage", &self.usage).finish_non_exhaustive()
    }
}

impl<'a, R: Remote> RateLimited<'a, R> {
    /// The same way, at a pace.
    pub fn new(
        remote: &'a R,
        pace: RateLimit,
        stop: watch::Receiver<bool>,
        told: &'a dyn Fn(Option<&Wait>),
    ) -> Self {
        let dice = RefCell::new(StdRng::from_os_rng());
        Self { remote, pace, stop, on_wait: told, usage: Cell::default(), waited: Cell::default(), rng: dice }
    }

    /// Waits as the last answer asks for.
    async fn before(&self) -> Result<(), TransportError> {
        let used = self.usage.get();
        let why = WaitReason::Used(used.percent);
        match used.percent {
            0..SLOW => Ok(()),
            SLOW..FULL => {
                let slow = u32::try_from(used.percent - SLOW + 1).unwrap_or(u32::MAX);
                self.pause(Wait { why, length: self.pace.step.saturating_mul(slow) }).await
            }
            FULL.. => {
                let told = Duration::from_secs(used.minutes * 60);
                let waited = self.pause(Wait { why, length: told.max(self.pace.least) }).await;
                // The next answer reports the current use.
                self.usage.set(Usage::default());
                waited
            }
        }
    }

    async fn pause(&self, pause: Wait) -> Result<(), TransportError> {
        let waited = self.waited.get() + pause.length;
        if waited > self.pace.longest {
            return Err(TransportError::RateLimited { why: pause.why, wait: pause.length });
        }
        self.waited.set(waited);
        (self.on_wait)(Some(&pause));
        let mut stop = self.stop.clone();
        let stopped = tokio::select! {
            () = tokio::time::sleep(pause.length) => false,
            // If nothing can stop the run any more, the wait goes on to its end.
            Ok(_) = stop.wait_for(|stop| *stop) => true,
        };
        (self.on_wait)(None);
        if stopped { Err(TransportError::Cancelled) } else { Ok(()) }
    }

    /// The wait that an answer asks for before the same call is made again; `None` if it asks for none.
    fn asked(&self, response: &Response, tries: u32) -> Option<Wait> {
        let error = response.error().filter(|error| error.class() == ErrorClass::Wait)?;
        let header = response.header("retry-after").and_then(|text| retry_after::read(text, now()));
        let minutes = graph::usage(response).map_or(0, |used| used.minutes);
        let told = header.unwrap_or_default().max(Duration::from_secs(minutes * 60));
        let grown = self.pace.least.saturating_mul(2_u32.saturating_pow(tries));
        // Others wait for the same moment: not all should come at once.
        let jitter = self.rng.borrow_mut().random_range(0.0..0.1);
        let length = if told.is_zero() { grown } else { told };
        let length = length.saturating_add(self.pace.least.min(length).mul_f64(jitter));
        Some(Wait { why: WaitReason::Refused(error.codes()), length })
    }
}

#[expect(clippy::disallowed_methods, reason = "`Retry-After` may be a date")]
fn now() -> SystemTime {
    SystemTime::now()
}

impl<R: Remote> Remote for RateLimited<'_, R> {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.before().await?;
        let mut tries = 0;
        loop {
            let response = self.remote.send(request.clone()).await?;
            let asked = self.asked(&response, tries).filter(|_| tries < TRIES);
            // A rate-limited answer contains its own wait.
            let used = graph::usage(&response).filter(|_| asked.is_none());
            self.usage.set(used.unwrap_or_default());
            let Some(pause) = asked else { return Ok(response) };
            self.pause(pause).await?;
            tries += 1;
        }
    }
}
