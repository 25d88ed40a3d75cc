//! A small HTTP server that remembers what it was asked.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is answered: a status line's code and words, and a JSON body.
type Answer = (&'static str, String);

/// A server on a free port of loopback, until it is dropped.
pub(super) struct Recorder {
    pub(super) base: String,
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    requests: Mutex<Vec<String>>,
    /// For calls that read, and for calls that write.
    answers: Mutex<(Answer, Answer)>,
    done: AtomicBool,
}

impl Recorder {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let empty = ("200 OK", r#"{"data":[]}"#.to_owned());
        let refused = ("400 Bad Request", r#"{"error":{"message":"No","code":100}}"#.to_owned());
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            answers: Mutex::new((empty, refused)),
            done: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.done.load(Ordering::SeqCst) {
                    break;
                }
                let own = Arc::clone(&own);
                std::thread::spawn(move || serve(stream, &own));
            }
        });
        Self { base: format!("http://{address}"), address, shared }
    }

    /// Sets the bodies that answer calls that read, and calls that write (refused with 400).
    pub(super) fn answers(&self, read: &str, write: &str) {
        let mut answers = self.shared.answers.lock().expect("a lock");
        *answers = (("200 OK", read.to_owned()), ("400 Bad Request", write.to_owned()));
    }

    /// Heads and bodies of all requests so far; a connection without any counts as an empty one.
    pub(super) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().expect("a lock").clone()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.shared.done.store(true, Ordering::SeqCst);
        // Wakes the thread up; when nobody listens any more it has ended already.
        drop(TcpStream::connect(self.address));
    }
}

fn serve(mut stream: TcpStream, shared: &Shared) {
    let at = {
        let mut requests = shared.requests.lock().expect("a lock");
        requests.push(String::new());
        requests.len() - 1
    };
    let request = read(&mut stream);
    shared.requests.lock().expect("a lock")[at].clone_from(&request);
    let answers = shared.answers.lock().expect("a lock").clone();
    let (status, body) = if request.starts_with("GET ") { answers.0 } else { answers.1 };
    // A webhook is called only once its target has repeated the challenge.
    let challenge = request.split("hub.challenge=").nth(1).and_then(|rest| rest.split([' ', '&']).next());
    let body = challenge.map_or(body, str::to_owned);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    // Whoever called may be gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// The head and the body of a request, as far as they came within two seconds.
fn read(stream: &mut TcpStream) -> String {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    while !is_whole(&bytes) {
        match stream.read(&mut piece) {
            Ok(count) if count > 0 => bytes.extend_from_slice(&piece[..count]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = lengths.next().and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0);
    body.len() >= length
}
