//! Any bytes as a `.yaml` file.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watpl_fuzz::run("yaml", bytes));
