//! `versions-differ`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{HeaderKind, Project, TemplateSummary, VersionSummary};
use crate::rule;

rule! {
    /// A language of a template is made otherwise than another.
    ///
    /// Senders choose a name and a language, and send the same values and the same media whatever the language. Where the kind
    /// of header, the types of buttons or the variables differ, one of the languages fails when it is sent. Numbers in
    /// another order are a note: they are fine as long as each means the same.
    ///
    /// ```yaml fails
    /// languages:
    ///   en_US:
    ///     header: { image: media/parcel.png }
    ///     body: Your order is on its way to you.
    ///   fr:
    ///     body: Votre commande est en route vers vous.
    /// ```
    ///
    /// ```yaml passes
    /// languages:
    ///   en_US:
    ///     header: { image: media/parcel.png }
    ///     body: Your order is on its way to you.
    ///   fr:
    ///     header: { image: media/colis.png }
    ///     body: Votre commande est en route vers vous.
    /// ```
    pub(super) static RULE = {
        id: "versions-differ",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["language-variants-drift"],
        subcode: Some(132000),
        reference: "templates/overview",
    }
}

type Side<'a> = (&'a TemplateSummary, &'a VersionSummary);

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&TemplateSummary]) -> Vec<Diagnostic> {
    let complete = files.iter().filter(|template| !template.incomplete);
    let mut versions =
        complete.flat_map(|template| template.versions.iter().map(move |version| (*template, version)));
    let Some(original) = versions.next() else { return Vec::new() };
    let comparable = versions.filter(|(template, version)| {
        // What has no text yet is reported for that.
        version.body().is_some() == original.1.body().is_some()
            && original.1.span() != version.span()
            && original.0.shares_an_account(template)
    });
    comparable.filter_map(|side| difference(original, side)).collect()
}

fn difference((first, original): Side<'_>, (template, version): Side<'_>) -> Option<Diagnostic> {
    let (own, other) = (version.code(), original.code());
    let (shape, model) = (&version.shape, &original.shape);
    let sure = !shape.unsure && !model.unsure;
    let elsewhere = first.source != template.source;
    let warning = |message: String, help: &str| {
        Diagnostic::new(&RULE, version.span(), message)
            .related(original.span(), format!("`{other}` is here"))
            .help(help)
    };
    if shape.header != model.header {
        let kind = |header: Option<HeaderKind>| {
            header
                .map_or("no header".to_owned(), |shown| format!("a header of the kind `{}`", shown.as_str()))
        };
        let message = format!("`{own}` has {}, and `{other}` has {}", kind(shape.header), kind(model.header));
        return Some(warning(message, "give all languages the same kind of header"));
    }
    if !shape.has_buttons_of(model) {
        let message = format!("`{own}` has {}, and `{other}` has {}", shape.buttons(), model.buttons());
        return Some(warning(message, "give all languages the same buttons, in the same order"));
    }
    // In one file, a rule of its own says which variable it is.
    if sure && (shape.numbers != model.numbers || elsewhere && shape.names != model.names) {
        let what = if shape.numbers == model.numbers { "variables" } else { "numbers" };
        let message = format!("`{own}` has other {what} than `{other}`");
        return Some(warning(message, "use the same placeholders in all languages"));
    }
    if elsewhere && template.variables.0 == first.variables.0 && template.variables.1 != first.variables.1 {
        let message = format!("`{own}` declares other types of variables than `{other}`");
        return Some(warning(message, "give each variable the same `type` in all files of this name"));
    }
    (sure && shape.order != model.order).then(|| {
        let message = format!("the numbers of `{own}` stand in another order than those of `{other}`");
        warning(message, "make sure that each number means the same in both").severity(Severity::Info)
    })
}
