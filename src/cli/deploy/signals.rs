//! Ctrl-C, and being told to end: the first time what is under way is finished, the second time it is given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::sync::watch;

use super::runtime;
use crate::cli::{Exit, Failure};

const NONE: u8 = 0;
const INTERRUPTED: u8 = 1;
const TERMINATED: u8 = 2;

/// What the process was told.
#[derive(Debug)]
pub(super) struct Signals {
    stop: watch::Receiver<bool>,
    give_up: watch::Receiver<bool>,
    heard: Arc<AtomicU8>,
}

impl Signals {
    /// Listens from now on, on a thread of its own: accounts run on several.
    pub(super) fn listen(told: impl Fn() + Send + 'static) -> Result<Self, Failure> {
        let (stop, stopped) = watch::channel(false);
        let (give_up, given_up) = watch::channel(false);
        let heard = Arc::new(AtomicU8::new(NONE));
        let note = Arc::clone(&heard);
        let runtime = runtime()?;
        std::thread::spawn(move || {
            runtime.block_on(async {
                note.store(next().await, Ordering::Relaxed);
                told();
                // Who no longer listens has ended.
                let _ = stop.send(true);
                next().await;
                let _ = give_up.send(true);
                std::future::pending::<()>().await;
            });
        });
        Ok(Self { stop: stopped, give_up: given_up, heard })
    }

    /// Turns true when nothing more is to be begun.
    pub(super) fn stop(&self) -> watch::Receiver<bool> {
        self.stop.clone()
    }

    /// Turns true when what is under way is to be given up.
    pub(super) fn give_up(&self) -> watch::Receiver<bool> {
        self.give_up.clone()
    }

    /// How a run ends that was told to.
    pub(super) fn exit(&self) -> Option<Exit> {
        match self.heard.load(Ordering::Relaxed) {
            INTERRUPTED => Some(Exit::Interrupted),
            TERMINATED => Some(Exit::Terminated),
            _ => None,
        }
    }
}

#[cfg(unix)]
async fn next() -> u8 {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupted().await };
    tokio::select! {
        signal = interrupted() => signal,
        _ = terminate.recv() => TERMINATED,
    }
}

#[cfg(not(unix))]
async fn next() -> u8 {
    interrupted().await
}

/// Where signals cannot be heard, none ever comes.
async fn interrupted() -> u8 {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    INTERRUPTED
}
