//! The template as its author means it: types that cannot hold a wrong value.

mod button;
mod category;
mod component;
mod kinds;
mod language;
mod name;
mod named;
mod text;
mod texts;
mod ttl;
mod variable;

pub use crate::syntax::{ByteSet, has_pair, has_triple};
pub use button::{App, Button, ButtonKind, DeepLink, FlowAction, FlowSource, OtpType};
pub use category::{Category, ParameterFormat};
pub use component::{Body, Card, Footer, Header, Library, LimitedTimeOffer, MediaFormat};
pub use kinds::SegmentKinds;
pub use language::Language;
pub use name::TemplateName;
pub use named::{Key, Named, NamedList};
pub use text::{Text, shows_nothing};
pub use texts::Texts;
pub use ttl::Ttl;
pub use variable::{Variable, VariableType};

pub use crate::syntax::text::{
    Brackets, Placeholder, PlaceholderError, PlaceholderErrorKind, Reference, Segment, SegmentKind,
};

use serde_json::Value;

use crate::source::{SourceId, Span, Spanned};

/// One template, as its file declares it. Absent or wrong parts were reported while lowering, and are `None`.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file.
    pub source: SourceId,
    /// A place that stands for the whole: the name, or the start of the file.
    pub span: Span,
    /// The name.
    pub name: Option<Spanned<TemplateName>>,
    /// The category as declared.
    pub category: Option<Spanned<Category>>,
    /// The placeholder format sent to Meta.
    pub parameter_format: ParameterFormat,
    /// The time for which delivery is tried.
    pub ttl: Option<Spanned<Ttl>>,
    /// The contract with the sender, in source order.
    pub variables: NamedList<Variable>,
    /// The languages, in source order.
    pub versions: Vec<Version>,
    /// The template of Meta's library that it is made of, instead of components.
    pub library: Option<Library>,
    /// The record that the sender starts from.
    pub applies_to: Option<AppliesTo>,
    /// Further top-level fields, passed on as they are.
    pub options: Options,
    /// For people and selection.
    pub metadata: Metadata,
    /// `true` if the file has pieces that could not be read, so that an absent part may be among them.
    pub incomplete: bool,
}

/// Top-level fields of Meta's that change nothing else.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `sub_category`, in upper case.
    pub sub_category: Option<Spanned<String>>,
    /// `display_format`, in upper case.
    pub display_format: Option<Spanned<String>>,
    /// `cta_url_link_tracking_opted_out`.
    pub cta_url_link_tracking_opted_out: Option<bool>,
    /// `is_primary_device_delivery_only`.
    pub is_primary_device_delivery_only: Option<bool>,
}

/// Metadata that is never sent.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Account names or globs; empty means all.
    pub accounts: Vec<Spanned<String>>,
    /// The purpose of the template.
    pub description: Option<String>,
    /// The owner.
    pub owner: Option<String>,
    /// Words to select by.
    pub tags: Vec<Spanned<String>>,
    /// The reason it is deprecated.
    pub deprecated: Option<Spanned<String>>,
    /// The template to use instead.
    pub replaced_by: Option<Spanned<String>>,
}

/// The record that the sender starts from.
#[derive(Clone, Debug)]
pub struct AppliesTo {
    /// The kind of record.
    pub model: Option<Spanned<String>>,
    /// The field that holds the recipient's number.
    pub phone: Option<Spanned<String>>,
}

/// One language of a template, with what it inherits.
#[derive(Clone, Debug)]
pub struct Version {
    /// A place that stands for the version: its code.
    pub span: Span,
    /// The language; `None` where the code is missing or not one of Meta's.
    pub language: Option<Spanned<Language>>,
    /// The header.
    pub header: Option<Header>,
    /// The body.
    pub body: Option<Body>,
    /// The footer.
    pub footer: Option<Footer>,
    /// The buttons, in order.
    pub buttons: Vec<Button>,
    /// A line about an offer that ends.
    pub limited_time_offer: Option<LimitedTimeOffer>,
    /// Cards to swipe through.
    pub carousel: Vec<Card>,
    /// The span of the call permission request, if there is one.
    pub call_permission_request: Option<Span>,
    /// Components in Meta's JSON.
    pub raw: Vec<Value>,
    /// Samples of named variables in this language.
    pub samples: NamedList<(Spanned<String>, Spanned<String>)>,
}

impl Template {
    /// The name, or words for its absence.
    pub fn title(&self) -> &str {
        self.name.as_ref().map_or("(no name)", |name| name.value.as_str())
    }

    /// The category's value.
    pub fn category(&self) -> Option<Category> {
        self.category.map(|category| category.value)
    }

    /// Returns whether the category is this one.
    pub fn is(&self, category: Category) -> bool {
        self.category() == Some(category)
    }

    /// Every text that people see, version by version.
    pub fn texts(&self) -> impl Iterator<Item = (&Version, Part, &Text)> {
        self.versions
            .iter()
            .flat_map(|version| version.texts().map(move |(part, text)| (version, part, text)))
    }

    /// Every text that may contain placeholders, version by version.
    pub fn texts_and_urls(&self) -> impl Iterator<Item = (&Version, Part, &Text)> {
        let versions = self.versions.iter();
        versions.flat_map(|version| version.texts_and_urls().map(move |(part, text)| (version, part, text)))
    }

    /// The texts of the bodies.
    pub fn bodies(&self) -> impl Iterator<Item = (&Version, &Text)> {
        self.versions.iter().filter_map(|version| Some((version, version.body_text()?)))
    }

