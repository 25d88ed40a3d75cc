//! The way to an account: Meta, a server that the environment names, or the sandbox inside this process.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use tokio::sync::oneshot;

use super::token;
use crate::apply::ApplyTarget;
use crate::cli::console::Console;
use crate::cli::variables::GRAPH_URL;
use crate::cli::{CommandError, git, logs};
use crate::config::AccountKind;
use crate::graph;
use crate::platform::GRAPH_VERSION;
use crate::remote::{BaseUrl, CallError, Http, HttpError, Token, TransportError};
use crate::workspace::{LockFile, StateError, sandbox_folder};
use graph_sandbox::{Sandbox, Settings, StateFolder};

/// The project's folder of state that is not committed.
const STATE: &str = ".watpl";

/// An open way to an account.
#[derive(Debug)]
pub(in crate::cli) struct Connection {
    pub(in crate::cli) target: ApplyTarget,
    pub(in crate::cli) http: Http,
    /// The server, where it is not Meta's.
    pub(in crate::cli) host: Option<String>,
    /// Ends the sandbox when it goes.
    _sandbox: Option<oneshot::Sender<()>>,
}

/// Opens the lock of an account, and excludes other runs if it is going to be written.
pub(in crate::cli) fn open_lock(
    root: &Path,
    account: &str,
    place: &AccountKind,
    writes: bool,
) -> Result<LockFile, CommandError> {
    refuse_tracked_state(root)?;
    let opened = if writes {
        LockFile::acquire(root, account, writer(place)?.as_deref())
    } else {
        LockFile::read(root, account, *place == AccountKind::Sandbox)
    };
    opened.map_err(|error| lock_failure(&error))
}

/// Refuses a `.watpl` that came with the clone: what is in it decides what is sent, and where. Without git, and outside
/// a repository, there is nothing to ask.
fn refuse_tracked_state(root: &Path) -> Result<(), CommandError> {
    // A process works on one project, and its accounts may be opened side by side.
    static IS_TRACKED: OnceLock<bool> = OnceLock::new();
    let ask = || root.join(STATE).symlink_metadata().is_ok() && git::is_tracked(root, STATE) == Some(true);
    if *IS_TRACKED.get_or_init(ask) {
        return Err(CommandError::usage(
            "the folder `.watpl` is tracked by git, so its content may come from someone else",
        )
        .help("run `git rm -r --cached .watpl` and commit; delete the folder if you did not create it"));
    }
    Ok(())
}

/// What one account is, whatever projects call it: its id, at its server. A sandbox's state lies in its project, and
/// no other project writes to it.
fn writer(place: &AccountKind) -> Result<Option<String>, CommandError> {
    let AccountKind::Meta { waba_id, .. } = place else { return Ok(None) };
    let elsewhere = graph_url()?.filter(|base| *base != BaseUrl::meta());
    Ok(Some(match elsewhere {
        Some(base) => format!("{waba_id}-{}", base.host()),
        None => waba_id.clone(),
    }))
}

fn lock_failure(error: &StateError) -> CommandError {
    let failure = CommandError::account(error.to_string());
    match error {
        StateError::Held { .. } => failure.help("wait until the other run ends; an account can have only one run at a time"),
        StateError::Bad { .. } => failure.help(
            "restore the file from git, or move it away; without it, the next run adopts identical templates and holds different ones",
        ),
        StateError::Io { .. } => failure,
    }
}

/// Connects to an account of the project at `root`; starts the sandbox where that is the account.
pub(in crate::cli) async fn connect(
    root: &Path,
    account: &str,
    place: &AccountKind,
    console: &Console,
) -> Result<Connection, CommandError> {
    let base = graph_url()?;
    match (place, base) {
        (AccountKind::Sandbox, None) => embedded(root).await,
        (AccountKind::Sandbox, Some(base)) => {
            let settings = Settings::default();
            let target = ApplyTarget { waba: settings.waba.clone(), app: Some(settings.app.clone()) };
            connection(target, base, GRAPH_VERSION, sandbox_token(&settings)?, None)
        }
        (AccountKind::Meta { waba_id, app_id, api_version, token }, base) => {
            let token = token::read(token, root, account, waba_id, console)?;
            let target = ApplyTarget { waba: waba_id.clone(), app: app_id.clone() };
            connection(target, base.unwrap_or_else(BaseUrl::meta), api_version, token, None)
        }
    }
}

