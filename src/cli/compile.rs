//! `watpl compile`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::console::Console;
use super::deploy::Deployment;
use super::{CommandError, ExitStatus};
use crate::graph::payload_json;
use crate::manifest::manifest;
use crate::payload::Payload;
use crate::report::json;
use crate::workspace::Boundary;

/// Print the JSON payloads that would be sent to Meta.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders to compile [default: `templates` in watpl.yaml]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Account whose constants are used [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Write one file per version to this folder instead of printing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the message contract instead: which variable is which parameter
    #[arg(long, conflicts_with = "out")]
    manifest: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let deployment = Deployment::prepare(console, &args.paths, args.account.as_deref())?;
    if deployment.project.has_errors() {
        console.note(&deployment.project.findings(console));
    }
    if args.manifest {
        console.print(&json::render(&manifest(&deployment.account, deployment.templates())))?;
        return Ok(exit(&deployment));
    }
    let payloads =
        deployment.desired.iter().filter(|desired| !desired.has_errors).map(|desired| &desired.payload);
    match &args.out {
        Some(folder) => {
            let (boundary, folder) =
                (&deployment.project.workspace.boundary, console.directory().join(folder));
            let written = payloads.map(|payload| write(boundary, &folder, payload));
            let count = written.collect::<Result<Vec<_>, _>>()?.len();
            console.print(&format!(
                "{} written to {}\n",
                crate::report::counted(count, "version"),
                console.shown(&folder)
            ))?;
        }
        None => console.print(&json::render(&Value::Array(payloads.map(payload_json).collect())))?,
    }
    Ok(exit(&deployment))
}

fn exit(deployment: &Deployment) -> ExitStatus {
    if deployment.project.has_errors() { ExitStatus::Findings } else { ExitStatus::Done }
}

/// Names and codes hold nothing that a path could be made of.
fn write(boundary: &Boundary, folder: &Path, payload: &Payload) -> Result<(), CommandError> {
    let path = folder.join(format!("{}.{}.json", payload.key.name, payload.key.language));
    let target = boundary.named_target(&path, true);
    let written = target.and_then(|target| target.replace(&json::file(&payload_json(payload))));
    written.map_err(|error| CommandError::account(format!("{} cannot be written: {error}", path.display())))
}
