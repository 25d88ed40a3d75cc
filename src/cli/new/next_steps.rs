//! Requirements of a new template besides its file: media samples, constants.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::super::console::Console;
use crate::check::{self, Checked};
use crate::gallery;
use crate::lint_context::LintSettings;
use crate::rules::UNKNOWN_CONSTANT;
use crate::source::Sources;
use crate::workspace::{CONFIG, Workspace};

/// What is left to do, for people.
pub(super) fn render(text: &str, path: &Path, workspace: &Workspace, console: &Console) -> String {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), text);
    let constants = Some(workspace.config.constant_names());
    let checked = check::check(&sources, &LintSettings { constants, ..LintSettings::default() });
    media(&checked, path, console)
        + &constants_text(&missing(&checked, &sources), workspace)
        + &format!("check it with `watpl lint {}`\n", console.shown(path))
}

/// Media samples are not part of the program: images belong to the sender.
fn media(checked: &Checked, path: &Path, console: &Console) -> String {
    let folder = path.parent().unwrap_or(Path::new(""));
    let samples = check::media_samples(&checked.templates).into_iter().map(|(_, sample)| folder.join(sample));
    let files: BTreeSet<PathBuf> = samples.map(|file| resolved(&file)).collect();
    let lines = files.iter().map(|file| {
        format!("it needs a media sample, which is not included: put yours at {}\n", console.shown(file))
    });
    lines.collect()
}

/// A path without its `..`, for people.
fn resolved(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// The constants that the template uses and no account defines.
fn missing(checked: &Checked, sources: &Sources) -> BTreeSet<String> {
    let found = checked.diagnostics.iter().filter(|diagnostic| diagnostic.rule.id == UNKNOWN_CONSTANT);
    let names = found.filter_map(|diagnostic| {
        let written = sources.get(diagnostic.span.source)?.slice(diagnostic.span);
        Some(written.trim_start_matches("${").trim_end_matches('}').to_owned())
    });
    names.collect()
}

fn constants_text(missing: &BTreeSet<String>, workspace: &Workspace) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let proposed = gallery::constants();
    let lines = missing.iter().map(|name| {
        let value = proposed.get(name).map_or("", String::as_str);
        format!("  {name}: {}\n", serde_json::Value::from(value))
    });
    let lines: String = lines.collect();
    let place = match workspace.has_config {
        true if workspace.config.constants.is_empty() => {
            format!("add the constants that it uses to {CONFIG}")
        }
        true => format!("add the constants that it uses below `constants` in {CONFIG}"),
        false => {
            format!("create {CONFIG} with `watpl init`, and add the constants that the template uses")
        }
    };
    format!("{place}:\n\nconstants:\n{lines}\n")
}
