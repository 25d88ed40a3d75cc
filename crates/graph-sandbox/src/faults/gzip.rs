//! A body that is small on the wire and large when it is unpacked.

use std::io::{self, Write};

use axum::http::StatusCode;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::protocol::response::Answer;

// It is made in memory: what is asked for is bounded, so that the sandbox does not fall over its own bomb.
const MOST_MEGABYTES: usize = 256;

/// JSON that is one long text of so many megabytes.
pub(super) fn bomb(megabytes: usize) -> Answer {
    let packed = pack(megabytes.min(MOST_MEGABYTES)).unwrap_or_default();
    let mut answer = Answer::text(StatusCode::OK, packed, "application/json; charset=UTF-8");
    answer.headers.push(("Content-Encoding".to_owned(), Some("gzip".to_owned())));
    answer
}

fn pack(megabytes: usize) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let blank = vec![b' '; 1024 * 1024];
    encoder.write_all(b"{\"data\":[],\"filler\":\"")?;
    (0..megabytes).try_for_each(|_| encoder.write_all(&blank))?;
    encoder.write_all(b"\"}")?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_takes_a_few_kilobytes() {
        assert!((100..20_000).contains(&pack(1).expect("memory").len()));
    }
}
