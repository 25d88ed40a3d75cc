//! What an account has, written as files: nothing is lost, and a push of them plans nothing.

use std::collections::BTreeMap;
use std::future::pending;
use std::path::Path;

use graph_sandbox::{Review, Sandbox, Settings};
use proptest::prelude::*;
use serde_json::{Value, json};
use watpl::apply::{self, ApplyTarget, ChangeOutcome, MediaFile, apply};
use watpl::compile::{AccountContext, compile};
use watpl::graph::read_deployed;
use watpl::import::{Import, ImportError, ImportStyle, import};
use watpl::lock::{Applied, Step};
use watpl::payload::{Deployed, MediaSample, Payload, Status};
use watpl::plan::{Action, Desired, Plan, PlanInput, PlanOptions, Reason, plan};
use watpl::remote::{BaseUrl, Http, Token, calls};
use watpl::source::Sources;
use watpl::syntax::SourceFormat;
use watpl::syntax::text::Brackets;
use watpl::workspace::Workspace;
use watpl::{check, format};

const YAML: ImportStyle = ImportStyle { surface: SourceFormat::Yaml, brackets: Brackets::Braces };
const DSL: ImportStyle = ImportStyle { surface: SourceFormat::Dsl, brackets: Brackets::Angles };

fn by_name(deployed: &[Deployed]) -> BTreeMap<&str, Vec<&Deployed>> {
    let mut names: BTreeMap<&str, Vec<&Deployed>> = BTreeMap::new();
    for version in deployed {
        names.entry(&version.key.name).or_default().push(version);
    }
    names
}

/// What the file would be pushed as, held to be canonical on the way.
fn desired(name: &str, import: &Import) -> Vec<Desired> {
    let mut sources = Sources::default();
    let file = format!("{name}.{}", format::extension(import.surface));
    let id = sources.add(file.as_str(), import.text.as_str());
    let source = sources.get(id).expect("the source");
    assert_eq!(format::format(source).as_deref(), Ok(import.text.as_str()), "{file} is not canonical");
    let templates = check::parse([source]).templates;
    let compiled = compile(&templates[0], &AccountContext::default());
    compiled.payloads.into_iter().map(|payload| Desired::new(payload, false)).collect()
}

fn planned(desired: &[Desired], deployed: &[Deployed], applied: &Applied) -> Plan {
    plan(&PlanInput { desired, deployed, applied, limit: None, now: 0 }, &PlanOptions::default())
}

/// A push of the file plans nothing, whatever the lock says.
fn assert_settled(name: &str, import: &Import, deployed: &[Deployed]) {
    let desired = desired(name, import);
    let plan = planned(&desired, deployed, &Applied::default());
    for change in plan.changes.iter().filter(|change| change.key.name == name) {
        let was_left = import.skipped.iter().any(|(key, _)| *key == change.key);
        let reason = if was_left { Reason::Unmanaged } else { Reason::Adopted };
        let sides = (&change.before, &change.after);
        assert_eq!((change.action, &change.reason), (Action::Keep, &reason), "{sides:#?}\n{}", import.text);
    }
}

/// Media samples of the right type, whatever they are called.
struct Project;

impl apply::ApplyHost for Project {
    fn save(&mut self, _: &Applied) -> Result<(), String> {
        Ok(())
    }

