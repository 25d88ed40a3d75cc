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
        if let Some(line) = lines.last_mut() {
            line.push(change.tag(), parts.next().unwrap_or_default());
        }
        for part in parts {
            let mut line = Line::default();
            line.push(change.tag(), part);
            lines.push(line);
        }
    }
    lines.iter().filter(|line| line.is_changed()).map(|line| line.render(terminal)).collect()
}

/// A line in parts that stay, go or come.
#[derive(Default)]
struct Line {
    parts: Vec<(ChangeTag, String)>,
}

impl Line {
    fn push(&mut self, tag: ChangeTag, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some((last, part)) if *last == tag => part.push_str(text),
            _ => self.parts.push((tag, text.to_owned())),
        }
    }

    fn is_changed(&self) -> bool {
        self.parts.iter().any(|(tag, _)| *tag != ChangeTag::Equal)
    }

    fn render(&self, terminal: Terminal) -> String {
        let part = |(tag, text): &(ChangeTag, String)| {
            let text = clean(text);
            match (tag, terminal.color) {
                (ChangeTag::Equal, _) => text.into_owned(),
                (ChangeTag::Delete, false) => format!("[-{text}-]"),
                (ChangeTag::Insert, false) => format!("{{+{text}+}}"),
                (ChangeTag::Delete, true) => {
                    terminal.style().red().strikethrough().apply_to(text).to_string()
                }
                (ChangeTag::Insert, true) => terminal.green(text),
            }
        };
        self.parts.iter().map(part).collect()
    }
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
