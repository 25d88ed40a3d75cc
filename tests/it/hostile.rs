//! Hostile and odd inputs: each ends in a diagnostic or passes for a reason, in bounded time, and never in a panic.
//!
//! A row is named by section and number: A bytes, B YAML, C placeholders, D Unicode and limits.

mod texts;

use std::time::{Duration, Instant};

use watpl::check;
use watpl::diagnostic::Severity;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;
use watpl::syntax;

/// Every file up to a megabyte is judged in a fraction of this, also in a debug build on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

/// The rules that bytes break, with the text that each points at.
fn findings(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let (text, problem) = syntax::decode(bytes);
    let mut sources = Sources::default();
    let id = match &problem {
        None => sources.add(name, text),
        Some(_) => sources.add_truncated(name, text),
    };
    let parsed = check::Parsed {
        diagnostics: problem.map(|problem| problem.at(id)).into_iter().collect(),
        ..check::parse(sources.iter())
    };
    let began = Instant::now();
    let mut all = check::check(&sources, &LintSettings::default());
    all.diagnostics.extend(parsed.diagnostics);
    assert!(began.elapsed() < LIMIT, "{name} took {:?}", began.elapsed());
    // What every row would have, for its file's name or the variables that it could use.
    let beside = ["name-differs-from-file", "unused-variable"];
    let shown = all.diagnostics.iter().filter(|found| !beside.contains(&found.rule.id)).map(|found| {
        let text = sources.get(found.span.source).unwrap().slice(found.span);
        let text: String = text.chars().take(24).collect();
        let sign = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        format!("{sign} {} at {text:?}", found.rule.id)
    });
    shown.collect()
}

fn table(rows: &[(&str, &str, Vec<u8>)]) -> String {
    let mut text = String::new();
    for (row, what, bytes) in rows {
        text += &format!("{row} {what}\n");
        let found = findings("hostile.yaml", bytes.clone());
        for line in found.iter().take(6) {
            text += &format!("    {line}\n");
        }
        if found.len() > 6 {
            text += &format!("    and {} more\n", found.len() - 6);
        }
        if found.is_empty() {
            text += "    clean\n";
        }
    }
    text
}

/// A template whose body is this YAML.
fn body(yaml: &str) -> Vec<u8> {
    format!("name: hostile\ncategory: utility\nlanguage: en_US\nbody: {yaml}\n").into_bytes()
}

/// A template whose body is this text, in double quotes, between words enough.
fn text(inner: &str) -> Vec<u8> {
    let inner = inner.replace('\\', "\\\\").replace('"', "\\\"");
    body(&format!("\"Your order is here now {inner} and it is ready for you to take home\""))
}

fn with_variables(inner: &str) -> Vec<u8> {
    let mut bytes = b"variables: { a: Ana, b: Ben, name: Ann, 1: one, 2: two, 3: three }\n".to_vec();
    bytes.extend(text(inner));
    bytes
}

fn bomb() -> Vec<u8> {
    let mut yaml = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in ('a'..'i').zip('b'..='i') {
        yaml += &format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(", "));
    }
    yaml.into_bytes()
}

#[test]
fn a_bytes() {
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(body("Your order is on its way to you."));
    let rows: Vec<(&str, &str, Vec<u8>)> = vec![
        ("A1", "empty", Vec::new()),
        ("A1", "only comments", b"# nothing\n# here\n".to_vec()),
        ("A1", "only a document mark", b"---\n".to_vec()),
        ("A2", "a list", b"- a\n- b\n".to_vec()),
        ("A2", "a scalar", b"hello\n".to_vec()),
        ("A3", "byte-order mark", marked),
        ("A4", "byte-order mark in the middle", text("a\u{feff}b")),
        ("A5", "UTF-16", b"\xff\xfen\0a\0".to_vec()),
        ("A6", "invalid UTF-8", b"name: caf\xe9\n".to_vec()),
        ("A7", "overlong UTF-8", b"name: \xc0\xae\n".to_vec()),
        ("A7", "lone surrogate", b"name: \xed\xa0\x80\n".to_vec()),
        ("A8", "NUL", body("\"a\0b\"")),
        ("A9", "raw ESC", body("\"Your order \u{1b}[31m is on its way to you\"")),
        ("A9", "raw C1", body("\"Your order \u{9b}31m is on its way to you\"")),
        (
            "A10",
            "CRLF",
            body("Your order is on its way.")
                .into_iter()
                .flat_map(|b| if b == b'\n' { vec![b'\r', b'\n'] } else { vec![b] })
                .collect(),
        ),
        ("A11", "line separator", text("a\u{2028}b")),
        ("A11", "next line", text("a\u{85}b")),
        (
            "A12",
            "no newline at the end",
            b"name: hostile\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way".to_vec(),
        ),
        ("A14", "a megabyte on one line", body(&"word ".repeat(200_000))),
        ("A14", "a comment of a megabyte", format!("# {}\n", "x".repeat(1_000_000)).into_bytes()),
    ];
    insta::assert_snapshot!(table(&rows));
}