    fn record(&mut self, _: &Step) -> Result<(), String> {
        Ok(())
    }

    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String> {
        let (mime, bytes): (_, &[u8]) = match path.rsplit('.').next() {
            Some("pdf") => ("application/pdf", b"%PDF-1.4\n"),
            Some("mp4") => ("video/mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
            _ => ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"),
        };
        // Whatever the hash, it is the one that was planned.
        let hash = payload.media().into_iter().find_map(|sample| match sample {
            MediaSample::File { path: own, hash } if own == path => hash.clone(),
            _ => None,
        });
        Ok(MediaFile { name: path.to_owned(), mime, hash: hash.unwrap_or_default(), bytes: bytes.to_vec() })
    }

    fn now(&self) -> u64 {
        watpl::workspace::now()
    }

    fn note(&mut self, item: &ChangeOutcome) {
        assert!(item.result.is_ok(), "{}: {:?}", item.key, item.result);
    }
}

/// What an account reads back after a push of these templates.
fn deployed(desired: &[Desired]) -> Vec<Deployed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let settings = Settings { review: Review::Approve, ..Settings::default() };
        let target = ApplyTarget { waba: settings.waba.clone(), app: Some(settings.app.clone()) };
        let token = Token::new(&settings.token).expect("a token");
        let sandbox = Sandbox::bind(settings, 0).await.expect("a free port");
        let base = BaseUrl::parse(&sandbox.base_url()).expect("a URL");
        let http = Http::new(base, "v26.0", token).expect("a client");
        tokio::spawn(sandbox.serve(pending()));
        let mut applied = Applied::default();
        let plan = planned(desired, &[], &applied);
        let outcome = apply(&plan, &target, &http, &mut Project, &mut applied).await;
        assert!(outcome.is_complete() && !outcome.items.is_empty());
        calls::list(&http, &target.waba).await.expect("a listing")
    })
}

/// The payloads of every template below a folder, with media samples that are there.
fn templates(folder: &Path) -> Vec<Desired> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut workspace = Workspace::open(root, None).expect("the project");
    assert_eq!(workspace.load(&[folder.to_owned()], root), []);
    let yaml = workspace.templates().filter(|source| {
        // The fixtures stand there in both surfaces.
        !folder.ends_with("components") || !source.name().ends_with(".watpl")
    });
    let templates = check::parse(yaml).templates;
    let media = check::media_samples(&templates);
    let media =
        media.into_iter().map(|(source, path)| ((source, path.to_owned()), format!("hash of {path}")));
    let place = workspace.config.accounts["sandbox"].clone();
    let account = AccountContext {
        constants: workspace.config.constants_of(&place),
        media: media.collect(),
        ..AccountContext::default()
    };
    let payloads = templates.iter().flat_map(|template| compile(template, &account).payloads);
    payloads.map(|payload| Desired::new(payload, false)).collect()
}

#[test]
fn the_gallery_comes_back_from_an_account() {
    let pushed = templates(Path::new("templates"));
    let deployed = deployed(&pushed);
    assert!(deployed.len() > 50);
    for (name, versions) in by_name(&deployed) {
        for style in [YAML, DSL] {
            let import = import(&versions, style).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!((import.surface, import.skipped.len()), (style.surface, 0), "{name}");
            assert!(!import.text.contains("raw"), "{name}: {}", import.text);
            assert_settled(name, &import, &deployed);
        }
    }
}

#[test]
fn every_component_comes_back_from_an_account() {
    let mut pushed = templates(Path::new("tests/it/fixtures/components"));
    // Templates of the library are not in the sandbox yet.
    pushed.retain(|desired| desired.payload.library.is_none());
    let deployed = deployed(&pushed);
    let mut written = String::new();
    for (name, versions) in by_name(&deployed) {
        for style in [YAML, DSL] {
            let import = import(&versions, style).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!((import.surface, import.skipped.len()), (style.surface, 0), "{name}");
            assert_settled(name, &import, &deployed);
            if style.surface == SourceFormat::Yaml {
                written += &format!("{}\n# remarks: {:?}\n\n", import.text, import.notes);
            }
        }
    }
    insta::assert_snapshot!(written);
}

fn version(json: Value) -> Deployed {
    let mut fields =
        json!({ "id": "1", "name": "a", "language": "en_US", "status": "APPROVED", "category": "UTILITY" });
    let own = fields.as_object_mut().expect("an object");
    own.extend(json.as_object().expect("an object").clone());
    read_deployed(&fields).expect("a version")
}

