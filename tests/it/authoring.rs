//! `watpl init`, `new` and `schema`, with the real binary in an empty folder.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use watpl::gallery::{self, GALLERY};
use watpl::lint_context::LintSettings;
use watpl::model::{Category, Language, TemplateName};
use watpl::scaffold::Scaffold;
use watpl::source::Sources;
use watpl::syntax::SourceFormat;
use watpl::{check, diagnostic::Diagnostic, format};

fn watpl(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_watpl"));
    command.current_dir(folder).args(words).env_remove("WATPL_GRAPH_URL").env("NO_COLOR", "1");
    command.stdin(std::process::Stdio::null()).output().expect("the binary runs")
}

/// What a command that works prints.
fn works(folder: &Path, words: &[&str]) -> String {
    let output = watpl(folder, words);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{words:?}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}

/// What a command that is refused says.
fn refused(folder: &Path, words: &[&str]) -> String {
    let output = watpl(folder, words);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(folder: &TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap_or_default()
}

fn empty() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_project_begins_and_is_pushed() {
    let folder = empty();
    let said = works(folder.path(), &["init"]);
    for path in ["watpl.yaml", "templates/order_ready.yaml", ".gitignore"] {
        assert!(
            said.contains(&format!("{path}  written")) && !read(&folder, path).is_empty(),
            "{path}: {said}"
        );
    }
    assert!(works(folder.path(), &["lint"]).contains("all clean"));
    assert!(works(folder.path(), &["push"]).contains("order_ready/en_US  created, approved"));
    assert!(!works(folder.path(), &["push"]).contains("created"));
    assert!(works(folder.path(), &["new", "--list"]).contains("order_shipped"));
    let templates = ["templates/order_ready.yaml", "watpl.yaml"].map(|path| read(&folder, path));
    let again = works(folder.path(), &["init", "--yes", "--language", "fa"]);
    assert_eq!(templates, ["templates/order_ready.yaml", "watpl.yaml"].map(|path| read(&folder, path)));
    assert!(again.contains("not changed") && !again.contains("written"), "{again}");
    assert_eq!(read(&folder, ".gitignore"), "/.watpl/\n");
}

#[test]
fn a_project_begins_in_several_languages_beside_what_is_there() {
    let folder = empty();
    std::fs::write(folder.path().join(".gitignore"), "/target").expect("written");
    works(folder.path(), &["init", "--yes", "--language", "en_US", "fa", "--account", "102290129340398"]);
    assert_eq!(read(&folder, ".gitignore"), "/target\n/.watpl/\n");
    assert!(read(&folder, "watpl.yaml").contains("\n  production:\n    waba_id: \"102290129340398\"\n"));
    assert!(works(folder.path(), &["lint"]).contains("1 template in 2 versions checked: all clean"));
    works(folder.path(), &["push"]);
    let failed = refused(folder.path(), &["init", "--language", "en-US"]);
    assert!(failed.contains("did you mean `en_US`?"), "{failed}");
    assert!(refused(folder.path(), &["init", "--account", "mine"]).contains("use the digits"));
}

#[test]
fn templates_begin_from_the_gallery() {
    let folder = empty();
    std::fs::write(folder.path().join("watpl.yaml"), "constants: { company: Mine }\n").expect("written");
    let said = works(folder.path(), &["new", "we_sent_it", "--from", "order_shipped"]);
    assert!(said.starts_with("templates/we_sent_it.watpl written\n"), "{said}");
    assert!(read(&folder, "templates/we_sent_it.watpl").contains("template we_sent_it {"));
    assert!(said.contains("\nconstants:\n  portal:") || said.contains("\nconstants:\n  shop:"), "{said}");
    assert!(!said.contains("company:"), "{said}");
    let said = works(folder.path(), &["new", "winter", "--from", "seasonal_offer", "--dir", "templates/ads"]);
    assert!(said.contains("put yours at templates/media/seasonal_offer.png"), "{said}");
    assert!(read(&folder, "templates/ads/winter.yaml").contains("\nname: winter\n"));
}

#[test]
fn new_templates_replace_nothing_and_need_a_name() {
    let folder = empty();
    works(folder.path(), &["init"]);
    works(
        folder.path(),
        &["new", "invoice_due", "--category", "marketing", "--language", "fa", "--as", "watpl"],
    );
    works(folder.path(), &["new", "parcel_sent", "--from", "order_shipped", "--as", "yaml"]);
    assert!(read(&folder, "templates/parcel_sent.yaml").contains("\nname: parcel_sent\n"));
    assert!(
        refused(folder.path(), &["new", "invoice_due"])
            .contains("already exists, in templates/invoice_due.watpl")
    );
    std::fs::write(folder.path().join("templates/broken.yaml"), "keep").expect("written");
    assert!(refused(folder.path(), &["new", "broken"]).contains("already exists"));
    assert_eq!(read(&folder, "templates/broken.yaml"), "keep");
    for (words, help) in [
        (vec!["new"], "run `watpl new order_shipped`"),
        (vec!["new", "Order Shipped"], "use `order_shipped`"),
        (vec!["new", "a_name", "--from", "order_shiped"], "did you mean `order_shipped`?"),
        (vec!["new", "a_name", "--language", "pt"], "did you mean `pt_BR`?"),
    ] {
        let failed = refused(folder.path(), &words);
        assert!(failed.contains(help), "{words:?}: {failed}");
    }
}

fn lint(name: &str, text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    sources.add(name, text);
    check::check(&sources, &LintSettings::default()).diagnostics
}

#[test]
fn skeletons_lint_clean() {
    let codes = ["en_US", "ar", "de", "es", "fa", "fr", "hi", "id", "it", "nl", "pt_BR", "ru", "tr", "ja"];
    let languages: Vec<_> = codes.iter().filter_map(|code| Language::new(code)).collect();
    let name = TemplateName::new("order_ready").expect("a name");
    for category in Category::ALL {
        for (surface, file) in
            [(SourceFormat::Yaml, "order_ready.yaml"), (SourceFormat::Dsl, "order_ready.watpl")]
        {
            let text = Scaffold { name: &name, category, languages: &languages }.text(surface);
            let found: Vec<_> = lint(file, &text).into_iter().map(|found| found.message).collect();
            assert!(found.is_empty(), "{found:#?}\n{text}");
            assert!(text.contains("ja"), "{text}");
            let mut sources = Sources::default();
            let id = sources.add(file, text.as_str());
            let formatted = format::format(sources.get(id).expect("the source")).expect("it is sound");
            assert_eq!(formatted, text, "what `new` writes is what `fmt` writes");
        }
    }
}

#[test]
fn the_gallery_is_whole_and_can_be_renamed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let walk = ignore::WalkBuilder::new(folder).build().map(|entry| entry.expect("an entry").into_path());
    let files =
        walk.filter(|path| path.is_file() && SourceFormat::from_path(&path.to_string_lossy()).is_some());
    let mut files: Vec<_> = files
        .map(|path| path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/"))
        .collect();
    files.sort();
    let mut known: Vec<_> = GALLERY.iter().map(|item| item.path.to_owned()).collect();
    known.sort();
    assert_eq!(known, files, "src/gallery.rs names every template of templates/");
    assert!(GALLERY.is_sorted_by_key(|item| item.name()));
    let name = TemplateName::new("another_name").expect("a name");
    for item in GALLERY {
        let file = item.path.replace(item.name(), name.as_str());
        let text = item.renamed(&name);
        assert!(lint(&file, &text).is_empty(), "{file}: {:#?}", lint(&file, &text));
        let template = item.template().expect("a template");
        assert_eq!(template.title(), item.name());
        assert!(template.metadata.description.is_some(), "{}", item.path);
    }
    assert_eq!(gallery::constants().len(), 4);
}

#[test]
fn schemas_are_printed() {
    let folder = empty();
    let template = works(folder.path(), &["schema"]);
    assert_eq!(template, works(folder.path(), &["schema", "template"]));
    assert!(works(folder.path(), &["schema", "config"]).contains("The configuration of a watpl project"));
}
