//! Finds import cycles at every level of the module tree.
//!
//! The modules of one folder must not import each other in a circle. A module counts with everything below it, so that
//! `deploy/session.rs` importing `pull/files.rs` is an import of `pull` by `deploy`. A name that a parent only
//! re-exports (`mod x; pub use x::Y`) is an import of the module that defines it. The other items of a parent belong
//! to all its modules, and using them is no import.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{code, sources};

/// Names that a module's `use` declarations bring in, with the path of each.
type Uses = BTreeMap<String, Vec<String>>;

/// A file of the crate as a module.
struct Module {
    uses: Uses,
    /// Every path in its code.
    paths: Vec<Vec<String>>,
}

/// The modules of the crate by their path, such as `["apply", "run"]`; the crate's root is the empty path.
struct Crate(BTreeMap<Vec<String>, Module>);

fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// The code without the contents of string literals, so that no text looks like a path.
fn without_strings(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'']) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let raw = kept.trim_end_matches('#').ends_with('r') && rest.starts_with('"');
        let length = if raw {
            let hashes = kept.len() - kept.trim_end_matches('#').len();
            let end = format!("\"{}", "#".repeat(hashes));
            rest[1..].find(&end).map_or(rest.len(), |found| found + 1 + end.len())
        } else if rest.starts_with('"') || rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'') {
            quoted(rest)
        } else {
            1
        };
        kept.push(' ');
        rest = &rest[length..];
    }
    kept + rest
}

/// How many bytes a literal has that ends with the sign it begins with.
fn quoted(text: &str) -> usize {
    let mut signs = text.char_indices();
    let Some((_, end)) = signs.next() else { return 0 };
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' {
            signs.next();
        } else if sign == end {
            return at + end.len_utf8();
        }
    }
    text.len()
}

/// The paths of a `use` tree, each with the name that it brings in.
fn use_tree(prefix: &[String], tree: &str, found: &mut Vec<(String, Vec<String>)>) {
    let tree = tree.trim();
    if let Some(open) = tree.find('{') {
        let head = segments(&tree[..open]);
        let prefix: Vec<_> = prefix.iter().cloned().chain(head).collect();
        let inner = tree[open + 1..].trim_end().trim_end_matches('}');
        let (mut depth, mut start) = (0_usize, 0);
        for (at, sign) in inner.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    use_tree(&prefix, &inner[start..at], found);
                    start = at + 1;
                }
                _ => {}
            }
        }
        use_tree(&prefix, &inner[start..], found);
    } else if !tree.is_empty() {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
        let mut path: Vec<_> = prefix.iter().cloned().chain(segments(path)).collect();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name =
            alias.map_or_else(|| path.last().cloned().unwrap_or_default(), |alias| alias.trim().to_owned());
        found.push((name, path));
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

impl Module {
    fn read(text: &str) -> Self {
        let text = without_strings(text);
        let (mut uses, mut paths, mut rest) = (Uses::new(), Vec::new(), String::new());
        let mut left = text.as_str();
        // `use` declarations begin a line; everything else is code with paths in it.
        while let Some(line) = left.split_inclusive('\n').next() {
            let declaration = line.trim_start();
            let tree = ["use ", "pub use ", "pub(super) use ", "pub(crate) use "];
            let tree = tree.iter().find_map(|start| declaration.strip_prefix(start));
            if tree.is_some()
                && let Some(end) = left.find(';')
            {
                let start = left.find("use ").unwrap_or(0) + "use ".len();
                let mut found = Vec::new();
                use_tree(&[], &left[start..end], &mut found);
                let is_public = declaration.starts_with("pub");
                for (name, path) in found {
                    // A re-export alone is no use of what it names.
                    if !is_public {
                        paths.push(path.clone());
                    }
                    uses.insert(name, path);
                }
                left = &left[end + 1..];
            } else {
                rest.push_str(line);
                left = &left[line.len()..];
            }
        }
        paths.extend(inline_paths(&rest));
        Self { uses, paths }
    }
}

/// Paths with `::` in code, as far as they are words.
fn inline_paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut rest = code;
    while let Some(start) = rest.find(is_word) {
        if !rest[..start].is_empty() && &rest[..start] != "::" {
            paths.push(std::mem::take(&mut path));
        }
        let word = rest[start..].find(|sign| !is_word(sign)).map_or(rest.len(), |length| start + length);
        path.push(rest[start..word].to_owned());
        rest = &rest[word..];
    }
    paths.push(path);
    paths.retain(|path| path.len() > 1);
    paths
}

impl Crate {
    fn read() -> Self {
        let module = |(file, text): (String, String)| {
            let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
            let path = match inner {
                "lib" => Vec::new(),
                inner => inner.trim_end_matches("/mod").split('/').map(str::to_owned).collect(),
            };
            (path, Module::read(&code(&text)))
        };
        let files = sources()
            .into_iter()
            .filter(|(file, _)| !matches!(file.as_str(), "src/main.rs" | "src/testing.rs"));
        Self(files.map(module).collect())
    }

