//! Unicode tables: scripts, emoji, invisible characters, and lookup tables over characters.

pub(crate) mod char_table;
pub(crate) mod emoji;
pub(crate) mod invisible;
pub(crate) mod script;