#[test]
fn b_yaml() {
    let keys: String = (0..20_000).map(|key| format!("k{key}: 1\n")).collect();
    let anchors: String = (0..20_000).map(|key| format!("k{key}: &a{key} 1\n")).collect();
    let rows: Vec<(&str, &str, Vec<u8>)> = vec![
        ("B1", "billion laughs", bomb()),
        ("B2", "an alias in its own anchor", b"name: &a [*a]\n".to_vec()),
        ("B3", "100 KB of [", "[".repeat(100_000).into_bytes()),
        ("B3", "100 KB of [ closed", ("[".repeat(50_000) + &"]".repeat(50_000)).into_bytes()),
        ("B4", "nested maps", (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>().into_bytes()),
        ("B5", "nested lists on a line", "- ".repeat(50_000).into_bytes()),
        ("B6", "20,000 unknown keys", keys.into_bytes()),
        ("B6", "20,000 anchors", anchors.into_bytes()),
        ("B7", "a key twice", [body("One text for you here."), b"name: again\n".to_vec()].concat()),
        ("B8", "a key twice after decoding", [body("One text for you here."), b"\"na\\x6de\": again\n".to_vec()].concat()),
        ("B9", "merge key", b"x: &x { name: a }\n<<: *x\n".to_vec()),
        ("B10", "unknown alias", body("*nope")),
        ("B11", "Norway", b"name: yes\ncategory: utility\nlanguage: no\nbody: Your order is on its way.\n".to_vec()),
        ("B12", "samples that look like numbers", b"name: hostile\ncategory: utility\nlanguage: en_US\nvariables: { a: 010, b: 12:30, c: 1e3 }\nbody: From {{a}} at {{b}} you can take {{c}} home.\n".to_vec()),
        ("B13", "a huge number", b"name: hostile\ncategory: utility\nlanguage: en_US\nttl: 99999999999999999999999999\nbody: Your order is on its way.\n".to_vec()),
        ("B14", "unquoted placeholder", body("{{1}} hi")),
        ("B14", "unquoted placeholder alone", body("{{1}}")),
        ("B15", "colon in a plain text", body("Hi you: total # 5")),
        ("B15", "a comment that cuts", body("Your order #{{1}} is ready")),
        ("B15", "a comment that cuts off a placeholder", body("Your order #thanks {{1}} is ready")),
        ("B16", "surrogate pair", body("\"Your parcel \\ud83d\\udce6 is on its way to you\"")),
        ("B17", "escaped ESC", body("\"Your order \\x1b[31m is on its way to you\"")),
        ("B17", "escaped NUL", body("\"Your order \\0 is on its way to you\"")),
        ("B18", "tab for indentation", b"name: hostile\nvariables:\n\ta: b\n".to_vec()),
        ("B19", "tag", body("!!python/object/apply:os.system Your order is here")),
        ("B20", "two documents", [body("One text for you here."), b"---\nname: b\n".to_vec()].concat()),
        ("B21", "unterminated quote", body("\"Your order is on its way")),
        ("B21", "unterminated flow", b"name: hostile\ntags: [a, b\ncategory: utility\n".to_vec()),
        ("B22", "directive", [b"%YAML 9.9\n---\n".to_vec(), body("One text for you here.")].concat()),
        ("B23", "complex key", b"? [a, b]\n: c\n".to_vec()),
        ("B23", "long key", format!("{}: 1\n", "k".repeat(2_000)).into_bytes()),
        ("B24", "block with indicators", body("|2+\n    Your order is on\n  its way to you.\n\n")),
        ("B26", "unknown key and wrong kind", [body("One text for you here."), b"foter: x\nbuttons: {}\n".to_vec()].concat()),
    ];
    insta::assert_snapshot!(table(&rows));
}

#[test]
fn b_every_style_is_the_same_text() {
    let texts = [
        "Your order is on its way.",
        "'Your order is on its way.'",
        "\"Your order is on its way.\"",
        "|\n  Your order is on its way.",
        ">\n  Your order is\n  on its way.",
    ];
    let compiled = texts.map(|yaml| {
        let mut sources = Sources::default();
        sources.add("hostile.yaml", String::from_utf8(body(yaml)).unwrap());
        let checked = check::check(&sources, &LintSettings::default());
        let payloads = watpl::compile::compile(&checked.templates[0], &Default::default()).payloads;
        watpl::graph::payload_json(&payloads[0]).to_string()
    });
    for (yaml, json) in texts.iter().zip(&compiled) {
        assert_eq!(*json, compiled[0], "{yaml}");
    }
}

/// What stands between words of a body.
const INPUTS: &[(&str, &str)] = &[
    ("C1", "{{1}"),
    ("C1", "{1}}"),
    ("C1", "{1}"),
    ("C1", "{{}}"),
    ("C1", "{{ }}"),
    ("C2", "{{0}}"),
    ("C2", "{{-1}}"),
    ("C2", "{{+1}}"),
    ("C2", "{{1.0}}"),
    ("C2", "{{1e0}}"),
    ("C3", "{{01}}"),
    ("C3", "{{1}} and {{01}}"),
    ("C4", "{{99999999999999999999}}"),
    ("C5", "{{2000000000}}"),
    ("C6", "{{ 1 }}"),
    ("C6", "{{1 }}"),
    ("C6", "{{\t1}}"),
    ("C6", "{{\u{a0}1}}"),
    ("C6", "{{\u{200b}1}}"),
    ("C6", "{{1\u{200f}}}"),
    ("C7", "{{{1}}}"),
    ("C7", "{{{{1}}}}"),
    ("C7", "{{1}}}"),
    ("C7", "{{a{{1}}b}}"),
    ("C8", "{{۱}}"),
    ("C8", "{{١}}"),
    ("C8", "{{१}}"),
    ("C8", "{{１}}"),
    ("C8", "{{¹}}"),
    ("C8", "{{①}}"),
    ("C8", "{{Ⅳ}}"),
    ("C9", "｛｛1｝｝"),
    ("C9", "❴❴1❵❵"),
    ("C9", "⦃1⦄"),
    ("C10", "{\u{200d}{1}}"),
    ("C10", "{{\u{200c}1}}"),
    ("C10", "{{1\u{200f}}}"),
    ("C12", "{{1}}{{2}}"),
    ("C12", "{{1}} {{2}}"),
    ("C12", "{{1}}, {{2}}"),
    ("C15", "{{1}} and {{3}}"),
    ("C15", "{{2}} before {{1}}"),
    ("C15", "{{1}} and {{1}}"),
    ("C16", "{{name}} and {{1}}"),
    ("C17", "{{Name}}"),
    ("C17", "{{first-name}}"),
    ("C17", "{{first name}}"),
    ("C17", "{{$x}}"),
    ("C17", "{{#if}}"),
    ("C17", "{{1#}}"),
    ("C17", "{{имя}}"),
    ("C17", "{{نام}}"),
    ("C17", "{{n\u{430}me}}"),
    ("C22", "\\{\\{1\\}\\}"),
    ("C22", "{% raw %}"),
    ("C22", "${1}"),
    ("C22", "%1$s"),
    ("C22", "[[1]]"),
    ("C22", "<1>"),
    ("C22", "[[name]]"),
    ("C22", "[[see below]] a < b and c > d, 50% sure"),
    ("C22", "%s"),
    ("C22", "%d %1$d"),
    ("C23", "```{{1}}```"),
];

/// Placeholders at the edges of bodies.
fn edges() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let mut rows = Vec::new();
    for (row, yaml) in [
        ("C11", "\"سلام {{1}}! سفارش شما آماده تحویل است و منتظر شماست\""),
        ("C13", "\"{{1}} is on its way to you as you asked\""),
        ("C13", "\"Your order has been sent to you, {{1}}\""),
        ("C13", "\"Your order has been sent to you, {{1}}.\""),
        ("C13", "\"Your order has been sent to you, {{1}} 🎉\""),
        ("C13", "\"*{{1}}* is on its way to you as you asked\""),
        ("C14", "\"{{1}}\""),
    ] {
        let mut bytes = b"variables: { 1: one }\n".to_vec();
        bytes.extend(body(yaml));
        rows.push((row, yaml, bytes));
    }
    rows
}

