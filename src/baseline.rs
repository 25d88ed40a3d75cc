//! Findings that a project lives with: what they are known by, and the file that holds them.
//!
//! A finding is known by its file, its rule and the text of its line, so that lines that move do not make it new.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::hash::digest;
use crate::source::{SourceId, Sources};
use crate::work;

/// The version of the file's form.
const VERSION: u32 = 1;

/// The findings that are known, and how often each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<KnownFinding, usize>);

/// The identity of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct KnownFinding {
    file: String,
    rule: String,
    line: String,
}

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    known: KnownFinding,
    count: usize,
}

#[derive(Deserialize)]
struct BaselineFile {
    version: u32,
    findings: Vec<Row>,
}

impl Baseline {
    /// The baseline of the findings. `name` returns a file's path from the project's folder.
    pub fn from_diagnostics(
        sources: &Sources,
        diagnostics: &[Diagnostic],
        name: &dyn Fn(SourceId) -> String,
    ) -> Self {
        let mut baseline = Self::default();
        let mut lines = Lines::default();
        for diagnostic in diagnostics {
            *baseline.0.entry(known(sources, diagnostic, name, &mut lines)).or_default() += 1;
        }
        baseline
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error if it is not of this form, or of a later version.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form: BaselineFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if form.version != VERSION {
            return Err(format!(
                "its version is {}, but this version of watpl supports {VERSION}",
                form.version
            ));
        }
        Ok(Self(form.findings.into_iter().map(|row| (row.known, row.count)).collect()))
    }

    /// The file: one line a finding, sorted, so that git merges it.
    pub fn render(&self) -> String {
        let rows = self.0.iter().map(|(known, count)| Row { known: known.clone(), count: *count });
        let lines: Vec<String> = rows.map(|row| serde_json::to_string(&row).unwrap_or_default()).collect();
        format!("{{\"version\": {VERSION}, \"findings\": [\n{}\n]}}\n", lines.join(",\n"))
    }

    /// Leaves out the findings that are known; each entry counts as often as it was written.
    pub fn retain_new(
        &mut self,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
        name: &dyn Fn(SourceId) -> String,
    ) {
        let mut lines = Lines::default();
        diagnostics.retain(|diagnostic| {
            match self.0.get_mut(&known(sources, diagnostic, name, &mut lines)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
    }

    /// The number of known findings that did not match.
    pub fn left(&self) -> usize {
        self.0.values().sum()
    }
}

fn known(
    sources: &Sources,
    diagnostic: &Diagnostic,
    name: &dyn Fn(SourceId) -> String,
    lines: &mut Lines,
) -> KnownFinding {
    let line = lines.digest(sources, diagnostic);
    KnownFinding { file: name(diagnostic.span.source), rule: diagnostic.rule.id.to_owned(), line }
}

/// The digest of the last line that was asked for: a line of a megabyte may have a finding at each of its bytes.
#[derive(Default)]
struct Lines(Option<(SourceId, usize, String)>);

impl Lines {
    fn digest(&mut self, sources: &Sources, diagnostic: &Diagnostic) -> String {
        let id = diagnostic.span.source;
        let Some(source) = sources.get(id) else { return shortened("") };
        let line = source.line(diagnostic.span.start);
        if let Some((_, _, digest)) = self.0.as_ref().filter(|last| (last.0, last.1) == (id, line)) {
            return digest.clone();
        }
        let range = source.line_start(line)..source.line_start(line + 1);
        let text = source.text().get(range).unwrap_or_default().trim();
        work::steps(text.len());
        let digest = shortened(text);
        self.0 = Some((id, line, digest.clone()));
        digest
    }
}

fn shortened(line: &str) -> String {
    let mut line = digest(line);
    line.truncate(16);
    line
}
