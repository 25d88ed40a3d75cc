//! Between the socket and the API: the lock around the world, faults, and webhooks on their way out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use tokio::task::JoinHandle;

use crate::emulator::World;
use crate::endpoints::templates::list;
use crate::endpoints::{control, quota, subscriptions};
use crate::error::SandboxError;
use crate::faults::kind::Kind;
use crate::faults::listing::Listing;
use crate::faults::plan::Fault;
use crate::graph_error::Refusal;
use crate::http::body::{self, Stopped};
use crate::http::connection::Scissors;
use crate::http::{gate, router};
use crate::protocol::bounds::{Bounds, Budget};
use crate::protocol::host::AllowedHost;
use crate::protocol::request::Call;
use crate::protocol::response::Answer;
use crate::settings::Settings;
use crate::webhooks::{Courier, Parcel, verify};

// How often reviews and pauses are looked at while nobody calls.
const TICK: Duration = Duration::from_millis(250);

/// What all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    world: Arc<Mutex<World>>,
    courier: Courier,
    allowed: Arc<[AllowedHost]>,
    /// Whether any address is called.
    webhooks: bool,
    pub(crate) bounds: Bounds,
    budget: Budget,
}

impl Server {
    /// Starts what happens besides requests: sending webhooks, and changes that come with time.
    pub(crate) fn spawn_tasks(&self) -> [JoinHandle<()>; 2] {
        let telling = self.clone();
        let told = move |number, status| telling.world().note_attempt(number, status);
        let sending = tokio::spawn(self.courier.clone().run(told));
        let ticking = self.clone();
        let ticker = tokio::spawn(async move {
            loop {
                tokio::time::sleep(TICK).await;
                ticking.tick();
            }
        });
        [sending, ticker]
    }

    /// Opens the world that all connections will share.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let (bounds, allowed) = (settings.bounds, settings.allowed_hosts.clone().into());
        let webhooks = settings.webhooks;
        let world = Arc::new(Mutex::new(World::open(settings, base_url)?));
        let budget = Budget::new(&bounds);
        Ok(Self { world, courier: Courier::new(), allowed, webhooks, bounds, budget })
    }

    /// Answers one request. Nothing happens to one that may come from a web page of another site.
    pub(crate) async fn answer(&self, scissors: &Scissors, request: Request<Body>) -> Response {
        let (head, body) = request.into_parts();
        let mut call = Call::read(&head);
        let accepted = gate::check(&head, &self.allowed);
        let accepted = match call.is_control() {
            true => accepted.and_then(|()| gate::check_control(&head)),
            false => accepted,
        };
        if let Err(rejection) = accepted {
            return Answer::rejected(rejection.status, &rejection.message).plain();
        }
        let kind = call.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let receiving = body::receive(kind, call.is_upload(), body, &self.budget, self.bounds.body_time);
        let share = match receiving.await {
            Ok((received, share)) => {
                call.fill(received);
                share
            }
            Err(stopped) => return self.stopped(stopped),
        };
        let response = if call.is_control() {
            self.control(&call)
        } else {
            if let Some((address, token)) = subscriptions::callback(&call).filter(|_| self.webhooks) {
                call.unverified = verify(&address, &token).await.err();
            }
            self.graph(&call, scissors).await
        };
        drop((call, share));
        response
    }

    fn stopped(&self, stopped: Stopped) -> Response {
        let (status, message) = match stopped {
            Stopped::Slow => {
                let seconds = self.bounds.body_time.as_secs();
                (StatusCode::REQUEST_TIMEOUT, format!("the body took longer than {seconds} seconds"))
            }
            Stopped::Full => {
                (StatusCode::SERVICE_UNAVAILABLE, "too many request bodies in memory".to_owned())
            }
        };
        Answer::rejected(status, &message).plain()
    }

    fn control(&self, call: &Call) -> Response {
        let mut world = self.world();
        let result = world.transact(call, control::respond);
        self.dispatch(&mut world);
        let answer = Answer::from_result(result, world.settings.scenario.locale);
        answer.into_response(&world.settings.waba, None, &self.budget)
    }

    async fn graph(&self, call: &Call, scissors: &Scissors) -> Response {
        let (line, fault, latency) = self.arrive(call);
        tokio::time::sleep(latency).await;
        let Some(fault) = fault else { return self.leave(call, line, None) };
        tokio::time::sleep(fault.delay()).await;
        let answer = self.leave(call, line, Some(&fault));
        if fault.kind.hangs_up() {
            scissors.cut_answer();
        }
        if fault.kind == (Kind::Truncate {}) {
            scissors.cut_body();
        }
        answer
    }

    fn arrive(&self, call: &Call) -> (usize, Option<Fault>, Duration) {
        let mut world = self.world();
        let latency = Duration::from_millis(world.settings.scenario.latency_milliseconds);
        let (line, fault) = world.arrive(call);
        (line, fault, latency)
    }

    // The usage and the account are those of this call: the lock is held until both are in the answer.
    fn leave(&self, call: &Call, line: usize, fault: Option<&Fault>) -> Response {
        let mut world = self.world();
        world.catch_up();
        let takes_effect = fault.is_none_or(Fault::takes_effect);
        let result = takes_effect.then(|| world.transact(call, router::respond));
        self.dispatch(&mut world);
        let mut answer = match (fault, result) {
            (None, Some(result)) => Answer::from_result(result, world.locale(call)),
            (Some(fault), result) => respond_with(fault, result, call, &world),
            (None, None) => Answer::from_result(Ok(serde_json::Value::Null), world.locale(call)),
        };
        answer.usage.get_or_insert_with(|| quota::usage(&world));
        answer.escaped = world.settings.scenario.has(crate::scenario::Quirk::EscapedSlashes);
        if fault.is_none_or(|fault| !fault.kind.hangs_up()) {
            world.leave(line, answer.status.as_u16());
        }
        answer.into_response(&world.account.id, call.version.as_deref(), &self.budget)
    }

    fn tick(&self) {
        let mut world = self.world();
        if world.is_behind() {
            world.catch_up_and_save();
            self.dispatch(&mut world);
        }
    }

    // What happened in the accounts, to whoever wants to know.
    fn dispatch(&self, world: &mut World) {
        for (account, event) in world.take_events() {
            let target = world.wants(&account, &event);
            let other_form = target.as_ref().is_some_and(|target| target.other_form);
            let body = event.body(&account, other_form);
            let number = world.note_delivery(&body, target.as_ref());
            let secret = world.settings.scenario.app.secret.clone();
            if let Some(target) = target {
                self.courier.take(Parcel { number, body, secret, target });
            }
        }
    }

    // Nothing panics while the lock is held; if something did, the next call would still be answered.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// The fault gets the list as the API would show it.
fn respond_with(
    fault: &Fault,
    result: Option<Result<serde_json::Value, Refusal>>,
    call: &Call,
    world: &World,
) -> Answer {
    let listing = Listing {
        after: call.text("after").filter(|after| !after.is_empty()),
        address: &|cursor| list::address(world, call, "after", cursor),
        first: &|| {
            let page = list::page(world, &call.with("after", "").with("limit", "1")).ok()?;
            page.pointer("/data/0").cloned()
        },
    };
    fault.answer(result, call, world.locale(call), &listing)
}
