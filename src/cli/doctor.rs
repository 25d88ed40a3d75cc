//! `watpl doctor`: checks the connection, and suggests fixes.

use super::console::Console;
use super::deploy::{Connection, connect};
use super::runtime::runtime;
use super::select::find_account;
use super::{CommandError, ExitStatus, OutputFormat};
use crate::config::Account;
use crate::doctor::{Finding, Level, ProbeResults, diagnose};
use crate::graph::node::{self, NodeKind};
use crate::graph::{self, ApiError};
use crate::remote::{Remote, TransportError};
use crate::report::doctor as report;
use crate::workspace::now;

/// Check account, token and app, and suggest fixes.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Account in watpl.yaml [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let workspace = console.open()?;
    console.refuse_broken_config(&workspace, &workspace.check())?;
    let (account, place) = find_account(&workspace, args.account.as_deref())?;
    let findings = runtime()?.block_on(async {
        match connect(&workspace.root, &account, &place.kind, console).await {
            // A mistake in the command or the configuration, or an approval that is missing.
            Err(failure) if failure.exit == ExitStatus::Usage => Err(failure),
            Err(failure) => {
                Ok(vec![Finding::problem("token-missing", failure.message, failure.help.unwrap_or_default())])
            }
            Ok(connection) => {
                let mut visit =
                    Visit { connection: &connection, facts: facts(&connection, &place), lost: None };
                visit.ask().await;
                let mut findings = diagnose(&visit.facts, now());
                findings.extend(visit.lost.map(|fault| unreachable(&fault)));
                Ok(findings)
            }
        }
    })?;
    console.print(&match args.format {
        OutputFormat::Human => report::human(&findings, &account, console.terminal),
        OutputFormat::Json => report::machine(&findings, &account),
    })?;
    let broken = findings.iter().any(|finding| finding.level == Level::Problem);
    Ok(if broken { ExitStatus::Account } else { ExitStatus::Done })
}

fn facts(connection: &Connection, place: &Account) -> ProbeResults {
    ProbeResults {
        account: connection.target.waba.clone(),
        app: connection.target.app.clone(),
        phone: place.phone.clone(),
        version: connection.http.version().to_owned(),
        ..ProbeResults::default()
    }
}

fn unreachable(fault: &TransportError) -> Finding {
    Finding::problem(
        "network",
        fault.to_string(),
        "check the network, the proxy, and WATPL_GRAPH_URL if it is set; the certificate of a company proxy may have to be added to the system's certificate store",
    )
}

/// The questions, in turn; without an answer there is no use in asking on.
struct Visit<'a> {
    connection: &'a Connection,
    facts: ProbeResults,
    lost: Option<TransportError>,
}

impl Visit<'_> {
    async fn ask(&mut self) {
        let answer = self.connection.http.ask_about_token().await;
        self.facts.token = self.answered(answer, graph::token::response);
        let waba = self.facts.account.clone();
        self.facts.account_name = self.get(node::request(&waba, NodeKind::Account), node::response).await;
        if self.facts.account_name.as_ref().is_some_and(Result::is_err) {
            self.facts.account_is = self.kind(&waba).await;
        }
        self.facts.templates = self.get(node::templates(&waba), graph::list::readable).await;
        let own = self.facts.token.as_ref().and_then(|token| token.as_ref().ok()?.app.clone());
        if let Some(app) = self.facts.app.clone().or(own) {
            self.facts.app_name = self.get(node::request(&app, NodeKind::App), node::response).await;
            if self.facts.app_name.as_ref().is_some_and(Result::is_err) {
                self.facts.app_is = self.kind(&app).await;
            }
        }
        if self.facts.account_name.as_ref().is_some_and(Result::is_ok) {
            self.facts.subscribed = self.get(node::edge(&waba, "subscribed_apps"), node::ids).await;
            self.ask_phone(&waba).await;
        }
    }

    async fn ask_phone(&mut self, waba: &str) {
        let Some(phone) = self.facts.phone.clone() else { return };
        self.facts.phones = self.get(node::edge(waba, "phone_numbers"), node::ids).await;
        if matches!(&self.facts.phones, Some(Ok(known)) if !known.contains(&phone)) {
            self.facts.phone_is = self.kind(&phone).await;
        }
    }

    /// What an id is the id of.
    async fn kind(&mut self, id: &str) -> Option<NodeKind> {
        for kind in NodeKind::ALL {
            if let Some(Ok(_)) = self.get(node::request(id, kind), node::response).await {
                return Some(kind);
            }
        }
        None
    }

    async fn get<T>(
        &mut self,
        request: graph::Request,
        read: impl Fn(&graph::Response) -> Result<T, ApiError>,
    ) -> Option<Result<T, ApiError>> {
        if self.lost.is_some() {
            return None;
        }
        let answer = self.connection.http.send(request).await;
        self.answered(answer, read)
    }

    fn answered<T>(
        &mut self,
        answer: Result<graph::Response, TransportError>,
        read: impl Fn(&graph::Response) -> Result<T, ApiError>,
    ) -> Option<Result<T, ApiError>> {
        match answer {
            Ok(response) => {
                let version = response.header("facebook-api-version").map(str::to_owned);
                self.facts.answered = self.facts.answered.take().or(version);
                Some(read(&response))
            }
            Err(fault) => {
                self.lost.get_or_insert(fault);
                None
            }
        }
    }
}
