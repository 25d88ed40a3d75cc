//! Calls: a request, its answer, and what may be tried again.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::{CallError, Remote, TransportError};
use crate::graph::{self, ErrorClass, Method, Request, Response, create::Created};
use crate::payload::{Deployed, Payload, Status, VersionKey};

/// Retries of a read.
const RETRIES: usize = 3;
/// The pause before the first further try; it doubles, with jitter.
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// Most pages of a listing: 6,000 templates are 30.
const MAX_PAGES: usize = 500;
/// The largest listing, in bytes: 6,000 versions, the most that Meta allows an account, have 6 to 60 MB.
const MAX_LISTING: usize = 128 * 1024 * 1024;
/// An invalid cursor; Meta's advice is to begin again without one (changelog of v24.0).
const INVALID_CURSOR: i64 = 131_059;

/// The contents of an account.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Every version.
    pub versions: Vec<Deployed>,
    /// The number of versions it may have, if Meta reports it.
    pub limit: Option<usize>,
}

/// Every version of an account, and how many it may have.
///
/// # Errors
/// Returns an error if a page cannot be read. Half a listing is never returned.
pub async fn list_with_limit(remote: &impl Remote, waba: &str) -> Result<Listing, CallError> {
    pages(remote, waba, None).await
}

/// Every version of an account.
///
/// # Errors
/// Returns an error if a page cannot be read. Half a listing is never returned.
pub async fn list(remote: &impl Remote, waba: &str) -> Result<Vec<Deployed>, CallError> {
    Ok(list_with_limit(remote, waba).await?.versions)
}

/// The version with exactly this name and language, unless it is deleted.
///
/// # Errors
/// Returns an error if a page cannot be read.
pub async fn find(remote: &impl Remote, waba: &str, key: &VersionKey) -> Result<Option<Deployed>, CallError> {
    // Meta's filter by name also finds longer names.
    let found = pages(remote, waba, Some(&key.name)).await?.versions;
    Ok(found.into_iter().find(|deployed| deployed.key == *key && deployed.status != Status::Deleted))
}

/// Creates a version, once.
///
/// # Errors
/// Returns an error if there is no answer or the answer is an error.
pub async fn create(remote: &impl Remote, waba: &str, payload: &Payload) -> Result<Created, CallError> {
    let response = remote.send(graph::create::request(waba, payload)).await?;
    Ok(graph::create::response(&response, payload)?)
}

/// Edits a version, once.
///
/// # Errors
/// Returns an error if there is no answer or the answer is an error.
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
/// Returns an error if there is no answer or the answer is an error.
pub async fn delete(remote: &impl Remote, waba: &str, id: &str, key: &VersionKey) -> Result<(), CallError> {
    let response = remote.send(graph::delete::request(waba, id, key)).await?;
    Ok(graph::delete::response(&response)?)
}

/// Creates or changes one authentication template in many languages, once. A language that the answer leaves out is
/// not in the result.
///
/// # Errors
/// Returns an error if there is no answer or the answer is an error.
pub async fn upsert(
    remote: &impl Remote,
    waba: &str,
    payload: &Payload,
    languages: &[&str],
) -> Result<Vec<(String, Created)>, CallError> {
    let response = remote.send(graph::upsert::request(waba, payload, languages)).await?;
    Ok(graph::upsert::response(&response)?)
}

/// The version with this id; `None` if it does not exist.
///
/// # Errors
/// Returns an error if it cannot be read.
pub async fn get(remote: &impl Remote, id: &str) -> Result<Option<Deployed>, CallError> {
    let response = read(remote, graph::get::request(id)).await?;
    Ok(graph::get::response(&response)?.filter(|deployed| deployed.status != Status::Deleted))
}

/// The account's name at Meta.
///
/// # Errors
/// Returns an error if it cannot be read.
pub async fn name(remote: &impl Remote, waba: &str) -> Result<Option<String>, CallError> {
    let response = read(remote, graph::waba::request(waba)).await?;
    Ok(graph::waba::response(&response)?)
}

async fn pages(remote: &impl Remote, waba: &str, name: Option<&str>) -> Result<Listing, CallError> {
    match pages_once(remote, waba, name).await {
        // The list moved under the cursor.
        Err(CallError::Graph(error)) if error.code == INVALID_CURSOR => pages_once(remote, waba, name).await,
        result => result,
    }
}

async fn pages_once(remote: &impl Remote, waba: &str, name: Option<&str>) -> Result<Listing, CallError> {
    // Items repeat over pages when the list shifts while it is read.
    let mut versions: BTreeMap<String, Deployed> = BTreeMap::new();
    let mut cursors = HashSet::new();
    let mut after: Option<String> = None;
    let (mut limit, mut bytes) = (None, 0);
    for _ in 0..MAX_PAGES {
        let response = read(remote, graph::list::request(waba, name, after.as_deref())).await?;
        bytes += response.body.len();
        if bytes > MAX_LISTING {
            return Err(CallError::PaginationLoop(format!(
                "more than {} MiB of templates",
                MAX_LISTING >> 20
            )));
        }
        let page = graph::list::response(&response)?;
        versions.extend(page.versions.into_iter().map(|deployed| (deployed.id.clone(), deployed)));
        limit = limit.or(page.limit);
        match page.after {
            None => return Ok(Listing { versions: versions.into_values().collect(), limit }),
            Some(cursor) if !cursors.insert(cursor.clone()) => {
                return Err(CallError::PaginationLoop("a page leads back to an earlier one".into()));
            }
            next => after = next,
        }
    }
    Err(CallError::PaginationLoop(format!("more than {MAX_PAGES} pages")))
}

/// Reads may be repeated: nothing happens twice.
pub(super) async fn read(remote: &impl Remote, request: Request) -> Result<Response, CallError> {
    debug_assert_eq!(request.method, Method::Get);
    let pauses =
        ExponentialBuilder::default().with_min_delay(FIRST_PAUSE).with_max_times(RETRIES).with_jitter();
    let attempt = || async {
        let response = remote.send(request.clone()).await?;
        match response.error() {
            Some(error) if error.class() == ErrorClass::Retry => Err(CallError::Graph(error)),
            _ => Ok(response),
        }
    };
    let again = |error: &CallError| {
        matches!(error, CallError::Transport(TransportError::ResponseLost { .. }) | CallError::Graph(_))
    };
    attempt.retry(pauses).when(again).await
}
