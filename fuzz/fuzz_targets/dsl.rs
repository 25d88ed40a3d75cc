//! Any bytes as a `.watpl` file.

#![no_main]

mod file;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| file::survives("fuzz.watpl", bytes));
