//! Buttons.

use super::Text;
use crate::source::{Span, Spanned};

/// One button.
#[derive(Clone, Debug)]
pub struct Button {
    /// Its span.
    pub span: Span,
    /// The label; `None` where Meta writes it.
    pub text: Option<Text>,
    /// Its action.
    pub kind: ButtonKind,
}

/// The action of a button.
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
        /// The target inside an app.
        app_deep_link: Option<DeepLink>,
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
        /// The hand-over method.
        otp_type: Spanned<OtpType>,
        /// The label of the button that fills the code in.
        autofill_text: Option<Text>,
        /// The apps that may take the code.
        supported_apps: Vec<App>,
        /// `true` if Meta's terms of zero-tap are accepted.
        zero_tap_terms_accepted: Option<Spanned<bool>>,
    },
    /// Opens a flow.
    Flow {
        /// The flow.
        flow: FlowSource,
        /// The first action.
        action: Option<Spanned<FlowAction>>,
        /// The screen to begin with.
        navigate_screen: Option<Spanned<String>>,
        /// The icon on the button, in upper case.
        icon: Option<Spanned<String>>,
    },
    /// Opens the catalog.
    Catalog,
    /// Opens several products, chosen when sending.
    Mpm,
    /// Opens one product, chosen when sending.
    Spm,
    /// Calls over WhatsApp.
    VoiceCall {
        /// Minutes that the button works.
        ttl_minutes: Option<Spanned<i64>>,
    },
    /// Opens an order to review and pay.
    OrderDetails,
    /// Asks for contact details.
    RequestContactInfo,
}

/// The hand-over method of a one-time passcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OtpType {
    /// The recipient copies it.
    CopyCode,
    /// One tap fills it into an app.
    OneTap,
    /// It is filled into an app without a tap.
    ZeroTap,
}

/// An app that may take a one-time passcode.
#[derive(Clone, Debug)]
pub struct App {
    /// The Android package.
    pub package_name: Spanned<String>,
    /// The hash of its signing key.
    pub signature_hash: Spanned<String>,
}

/// The target of a URL button inside an app.
#[derive(Clone, Debug)]
pub struct DeepLink {
    /// The app's id at Meta.
    pub meta_app_id: Option<Spanned<String>>,
    /// The address inside the app.
    pub android_deep_link: Option<Spanned<String>>,
    /// The fallback if the app is not installed.
    pub android_fallback_playstore_url: Option<Spanned<String>>,
}

/// The flow that a button opens.
#[derive(Clone, Debug)]
pub enum FlowSource {
    /// By its id.
    Id(Spanned<String>),
    /// By its name.
    Name(Spanned<String>),
    /// By its definition.
    Json(Spanned<String>),
}

/// The first action of a flow button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlowAction {
    /// Shows a screen.
    Navigate,
    /// Asks the business's server.
    DataExchange,
}

impl OtpType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::CopyCode, Self::OneTap, Self::ZeroTap];

    /// The type of a word in any case.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word))
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CopyCode => "copy_code",
            Self::OneTap => "one_tap",
            Self::ZeroTap => "zero_tap",
        }
    }
}

impl FlowAction {
    /// Every action.
    pub const ALL: [Self; 2] = [Self::Navigate, Self::DataExchange];

    /// The action of a word in any case.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str().eq_ignore_ascii_case(word))
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Navigate => "navigate",
            Self::DataExchange => "data_exchange",
        }
    }
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
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::QuickReply => "quick_reply",
            Self::Url { .. } => "url",
            Self::PhoneNumber { .. } => "phone_number",
            Self::CopyCode { .. } => "copy_code",
            Self::Otp { .. } => "otp",
            Self::Flow { .. } => "flow",
            Self::Catalog => "catalog",
            Self::Mpm => "mpm",
            Self::Spm => "spm",
            Self::VoiceCall { .. } => "voice_call",
            Self::OrderDetails => "order_details",
            Self::RequestContactInfo => "request_contact_info",
        }
    }
}
