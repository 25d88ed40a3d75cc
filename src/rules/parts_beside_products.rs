//! `parts-beside-products`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, Header, Version};
use crate::rule;

rule! {
    /// A template that opens a catalog or products has the wrong parts beside it.
    ///
    /// A button of type `catalog`, `mpm` or `spm` is the only one. The header of a catalog is Meta's own, that of several
    /// products (`mpm`) is a text, and that of one product (`spm`) is `product`, which stands nowhere else.
    ///
    /// ```yaml fails
    /// category: marketing
    /// header: Our new chairs
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: catalog }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// header: Our new chairs
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: mpm }]
    /// ```
    pub(super) static RULE = {
        id: "parts-beside-products",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["catalog-shape", "mpm-shape", "spm-shape", "header-product-needs-spm", "buttons-exclusive"],
        subcode: Some(100),
        reference: "catalogs/catalog-template-messages",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(|version| of_version(template, version)).collect()
}

fn of_version(template: &View<'_>, version: &Version) -> Vec<Diagnostic> {
    let sells = |kind: &ButtonKind| matches!(kind, ButtonKind::Catalog | ButtonKind::Mpm | ButtonKind::Spm);
    let Some(button) = parts::button(version, sells) else {
        return product_alone(template, version).into_iter().collect();
    };
    let word = button.kind.as_str();
    let others =
        version.buttons.iter().filter(|other| other.span != button.span && other.kind.as_str() != word);
    let others = others.map(|other| {
        Diagnostic::new(&RULE, other.span, format!("another button stands beside that of type `{word}`"))
            .related(button.span, "this one stands alone")
            .help("leave one of the two out")
    });
    others.chain(header(template, version, button)).collect()
}

fn header(template: &View<'_>, version: &Version, button: &Button) -> Option<Diagnostic> {
    let found = version.header.as_ref();
    let (fits, wanted) = match button.kind {
        ButtonKind::Catalog => (found.is_none(), "no header: Meta makes one of the catalog"),
        ButtonKind::Mpm => (matches!(found, Some(Header::Text { .. })), "a header with a text"),
        _ => (matches!(found, Some(Header::Product(_))), "`header: product`"),
    };
    let could_be_missing = found.is_none() && template.incomplete;
    (!fits && !could_be_missing).then(|| {
        let what = found.map_or("no header".to_owned(), |header| {
            format!("a header of the kind `{}`", parts::header_word(header))
        });
        let message = format!("a template with a `{}` button has {what}", button.kind.as_str());
        Diagnostic::new(&RULE, found.map_or(button.span, Header::span), message)
            .help(format!("write {wanted}"))
    })
}

fn product_alone(template: &View<'_>, version: &Version) -> Option<Diagnostic> {
    let Some(Header::Product(span)) = version.header else { return None };
    (!template.incomplete).then(|| {
        Diagnostic::new(&RULE, span, "a header shows a product, and no `spm` button opens it")
            .help("write `buttons: [{ type: spm }]`")
    })
}