    /// The texts of the bodies and those of cards, which are bodies to Meta as well.
    pub fn bodies_and_cards(&self) -> impl Iterator<Item = (&Version, Part, &Text)> {
        self.texts().filter(|(_, part, _)| matches!(part, Part::Body | Part::Card(_, CardPart::Body)))
    }

    /// The texts of the headers.
    pub fn headers(&self) -> impl Iterator<Item = &Text> {
        self.versions.iter().filter_map(|version| version.header.as_ref()?.text())
    }

    /// The texts of the footers.
    pub fn footers(&self) -> impl Iterator<Item = &Text> {
        self.versions.iter().filter_map(Version::footer_text)
    }

    /// The labels of the buttons.
    pub fn labels(&self) -> impl Iterator<Item = &Text> {
        self.buttons().filter_map(|button| button.text.as_ref())
    }

    /// The buttons, version by version, those of cards included.
    pub fn buttons(&self) -> impl Iterator<Item = &Button> {
        self.versions.iter().flat_map(|version| {
            version.buttons.iter().chain(version.carousel.iter().flat_map(|card| &card.buttons))
        })
    }

    /// The variable that a reference means.
    pub fn variable(&self, reference: &Reference) -> Option<&Variable> {
        self.variables.find(reference.key())
    }
}

impl Version {
    /// The language's code, or words for its absence.
    pub fn code(&self) -> &str {
        self.language.map_or("(no language)", |language| language.value.code())
    }

    /// The language without its region; may be empty.
    pub fn base(&self) -> &'static str {
        self.language.map_or("", |language| language.value.base())
    }

    /// The body's text.
    pub fn body_text(&self) -> Option<&Text> {
        self.body.as_ref()?.text.as_ref()
    }

    /// The footer's text.
    pub fn footer_text(&self) -> Option<&Text> {
        self.footer.as_ref()?.text.as_ref()
    }

    /// The headers: the version's own, and those of its cards.
    pub fn headers(&self) -> impl Iterator<Item = &Header> {
        self.header.iter().chain(self.carousel.iter().filter_map(|card| card.header.as_ref()))
    }

    /// Every text that people see, with what it is part of.
    pub fn texts(&self) -> Texts<'_> {
        Texts::new(self, false)
    }

    /// Every text that may contain placeholders: visible texts and the addresses of buttons.
    pub fn texts_and_urls(&self) -> Texts<'_> {
        Texts::new(self, true)
    }

    /// The samples of numbered placeholders given next to a part's text.
    pub fn numbered_samples(&self, part: Part) -> &[Spanned<String>] {
        match part {
            Part::Header => match &self.header {
                Some(Header::Text { samples, .. }) => samples,
                _ => &[],
            },
            Part::Body => self.body.as_ref().map_or(&[], |body| &body.samples),
            Part::Url(index) => url_samples(self.buttons.get(index)),
            Part::Card(card, part) => match (self.carousel.get(card), part) {
                (Some(card), CardPart::Body) => card.body.as_ref().map_or(&[], |body| &body.samples),
                (Some(card), CardPart::Url(index)) => url_samples(card.buttons.get(index)),
                _ => &[],
            },
            Part::Footer | Part::Offer | Part::Label(_) => &[],
        }
    }

    /// The sample of a placeholder in a part.
    pub fn sample<'a>(
        &'a self,
        template: &'a Template,
        part: Part,
        reference: &Reference,
    ) -> Option<&'a Spanned<String>> {
        match reference {
            Reference::Name(name) => {
                let own = self.samples.find(Key::Name(name));
                own.map(|(_, sample)| sample)
                    .or_else(|| template.variable(reference).and_then(|variable| variable.sample.as_ref()))
            }
            Reference::Number(number) => {
                let index = (*number as usize).checked_sub(1)?;
                self.numbered_samples(part).get(index).or_else(|| {
                    let variable = if part == Part::Body { template.variable(reference) } else { None };
                    variable.and_then(|variable| variable.sample.as_ref())
                })
            }
        }
    }
}

fn url_samples(button: Option<&Button>) -> &[Spanned<String>] {
    match button.map(|button| &button.kind) {
        Some(ButtonKind::Url { samples, .. }) => samples,
        _ => &[],
    }
}

/// The part a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The text header.
    Header,
    /// The body.
    Body,
    /// The footer.
    Footer,
    /// The label of the button with this index.
    Label(usize),
    /// The address of the button with this index.
    Url(usize),
    /// The line of a limited-time offer.
    Offer,
    /// A part of the card with this index.
    Card(usize, CardPart),
}

/// The part of a card a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardPart {
    /// The card's body.
    Body,
    /// The label of the button with this index.
    Label(usize),
    /// The address of the button with this index.
    Url(usize),
}

impl Part {
    /// Returns whether it is the label of a button.
    pub fn is_label(self) -> bool {
        matches!(self, Self::Label(_) | Self::Card(_, CardPart::Label(_)))
    }

    /// Returns whether it is the address of a button.
    pub fn is_url(self) -> bool {
        matches!(self, Self::Url(_) | Self::Card(_, CardPart::Url(_)))
    }

    /// Returns whether it is the label or the address of a button.
    pub fn is_action(self) -> bool {
        self.is_url() || self.is_label()
    }

    /// Its name in messages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Body => "body",
            Self::Footer => "footer",
            Self::Label(_) | Self::Card(_, CardPart::Label(_)) => "button label",
            Self::Url(_) | Self::Card(_, CardPart::Url(_)) => "button URL",
            Self::Offer => "limited-time offer",
            Self::Card(_, CardPart::Body) => "card",
        }
    }
}
