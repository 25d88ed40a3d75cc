//! Progress of a run and reasons for waiting: a bar on a terminal, lines elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::cli::console::Console;
use crate::remote::Wait;
use crate::report::terminal::escape_control;

/// Waits that are shorter are not worth a line.
const WORTH_A_LINE: Duration = Duration::from_secs(10);

/// The bars of all accounts.
#[derive(Debug)]
pub(super) struct Bars(Option<MultiProgress>);

/// The progress of one account.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    bars: Option<MultiProgress>,
    account: String,
}

impl Bars {
    /// Progress bars, if standard error is a terminal.
    pub(super) fn new(console: &Console) -> Self {
        let seen = std::io::stderr().is_terminal() && !console.is_dumb();
        Self(seen.then(MultiProgress::new))
    }

    /// A bar for an account that has so much to do.
    pub(super) fn add(&self, account: &str, length: usize) -> Progress {
        let bar = self.0.as_ref().filter(|_| length > 0).map(|bars| {
            let bar = bars.add(ProgressBar::new(length as u64));
            if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:20} {pos}/{len} {wide_msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(escape_control(account).into_owned());
            bar
        });
        Progress { bar, bars: self.0.clone(), account: account.to_owned() }
    }
}

impl Progress {
    /// Something is begun.
    pub(super) fn begin(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(escape_control(what).into_owned());
        }
    }

    /// Something has ended.
    pub(super) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Prints a line above the bars.
    pub(super) fn aside(&self, print: impl FnOnce()) {
        match &self.bars {
            Some(bars) => bars.suspend(print),
            None => print(),
        }
    }

    /// A wait begins, or ends.
    pub(super) fn wait(&self, pause: Option<&Wait>, console: &Console) {
        let Some(pause) = pause else { return };
        let seconds = pause.length.as_secs();
        let length =
            if seconds < 120 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) };
        let text = format!("waiting {length}: {}", pause.why);
        match &self.bar {
            Some(bar) => bar.set_message(escape_control(&text).into_owned()),
            None if pause.length >= WORTH_A_LINE => {
                console.note(&format!("{}: {}\n", escape_control(&self.account), escape_control(&text)));
            }
            None => {}
        }
    }

    /// Nothing more is done.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
