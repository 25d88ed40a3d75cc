//! Connections that can be cut on purpose, below HTTP, where a real network cuts them.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

const WHOLE: u8 = 0;
const HALF_BODY: u8 = 1;
const NOTHING: u8 = 2;

/// Decides how much more may leave on one connection; shared with whoever answers on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scissors(Arc<AtomicU8>);

impl Scissors {
    /// Not one more byte leaves: the client sees a closed connection instead of an answer.
    pub(crate) fn cut_answer(&self) {
        self.0.store(NOTHING, Ordering::Relaxed);
    }

    /// The head and half the body leave, then the connection closes.
    pub(crate) fn cut_body(&self) {
        self.0.store(HALF_BODY, Ordering::Relaxed);
    }
}

/// A connection and what may cut it.
pub(crate) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
    /// How long the client may leave an answer unread.
    patience: Duration,
    /// Ends when the client has left an answer unread for too long.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, scissors: Scissors, patience: Duration) -> Self {
        Self { stream, scissors, patience, stalled: None }
    }

    // Whatever is written counts, so that a slow client gets all of a long answer.
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        match wire.scissors.0.load(Ordering::Relaxed) {
            WHOLE => {
                let written = Pin::new(&mut wire.stream).poll_write_vectored(context, slices);
                wire.watch(context, written)
            }
            HALF_BODY => {
                let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
                let written = Pin::new(&mut wire.stream).poll_write(context, head_and_half(&bytes));
                if written.is_ready() {
                    wire.scissors.cut_answer();
                }
                written
            }
            _ => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        }
    }

    // Without it the server would copy every answer, and the copy would not count as memory that is in use.
    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

// Small answers leave in one write, head and body together.
fn head_and_half(bytes: &[u8]) -> &[u8] {
    let body = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
    let end = body + (bytes.len() - body) / 2;
    bytes.get(..end).unwrap_or(bytes)
}
