//! `gif-outside-marketing`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Header, MediaFormat};
use crate::rule;

rule! {
    /// A template that is not for marketing has an animation as its header.
    ///
    /// Animations are sent by the Marketing Messages API alone, which takes marketing templates only.
    ///
    /// ```yaml fails
    /// header: { gif: media/parcel.mp4 }
    /// ```
    ///
    /// ```yaml passes
    /// header: { video: media/parcel.mp4 }
    /// ```
    pub(super) static RULE = {
        id: "gif-outside-marketing",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-gif-marketing"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // Authentication takes no header at all, which is a rule of its own.
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let headers = template.versions.iter().filter_map(|version| version.header.as_ref());
    let animated = headers.filter(|header| matches!(header, Header::Media { format: MediaFormat::Gif, .. }));
    animated
        .map(|header| {
            Diagnostic::new(&RULE, header.span(), "a utility template has a `gif` header")
                .label("only marketing templates may have one")
                .help("use `image` or `video`")
        })
        .collect()
}
