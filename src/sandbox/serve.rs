//! Between the socket and the API: the lock around the world, and faults.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use tokio::net::TcpListener;

use crate::sandbox::answer::{Answer, Usage};
use crate::sandbox::call::Call;
use crate::sandbox::faults::{Fault, Kind};
use crate::sandbox::wire::{Door, Scissors};
use crate::sandbox::world::World;
use crate::sandbox::{SandboxError, Settings, api, control, quota};

// The largest file that a template may show is a document of 100 MB (Meta: media); one more for the rest.
const LARGEST_BODY: usize = 101 * 1024 * 1024;

/// What all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Server(Arc<Mutex<World>>);

/// Serves connections until the future completes.
pub(crate) async fn run(
    listener: TcpListener,
    server: Server,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let routes = Router::new().fallback(answer).with_state(server);
    let service = routes.into_make_service_with_connect_info::<Scissors>();
    axum::serve(Door(listener), service).with_graceful_shutdown(until).await
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
    server.graph(&call, &scissors).await
}

impl Server {
    /// Opens the world that all connections will share.
    pub(crate) fn open(settings: Settings, base_url: String) -> Result<Self, SandboxError> {
        let world = World::open(settings, base_url)?;
        Ok(Self(Arc::new(Mutex::new(world))))
    }

    fn control(&self, call: &Call) -> Response {
        let mut world = self.world();
        let answer = Answer::from_result(world.transact(call, control::respond));
        answer.into_response(&world.settings.waba, None, Usage::default())
    }

    async fn graph(&self, call: &Call, scissors: &Scissors) -> Response {
        let (line, fault) = self.world().arrive(call);
        let Some(fault) = fault else {
            let answer = Answer::from_result(self.world().transact(call, api::respond));
            return self.leave(call, line, answer);
        };
        tokio::time::sleep(fault.delay()).await;
        let answer = self.stricken(call, &fault);
        if fault.kind.hangs_up() {
            return hang_up(scissors);
        }
        if fault.kind == (Kind::Truncate {}) {
            scissors.cut_body();
        }
        self.leave(call, line, answer)
    }

    fn stricken(&self, call: &Call, fault: &Fault) -> Answer {
        let mut world = self.world();
        let result = fault.takes_effect().then(|| world.transact(call, api::respond));
        fault.answer(result, call, &world)
    }

    fn leave(&self, call: &Call, line: usize, answer: Answer) -> Response {
        let mut world = self.world();
        world.leave(line, answer.status.as_u16());
        let usage = quota::usage(&world.calls, world.account.now());
        answer.into_response(&world.settings.waba, call.version.as_deref(), usage)
    }

    // Nothing panics while the lock is held; if something did, the next call would still be answered.
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// The answer is never seen: the connection ends before it.
fn hang_up(scissors: &Scissors) -> Response {
    scissors.cut_answer();
    Response::default()
}
