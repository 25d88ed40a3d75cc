//! Handles requests: the lock around the emulator, faults, and webhooks to send.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use tokio::task::JoinHandle;

use crate::emulator::Emulator;
use crate::endpoints::templates::list;
use crate::endpoints::{control, quota, subscriptions};
use crate::error::SandboxError;
use crate::faults::kind::FaultKind;
use crate::faults::listing::ListContext;
use crate::faults::plan::Fault;
use crate::graph_error::GraphError;
use crate::http::body::{self, BodyError};
use crate::http::connection::FaultSwitch;
use crate::http::{gate, router};
use crate::protocol::bounds::{Bounds, MemoryBudget};
use crate::protocol::host::AllowedHost;
use crate::protocol::request::ApiRequest;
use crate::protocol::response::ApiResponse;
use crate::settings::Settings;
use crate::webhooks::{Delivery, WebhookSender, verify};

// Interval of applying scheduled changes between calls.
const TICK: Duration = Duration::from_millis(250);

/// The state that all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    emulator: Arc<Mutex<Emulator>>,
    webhook_sender: WebhookSender,
    allowed: Arc<[AllowedHost]>,
    /// `false` to send no webhooks.
    webhooks: bool,
    pub(crate) bounds: Bounds,
    budget: MemoryBudget,
}

impl Server {
    /// Starts what happens besides requests: sending webhooks, and changes that come with time.
    pub(crate) fn spawn_tasks(&self) -> [JoinHandle<()>; 2] {
        let logging = self.clone();
        let on_attempt = move |number, status| logging.emulator().note_attempt(number, status);
        let sending = tokio::spawn(self.webhook_sender.clone().run(on_attempt));
        let ticking = self.clone();
        let ticker = tokio::spawn(async move {
            loop {
                tokio::time::sleep(TICK).await;
                ticking.tick();
            }
        });
        [sending, ticker]
    }