/// Placeholders and samples in other places than the body.
fn parts() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let mut rows = Vec::new();
    for (row, extra) in [
        ("C19", "variables: { a: \" \" }\nfooter: x\n"),
        ("C19", "variables: { a: \"{{1}}\" }\n"),
        ("C19", "variables: { a: \"x\\ny\" }\n"),
        ("C20", "footer: Hi {{a}}\nvariables: { a: Ana }\n"),
        ("C20", "buttons: [\"Hi {{a}}\"]\nvariables: { a: Ana }\n"),
        (
            "C21",
            "buttons: [{ type: url, text: Go, url: \"https://shop.example/{{a}}/y\" }]\nvariables: { a: Ana }\n",
        ),
        (
            "C21",
            "buttons: [{ type: url, text: Go, url: \"https://{{a}}.shop.example\" }]\nvariables: { a: Ana }\n",
        ),
        (
            "C21",
            "buttons: [{ type: url, text: Go, url: \"https://shop.example/{{a}}{{a}}\" }]\nvariables: { a: Ana }\n",
        ),
        ("C21", "buttons: [{ type: url, text: Go, url: \"https://shop.example/{{2}}\", samples: [x, y] }]\n"),
    ] {
        let with_use = extra.contains("sample") || extra.contains("buttons") || extra.contains("footer: Hi");
        let inner = if with_use { "" } else { "{{a}}" };
        rows.push((row, extra, [text(inner), extra.as_bytes().to_vec()].concat()));
    }
    rows
}

