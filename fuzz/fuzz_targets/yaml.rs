//! Any bytes as a `.yaml` file.

#![no_main]

mod file;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| file::survives("fuzz.yaml", bytes));
