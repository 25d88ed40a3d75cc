//! Questions on the terminal, answered with a line.
//!
//! The terminal keeps its own line editing and its cursor, so that there is nothing to restore when a question is
//! interrupted. The question goes to standard error.

use std::io::BufRead as _;

use tokio::sync::oneshot;

use super::runtime::runtime;
use super::signals::{EndSignal, listener};
use super::streams::write_stderr;
use super::{CommandError, ExitStatus};
use crate::report::terminal::escape_control;

/// Longest answer that is read.
const LONGEST: u64 = 64 * 1024;

/// Asks a question that only `y` or `yes` affirms. The end of the input (Ctrl-D) is a no.
pub(super) fn confirm(question: &str) -> Result<bool, CommandError> {
    loop {
        match line(&format!("{question} [y/N] "))?.map(|answer| answer.to_lowercase()).as_deref() {
            Some("y" | "yes") => return Ok(true),
            None | Some("" | "n" | "no") => return Ok(false),
            Some(_) => write_stderr("enter `y` or `n`\n"),
        }
    }
}

/// Asks for a line of text; an empty answer stands for what is proposed.
pub(super) fn ask(question: &str, proposed: Option<&str>) -> Result<String, CommandError> {
    let shown = proposed.map(|proposed| format!(" [{proposed}]")).unwrap_or_default();
    loop {
        let answer = line(&format!("{question}{shown}: "))?.ok_or_else(cancelled)?;
        match (answer.is_empty(), proposed) {
            (false, _) => return Ok(answer),
            (true, Some(proposed)) => return Ok(proposed.to_owned()),
            (true, None) => {}
        }
    }
}

/// Asks for one of several by its number; returns its index.
pub(super) fn choose(question: &str, choices: &[String]) -> Result<usize, CommandError> {
    write_stderr(&format!("{}:\n", escape_control(question)));
    for (index, choice) in choices.iter().enumerate() {
        write_stderr(&format!("  {}) {}\n", index + 1, escape_control(choice)));
    }
    loop {
        let answer = line(&format!("{question} [1]: "))?.ok_or_else(cancelled)?;
        if answer.is_empty() {
            return Ok(0);
        }
        match answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
            Some(index) if index < choices.len() => return Ok(index),
            _ => write_stderr(&format!("enter a number from 1 to {}\n", choices.len())),
        }
    }
}

/// Reads an answer; `None` at the end of the input.
fn line(prompt: &str) -> Result<Option<String>, CommandError> {
    let runtime = runtime()?;
    // Before the question is there to be interrupted.
    let mut listener = listener(&runtime);
    write_stderr(&escape_control(prompt));
    let (send, answer) = oneshot::channel();
    // It cannot be interrupted while it reads, and ends with the process.
    std::thread::spawn(move || send.send(read()));
    let read = runtime.block_on(async {
        tokio::select! {
            told = listener.next() => Err(interrupted(told)),
            answer = answer => Ok(answer),
        }
    });
    let answer = match read {
        Ok(Ok(Ok(answer))) => answer,
        Ok(Ok(Err(error))) => return Err(CommandError::usage(format!("the answer cannot be read: {error}"))),
        Ok(Err(_)) => return Err(CommandError::usage("the answer cannot be read")),
        Err(failure) => {
            write_stderr("\n");
            return Err(failure);
        }
    };
    if answer.is_empty() {
        write_stderr("\n");
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&answer).trim().to_owned()))
}

fn read() -> std::io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    std::io::Read::take(std::io::stdin().lock(), LONGEST).read_until(b'\n', &mut answer)?;
    Ok(answer)
}

fn cancelled() -> CommandError {
    CommandError::usage("cancelled: no answer given")
}

fn interrupted(told: EndSignal) -> CommandError {
    CommandError { message: "interrupted".to_owned(), help: None, exit: ExitStatus::from(told) }
}
