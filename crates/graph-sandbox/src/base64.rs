//! Base64 with padding: Meta's media handles and cursors are written in it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The standard alphabet, padded.
pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(quartet).collect()
}

/// The alphabet that needs no escaping in a URL, without padding.
pub(crate) fn encode_for_url(bytes: &[u8]) -> String {
    encode(bytes).replace('+', "-").replace('/', "_").replace('=', "")
}

fn quartet(chunk: &[u8]) -> [char; 4] {
    let octet = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
    let bits = octet(0) << 16 | octet(1) << 8 | octet(2);
    [0, 1, 2, 3].map(|at| if at > chunk.len() { '=' } else { letter(bits >> (18 - 6 * at)) })
}

fn letter(bits: u32) -> char {
    ALPHABET.get((bits & 63) as usize).copied().map_or('=', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_samples_of_rfc_4648() {
        let encoded: Vec<String> = ["", "f", "fo", "foo", "foob"].map(|text| encode(text.as_bytes())).into();
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
        assert_eq!(encode(b"image/jpeg"), "aW1hZ2UvanBlZw==");
    }
}
