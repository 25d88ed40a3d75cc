//! What `watpl new` asks for when it has no name.

use super::super::console::Console;
use super::{Args, CategoryArg, NewTemplate, Origin, list, surface, valid};
use crate::cli::{CommandError, languages};
use crate::gallery::{GALLERY, GalleryTemplate};
use crate::model::{Category, TemplateName};
use crate::workspace::Workspace;

/// Asks for what the arguments leave open.
pub(super) fn draft(
    args: &Args,
    workspace: &Workspace,
    console: &Console,
) -> Result<NewTemplate, CommandError> {
    let from = match &args.from {
        Some(from) => Origin::Gallery(super::find_in_gallery(from)?),
        None => base(args, workspace, console)?,
    };
    let surface = surface(args, &from);
    let proposed = match &from {
        Origin::Gallery(item) => Some(item.name()),
        Origin::Skeleton { .. } => None,
    };
    Ok(NewTemplate { name: name(proposed, console)?, from, surface })
}

/// Asks until the name is one: a slip of a finger should not cost the other answers.
fn name(proposed: Option<&str>, console: &Console) -> Result<TemplateName, CommandError> {
    loop {
        match valid(console.ask("Name", proposed)?.trim()) {
            Ok(name) => return Ok(name),
            Err(failure) => drop(console.fail(&failure)),
        }
    }
}

fn base(args: &Args, workspace: &Workspace, console: &Console) -> Result<Origin, CommandError> {
    let is_skeleton = args.category.is_some() || !args.language.is_empty();
    let gallery = if is_skeleton { None } else { choose_from_gallery(console)? };
    if let Some(item) = gallery {
        return Ok(Origin::Gallery(item));
    }
    let category = match args.category {
        Some(kind) => kind.category(),
        None => category(console)?,
    };
    let known = super::languages_of(args, workspace)?;
    if !args.language.is_empty() {
        return Ok(Origin::Skeleton { category, languages: known });
    }
    let proposed = known.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ");
    let languages = languages::parse_line(&console.ask("Languages", Some(&proposed))?)?;
    Ok(Origin::Skeleton { category, languages: if languages.is_empty() { known } else { languages } })
}

fn choose_from_gallery(console: &Console) -> Result<Option<&'static GalleryTemplate>, CommandError> {
    let described = GALLERY.iter().map(|item| match item.template() {
        Some(template) => format!("{}: {}", item.name(), list::description(&template)),
        None => item.name().to_owned(),
    });
    let choices: Vec<String> = std::iter::once("a scaffold".to_owned()).chain(described).collect();
    let chosen = console.choose("Start from", &choices)?;
    Ok(chosen.checked_sub(1).and_then(|index| GALLERY.get(index)))
}

fn category(console: &Console) -> Result<Category, CommandError> {
    let kinds = [CategoryArg::Utility, CategoryArg::Marketing, CategoryArg::Authentication]
        .map(CategoryArg::category);
    let chosen = console.choose("Category", &kinds.map(|category| category.as_str().to_owned()))?;
    Ok(kinds.get(chosen).copied().unwrap_or(Category::Utility))
}