fn text_of(versions: &[Deployed], style: ImportStyle) -> String {
    let versions: Vec<_> = versions.iter().collect();
    let import = import(&versions, style).unwrap_or_else(|error| panic!("{error}"));
    let owned: Vec<_> = versions.into_iter().cloned().collect();
    assert_settled("a", &import, &owned);
    let left: Vec<_> = import.skipped.iter().map(|(key, reason)| format!("left {key}: {reason}\n")).collect();
    let remarks: Vec<_> = import.notes.iter().map(|remark| format!("remark: {remark}\n")).collect();
    format!("{}{}{}", import.text, left.concat(), remarks.concat())
}

#[test]
fn what_languages_share_stands_once() {
    let body = |text: &str| json!({ "type": "BODY", "text": text, "example": { "body_text": [["4711", "Tuesday"]] } });
    let buttons = json!({ "type": "BUTTONS", "buttons": [{ "type": "URL", "text": "Track", "url": "https://x.example/{{1}}",
        "example": ["https://x.example/abc"] }] });
    let versions = [
        version(
            json!({ "message_send_ttl_seconds": 43200, "components": [body("Order {{1}} comes {{2}}."), buttons] }),
        ),
        version(
            json!({ "language": "de", "message_send_ttl_seconds": 43200, "components": [buttons, body("Bestellung {{1}}\nkommt {{2}}.")] }),
        ),
        version(json!({ "language": "fr", "components": [body("Autre"), buttons] })),
        version(json!({ "language": "xx_XX", "message_send_ttl_seconds": 43200, "components": [body("?")] })),
    ];
    insta::assert_snapshot!(text_of(&versions, YAML));
    insta::assert_snapshot!(text_of(&versions, DSL));
}

#[test]
fn names_become_variables_with_the_samples_of_each_language() {
    let body = |text: &str, day: &str| {
        json!({ "type": "BODY", "text": text, "example": { "body_text_named_params": [
            { "param_name": "number", "example": "4711" }, { "param_name": "day", "example": day }] } })
    };
    let named = |language: &str, body: Value| {
        version(json!({ "language": language, "parameter_format": "NAMED", "components": [body] }))
    };
    let versions = [
        named("en_US", body("Order {{number}} comes {{day}}.", "Tuesday")),
        named("de", body("Am {{day}} kommt {{number}}.", "Dienstag")),
        named("fr", json!({ "type": "BODY", "text": "{{number}} vient {{day}}, {{hour}}." })),
    ];
    insta::assert_snapshot!(text_of(&versions, YAML));
}

#[test]
fn what_meta_rewrites_and_what_nobody_knows_is_kept() {
    let otp = "https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&code_expiration_minutes=5&cta_display_name=Autofill&package_name=com.example&signature_hash=K8a%2FAINcGX7&code=otp{{1}}";
    let code = |language: &str, label: &str, footer: &str| {
        version(json!({ "language": language, "category": "AUTHENTICATION", "components": [
            { "type": "BODY", "text": "*{{1}}* …", "add_security_recommendation": true, "example": { "body_text": [["123456"]] } },
            { "type": "FOOTER", "text": footer, "code_expiration_minutes": 5 },
            { "type": "BUTTONS", "buttons": [{ "type": "URL", "text": label, "url": otp, "example": [otp] }] },
        ] }))
    };
    let versions = [
        code("en_US", "Copy code", "This code expires in 5 minutes."),
        code("es", "Copiar código", "Este código caduca en 5 minutos."),
    ];
    insta::assert_snapshot!(text_of(&versions, YAML));
    let odd = version(json!({
        "category": "MARKETING",
        "sub_category": "ORDER_STATUS",
        "cta_url_link_tracking_opted_out": true,
        "components": [
            { "type": "HEADER", "format": "HOLOGRAM", "depth": 3, "example": { "header_handle": ["https://x"] } },
            { "type": "BODY", "text": "Hi <<all>>, ${x} \\{{1}} ends here\n" },
            { "type": "FOOTER", "text": "No reply", "tone": "warm" },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Stop" }, { "type": "TELEPORT", "text": "Go", "x": [1, null, "1", 1.5, "true"] } ] },
            { "type": "GREETING", "text": "Hello" },
        ]
    }));
    insta::assert_snapshot!(text_of(&[odd], YAML));
    let library = version(
        json!({ "library_template_name": "delivery_update_1", "components": [{ "type": "BODY", "text": "Meta's" }] }),
    );
    insta::assert_snapshot!(text_of(&[library], DSL));
}

