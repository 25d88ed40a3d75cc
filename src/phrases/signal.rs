//! Signals: the meanings of phrases.

/// Meaning of a phrase. The names are the headers of the phrase lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Signal {
    /// A price cut, a free item, cashback.
    Discount,
    /// A code that makes something cheaper.
    Code,
    /// More to buy: upgrades, recommendations, new collections.
    Upsell,
    /// Hurry, and calls to buy.
    Urgency,
    /// An app or a feature to try.
    App,
    /// Events and openings, "did you know".
    Event,
    /// Loyalty, referrals, thanks for being a customer.
    Loyalty,
    /// Credit as an apology, pre-approved loans, donations, assistants that introduce themselves.
    Pitch,
    /// A push to renew.
    Renewal,
    /// A cart or application that was left.
    Cart,
    /// Birthdays, holidays, seasons.
    Greeting,
    /// A survey or a wish for feedback.
    Survey,
    /// Orders, invoices, appointments: what a utility message is about.
    Evidence,
    /// Safety, outages, fraud: what may be sent without being about an order.
    Essential,
    /// Exceptions: phrases in which words of the signals above are harmless.
    Exception,
    /// A one-time passcode.
    Passcode,
    /// An opt-out.
    Optout,
    /// Greetings and salutations, which have no content of their own.
    Salutation,
    /// A request to send or enter something.
    Ask,
    /// Sensitive data that messages must not ask for: a card number, a password.
    Secret,
    /// Words that turn such a request round: "never", "do not share", "last 4 digits".
    Negation,
    /// A threat with courts, police or shame.
    Threat,
    /// Goods that Meta's commerce policy bars.
    Barred,
    /// Samples that are not realistic values.
    FillerSample,
    /// Stop words: nearly every sentence of the language has some, and similar languages don't.
    StopWord,
}

impl Signal {
    /// The signals of promotion that share one rule.
    pub(crate) const PROMOTION: [Self; 8] = [
        Self::Discount,
        Self::Code,
        Self::Upsell,
        Self::Urgency,
        Self::App,
        Self::Event,
        Self::Loyalty,
        Self::Pitch,
    ];

    const ALL: [(&'static str, Self); 25] = [
        ("discount", Self::Discount),
        ("code", Self::Code),
        ("upsell", Self::Upsell),
        ("urgency", Self::Urgency),
        ("app", Self::App),
        ("event", Self::Event),
        ("loyalty", Self::Loyalty),
        ("pitch", Self::Pitch),
        ("renewal", Self::Renewal),
        ("cart", Self::Cart),
        ("greeting", Self::Greeting),
        ("survey", Self::Survey),
        ("evidence", Self::Evidence),
        ("essential", Self::Essential),
        ("harmless", Self::Exception),
        ("passcode", Self::Passcode),
        ("optout", Self::Optout),
        ("hello", Self::Salutation),
        ("ask", Self::Ask),
        ("secret", Self::Secret),
        ("guard", Self::Negation),
        ("threat", Self::Threat),
        ("barred", Self::Barred),
        ("lazy", Self::FillerSample),
        ("common", Self::StopWord),
    ];

    /// The signal of a header.
    pub(super) fn new(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, signal)| *signal)
    }

    /// Its bit in a set of signals.
    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Returns whether it makes a template marketing.
    pub(crate) fn is_promotion(self) -> bool {
        Self::PROMOTION.contains(&self)
    }

    /// Returns whether an exception phrase around it cancels it.
    pub(super) fn can_be_excepted(self) -> bool {
        self.is_promotion()
            || matches!(
                self,
                Self::Renewal
                    | Self::Cart
                    | Self::Greeting
                    | Self::Survey
                    | Self::Secret
                    | Self::Threat
                    | Self::Barred
            )
    }
}
