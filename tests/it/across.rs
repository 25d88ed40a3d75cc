//! Templates beside each other: names, languages, accounts, and texts that are the same or nearly.

use watpl::check;
use watpl::lint_context::LintSettings;
use watpl::model::Language;
use watpl::source::Sources;

/// What is said of files: the file, the severity and the message.
fn said(files: &[(&str, String)], languages: &[&str]) -> Vec<String> {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, text.as_str());
    }
    let languages = languages.iter().filter_map(|code| Language::new(code)).collect();
    let checked = check::check(&sources, &LintSettings { languages, ..LintSettings::default() });
    let told = checked.diagnostics.iter().map(|found| {
        let file = sources.get(found.span.source).map(|source| source.name()).unwrap_or_default();
        format!("{file}: {} {}: {}", found.severity, found.rule.id, found.message)
    });
    // Where these files lie, and whom they are for, is not what they are about.
    let other = ["name-differs-from-file", "utility-without-specifics"];
    told.filter(|line| !other.iter().any(|id| line.contains(id))).collect()
}

fn file(name: &str, rest: &str) -> String {
    format!("name: {name}\ncategory: utility\n{rest}\n")
}

#[test]
fn a_name_may_be_in_two_accounts_and_not_twice_in_one() {
    let english = "language: en_US\nbody: Your order is on its way.";
    let british = "language: en_US\nbody: Your order will be with you soon.";
    let both = |one: &str, other: &str| {
        said(
            &[
                ("a.yaml", file("order_shipped", &format!("{english}\n{one}"))),
                ("b.yaml", file("order_shipped", &format!("{british}\n{other}"))),
            ],
            &[],
        )
    };
    assert_eq!(both("accounts: [north]", "accounts: [south]"), Vec::<String>::new());
    let twice = "b.yaml: error duplicate-template: `order_shipped` is defined in `en_US` twice";
    assert_eq!(both("accounts: [north]", "accounts: [north, south]"), [twice]);
    assert_eq!(both("", "accounts: [south]"), [twice]);
}

#[test]
fn languages_of_a_name_count_in_all_of_its_files() {
    let english = ("en.yaml", file("order_shipped", "language: en_US\nbody: Your order is on its way."));
    let french = ("fr.yaml", file("order_shipped", "language: fr\nbody: Votre commande est en route."));
    assert_eq!(said(&[english.clone(), french], &["en_US", "fr"]), Vec::<String>::new());
    assert_eq!(
        said(&[english], &["en_US", "fr"]),
        ["en.yaml: warning missing-language: `order_shipped` lacks `fr`, which the project asks for"]
    );
}

#[test]
fn languages_agree_in_what_they_are_made_of() {
    let against = |rest: &str| {
        let english = "language: en_US\nvariables: { order: A-1041 }\nbody: Your order {{order}} is on its way.\nbuttons: [All is well]";
        let french = format!("language: fr\n{rest}");
        let found = said(&[("en.yaml", file("note", english)), ("fr.yaml", file("note", &french))], &[]);
        found
            .into_iter()
            .filter_map(|line| Some(line.split_once("versions-differ: ")?.1.to_owned()))
            .collect::<Vec<_>>()
    };
    let variables = "variables: { order: A-1041 }";
    let body = "body: Votre commande {{order}} est en route.";
    assert_eq!(against(&format!("{variables}\n{body}\nbuttons: [Tout va bien]")), Vec::<String>::new());
    assert_eq!(
        against(&format!("{variables}\n{body}\nheader: location\nbuttons: [Tout va bien]")),
        ["`fr` has a header of the kind `location`, and `en_US` has no header"]
    );
    assert_eq!(
        against(&format!("{variables}\n{body}")),
        ["`fr` has no buttons, and `en_US` has `quick_reply`"]
    );
    assert_eq!(
        against("body: Votre commande est en route.\nbuttons: [Tout va bien]"),
        ["`fr` has other variables than `en_US`"]
    );
    assert_eq!(
        against(&format!(
            "variables: {{ order: {{ sample: A-1041, type: code }} }}\n{body}\nbuttons: [Tout va bien]"
        )),
        ["`fr` declares other types of variables than `en_US`"]
    );
}

