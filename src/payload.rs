//! Payloads and deployed versions without their JSON: one vocabulary for both directions.

use std::fmt;

use serde_json::Value;

use crate::model::{Category, FlowAction, MediaFormat, OtpType, ParameterFormat};
use crate::source::{SourceId, Span};

/// The key of a version within an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionKey {
    /// The template's name.
    pub name: String,
    /// The language's code, with an underscore.
    pub language: String,
}

impl fmt::Display for VersionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.name, self.language)
    }
}

/// One version, ready to be created or edited in one account.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The key of the version.
    pub key: VersionKey,
    /// The category as declared.
    pub category: Category,
    /// The placeholder format.
    pub parameter_format: ParameterFormat,
    /// `message_send_ttl_seconds`.
    pub ttl: Option<i64>,
    /// Further fields, as Meta names them.
    pub options: Vec<(&'static str, Value)>,
    /// The components, in Meta's order; none where a template of the library is named.
    pub components: Vec<Component>,
    /// The template of Meta's library that it is made of.
    pub library: Option<Library>,
    /// The file it comes from.
    pub source: SourceId,
    /// The place in the file that stands for it.
    pub span: Span,
}

/// A template of Meta's library, and what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    /// Its name.
    pub template: String,
    /// Inputs of its buttons.
    pub buttons: Option<Value>,
    /// Inputs of its body.
    pub body: Option<Value>,
}

/// One version as the account has it.
#[derive(Clone, Debug)]
pub struct Deployed {
    /// Meta's id, which changes when the version is deleted and created again.
    pub id: String,
    /// The key of the version.
    pub key: VersionKey,
    /// Its status.
    pub status: Status,
    /// The category, in upper case.
    pub category: String,
    /// The category before Meta changed it.
    pub previous_category: Option<String>,
    /// The category that Meta announces for it.
    pub correct_category: Option<String>,
    /// The placeholder format.
    pub parameter_format: ParameterFormat,
    /// `message_send_ttl_seconds`.
    pub ttl: Option<i64>,
    /// The rejection reason.
    pub rejected_reason: Option<String>,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: Option<String>,
    /// The time of the last change, in Meta's format.
    pub updated: Option<String>,
    /// The template of Meta's library that it is made of.
    pub library: Option<String>,
    /// `true` if Meta created it.
    pub auto_generated: bool,
    /// Further fields that carry information, as Meta names them.
    pub options: Vec<(&'static str, Value)>,
    /// The components, in the order they came.
    pub components: Vec<Component>,
    /// The same in Meta's JSON, for what reading them does not keep.
    pub json: Vec<Value>,
}

/// Status of a version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It can be sent.
    Approved,
    /// It is being reviewed.
    Pending,
    /// The review refused it.
    Rejected,
    /// Too many recipients complained; it cannot be sent for a while.
    Paused,
    /// It was paused too often.
    Disabled,
    /// A rejection is being looked at again.
    InAppeal,
    /// It goes away once everything sent has been delivered.
    PendingDeletion,
    /// It no longer exists.
    Deleted,
    /// The account has too many.
    LimitExceeded,
    /// It has not been used for a year.
    Archived,
    /// Something this version does not know.
    Other(String),
}

impl Status {
    /// The status of Meta's word in any case.
    pub fn new(word: &str) -> Self {
        match word.to_ascii_uppercase().as_str() {
            "APPROVED" => Self::Approved,
            "PENDING" => Self::Pending,
            "REJECTED" => Self::Rejected,
            "PAUSED" => Self::Paused,
            "DISABLED" => Self::Disabled,
            "IN_APPEAL" => Self::InAppeal,
            "PENDING_DELETION" => Self::PendingDeletion,
            "DELETED" => Self::Deleted,
            "LIMIT_EXCEEDED" => Self::LimitExceeded,
            "ARCHIVED" => Self::Archived,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Meta's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Approved => "APPROVED",
            Self::Pending => "PENDING",
            Self::Rejected => "REJECTED",
            Self::Paused => "PAUSED",
            Self::Disabled => "DISABLED",
            Self::InAppeal => "IN_APPEAL",
            Self::PendingDeletion => "PENDING_DELETION",
            Self::Deleted => "DELETED",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::Archived => "ARCHIVED",
            Self::Other(word) => word,
        }
    }
}

