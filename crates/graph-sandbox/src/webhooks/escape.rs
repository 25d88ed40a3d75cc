//! The bytes of a webhook: JSON in which everything beyond ASCII is escaped, as Meta sends and signs it.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// The body as it goes over the wire. Who verifies a signature over JSON that was read and written again is caught.
pub(super) fn body(value: &Value) -> String {
    let plain = value.to_string();
    let mut escaped = String::with_capacity(plain.len());
    // Slashes and letters beyond ASCII are found in texts only, where both may be escaped.
    for letter in plain.chars() {
        match letter {
            '/' => escaped.push_str("\\/"),
            letter if letter.is_ascii() => escaped.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a text cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    escaped
}

/// The value of `X-Hub-Signature-256`.
pub(super) fn signature(secret: &str, body: &[u8]) -> String {
    let mut signature = String::from("sha256=");
    // A key may have any length.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(body);
        for byte in mac.finalize().into_bytes() {
            let _ = write!(signature, "{byte:02x}");
        }
    }
    signature
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_beyond_ascii_is_escaped_and_reads_back() {
        let value = json!({"text": "Grüße 🎉", "url": "https://x.example/a"});
        let sent = body(&value);
        assert_eq!(sent, r#"{"text":"Gr\u00fc\u00dfe \ud83c\udf89","url":"https:\/\/x.example\/a"}"#);
        assert_eq!(serde_json::from_str::<Value>(&sent).ok(), Some(value));
    }

    #[test]
    fn signs_as_rfc_4231_does() {
        let wanted = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", b"what do ya want for nothing?"), wanted);
    }
}
