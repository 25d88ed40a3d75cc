//! `near-duplicate`.

use std::collections::HashMap;
use std::time::Duration;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Category;
use crate::project::{Facts, Project, Sketch, VersionFacts};
use crate::rule;
use crate::source::Span;

rule! {
    /// Two templates say nearly the same.
    ///
    /// At least 95 of 100 characters of their bodies and footers agree. Reviewers take such a template for a second attempt
    /// at the first, and senders for either. Authentication is exempt.
    ///
    /// ```yaml fails
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// body: Your order is packed and has left our warehouse; it will be with you in two or three days.
    /// --- order_sent.yaml
    /// name: order_sent
    /// body: Your order is packed and has left our warehouse. It will be with you in two or three days.
    /// ```
    ///
    /// ```yaml passes
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// body: Your order is packed and has left our warehouse; it will be with you in two or three days.
    /// --- order_ready.yaml
    /// name: order_ready
    /// body: Your order is packed and waits for you in our store, where we keep it for two weeks.
    /// ```
    pub(super) static RULE = {
        id: "near-duplicate",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Inferred,
        entries: ["policy-near-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

/// How many in a hundred cells of two sketches have to agree for the texts to be compared.
const WORTH_A_LOOK: usize = 55;
/// How many earlier texts one is compared with. What all of a large project share must not make this quadratic.
const MOST_LOOKS: usize = 3;
/// How many texts are kept under one key, for the same reason.
const MOST_KEPT: usize = 8;
/// How long two texts are compared at most.
const PATIENCE: Duration = Duration::from_millis(50);
/// How much of two texts has to agree.
const NEARLY: f64 = 0.95;

type Side<'a> = (&'a Facts, &'a VersionFacts, Sketch);

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut met: HashMap<_, Vec<Side<'_>>> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (template, version) in versions(project) {
        let Some(sketch) = version.sketch else { continue };
        let side = (template, version, sketch);
        let keys: Vec<_> = sketch.bands().map(|band| (base(version), band)).collect();
        let earlier: Vec<_> = keys.iter().filter_map(|key| met.get(key)).flatten().copied().collect();
        diagnostics.extend(nearest(project, side, earlier));
        for key in keys {
            let kept = met.entry(key).or_default();
            if kept.len() < MOST_KEPT {
                kept.push(side);
            }
        }
    }
    diagnostics
}

fn versions<'a>(project: &Project<'a>) -> impl Iterator<Item = (&'a Facts, &'a VersionFacts)> {
    let templates = project.templates.iter().filter(|template| !template.is(Category::Authentication));
    templates.flat_map(|template| template.versions.iter().map(move |version| (template, version)))
}

fn base(version: &VersionFacts) -> &'static str {
    version.language.map_or("", |language| language.value.base())
}

/// The earlier text that is nearly the same, if there is one under another name.
fn nearest(
    project: &Project<'_>,
    (template, version, sketch): Side<'_>,
    earlier: Vec<Side<'_>>,
) -> Option<Diagnostic> {
    let mut likely: Vec<(usize, Side<'_>)> = earlier
        .into_iter()
        .filter(|(other, own, _)| {
            other.name != template.name && own.text != version.text && other.shares_an_account(template)
        })
        .map(|side| (side.2.agreement(&sketch), side))
        .filter(|(agreement, _)| *agreement >= WORTH_A_LOOK)
        .collect();
    likely.sort_by_key(|(agreement, (_, own, _))| (std::cmp::Reverse(*agreement), own.span));
    likely.dedup_by_key(|(_, (_, own, _))| own.span);
    let text = said(project, version)?;
    likely.into_iter().take(MOST_LOOKS).find_map(|(_, (other, own, _))| {
        let likeness = likeness(&said(project, own)?, &text)?;
        let body = version.body?;
        let message = format!(
            "`{}` says nearly the same in `{}` as `{}`: {likeness} % agree",
            template.title(),
            version.code(),
            other.title()
        );
        Some(
            Diagnostic::new(&RULE, body, message)
                .related(own.body?, "here is the other one")
                .help("use one template for both, with a variable for what differs"),
        )
    })
}

/// Body and footer as they stand in the source, with single blanks and all placeholders alike.
fn said(project: &Project<'_>, version: &VersionFacts) -> Option<String> {
    let read = |span: Option<Span>| span.and_then(|span| (project.text)(span));
    let body = read(version.body)?;
    let footer = read(version.footer).unwrap_or_default();
    let mut said = String::new();
    for word in body.split_whitespace().chain(footer.split_whitespace()) {
        said.push_str(word);
        said.push(' ');
    }
    Some(alike(&said))
}

/// A text with `{}` for each placeholder.
fn alike(text: &str) -> String {
    let mut alike = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("<<")).min() {
        let end = rest.get(start..).and_then(|tail| tail.find("}}").into_iter().chain(tail.find(">>")).min());
        let Some(end) = end else { break };
        alike.push_str(rest.get(..start).unwrap_or_default());
        alike.push_str("{}");
        rest = rest.get(start + end + 2..).unwrap_or_default();
    }
    alike + rest
}

/// How many in a hundred characters agree, if those are enough.
fn likeness(one: &str, other: &str) -> Option<u32> {
    let diff = similar::TextDiff::configure().timeout(PATIENCE).diff_chars(one, other);
    let ratio = f64::from(diff.ratio());
    (ratio >= NEARLY).then_some((ratio * 100.0).floor() as u32)
}
