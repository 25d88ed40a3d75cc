//! Connections that can be cut on purpose, below HTTP, where a real network cuts them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

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

/// Accepts connections that can be cut.
pub(crate) struct Door(pub(crate) TcpListener);

impl Listener for Door {
    type Io = Wire;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Wire, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Wire { stream, scissors: Scissors::default() }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Door>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().scissors.clone()
    }
}

/// A connection and what may cut it.
pub(crate) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
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
        let wire = self.get_mut();
        match wire.scissors.0.load(Ordering::Relaxed) {
            WHOLE => Pin::new(&mut wire.stream).poll_write(context, bytes),
            HALF_BODY => {
                let written = Pin::new(&mut wire.stream).poll_write(context, head_and_half(bytes));
                if written.is_ready() {
                    wire.scissors.cut_answer();
                }
                written
            }
            _ => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        }
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
