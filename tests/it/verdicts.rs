//! Disputed rules, as approved and refused templates decide them. A linter that calls an approved template an error is
//! not believed again.

use watpl::check;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;

/// What is said of a template with these lines, without notes: rule and severity.
fn said(lines: &str) -> Vec<String> {
    let mut text = format!("{lines}\n");
    let has = |text: &str, key: &str| text.lines().any(|line| line.starts_with(&format!("{key}:")));
    for (key, value) in [
        ("name", "order_shipped"),
        ("category", "utility"),
        ("language", "en_US"),
        ("body", "Your order is on its way to the address that you gave us."),
    ] {
        if !has(&text, key) {
            text += &format!("{key}: {value}\n");
        }
    }
    let mut sources = Sources::default();
    sources.add("order_shipped.yaml", text);
    let checked = check::check(&sources, &LintSettings::default());
    let told = checked.diagnostics.iter().map(|found| format!("{} {}", found.severity, found.rule.id));
    told.filter(|line| !line.starts_with("info")).collect()
}

#[test]
fn approved_templates_are_no_errors() {
    for (what, lines, expected) in [
        (
            "punctuation behind the last variable",
            "body: { text: \"The number of your order is {{1}}.\", samples: [A-1041] }",
            &["warning placeholder-near-edge"][..],
        ),
        (
            "few words for the variables",
            "body: { text: \"Order {{1}} for {{2}} comes today\", samples: [A-1041, Amelia] }",
            &["warning too-many-placeholders"],
        ),
        (
            "a header that begins with its variable",
            "header: { text: \"{{1}} is here\", samples: [Pablo] }",
            &[],
        ),
        (
            "a header that ends with its variable",
            "header: { text: \"Something for {{1}}\", samples: [Pablo] }",
            &[],
        ),
        ("the same with a sign behind it", "header: { text: \"Hurry, {{1}}!\", samples: [Pablo] }", &[]),
        ("a label of 25 characters", "buttons: [Choose another good day x]", &[]),
        (
            "numbers out of order",
            "body: { text: \"On {{2}} we bring your parcel {{1}} to your own door.\", samples: [A-1041, Monday] }",
            &[],
        ),
        (
            "a sample that is only the end of an address",
            "buttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{1}}\", samples: [8f3kq2] }]",
            &[],
        ),
        (
            "a phone number without its plus",
            "buttons: [{ type: phone_number, text: Call us, phone_number: \"15550051310\" }]",
            &[],
        ),
        (
            "quick replies beside others",
            "buttons: [All is well, { type: url, text: Track, url: \"https://shop.example/t\" }]",
            &[],
        ),
        (
            "another order of components",
            "footer: Thank you\nbody: Your order is on its way.\nheader: Good news",
            &[],
        ),
        ("another case of words", "category: UTILITY", &[]),
        (
            "a code of 20 characters",
            "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nbuttons: [{ type: copy_code, example: WINTERCHAIRS20262027 }]",
            &[],
        ),
        ("a key that Meta ignores", "allow_category_change: true", &["warning unknown-key"]),
        (
            "an emoji and bold words in a body",
            "body: \"*Good news!* Your order is on its way 🎉 to you.\"",
            &[],
        ),
    ] {
        assert_eq!(said(lines), expected, "{what}");
    }
}

#[test]
fn refused_templates_are_errors() {
    for (what, lines, expected) in [
        (
            "a bare variable at the end",
            "body: { text: \"The number of your order is {{1}}\", samples: [A-1041] }",
            "error placeholder-at-edge",
        ),
        (
            "a bare variable at the start",
            "body: { text: \"{{1}}, your order is on its way to you.\", samples: [Amelia] }",
            "error placeholder-at-edge",
        ),
        (
            "variables side by side",
            "body: { text: \"Dear {{1}} {{2}}, your order is on its way to you.\", samples: [Amelia, Grant] }",
            "error adjacent-placeholders",
        ),
        (
            "a variable without a sample",
            "body: \"Your order {{1}} is on its way to you.\"",
            "error variable-without-sample",
        ),
        ("an emoji in a header", "header: Good news 🎉", "error header-with-formatting"),
        ("an emoji in a label", "buttons: [Track 🎉]", "error button-label-format"),
        ("a category of old", "category: shipping_update", "error invalid-value"),
        ("an address for a sample", "header: { image: \"https://shop.example/a.png\" }", "error media-file"),
        (
            "buttons that take turns",
            "buttons: [Yes, { type: url, text: Track, url: \"https://shop.example/t\" }, No]",
            "error interleaved-buttons",
        ),
        ("a label of 26 characters", "buttons: [Choose another good day xy]", "error button-label-too-long"),
        (
            "a placeholder in a footer",
            "footer: { text: \"Order {{1}} is yours\" }",
            "error footer-with-placeholder",
        ),
    ] {
        assert!(said(lines).contains(&expected.to_owned()), "{what}: {:?}", said(lines));
    }
}
