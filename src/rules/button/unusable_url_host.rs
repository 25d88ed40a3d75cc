//! `unusable-url-host`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::rule;
use crate::rules::support::quote;
use crate::url_host::{Address, UnusableHost};

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
    pub(crate) static RULE = {
        id: "unusable-url-host",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-placeholder-host"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button.url()?)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let reason = Address::parse(text)?.unusable_host(text)?;
    let label = match reason {
        UnusableHost::Reserved => "this host is there for examples, tests, or one computer alone",
        UnusableHost::Number => "a number is no host that people know",
        UnusableHost::UnknownEnd => "no domain ends like this",
        UnusableHost::End => "others register below this domain, and nobody has it",
    };
    let message = format!("{} leads to nobody's host", quote::quoted(text.as_str()));
    Some(
        Diagnostic::new(&RULE, text.span, message)
            .label(label)
            .help("write the host that the page is really on"),
    )
}
