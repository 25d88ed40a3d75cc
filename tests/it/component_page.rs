//! `docs/components.md`: every component and button in both surfaces, with what is sent for it. The page is made of
//! the fixtures that `components.rs` compiles and pushes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::generated::expect;

/// A fixture, and what it shows.
const SHOWN: &[(&str, &str)] = &[
    (
        "text_header",
        "A text header with a variable, a footer, quick replies and a fixed address; named parameters",
    ),
    ("document", "A document as header"),
    ("video", "A video as header"),
    ("gif", "An animation as header"),
    (
        "buttons",
        "A location as header; buttons with an address and a deep link, for a phone number, a flow, a call, and contact details",
    ),
    ("flow_by_name", "A flow by its name"),
    ("flow_in_place", "A flow that is written in place"),
    ("offer", "An image as header; a limited-time offer with a code to copy"),
    ("media_carousel", "A carousel of pictures"),
    ("product_carousel", "A carousel of products"),
    ("catalog", "The catalogue"),
    ("mpm", "Several products"),
    ("spm", "One product"),
    ("call_permission", "Asking for permission to call"),
    ("order_details", "An order to be paid"),
    ("order_details_offer", "An order to be paid, in a marketing template"),
    ("order_status", "The status of an order"),
    ("copy_code", "Authentication: a code to copy, in several languages"),
    ("one_tap", "Authentication: a code that an app takes over at a tap"),
    ("zero_tap", "Authentication: a code that an app takes over by itself"),
    ("options", "What is said of a template besides its components"),
    ("library", "A template of Meta's library"),
    ("raw", "Components in Meta's own JSON, for what watpl does not know"),
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
        "# Components and buttons\n\nEach of them in YAML, in the DSL, and as it is sent to Meta (one object a language). The \
         page is made of tests: both\nsurfaces compile to this JSON, the sandbox takes it, and what reads back is no \
         change. [language.md](language.md) explains the keys.\n\n",
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