async fn embedded(root: &Path) -> Result<Connection, CommandError> {
    refuse_tracked_state(root)?;
    let (folder, path) = sandbox_folder(root).map_err(|error| lock_failure(&error))?;
    let state = StateFolder::Opened { folder: Arc::new(folder), path };
    // The state may have come with the repository, which must not choose what is called on this machine.
    let settings = Settings { state: Some(state), webhooks: false, ..Settings::default() };
    let target = ApplyTarget { waba: settings.waba.clone(), app: Some(settings.app.clone()) };
    let token = sandbox_token(&settings)?;
    let failed = |error: graph_sandbox::SandboxError| CommandError::account(error.to_string());
    let sandbox = Sandbox::bind(settings, 0).await.map_err(failed)?;
    let base = BaseUrl::parse(&sandbox.base_url()).map_err(client_failure)?;
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(sandbox.serve(async {
        // Both a message and the sender's end mean: stop.
        let _ = stopped.await;
    }));
    connection(target, base, GRAPH_VERSION, token, Some(stop))
}

fn connection(
    target: ApplyTarget,
    base: BaseUrl,
    version: &str,
    token: Token,
    sandbox: Option<oneshot::Sender<()>>,
) -> Result<Connection, CommandError> {
    let elsewhere = base != BaseUrl::meta() && sandbox.is_none();
    let host = elsewhere.then(|| base.host().to_owned());
    token.keep_secret();
    logs::keep_passwords();
    let http = Http::new(base, version, token).map_err(client_failure)?;
    Ok(Connection { target, http, host, _sandbox: sandbox })
}

fn sandbox_token(settings: &Settings) -> Result<Token, CommandError> {
    Token::new(&settings.token).ok_or_else(|| CommandError::usage("the sandbox has no token"))
}

#[expect(clippy::disallowed_methods, reason = "the environment is where the base URL comes from")]
fn graph_url() -> Result<Option<BaseUrl>, CommandError> {
    match std::env::var(GRAPH_URL) {
        Ok(url) if !url.is_empty() => BaseUrl::parse(&url).map(Some).map_err(client_failure),
        _ => Ok(None),
    }
}

fn client_failure(error: HttpError) -> CommandError {
    match error {
        HttpError::Client(_) => CommandError::account(error.to_string()),
        _ => CommandError::usage(format!("{GRAPH_URL}: {error}"))
            .help("set it to the address that `watpl sandbox` prints, or unset it"),
    }
}

/// The error of a failed listing: nothing was done, why, and how to fix it.
pub(in crate::cli) fn listing_failure(error: &CallError) -> CommandError {
    let failure = CommandError::account(format!(
        "the templates of the account could not be listed, so nothing was changed: {error}"
    ));
    match error {
        // A certificate that is not valid yet, or not any more, is often a wrong clock.
        CallError::Transport(TransportError::ConnectFailed { cause, .. })
            if cause.contains("certificate") =>
        {
            failure.help("check this machine's clock, its certificates (SSL_CERT_FILE), and the proxy")
        }
        CallError::Transport(TransportError::ConnectFailed { .. }) => {
            failure.help(format!("check the network, the proxy, and {GRAPH_URL} if it is set"))
        }
        CallError::Transport(TransportError::RateLimited { .. }) => {
            failure.help("try again later, or raise `--max-wait`")
        }
        CallError::Transport(TransportError::ResponseLost { .. } | TransportError::Cancelled)
        | CallError::PaginationLoop(_) => failure.help("try again"),
        CallError::Graph(error) => graph_help(failure, error),
    }
}

fn graph_help(failure: CommandError, error: &graph::ApiError) -> CommandError {
    let failure = CommandError { message: format!("{} ({})", failure.message, error.codes()), ..failure };
    match (error.code, error.subcode, error.class()) {
        (190, ..) => {
            failure.help("the token is no longer valid; create a new one, preferably for a system user")
        }
        (100, Some(33), _) => {
            failure.help("`waba_id` is wrong, or the token's user has no access to this account")
        }
        (10 | 200..=299, ..) => failure
            .help("the token lacks whatsapp_business_management, or its user has no access to this account"),
        (_, _, graph::ErrorClass::Wait) => failure.help("the hourly call limit is used up; try again later"),
        _ => failure,
    }
}
