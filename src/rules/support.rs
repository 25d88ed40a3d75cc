//! Helpers shared by several rules.

pub(crate) mod components;
pub(crate) mod emoji;
pub(crate) mod fixes;
pub(crate) mod length;
pub(crate) mod phrase_rule;
pub(crate) mod placement;
pub(crate) mod quote;
pub(crate) mod trigram_counts;
pub(crate) mod word_count;
