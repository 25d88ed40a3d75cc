//! Signals that end a run. After the first one, what is under way is finished; after the second, it is given up.

use std::sync::{Arc, OnceLock};

use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::runtime::runtime;
use super::{CommandError, ExitStatus};

/// A signal that ends the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndSignal {
    /// Ctrl-C, which is SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGHUP: the terminal was closed.
    HangUp,
}

impl From<EndSignal> for ExitStatus {
    fn from(told: EndSignal) -> Self {
        match told {
            EndSignal::Interrupt => Self::Interrupted,
            EndSignal::Terminate => Self::Terminated,
            EndSignal::HangUp => Self::HungUp,
        }
    }
}

/// The signals that the process received.
#[derive(Debug)]
pub(super) struct Signals {
    stop: watch::Receiver<bool>,
    give_up: watch::Receiver<bool>,
    heard: Arc<OnceLock<EndSignal>>,
}

impl Signals {
    /// Listens from now on, on a thread of its own: accounts run on several.
    pub(super) fn listen(on_first: impl Fn() + Send + 'static) -> Result<Self, CommandError> {
        let (stop, stopped) = watch::channel(false);
        let (give_up, given_up) = watch::channel(false);
        let heard = Arc::new(OnceLock::new());
        let note = Arc::clone(&heard);
        let runtime = runtime()?;
        let mut listener = listener(&runtime);
        std::thread::spawn(move || {
            runtime.block_on(async {
                // Only the first one decides how the run ends.
                let _ = note.set(listener.next().await);
                on_first();
                // A receiver that no longer exists belongs to a run that has ended.
                let _ = stop.send(true);
                // A terminal that closes may send its signal several times: it, and the shell in it.
                while listener.next().await == EndSignal::HangUp {}
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

    /// How a run ends that received a signal.
    pub(super) fn exit(&self) -> Option<ExitStatus> {
        self.heard.get().copied().map(ExitStatus::from)
    }
}

/// Begins to listen before the runtime runs anything.
pub(super) fn listener(runtime: &Runtime) -> Listener {
    let _inside = runtime.enter();
    Listener::new()
}

/// Receives the signals that end the process. From its beginning on, none of them ends it by itself.
#[derive(Debug)]
pub(super) struct Listener {
    #[cfg(unix)]
    signals: [(EndSignal, Option<tokio::signal::unix::Signal>); 3],
}

#[cfg(unix)]
impl Listener {
    /// Begins to listen, inside a runtime. A signal that cannot be received does what it does by itself.
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        // Under `nohup`, the run goes on without its terminal.
        let hang_up = hang_up_ends().then(SignalKind::hangup);
        let kinds = [
            (EndSignal::Interrupt, Some(SignalKind::interrupt())),
            (EndSignal::Terminate, Some(SignalKind::terminate())),
            (EndSignal::HangUp, hang_up),
        ];
        Self { signals: kinds.map(|(told, kind)| (told, kind.and_then(|kind| signal(kind).ok()))) }
    }

    /// Waits for the next signal, also one that came since the last.
    pub(super) async fn next(&mut self) -> EndSignal {
        let [interrupt, terminate, hang_up] = &mut self.signals;
        tokio::select! {
            told = received(interrupt) => told,
            told = received(terminate) => told,
            told = received(hang_up) => told,
        }
    }
}

#[cfg(not(unix))]
impl Listener {
    /// Begins to listen, inside a runtime.
    fn new() -> Self {
        Self {}
    }

    /// Waits for the next Ctrl-C.
    pub(super) async fn next(&mut self) -> EndSignal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        EndSignal::Interrupt
    }
}

/// Waits for one signal; for ever where it is not received.
#[cfg(unix)]
async fn received((told, signal): &mut (EndSignal, Option<tokio::signal::unix::Signal>)) -> EndSignal {
    if let Some(signal) = signal
        && signal.recv().await.is_some()
    {
        return *told;
    }
    std::future::pending().await
}

/// Whether SIGHUP ends the process, and was not set to be ignored by the program that started it. Where the system does
/// not tell (only Linux does, without unsafe code), the signal is left as it is, which is right in both cases.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the system lists the signals that are ignored in a file")]
fn hang_up_ends() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").ok();
    status.as_deref().and_then(ignored).is_some_and(|mask| mask & 1 == 0)
}

/// The signals that are ignored, a bit for each: the lowest one is SIGHUP.
#[cfg(unix)]
fn ignored(status: &str) -> Option<u64> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::ignored;

    #[test]
    fn ignored_signals_are_read() {
        assert_eq!(ignored("Name:\tx\nSigIgn:\t0000000000001001\nSigCgt:\t0\n"), Some(0x1001));
        assert_eq!(ignored("Name:\tx\n"), None);
        assert_eq!(ignored("SigIgn:\tx\n"), None);
    }
}
