//! Places: whatever a text is and however it is written, a placeholder maps to its bytes in the file; and no file
//! makes the parsers panic, point outside of it, or take long.

mod shards;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use serde_yaml::Value as Yaml;
use watpl::diagnostic::Diagnostic;
use watpl::lower;
use watpl::model::{Reference, Template};
use watpl::source::{Source, SourceId, Sources};
use watpl::syntax::tree::{Node, Value};
use watpl::syntax::{self, decode};

use self::shards::SHARDS;

const MARKER: &str = "{{zzz}}";

/// What texts are made of: scripts, marks that mean something to YAML or the DSL, blanks and line breaks.
const ATOMS: [&str; 44] = [
    "سلام",
    "مشتری گرامی",
    "می‌روم",
    "مرحبًا",
    "लेख नमस्ते",
    "😀",
    "👩‍👩‍👧",
    "🇮🇷",
    "a",
    "Zoë",
    "word",
    "\"",
    "\"\"",
    "'",
    "''",
    "\\",
    "\\\\",
    "\\n",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n  ",
    ":",
    ": ",
    " #",
    "#",
    "-",
    "\n- ",
    ",",
    "[",
    "]",
    "%",
    "@",
    "!",
    "&",
    "*",
    "?",
    "|",
    "$",
    "\u{a0}",
    "\u{2028}",
    "}",
];

/// Runs a property on the same cases every time.
fn holds<S: Strategy>(strategy: S, property: impl Fn(&S::Value)) {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(crate::cases()) };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&strategy, |value| {
        property(&value);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => unreachable!("{reason}\nfor {value:#?}"),
        Err(TestError::Abort(reason)) => unreachable!("{reason}"),
    }
}

/// A text with the marker somewhere in it.
fn text() -> impl Strategy<Value = String> {
    let atoms = || vec(proptest::sample::select(&ATOMS[..]), 0..10);
    (atoms(), atoms()).prop_map(|(before, after)| {
        let (mut text, after) = (before.concat(), after.concat());
        // What would make the marker something else: an escape, a constant.
        if text.ends_with(['\\', '$']) {
            text.push('x');
        }
        text.push_str(MARKER);
        text.push_str(if after.starts_with('}') { "x" } else { "" });
        text + &after
    })
}

/// Random choices of a writer, from a seed.
struct Dice {
    state: u64,
    /// Whether `\uD83D\uDE00` may stand for one character: not every YAML library reads it.
    pairs: bool,
}

