//! More of the same: what stands in other places than a body, and what has to come out as it was written.

use serde_json::{Value, json};
use watpl::check;
use watpl::compile::compile;
use watpl::graph::payload_json;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;

use super::{body, table};

/// What would be sent of a file.
fn sent(bytes: Vec<u8>) -> Value {
    let mut sources = Sources::default();
    sources.add("hostile.yaml", String::from_utf8(bytes).unwrap());
    let checked = check::check(&sources, &LintSettings::default());
    let payloads = compile(&checked.templates[0], &Default::default()).payloads;
    payload_json(&payloads[0])
}

/// A whole file: a template with these lines, and a body unless they have one.
fn file(lines: &str) -> Vec<u8> {
    let usual =
        ["name: hostile", "category: utility", "language: en_US", "body: Your order is on its way to you."];
    let is_there = |key: &str| lines.lines().any(|line| line.starts_with(key));
    let missing = usual.iter().filter(|line| !line.split(' ').next().is_some_and(is_there));
    missing
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        .into_bytes()
        .into_iter()
        .chain(lines.bytes())
        .collect()
}

/// Rows of a table out of lines.
fn rows<'a>(lines: &[(&'a str, &'a str, &str)]) -> Vec<(&'a str, &'a str, Vec<u8>)> {
    lines.iter().map(|&(row, what, lines)| (row, what, file(lines))).collect()
}

/// A10: what ends a line makes no difference to the text, nor to the number of a line.
#[test]
fn a_line_ends_mean_the_same() {
    let unix =
        "name: hostile\ncategory: utility\nlanguage: en_US\nbody: |\n  Your order\n  is on\n\n  its way.\n";
    let mixed: String = unix.split_inclusive('\n').enumerate().fold(String::new(), |text, (index, line)| {
        text + &if index % 2 == 0 { line.to_owned() } else { line.replace('\n', "\r\n") }
    });
    for (what, other) in
        [("CRLF", unix.replace('\n', "\r\n")), ("CR", unix.replace('\n', "\r")), ("mixed", mixed)]
    {
        assert_eq!(sent(other.clone().into_bytes()), sent(unix.into()), "{what}");
        let mut sources = Sources::default();
        sources.add("hostile.yaml", other.replace("its way.", "its {{ 1 }} way."));
        let checked = check::check(&sources, &LintSettings::default());
        let found =
            checked.diagnostics.iter().find(|found| found.rule.id == "malformed-placeholder").unwrap();
        let place = sources.get(found.span.source).unwrap().position(found.span.start);
        assert_eq!((place.line, place.column), (8, 7), "{what}");
    }
}

/// B12: what looks like a number, a time or nothing is the text that was written.
#[test]
fn b_samples_stay_as_they_are_written() {
    for sample in ["010", "1.10", "12:30:00", "1e3", ".inf", "no", "0x1F", "1_000", "2026-01-02", "+5", "~x"]
    {
        let json = sent(file(&format!(
            "variables: {{ a: {sample} }}\nbody: From {{{{a}}}} on you can take it home.\n"
        )));
        assert_eq!(json["components"][0]["example"]["body_text"], json!([[sample]]), "{sample}");
    }
}

/// B16: JSON's way to write what lies beyond 16 bits is read as JSON reads it.
#[test]
fn b_surrogate_pairs_are_one_character() {
    let escaped = sent(body("\"Your parcel \\ud83d\\udce6 is on its way to you\""));
    assert_eq!(escaped, sent(body("Your parcel 📦 is on its way to you")));
}

/// B24: a block ends as YAML says it ends, and so does what is sent.
#[test]
fn b_blocks_end_as_they_are_written() {
    for (yaml, expected) in [
        ("|\n  Your order is\n  on its way.\n\n", "Your order is\non its way."),
        ("|-\n  Your order is\n  on its way.\n", "Your order is\non its way."),
        (">\n  Your order is\n  on its way.\n", "Your order is on its way."),
        ("|2\n    Your order is\n  on its way.\n", "  Your order is\non its way."),
    ] {
        let json = sent(body(yaml));
        assert_eq!(json["components"][0]["text"].as_str().unwrap().trim_end(), expected, "{yaml:?}");
    }
}

#[test]
fn b_other_shapes() {
    let lines = [
        ("B11", "on and off", "name: on\nlanguage: off"),
        ("B12", "a sample that is nothing", "variables: { a: ~ }\nbody: From {{a}} on you can take it home."),
        ("B21", "text after the end", "footer: x\n...\nmore: text"),
        ("B23", "a key that is nothing", "? \n: c"),
        ("B23", "a number for a key", "7: c"),
        ("B24", "blanks at the ends of lines", "body: |\n  Your order is   \n  on its way."),
        (
            "F6",
            "including another file",
            "include: other.yaml\nextends: [a.yaml, b.yaml]\nbody: !include x.yaml",
        ),
    ];
    insta::assert_snapshot!(table(&rows(&lines)));
}

