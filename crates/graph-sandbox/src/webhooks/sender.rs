//! Bringing webhooks to an app on this machine: verified first, tried again, and sometimes twice.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::identifiers;
use crate::model::webhook_target::{Target, is_near};
use crate::webhooks::escape;

// Meta does not wait for ever either.
const PATIENCE: Duration = Duration::from_secs(10);
// Parcels that wait for the app, and as many that wait for a further attempt. The log remembers no more either.
const MOST_WAITING: usize = 1_000;
// The answer to a handshake is a challenge of nine digits.
const LONGEST_ANSWER: usize = 1_024;

/// One webhook on its way.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    /// Its number in the log.
    pub(crate) number: usize,
    pub(crate) body: Value,
    pub(crate) secret: String,
    pub(crate) target: Target,
}

/// Takes parcels; somebody else brings them.
#[derive(Debug, Clone)]
pub(crate) struct Courier {
    parcels: Sender<Parcel>,
    waiting: Arc<Mutex<Option<Receiver<Parcel>>>>,
}

impl Courier {
    /// A courier that has not set out yet.
    pub(crate) fn new() -> Self {
        let (parcels, waiting) = channel(MOST_WAITING);
        Self { parcels, waiting: Arc::new(Mutex::new(Some(waiting))) }
    }

    /// Gives a parcel to it.
    pub(crate) fn take(&self, parcel: Parcel) {
        // It fails when the server stops, and when too many wait: the log has no attempt for those.
        let _ = self.parcels.try_send(parcel);
    }

    /// Brings parcels, one after the other, and says after each attempt what the app answered.
    pub(crate) async fn run(self, told: impl Fn(usize, Option<u16>) + Clone + Send + Sync + 'static) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some(mut waiting), Ok(client)) = (waiting, client()) else { return };
        let mut verified = HashSet::new();
        let insisting = Arc::new(Semaphore::new(MOST_WAITING));
        while let Some(parcel) = waiting.recv().await {
            let target = &parcel.target;
            if !verified.contains(&target.url) {
                if verify(&target.url, &target.verify_token).await.is_err() {
                    told(parcel.number, None);
                    continue;
                }
                // Addresses are few, unless a client makes up many.
                if verified.len() >= MOST_WAITING {
                    verified.clear();
                }
                verified.insert(target.url.clone());
            }
            for _ in 0..target.copies.max(1) {
                let is_done = attempt(&client, &parcel, &told).await;
                // What has to wait does not hold up the others: there is no promise of order.
                if let (false, Ok(permit)) = (is_done, Arc::clone(&insisting).try_acquire_owned()) {
                    let insisting = insist(client.clone(), parcel.clone(), told.clone());
                    tokio::spawn(async move {
                        insisting.await;
                        drop(permit);
                    });
                }
            }
        }
    }
}

/// The handshake: the app has to give the challenge back, and nothing else.
pub(crate) async fn verify(address: &str, token: &str) -> Result<(), String> {
    if !is_near(address) {
        return Err(format!("{address} is not an http address of this machine"));
    }
    let challenge = identifiers::challenge();
    let query =
        [("hub.mode", "subscribe"), ("hub.challenge", challenge.as_str()), ("hub.verify_token", token)];
    let client = client().map_err(|error| error.to_string())?;
    let mut answer = client.get(address).query(&query).send().await.map_err(|error| error.to_string())?;
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| error.to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            break;
        }
    }
    match status == StatusCode::OK && body == challenge.as_bytes() {
        true => Ok(()),
        false => Err(format!("HTTP status {}, and not the challenge alone", status.as_u16())),
    }
}

async fn insist(client: Client, parcel: Parcel, told: impl Fn(usize, Option<u16>)) {
    for seconds in &parcel.target.retry_after {
        tokio::time::sleep(Duration::from_secs(*seconds)).await;
        if attempt(&client, &parcel, &told).await {
            return;
        }
    }
}

async fn attempt(client: &Client, parcel: &Parcel, told: &impl Fn(usize, Option<u16>)) -> bool {
    let body = escape::body(&parcel.body);
    let signature = escape::signature(&parcel.secret, body.as_bytes());
    let request = client
        .post(&parcel.target.url)
        .header("Content-Type", "application/json")
        .header("X-Hub-Signature-256", signature)
        .body(body);
    let status = request.send().await.ok().map(|answer| answer.status());
    told(parcel.number, status.map(|status| status.as_u16()));
    status == Some(StatusCode::OK)
}

// Neither proxies nor redirects: what is meant for this machine stays on it.
fn client() -> reqwest::Result<Client> {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_certs_only([])
        .timeout(PATIENCE)
        .build()
}
