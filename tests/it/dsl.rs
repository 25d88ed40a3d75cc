//! The DSL: what people get wrong in it, said in their words, all of it in one run.

use watpl::diagnostic::Safety;
use watpl::lint_context::LintSettings;
use watpl::source::{Source, Sources};
use watpl::{check, fix};

/// A template with this in its version, unless it is a whole one.
fn whole(text: &str) -> String {
    if text.contains("template") || text.starts_with('#') {
        return text.to_owned();
    }
    let body = "    body \"Your order is on its way to the address that you gave us.\"\n";
    let body = if text.contains("body") { "" } else { body };
    format!("template t {{\n  category utility\n  language en_US {{\n{body}    {text}\n  }}\n}}\n")
}

/// Every finding, as place, message and help.
fn findings(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("t.watpl", whole(text));
    let checked = check::check(&sources, &LintSettings::default());
    let source = sources.get(id).expect("the source");
    let lines = checked.diagnostics.iter().map(|found| {
        let place = source.position(found.span.start);
        let slice = source.slice(found.span).lines().next().unwrap_or_default();
        let help = found.help.as_deref().unwrap_or("-");
        format!("    {}:{} `{slice}`: {}; {help}\n", place.line, place.column, found.message)
    });
    lines.collect()
}

const MISTAKES: &[&str] = &[
    "buton quick_reply \"Track\"",
    "buttons quick_reply \"Track\"",
    "button",
    "button \"Track\"",
    "button quick_repl \"Track\"",
    "button url \"Track\" \"https://x.example.org/\" \"more\"",
    "button quick_reply \"Track",
    "footr \"Thanks\"",
    "footer \"Thanks\" \"again\"",
    "footer = \"Thanks\"",
    "footer: \"Thanks\"",
    "header imge \"media/a.png\"",
    "header (image \"media/a.png\"",
    "button flow \"Book\" (flow_id \"1\", flow_action)",
    "body \"\"\"\n      Hello\n    footer \"x\"",
    "}",
    "]] nonsense [[",
    "-- a comment",
    "// a comment",
    "sample",
    "sampel customer \"Ana\"",
    "template t {\n  category utility\n  varible who \"Ana\"\n  language en_US {\n    body \"Hello <<who>>, your order is on its way.\"\n  }\n}\n",
    "template t {\n  category utility\n  variable\n  language {\n    body \"Your order is on its way to you.\"\n  }\n}\n",
    "template t {\n  category utility\n  language en_US {\n    body \"Your order is on its way to you.\"\n",
    "template {\n  category utility\n  language en_US {\n    body \"Your order is on its way to you.\"\n  }\n}\n",
    "template t {}\ntemplate u {}\n",
    "# only a comment\n",
];

#[test]
fn mistakes_are_said_in_the_words_of_the_language() {
    let mut text = String::new();
    for mistake in MISTAKES {
        let found = findings(mistake);
        assert!(!found.is_empty(), "{mistake}");
        for word in ["EOI", "WHITESPACE", "statement_", " expected ", "pest", "Pair"] {
            assert!(!found.contains(word), "{word}: {found}");
        }
        text += &format!("{mistake}\n{found}\n");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn one_run_reports_every_mistake_of_a_file() {
    let text = "template t {\n  categry utility\n  variable\n  language en_US {\n    body \"Hi {{1}, all is well with you.\"\n    \
                buton quick_reply \"x\"\n    footer \"a\" \"b\"\n    ]]\n  }\n  language xx {\n    body \"\"\n  }\n}\n";
    let found = findings(text);
    for (line, word) in
        [(2, "categry"), (3, "variable"), (5, "{{1}"), (6, "buton"), (7, "\"b\""), (8, "]]"), (10, "xx")]
    {
        let reported = found
            .lines()
            .any(|found| found.trim_start().starts_with(&format!("{line}:")) && found.contains(word));
        assert!(reported, "line {line}, {word}:\n{found}");
    }
}

#[test]
fn habits_of_other_languages_are_mended() {
    let text = "// of another language\ntemplate: t {\n  category = utility\n  language: en_US {\n    \
                body: \"Your order is on its way to you.\"\n  }\n}\n";
    let mut sources = Sources::default();
    let id = sources.add("t.watpl", text);
    let check = |source: &Source| {
        let mut sources = Sources::default();
        sources.add(source.name(), source.text());
        check::check(&sources, &LintSettings::default()).diagnostics
    };
    let fixed = fix::until_stable(sources.get(id).expect("it"), Safety::Safe, &check).expect("mended");
    let expected = "# of another language\ntemplate t {\n  category  utility\n  language en_US {\n    \
                    body \"Your order is on its way to you.\"\n  }\n}\n";
    assert_eq!(fixed.text, expected);
}
