//! The terminal: colour, width, and text that cannot command it.

use std::borrow::Cow;
use std::fmt::Write as _;

use dialoguer::console::Style;

use crate::secrets;
use crate::text::invisible;

/// What the output goes to.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether colours are wanted.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

impl Terminal {
    /// A style, which does nothing where colours are not wanted.
    pub fn style(self) -> Style {
        Style::new().force_styling(self.color)
    }

    /// Bold.
    pub fn bold(self, text: impl std::fmt::Display) -> String {
        self.style().bold().apply_to(text).to_string()
    }

    /// Green, for what comes or went well.
    pub fn green(self, text: impl std::fmt::Display) -> String {
        self.style().green().apply_to(text).to_string()
    }

    /// Red, for what goes or failed.
    pub fn red(self, text: impl std::fmt::Display) -> String {
        self.style().red().apply_to(text).to_string()
    }

    /// Yellow, for what waits.
    pub fn yellow(self, text: impl std::fmt::Display) -> String {
        self.style().yellow().apply_to(text).to_string()
    }

    /// Dim, for what matters less.
    pub fn dim(self, text: impl std::fmt::Display) -> String {
        self.style().dim().apply_to(text).to_string()
    }
}

/// Text from a file or a server, with everything that a terminal would obey written out: control characters,
/// line breaks included, and marks that override the direction of what follows. Secrets of this run are redacted: later
/// the text may be wrapped or cut, and a part of a secret can't be recognised.
pub fn escape_control(text: &str) -> Cow<'_, str> {
    let text = secrets::redact(text);
    if !text.chars().any(obeyed) {
        return text;
    }
    let mut cleaned = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => cleaned.push_str("\\n"),
            '\t' => cleaned.push_str("\\t"),
            // Writing to a string cannot fail.
            character if obeyed(character) => {
                let _ = write!(cleaned, "\\u{{{:x}}}", u32::from(character));
            }
            character => cleaned.push(character),
        }
    }
    Cow::Owned(cleaned)
}

/// The same for text whose line breaks are its own.
pub fn escape_control_in_lines(text: &str) -> String {
    text.split('\n').map(escape_control).collect::<Vec<_>>().join("\n")
}

/// A copy of the same length in bytes, fit to be shown: offsets into it stay true.
pub fn neutralize(text: &str) -> Cow<'_, str> {
    let text = secrets::mask(text);
    if !text.chars().any(|character| obeyed(character) && character != '\n' && character != '\t') {
        return text;
    }
    let next = text.chars().skip(1).map(Some).chain([None]);
    let shown = text.chars().zip(next).map(|(character, next)| match character {
        '\n' | '\t' => character.to_string(),
        // Alone it also ends a line, and a terminal would overwrite that line.
        '\r' if next == Some('\n') => character.to_string(),
        '\r' => "\n".to_owned(),
        _ if obeyed(character) => match character.len_utf8() {
            3 => "\u{fffd}".to_owned(),
            length => "?".repeat(length),
        },
        _ => character.to_string(),
    });
    Cow::Owned(shown.collect())
}

fn obeyed(character: char) -> bool {
    character.is_control() || invisible::changes_layout(character)
}

#[cfg(test)]
mod tests {
    use super::{escape_control, neutralize};

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(
            escape_control("a\x1b[31mb\u{9b}c\rd\u{202e}e\nf"),
            "a\\u{1b}[31mb\\u{9b}c\\u{d}d\\u{202e}e\\nf"
        );
        assert_eq!(escape_control("سلام\u{200c}ها 😀"), "سلام\u{200c}ها 😀");
        let shown = neutralize("a\x1bb\u{9b}c\u{202e}d\n");
        assert_eq!(shown, "a?b??c\u{fffd}d\n");
        assert_eq!(shown.len(), "a\x1bb\u{9b}c\u{202e}d\n".len());
        assert_eq!(neutralize("a\rb\r\nc\r"), "a\nb\r\nc\n");
    }
}