/// What fuzzing found: a body of an authentication template that says more than we know could not be kept as JSON.
#[test]
fn a_body_of_authentication_that_says_more_is_kept_as_it_is() {
    let odd = version(json!({ "category": "AUTHENTICATION", "components": [
        { "type": "BODY", "text": "*{{1}}* is your code.", "shape": "round" },
        { "type": "FOOTER", "code_expiration_minutes": 5 },
    ] }));
    for style in [YAML, DSL] {
        let import = import(&[&odd], style).expect("a file");
        assert!(import.text.contains("round"), "{}", import.text);
    }
}

#[test]
fn names_that_are_paths_are_refused() {
    for name in ["../../etc/passwd", "A", "", "a/b", "con.yaml", "سلام", "a\0b"] {
        let version = version(json!({ "name": name, "components": [{ "type": "BODY", "text": "Hi" }] }));
        assert_eq!(import(&[&version], YAML).err(), Some(ImportError::Name), "{name}");
    }
}

#[test]
fn components_that_are_nested_too_deep_are_left_out() {
    let nested = |levels: usize| {
        let component = (1..levels).fold(json!({ "x": "y" }), |inner, level| match level + 1 == levels {
            true => json!({ "type": "NEW", "x": inner }),
            false => json!([inner]),
        });
        version(json!({ "name": "a", "components": [{ "type": "BODY", "text": "Hello you" }, component] }))
    };
    for surface in [SourceFormat::Yaml, SourceFormat::Dsl] {
        let style = ImportStyle { surface, ..YAML };
        let taken = import(&[&nested(32)], style).expect("it is written");
        assert_eq!((taken.surface, taken.skipped.len()), (surface, 0), "{}", taken.text);
        let reason = "one of its components is nested more than 32 levels deep";
        assert_eq!(import(&[&nested(33)], style).err(), Some(ImportError::Nothing(reason.into())));
        assert!(matches!(import(&[&nested(100)], style), Err(ImportError::Nothing(_))));
    }
}

/// Texts of what could go wrong: signs of the grammar, of YAML and of the DSL.
fn text() -> impl Strategy<Value = String> {
    let atoms = proptest::sample::select(vec![
        "word",
        " ",
        "{{1}}",
        "{{2}}",
        "{{name}}",
        "<<a>>",
        "${x}",
        "\\",
        "{{",
        "}}",
        "{",
        "\"",
        "'",
        "\n",
        "\n\n",
        ": ",
        " #",
        "- ",
        "|",
        ">",
        "*b*",
        "سلام",
        "é",
        "%7B1%7D",
        "\t",
        "\u{200f}",
        "\"\"\"",
        "&a",
        "yes",
        "1.0",
        "null",
        "\u{85}",
        "@",
        "location",
        "\u{1f600}",
    ]);
    proptest::collection::vec(atoms, 1..7).prop_map(|atoms| atoms.concat())
}

fn body(kind: &'static str) -> impl Strategy<Value = Value> {
    (text(), proptest::collection::vec(text(), 0..3), 0..3_u8).prop_map(move |(text, samples, shape)| {
        let key = kind.to_ascii_lowercase() + "_text";
        let example = match shape {
            0 => json!({}),
            1 if kind == "BODY" => json!({ key: [samples] }),
            1 => json!({ key: samples }),
            _ => {
                let named = samples.iter().map(|sample| json!({ "param_name": "name", "example": sample }));
                json!({ format!("{key}_named_params"): named.collect::<Vec<_>>() })
            }
        };
        json!({ "type": kind, "format": if kind == "HEADER" { json!("TEXT") } else { Value::Null }, "text": text, "example": example })
    })
}

