//! Names of environment variables that several modules read.

/// The URL of another server than Meta's. It has no key in `watpl.yaml`: a file of a cloned repository must not send a
/// token anywhere.
pub(super) const GRAPH_URL: &str = "WATPL_GRAPH_URL";
/// The token of accounts that name no other source.
pub(super) const TOKEN: &str = "WATPL_TOKEN";