impl Dice {
    fn new(seed: u64) -> Self {
        Self { state: seed, pairs: true }
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % sides
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

const STYLES: [Style; 5] = [Style::Plain, Style::Single, Style::Double, Style::Literal, Style::Folded];

/// The nearest text that a style can say.
fn fit(style: Style, text: &str) -> String {
    let lines = text.split('\n');
    match style {
        Style::Double => text.to_owned(),
        Style::Literal => text.trim_end().to_owned(),
        Style::Folded => lines.map(|line| line.trim_end_matches(BLANKS)).collect::<Vec<_>>().join("\n"),
        Style::Single => {
            let text = lines.map(|line| line.trim_matches(BLANKS)).collect::<Vec<_>>().join("\n");
            text.trim_matches('\n').to_owned()
        }
        Style::Plain => {
            // Unlike a number, a truth value or a mark of YAML's, and without what ends a plain scalar.
            let text = fit(Style::Single, &format!("w{}", text.replace('\t', " ")));
            let text = text.trim_end_matches(BLANKS);
            let white = |character: Option<char>| character.is_none_or(char::is_whitespace);
            let at = |byte: usize| text[byte..].chars().nth(1);
            let plain = text.char_indices().map(|(byte, character)| match character {
                ':' if white(at(byte)) => ';',
                '#' if white(text[..byte].chars().next_back()) => '.',
                other => other,
            });
            plain.collect()
        }
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// A scalar as it stands behind `key:` at this depth, and the text that it says. A new line is `\n` throughout.
fn scalar(style: Style, text: &str, depth: usize, mut dice: Dice) -> (String, String) {
    let text = fit(style, text);
    let width = 1 + dice.roll(4) as usize;
    let indent = " ".repeat(depth + width);
    let written = match style {
        Style::Plain => flow(&text, &indent, &mut dice, |character, _| character.to_string()),
        Style::Single => {
            let inner = flow(&text, &indent, &mut dice, |character, _| match character {
                '\'' => "''".into(),
                other => other.to_string(),
            });
            format!("'{inner}'")
        }
        Style::Double => format!("\"{}\"", double(&text, &indent, &mut dice)),
        Style::Literal | Style::Folded => block(style, &text, &indent, width, &mut dice),
    };
    (written, text)
}

/// A text in quotes or none: a space or a run of line feeds may be a line break with blanks around it.
fn flow(text: &str, indent: &str, dice: &mut Dice, write: impl Fn(char, &mut Dice) -> String) -> String {
    let characters: Vec<char> = text.chars().collect();
    let solid = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|c| !c.is_whitespace() && *c != '#')
    };
    let mut written = String::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let feeds = characters[at..].iter().take_while(|&&character| character == '\n').count();
        let in_marker =
            |at: usize| text.char_indices().nth(at).is_some_and(|(byte, _)| inside_marker(text, byte));
        if feeds > 0 {
            written.push_str(&"\n".repeat(feeds + 1));
            written.push_str(indent);
            at += feeds;
        } else if character == ' ' && solid(at.checked_sub(1)) && solid(Some(at + 1)) && dice.roll(3) == 0 {
            written.push_str(if dice.roll(2) == 0 { " \n" } else { "\n" });
            written.push_str(indent);
            at += 1;
        } else {
            written.push_str(&if in_marker(at) { character.to_string() } else { write(character, dice) });
            at += 1;
        }
    }
    written
}

fn inside_marker(text: &str, byte: usize) -> bool {
    text.find(MARKER).is_some_and(|start| (start..start + MARKER.len()).contains(&byte))
}

/// A text in double quotes, with escapes of every kind and line continuations.
fn double(text: &str, indent: &str, dice: &mut Dice) -> String {
    let mut written = String::new();
    for (byte, character) in text.char_indices() {
        let marker = inside_marker(text, byte);
        let starts_marker = text[byte..].starts_with(MARKER);
        if (!marker || starts_marker) && !character.is_whitespace() && dice.roll(12) == 0 {
            written.push_str("\\\n");
            written.push_str(indent);
        }
        if marker {
            written.push(character);
            continue;
        }
        let code = u32::from(character);
        let mut units = [0; 2];
        match (character, dice.roll(4)) {
            ('"' | '\\', _) => written.extend(['\\', character]),
            ('\n', _) => written.push_str("\\n"),
            ('\t', 0) => written.push_str("\\t"),
            (_, 0) if code < 0x100 => written.push_str(&format!("\\x{code:02x}")),
            (_, 1) if code < 0x10000 => written.push_str(&format!("\\u{code:04X}")),
            (_, 1) if dice.pairs => {
                let units = character.encode_utf16(&mut units).iter();
                units.for_each(|unit| written.push_str(&format!("\\u{unit:04X}")));
            }
            (_, 2) => written.push_str(&format!("\\U{code:08x}")),
            _ => written.push(character),
        }
    }
    written
}

/// A `|` or `>` scalar with its indicators.
fn block(style: Style, text: &str, indent: &str, width: usize, dice: &mut Dice) -> String {
    let chomping = ["", "-", "+"][dice.roll(3) as usize];
    let needs_width = text.starts_with(char::is_whitespace);
    let width = if needs_width || dice.roll(3) == 0 { width.to_string() } else { String::new() };
    let (first, second) =
        if dice.roll(2) == 0 { (width.as_str(), chomping) } else { (chomping, width.as_str()) };
    let comment = if dice.roll(4) == 0 { " # نظر" } else { "" };
    let sign = if style == Style::Literal { '|' } else { '>' };
    let mut written = format!("{sign}{first}{second}{comment}\n");
    let body = if style == Style::Literal { text.to_owned() } else { folded(text, dice) };
    let lines = body.split('\n').map(|line| {
        if line.is_empty() && dice.roll(2) == 0 { String::new() } else { format!("{indent}{line}") }
    });
    written.push_str(&lines.collect::<Vec<_>>().join("\n"));
    written.push_str(&"\n".repeat(dice.roll(3) as usize));
    written
}

/// Between two lines at the margin a break is a space and two are one; beside a line that is set in, all stay.
fn folded(text: &str, dice: &mut Dice) -> String {
    let set_in = |line: &str| line.starts_with(BLANKS);
    let mut written = String::new();
    let mut before: Option<&str> = None;
    let mut feeds = 0;
    for (index, line) in text.split('\n').enumerate() {
        feeds += usize::from(index > 0);
        if line.is_empty() {
            continue;
        }
        let margins = before.is_some_and(|before| !set_in(before)) && !set_in(line);
        written.push_str(&"\n".repeat(feeds + usize::from(margins && feeds > 0)));
        if set_in(line) {
            written.push_str(line);
        } else {
            let characters: Vec<char> = line.chars().collect();
            for (at, character) in characters.iter().enumerate() {
                let solid = |at: Option<usize>| {
                    at.and_then(|at| characters.get(at)).is_some_and(|character| !character.is_whitespace())
                };
                let folds = *character == ' ' && solid(at.checked_sub(1)) && solid(Some(at + 1));
                written.push(if folds && dice.roll(3) == 0 { '\n' } else { *character });
            }
        }
        (before, feeds) = (Some(line), 0);
    }
    written
}

/// Line ends and byte-order mark as an editor on another system writes them.
fn save(text: &str, crlf: bool, mark: bool) -> String {
    let text = if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    if mark { format!("\u{feff}{text}") } else { text }
}

fn read(name: &str, text: &str) -> (Sources, SourceId, Option<Template>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let source = sources.get(id).expect("just added");
    let mut diagnostics = Vec::new();
    let tree = syntax::parse(source, &mut diagnostics);
    let template = lower::lower(source, &tree, &mut diagnostics);
    (sources, id, template, diagnostics)
}

/// The body reads as `meant`, and its marker lies where it was written.
fn assert_marker(name: &str, file: &str, meant: &str) {
    let (sources, id, template, diagnostics) = read(name, file);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{file}");
    let template = template.expect("a template");
    let text = template.versions[0].body.as_ref().and_then(|body| body.text.as_ref()).expect("a body");
    assert_eq!(text.as_str(), meant.trim_end_matches('\n'), "{file}");
    let zzz = Reference::Name("zzz".into());
    let found: Vec<_> = text.placeholders().filter(|(_, placeholder)| placeholder.reference == zzz).collect();
    assert_eq!(found.len(), 1, "{file}");
    let span = text.span_of(found[0].0.range.clone());
    let source = sources.get(id).expect("just added");
    assert_eq!(source.slice(span), MARKER, "{file}");
    assert_eq!(Some(span.start as usize), file.find(MARKER), "{file}");
    for piece in &text.pieces {
        assert_inside(source, text.span_of(piece.range.clone()).range());
    }
}

fn assert_inside(source: &Source, range: std::ops::Range<usize>) {
    let text = source.text();
    assert!(range.start <= range.end && range.end <= text.len(), "{range:?} of {}", text.len());
    assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?} in {text:?}");
}

