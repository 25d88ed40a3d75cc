//! Between the socket and the API: the lock around the world, faults, and webhooks on their way out.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use tokio::net::TcpListener;

use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::faults::{Fault, Kind};
use crate::sandbox::webhooks::{self, Courier, Delivery, Event, Parcel, Target};
use crate::sandbox::wire::{Door, Scissors};
use crate::sandbox::world::World;
use crate::sandbox::{SandboxError, Settings, api, control, quota, subscriptions};

// The largest file that a template may show is a document of 100 MB (Meta: media); one more for the rest.
const LARGEST_BODY: usize = 101 * 1024 * 1024;
// How often reviews and pauses are looked at while nobody calls.
const TICK: Duration = Duration::from_millis(250);

/// What all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    world: Arc<Mutex<World>>,
    courier: Courier,
}

/// Serves connections until the future completes.
pub(crate) async fn run(
    listener: TcpListener,
    server: Server,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let telling = server.clone();
    let told = move |number, status| telling.world().note_attempt(number, status);
    let courier = tokio::spawn(server.courier.clone().run(told));
    let ticking = server.clone();
    let ticker = tokio::spawn(async move {
        loop {
            tokio::time::sleep(TICK).await;
            ticking.tick();
        }
    });
    let routes = Router::new().fallback(answer).with_state(server);
    let service = routes.into_make_service_with_connect_info::<Scissors>();
    let served = axum::serve(Door(listener), service).with_graceful_shutdown(until).await;
    ticker.abort();
    courier.abort();
    served
}

async fn answer(
    State(server): State<Server>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_BODY).await;
    let whole = body.is_ok();
    let mut call = Call::read(&head, body.unwrap_or_default());
    if !whole {
        call.malformed = Some(format!("The body is cut short or longer than {LARGEST_BODY} bytes"));
    }
    if call.is_control() {
        return server.control(&call);
    }
    if let Some((address, token)) = subscriptions::callback(&call) {
        call.unverified = webhooks::verify(&address, &token).await.err();
    }
    server.graph(&call, &scissors).await
}

impl Server {
    /// Opens the world that all connections will share.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let world = World::open(settings, base_url)?;
        Ok(Self { world: Arc::new(Mutex::new(world)), courier: Courier::new() })
    }

    fn control(&self, call: &Call) -> Response {
        let mut world = self.world();
        let result = world.transact(call, control::respond);
        self.dispatch(&mut world);
        let answer = Answer::from_result(result, world.settings.scenario.locale);
        answer.into_response(&world.settings.waba, None)
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
        let result = takes_effect.then(|| world.transact(call, api::respond));
        self.dispatch(&mut world);
        let mut answer = match (fault, result) {
            (None, Some(result)) => Answer::from_result(result, world.locale(call)),
            (Some(fault), result) => fault.answer(result, call, &world),
            (None, None) => Answer::from_result(Ok(serde_json::Value::Null), world.locale(call)),
        };
        answer.usage.get_or_insert_with(|| quota::usage(&world));
        answer.escaped = world.settings.scenario.has(crate::sandbox::scenario::Quirk::EscapedSlashes);
        if fault.is_none_or(|fault| !fault.kind.hangs_up()) {
            world.leave(line, answer.status.as_u16());
        }
        answer.into_response(&world.account.id, call.version.as_deref())
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

impl World {
    // Apps that are not live get nothing, nor do those that the account has not subscribed to (Meta: webhooks).
    fn wants(&self, account: &str, event: &Event) -> Option<Target> {
        let account = self.accounts().find(|own| own.id == account)?;
        let subscription = account.books.subscription.as_ref()?;
        if !self.settings.scenario.app.live {
            return None;
        }
        let target = self.target().cloned();
        let overriding =
            subscription.override_callback_uri.as_ref().filter(|address| webhooks::is_near(address));
        if let Some(address) = overriding.filter(|_| event.field == "messages") {
            let usual = target.unwrap_or_else(|| Target::new(address));
            let verify_token = subscription.verify_token.clone().unwrap_or_default();
            return Some(Target { url: address.clone(), verify_token, ..usual });
        }
        target.filter(|target| {
            target.fields.is_empty() || target.fields.iter().any(|field| field == event.field)
        })
    }

    fn note_delivery(&mut self, body: &serde_json::Value, target: Option<&Target>) -> usize {
        let number = self.deliveries.back().map_or(1, |last| last.number + 1);
        let url = target.map(|target| target.url.clone());
        let delivery = Delivery { number, body: body.clone(), url, attempts: 0, status: None };
        webhooks::remember(&mut self.deliveries, delivery);
        number
    }

    fn note_attempt(&mut self, number: usize, status: Option<u16>) {
        if let Some(delivery) = self.deliveries.iter_mut().find(|delivery| delivery.number == number) {
            delivery.attempts += 1;
            delivery.status = status;
        }
    }
}
