//! `component-not-allowed-with-products`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, Header, Version};
use crate::rule;
use crate::rules::support::components;

rule! {
    /// A component is not allowed together with a catalog or product button.
    ///
    /// A button of type `catalog`, `mpm` or `spm` is the only button. A catalog has no header, because Meta
    /// adds one. Several products (`mpm`) need a text header, and a single product (`spm`) needs `header:
    /// product`. Other templates can't use `header: product`.
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
    pub(crate) static RULE = {
        id: "component-not-allowed-with-products",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["catalog-shape", "mpm-shape", "spm-shape", "header-product-needs-spm", "buttons-exclusive"],
        subcode: Some(100),
        reference: "catalogs/catalog-template-messages",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(|version| of_version(template, version)).collect()
}

fn of_version(template: &TemplateView<'_>, version: &Version) -> Vec<Diagnostic> {
    let sells = |kind: &ButtonKind| matches!(kind, ButtonKind::Catalog | ButtonKind::Mpm | ButtonKind::Spm);
    let Some(button) = components::find_button(version, sells) else {
        return product_alone(template, version).into_iter().collect();
    };
    let word = button.kind.as_str();
    let others =
        version.buttons.iter().filter(|other| other.span != button.span && other.kind.as_str() != word);
    let others = others.map(|other| {
        Diagnostic::new(
            &RULE,
            other.span,
            format!("no other button is allowed together with a `{word}` button"),
        )
        .related(button.span, "this must be the only button")
        .help("delete one of them")
    });
    others.chain(header(template, version, button)).collect()
}

fn header(template: &TemplateView<'_>, version: &Version, button: &Button) -> Option<Diagnostic> {
    let found = version.header.as_ref();
    let (fits, wanted) = match button.kind {
        ButtonKind::Catalog => (found.is_none(), "no header; Meta creates it from the catalog"),
        ButtonKind::Mpm => (matches!(found, Some(Header::Text { .. })), "a text header"),
        _ => (matches!(found, Some(Header::Product(_))), "`header: product`"),
    };
    let could_be_missing = found.is_none() && template.incomplete;
    (!fits && !could_be_missing).then(|| {
        let what = found.map_or("no header".to_owned(), |header| {
            format!("a `{}` header", components::header_format(header))
        });
        let message = format!("a template with a `{}` button has {what}", button.kind.as_str());
        Diagnostic::new(&RULE, found.map_or(button.span, Header::span), message).help(format!("use {wanted}"))
    })
}

fn product_alone(template: &TemplateView<'_>, version: &Version) -> Option<Diagnostic> {
    let Some(Header::Product(span)) = version.header else { return None };
    (!template.incomplete).then(|| {
        Diagnostic::new(&RULE, span, "a product header needs an `spm` button")
            .help("add `buttons: [{ type: spm }]`")
    })
}

cases! {
    fails: [
        "category: marketing\nheader: «Chairs»\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [«{ type: mpm }»]",
        "category: marketing\nheader: { image: «a.png» }\nfooter: Reply STOP to opt out\nbuttons: [{ type: spm }]",
        "category: marketing\nheader: «product»\nfooter: Reply STOP to opt out\nbuttons: [More]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog }, «More»]",
        "template order_shipped {\n  category marketing\n  language en_US\n  body \"See what is new. Reply STOP to opt out.\"\n  «button quick_reply \"More\"»\n  button catalog\n}",
    ],
    passes: [
        "category: marketing\nheader: Chairs\nfooter: Reply STOP to opt out\nbuttons: [{ type: mpm }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog }]",
        "category: marketing\nheader: product\nfooter: Reply STOP to opt out\nbuttons: [{ type: spm }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm }] }\n- { header: product, buttons: [{ type: spm }] }",
    ],
}
