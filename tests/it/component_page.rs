//! `docs/components.md`: every component and button in both formats, with its payload. The page is generated from the
//! fixtures that `components.rs` compiles and pushes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::generated::expect;

/// A fixture, and what it shows.
const SHOWN: &[(&str, &str)] = &[
    (
        "text_header",
        "A text header with a variable, a footer, quick replies and a fixed URL; named parameters",
    ),
    ("document", "A document header"),
    ("video", "A video header"),
    ("gif", "An animation (GIF) header"),
    (
        "buttons",
        "A location header; buttons for a URL with a deep link, a phone number, a flow, a call and contact details",
    ),
    ("flow_by_name", "A flow by name"),
    ("flow_in_place", "A flow with an inline definition"),
    ("offer", "An image header; a limited-time offer with a code to copy"),
    ("media_carousel", "A carousel of images"),
    ("product_carousel", "A carousel of products"),
    ("catalog", "The catalog"),
    ("mpm", "Several products"),
    ("spm", "One product"),
    ("call_permission", "A request for permission to call"),
    ("order_details", "An order to pay"),
    ("order_details_offer", "An order to pay, in a marketing template"),
    ("order_status", "The status of an order"),
    ("copy_code", "Authentication: a code to copy, in several languages"),
    ("one_tap", "Authentication: a code that an app fills in after one tap"),
    ("zero_tap", "Authentication: a code that an app fills in without a tap"),
    ("options", "The keys of a template outside its components"),
    ("library", "A template of Meta's library"),
    ("raw", "Components in Meta's JSON, for features without a key"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/components")
}

fn part(name: &str, ending: &str) -> String {
    let path = folder().join(format!("{name}.{ending}"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_page_of_components_shows_every_fixture() {
    let mut page = String::from(
        "# Components and buttons\n\nHow do you write each component and button, and what is sent to Meta for it? Each \
         example has the YAML format, the\n`.watpl` format and the payload, with one object per language. Tests compile \
         both formats to this JSON, push it to the\nsandbox, and check that the next plan is empty. \
         [language.md](language.md) explains the keys.\n\n",
    );
    for (name, what) in SHOWN {
        page += &format!("- [{what}](#{name})\n");
    }
    for (name, what) in SHOWN {
        page += &format!("\n## {name}\n\n{what}.\n");
        for (fence, ending) in [("yaml", "yaml"), ("watpl", "watpl"), ("json", "json")] {
            page += &format!("\n```{fence}\n{}```\n", part(name, ending));
        }
    }
    expect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/components.md"), &page);
    let shown: BTreeSet<_> = SHOWN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let yaml = entries.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let there: BTreeSet<_> =
        yaml.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(shown, there);
}
