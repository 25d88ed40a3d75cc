//! `name-differs-from-file`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::Context;
use crate::rule;

rule! {
    /// A file is not called like its template.
    ///
    /// People look for `order_shipped` in a file of that name, and so do pull and convert.
    ///
    /// ```yaml fails
    /// --- shipped.yaml
    /// name: order_shipped
    /// ```
    ///
    /// ```yaml passes
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// ```
    pub(super) static RULE = {
        id: "name-differs-from-file",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/template-management",
    }
}

pub(super) fn check(template: &View<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    diagnostic(template, context.source.name()).into_iter().collect()
}

fn diagnostic(template: &View<'_>, path: &str) -> Option<Diagnostic> {
    let name = template.name.as_ref()?;
    let file = path.rsplit(['/', '\\']).next()?;
    // What comes from elsewhere than a template file has no name to speak of.
    let (stem, extension) = file.rsplit_once('.')?;
    let is_template = matches!(extension, "yaml" | "yml" | "watpl");
    (is_template && stem != name.value.as_str()).then(|| {
        let message = format!("the file {} holds `{}`", quote::quoted(file), quote_name(name.value.as_str()));
        Diagnostic::new(&RULE, name.span, message)
            .help(format!("rename the file to `{}.{extension}`", quote_name(name.value.as_str())))
    })
}

/// A name is safe to show; it may only be long.
fn quote_name(name: &str) -> String {
    quote::quoted(name).trim_matches('`').to_owned()
}