#[test]
fn c_other_places() {
    let samples = (0..1_000).map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    let many = format!("body: {{ text: \"Your order {{{{1}}}} is here.\", samples: [{samples}] }}");
    let offer = "category: marketing\nlimited_time_offer: { text: \"Only {{a}}\", has_expiration: true }\nheader: { image: a.png }\nvariables: { a: Ana }";
    let cards = "category: marketing\nvariables: { a: Ana }\ncarousel:\n  - { header: { image: a.png }, body: Hi, buttons: [\"Hi {{a}}\"] }\n  - { header: { image: a.png }, body: Hi, buttons: [\"Hi {{a}}\"] }";
    let lines = [
        (
            "C16",
            "a name above, a number below",
            "header: For {{customer}}\nbody: Your order {{1}} is on its way.\nvariables: { customer: Ana, 1: one }",
        ),
        (
            "C16",
            "the same where names stay names",
            "parameter_format: named\nheader: For {{customer}}\nbody: Your order {{1}} is on its way.\nvariables: { customer: Ana, 1: one }",
        ),
        ("C18", "1,000 samples", many.as_str()),
        (
            "C19",
            "fewer samples than placeholders",
            "body: { text: \"Your order {{1}} is here, {{2}}.\", samples: [a] }",
        ),
        ("C19", "an empty sample", "variables: { a: \"\" }\nbody: Your order {{a}} is on its way."),
        (
            "C19",
            "an invisible sample",
            "variables: { a: \"\\u200b\" }\nbody: Your order {{a}} is on its way.",
        ),
        ("C19", "a sample with a tab", "variables: { a: \"x\\ty\" }\nbody: Your order {{a}} is on its way."),
        (
            "C19",
            "a sample with five blanks",
            "variables: { a: \"x     y\" }\nbody: Your order {{a}} is on its way.",
        ),
        ("C20", "the line of an offer", offer),
        ("C20", "the label on a card", cards),
        (
            "C21",
            "a name in an address",
            "buttons: [{ type: url, text: Go, url: \"https://shop.example/?q={{a}}\" }]\nvariables: { a: Ana }",
        ),
        (
            "C21",
            "a host without a scheme",
            "buttons: [{ type: url, text: Go, url: \"{{a}}.example.com\" }]\nvariables: { a: Ana }",
        ),
        (
            "C23",
            "inside an address in a text",
            "body: See https://shop.example/#{{a}} for your order today.\nvariables: { a: Ana }",
        ),
    ];
    insta::assert_snapshot!(table(&rows(&lines)));
}

/// C21: the parameter of an address is the first of its own, whatever it is called.
#[test]
fn c_the_name_in_an_address_becomes_a_number() {
    let json = sent(file(
        "parameter_format: named\nvariables: { a: Ana, order: A-1 }\nbody: Your order {{order}} is here.\nbuttons: [{ type: url, text: Go, url: \"https://shop.example/?q={{a}}\" }]",
    ));
    let buttons =
        json["components"].as_array().unwrap().iter().find(|part| part["type"] == "BUTTONS").unwrap();
    assert_eq!(buttons["buttons"][0]["url"], "https://shop.example/?q={{1}}");
}

/// C19: a sample too many stands for nothing.
#[test]
fn c_more_samples_than_placeholders() {
    let mut sources = Sources::default();
    let lines = "body: { text: \"Your order {{1}} is here.\", samples: [a, b] }";
    sources.add("hostile.yaml", String::from_utf8(file(lines)).unwrap());
    let found = check::check(&sources, &LintSettings::default()).diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].rule.id, found[0].message.as_str()),
        ("unused-variable", "the body has no placeholder with the number 2")
    );
}

#[test]
fn d_lengths_and_emoji() {
    let hindi: String = "नमस्ते और ".chars().cycle().take(1024).collect();
    let longer = format!("language: hi\nbody: \"{}यययय\"", hindi.trim_end());
    let hindi = format!("language: hi\nbody: \"{}\"", hindi.trim_end());
    // 1,020 code points, and more by UTF-16.
    let emoji = format!("body: \"Here it is: {}\"", "🎁".repeat(1_008));
    let rows = [
        ("D1", "1024 Hindi characters", hindi.as_str()),
        ("D1", "more Hindi characters", longer.as_str()),
        ("D1", "many emoji", emoji.as_str()),
        ("D3", "a tone of skin", "header: Hello 👋🏽"),
        ("D3", "an emoji in a footer", "footer: Thanks ❤\u{fe0f}"),
        ("D3", "an emoji on a button", "buttons: [\"Yes 👍\"]"),
        ("D3", "signs on a button", "buttons: [\"No. 1 © ™ #\"]"),
    ];
    insta::assert_snapshot!(table(&self::rows(&rows)));
}

