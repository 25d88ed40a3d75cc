//! Ids, cursors, handles and other opaque strings, in the shapes that Meta gives them.

use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use sha2::{Digest, Sha256};

use crate::base64;

// Meta's ids have up to 17 digits.
pub(crate) const LONGEST_ID: usize = 32;

/// Whether a text can be the id of an account, app, phone number or template: a number of up to 32 digits.
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

// No cursor ends like this by itself: digests have no dots.
const OTHER: &str = ".2";

/// A template id: a decimal string, longer than a 32-bit number and of no fixed length.
pub(crate) fn template() -> String {
    let mut generator = StdRng::from_os_rng();
    let least = 10_u64.pow(generator.random_range(14..=16));
    generator.random_range(least..least * 10).to_string()
}

/// What an app has to give back in the handshake of webhooks.
pub(crate) fn challenge() -> String {
    StdRng::from_os_rng().random_range(100_000_000..1_000_000_000_u64).to_string()
}

/// `fbtrace_id` of an error.
pub(crate) fn trace() -> String {
    format!("A{}", random(16))
}

/// Unguessable text for sessions, signatures and links.
pub(crate) fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    StdRng::from_os_rng().fill_bytes(&mut buffer);
    base64::encode_for_url(&buffer)
}

/// The paging cursor of a template: opaque, and the same whenever it is asked for.
pub(crate) fn cursor(id: &str) -> String {
    format!("QVFIU{}", digest(id))
}

/// The cursor of the place before the first template; only faults hand it out.
pub(crate) fn first_cursor() -> String {
    cursor("")
}

/// Another spelling of a cursor, for faults that need two for one place.
pub(crate) fn other_cursor(cursor: &str) -> String {
    let usual = usual_cursor(cursor);
    if usual == cursor { format!("{cursor}{OTHER}") } else { usual.to_owned() }
}

/// A cursor in its usual spelling.
pub(crate) fn usual_cursor(cursor: &str) -> &str {
    cursor.strip_suffix(OTHER).unwrap_or(cursor)
}

/// A handle for an uploaded file, shaped like `4::<type>:<signature>:e:<expiry>:<app>:<signature>`.
pub(crate) fn handle(mime: &str, app: &str, expires: i64) -> String {
    let mime = base64::encode(mime.as_bytes());
    format!("4::{mime}:AR{}:e:{expires}:{app}:AR{}", random(24), random(12))
}

/// A short name for any text that always comes out the same.
pub(crate) fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    base64::encode_for_url(hash.as_slice().get(..18).unwrap_or_default())
}
