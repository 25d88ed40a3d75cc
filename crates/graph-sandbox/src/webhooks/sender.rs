//! Sends webhooks to an app on this machine, with handshake, retries and copies.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::identifiers;
use crate::model::webhook_target::{WebhookTarget, is_loopback_url};
use crate::webhooks::escape;

// Timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(10);
// Webhooks in the queue, and as many waiting for a retry. The log keeps no more either.
const MAX_QUEUED: usize = 1_000;
// The answer to a handshake is a challenge of nine digits.
const MAX_CHALLENGE_SIZE: usize = 1_024;

/// One webhook on its way.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    /// Its number in the log.
    pub(crate) number: usize,
    pub(crate) body: Value,
    pub(crate) secret: String,
    pub(crate) target: WebhookTarget,
}

/// The sending side of the webhook queue.
#[derive(Debug, Clone)]
pub(crate) struct WebhookSender {
    queue: Sender<Delivery>,
    waiting: Arc<Mutex<Option<Receiver<Delivery>>>>,
}

impl WebhookSender {
    /// A queue whose task has not started.
    pub(crate) fn new() -> Self {
        let (queue, waiting) = channel(MAX_QUEUED);
        Self { queue, waiting: Arc::new(Mutex::new(Some(waiting))) }
    }

    /// Adds a webhook to the queue.
    pub(crate) fn take(&self, delivery: Delivery) {
        // It fails when the server stops, and when too many wait: the log has no attempt for those.
        let _ = self.queue.try_send(delivery);
    }

    /// Sends webhooks one after the other, and reports the status of each attempt.
    pub(crate) async fn run(self, on_attempt: impl Fn(usize, Option<u16>) + Clone + Send + Sync + 'static) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some(mut waiting), Ok(client)) = (waiting, client()) else { return };
        let mut verified = HashSet::new();
        let retrying = Arc::new(Semaphore::new(MAX_QUEUED));
        while let Some(delivery) = waiting.recv().await {
            let target = &delivery.target;
            if !verified.contains(&target.url) {
                if verify(&target.url, &target.verify_token).await.is_err() {
                    on_attempt(delivery.number, None);
                    continue;
                }
                // Clients may register many URLs.
                if verified.len() >= MAX_QUEUED {
                    verified.clear();
                }
                verified.insert(target.url.clone());
            }
            for _ in 0..target.copies.max(1) {
                let is_done = attempt(&client, &delivery, &on_attempt).await;
                // Retries don't delay other webhooks: order is not guaranteed.
                if let (false, Ok(permit)) = (is_done, Arc::clone(&retrying).try_acquire_owned()) {
                    let retrying = retry(client.clone(), delivery.clone(), on_attempt.clone());
                    tokio::spawn(async move {
                        retrying.await;
                        drop(permit);
                    });
                }
            }
        }
    }
}

/// The handshake: the app must return the challenge, and nothing else.
pub(crate) async fn verify(address: &str, token: &str) -> Result<(), String> {
    if !is_loopback_url(address) {
        return Err(format!("{address} is not an http address of this machine"));
    }
    let challenge = identifiers::challenge();
    let query =
        [("hub.mode", "subscribe"), ("hub.challenge", challenge.as_str()), ("hub.verify_token", token)];
    let client = client().map_err(|error| error.to_string())?;
    let mut response = client.get(address).query(&query).send().await.map_err(|error| error.to_string())?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| error.to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_CHALLENGE_SIZE {
            break;
        }
    }
    match status == StatusCode::OK && body == challenge.as_bytes() {
        true => Ok(()),
        false => Err(format!("HTTP status {}, and not the challenge alone", status.as_u16())),
    }
}

async fn retry(client: Client, delivery: Delivery, on_attempt: impl Fn(usize, Option<u16>)) {
    for seconds in &delivery.target.retry_after {
        tokio::time::sleep(Duration::from_secs(*seconds)).await;
        if attempt(&client, &delivery, &on_attempt).await {
            return;
        }
    }
}

async fn attempt(client: &Client, delivery: &Delivery, on_attempt: &impl Fn(usize, Option<u16>)) -> bool {
    let body = escape::body(&delivery.body);
    let signature = escape::signature(&delivery.secret, body.as_bytes());
    let request = client
        .post(&delivery.target.url)
        .header("Content-Type", "application/json")
        .header("X-Hub-Signature-256", signature)
        .body(body);
    let status = request.send().await.ok().map(|response| response.status());
    on_attempt(delivery.number, status.map(|status| status.as_u16()));
    status == Some(StatusCode::OK)
}

// No proxies and no redirects: webhooks stay on this machine.
fn client() -> reqwest::Result<Client> {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_certs_only([])
        .timeout(TIMEOUT)
        .build()
}
