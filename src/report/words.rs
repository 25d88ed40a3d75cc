//! Differences between two texts, word by word.

use similar::{ChangeTag, TextDiff};

use super::terminal::{Terminal, clean};

/// The lines of two texts that differ, each once, with what goes and what comes marked: in colour where there is
/// some, as `[-old-]` and `{+new+}` where there is none.
pub(super) fn changed_lines(before: &str, after: &str, terminal: Terminal) -> Vec<String> {
    let diff = TextDiff::from_words(before, after);
    let mut lines = vec![Line::default()];
    for change in diff.iter_all_changes() {
        let mut parts = change.value().split('\n');
        if let Some(first) = parts.next() {
            push(&mut lines, change.tag(), first, terminal);
        }
        for part in parts {
            lines.push(Line::default());
            push(&mut lines, change.tag(), part, terminal);
        }
    }
    lines.into_iter().filter(|line| line.changed).map(|line| line.text).collect()
}

#[derive(Default)]
struct Line {
    text: String,
    changed: bool,
}

fn push(lines: &mut [Line], tag: ChangeTag, part: &str, terminal: Terminal) {
    let Some(line) = lines.last_mut() else { return };
    if part.is_empty() {
        return;
    }
    let part = clean(part);
    line.changed |= tag != ChangeTag::Equal;
    line.text.push_str(&match (tag, terminal.color) {
        (ChangeTag::Equal, _) => part.into_owned(),
        (ChangeTag::Delete, false) => format!("[-{part}-]"),
        (ChangeTag::Insert, false) => format!("{{+{part}+}}"),
        (ChangeTag::Delete, true) => terminal.style().red().strikethrough().apply_to(part).to_string(),
        (ChangeTag::Insert, true) => terminal.green(part),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_change_are_marked_in_their_line() {
        let terminal = Terminal { color: false, width: 80 };
        let before = "header: Hello\nbody:\n  we received *{{1}}* today\nfooter: Thanks\n";
        let after = "header: Hello\nbody:\n  we have *{{1}}* today\n  and more\nfooter: Thanks\n";
        insta::assert_snapshot!(changed_lines(before, after, terminal).join("\n"));
    }
}