/// D1, D2: a text that is too long by one way of counting says what the others give.
#[test]
fn d_counts_are_said() {
    let said = |lines: &str| -> String {
        let mut sources = Sources::default();
        sources.add("hostile.yaml", String::from_utf8(file(lines)).unwrap());
        let checked = check::check(&sources, &LintSettings::default()).diagnostics;
        let long = checked
            .iter()
            .filter(|found| found.rule.id.contains("long") || found.rule.id == "length-in-utf16");
        long.map(|found| format!("{}; {}\n", found.message, found.help.as_deref().unwrap_or("-"))).collect()
    };
    let families = "👩\u{200d}👩\u{200d}👧\u{200d}👦".repeat(9);
    insta::assert_snapshot!(
        said(&format!("header: \"{families}\""))
            + &said(&format!("body: \"Here it is: {}\"", "🎁".repeat(1_008)))
    );
}

#[test]
fn d_invisible_and_directed() {
    let lines = [
        ("D4", "the same letter twice", "body: Your café is by the cafe\u{301} on the left."),
        ("D6", "a soft hyphen", "body: Your or\u{ad}der is on its way to you."),
        ("D6", "a word joiner", "body: Your or\u{2060}der is on its way to you."),
        ("D6", "a Hangul filler", "body: Your or\u{3164}der is on its way to you."),
        ("D6", "a Braille blank", "body: Your or\u{2800}der is on its way to you."),
        ("D6", "a joiner in Hindi", "language: hi\nbody: आपका ऑर्डर क\u{94d}\u{200d}ष रास्ते में है और जल्द पहुँचेगा।"),
        ("D8", "an override in a name", "name: \"a\\u202eb\""),
        (
            "D8",
            "an override in an address",
            "buttons: [{ type: url, text: Go, url: \"https://shop.example/\\u202ex\" }]",
        ),
        ("D11", "the last character of all", "body: \"Your order \\U0010FFFF is on its way to you.\""),
        ("D11", "no character, escaped", "body: \"Your order \\uFFFE is on its way to you.\""),
        (
            "D12",
            "Persian digits in the sample of a number",
            "variables: { a: \"۱۲۳\" }\nbody: Your order {{a}} is on its way.",
        ),
    ];
    insta::assert_snapshot!(table(&rows(&lines)));
}

#[test]
fn d_addresses_names_and_languages() {
    let long = format!("name: {}", "n".repeat(512));
    let lines = [
        (
            "D10",
            "punycode of two scripts",
            "buttons: [{ type: url, text: Go, url: \"https://xn--pypal-4ve.com/x\" }]",
        ),
        (
            "D10",
            "a host in one other script",
            "buttons: [{ type: url, text: Go, url: \"https://пример.рф/x\" }]",
        ),
        (
            "D10",
            "a tab in an address",
            "buttons: [{ type: url, text: Go, url: \"https://shop.exa\\tmple/x\" }]",
        ),
        (
            "D10",
            "a line break in an address",
            "buttons: [{ type: url, text: Go, url: \"https://shop.example/\\nx\" }]",
        ),
        (
            "D10",
            "a link into WhatsApp",
            "buttons: [{ type: url, text: Go, url: \"https://wa.me/15550001111\" }]",
        ),
        (
            "D10",
            "data instead of an address",
            "buttons: [{ type: url, text: Go, url: \"data:text/html,x\" }]",
        ),
        ("D13", "the sign of Kelvin", "category: mar\u{212a}eting"),
        ("D13", "a ligature", "buttons: [{ type: \u{fb02}ow, text: Go, flow_id: \"1\" }]"),
        ("D14", "512 characters", long.as_str()),
        ("D14", "a blank at the end", "name: \"hostile \""),
        ("D14", "a name of the system's", "name: con"),
        ("D14", "only dots", "name: \"..\""),
        (
            "D15",
            "Japanese",
            "language: ja\nvariables: { a: 山田, b: 本 }\nbody: こんにちは{{a}}さん、ご注文の{{b}}を発送しましたのでお待ちください。",
        ),
        (
            "D15",
            "Chinese",
            "language: zh_CN\nvariables: { a: 王, b: 书 }\nbody: 您好{{a}}，您订购的{{b}}已经发货，请注意查收。",
        ),
        ("D15", "Lao", "language: lo\nvariables: { a: ກ, b: ຂ }\nbody: ສະບາຍດີ{{a}}ການສັ່ງຊື້ຂອງທ່ານ{{b}}ກໍາລັງຈັດສົ່ງ"),
        ("D16", "a code in other case", "language: EN_us"),
        ("D16", "a language without its country", "language: pt"),
        ("D17", "one Persian word in English", "body: Your order from our shop سلام is on its way to you."),
    ];
    insta::assert_snapshot!(table(&rows(&lines)));
}

/// C22, C9 and C8 in a header as well: a body is not the only place.
#[test]
fn c_placeholders_of_others_in_a_header() {
    let lines = [
        ("C8", "Persian digits", "header: For {{۱}}"),
        ("C9", "wide brackets", "header: For ｛｛1｝｝"),
        ("C22", "another engine's", "header: For %1$s"),
    ];
    insta::assert_snapshot!(table(&rows(&lines)));
}
