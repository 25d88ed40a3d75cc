//! How large JSON is: on disk, and in memory.

use std::io::{self, Write};

/// The size of a JSON text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) bytes: u64,
    /// At least the number of values in it. A value takes dozens of bytes in memory, and two in a file.
    pub(crate) values: u64,
}

impl Size {
    /// The size of a text.
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut size = Self::default();
        size.grow(text);
        size
    }

    /// The size of a value that is written as JSON.
    pub(crate) fn of_value(value: &impl serde::Serialize) -> Self {
        let mut measured = Measured::new(io::sink());
        // Neither a sink nor the values of the sandbox fail.
        let _ = serde_json::to_writer(&mut measured, value);
        measured.size
    }

    /// Whether neither number is larger than in `most`.
    pub(crate) fn fits(self, most: Self) -> bool {
        self.bytes <= most.bytes && self.values <= most.values
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            values: self.values.saturating_add(other.values),
        }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_sub(other.bytes),
            values: self.values.saturating_sub(other.values),
        }
    }

    // Every value but the first of a text follows one of these bytes; those inside of strings are counted as well.
    fn grow(&mut self, text: &[u8]) {
        let begins = text.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{' | b':')).count();
        self.bytes = self.bytes.saturating_add(text.len() as u64);
        self.values = self.values.saturating_add(begins as u64);
    }
}

/// A writer that measures what passes.
#[derive(Debug)]
pub(crate) struct Measured<W> {
    inner: W,
    pub(crate) size: Size,
}

impl<W> Measured<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, size: Size::default() }
    }
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(text)?;
        self.size.grow(text.get(..written).unwrap_or(text));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_has_at_least_as_many_values_as_are_counted_for_it() {
        for (value, values) in
            [(json!(1), 0), (json!([1, 2, 3]), 3), (json!({"a": [0], "b": {}}), 6), (json!([[[]]]), 3)]
        {
            let size = Size::of_value(&value);
            assert_eq!((size.values, size), (values, Size::of(value.to_string().as_bytes())), "{value}");
        }
        let small = Size { bytes: 2, values: 1 };
        assert!(small.fits(small) && !small.plus(small).fits(small) && small.minus(small) == Size::default());
    }
}
