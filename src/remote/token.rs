//! The token, which is never printed.

use std::fmt;

use crate::secrets;

/// An access token. It has no `Display`, and its `Debug` hides the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token, if it can be sent: one line of visible ASCII. White space around it is cut off.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// Registers it as a secret of this run: from now on it is redacted wherever text is shown.
    pub fn keep_secret(&self) {
        secrets::add(&self.0);
    }

    /// The token, for the one header that carries it, and to look for it where it must not be.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_is_never_shown() {
        let token = Token::new(" EAAG-token-test\n").expect("a token");
        assert_eq!(format!("{token:?}"), "Token(***)");
        token.keep_secret();
        let url = crate::secrets::redact("https://x/?access_token=EAAG-token-test&a");
        assert_eq!(url, "https://x/?access_token=***&a");
    }

    #[test]
    fn what_could_end_a_header_is_no_token() {
        assert_eq!(Token::new("a\r\nX: b"), None);
        assert_eq!(Token::new(" \n"), None);
        assert_eq!(Token::new("é"), None);
    }
}
