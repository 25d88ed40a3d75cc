//! The canonical text of a template in either format, and the conversion between formats.
//!
//! The output is parsed again and compared with the input. If anything but the layout differs, the result is a
//! [`Refusal`].

mod brackets;
mod comments;
mod doc;
mod dsl;
mod key_context;
mod literal;
mod printer;
mod quoting;
mod semantic_tree;
mod yaml;

use crate::compile::{AccountContext, compile};
use crate::graph::payload_json;
use crate::platform::keys;
use crate::source::{Source, Sources};
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Entry, Tree, Value};
use crate::syntax::{self, SourceFormat};
use crate::{lower, syntax::yaml::has_anchors};
use key_context::KeyContext;
pub(crate) use quoting::{is_block, quoted};
use semantic_tree::SemanticNode;

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
    /// A map has a duplicate key.
    #[error("the key `{0}` is given twice")]
    Duplicate(String),
    /// The other format has no syntax for it.
    #[error("the .watpl format has no syntax for {0}")]
    Inexpressible(String),
    /// The printed text reads as something else.
    #[error("formatting would change its meaning; please report this file")]
    Unsound,
}

/// The format of a source.
pub fn surface(source: &Source) -> SourceFormat {
    SourceFormat::from_path(source.name()).unwrap_or(SourceFormat::Yaml)
}

/// Returns the canonical text of a source in its own format.
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

/// Returns the canonical text of a source in a format, with its placeholders as they are written.
///
/// # Errors
/// Returns an error if the source has mistakes, the format can't express it, or its meaning would change.
pub fn convert(source: &Source, to: SourceFormat) -> Result<String, Refusal> {
    write(source, to, None)
}

/// Returns the canonical text of a source in a format, with the brackets that a project wants.
///
/// # Errors
/// Returns an error if the source has mistakes, the format can't express it, or its meaning would change.
pub fn write(source: &Source, to: SourceFormat, wanted: Option<Brackets>) -> Result<String, Refusal> {
    let tree = read(source)?;
    if (surface(source) == SourceFormat::Dsl || to == SourceFormat::Dsl) && !has_name(&tree) {
        return Err(Refusal::Inexpressible("a template without a name".into()));
    }
    let mut doc = doc::read(source, &tree)?;
    if let Some(wanted) = wanted {
        doc = brackets::in_doc(doc, wanted);
    }
    let text = match (surface(source), to) {
        (SourceFormat::Yaml, SourceFormat::Yaml) => yaml::print(&doc),
        (SourceFormat::Dsl, SourceFormat::Yaml) => yaml::print(&doc::for_yaml(doc)),
        (SourceFormat::Dsl, SourceFormat::Dsl) => dsl::print(&doc::hoisted(doc))?,
        (SourceFormat::Yaml, SourceFormat::Dsl) => dsl::print(&doc::hoisted(doc::for_dsl(doc)))?,
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
        _ if surface(source) == SourceFormat::Yaml && has_anchors(source.text()) => Err(Refusal::Anchors),
        Value::Map(entries) if entries.is_empty() => Err(Refusal::Empty),
        Value::Map(entries) if is_foreign(entries) => Err(Refusal::Foreign),
        Value::Map(_) => Ok(tree),
        Value::Broken => Err(Refusal::Mistakes),
        _ => Err(Refusal::Empty),
    }
}

/// Returns whether most keys of a file are not keys of a template. Template folders may hold other YAML, or be the whole
/// repository, and watpl must not rewrite files of other programs.
fn is_foreign(entries: &[Entry<'_>]) -> bool {
    let known = entries.iter().filter(|entry| keys::TEMPLATE.iter().any(|key| entry.key == key.name));
    known.count() * 2 <= entries.len()
}

fn has_name(tree: &Tree<'_>) -> bool {
    tree.root.entries().is_some_and(|entries| entries.iter().any(|entry| entry.key == "name"))
}

/// Reads the printed text again: keys, values, comments and what would be sent are what they were.
fn verify(source: &Source, tree: &Tree<'_>, text: &str, to: SourceFormat) -> Result<(), Refusal> {
    let mut sources = Sources::default();
    let stem = source.name().rsplit_once('.').map_or(source.name(), |(stem, _)| stem);
    let id = sources.add(format!("{stem}.{}", extension(to)), text);
    let again = sources.get(id).ok_or(Refusal::Unsound)?;
    let printed = read(again).map_err(|_| Refusal::Unsound)?;
    // The DSL writes some things in one way that have two in YAML.
    let exact = to == SourceFormat::Yaml && surface(source) == SourceFormat::Yaml;
    let meaning = |tree: &Tree<'_>| SemanticNode::new(&tree.root, KeyContext::Template, exact);
    let same = meaning(tree) == meaning(&printed)
        && comments::texts(source, tree) == comments::texts(again, &printed)
        && payloads(source, tree) == payloads(again, &printed);
    if same { Ok(()) } else { Err(Refusal::Unsound) }
}

/// The file extension of a format.
pub fn extension(surface: SourceFormat) -> &'static str {
    match surface {
        SourceFormat::Yaml => "yaml",
        SourceFormat::Dsl => "watpl",
    }
}

/// What would be sent for a tree, in no account in particular.
fn payloads(source: &Source, tree: &Tree<'_>) -> Vec<serde_json::Value> {
    // What lowering complains of is the linter's to say; here both sides only have to agree.
    let template = lower::lower(source, tree, &mut Vec::new());
    let compiled =
        template.map(|template| compile(&template, &AccountContext::default())).unwrap_or_default();
    compiled.payloads.iter().map(payload_json).collect()
}