#[test]
fn a_placeholder_in_yaml_maps_to_its_bytes() {
    let style = proptest::sample::select(&STYLES[..]);
    holds((text(), style, any::<u64>(), any::<[bool; 3]>()), |(text, style, seed, [crlf, mark, deep])| {
        let (key, depth) =
            if *deep { ("# نظر 😀\nlanguages:\n  fa:\n    body", 4) } else { ("language: fa\nbody", 0) };
        let (written, meant) = scalar(*style, text, depth, Dice::new(*seed));
        let after = if *deep { "\n    footer: پایان\n" } else { "\nfooter: پایان\n" };
        let file = format!("name: x\ncategory: utility\n{key}: {written}{after}");
        assert_marker("x.yaml", &save(&file, *crlf, *mark), &meant);
    });
}

#[test]
fn a_placeholder_in_the_dsl_maps_to_its_bytes() {
    holds((text(), any::<u64>(), any::<[bool; 4]>()), |(text, seed, [crlf, mark, long, escape])| {
        let mut dice = Dice::new(*seed);
        let plain = text.replace('\\', "\\\\");
        let written = if *long {
            let indent = " ".repeat(dice.roll(6) as usize);
            let quotes =
                if *escape { plain.replace('"', "\\\"") } else { plain.replace("\"\"\"", "\\\"\"\"") };
            let quotes = quotes.replace("\"\"\"", "\"\"\\\"");
            let lines = quotes.split('\n').map(|line| match line {
                "" if *escape => String::new(),
                line => format!("{indent}{line}"),
            });
            format!("\"\"\"\n{}\n{indent}\"\"\"", lines.collect::<Vec<_>>().join("\n"))
        } else {
            format!("\"{}\"", plain.replace('"', "\\\"").replace('\n', "\\n"))
        };
        let file = format!(
            "# نظر\ntemplate x {{\n  category utility\n  language fa\n  body {written}\n  footer \"پایان\"\n}}\n"
        );
        assert_marker("x.watpl", &save(&file, *crlf, *mark), text);
    });
}

