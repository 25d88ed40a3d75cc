//! Buttons.

use super::Text;
use crate::source::{Span, Spanned};

/// One button.
#[derive(Clone, Debug)]
pub struct Button {
    /// Where it stands.
    pub span: Span,
    /// The label; `None` where Meta writes it.
    pub text: Option<Text>,
    /// What tapping it does.
    pub kind: ButtonKind,
}

/// What tapping a button does.
#[derive(Clone, Debug)]
pub enum ButtonKind {
    /// Sends the label as an answer.
    QuickReply,
    /// Opens an address.
    Url {
        /// The address.
        url: Text,
        /// The sample of a numbered placeholder in it.
        samples: Vec<Spanned<String>>,
    },
    /// Calls a number.
    PhoneNumber {
        /// The number.
        phone_number: Text,
    },
    /// Copies a code.
    CopyCode {
        /// A sample of the code.
        example: Spanned<String>,
    },
    /// Hands over a one-time passcode.
    Otp {
        /// How.
        otp_type: Spanned<OtpType>,
    },
}

/// How a one-time passcode is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OtpType {
    /// The recipient copies it.
    CopyCode,
}

impl Button {
    /// The address, if it opens one.
    pub fn url(&self) -> Option<&Text> {
        match &self.kind {
            ButtonKind::Url { url, .. } => Some(url),
            _ => None,
        }
    }
}

impl ButtonKind {
    /// Meta's word for it, in lower case.
    pub fn word(&self) -> &'static str {
        match self {
            Self::QuickReply => "quick_reply",
            Self::Url { .. } => "url",
            Self::PhoneNumber { .. } => "phone_number",
            Self::CopyCode { .. } => "copy_code",
            Self::Otp { .. } => "otp",
        }
    }
}
