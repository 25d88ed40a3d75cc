//! The ways to write a scalar.

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes: YAML's plain scalars, the DSL's words.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|` in YAML, `"""` in the DSL.
    Literal,
    /// `>`
    Folded,
}
