//! Any JSON as an answer of the Graph API: read without a panic, and its normal form is its own.

#![no_main]

use libfuzzer_sys::fuzz_target;
use watpl::graph::{Response, list};
use watpl::lock::Lock;
use watpl::normalise;

fuzz_target!(|bytes: &[u8]| {
    let response = Response { status: 200, headers: Vec::new(), body: bytes.to_vec() };
    if let Ok(page) = list::response(&response) {
        for deployed in page.versions {
            let normal = normalise::deployed(&deployed);
            assert!(!normal.differs(&normalise::deployed(&deployed)));
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(lock) = Lock::parse(text)
    {
        assert_eq!(Lock::parse(&lock.render()), Ok(lock));
    }
});
