//! The canonical text of a template in either surface, and the way from one surface to the other.
//!
//! What is printed is read again and held against what was read before; where anything but the layout differs,
//! there is a [`Refusal`] instead of a text.

mod brackets;
mod dsl;
mod literal;
mod meaning;
mod notes;
mod page;
mod place;
mod plain;
mod shape;
mod yaml;

use crate::compile::{Account, compile};
use crate::graph::payload_json;
use crate::platform::keys;
use crate::source::{Source, Sources};
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Entry, Tree, Value};
use crate::syntax::{self, Surface};
use crate::{lower, syntax::yaml::has_anchors};
use meaning::Meaning;
use place::Place;
pub(crate) use plain::{is_block, quoted};

/// Widest line of a short list or map, in characters; texts are never broken.
const WIDTH: usize = 120;

/// Why a file is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something in it did not parse.
    #[error("it has errors; run `watpl lint`")]
    Mistakes,
    /// It holds no map of keys.
    #[error("it contains no template")]
    Empty,
    /// Most of its keys are not those of a template: it is another program's file.
    #[error("most of its keys are not template keys")]
    Foreign,
    /// YAML's anchors and aliases: what they share would have to be written out.
    #[error("it uses YAML anchors, which watpl cannot keep")]
    Anchors,
    /// A key stands twice in a map.
    #[error("the key `{0}` is given twice")]
    Duplicate(String),
    /// The other surface has no words for it.
    #[error("the .watpl format has no syntax for {0}")]
    Inexpressible(String),
    /// The printed text reads as something else.
    #[error("formatting would change its meaning; please report this file")]
    Unsound,
}

/// The surface of a source.
pub fn surface(source: &Source) -> Surface {
    Surface::of(source.name()).unwrap_or(Surface::Yaml)
}

/// The canonical text of a source in its own surface.
///
/// # Errors
/// When the source has mistakes, or its meaning would change.
///
/// ```
/// use watpl::{format, source::Sources};
///
/// let mut sources = Sources::default();
/// let id = sources.add("hi.yaml", "category:   UTILITY\nname: hi\n");
/// let text = sources.get(id).map(format::format);
/// assert_eq!(text, Some(Ok("name: hi\ncategory: utility\n".to_owned())));
/// ```
pub fn format(source: &Source) -> Result<String, Refusal> {
    convert(source, surface(source))
}

/// The canonical text of a source in a surface, with its placeholders as they are written.
///
/// # Errors
/// When the source has mistakes, the surface cannot express it, or its meaning would change.
pub fn convert(source: &Source, to: Surface) -> Result<String, Refusal> {
    write(source, to, None)
}

/// The canonical text of a source in a surface, with the brackets that a project wants.
///
/// # Errors
/// When the source has mistakes, the surface cannot express it, or its meaning would change.
pub fn write(source: &Source, to: Surface, wanted: Option<Brackets>) -> Result<String, Refusal> {
    let tree = read(source)?;
    if (surface(source) == Surface::Dsl || to == Surface::Dsl) && !has_name(&tree) {
        return Err(Refusal::Inexpressible("a template without a name".into()));
    }
    let mut doc = shape::read(source, &tree)?;
    if let Some(wanted) = wanted {
        doc = brackets::in_doc(doc, wanted);
    }
    let text = match (surface(source), to) {
        (Surface::Yaml, Surface::Yaml) => yaml::print(&doc),
        (Surface::Dsl, Surface::Yaml) => yaml::print(&shape::for_yaml(doc)),
        (Surface::Dsl, Surface::Dsl) => dsl::print(&shape::hoisted(doc))?,
        (Surface::Yaml, Surface::Dsl) => dsl::print(&shape::hoisted(shape::for_dsl(doc)))?,
    };
    // What is as it was means what it meant.
    if text != source.text() || surface(source) != to {
        verify(source, &tree, &text, to)?;
    }
    Ok(text)
}

/// A tree without mistakes.
fn read(source: &Source) -> Result<Tree<'_>, Refusal> {
    let mut mistakes = Vec::new();
    let tree = syntax::parse(source, &mut mistakes);
    match &tree.root.value {
        _ if tree.incomplete || !mistakes.is_empty() => Err(Refusal::Mistakes),
        _ if surface(source) == Surface::Yaml && has_anchors(source.text()) => Err(Refusal::Anchors),
        Value::Map(entries) if entries.is_empty() => Err(Refusal::Empty),
        Value::Map(entries) if is_foreign(entries) => Err(Refusal::Foreign),
        Value::Map(_) => Ok(tree),
        Value::Broken => Err(Refusal::Mistakes),
        _ => Err(Refusal::Empty),
    }
}

/// Whether most keys of a file are none of a template's. Folders of templates may hold other YAML, or be the whole
/// repository, and the files of other programs are not ours to rewrite.
fn is_foreign(entries: &[Entry<'_>]) -> bool {
    let known = entries.iter().filter(|entry| keys::TEMPLATE.iter().any(|key| entry.key == key.name));
    known.count() * 2 <= entries.len()
}

fn has_name(tree: &Tree<'_>) -> bool {
    tree.root.entries().is_some_and(|entries| entries.iter().any(|entry| entry.key == "name"))
}

/// Reads the printed text again: keys, values, comments and what would be sent are what they were.
fn verify(source: &Source, tree: &Tree<'_>, text: &str, to: Surface) -> Result<(), Refusal> {
    let mut sources = Sources::default();
    let stem = source.name().rsplit_once('.').map_or(source.name(), |(stem, _)| stem);
    let id = sources.add(format!("{stem}.{}", extension(to)), text);
    let again = sources.get(id).ok_or(Refusal::Unsound)?;
    let printed = read(again).map_err(|_| Refusal::Unsound)?;
    // The DSL writes some things in one way that have two in YAML.
    let exact = to == Surface::Yaml && surface(source) == Surface::Yaml;
    let meaning = |tree: &Tree<'_>| Meaning::of(&tree.root, Place::Template, exact);
    let same = meaning(tree) == meaning(&printed)
        && notes::texts(source, tree) == notes::texts(again, &printed)
        && payloads(source, tree) == payloads(again, &printed);
    if same { Ok(()) } else { Err(Refusal::Unsound) }
}

/// The ending of a surface's files.
pub fn extension(surface: Surface) -> &'static str {
    match surface {
        Surface::Yaml => "yaml",
        Surface::Dsl => "watpl",
    }
}

/// What would be sent for a tree, in no account in particular.
fn payloads(source: &Source, tree: &Tree<'_>) -> Vec<serde_json::Value> {
    // What lowering complains of is the linter's to say; here both sides only have to agree.
    let template = lower::lower(source, tree, &mut Vec::new());
    let compiled = template.map(|template| compile(&template, &Account::default())).unwrap_or_default();
    compiled.payloads.iter().map(payload_json).collect()
}
