//! Moves entries that all languages share to the top of the file.

use super::entry::DraftEntry;

/// Takes out of the versions what all of them have alike, in the order of the first.
pub(super) fn shared(versions: &mut [(String, Vec<DraftEntry>)]) -> Vec<DraftEntry> {
    let Some((_, first)) = versions.first() else { return Vec::new() };
    let everywhere = |entry: &&DraftEntry| versions.iter().all(|(_, entries)| entries.contains(entry));
    // Samples of names have no place at the top: there they are the variables' own.
    let shared: Vec<DraftEntry> =
        first.iter().filter(|entry| entry.key != "samples").filter(everywhere).cloned().collect();
    for (_, entries) in versions.iter_mut() {
        entries.retain(|entry| !shared.contains(entry));
    }
    shared
}
