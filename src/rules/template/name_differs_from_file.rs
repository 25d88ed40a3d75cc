//! `name-differs-from-file`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::lint_context::Context;
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A file name differs from the template name.
    ///
    /// People look for `order_shipped` in a file of that name, and so do `watpl pull` and `watpl convert`.
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
    pub(crate) static RULE = {
        id: "name-differs-from-file",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/template-management",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    diagnostic(template, context.source.name()).into_iter().collect()
}

fn diagnostic(template: &TemplateView<'_>, path: &str) -> Option<Diagnostic> {
    let name = template.name.as_ref()?;
    let file = path.rsplit(['/', '\\']).next()?;
    // What comes from elsewhere than a template file has no name to speak of.
    let (stem, extension) = file.rsplit_once('.')?;
    let is_template = matches!(extension, "yaml" | "yml" | "watpl");
    (is_template && stem != name.value.as_str()).then(|| {
        let message =
            format!("the file {} contains `{}`", quote::quoted(file), quote_name(name.value.as_str()));
        Diagnostic::new(&RULE, name.span, message)
            .help(format!("rename the file to `{}.{extension}`", quote_name(name.value.as_str())))
    })
}

/// A name is safe to show; it may only be long.
fn quote_name(name: &str) -> String {
    quote::quoted(name).trim_matches('`').to_owned()
}

cases! {
    fails: [
        "--- shipped.yaml\nname: «order_shipped»\n",
        "--- utility/shipped.yml\nname: «\"order_shipped\"»\n",
        "--- Order_Shipped.yaml\nname: «order_shipped»\n",
        "--- shipped.watpl\ntemplate «order_shipped» {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n}\n",
        "--- order_shipped.en.yaml\nname: «order_shipped»\n",
    ],
    passes: [
        "--- order_shipped.yaml\nname: order_shipped\n",
        "--- order_shipped.yml\nname: order_shipped\n",
        "--- a/b.c/order_shipped.yaml\nname: order_shipped\n",
        "--- templates\\order_shipped.yaml\nname: order_shipped\n",
        "--- shipped.json\nname: order_shipped\n",
    ],
}
