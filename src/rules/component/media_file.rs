//! `media-file`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::lint_context::{Context, Media};
use crate::model::{Header, MediaFormat, Version};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::quote;
use crate::source::Spanned;

rule! {
    /// The sample of a media header is missing or invalid.
    ///
    /// A media header needs a sample file, which is uploaded when the template is created. Images are JPEG or
    /// PNG up to 5 MB, videos MP4 or 3GPP up to 16 MB, GIFs MP4 up to 3.5 MB, and documents PDF up to 100 MB.
    /// watpl detects the type from the content, and an image must have a width and a height.
    ///
    /// ```yaml fails
    /// header: { image: "https://shop.example/banner.png" }
    /// ```
    ///
    /// ```yaml passes
    /// header: { image: media/banner.png }
    /// ```
    pub(crate) static RULE = {
        id: "media-file",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["header-media-size", "header-media-type", "header-media-url-handle"],
        subcode: Some(2388273),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    let headers = template.versions.iter().flat_map(Version::headers);
    headers.filter_map(|header| of_header(context, header)).collect()
}

fn of_header(context: &Context<'_>, header: &Header) -> Option<Diagnostic> {
    let Header::Media { format, sample } = header else { return None };
    if sample.value.trim().is_empty() {
        return Some(
            Diagnostic::new(&RULE, sample.span, "the header has no sample file")
                .help("use the path of a file, relative to this one"),
        );
    }
    if sample.value.starts_with("https://") || sample.value.starts_with("http://") {
        let message = format!("{} is a URL, but a sample must be a file", quote::quoted(&sample.value));
        return Some(
            Diagnostic::new(&RULE, sample.span, message)
                .help("download it, and use its path relative to this file"),
        );
    }
    match context.media.get(&sample.value)? {
        Media::Absent => {
            let message = format!("the file {} does not exist", quote::quoted(&sample.value));
            Some(
                Diagnostic::new(&RULE, sample.span, message)
                    .help("use the path of a file, relative to this one"),
            )
        }
        Media::Outside => {
            let message = format!("{} is outside the project", quote::quoted(&sample.value));
            Some(Diagnostic::new(&RULE, sample.span, message).help("copy the file into the project"))
        }
        Media::File { bytes: 0, .. } => {
            let message = format!("{} is empty", quote::quoted(&sample.value));
            Some(Diagnostic::new(&RULE, sample.span, message).help("use a file that is not empty"))
        }
        Media::File { bytes, mime, size } => too_big(*format, sample, *bytes)
            .or_else(|| wrong_type(*format, sample, *mime))
            .or_else(|| damaged(*format, sample, *size)),
    }
}

fn too_big(format: MediaFormat, sample: &Spanned<String>, bytes: u64) -> Option<Diagnostic> {
    let limit = match format {
        MediaFormat::Image => limits::IMAGE_BYTES,
        MediaFormat::Video => limits::VIDEO_BYTES,
        MediaFormat::Gif => limits::GIF_BYTES,
        MediaFormat::Document => limits::DOCUMENT_BYTES,
    };
    let message = || {
        let (size, limit) = (megabytes(bytes), megabytes(limit));
        format!("{} has {size} MB (at most {limit} MB allowed)", quote::quoted(&sample.value))
    };
    (bytes > limit).then(|| {
        Diagnostic::new(&RULE, sample.span, message()).severity(Severity::Warning).help("use a smaller file")
    })
}

/// Rounded up to a tenth, so that a size beyond a limit never reads like the limit.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn wrong_type(
    format: MediaFormat,
    sample: &Spanned<String>,
    mime: Option<&'static str>,
) -> Option<Diagnostic> {
    let (types, names): (&[&str], &str) = match format {
        MediaFormat::Image => (&["image/jpeg", "image/png"], "JPEG or PNG"),
        MediaFormat::Video => (&["video/mp4", "video/3gpp"], "MP4 or 3GPP"),
        MediaFormat::Gif => (&["video/mp4"], "MP4"),
        MediaFormat::Document => (&["application/pdf"], "PDF"),
    };
    let fits = match mime {
        Some(mime) => types.contains(&mime),
        // Videos have many signatures; images and documents have one.
        None => matches!(format, MediaFormat::Video | MediaFormat::Gif),
    };
    let message = || match mime {
        Some(mime) => format!("{} is `{mime}` (must be {names})", quote::quoted(&sample.value)),
        None => format!("{} is not {names}", quote::quoted(&sample.value)),
    };
    (!fits).then(|| {
        Diagnostic::new(&RULE, sample.span, message())
            .severity(Severity::Warning)
            .help(format!("use a {names} file"))
    })
}

fn damaged(format: MediaFormat, sample: &Spanned<String>, size: Option<(u32, u32)>) -> Option<Diagnostic> {
    let is_seen = size.is_some_and(|(width, height)| width > 0 && height > 0);
    (format == MediaFormat::Image && !is_seen).then(|| {
        let message =
            format!("{} looks like an image, but its size can't be read", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message)
            .severity(Severity::Warning)
            .help("check the file; it may be damaged or truncated")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::check;
    use crate::lint_context::{LintSettings, Media};
    use crate::source::Sources;

    fn messages(header: &str, media: Media) -> Vec<String> {
        let mut sources = Sources::default();
        let text = format!(
            "name: ticket\ncategory: marketing\nlanguage: en_US\nheader: {{ {header}: a.bin }}\nbody: Your ticket is here.\nfooter: Reply STOP to opt out\n"
        );
        let id = sources.add("ticket.yaml", text);
        let media = BTreeMap::from([("a.bin".to_owned(), media)]);
        let source = sources.get(id).expect("it was added");
        let checked = check::file(source, "ticket.yaml", &LintSettings::default(), &|_| media.clone());
        checked.diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn files_are_held_to_size_and_type() {
        let file = |bytes, mime| Media::File { bytes, mime, size: Some((640, 480)) };
        assert_eq!(messages("image", file(5 << 20, Some("image/png"))), Vec::<String>::new());
        assert_eq!(
            messages("gif", file(3_700_000, Some("video/mp4"))),
            ["`a.bin` has 3.6 MB (at most 3.5 MB allowed)"]
        );
        assert_eq!(
            messages("image", file(9, Some("image/gif"))),
            ["`a.bin` is `image/gif` (must be JPEG or PNG)"]
        );
        assert_eq!(messages("document", file(9, None)), ["`a.bin` is not PDF"]);
        assert_eq!(messages("video", file(9, None)), Vec::<String>::new());
        let cut_off = Media::File { bytes: 9, mime: Some("image/png"), size: None };
        assert_eq!(messages("image", cut_off), ["`a.bin` looks like an image, but its size can't be read"]);
        assert_eq!(messages("video", file(0, None)), ["`a.bin` is empty"]);
        assert_eq!(messages("image", Media::Absent), ["the file `a.bin` does not exist"]);
        assert_eq!(messages("image", Media::Outside), ["`a.bin` is outside the project"]);
    }
}
