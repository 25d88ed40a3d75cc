//! The three main calls, on a text in memory: check it, compile it, plan it.
//!
//! Nothing here reads a file, a clock or the network, and no feature of the crate is needed:
//! `cargo run --no-default-features --example library`.

#![expect(clippy::print_stdout, reason = "the example shows what it finds")]

use watpl::{
    AccountContext, Action, Applied, Desired, LintSettings, PlanInput, PlanOptions, Severity, Sources, check,
    compile, payload_json, plan,
};

const TEMPLATE: &str = r#"
name: order_shipped
category: utility
language: en_US
variables: { customer: Ana Diaz, order: A-1041, token: 8f3kq2 }
body: "Hi {{customer}}, order {{order}} is on its way to you."
buttons: [{ type: url, text: Track, url: "${shop}/t/{{token}}" }]
"#;

fn main() {
    // Check: parse texts to templates, and lint them.
    let mut sources = Sources::default();
    sources.add("order_shipped.yaml", TEMPLATE);
    let checked = check(&sources, &LintSettings::default());
    for diagnostic in &checked.diagnostics {
        let Some(source) = sources.get(diagnostic.span.source) else { continue };
        let place = source.position(diagnostic.span.start);
        let (name, rule) = (source.name(), diagnostic.rule.id);
        println!("{name}:{}:{}: {} ({rule})", place.line, place.column, diagnostic.message);
    }
    let has_errors = checked.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert!(!has_errors, "the template is clean");

    // Compile: a template to what Meta is sent, one payload for each language.
    let constants = [("shop", "https://shop.example.org")];
    let account = AccountContext { constants: constants.into(), ..AccountContext::default() };
    let compiled = checked.templates.iter().map(|template| compile(template, &account));
    let payloads: Vec<_> = compiled.flat_map(|compiled| compiled.payloads).collect();
    for payload in &payloads {
        println!("{:#}", payload_json(payload));
    }
    assert_eq!(payloads.len(), 1, "it has one language");

    // Plan: what should be, what is, and what was last applied, to what is to be done. The account is empty here.
    let desired: Vec<_> = payloads.into_iter().map(|payload| Desired::new(payload, has_errors)).collect();
    let applied = Applied::default();
    let sides =
        PlanInput { desired: &desired, deployed: &[], applied: &applied, limit: None, now: 1_795_000_000 };
    let decided = plan(&sides, &PlanOptions::default());
    for change in &decided.changes {
        println!("{} {}  {}", change.action.sign(), change.key, change.reason.sentence());
    }
    assert_eq!(decided.count(Action::Create), 1, "an empty account gets what it lacks");
}
