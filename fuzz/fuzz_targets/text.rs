//! Every string is a text: its pieces lie end to end, on character boundaries.

#![no_main]

use libfuzzer_sys::fuzz_target;
use watpl::syntax::text;

fuzz_target!(|text: &str| {
    let mut at = 0;
    for piece in text::parse(text) {
        assert_eq!(piece.range.start, at);
        assert!(text.is_char_boundary(piece.range.end));
        at = piece.range.end;
    }
    assert_eq!(at, text.len());
});