    /// The module that a path leads to from inside of another; `None` for names of other crates, of the standard
    /// library, and of the module's own items.
    fn resolve(&self, from: &[String], path: &[String]) -> Option<Vec<String>> {
        self.follow(from, path, 0)
    }

    fn follow(&self, from: &[String], path: &[String], depth: usize) -> Option<Vec<String>> {
        // Names that nothing goes before are the module's own, and what it brings in; others are found for certain.
        let (mut at, mut rest, mut is_found) = match path.split_first()? {
            (first, rest) if first == "crate" => (Vec::new(), rest, true),
            (first, rest) if first == "self" => (from.to_vec(), rest, true),
            _ => (from.to_vec(), path, false),
        };
        while let Some((next, after)) = rest.split_first() {
            if next == "super" {
                at.pop();
            } else {
                at.push(next.clone());
                if !self.0.contains_key(&at) {
                    at.pop();
                    // An item: of this module, or one that it brings in from another.
                    let used = self.0.get(&at)?.uses.get(next).filter(|_| depth < 8);
                    return match used {
                        Some(used) if is_found => self.follow(&at, used, depth + 1).or(Some(at)),
                        Some(used) => self.follow(&at, used, depth + 1),
                        None => is_found.then_some(at),
                    };
                }
            }
            is_found = true;
            rest = after;
        }
        Some(at)
    }

    /// Imports between the modules of each folder: the folder, the importing module, and the imported one with the file that
    /// imports it.
    fn imports(&self) -> BTreeMap<Vec<String>, BTreeMap<String, BTreeMap<String, String>>> {
        let mut levels: BTreeMap<_, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
        for (from, module) in &self.0 {
            for to in module.paths.iter().filter_map(|path| self.resolve(from, path)) {
                let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
                // One is above the other: a folder and what is in it.
                let (Some(own), Some(other)) = (from.get(shared), to.get(shared)) else { continue };
                let level = levels.entry(from[..shared].to_vec()).or_default();
                let line = format!("{} imports {}", from.join("/"), to.join("/"));
                level.entry(own.clone()).or_default().entry(other.clone()).or_insert(line);
            }
        }
        levels
    }
}

/// A cycle of a graph: each of its imports, if there is one.
fn cycle(graph: &BTreeMap<String, BTreeMap<String, String>>) -> Option<Vec<String>> {
    let mut left: BTreeSet<&String> = graph.keys().collect();
    loop {
        let leads_on = |name: &&String| graph[*name].keys().any(|to| left.contains(to));
        let kept: BTreeSet<_> = left.iter().copied().filter(leads_on).collect();
        if kept.len() == left.len() {
            break;
        }
        left = kept;
    }
    // Every module that is left leads to another one: a walk comes back to where it was.
    let mut walk = vec![*left.first()?];
    loop {
        let next = graph[*walk.last()?].keys().find(|to| left.contains(to))?;
        if let Some(start) = walk.iter().position(|name| *name == next) {
            let steps = walk[start..].iter().copied().chain([next]).collect::<Vec<_>>();
            return Some(steps.windows(2).map(|pair| graph[pair[0]][pair[1]].clone()).collect());
        }
        walk.push(next);
    }
}

#[test]
fn no_folder_has_an_import_cycle() {
    let levels = Crate::read().imports();
    let cycles: Vec<_> = levels
        .iter()
        .filter_map(|(folder, graph)| Some((folder, cycle(graph)?)))
        .map(|(folder, steps)| format!("in src/{}:\n  {}", folder.join("/"), steps.join("\n  ")))
        .collect();
    assert!(cycles.is_empty(), "import cycles:\n{}", cycles.join("\n"));
}

#[test]
fn paths_lead_to_the_module_that_defines_what_they_name() {
    let text =
        |file: &str, text: &str| (file.split('/').map(str::to_owned).collect::<Vec<_>>(), Module::read(text));
    let tree = Crate(BTreeMap::from([
        (Vec::new(), Module::read("pub mod a;\npub mod b;\n")),
        text("a", "mod x;\nmod y;\npub use x::{One, Two as Other};\npub struct Own;\n"),
        text("a/x", "use super::y::Three;\nfn f() { crate::b::g(\"crate::a::y\"); }\n"),
        text("a/y", "use crate::a::{Other, Own};\n"),
        text("b", "use std::fmt;\nfn g() {}\n"),
    ]));
    let imports = tree.imports();
    let level =
        |folder: &str| imports.get(&segments(&folder.replace('/', "::"))).cloned().unwrap_or_default();
    assert_eq!(level("")["a"]["b"], "a/x imports b");
    assert!(!level("").contains_key("b"));
    assert_eq!(level("a")["x"]["y"], "a/x imports a/y");
    assert_eq!(cycle(&level("a")), Some(vec!["a/x imports a/y".to_owned(), "a/y imports a/x".to_owned()]));
    assert_eq!(cycle(&level("")), None);
}