/// A document of maps, lists and texts.
#[derive(Clone, Debug)]
enum Document {
    Text(String, Style, u64),
    List(Vec<Self>, bool),
    Map(Vec<Self>, bool),
}

fn document() -> impl Strategy<Value = Document> {
    let leaf = (text(), proptest::sample::select(&STYLES[..]), any::<u64>())
        // The other library breaks lines at U+2028, as YAML 1.1 did.
        .prop_map(|(text, style, seed)| {
            Document::Text(text.replace(MARKER, "").replace('\u{2028}', ""), style, seed)
        });
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            (vec(inner.clone(), 0..4), any::<bool>()).prop_map(|(items, flow)| Document::List(items, flow)),
            (vec(inner, 0..4), any::<bool>()).prop_map(|(items, flow)| Document::Map(items, flow)),
        ]
    })
}

impl Document {
    fn write(&self, depth: usize, in_flow: bool, written: &mut String) {
        match self {
            Self::Text(text, style, seed) => {
                let block = matches!(style, Style::Literal | Style::Folded);
                // An empty block scalar has no line to take its indentation from.
                let empty = fit(*style, text).trim().is_empty();
                let style = if in_flow || (block && empty) { Style::Double } else { *style };
                let dice = Dice { state: *seed, pairs: false };
                written.push_str(&scalar(style, text, depth.saturating_sub(2), dice).0);
            }
            Self::List(items, flow) if *flow || in_flow || items.is_empty() => {
                written.push('[');
                for item in items {
                    item.write(depth + 2, true, written);
                    written.push_str(", ");
                }
                written.push(']');
            }
            Self::Map(items, flow) if *flow || in_flow || items.is_empty() => {
                written.push('{');
                for (index, item) in items.iter().enumerate() {
                    written.push_str(&format!("k{index}: "));
                    item.write(depth + 2, true, written);
                    written.push_str(", ");
                }
                written.push('}');
            }
            Self::List(items, _) => {
                for item in items {
                    written.push_str(&format!("\n{}- ", " ".repeat(depth)));
                    item.write(depth + 2, false, written);
                }
            }
            Self::Map(items, _) => {
                for (index, item) in items.iter().enumerate() {
                    written.push_str(&format!("\n{}\"کلید {index}\": ", " ".repeat(depth)));
                    item.write(depth + 2, false, written);
                }
            }
        }
    }
}

/// Our tree as the other library's value.
fn value(node: &Node<'_>) -> Yaml {
    match &node.value {
        Value::Null | Value::Broken => Yaml::Null,
        Value::Scalar(scalar) => Yaml::String(scalar.text.clone().into_owned()),
        Value::List(nodes) => Yaml::Sequence(nodes.iter().map(value).collect()),
        Value::Map(entries) => Yaml::Mapping(
            entries.iter().map(|entry| (Yaml::String(entry.key.to_string()), value(&entry.value))).collect(),
        ),
    }
}

