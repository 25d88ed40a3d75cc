//! Any text, converted to the other surface.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watpl_fuzz::run("convert", bytes));
