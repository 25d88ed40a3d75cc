//! Differences between two texts of one file, line by line, in the form of `diff -u`.

use similar::{ChangeTag, TextDiff};

use super::terminal::{Terminal, escape_control};

/// Lines around a change.
const CONTEXT: usize = 3;

/// What changes in a file; nothing where nothing does.
pub fn diff(name: &str, before: &str, after: &str, terminal: Terminal) -> String {
    between((name, before), (name, after), terminal)
}

/// What two sides say of one thing, each with its name.
pub fn between(before: (&str, &str), after: (&str, &str), terminal: Terminal) -> String {
    let ((minus, before), (plus, after)) = (before, after);
    let diff = TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    let mut text = String::new();
    for hunk in unified.context_radius(CONTEXT).iter_hunks() {
        if text.is_empty() {
            let (minus, plus) = (header("---", minus), header("+++", plus));
            text += &format!("{}\n{}\n", terminal.bold(minus), terminal.bold(plus));
        }
        text += &format!("{}\n", terminal.dim(hunk.header()));
        for change in hunk.iter_changes() {
            text += &line(change.tag(), change.value(), terminal);
        }
    }
    text
}

fn header(mark: &str, name: &str) -> String {
    format!("{mark} {}", escape_control(name))
}

fn line(tag: ChangeTag, value: &str, terminal: Terminal) -> String {
    let content = escape_control(value.strip_suffix('\n').unwrap_or(value));
    let line = match tag {
        ChangeTag::Delete => terminal.red(format!("-{content}")),
        ChangeTag::Insert => terminal.green(format!("+{content}")),
        ChangeTag::Equal => format!(" {content}"),
    };
    let end = if value.ends_with('\n') { "" } else { "\n\\ No newline at end of file" };
    format!("{line}{end}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_between_the_lines_around_them() {
        let terminal = Terminal { color: false, width: 80 };
        let before = "name: a\r\ncategory: utility\nbody: \x1b[31m";
        insta::assert_snapshot!(diff("a.yaml", before, "name: a\ncategory: utility\nbody: x\n", terminal));
        assert_eq!(diff("a.yaml", before, before, terminal), "");
    }
}
