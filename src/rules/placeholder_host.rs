//! `placeholder-host`.

use super::View;
use super::address::{Address, Nobody};
use super::quote;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// The address of a button leads to nobody's host.
    ///
    /// `example.com`, `localhost`, bare numbers and ends that no domain has (by the list of public suffixes) are what one
    /// writes before the real address is known, or a slip of the pen. A reviewer who taps the button sees somebody
    /// else's page, or none.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://www.example.com/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(super) static RULE = {
        id: "placeholder-host",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-placeholder-host"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let nobody = Address::of(text)?.nobody(text)?;
    let label = match nobody {
        Nobody::Reserved => "this host is there for examples, tests, or one computer alone",
        Nobody::Number => "a number is no host that people know",
        Nobody::UnknownEnd => "no domain ends like this",
        Nobody::End => "others register below this domain, and nobody has it",
    };
    let message = format!("{} leads to nobody's host", quote::quoted(text.as_str()));
    Some(
        Diagnostic::new(&RULE, text.span, message)
            .label(label)
            .help("write the host that the page is really on"),
    )
}