/// One component.
#[derive(Clone, Debug, PartialEq)]
pub enum Component {
    /// A text above the body.
    HeaderText {
        /// The text.
        text: String,
        /// The sample of its placeholder, for reviewers.
        samples: Samples,
    },
    /// An image, video or document above the body.
    HeaderMedia {
        /// The kind of media.
        format: MediaFormat,
        /// Its sample.
        sample: MediaSample,
    },
    /// A map above the body.
    HeaderLocation,
    /// A product above the body.
    HeaderProduct,
    /// A line about an offer that ends.
    LimitedTimeOffer {
        /// The line.
        text: String,
        /// `true` if the end of the offer is shown, with its code.
        has_expiration: Option<bool>,
    },
    /// The question for the permission to call.
    CallPermissionRequest,
    /// Cards to swipe through: the components of each.
    Carousel(Vec<Vec<Component>>),
    /// The body.
    Body {
        /// The text.
        text: String,
        /// The samples of its placeholders, for reviewers.
        samples: Samples,
    },
    /// The body that Meta writes.
    AuthenticationBody {
        /// `true` if it advises against sharing the code.
        add_security_recommendation: bool,
    },
    /// The line below the body.
    Footer {
        /// The text.
        text: String,
    },
    /// The line below the body that Meta writes.
    AuthenticationFooter {
        /// The lifetime of the code.
        code_expiration_minutes: i64,
    },
    /// The buttons.
    Buttons(Vec<Button>),
    /// Something this version does not know, as Meta gave it.
    Opaque(Value),
}

/// One button.
#[derive(Clone, Debug, PartialEq)]
pub enum Button {
    /// Sends its label as an answer.
    QuickReply {
        /// The label.
        text: String,
    },
    /// Opens an address.
    Url {
        /// The label.
        text: String,
        /// The address.
        url: String,
        /// The address with its placeholder filled in.
        example: Option<String>,
        /// The target inside an app: Meta's keys and their values.
        app_deep_link: Vec<(&'static str, String)>,
    },
    /// Calls a number.
    PhoneNumber {
        /// The label.
        text: String,
        /// The number.
        phone_number: String,
    },
    /// Copies a code.
    CopyCode {
        /// A sample of the code.
        example: Option<String>,
    },
    /// Hands over a one-time passcode.
    Otp {
        /// The hand-over method.
        otp_type: OtpType,
        /// The label, where it is not Meta's.
        text: Option<String>,
        /// The label of the button that fills the code in, where it is not Meta's.
        autofill_text: Option<String>,
        /// Package names and signature hashes of the apps that may take the code.
        supported_apps: Vec<(String, String)>,
        /// `true` if Meta's terms of zero-tap are accepted.
        zero_tap_terms_accepted: Option<bool>,
    },
    /// Opens a flow.
    Flow {
        /// The label.
        text: String,
        /// `flow_id`, `flow_name` or `flow_json`, and its value.
        flow: (&'static str, String),
        /// The first action.
        action: Option<FlowAction>,
        /// The screen to begin with.
        navigate_screen: Option<String>,
        /// The icon on the button.
        icon: Option<String>,
    },
    /// Performs the action of its type, with a label that Meta fixes.
    Fixed(FixedButton),
    /// Calls over WhatsApp.
    VoiceCall {
        /// The label.
        text: String,
        /// Minutes that the button works.
        ttl_minutes: Option<i64>,
    },
    /// Opens an order to review and pay.
    OrderDetails {
        /// The label.
        text: String,
    },
    /// Something this version does not know, as Meta gave it.
    Opaque(Value),
}

/// A button with a label that Meta fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FixedButton {
    /// Opens the catalog.
    Catalog,
    /// Opens several products.
    Mpm,
    /// Opens one product.
    Spm,
    /// Asks for contact details.
    RequestContactInfo,
}

/// The samples of placeholders, for reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Samples {
    /// By number, from 1.
    Positional(Vec<String>),
    /// By name.
    Named(Vec<(String, String)>),
}

impl Samples {
    /// Returns whether there are no samples.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Positional(samples) => samples.is_empty(),
            Self::Named(samples) => samples.is_empty(),
        }
    }
}

/// The sample of a media header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaSample {
    /// A file of the project: its path as written, and the SHA-256 of its content where it was read.
    File {
        /// The path as written in the source.
        path: String,
        /// The hash, in hexadecimal.
        hash: Option<String>,
    },
    /// The handle that an upload returned.
    Handle(String),
    /// The signed address that Meta returns instead; it changes.
    Link(String),
}

impl Payload {
    /// The media samples, in order.
    pub fn media(&self) -> Vec<&MediaSample> {
        media(&self.components)
    }

    /// The payload with its media samples replaced, in order.
    #[must_use]
    pub fn with_media(mut self, samples: Vec<MediaSample>) -> Self {
        replace_media(&mut self.components, &mut samples.into_iter());
        self
    }
}

fn media(components: &[Component]) -> Vec<&MediaSample> {
    let samples = components.iter().flat_map(|component| match component {
        Component::HeaderMedia { sample, .. } => vec![sample],
        Component::Carousel(cards) => cards.iter().flat_map(|card| media(card)).collect(),
        _ => Vec::new(),
    });
    samples.collect()
}

fn replace_media(components: &mut [Component], samples: &mut dyn Iterator<Item = MediaSample>) {
    for component in components {
        match component {
            Component::HeaderMedia { sample, .. } => {
                *sample = samples.next().unwrap_or_else(|| sample.clone())
            }
            Component::Carousel(cards) => cards.iter_mut().for_each(|card| replace_media(card, samples)),
            _ => {}
        }
    }
}
