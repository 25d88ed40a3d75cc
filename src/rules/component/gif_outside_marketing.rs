//! `gif-outside-marketing`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Header, MediaFormat};
use crate::rule;

rule! {
    /// A template outside the marketing category has a GIF header.
    ///
    /// Only the Marketing Messages API sends GIFs, and it only accepts marketing templates.
    ///
    /// ```yaml fails
    /// header: { gif: media/parcel.mp4 }
    /// ```
    ///
    /// ```yaml passes
    /// header: { video: media/parcel.mp4 }
    /// ```
    pub(crate) static RULE = {
        id: "gif-outside-marketing",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-gif-marketing"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // Headers of authentication templates are reported by another rule.
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let headers = template.versions.iter().filter_map(|version| version.header.as_ref());
    let animated = headers.filter(|header| matches!(header, Header::Media { format: MediaFormat::Gif, .. }));
    animated
        .map(|header| {
            Diagnostic::new(&RULE, header.span(), "a utility template has a `gif` header")
                .label("only allowed in marketing templates")
                .help("use `image` or `video`")
        })
        .collect()
}

cases! {
    fails: [
        "header: { gif: «media/parcel.mp4» }",
        "languages:\n  en_US: { header: { video: media/a.mp4 } }\n  fa: { header: { gif: «media/a.mp4» } }",
        "template order_shipped {\n  category utility\n  language en_US\n  header gif «\"media/a.mp4\"»\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "header: { video: media/parcel.mp4 }",
        "header: { image: media/parcel.gif }",
        "category: marketing\nheader: { gif: media/parcel.mp4 }\nfooter: Reply STOP to opt out",
    ],
}