#[test]
fn numbers_in_another_order_are_a_note() {
    let text = file(
        "note",
        "languages:\n  en_US:\n    body: { text: \"We bring {{1}} on {{2}} to your door.\", samples: [a parcel, Monday] }\n  fr:\n    body: { text: \"Le {{2}} nous vous apportons {{1}} chez vous.\", samples: [un colis, lundi] }",
    );
    assert_eq!(
        said(&[("note.yaml", text)], &[]),
        ["note.yaml: info versions-differ: the numbers of `fr` stand in another order than those of `en_US`"]
    );
}

#[test]
fn the_same_text_is_an_error_and_a_warning_between_languages_of_one_name() {
    let one = file("order_shipped", "language: en_US\nbody: Your order is on its way.\nfooter: Thank you");
    let other =
        file("order_sent", "language: en_US\nbody: \"Your order\\n is on its way.\"\nfooter: Thank you");
    assert_eq!(
        said(&[("a.yaml", one.clone()), ("b.yaml", other)], &[]),
        ["b.yaml: error duplicate-text: `order_sent` says the same in `en_US` as `order_shipped`"]
    );
    let british =
        file("order_shipped", "language: en_GB\nbody: Your order is on its way.\nfooter: Thank you");
    assert_eq!(
        said(&[("a.yaml", one), ("b.yaml", british)], &[]),
        ["b.yaml: warning duplicate-text: `order_shipped` says the same in `en_GB` as in `en_US`"]
    );
    let code = |name: &str| {
        format!(
            "name: {name}\ncategory: authentication\nttl: 5m\nlanguage: en_US\nbody: {{ add_security_recommendation: true }}\nbuttons: [{{ type: otp }}]\n"
        )
    };
    assert_eq!(said(&[("a.yaml", code("one")), ("b.yaml", code("two"))], &[]), Vec::<String>::new());
}

/// Words that make texts different in little and in much.
const THINGS: [&str; 6] =
    ["the table", "a lamp", "six chairs", "this carpet", "our wardrobe", "the old bench"];

#[test]
fn texts_that_are_nearly_the_same_meet() {
    let text = |thing: &str, end: &str| {
        file(
            "NAME",
            &format!(
                "language: en_US\nbody: We have packed {thing} with care today, and the driver will ring at your door between nine and twelve tomorrow, or call you half an hour before he comes, as you asked us to {end}."
            ),
        )
    };
    let named = |name: &str, text: String| text.replace("NAME", name);
    let near = [
        ("a.yaml", named("one", text("the table", "do"))),
        ("b.yaml", named("two", text("the table", "do then"))),
    ];
    let found = said(&near, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0]
            .starts_with("b.yaml: warning near-duplicate: `two` says nearly the same in `en_US` as `one`"),
        "{found:?}"
    );
    // Of one language whatever its region, and of no other.
    for (language, expected) in [("en_GB", 1), ("es", 0)] {
        let other = near[1].1.replace("en_US", language);
        let found = said(&[near[0].clone(), ("b.yaml", other)], &[]);
        let near = found.iter().filter(|line| line.contains("near-duplicate")).count();
        assert_eq!(near, expected, "{language}: {found:?}");
    }
    let apart = [
        ("a.yaml", near[0].1.clone()),
        (
            "b.yaml",
            file(
                "two",
                "language: en_US\nbody: The lamp that you asked for is in our store again, and a colleague keeps it for you until Friday evening at six.",
            ),
        ),
    ];
    assert_eq!(said(&apart, &[]), Vec::<String>::new());
}

/// Every text is near to every other, which is the worst that can happen: each is compared with a few.
#[test]
fn many_texts_that_are_nearly_the_same_stay_linear() {
    let count = 1_500;
    let files: Vec<(String, String)> = (0..count)
        .map(|index| {
            let thing = THINGS[index % THINGS.len()];
            let text = format!(
                "language: en_US\nbody: We have packed {thing} for you with the number {index} in our warehouse today, and the driver will ring at your door between nine and twelve tomorrow, or call you half an hour before he comes, as you have asked us to do."
            );
            (format!("{index}.yaml"), file(&format!("note_{index}"), &text))
        })
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let start = std::time::Instant::now();
    let found = said(&files, &[]);
    let near = found.iter().filter(|line| line.contains("near-duplicate")).count();
    assert!(near > count * 9 / 10, "{near}");
    // A second or two in a debug build; all pairs would take minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
