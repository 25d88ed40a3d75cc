//! Rules, diagnostics and fixes.

mod needs;

pub use needs::{NeededSegment, Needs};

use std::fmt;

use crate::source::Span;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Likely to cost; never fails a run.
    Warning,
    /// The template would be refused, rejected or cannot be read; fails a run.
    Error,
}

/// The consequence of breaking a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// It cannot be created: the call that creates or edits it is answered with an error.
    Refused,
    /// It is created, and its review ends in `REJECTED`.
    Rejected,
    /// It is moved to another category, and billed as such.
    Recategorised,
    /// Accepted by Meta, but likely to fail at send time, to render badly or to be hard to maintain.
    Risk,
    /// Accepted by Meta, but messages sent as before are refused, or read differently.
    Contract,
}

/// The strength of a rule's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// Documented by Meta.
    Documented,
    /// Seen in answers of the live API.
    Observed,
    /// Reported by resellers or found in open-source clients.
    Reported,
    /// We deduce it.
    Inferred,
}

/// The identity and documentation of one rule; made by [`rule!`](crate::rule).
#[derive(Debug)]
pub struct Rule {
    /// Names the problem in kebab case; never changes its meaning and never vanishes.
    pub id: &'static str,
    /// The severity unless the project's configuration sets another.
    pub severity: Severity,
    /// `true` if it is off until the configuration or the command line names it.
    pub is_opt_in: bool,
    /// The consequence of breaking it.
    pub class: Consequence,
    /// The strength of its evidence.
    pub confidence: Confidence,
    /// The entries of the catalogue of Meta's rules that it covers.
    pub entries: &'static [&'static str],
    /// The Graph API subcode (or code, where there is no subcode) that it prevents.
    pub subcode: Option<u32>,
    /// The page of Meta's documentation, below its WhatsApp folder.
    pub reference: &'static str,
    /// Summary line, reason, failing and passing examples, as Markdown.
    pub doc: &'static str,
    /// The prefilter of its check.
    pub needs: Needs,
}

impl Rule {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.doc.trim_start().lines().next().unwrap_or_default().trim()
    }

    /// The severity in one or two words, for tables.
    pub fn weight(&self) -> String {
        if self.is_opt_in { format!("off ({})", self.severity) } else { self.severity.to_string() }
    }

    /// The address of the rule's page.
    pub fn url(&self) -> String {
        format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), self.id)
    }
}

/// Declares a rule: documentation first, then its identity, in a fixed order.
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        $visibility:vis static $name:ident = {
            id: $id:literal,
            severity: $severity:expr,
            $(opt_in: $opt_in:literal,)?
            class: $class:expr,
            confidence: $confidence:expr,
            entries: $entries:expr,
            subcode: $subcode:expr,
            reference: $reference:literal,
            $(needs: $needs:expr,)?
        }
    ) => {
        $(#[doc = $doc])+
        $visibility static $name: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            id: $id,
            severity: $severity,
            is_opt_in: {
                const SAID: &[bool] = &[$($opt_in)?];
                matches!(SAID, [true])
            },
            class: $class,
            confidence: $confidence,
            entries: &$entries,
            subcode: $subcode,
            reference: $reference,
            doc: concat!($($doc, "\n"),+),
            needs: {
                const DECLARED: &[$crate::diagnostic::Needs] = &[$($needs)?];
                match DECLARED {
                    [needs] => *needs,
                    _ => $crate::diagnostic::Needs::NOTHING,
                }
            },
        };
    };
}

/// One problem, at one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// The rule's severity, or what the project made of it.
    pub severity: Severity,
    /// The problem: one lower-case sentence without a full stop.
    pub message: String,
    /// The place of the problem.
    pub span: Span,
    /// The label of the span; empty if the message is enough.
    pub label: String,
    /// The advice.
    pub help: Option<String>,
    /// Other places that belong to it, also in other sources.
    pub related: Vec<Label>,
    /// The automatic fix.
    pub fix: Option<Fix>,
}

/// A place and a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark.
    pub text: String,
}

/// Edits that fix a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The effect of applying it, as an imperative.
    pub title: String,
    /// `true` if the content users see stays the same.
    pub safety: Safety,
    /// Replacements that do not overlap.
    pub edits: Vec<Edit>,
}

/// Returns whether a fix may be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Meaning cannot change.
    Safe,
    /// A person should look at the result.
    Unsafe,
}

/// The replacement of one span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The replaced range; empty to insert.
    pub span: Span,
    /// The replacement.
    pub text: String,
}

impl Diagnostic {
    /// A diagnostic of `rule` at `span`.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Sets the label of the span.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Overrides the severity of its rule.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Points at another place as well.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Offers a fix that cannot change the meaning.
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.with_fix(Fix {
            title: title.into(),
            safety: Safety::Safe,
            edits: vec![Edit { span, text: text.into() }],
        })
    }

    /// Offers `fix`.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Recategorised => "recategorised",
            Self::Risk => "risk",
            Self::Contract => "contract",
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Reported => "reported",
            Self::Inferred => "inferred",
        })
    }
}
