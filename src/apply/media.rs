//! Media samples: uploaded once for the same content, as long as the handle lives.

use super::run::ApplyRun;
use super::{ApplyError, ApplyHost};
use crate::lock::{MediaHandle, Step};
use crate::payload::{MediaSample, Payload};
use crate::remote::{self, Remote};

/// Seconds for which the handle of an uploaded file is reused. Meta gives no figure; a day is what pushes
/// after a failed review need.
const HANDLE_LIFE: u64 = 86_400;

impl<R: Remote, P: ApplyHost> ApplyRun<'_, R, P> {
    /// The payload with its samples uploaded, or with the handles of earlier uploads of the same bytes.
    pub(super) async fn with_media(&mut self, payload: &Payload) -> Result<Payload, ApplyError> {
        let mut handles = Vec::new();
        for sample in payload.media() {
            handles.push(match sample {
                MediaSample::File { path, hash: Some(hash) } => {
                    MediaSample::Handle(self.handle(payload, path, hash).await?)
                }
                other => other.clone(),
            });
        }
        Ok(payload.clone().with_media(handles))
    }

    async fn handle(&mut self, payload: &Payload, path: &str, hash: &str) -> Result<String, ApplyError> {
        let now = self.project.now();
        // A clock that went back makes no handle young again.
        let fresh =
            |handle: &MediaHandle| handle.uploaded_at <= now && now - handle.uploaded_at < HANDLE_LIFE;
        if let Some(handle) = self.applied.media.get(hash).filter(|handle| fresh(handle)) {
            return Ok(handle.handle.clone());
        }
        let Some(app) = &self.target.app else {
            return Err(ApplyError::NotDone(
                "media uploads need an app: set `app_id` for the account".into(),
            ));
        };
        let file = self.project.media(payload, path).map_err(ApplyError::NotDone)?;
        if file.hash != hash {
            return Err(ApplyError::NotDone(format!(
                "{path} has changed since the plan was created; nothing was sent"
            )));
        }
        let sample = remote::UploadFile { name: &file.name, mime: file.mime, bytes: &file.bytes };
        let uploaded = remote::upload(self.remote, app, sample).await;
        let handle = MediaHandle { handle: uploaded.map_err(|error| self.failed(error))?, uploaded_at: now };
        self.applied.media.retain(|_, handle| fresh(handle));
        self.applied.media.insert(hash.to_owned(), handle.clone());
        let text = handle.handle.clone();
        let written = self.persist(&Step::Uploaded(hash.to_owned(), handle));
        written.map_err(|cause| ApplyError::NotDone(format!("the upload cannot be recorded: {cause}")))?;
        Ok(text)
    }

    /// Meta reports that they have expired.
    pub(super) fn forget_handles(&mut self, payload: &Payload) {
        for sample in payload.media() {
            if let MediaSample::File { hash: Some(hash), .. } = sample {
                self.applied.media.remove(hash);
            }
        }
    }
}