#[test]
fn our_tree_says_what_another_yaml_library_says() {
    holds((document(), any::<bool>()), |(document, crlf)| {
        let mut file = "root: ".to_owned();
        document.write(2, false, &mut file);
        let file = save(&(file + "\n"), *crlf, false);
        let theirs: Yaml =
            serde_yaml::from_str(&file).unwrap_or_else(|error| unreachable!("{error}\n{file}"));
        let mut sources = Sources::default();
        let id = sources.add("x.yaml", file.as_str());
        let mut diagnostics = Vec::new();
        let tree = syntax::parse(sources.get(id).expect("just added"), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{file}");
        assert_eq!(value(&tree.root), theirs, "{file}");
    });
}

/// Reads bytes as the workspace does; whatever is said about them points into them.
fn assert_survives(name: &str, bytes: &[u8]) {
    let (text, problem) = decode(bytes.to_vec());
    let mut sources = Sources::default();
    let id = match problem {
        Some(_) => sources.add_truncated(name, text),
        None => sources.add(name, text),
    };
    let source = sources.get(id).expect("just added");
    let mut diagnostics: Vec<Diagnostic> = problem.map(|problem| problem.at(id)).into_iter().collect();
    let tree = syntax::parse(source, &mut diagnostics);
    let template = lower::lower(source, &tree, &mut diagnostics);
    for diagnostic in &diagnostics {
        assert_inside(source, diagnostic.span.range());
        diagnostic.related.iter().for_each(|label| assert_inside(source, label.span.range()));
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
        edits.for_each(|edit| assert_inside(source, edit.span.range()));
    }
    let versions = template.iter().flat_map(|template| &template.versions);
    for (_, text) in versions.flat_map(|version| version.texts_and_urls()) {
        for piece in &text.pieces {
            assert_inside(source, text.span_of(piece.range.clone()).range());
        }
    }
}

const SURFACES: [&str; 2] = ["x.yaml", "x.watpl"];

#[test]
fn no_bytes_make_the_parsers_panic() {
    holds(vec(any::<u8>(), 0..80), |bytes| SURFACES.iter().for_each(|name| assert_survives(name, bytes)));
}

#[test]
fn no_text_makes_the_parsers_panic() {
    let shards = vec(proptest::sample::select(&SHARDS[..]), 0..24);
    holds(shards, |shards| {
        SURFACES.iter().for_each(|name| assert_survives(name, shards.concat().as_bytes()));
    });
}

fn gallery() -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                walk(&path, files);
            } else if name.ends_with(".yaml") || name.ends_with(".watpl") {
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut files);
    files.sort();
    files
}

#[test]
fn no_mutation_of_the_gallery_makes_the_parsers_panic() {
    let files = gallery();
    assert!(files.len() >= 17);
    let place = || any::<prop::sample::Index>();
    let mutation = (place(), place(), place(), 0..4_u8, proptest::sample::select(&SHARDS[..]));
    holds((place(), place(), vec(mutation, 1..4)), |(file, window, mutations)| {
        let (name, whole) = file.get(&files);
        // A window keeps a case short; what goes wrong does so near the mutation.
        let from = window.index(whole.len());
        let mut bytes = whole[from.saturating_sub(200)..(from + 400).min(whole.len())].to_vec();
        for (from, to, at, kind, shard) in mutations {
            let (a, b) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let range = a.min(b)..a.max(b);
            let slice = bytes[range.clone()].to_vec();
            let at = at.index(bytes.len() + 1);
            match kind {
                0 => drop(bytes.drain(range)),
                1 => drop(bytes.splice(at..at, slice)),
                2 => drop(bytes.splice(at..at, shard.bytes())),
                _ => drop(bytes.splice(range, shard.bytes())),
            }
        }
        let name = if name.ends_with(".watpl") { "x.watpl" } else { "x.yaml" };
        assert_survives(name, &bytes);
    });
}

#[test]
fn nothing_of_a_hundred_kilobytes_takes_long() {
    let units = [
        "[", "{", "- ", "(", "\"", "{{", "{{{{", "<<", "${", "\\", "'", "a: ", "? ", "&a ", "*a ", "#\n",
        "\n- ", "|\n", "!", "a {\n", "\"\"\"", "a (", "{1}", "{{1}}", "`", "}",
    ];
    let prefixes = [["", "body: |\n  "], ["", "body \"\"\"\n"]];
    for (name, prefixes) in SURFACES.into_iter().zip(prefixes) {
        for (prefix, unit) in prefixes.iter().flat_map(|prefix| units.map(|unit| (prefix, unit))) {
            let file = (*prefix).to_owned() + &unit.repeat(100_000 / unit.len());
            let begin = Instant::now();
            assert_survives(name, file.as_bytes());
            let took = begin.elapsed();
            // Far above what it takes, also on a busy machine: this is about hangs, not about speed.
            assert!(took < Duration::from_secs(30), "{took:?} for {prefix:?} and {unit:?} in {name}");
        }
    }
}
