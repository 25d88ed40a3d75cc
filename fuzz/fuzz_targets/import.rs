//! Any bytes as a page of an account, written as files.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watpl_fuzz::run("import", bytes));
