//! Any bytes as a text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watpl_fuzz::run("text", bytes));
