//! The layout of the sources: folders in layers, and no import cycle between files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The layers, the highest first. A file imports only from its own layer and from lower ones.
const LAYERS: [&str; 20] = [
    "lib",
    "http",
    "validate_create",
    "endpoints",
    "emulator",
    "review",
    "validate",
    "readback",
    "settings",
    "webhooks",
    "scenario",
    "faults",
    "protocol",
    "state",
    "model",
    "graph_error",
    "locale",
    "error",
    "identifiers",
    "base64",
];

/// Longest file, in lines of code.
const MAX_LINES: usize = 550;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files below a folder: module path, text. The crate's root has the path `lib`.
fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let inner = entry.strip_prefix(root()).expect("below src").with_extension("");
            let module = inner.to_string_lossy().replace(['/', '\\'], "::");
            found.insert(module, std::fs::read_to_string(&entry).expect("a text"));
        }
    }
}

fn modules() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    sources(&root(), &mut found);
    found
}

/// The lines of code, without comments, documentation and the tests at the end of a file.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths that begin at a place of a text, with groups taken apart: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn paths(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let Some(group) = rest.strip_prefix('{').filter(|_| head.is_empty() || head.ends_with("::")) else {
        return vec![head.trim_end_matches(':').to_owned()];
    };
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(std::mem::take(&mut item));
                continue;
            }
            _ => {}
        }
        item.push(letter);
    }
    items.push(item);
    items.iter().flat_map(|item| paths(item.trim())).map(|path| format!("{head}{path}")).collect()
}

/// Places at which a word of a path begins.
fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    text.match_indices(word).map(|(at, _)| at).filter(move |at| !text[..*at].ends_with(inside))
}

/// The file that a path leads into: the longest module on it that is a file.
fn file(modules: &BTreeMap<String, String>, path: &str) -> String {
    let mut rest = path;
    loop {
        if modules.contains_key(rest) {
            return rest.to_owned();
        }
        match rest.rsplit_once("::") {
            Some((parent, _)) => rest = parent,
            None => return "lib".to_owned(),
        }
    }
}

/// The files that a file imports: by `crate::`, by `super::` and `self::`, and by the names of its own modules.
fn imports(modules: &BTreeMap<String, String>, own: &str, text: &str) -> BTreeSet<String> {
    let text = code(text);
    let (own_path, parent) =
        if own == "lib" { ("", "") } else { (own, own.rsplit_once("::").map_or("", |(p, _)| p)) };
    let join = |base: &str, path: &str| format!("{base}::{path}").trim_start_matches("::").to_owned();
    let mut found = BTreeSet::new();
    let mut add = |path: String| {
        found.insert(file(modules, &path));
    };
    for at in places(&text, "crate::") {
        paths(&text[at + "crate::".len()..]).into_iter().for_each(&mut add);
    }
    for at in places(&text, "self::") {
        paths(&text[at + "self::".len()..]).into_iter().for_each(|path| add(join(own_path, &path)));
    }
    for at in places(&text, "super::") {
        let (mut base, mut rest) = (parent, &text[at + "super::".len()..]);
        while let Some(further) = rest.strip_prefix("super::") {
            base = base.rsplit_once("::").map_or("", |(outer, _)| outer);
            rest = further;
        }
        paths(rest).into_iter().for_each(|path| add(join(base, &path)));
    }
    let children = modules.keys().filter_map(|module| match own_path {
        "" => Some(module.as_str()).filter(|module| !module.contains("::")),
        own => module.strip_prefix(own)?.strip_prefix("::").filter(|child| !child.contains("::")),
    });
    for child in children {
        for at in places(&text, &format!("{child}::")) {
            paths(&text[at..]).into_iter().for_each(|path| add(join(own_path, &path)));
        }
    }
    found.remove(own);
    found
}

fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let modules = modules();
    modules.iter().map(|(own, text)| (own.clone(), imports(&modules, own, text))).collect()
}

fn layer(module: &str) -> usize {
    let top = module.split("::").next().unwrap_or(module);
    let found = LAYERS.iter().position(|layer| *layer == top);
    found.unwrap_or_else(|| panic!("`{module}` is in no layer"))
}

#[test]
fn files_import_only_from_lower_layers() {
    let mut broken = Vec::new();
    for (own, imports) in graph() {
        let upwards = imports.into_iter().filter(|import| layer(import) < layer(&own));
        broken.extend(upwards.map(|import| format!("{own} imports {import}")));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_cycle() {
    let mut left = graph();
    loop {
        let free: Vec<_> = left
            .iter()
            .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| drop(left.remove(module)));
    }
    assert!(left.is_empty(), "these import each other in a cycle, or import such a file: {left:#?}");
}

#[test]
fn grouped_and_relative_imports_are_found() {
    let text = |text: &str| text.to_owned();
    let mut modules: BTreeMap<_, _> =
        ["a", "a::b", "a::c", "d", "lib"].map(|module| (text(module), String::new())).into();
    modules.insert("a::b::e".to_owned(), String::new());
    let found = |own: &str, text: &str| imports(&modules, own, text).into_iter().collect::<Vec<_>>();
    assert_eq!(found("d", "use crate::{a::{b::e::{X, Y}, c}, d};"), ["a::b::e", "a::c"]);
    assert_eq!(found("a::b::e", "fn f() { super::super::c::g() }"), ["a::c"]);
    assert_eq!(found("a::b", "use super::{T, c::U};"), ["a", "a::c"]);
    assert_eq!(found("a", "mod b;\nfn f() { b::g() }"), ["a::b"]);
    assert_eq!(
        found("d", "// crate::a\nuse crate::Sandbox;\n#[cfg(test)]\nmod tests { use crate::a; }"),
        ["lib"]
    );
}

#[test]
fn every_file_is_documented_and_short() {
    for (module, text) in modules() {
        assert!(text.starts_with("//! "), "`{module}` begins without `//! `");
        let lines = code(&text).lines().count();
        assert!(lines <= MAX_LINES, "`{module}` has {lines} lines");
    }
}
