//! The token of an account, from the source that its user approved.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::child::{Child, ChildError};
use crate::cli::console::Console;
use crate::cli::variables::TOKEN;
use crate::cli::{CommandError, trust};
use crate::config::TokenSource;
use crate::remote::Token;
use crate::workspace::input;

/// The variable that names the token's file, where that one is not set.
const FILE_VARIABLE: &str = "WATPL_TOKEN_FILE";
/// Most that is read of a file or a program's output.
const MAX_TOKEN: usize = 64 * 1024;
/// How long a program may take; it may ask its user for a password.
const PROGRAM: Duration = Duration::from_secs(60);
/// How long a pipe that the environment names may stay silent: a program that asks its user may write to it.
const PIPE: Duration = Duration::from_secs(60);

/// Reads the token. A source that needs approval and has none is neither run nor read.
pub(super) fn read(
    source: &TokenSource,
    root: &Path,
    account: &str,
    id: &str,
    console: &Console,
) -> Result<Token, CommandError> {
    let approved = trust::require(root, account, id, source)?;
    let (place, text) = match source {
        TokenSource::Default => default(console)?,
        TokenSource::Env(name) => (
            format!("the variable {name}"),
            variable(name).map(String::into_bytes).ok_or_else(|| "is not set".to_owned()),
        ),
        TokenSource::File(path) => (format!("the file {path}"), project_file(root, path, console)),
        TokenSource::Command(words) => match &approved {
            Some(source) => (source.subject.guarded.to_string(), run(source, words)),
            // A program always needs approval.
            None => return Err(CommandError::usage("the token program is not approved")),
        },
    };
    let help = "it must provide an access token with the permission whatsapp_business_management";
    let failed = |cause: &str| CommandError::account(format!("{place} {cause}")).help(help);
    let text = text.map_err(|cause| failed(&cause))?;
    let text = String::from_utf8(text).map_err(|_| failed("is not UTF-8 text"))?;
    Token::new(&text).ok_or_else(|| failed("contains no token"))
}

type Found = (String, Result<Vec<u8>, String>);

/// The source of accounts that name none: the user's environment names it.
fn default(console: &Console) -> Result<Found, CommandError> {
    if let Some(token) = variable(TOKEN).filter(|token| !token.is_empty()) {
        return Ok((format!("the variable {TOKEN}"), Ok(token.into_bytes())));
    }
    if let Some(path) = variable(FILE_VARIABLE).filter(|path| !path.is_empty()) {
        let file = console.directory().join(&path);
        return Ok((format!("the file {path} ({FILE_VARIABLE})"), read_file(&file)));
    }
    let help = format!("set {TOKEN} or {FILE_VARIABLE}, or add `token` to the account in watpl.yaml");
    Err(CommandError::account(format!("the variable {TOKEN} is not set")).help(help))
}

/// A file that the project names, counted from its folder.
fn project_file(root: &Path, path: &str, console: &Console) -> Result<Vec<u8>, String> {
    let file = trust::project_folder(root).join(path);
    if is_open_to_others(&file) {
        console.warn(&format!(
            "the token file {path} can be read by other users of this machine; run `chmod 600 {path}`"
        ));
    }
    let resolved = resolve(&file).map_err(unreadable)?;
    // What was approved is a file of the project: a link in its place could name any other.
    let boundary = trust::boundary(root);
    if trust::normal(&file).starts_with(&boundary) && !resolved.starts_with(&boundary) {
        return Err("is a link that leads out of the project, which is not followed".to_owned());
    }
    if !is_plain(&resolved) {
        return Err("cannot be read: not a regular file".to_owned());
    }
    read_file(&resolved)
}

/// Reads a file that may be a pipe or may never end.
fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    input::read_within(path, MAX_TOKEN as u64, PIPE).map_err(unreadable)
}

fn unreadable(error: std::io::Error) -> String {
    format!("cannot be read: {error}")
}

/// Runs an approved program, with the whole environment: it may need credentials of its own.
fn run(source: &trust::GuardedSource, words: &[String]) -> Result<Vec<u8>, String> {
    let arguments = words.iter().skip(1);
    let child =
        Child::trusted(&source.program, MAX_TOKEN, PROGRAM).args(arguments).directory(&source.directory);
    match child.run() {
        Ok(finished) if finished.status.success() => Ok(finished.output),
        Ok(finished) => Err(format!("ended with {}", finished.status)),
        Err(error @ ChildError::Start(_)) => {
            Err(format!("{error} (in {})", source.directory.to_string_lossy()))
        }
        Err(error) => Err(error.to_string()),
    }
}

#[expect(clippy::disallowed_methods, reason = "tokens come from the environment, a file or a program")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(clippy::disallowed_methods, reason = "tokens come from the environment, a file or a program")]
fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    path.canonicalize()
}

#[expect(clippy::disallowed_methods, reason = "tokens come from the environment, a file or a program")]
fn is_plain(path: &Path) -> bool {
    path.is_file()
}

/// Whether users other than the owner and their group can read a file; never where permissions are of another kind.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "tokens come from the environment, a file or a program")]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}
