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

/// Limits what is still written to one connection; shared with the code that responds on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct FaultSwitch(Arc<AtomicU8>);

impl FaultSwitch {
    /// Closes the connection without a response.
    pub(crate) fn cut_answer(&self) {
        self.0.store(NOTHING, Ordering::Relaxed);
    }

    /// Closes the connection after the head and half the body.
    pub(crate) fn cut_body(&self) {
        self.0.store(HALF_BODY, Ordering::Relaxed);
    }
}

/// A connection that faults can cut.
pub(crate) struct FaultStream {
    stream: TcpStream,
    fault_switch: FaultSwitch,
    /// Timeout of a client that does not read a response.
    timeout: Duration,
    /// Completes when the client has not read for too long.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl FaultStream {
    pub(crate) fn new(stream: TcpStream, fault_switch: FaultSwitch, timeout: Duration) -> Self {
        Self { stream, fault_switch, timeout, stalled: None }
    }

    // Every write restarts the timeout, so a slow client still gets a long response.
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let timeout = self.timeout;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for FaultStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for FaultStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let stream = self.get_mut();
        match stream.fault_switch.0.load(Ordering::Relaxed) {
            WHOLE => {
                let written = Pin::new(&mut stream.stream).poll_write_vectored(context, slices);
                stream.watch(context, written)
            }
            HALF_BODY => {
                let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
                let written = Pin::new(&mut stream.stream).poll_write(context, head_and_half(&bytes));
                if written.is_ready() {
                    stream.fault_switch.cut_answer();
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
