//! Hashes: SHA-256 for what is kept, fast ones for what lives as long as the process.

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _};

use foldhash::quality::FixedState;
use sha2::{Digest as _, Sha256};

/// An odd number whose multiples spread (Fibonacci hashing, Knuth 6.4).
pub const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Returns the SHA-256 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Returns bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns a hash of texts, in order. Its seed is fixed: the same build always gives the same hash.
pub fn texts<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for text in texts {
        hasher.write(text.as_ref());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// Mixes the bits of a number by Fibonacci hashing: the high bits of the result are well distributed.
pub const fn fibonacci(value: u64) -> u64 {
    value.wrapping_mul(FACTOR)
}

/// Returns a hash of eight bytes, which is good in its upper bits.
pub fn mix64(bits: u64) -> u64 {
    (bits ^ bits >> 29).wrapping_mul(FACTOR)
}
