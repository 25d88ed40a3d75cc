//! Every component and button: both surfaces mean the same, compile to the JSON beside them, are taken by the
//! sandbox, and read back as no change. `UPDATE_EXPECT=1 cargo test` writes the JSON anew.

use std::path::{Path, PathBuf};

use graph_sandbox::{Sandbox, Settings as SandboxSettings};
use serde_json::Value;
use watpl::apply::{self, ApplyTarget, ChangeOutcome, MediaFile};
use watpl::check;
use watpl::compile::{self, compile};
use watpl::diagnostic::Severity;
use watpl::graph::payload_json;
use watpl::lint_context::LintSettings;
use watpl::lock::{Applied, Step};
use watpl::payload::{MediaSample, Payload};
use watpl::plan::{Action, Desired, PlanInput, PlanOptions, Reason, plan};
use watpl::remote::{BaseUrl, Http, Token, calls};
use watpl::source::Sources;

/// A PNG of one pixel's beginning: what is looked at is the signature.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

pub(super) fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/components");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

pub(super) fn compiled(path: &Path) -> Vec<Payload> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut sources = Sources::default();
    let id = sources.add(name.as_str(), std::fs::read_to_string(path).unwrap());
    let checked = check::check(&sources, &LintSettings::default());
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{}: {}", found.rule.id, found.message))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    let media = ["a.png", "b.png", "invoice.pdf", "tour.mp4", "wink.mp4"]
        .map(|path| ((id, path.to_owned()), format!("hash of {path}")));
    let account = compile::AccountContext {
        constants: [].into(),
        media: media.into(),
        ..compile::AccountContext::default()
    };
    let compiled = compile(&checked.templates[0], &account);
    assert!(compiled.diagnostics.is_empty(), "{name}: {:?}", compiled.diagnostics);
    compiled.payloads
}

fn json(payloads: &[Payload]) -> String {
    let list: Value = payloads.iter().map(payload_json).collect();
    serde_json::to_string_pretty(&list).unwrap() + "\n"
}

#[test]
fn both_surfaces_compile_to_the_json_beside_them() {
    for yaml in fixtures() {
        let from_yaml = json(&compiled(&yaml));
        let from_dsl = json(&compiled(&yaml.with_extension("watpl")));
        assert_eq!(from_yaml, from_dsl, "{}", yaml.display());
        let golden = yaml.with_extension("json");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&golden, &from_yaml).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(from_yaml, expected, "{} is out of date", golden.display());
    }
}

#[test]
fn the_manifest_says_which_variable_is_which_parameter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/components");
    let mut sources = Sources::default();
    for name in ["call_permission.watpl", "media_carousel.yaml"] {
        sources.add(name, std::fs::read_to_string(folder.join(name)).unwrap());
    }
    let checked = check::check(&sources, &LintSettings::default());
    let manifest = watpl::manifest::manifest("sandbox", &checked.templates);
    insta::assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
}

/// A project whose media samples are the beginnings of files.
struct Pictures;

impl apply::ApplyHost for Pictures {
    fn save(&mut self, _: &Applied) -> Result<(), String> {
        Ok(())
    }

    fn record(&mut self, _: &Step) -> Result<(), String> {
        Ok(())
    }

    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String> {
        // Whatever the hash, it is the one that was planned.
        let hash = payload.media().into_iter().find_map(|sample| match sample {
            MediaSample::File { path: own, hash } if own == path => hash.clone(),
            _ => None,
        });
        let hash = hash.unwrap_or_default();
        let (mime, bytes) = match path.rsplit('.').next() {
            Some("mp4") => ("video/mp4", &b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[..]),
            Some("pdf") => ("application/pdf", &b"%PDF-1.7\n"[..]),
            _ => ("image/png", PNG),
        };
        Ok(MediaFile { name: path.to_owned(), mime, hash, bytes: bytes.to_vec() })
    }

    fn now(&self) -> u64 {
        watpl::workspace::now()
    }

    fn note(&mut self, item: &ChangeOutcome) {
        assert!(item.result.is_ok(), "{}: {:?}", item.key, item.result);
    }
}

#[test]
fn the_sandbox_takes_every_component_and_gives_it_back_unchanged() {
    // Templates of the library are not in the sandbox yet.
    let desired: Vec<_> = fixtures()
        .iter()
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "library"))
        .flat_map(|path| compiled(path))
        .map(|payload| Desired::new(payload, false))
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let settings = SandboxSettings::default();
        let target = ApplyTarget { waba: settings.waba.clone(), app: Some(settings.app.clone()) };
        let token = Token::new(&settings.token).unwrap();
        let sandbox = Sandbox::bind(settings, 0).await.unwrap();
        let http = Http::new(BaseUrl::parse(&sandbox.base_url()).unwrap(), "v26.0", token).unwrap();
        tokio::spawn(sandbox.serve(std::future::pending()));
        let mut applied = Applied::default();
        let options = PlanOptions::default();
        for round in 0..2 {
            let deployed = calls::list(&http, &target.waba).await.unwrap();
            let now = watpl::workspace::now();
            let sides =
                PlanInput { desired: &desired, deployed: &deployed, applied: &applied, limit: None, now };
            let decided = plan(&sides, &options);
            if round == 1 {
                for change in decided.changes.iter().filter(|change| change.payload.is_some()) {
                    let got = (&change.action, &change.reason);
                    let before_after = (&change.before, &change.after);
                    assert_eq!(got, (&Action::Keep, &Reason::InSync), "{}: {before_after:#?}", change.key);
                }
            }
            apply::apply(&decided, &target, &http, &mut Pictures, &mut applied).await;
        }
        assert_eq!(applied.versions.len(), desired.len());
        assert_eq!(applied.media.len(), 5, "equal bytes are uploaded once");
    });
}
