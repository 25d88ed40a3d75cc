//! Language codes on the command line.

use super::CommandError;
use crate::model::Language;
use crate::platform::languages;

/// The languages of these codes, each once.
pub(super) fn parse(codes: &[String]) -> Result<Vec<Language>, CommandError> {
    let mut found = Vec::new();
    for code in codes {
        let language = Language::new(code).ok_or_else(|| unknown(code))?;
        if !found.contains(&language) {
            found.push(language);
        }
    }
    Ok(found)
}

/// The languages of an answer such as `en_US, fa`.
pub(super) fn parse_line(line: &str) -> Result<Vec<Language>, CommandError> {
    let codes: Vec<String> =
        line.split([',', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    parse(&codes)
}

fn unknown(code: &str) -> CommandError {
    let failure = CommandError::usage(format!("`{code}` is not one of Meta's language codes"));
    match languages::suggest(code) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None => failure.help("use a code such as `en_US`; the underscore and upper case matter"),
    }
}
