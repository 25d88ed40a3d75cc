//! `watpl new`: a template file to begin from.

mod ask;
mod list;
mod next_steps;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::console::Console;
use super::file_format::FileFormat;
use super::{CommandError, ExitStatus, languages};
use crate::check;
use crate::format;
use crate::gallery::{self, GalleryTemplate};
use crate::model::{Category, Language, TemplateName};
use crate::scaffold::Scaffold;
use crate::source::Sources;
use crate::suggest::closest;
use crate::syntax::SourceFormat;
use crate::workspace::{Workspace, create, create_named};

/// Create a template file from the gallery or a scaffold.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name of the template (also the file name)
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Gallery template to start from [default: a scaffold]
    #[arg(long, value_name = "GALLERY_NAME", conflicts_with_all = ["category", "language"])]
    from: Option<String>,
    /// File format; ignored with --from
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    surface: Option<FileFormat>,
    /// Category of the scaffold
    #[arg(long, value_enum)]
    category: Option<CategoryArg>,
    /// Languages of the scaffold [default: `languages` in watpl.yaml]
    #[arg(long, value_name = "CODE", num_args = 1.., value_delimiter = ',')]
    language: Vec<String>,
    /// Folder to write to [default: the first of `templates` in watpl.yaml]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// List the gallery
    #[arg(long, conflicts_with_all = ["name", "from", "surface", "category", "language", "dir"])]
    list: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CategoryArg {
    /// Messages about something the recipient did or asked for
    Utility,
    /// Promotions and everything else
    Marketing,
    /// One-time passcodes
    Authentication,
}

/// What is to be written.
struct NewTemplate {
    name: TemplateName,
    from: Origin,
    surface: SourceFormat,
}

/// What it begins from.
enum Origin {
    Gallery(&'static GalleryTemplate),
    Skeleton { category: Category, languages: Vec<Language> },
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    if args.list {
        console.print(&list::render(console.terminal))?;
        return Ok(ExitStatus::Done);
    }
    let mut workspace = console.open()?;
    let draft = match &args.name {
        Some(name) => draft(args, name, &workspace)?,
        None if console.is_interactive() => ask::draft(args, &workspace, console)?,
        None => {
            let help = "run `watpl new order_shipped`, or `watpl new --list` to see the gallery";
            return Err(CommandError::usage("no template name given").help(help));
        }
    };
    refuse_known(&draft.name, &mut workspace, console)?;
    let path = path(args, &draft, &workspace, console);
    let text = draft.text()?;
    write(args, &workspace, &path, &text, console)?;
    console.print(&format!("{} written\n", console.shown(&path)))?;
    console.print(&next_steps::render(&text, &path, &workspace, console))?;
    Ok(ExitStatus::Done)
}

fn draft(args: &Args, name: &str, workspace: &Workspace) -> Result<NewTemplate, CommandError> {
    let from = match &args.from {
        Some(from) => Origin::Gallery(find_in_gallery(from)?),
        None => Origin::Skeleton {
            category: args.category.map_or(Category::Utility, CategoryArg::category),
            languages: languages_of(args, workspace)?,
        },
    };
    Ok(NewTemplate { name: valid(name)?, surface: surface(args, &from), from })
}

fn languages_of(args: &Args, workspace: &Workspace) -> Result<Vec<Language>, CommandError> {
    let mut found = languages::parse(&args.language)?;
    if found.is_empty() {
        found.clone_from(&workspace.config.languages);
    }
    if found.is_empty() {
        found.extend(Language::new("en_US"));
    }
    Ok(found)
}

fn valid(name: &str) -> Result<TemplateName, CommandError> {
    TemplateName::new(name).ok_or_else(|| {
        let failure = CommandError::usage(format!("`{name}` is not a valid template name"));
        match TemplateName::sanitized(name) {
            Some(nearest) => failure.help(format!("use `{nearest}`")),
            None => {
                failure.help("use lower-case letters a to z, digits and underscores, at most 512 characters")
            }
        }
    })
}

fn find_in_gallery(name: &str) -> Result<&'static GalleryTemplate, CommandError> {
    gallery::find(name).ok_or_else(|| {
        let failure = CommandError::usage(format!("the gallery has no template `{name}`"));
        match closest(name, gallery::GALLERY.iter().map(GalleryTemplate::name)) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("run `watpl new --list` to see the gallery"),
        }
    })
}

/// How the file is written: as asked, or as the gallery has it.
fn surface(args: &Args, from: &Origin) -> SourceFormat {
    let own = match from {
        Origin::Skeleton { .. } => SourceFormat::Yaml,
        Origin::Gallery(item) => item.surface(),
    };
    args.surface.map_or(own, SourceFormat::from)
}

/// Two templates of one name are one template to Meta.
fn refuse_known(
    name: &TemplateName,
    workspace: &mut Workspace,
    console: &Console,
) -> Result<(), CommandError> {
    // What cannot be read does not keep a new file from being written.
    let _ = workspace.load(&[], console.directory());
    let templates = check::parse(workspace.templates()).templates;
    let same = templates.iter().find(|known| known.name.as_ref().is_some_and(|own| own.value == *name));
    let file = same.and_then(|known| workspace.sources.get(known.source));
    match file {
        Some(file) => {
            Err(CommandError::usage(format!("the template `{name}` already exists, in {}", file.name()))
                .help("choose another name"))
        }
        None => Ok(()),
    }
}

fn path(args: &Args, draft: &NewTemplate, workspace: &Workspace, console: &Console) -> PathBuf {
    let extension = if draft.surface == SourceFormat::Dsl { "watpl" } else { "yaml" };
    let folder = match &args.dir {
        Some(folder) => console.directory().join(folder),
        None => workspace.root.join(workspace.template_folder()),
    };
    folder.join(format!("{}.{extension}", draft.name))
}

/// Writes the file, unless there is one.
fn write(
    args: &Args,
    workspace: &Workspace,
    path: &Path,
    text: &str,
    console: &Console,
) -> Result<(), CommandError> {
    let shown = console.shown(path);
    let create = if args.dir.is_some() { create_named } else { create };
    match create(&workspace.boundary, path, text) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CommandError::usage(format!("{shown} already exists"))
            .help("choose another name, or another folder with `--dir`")),
        Err(error) => Err(CommandError::account(format!("{shown} cannot be written: {error}"))),
    }
}

impl NewTemplate {
    fn text(&self) -> Result<String, CommandError> {
        match &self.from {
            Origin::Gallery(item) => self.gallery_text(item),
            Origin::Skeleton { category, languages } => {
                Ok(Scaffold { name: &self.name, category: *category, languages }.text(self.surface))
            }
        }
    }

    fn gallery_text(&self, item: &GalleryTemplate) -> Result<String, CommandError> {
        let text = item.renamed(&self.name);
        if item.surface() == self.surface {
            return Ok(text);
        }
        let mut sources = Sources::default();
        let id = sources.add(item.path, text);
        let converted = sources.get(id).map(|source| format::convert(source, self.surface));
        converted.and_then(Result::ok).ok_or_else(|| {
            CommandError::usage(format!("`{}` is not available in this format", item.name()))
                .help("omit `--as`")
        })
    }
}

impl CategoryArg {
    fn category(self) -> Category {
        match self {
            Self::Utility => Category::Utility,
            Self::Marketing => Category::Marketing,
            Self::Authentication => Category::Authentication,
        }
    }
}
