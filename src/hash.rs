//! Hash helpers.

/// Mixes the bits of a number by Fibonacci hashing (Knuth 6.4): the high bits of the result are well
/// distributed.
pub(crate) const fn mix64(value: u64) -> u64 {
    value.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
