//! `watpl sandbox`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use tokio::sync::oneshot;

use super::console::Console;
use super::runtime::runtime;
use super::signals::listener;
use super::{CommandError, ExitStatus};
use crate::workspace::{self, Boundary};
use graph_sandbox::{AllowedHost, Sandbox, SandboxError, Scenario, Settings, StateFolder, WebhookTarget};

/// Run an emulated Graph API on this machine.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Port on 127.0.0.1 (0 for any free port)
    #[arg(long, default_value_t = 8460)]
    port: u16,
    /// Folder to keep the state in between runs [default: in memory]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Account id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().waba, value_parser = id)]
    waba: String,
    /// App id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().app, value_parser = id)]
    app: String,
    /// Phone number id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().phone, value_parser = id)]
    phone: String,
    /// Access token to accept
    #[arg(long, default_value_t = Settings::default().token)]
    token: String,
    /// Review of new templates
    #[arg(long, value_enum, default_value_t = Review::Approve)]
    review: Review,
    /// Scenario file: initial data and scripted events (see docs/sandbox.md)
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Return templates as Meta rewrites them, or unchanged [default: quirky, or the value in the scenario]
    #[arg(long, value_enum)]
    read_back: Option<ReadBack>,
    /// http URL on this machine to send signed webhooks to
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// Additional host name to accept in requests, for a forwarded port (can be repeated)
    #[arg(long, value_name = "NAME", value_parser = host)]
    allow_host: Vec<AllowedHost>,
}

fn id(text: &str) -> Result<String, &'static str> {
    if graph_sandbox::is_id(text) { Ok(text.to_owned()) } else { Err("not a number with at most 32 digits") }
}

fn host(text: &str) -> Result<AllowedHost, &'static str> {
    AllowedHost::parse(text).ok_or("not a host name or an IP address without a port")
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReadBack {
    /// As Meta returns them: rewritten, with new media links
    Quirky,
    /// Exactly as they were sent
    Faithful,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Review {
    /// Approved immediately
    Approve,
    /// In review until `POST /_sandbox/review` is called
    Hold,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let settings = settings(args, console)?;
    let failed = |error: SandboxError| CommandError::account(error.to_string());
    let runtime = runtime()?;
    let mut listener = listener(&runtime);
    runtime.block_on(async {
        let ids =
            format!("account {}, app {}, phone number {}\n", settings.waba, settings.app, settings.phone);
        let sandbox = Sandbox::bind(settings, args.port).await.map_err(failed)?;
        console.print(&format!("{}\n{ids}press Ctrl-C to stop\n", sandbox.base_url()))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let ending = async {
            listener.next().await;
            let _ = stop.send(());
            // A client that keeps its connection open delays the end until the second signal.
            listener.next().await;
        };
        tokio::select! {
            () = sandbox.serve(async { drop(stopped.await) }) => Ok::<_, CommandError>(()),
            () = ending => Ok(()),
        }
    })?;
    Ok(ExitStatus::Done)
}

fn settings(args: &Args, console: &Console) -> Result<Settings, CommandError> {
    let webhook = args.webhook.as_deref().map(|url| {
        let bad = || CommandError::usage(format!("`{url}` is not an http URL on this machine"));
        WebhookTarget::parse(url).ok_or_else(bad)
    });
    let settings = Settings {
        waba: args.waba.clone(),
        app: args.app.clone(),
        phone: args.phone.clone(),
        token: args.token.clone(),
        state: args.state.as_deref().map(|folder| state(folder, console)).transpose()?,
        review: match args.review {
            Review::Approve => graph_sandbox::Review::Approve,
            Review::Hold => graph_sandbox::Review::Hold,
        },
        webhook: webhook.transpose()?,
        // The user named the state folder.
        webhooks: true,
        allowed_hosts: args.allow_host.clone(),
        bounds: graph_sandbox::Bounds::default(),
        scenario: scenario(args, console)?,
    };
    Ok(match args.read_back {
        Some(ReadBack::Quirky) => settings.reading_back(graph_sandbox::ReadBack::Quirky),
        Some(ReadBack::Faithful) => settings.reading_back(graph_sandbox::ReadBack::Faithful),
        None => settings,
    })
}

/// Opens the state folder. It may be anywhere, but a path within the project doesn't lead out of it through a link.
fn state(folder: &Path, console: &Console) -> Result<StateFolder, CommandError> {
    let path = console.directory().join(folder);
    let opened = Boundary::around(console.directory()).and_then(|boundary| boundary.named_folder(&path));
    let opened = opened.map_err(|error| {
        CommandError::usage(format!("the state folder `{}` cannot be opened: {error}", folder.display()))
    })?;
    Ok(StateFolder::Opened { folder: Arc::new(opened), path })
}

fn scenario(args: &Args, console: &Console) -> Result<Scenario, CommandError> {
    let Some(path) = &args.scenario else { return Ok(Scenario::default()) };
    let shown = path.display();
    let text = workspace::read_text(&console.directory().join(path)).map_err(|error| {
        CommandError::usage(format!("the scenario `{shown}` cannot be read: {}", error.cause))
    })?;
    Scenario::parse(&text).map_err(|error| CommandError::usage(format!("the scenario `{shown}`: {error}")))
}
