//! `watpl sandbox`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use tokio::sync::oneshot;

use super::console::Console;
use super::runtime::runtime;
use super::signals::listener;
use super::{CommandError, ExitStatus};
use crate::sandbox::{self, AllowedHost, Sandbox, Scenario, Settings, State, Target};
use crate::workspace::{self, Boundary};

/// Serve an emulated Graph API on this machine.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8460)]
    port: u16,
    /// A folder that keeps the state between runs; in memory when not given
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// The account's id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().waba, value_parser = id)]
    waba: String,
    /// The app's id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().app, value_parser = id)]
    app: String,
    /// The phone number's id
    #[arg(long, value_name = "ID", default_value_t = Settings::default().phone, value_parser = id)]
    phone: String,
    /// The token that it takes
    #[arg(long, default_value_t = Settings::default().token)]
    token: String,
    /// Whether templates are approved at once, or stay in review
    #[arg(long, value_enum, default_value_t = Review::Approve)]
    review: Review,
    /// A YAML file that says what is there and what happens (see docs/sandbox.md)
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Whether templates read back as Meta gives them back, or as they were sent
    #[arg(long, value_enum)]
    read_back: Option<ReadBack>,
    /// An http address of this machine that gets signed webhooks
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// A host other than this machine that requests and web pages may name, for a forwarded port; may be repeated
    #[arg(long, value_name = "NAME", value_parser = host)]
    allow_host: Vec<AllowedHost>,
}

fn id(text: &str) -> Result<String, &'static str> {
    if sandbox::is_id(text) { Ok(text.to_owned()) } else { Err("not a number of up to 32 digits") }
}

fn host(text: &str) -> Result<AllowedHost, &'static str> {
    AllowedHost::parse(text).ok_or("not a host name or an IP address without a port")
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReadBack {
    /// Rewritten, relinked, in another spelling
    Quirky,
    /// Word for word
    Faithful,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Review {
    /// Approved at once
    Approve,
    /// In review until `POST /_sandbox/review` says otherwise
    Hold,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let settings = settings(args, console)?;
    let failed = |error: sandbox::SandboxError| CommandError::account(error.to_string());
    let runtime = runtime()?;
    let mut listener = listener(&runtime);
    runtime.block_on(async {
        let ids =
            format!("account {}, app {}, phone number {}\n", settings.waba, settings.app, settings.phone);
        let sandbox = Sandbox::bind(settings, args.port).await.map_err(failed)?;
        console.print(&format!("{}\n{ids}stop it with Ctrl-C\n", sandbox.base_url()))?;
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
        let bad = || CommandError::usage(format!("`{url}` is not an http address of this machine"));
        Target::parse(url).ok_or_else(bad)
    });
    let settings = Settings {
        waba: args.waba.clone(),
        app: args.app.clone(),
        phone: args.phone.clone(),
        token: args.token.clone(),
        state: args.state.as_deref().map(|folder| state(folder, console)).transpose()?,
        review: match args.review {
            Review::Approve => sandbox::Review::Approve,
            Review::Hold => sandbox::Review::Hold,
        },
        webhook: webhook.transpose()?,
        // The user named the state folder.
        webhooks: true,
        allowed_hosts: args.allow_host.clone(),
        bounds: sandbox::Bounds::default(),
        scenario: scenario(args, console)?,
    };
    Ok(match args.read_back {
        Some(ReadBack::Quirky) => settings.reading_back(sandbox::ReadBack::Quirky),
        Some(ReadBack::Faithful) => settings.reading_back(sandbox::ReadBack::Faithful),
        None => settings,
    })
}

/// Opens the state folder. It may be anywhere, but a path within the project doesn't lead out of it through a link.
fn state(folder: &Path, console: &Console) -> Result<State, CommandError> {
    let path = console.directory().join(folder);
    let opened = Boundary::around(console.directory()).and_then(|boundary| boundary.named_folder(&path));
    let opened = opened.map_err(|error| {
        CommandError::usage(format!("the state folder `{}` cannot be opened: {error}", folder.display()))
    })?;
    Ok(State::Folder { folder: Arc::new(opened), path })
}

fn scenario(args: &Args, console: &Console) -> Result<Scenario, CommandError> {
    let Some(path) = &args.scenario else { return Ok(Scenario::default()) };
    let shown = path.display();
    let text = workspace::read_text(&console.directory().join(path)).map_err(|error| {
        CommandError::usage(format!("the scenario `{shown}` cannot be read: {}", error.cause))
    })?;
    Scenario::parse(&text).map_err(|error| CommandError::usage(format!("the scenario `{shown}`: {error}")))
}
