//! A terminal instead of a pipe: its width, its abilities, and a reader that hangs up. Rows E1 and E5.

use std::fs::File;
use std::io::Read as _;
use std::process::{Command, Stdio};

use nix::pty::{Winsize, openpty};

use super::{GOOD, Project};

/// Everything that it prints to a terminal of so many columns, standard error included.
fn shown(command: &mut Command, columns: u16) -> (String, i32) {
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    let pair = openpty(&size, None).expect("a terminal");
    let end = || Stdio::from(pair.slave.try_clone().expect("another handle"));
    let mut child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("it starts");
    // Ours have to be closed, or reading never ends.
    drop(std::mem::replace(command, Command::new("true")));
    drop(pair.slave);
    let mut bytes = Vec::new();
    // When the last writer has gone, this is an error on some systems.
    drop(File::from(pair.master).read_to_end(&mut bytes));
    let code = child.wait().expect("it ends").code().unwrap_or(-1);
    (String::from_utf8(bytes).expect("UTF-8"), code)
}

fn project() -> Project {
    let wide = "お届け先は👩‍👩‍👧‍👦です سلام ".repeat(20);
    Project::new().with(
        "templates/order_shipped.yaml",
        GOOD.replace("soon", &format!("{wide} {{{{ order }}}} \\e[31m\u{202e} {wide}")),
    )
}

#[test]
fn e05_colours_are_for_terminals_that_take_them() {
    let project = project();
    for (name, value, coloured) in [
        ("TERM", "xterm-256color", true),
        ("TERM", "dumb", false),
        ("NO_COLOR", "1", false),
        ("NO_COLOR", "", true),
    ] {
        let mut command = project.command("lint");
        command.env_remove("NO_COLOR").env("TERM", "xterm").env(name, value);
        let (text, code) = shown(&mut command, 80);
        assert_eq!(code, 1, "{text}");
        assert_eq!(text.contains("\u{1b}["), coloured, "{name}={value:?}: {}", text.escape_debug());
    }
}

#[test]
fn e05_a_terminal_may_have_one_column() {
    let project = project();
    for columns in [0, 1, 2, 10, 65_535] {
        for arguments in ["lint", "diff", "explain body-too-long", "rules", "--help", "push"] {
            let (text, code) = shown(&mut project.command(arguments), columns);
            assert!([0, 1, 2].contains(&code), "{arguments} in {columns} columns: {code}, {text}");
            assert!(!text.contains("panicked"), "{text}");
        }
    }
}

/// Row E1: what a file says is no command to the terminal that shows it.
#[test]
fn e01_a_terminal_obeys_no_file() {
    let evil = "name: evil\u{1b}[31m\u{7}\ncategory: utility\u{9b}2J\nlanguage: en_US\nbody: \"\u{1b}]52;c;eA==\u{7}\u{202e} \\e]8;;x\\a {{ a }}\"\n";
    let project = Project::new().with("templates/evil.yaml", evil);
    for arguments in
        ["lint", "compile", "diff", "fmt --diff", "convert templates/evil.yaml --to watpl", "push"]
    {
        let mut command = project.command(arguments);
        let (text, _) = shown(command.env("TERM", "xterm"), 80);
        // The bar clears its own line.
        let text = text.replace("\u{1b}[2K", "");
        let obeyed = text.chars().find(|&character| {
            (character.is_control() && !matches!(character, '\n' | '\r'))
                || matches!(character, '\u{202a}'..='\u{202e}')
        });
        assert_eq!(obeyed, None, "{arguments}: {}", text.escape_debug());
    }
}
