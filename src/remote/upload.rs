//! Uploads a file: resumed after an interruption, and restarted if its session no longer exists.

use super::{CallError, Remote, TransportError, calls};
use crate::graph::ErrorClass;
use crate::graph::upload::{self, Progress};

/// Most times an interrupted upload is resumed in all.
const RESUMPTIONS: usize = 5;
/// Most times it is started in all.
const SESSIONS: usize = 3;

/// A file to upload.
#[derive(Clone, Copy, Debug)]
pub struct UploadFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its MIME type.
    pub mime: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Uploads a file and returns the handle that stands for it in a template. Users see no upload that no template
/// uses, so that it may be repeated.
///
/// # Errors
/// Returns an error if there is no answer or the answer is an error, also after going on where it was cut.
pub async fn upload(remote: &impl Remote, app: &str, file: UploadFile<'_>) -> Result<String, CallError> {
    let mut left = RESUMPTIONS;
    for _ in 1..SESSIONS {
        match session(remote, app, file, &mut left).await {
            // Whatever became of the session, a new one may do.
            Err(error) if may_go_on(&error) => {}
            result => return result,
        }
    }
    session(remote, app, file, &mut left).await
}

async fn session(
    remote: &impl Remote,
    app: &str,
    file: UploadFile<'_>,
    left: &mut usize,
) -> Result<String, CallError> {
    let start = remote.send(upload::start(app, file.name, file.bytes.len(), file.mime)).await?;
    let session = upload::session(&start)?;
    let mut offset = 0;
    loop {
        let failure = match once(remote, &session, file, offset).await {
            Ok(Progress::Done(handle)) => return Ok(handle),
            // The server may take less than it is given, as long as it takes something.
            Ok(Progress::At(next)) if next > offset && next < file.bytes.len() => {
                offset = next;
                continue;
            }
            Ok(Progress::At(next)) => {
                CallError::PaginationLoop(format!("the upload does not get past byte {next}"))
            }
            Err(error) => error,
        };
        *left = left.checked_sub(1).filter(|_| may_go_on(&failure)).ok_or(failure)?;
        match upload::progress(&calls::read(remote, upload::ask(&session)).await?)? {
            Progress::Done(handle) => return Ok(handle),
            Progress::At(next) => offset = next.min(file.bytes.len()),
        }
    }
}

async fn once(
    remote: &impl Remote,
    session: &str,
    file: UploadFile<'_>,
    offset: usize,
) -> Result<Progress, CallError> {
    let sent = remote.send(upload::send(session, file.bytes, offset)).await?;
    Ok(upload::progress(&sent)?)
}

/// Returns whether the server may have some of the bytes, or expects them from another offset.
fn may_go_on(error: &CallError) -> bool {
    match error {
        CallError::Transport(fault) => matches!(fault, TransportError::ResponseLost { .. }),
        CallError::Graph(error) => error.class() == ErrorClass::Retry || error.code == 100,
        CallError::PaginationLoop(_) => true,
    }
}
