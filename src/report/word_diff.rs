//! Differences between two texts, word by word.

use dialoguer::console::Style;
use similar::{ChangeTag, TextDiff};

use super::terminal::{Terminal, escape_control};

/// Renders the lines of two texts that differ, each once, with removed and added words marked: in color, or as `[-old-]`
/// and `{+new+}` without color.
pub(super) fn changed_lines(before: &str, after: &str, terminal: Terminal) -> Vec<String> {
    let diff = TextDiff::from_words(before, after);
    let mut lines = vec![DiffLine::default()];
    for change in diff.iter_all_changes() {
        let mut parts = change.value().split('\n');
        if let Some(line) = lines.last_mut() {
            line.push(change.tag(), parts.next().unwrap_or_default());
        }
        for part in parts {
            let mut line = DiffLine::default();
            line.push(change.tag(), part);
            lines.push(line);
        }
    }
    lines.iter().filter(|line| line.is_changed()).map(|line| line.render(terminal)).collect()
}

/// A line in parts that stay, go or come.
#[derive(Default)]
struct DiffLine {
    parts: Vec<(ChangeTag, String)>,
}

impl DiffLine {
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
        let mut text = String::new();
        let mut run = WordRun::default();
        for (index, (tag, part)) in self.parts.iter().enumerate() {
            let goes_on = self.parts.get(index + 1).is_some();
            match tag {
                ChangeTag::Delete => run.removed.push_str(part),
                ChangeTag::Insert => run.added.push_str(part),
                // Spaces between changed words belong to the change: one phrase is easier to read than six words.
                ChangeTag::Equal if run.is_open() && goes_on && part.trim().is_empty() => {
                    run.removed.push_str(part);
                    run.added.push_str(part);
                }
                ChangeTag::Equal => {
                    text += &run.close(terminal);
                    text += &escape_control(part);
                }
            }
        }
        text + &run.close(terminal)
    }
}

/// What goes and what comes at one place.
#[derive(Default)]
struct WordRun {
    removed: String,
    added: String,
}

impl WordRun {
    fn is_open(&self) -> bool {
        !(self.removed.is_empty() && self.added.is_empty())
    }

    fn close(&mut self, terminal: Terminal) -> String {
        let Self { removed, added } = std::mem::take(self);
        let mark = |text: &str, open: &str, close: &str, style: Style| match (text.is_empty(), terminal.color)
        {
            (true, _) => String::new(),
            (false, true) => style.apply_to(escape_control(text)).to_string(),
            (false, false) => format!("{open}{}{close}", escape_control(text)),
        };
        mark(&removed, "[-", "-]", terminal.style().red().strikethrough())
            + &mark(&added, "{+", "+}", terminal.style().green())
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
