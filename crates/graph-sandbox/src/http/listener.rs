//! Accepting connections, as many as the bounds allow, and closing those that are slow.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::http::connection::{Scissors, Wire};
use crate::http::server::Server;
use crate::protocol::bounds::Bounds;

// The headers of one request, its first line included.
const LARGEST_HEAD: usize = 64 * 1024;
// How long answers under way may take when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);
// The pause after a connection could not be accepted, for instance because too many files are open.
const BREATH: Duration = Duration::from_secs(1);

/// Answers requests until the future completes.
pub(crate) async fn run(listener: TcpListener, server: Server, until: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(server.bounds.connections.min(Semaphore::MAX_PERMITS)));
    let connections = GracefulShutdown::new();
    let http = protocol(&server.bounds);
    let mut until = pin!(until);
    let tasks = server.spawn_tasks();
    loop {
        // A connection beyond the bound waits in the system's queue.
        let next = async { (Arc::clone(&slots).acquire_owned().await, accept(&listener).await) };
        let (slot, stream) = tokio::select! {
            biased;
            () = &mut until => break,
            (Ok(slot), stream) = next => (slot, stream),
        };
        let scissors = Scissors::default();
        let wire = Wire::new(stream, scissors.clone(), server.bounds.write_time);
        let server = server.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let (server, scissors) = (server.clone(), scissors.clone());
            async move { Ok::<_, Infallible>(server.answer(&scissors, request.map(Body::new)).await) }
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(wire), service));
        tokio::spawn(async move {
            // A client that goes away, or is too slow, has nobody to be told.
            let _ = connection.await;
            drop(slot);
        });
    }
    drop(listener);
    // Those that are still not done are closed with the runtime.
    let _ = tokio::time::timeout(FAREWELL, connections.shutdown()).await;
    tasks.iter().for_each(JoinHandle::abort);
}

fn protocol(bounds: &Bounds) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new());
    http.header_read_timeout(bounds.header_time);
    http.max_header_size(LARGEST_HEAD);
    http.max_buf_size(LARGEST_HEAD);
    http.writev(true);
    http
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_about_one(&error) => {}
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

/// Whether only this connection failed.
fn is_about_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
