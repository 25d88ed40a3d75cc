//! Placeholders and their samples.

use super::*;

const MIXED: Expect = OnlyLinter(
    "the compiler numbers the name as well, so that nothing of the mixture is sent; which number was meant nobody knows",
);
const REVIEW: Expect = OnlySandbox(
    "the review documents it as a rejection and the catalogue of codes as a refusal; the linter names the former",
);

pub(super) static MUTATIONS: &[Mutation] = &[
    Mutation::new("a placeholder that is not closed", &["param-braces"], FIXED, Refused, |t, d| {
        say(t, d, "{{1")
    }),
    Mutation::new("a placeholder that is half closed", &["param-braces"], FIXED, Refused, |t, d| {
        say(t, d, "{{1}")
    }),
    Mutation::new("a placeholder that is half open", &["param-braces"], FIXED, Refused, |t, d| {
        say(t, d, "{1}}")
    }),
    Mutation::new("braces that close nothing", &["param-braces"], FIXED, Refused, |t, d| {
        say(t, d, "code }} and more")
    }),
    Mutation::new("three braces", &["param-braces"], NUMBERED, Refused, |t, d| say(t, d, "{{{1}}}")),
    Mutation::new("a brace too many", &["param-braces"], NUMBERED, Refused, |t, d| say(t, d, "{{1}}}")),
    Mutation::new("single braces", &["param-braces"], FIXED, Accepted, |t, d| say(t, d, "{1} and {name}")),
    Mutation::new("an empty placeholder", &["param-braces"], FIXED, Refused, |t, d| say(t, d, "{{}}")),
    Mutation::new("blanks in a placeholder", &["param-spaces"], NUMBERED, Refused, |t, d| {
        say(t, d, "{{ 1 }}")
    }),
    Mutation::new("a sign in a placeholder", &["param-charset"], FIXED, Refused, |t, d| {
        let text = *d.pick(&["{{$x}}", "{{#if}}", "{{1#}}", "{{a%}}", "{{a-b}}", "{{a b}}"]);
        say(t, d, text)
    }),
    Mutation::new("capitals in a placeholder", &["param-name"], FIXED, Refused, |t, d| say(t, d, "{{Name}}")),
    Mutation::new("letters of another script", &["param-name"], FIXED, Refused, |t, d| say(t, d, "{{имя}}")),
    Mutation::new("number zero", &["param-sequence"], FIXED, Refused, |t, d| say(t, d, "{{0}}")),
    Mutation::new("a leading zero", &["param-name"], NUMBERED, Refused, |t, d| say(t, d, "{{01}}")),
    Mutation::new("digits of another script", &["param-charset"], FIXED, Refused, |t, d| say(t, d, "{{۱}}")),
    Mutation::new("a joiner in a placeholder", &["param-charset"], NUMBERED, Refused, |t, d| {
        say(t, d, "{{1\u{200c}}}")
    }),
    Mutation::new("look-alike braces", &["param-braces"], FIXED, Accepted, |t, d| say(t, d, "｛｛1｝｝")),
    Mutation::new("escaped braces", &["param-braces"], FIXED, Equal, |t, d| say(t, d, "\\{{1}}")),
    Mutation::new("names among numbers", &["param-mixed"], NUMBERED, MIXED, |t, d| {
        set(t, "variables", serde_json::json!({ "day": "Friday" })) && say(t, d, "{{day}}")
    }),
    Mutation::new("a gap in the numbers", &["param-sequence"], FIXED, REVIEW, |t, d| {
        body_with(t, d, "Your order {{1}} comes with {{3}} to your house today", &["A-1", "our van", "us"])
    }),
    Mutation::new(
        "a variable that one language lacks",
        &["param-sequence", "language-variants-drift"],
        FIXED,
        REVIEW,
        |t, _| {
            ["language", "languages", "body"].iter().for_each(|key| drop(map(t).remove(*key)));
            let texts = [
                "Your order {{order}} comes {{day}} to your house",
                "Ihre Bestellung kommt {{day}} zu Ihnen",
            ];
            let version = |text: &str| serde_json::json!({ "body": text });
            set(t, "variables", serde_json::json!({ "order": "A-1", "day": "Friday" }))
                && set(
                    t,
                    "languages",
                    serde_json::json!({ "en": version(texts[0]), "de": version(texts[1]) }),
                )
        },
    ),
    Mutation::new("numbers in another order", &["param-sequence"], FIXED, Accepted, |t, d| {
        body_with(t, d, "Your order {{2}} comes with {{1}} to your house today", &["A-1", "our van"])
    }),
    Mutation::new("a number twice", &["param-repeat"], FIXED, Accepted, |t, d| {
        body_with(t, d, "Your order {{1}} comes today, so look out for {{1}} at your house", &["A-1"])
    }),
    Mutation::new("a body that begins with a variable", &["param-leading"], FIXED, Refused, |t, d| {
        body_with(t, d, "{{1}} is on its way to you", &["A-1"])
    }),
    Mutation::new(
        "a body that begins with blanks and a variable",
        &["param-leading"],
        FIXED,
        Refused,
        |t, d| body_with(t, d, " {{1}} is on its way to you", &["A-1"]),
    ),
    Mutation::new("a body that ends with a variable", &["param-trailing"], FIXED, Refused, |t, d| {
        body_with(t, d, "On its way to you is {{1}}", &["A-1"])
    }),
    Mutation::new(
        "a variable and a full stop at the end",
        &["param-trailing-punct"],
        FIXED,
        Accepted,
        |t, d| body_with(t, d, "On its way to you is {{1}}.", &["A-1"]),
    ),
    Mutation::new("a bold variable at the start", &["param-trailing-punct"], FIXED, Accepted, |t, d| {
        body_with(t, d, "*{{1}}* is on its way to you", &["A-1"])
    }),
    Mutation::new("neighbours", &["param-adjacent"], FIXED, Accepted, |t, d| {
        body_with(t, d, "Your order {{1}} {{2}} is on its way to your house", &["A-1", "B-2"])
    }),
    Mutation::new("fewer words than variables", &["param-density"], FIXED, Refused, |t, d| {
        one_tongue(t);
        body_with(t, d, "Hi - {{1}} - {{2}} - {{3}} you.", &["A-1", "B-2", "C-3"])
    }),
    Mutation::new("no word beside a variable", &["param-density"], FIXED, Refused, |t, d| {
        one_tongue(t);
        body_with(t, d, "- {{1}} !", &["A-1"])
    }),
    Mutation::new("one variable many times among few words", &["param-density"], FIXED, Accepted, |t, d| {
        one_tongue(t);
        body_with(t, d, "Hi {{1}} - {{1}} - {{1}} bye.", &["A-1"])
    }),
    Mutation::new("words enough and no more", &["param-density"], FIXED, Accepted, |t, d| {
        one_tongue(t);
        body_with(t, d, "Hi {{1}} and {{2}} here.", &["A-1", "B-2"])
    }),
    Mutation::new("no samples", &["example-missing"], FIXED, Refused, |t, d| {
        put(t, d, "body", "Your order {{1}} is on its way to you".into())
    }),
    Mutation::new("a sample too few", &["example-count"], FIXED, Refused, |t, d| {
        body_with(t, d, "Your order {{1}} is on its way to {{2}} in town", &["A-1"])
    }),
    Mutation::new("a sample too many", &["example-extra", "example-count"], FIXED, Accepted, |t, d| {
        body_with(t, d, "Your order {{1}} is on its way to you", &["A-1", "B-2"])
    }),
    Mutation::new("a blank sample", &["example-missing"], FIXED, Refused, |t, d| {
        body_with(t, d, "Your order {{1}} is on its way to you", &[" "])
    }),
    Mutation::new("a name without a declaration", &["example-missing"], FIXED, Refused, |t, d| {
        say(t, d, "{{nobody}}")
    }),
    Mutation::new("a name without a sample", &["example-missing"], FIXED, Refused, |t, d| {
        set(t, "variables", serde_json::json!({ "day": { "type": "date" } })) && say(t, d, "{{day}}")
    }),
    Mutation::new("braces that fell as they liked", &["param-braces"], NUMBERED, Equal, |t, d| {
        let signs = ["{", "}", "{{", "}}", "1", "a", " ", "\\", "{{1}}", "$", "<<", ">>"];
        let soup: String = (0..d.between(1, 7)).map(|_| *d.pick(&signs)).collect();
        say(t, d, &soup)
    }),
    Mutation::new("characters that fell as they liked", &[], FIXED, Equal, |t, d| {
        let signs = [
            "©", "❤", "\u{fe0f}", "👩", "\u{200d}", "🏽", "🇩", "1", "\u{20e3}", "*", "_", "x", " ", "é", "ℹ",
        ];
        let soup: String = (0..d.between(1, 6)).map(|_| *d.pick(&signs)).collect();
        put(t, d, "header", format!("Order {soup} now").into())
    }),
];

/// English alone: words are counted where they are written apart.
fn one_tongue(template: &mut Value) {
    if let Some(Value::Object(languages)) = template.get("languages") {
        let first = languages.values().next().unwrap().clone();
        map(template).remove("languages");
        map(template).extend(first.as_object().unwrap().clone());
    }
    set(template, "language", "en".into());
}
