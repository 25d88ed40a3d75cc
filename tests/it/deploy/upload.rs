//! Uploads that are cut, taken piece by piece, or begun anew.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use watpl::remote::{UploadFile, upload};

use super::{answer, http, run};

/// What was asked, in short: the method, the offset that was sent, and how many bytes came.
type Asked = Arc<Mutex<Vec<String>>>;

/// A server that reads what it is sent, and gives these answers in turn; an empty one closes the connection.
fn server(answers: Vec<String>) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Asked::default();
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let (mut head, mut length, mut offset) = (String::new(), 0, String::new());
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|read| read > 0) {}
            for line in head.lines() {
                let line = line.to_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a number");
                }
                if let Some(value) = line.strip_prefix("file_offset:") {
                    offset = format!(" from {}", value.trim());
                }
                assert!(!line.starts_with("authorization: bearer") || !head.contains("/upload:"), "{head}");
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            let mut log = log.lock().expect("no panic elsewhere");
            let answer = answers.get(log.len()).cloned().unwrap_or_default();
            let method = head.split(' ').next().unwrap_or_default();
            log.push(format!("{method}{offset} {length}"));
            drop(log);
            drop(reader.get_mut().write_all(answer.as_bytes()));
        }
    });
    (base, asked)
}

fn json(text: &str) -> String {
    answer("200 OK", "content-type: application/json\r\n", text)
}

/// What an upload of ten bytes gives, and what it asks for.
fn uploaded(answers: Vec<String>) -> (Result<String, String>, Vec<String>) {
    let (base, asked) = server(answers);
    let mut result = Ok(String::new());
    run(async {
        let file = UploadFile { name: "a.png", mime: "image/png", bytes: b"0123456789" };
        result = upload(&http(&base), "200000000000000", file).await.map_err(|error| error.to_string());
    });
    let asked = asked.lock().expect("no panic elsewhere").clone();
    (result, asked)
}

fn session() -> String {
    json("{\"id\": \"upload:MTphd==?sig=ARZ\"}")
}

#[test]
fn g21_an_upload_goes_on_from_the_offset_of_the_server() {
    let handle = || json("{\"h\": \"4::aW1h\"}");
    let at = |offset: u32| json(&format!("{{\"id\": \"upload:x\", \"file_offset\": \"{offset}\"}}"));
    let done = Ok("4::aW1h".to_owned());
    assert_eq!(
        uploaded(vec![session(), handle()]),
        (done.clone(), vec!["POST 0".into(), "POST from 0 10".into()])
    );
    // Cut in the middle.
    let (result, asked) = uploaded(vec![session(), String::new(), at(7), handle()]);
    assert_eq!(result, done);
    assert_eq!(asked, ["POST 0", "POST from 0 10", "GET 0", "POST from 7 3"]);
    // Taken byte by byte.
    let mut answers = vec![session()];
    answers.extend((1..10).map(at));
    let (result, asked) = uploaded([answers, vec![handle()]].concat());
    assert_eq!((result, asked.len(), asked[10].as_str()), (done.clone(), 11, "POST from 9 1"));
    // The server wants it from elsewhere.
    let wrong = answer("400 Bad Request", "", "{\"error\": {\"code\": 100, \"message\": \"offset\"}}");
    let (result, asked) = uploaded(vec![session(), wrong.clone(), at(3), handle()]);
    assert_eq!((result, asked[3].as_str()), (done.clone(), "POST from 3 7"));
    // The session is gone.
    let gone = answer(
        "400 Bad Request",
        "",
        "{\"error\": {\"code\": 100, \"error_subcode\": 33, \"message\": \"gone\"}}",
    );
    let (result, asked) = uploaded(vec![session(), String::new(), gone, session(), handle()]);
    assert_eq!((result, asked[4].as_str()), (done, "POST from 0 10"));
    // It never gets anywhere.
    let stuck = (0..60).flat_map(|_| [wrong.clone(), at(0)]);
    let (result, asked) = uploaded([session()].into_iter().chain(stuck).collect());
    assert!(result.is_err() && asked.len() < 40, "{result:?} {}", asked.len());
}

#[test]
fn a_session_that_could_lead_elsewhere_is_none() {
    for id in [
        "https://elsewhere.invalid/",
        "upload:../../x",
        "upload:a b",
        "upload:x\\u000d\\u000ay",
        "7",
        "",
        "upload:",
        "upload:a..b",
        "upload:a#b",
        "upload:a%2f..%2fb",
        "upload:a\\\\b",
        "upload:?sig=1",
        "upload:a?sig=1/../2",
        "upload:a?b?c",
    ] {
        let (result, asked) = uploaded(vec![json(&format!("{{\"id\": \"{id}\"}}"))]);
        assert_eq!((result, asked.len()), (Err("the response has no `id`".to_owned()), 1), "{id}");
    }
}