fn button() -> impl Strategy<Value = Value> {
    (0..10_u8, text(), text()).prop_map(|(kind, label, other)| match kind {
        0 => json!({ "type": "QUICK_REPLY", "text": label }),
        1 => json!({ "type": "URL", "text": label, "url": format!("https://x.example/{other}") }),
        2 => json!({ "type": "URL", "text": label, "url": "https://x.example/{{1}}", "example": [other] }),
        3 => json!({ "type": "PHONE_NUMBER", "text": label, "phone_number": "15550051310" }),
        4 => json!({ "type": "COPY_CODE", "text": "Copy offer code", "example": [other] }),
        5 => json!({ "type": "FLOW", "text": label, "flow_id": 123, "flow_action": "NAVIGATE", "navigate_screen": other, "icon": "REVIEW" }),
        6 => json!({ "type": "CATALOG", "text": "View catalog" }),
        7 => json!({ "type": "VOICE_CALL", "text": label, "ttl_minutes": 1440 }),
        8 => json!({ "type": "TELEPORT", "text": label, "deep": { "er": [other, 1, true, null] } }),
        _ => json!({ "type": "QUICK_REPLY", "text": label, "mood": other }),
    })
}

fn component() -> impl Strategy<Value = Value> {
    let buttons = |least: usize| {
        proptest::collection::vec(button(), least..4)
            .prop_map(|buttons| json!({ "type": "BUTTONS", "buttons": buttons }))
    };
    let media = proptest::sample::select(vec![
        "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT", "HOLOGRAM",
    ]);
    let media = media.prop_map(
        |format| json!({ "type": "HEADER", "format": format, "example": { "header_handle": ["https://x"] } }),
    );
    let card = (media.clone(), body("BODY"), buttons(0))
        .prop_map(|(header, body, buttons)| json!({ "components": [header, body, buttons] }));
    prop_oneof![
        body("BODY"),
        body("HEADER"),
        media,
        buttons(1),
        text().prop_map(|text| json!({ "type": "FOOTER", "text": text })),
        text().prop_map(|text| json!({ "type": "LIMITED_TIME_OFFER", "limited_time_offer": { "text": text, "has_expiration": true } })),
        proptest::collection::vec(card, 1..3).prop_map(|cards| json!({ "type": "CAROUSEL", "cards": cards })),
        Just(json!({ "type": "CALL_PERMISSION_REQUEST" })),
        (text(), text()).prop_map(|(kind, text)| json!({ "type": kind, "text": text, "x": { text: 1 } })),
    ]
}

fn versions() -> impl Strategy<Value = Vec<Deployed>> {
    let one = (
        proptest::collection::vec(component(), 1..5),
        any::<bool>(),
        prop_oneof![Just(None), Just(Some(-1)), Just(Some(600))],
    );
    proptest::collection::vec(one, 1..4).prop_map(|versions| {
        let languages = ["en_US", "fa", "de"].into_iter().zip(versions);
        let version = |(language, (components, named, ttl)): (&str, (Vec<Value>, bool, Option<i64>))| {
            version(
                json!({ "language": language, "parameter_format": if named { "NAMED" } else { "POSITIONAL" },
                "message_send_ttl_seconds": ttl, "components": components }),
            )
        };
        languages.map(version).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(crate::cases()) })]

    #[test]
    fn whatever_an_account_has_is_written_and_plans_nothing(versions in versions(), dsl in any::<bool>()) {
        let deployed: Vec<_> = versions.iter().collect();
        let style = if dsl { DSL } else { YAML };
        let import = import(&deployed, style).unwrap_or_else(|error| panic!("{error}: {versions:#?}"));
        prop_assert_eq!(import.taken.len() + import.skipped.len(), versions.len());
        prop_assert!(versions.iter().all(|version| version.status == Status::Approved));
        assert_settled("a", &import, &versions);
    }
}
