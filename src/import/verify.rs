//! Verifies that a written file compiles to what the account has.

use super::draft::Raw;
use crate::canonical::{self, CanonicalTemplate};
use crate::compile::{AccountContext, compile};
use crate::lower;
use crate::payload::{Component, Deployed, Payload};
use crate::source::Sources;
use crate::syntax;

/// Returns the components in which the text differs from the account, to be written as JSON instead. If a version does
/// not compile, these are all of its components.
pub(super) fn differing(name: &str, text: &str, versions: &[&Deployed]) -> Raw {
    let mut sources = Sources::default();
    let id = sources.add(format!("{name}.yaml"), text);
    let payloads = sources.get(id).map(compiled).unwrap_or_default();
    let mut raw = Raw::default();
    for (index, version) in versions.iter().enumerate() {
        let payload = payloads.iter().find(|payload| payload.key == version.key);
        let written = payload.map(canonical::payload);
        let deployed = canonical::deployed(version);
        if written.as_ref().is_some_and(|written| is_same(written, &deployed)) {
            continue;
        }
        let found = written.map(|written| written.components).unwrap_or_default();
        let lost =
            version.components.iter().enumerate().filter(|(_, component)| !has(&found, version, component));
        let before = raw.len();
        raw.extend(lost.map(|(at, _)| (index, at)).collect::<Vec<_>>());
        if raw.len() == before {
            // It is not one component alone: everything goes as it came.
            raw.extend((0..version.components.len()).map(|at| (index, at)).collect::<Vec<_>>());
        }
    }
    raw
}

fn compiled(source: &crate::source::Source) -> Vec<Payload> {
    // Lint findings do not matter here, only the meaning.
    let tree = syntax::parse(source, &mut Vec::new());
    let template = lower::lower(source, &tree, &mut Vec::new());
    template.map(|template| compile(&template, &AccountContext::default()).payloads).unwrap_or_default()
}

fn is_same(written: &CanonicalTemplate, deployed: &CanonicalTemplate) -> bool {
    !written.differs(deployed)
}

/// Whether a component is among those that were compiled, brought to its normal form in the same way.
fn has(found: &[Component], version: &Deployed, component: &Component) -> bool {
    let alone = Deployed { components: vec![component.clone()], ..(*version).clone() };
    canonical::deployed(&alone).components.iter().all(|normal| found.contains(normal))
}