    /// Opens the state that all connections share.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let (bounds, allowed) = (settings.bounds, settings.allowed_hosts.clone().into());
        let webhooks = settings.webhooks;
        let emulator = Arc::new(Mutex::new(Emulator::open(settings, base_url)?));
        let budget = MemoryBudget::new(&bounds);
        Ok(Self { emulator, webhook_sender: WebhookSender::new(), allowed, webhooks, bounds, budget })
    }

    /// Answers one request. Requests that may come from a web page of another site have no effect.
    pub(crate) async fn answer(&self, fault_switch: &FaultSwitch, request: Request<Body>) -> Response {
        let (head, body) = request.into_parts();
        let mut call = ApiRequest::read(&head);
        let accepted = gate::check(&head, &self.allowed);
        let accepted = match call.is_control() {
            true => accepted.and_then(|()| gate::check_control(&head)),
            false => accepted,
        };
        if let Err(blocked) = accepted {
            return ApiResponse::rejected(blocked.status, &blocked.message).plain();
        }
        let kind = call.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let receiving = body::receive(kind, call.is_upload(), body, &self.budget, self.bounds.body_time);
        let share = match receiving.await {
            Ok((received, share)) => {
                call.fill(received);
                share
            }
            Err(body_error) => return self.body_error(body_error),
        };
        let response = if call.is_control() {
            self.control(&call)
        } else {
            if let Some((address, token)) = subscriptions::callback(&call).filter(|_| self.webhooks) {
                call.unverified = verify(&address, &token).await.err();
            }
            self.graph(&call, fault_switch).await
        };
        drop((call, share));
        response
    }

    fn body_error(&self, body_error: BodyError) -> Response {
        let (status, message) = match body_error {
            BodyError::TimedOut => {
                let seconds = self.bounds.body_time.as_secs();
                (StatusCode::REQUEST_TIMEOUT, format!("the body took longer than {seconds} seconds"))
            }
            BodyError::OutOfMemory => {
                (StatusCode::SERVICE_UNAVAILABLE, "too many request bodies in memory".to_owned())
            }
        };
        ApiResponse::rejected(status, &message).plain()
    }

    fn control(&self, call: &ApiRequest) -> Response {
        let mut emulator = self.emulator();
        let result = emulator.transact(call, control::respond);
        self.dispatch(&mut emulator);
        let answer = ApiResponse::from_result(result, emulator.settings.scenario.locale);
        answer.into_response(&emulator.settings.waba, None, &self.budget)
    }

    async fn graph(&self, call: &ApiRequest, fault_switch: &FaultSwitch) -> Response {
        let (line, fault, latency) = self.log_request(call);
        tokio::time::sleep(latency).await;
        let Some(fault) = fault else { return self.leave(call, line, None) };
        tokio::time::sleep(fault.delay()).await;
        let answer = self.leave(call, line, Some(&fault));
        if fault.kind.sends_no_response() {
            fault_switch.cut_answer();
        }
        if fault.kind == (FaultKind::Truncate {}) {
            fault_switch.cut_body();
        }
        answer
    }

    fn log_request(&self, call: &ApiRequest) -> (usize, Option<Fault>, Duration) {
        let mut emulator = self.emulator();
        let latency = Duration::from_millis(emulator.settings.scenario.latency_milliseconds);
        let (line, fault) = emulator.log_request(call);
        (line, fault, latency)
    }

    // Usage and account belong to this call: the lock is held until both are in the response.
    fn leave(&self, call: &ApiRequest, line: usize, fault: Option<&Fault>) -> Response {
        let mut emulator = self.emulator();
        emulator.run_due();
        let takes_effect = fault.is_none_or(Fault::takes_effect);
        let result = takes_effect.then(|| emulator.transact(call, router::respond));
        self.dispatch(&mut emulator);
        let mut answer = match (fault, result) {
            (None, Some(result)) => ApiResponse::from_result(result, emulator.locale(call)),
            (Some(fault), result) => respond_with(fault, result, call, &emulator),
            (None, None) => ApiResponse::from_result(Ok(serde_json::Value::Null), emulator.locale(call)),
        };
        answer.usage.get_or_insert_with(|| quota::usage(&emulator));
        answer.escaped = emulator.settings.scenario.has(crate::scenario::Quirk::EscapedSlashes);
        if fault.is_none_or(|fault| !fault.kind.sends_no_response()) {
            emulator.leave(line, answer.status.as_u16());
        }
        answer.into_response(&emulator.account.id, call.version.as_deref(), &self.budget)
    }

    fn tick(&self) {
        let mut emulator = self.emulator();
        if emulator.has_due() {
            emulator.run_due_and_save();
            self.dispatch(&mut emulator);
        }
    }

    // Sends the accounts' events to their subscribers.
    fn dispatch(&self, emulator: &mut Emulator) {
        for (account, event) in emulator.take_events() {
            let target = emulator.wants(&account, &event);
            let other_form = target.as_ref().is_some_and(|target| target.other_form);
            let body = event.body(&account, other_form);
            let number = emulator.note_delivery(&body, target.as_ref());
            let secret = emulator.settings.scenario.app.secret.clone();
            if let Some(target) = target {
                self.webhook_sender.take(Delivery { number, body, secret, target });
            }
        }
    }

    // Nothing panics while the lock is held; if something did, the next call would still be answered.
    fn emulator(&self) -> MutexGuard<'_, Emulator> {
        self.emulator.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// The fault gets the list as the API would show it.
fn respond_with(
    fault: &Fault,
    result: Option<Result<serde_json::Value, GraphError>>,
    call: &ApiRequest,
    emulator: &Emulator,
) -> ApiResponse {
    let listing = ListContext {
        after: call.text("after").filter(|after| !after.is_empty()),
        address: &|cursor| list::address(emulator, call, "after", cursor),
        first: &|| {
            let page = list::page(emulator, &call.with("after", "").with("limit", "1")).ok()?;
            page.pointer("/data/0").cloned()
        },
    };
    fault.answer(result, call, emulator.locale(call), &listing)
}
