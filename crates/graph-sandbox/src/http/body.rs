//! The body of a request, as far as the bounds allow.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use multer::{Constraints, Multipart, SizeLimit};

use crate::protocol::bounds::{Budget, Share};
use crate::protocol::request::Received;

// The largest file that a template may show is a document of 100 MB (Meta: media); one more for the rest.
const LARGEST_FILE: u64 = 101 * 1024 * 1024;
// The largest template has less than 100 KB.
const LARGEST_TEXT: u64 = 4 * 1024 * 1024;
// A value of JSON takes two bytes in a body and up to 72 in memory, and room for twice as many.
const TEXT_WEIGHT: usize = 64;
// A file is only copied.
const FILE_WEIGHT: usize = 2;
// Parameters of a form.
const MOST_FIELDS: usize = 1_000;

/// What makes the server give up a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It took too long.
    Slow,
    /// All memory for bodies is in use.
    Full,
}

enum Failed {
    Stopped(Stopped),
    Malformed(String),
}

/// Reads the body of a call; the share of the memory is to be kept as long as what was read.
pub(crate) async fn receive(
    kind: &str,
    is_upload: bool,
    body: Body,
    budget: &Budget,
    patience: Duration,
) -> Result<(Received, Option<Share>), Stopped> {
    let reading = read(kind, is_upload, body, budget);
    match tokio::time::timeout(patience, reading).await {
        Ok(Ok(received)) => Ok(received),
        Ok(Err(Failed::Malformed(reason))) => {
            Ok((Received { malformed: Some(reason), ..Received::default() }, None))
        }
        Ok(Err(Failed::Stopped(stopped))) => Err(stopped),
        Err(_) => Err(Stopped::Slow),
    }
}

async fn read(
    kind: &str,
    is_upload: bool,
    body: Body,
    budget: &Budget,
) -> Result<(Received, Option<Share>), Failed> {
    let is_form = kind.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
    if !is_form && is_upload {
        return Ok((Received { file: count(body).await?, ..Received::default() }, None));
    }
    let (limit, weight) = if is_upload { (LARGEST_FILE, FILE_WEIGHT) } else { (LARGEST_TEXT, TEXT_WEIGHT) };
    let (text, share) = collect(body, limit, weight, budget).await?;
    if !is_form {
        return Ok((Received { text, ..Received::default() }, share));
    }
    let received = form(kind, text).await.map_err(|error| Failed::Malformed(error.to_string()))?;
    Ok((received, share))
}

async fn count(body: Body) -> Result<u64, Failed> {
    let mut length = 0;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        length += chunk.map_err(|_| too_long(LARGEST_FILE))?.len() as u64;
        if length > LARGEST_FILE {
            return Err(too_long(LARGEST_FILE));
        }
    }
    Ok(length)
}

async fn collect(
    body: Body,
    limit: u64,
    weight: usize,
    budget: &Budget,
) -> Result<(Bytes, Option<Share>), Failed> {
    let mut text = Vec::new();
    let mut share: Option<Share> = None;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| too_long(limit))?;
        if text.len() as u64 + chunk.len() as u64 > limit {
            return Err(too_long(limit));
        }
        let more = budget.take(chunk.len() * weight).ok_or(Failed::Stopped(Stopped::Full))?;
        match &mut share {
            Some(share) => share.merge(more),
            None => share = Some(more),
        }
        text.extend_from_slice(&chunk);
    }
    Ok((text.into(), share))
}

fn too_long(limit: u64) -> Failed {
    Failed::Malformed(format!("The body is cut short or longer than {limit} bytes"))
}

/// The parts of a multipart form: texts are parameters, the first file is what is uploaded.
async fn form(kind: &str, text: Bytes) -> Result<Received, multer::Error> {
    let boundary = multer::parse_boundary(kind)?;
    let whole = stream::iter([Ok::<_, Infallible>(text)]);
    let limit = Constraints::new().size_limit(SizeLimit::new().whole_stream(LARGEST_FILE));
    let mut parts = Multipart::with_constraints(whole, boundary, limit);
    let mut received = Received::default();
    let mut has_file = false;
    while let Some(part) = parts.next_field().await? {
        let name = part.name().map(str::to_owned);
        let is_file = part.file_name().is_some();
        let content = part.bytes().await?;
        if is_file {
            if !std::mem::replace(&mut has_file, true) {
                received.file = content.len() as u64;
            }
            continue;
        }
        let (Some(name), Ok(text)) = (name, String::from_utf8(content.to_vec())) else {
            received.malformed = Some("A part of the form has no name or is not UTF-8".to_owned());
            break;
        };
        if received.fields.len() >= MOST_FIELDS {
            received.malformed = Some(format!("The form has more than {MOST_FIELDS} parts"));
            break;
        }
        received.fields.push((name, text));
    }
    Ok(received)
}
