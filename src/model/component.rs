//! Headers, bodies and footers.

use serde_json::Value;

use super::Text;
use crate::source::{Span, Spanned};

/// The header.
#[derive(Clone, Debug)]
pub enum Header {
    /// A line of text.
    Text {
        /// The text.
        text: Text,
        /// Samples of its numbered placeholders.
        samples: Vec<Spanned<String>>,
    },
    /// An image, video or document.
    Media {
        /// The kind of media.
        format: MediaFormat,
        /// The path of the sample, relative to the source file.
        sample: Spanned<String>,
    },
    /// A map; the place is given when sending.
    Location(Span),
    /// A product of the catalog; which one is given when sending.
    Product(Span),
}

/// The kind of media in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MediaFormat {
    /// JPEG or PNG.
    Image,
    /// MP4.
    Video,
    /// An MP4 without sound that plays by itself.
    Gif,
    /// PDF.
    Document,
}

/// The body: a text, or the flag from which Meta writes an authentication text.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its span.
    pub span: Span,
    /// The text.
    pub text: Option<Text>,
    /// Samples of its numbered placeholders.
    pub samples: Vec<Spanned<String>>,
    /// Authentication: whether to advise against sharing the code.
    pub add_security_recommendation: Option<Spanned<bool>>,
}

/// The footer: a text, or the number from which Meta writes an authentication text.
#[derive(Clone, Debug)]
pub struct Footer {
    /// Its span.
    pub span: Span,
    /// The text.
    pub text: Option<Text>,
    /// Authentication: minutes that the code lives.
    pub code_expiration_minutes: Option<Spanned<i64>>,
}

/// A line about an offer that ends.
#[derive(Clone, Debug)]
pub struct LimitedTimeOffer {
    /// Its span.
    pub span: Span,
    /// The line.
    pub text: Text,
    /// `true` if the end of the offer is shown, with its code.
    pub has_expiration: Option<Spanned<bool>>,
}

/// A card of a carousel.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its span.
    pub span: Span,
    /// An image, a video or a product.
    pub header: Option<Header>,
    /// The text.
    pub body: Option<Body>,
    /// The buttons, in order.
    pub buttons: Vec<super::Button>,
}

/// A template of Meta's library, and what it asks for.
#[derive(Clone, Debug)]
pub struct Library {
    /// Its name.
    pub template: Spanned<String>,
    /// Inputs of its buttons, in Meta's keys.
    pub buttons: Option<Value>,
    /// Inputs of its body, in Meta's keys.
    pub body: Option<Value>,
}

impl Header {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Its span.
    pub fn span(&self) -> Span {
        match self {
            Self::Text { text, .. } => text.span,
            Self::Media { sample, .. } => sample.span,
            Self::Location(span) | Self::Product(span) => *span,
        }
    }
}

impl MediaFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Image, Self::Video, Self::Gif, Self::Document];

    /// The word, as a key of a header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Gif => "gif",
            Self::Document => "document",
        }
    }
}