#[test]
fn c_placeholders() {
    let numbers: String = (1..=500).map(|number| format!("{{{{{number}}}}} word ")).collect();
    let mut rows: Vec<(&str, &str, Vec<u8>)> =
        INPUTS.iter().map(|(row, inner)| (*row, *inner, with_variables(inner))).collect();
    let long = format!("{{{{{}}}}}", "n".repeat(10_000));
    let digits = format!("{{{{{}}}}}", "9".repeat(10_000));
    rows.push(("C4", "10,000 digits", with_variables(&digits)));
    rows.push(("C18", "a name of 10,000 characters", with_variables(&long)));
    rows.push(("C18", "500 placeholders", with_variables(&numbers)));
    rows.extend(edges());
    rows.extend(parts());
    insta::assert_snapshot!(table(&rows));
}

#[test]
fn d_unicode_and_limits() {
    let header = |text: &str| {
        [
            b"header: \"".to_vec(),
            text.as_bytes().to_vec(),
            b"\"\n".to_vec(),
            body("Your order is on its way to you."),
        ]
        .concat()
    };
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
    let rows: Vec<(&str, &str, Vec<u8>)> = vec![
        ("D1", "1024 characters", body(&"word and ".repeat(114)[..1024])),
        ("D1", "1025 characters", body(&format!("{}xy", &"word and ".repeat(114)[..1023]))),
        ("D1", "1024 Persian characters", body("سلام و ".repeat(147).chars().take(1024).collect::<String>().trim_end())),
        ("D2", "nine families", header(&family.repeat(9))),
        ("D3", "flag", header("Hello 🇮🇷")),
        ("D3", "keycap", header("Hello 1\u{fe0f}\u{20e3}")),
        ("D3", "heart with selector", header("Hello ❤\u{fe0f}")),
        ("D3", "plain signs", header("Order #1 © 2026 ™")),
        ("D4", "accents beside their letters", text("cafe\u{301}")),
        ("D4", "accents in their letters", text("café")),
        ("D5", "zalgo", text(&format!("e{}", "\u{301}".repeat(1_000)))),
        ("D6", "zero-width non-joiner in Persian", "name: hostile\ncategory: utility\nlanguage: fa\nbody: سفارش شما آماده است و می\u{200c}توانید آن را تحویل بگیرید\n".as_bytes().to_vec()),
        ("D7", "invisible body", body("\"\u{200b}\u{200b}\"")),
        ("D7", "invisible label", [body("Your order is on its way to you."), "buttons: [\"\u{200b}\"]\n".as_bytes().to_vec()].concat()),
        ("D6", "the flag of Scotland", text("🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}")),
        ("D8", "override in a body", text("\u{202e}abc\u{202c}")),
        ("D8", "override in a label", [body("Your order is on its way to you."), "buttons: [\"Go \u{202e}on\"]\n".as_bytes().to_vec()].concat()),
        ("D8", "isolate without end", text("\u{2067}سلام")),
        ("D8", "end without isolate", text("سلام\u{2069}")),
        ("D8", "isolate with its end", text("\u{2067}سلام\u{2069}")),
        ("D9", "marks of direction", text("سلام\u{200f} !\u{200e}")),
        ("D10", "homoglyph host", [body("Your order is on its way to you."), "buttons: [{ type: url, text: Go, url: \"https://p\u{430}ypal.com/x\" }]\n".as_bytes().to_vec()].concat()),
        ("D10", "user in the address", [body("Your order is on its way to you."), b"buttons: [{ type: url, text: Go, url: \"https://a@b.example\" }]\n".to_vec()].concat()),
        ("D10", "script", [body("Your order is on its way to you."), b"buttons: [{ type: url, text: Go, url: \"javascript:alert(1)\" }]\n".to_vec()].concat()),
        ("D11", "private use", text("\u{e001}")),
        ("D11", "no character", text("\u{ffff}\u{fdd0}")),
        ("D11", "tag character", text("a\u{e0041}")),
        ("D12", "Persian digits in prose", text("۱۲۳")),
        ("D12", "Persian digits in the sample of a link", [b"variables: { a: \"".to_vec(), "۱۲۳".as_bytes().to_vec(), b"\" }\nbuttons: [{ type: url, text: Go, url: \"https://shop.example/{{a}}\" }]\n".to_vec(), body("Your order is on its way to you.")].concat()),
        ("D13", "enum in other case", b"name: hostile\ncategory: UTILITY\nlanguage: en_US\nbody: Your order is on its way.\n".to_vec()),
        ("D13", "enum with a dotted I", "name: hostile\ncategory: UT\u{130}LITY\nlanguage: en_US\nbody: Your order is on its way.\n".as_bytes().to_vec()),
        ("D14", "name with a path", b"name: ../../etc\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way.\n".to_vec()),
        ("D14", "name of 513", format!("name: {}\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way.\n", "n".repeat(513)).into_bytes()),
        ("D14", "name that is not ASCII", "name: näme\ncategory: utility\nlanguage: en_US\nbody: Your order is on its way.\n".as_bytes().to_vec()),
        ("D15", "Thai without spaces", "name: hostile\ncategory: utility\nlanguage: th\nvariables: { a: ก, b: ข }\nbody: สวัสดีคุณ{{a}}คำสั่งซื้อของคุณ{{b}}กำลังจัดส่ง\n".as_bytes().to_vec()),
        ("D16", "language codes", b"name: hostile\ncategory: utility\nlanguages: [EN_us, en-US, pt, zh, iw, in, no, fa_IR, es_419, \"\"]\nbody: Your order is on its way.\n".to_vec()),
        ("D17", "Persian text in English", "name: hostile\ncategory: utility\nlanguage: en_US\nbody: سفارش شما آماده است و در راه است به زودی می‌رسد\n".as_bytes().to_vec()),
    ];
    insta::assert_snapshot!(table(&rows));
}

/// What fuzzing found once, and must not find again: every place lies in the file, on the boundaries of characters.
#[test]
fn what_fuzzing_found() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/fuzz");
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let (text, problem) = syntax::decode(std::fs::read(&path).unwrap());
        assert!(problem.is_none() || !text.is_empty());
        let mut sources = Sources::default();
        sources.add(path.file_name().unwrap().to_string_lossy(), text.as_str());
        for found in check::check(&sources, &LintSettings::default()).diagnostics {
            assert!(text.get(found.span.range()).is_some(), "{}: {}", path.display(), found.rule.id);
        }
    }
}
