//! Calls: a request, its answer, and what may be tried again.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::{CallError, Fault, Remote};
use crate::graph::{self, Advice, Method, Request, Response, create::Created};
use crate::payload::{Deployed, Payload, Status, VersionKey};

/// How often a read is tried again.
const RETRIES: usize = 3;
/// The pause before the first further try; it doubles, with jitter.
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// Most pages of a listing: 6,000 templates are 30.
const MAX_PAGES: usize = 500;
/// An invalid cursor; Meta's advice is to begin again without one (changelog of v24.0).
const INVALID_CURSOR: i64 = 131_059;

/// Every version of an account.
///
/// # Errors
/// When a page cannot be read. Half a listing is never returned.
pub async fn list(remote: &impl Remote, waba: &str) -> Result<Vec<Deployed>, CallError> {
    pages(remote, waba, None).await
}

/// The version with exactly this name and language, unless it is deleted.
///
/// # Errors
/// When a page cannot be read.
pub async fn find(remote: &impl Remote, waba: &str, key: &VersionKey) -> Result<Option<Deployed>, CallError> {
    // Meta's filter by name also finds longer names.
    let found = pages(remote, waba, Some(&key.name)).await?;
    Ok(found.into_iter().find(|deployed| deployed.key == *key && deployed.status != Status::Deleted))
}

/// Creates a version, once.
///
/// # Errors
/// When there is no answer or the answer is an error.
pub async fn create(remote: &impl Remote, waba: &str, payload: &Payload) -> Result<Created, CallError> {
    let response = remote.send(graph::create::request(waba, payload)).await?;
    Ok(graph::create::response(&response, payload)?)
}

/// Edits a version, once.
///
/// # Errors
/// When there is no answer or the answer is an error.
pub async fn edit(
    remote: &impl Remote,
    id: &str,
    payload: &Payload,
    with_category: bool,
) -> Result<(), CallError> {
    let response = remote.send(graph::edit::request(id, payload, with_category)).await?;
    Ok(graph::edit::response(&response)?)
}

/// Deletes a version, once.
///
/// # Errors
/// When there is no answer or the answer is an error.
pub async fn delete(remote: &impl Remote, waba: &str, id: &str, key: &VersionKey) -> Result<(), CallError> {
    let response = remote.send(graph::delete::request(waba, id, key)).await?;
    Ok(graph::delete::response(&response)?)
}

/// Uploads a file and returns the handle that stands for it in a template.
///
/// # Errors
/// When there is no answer or the answer is an error.
pub async fn upload(
    remote: &impl Remote,
    app: &str,
    name: &str,
    mime: &str,
    bytes: Vec<u8>,
) -> Result<String, CallError> {
    let start = remote.send(graph::upload::start(app, name, bytes.len(), mime)).await?;
    let session = graph::upload::session(&start)?;
    let sent = remote.send(graph::upload::send(&session, bytes)).await?;
    Ok(graph::upload::handle(&sent)?)
}

async fn pages(remote: &impl Remote, waba: &str, name: Option<&str>) -> Result<Vec<Deployed>, CallError> {
    match pages_once(remote, waba, name).await {
        // The list moved under the cursor.
        Err(CallError::Graph(error)) if error.code == INVALID_CURSOR => pages_once(remote, waba, name).await,
        result => result,
    }
}

async fn pages_once(
    remote: &impl Remote,
    waba: &str,
    name: Option<&str>,
) -> Result<Vec<Deployed>, CallError> {
    // Items repeat over pages when the list shifts while it is read.
    let mut versions: BTreeMap<String, Deployed> = BTreeMap::new();
    let mut cursors = HashSet::new();
    let mut after: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let response = read(remote, graph::list::request(waba, name, after.as_deref())).await?;
        let page = graph::list::response(&response)?;
        versions.extend(page.versions.into_iter().map(|deployed| (deployed.id.clone(), deployed)));
        match page.after {
            None => return Ok(versions.into_values().collect()),
            Some(cursor) if !cursors.insert(cursor.clone()) => {
                return Err(CallError::Endless("a page leads back to an earlier one".into()));
            }
            next => after = next,
        }
    }
    Err(CallError::Endless(format!("more than {MAX_PAGES} pages")))
}

/// Reads may be repeated: nothing happens twice.
async fn read(remote: &impl Remote, request: Request) -> Result<Response, CallError> {
    debug_assert_eq!(request.method, Method::Get);
    let pauses =
        ExponentialBuilder::default().with_min_delay(FIRST_PAUSE).with_max_times(RETRIES).with_jitter();
    let attempt = || async {
        let response = remote.send(request.clone()).await?;
        match graph::list::response(&response) {
            Err(error) if error.advice() == Advice::Retry => Err(CallError::Graph(error)),
            _ => Ok(response),
        }
    };
    let again =
        |error: &CallError| matches!(error, CallError::Fault(Fault::Lost { .. }) | CallError::Graph(_));
    attempt.retry(pauses).when(again).await
}
