//! Two opinions on what Meta refuses: the linter's on the source, the sandbox's on what is sent. They share no code and
//! no numbers, so where they disagree, one of them is wrong.
//!
//! A case is a valid template of some kind, broken in exactly one way, or brought to the very edge. The linter refuses it
//! where it has an error of the class "refused"; the sandbox where it answers the creation with an error. Every mutation
//! says what has to come out, so that both being wrong in the same way is found as well.
//!
//! `WATPL_DIFFERENTIAL=100000` makes as many cases, `WATPL_SEED=7` others. A disagreement is printed with its seed, made as
//! small as it gets.

mod generate;
mod mutations;
mod shrink;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use watpl::check::{self, Checked};
use watpl::compile::{AccountContext, compile};
use watpl::diagnostic::{Consequence, Severity};
use watpl::graph::payload_json;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;

use crate::support::dice::Dice;
use generate::UPLOADS;
use mutations::{Expect, Mutation};

/// Entries of class H that no mutation is about, and why.
const NOT_MUTATED: &[(&str, &str)] = &[
    ("name-lang-unique", "takes two files"),
    ("name-cooldown", "takes an account with a past"),
    ("template-limit", "takes an account that is full"),
    ("auth-upsert-labels", "templates with labels are created one language at a time"),
    ("component-duplicate", "a key that stands twice; the second is not compiled"),
    ("component-type", "a component has a key of its own, or there is none"),
    ("tap-target-create", "as above"),
    ("header-media-text", "a header is a text or a medium, never both"),
    ("header-location-bare", "`location` is one word"),
    ("header-media-size", "takes a file to look at"),
    ("header-media-type", "as above"),
    ("carousel-card-footer", "a card has no such key"),
    ("button-text-forbidden", "the compiler leaves such a label out"),
    ("button-text-duplicate", "nobody has seen the refusal"),
    ("url-named-param", "the compiler writes `{{1}}`"),
    ("copy-code-example-type", "the compiler writes a text"),
    ("example-shape", "the compiler writes the shape"),
    ("text-utf16-length", "Meta does not say what a character is"),
    ("library-and-components", "the library has tests of its own"),
    ("library-category", "as above"),
    ("library-button-inputs", "as above"),
    ("library-inputs-string", "as above"),
];

/// What both say of one template.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Opinions {
    linter: BTreeSet<&'static str>,
    sandbox: Option<String>,
}

impl Opinions {
    fn as_expected(&self, expect: Expect) -> bool {
        let (linter, sandbox) = (!self.linter.is_empty(), self.sandbox.is_some());
        match expect {
            Expect::Refused => linter && sandbox,
            Expect::Accepted => !linter && !sandbox,
            Expect::Equal => linter == sandbox,
            Expect::OnlySandbox(_) => !linter && sandbox,
            Expect::OnlyLinter(_) => linter && !sandbox,
        }
    }

    fn sides(&self) -> (bool, bool) {
        (self.linter.is_empty(), self.sandbox.is_none())
    }
}

fn read(template: &Value) -> Checked {
    let mut sources = Sources::default();
    // JSON is YAML; only the two words that stand for a header of their own are not quoted.
    let text = template.to_string();
    let text = text.replace(r#""header":"product""#, r#""header": product"#);
    sources.add("order.yaml", text.replace(r#""header":"location""#, r#""header": location"#));
    check::check(&sources, &LintSettings::default())
}

/// What would be sent, errors or not.
fn sent(checked: &Checked) -> Vec<Value> {
    let payloads =
        checked.templates.iter().flat_map(|template| compile(template, &AccountContext::default()).payloads);
    payloads.map(|payload| payload_json(&payload)).collect()
}

/// What both say of a valid template that was broken; nothing where it cannot be broken in this way.
fn opinions(valid: &Value, mutation: &Mutation, dice: &Dice) -> Option<Opinions> {
    let mut broken = valid.clone();
    if !(mutation.apply)(&mut broken, &mut dice.clone()) {
        return None;
    }
    let checked = read(&broken);
    let mut payloads = match mutation.sent {
        Some(_) => sent(&read(valid)),
        None => sent(&checked),
    };
    if let Some(change) = mutation.sent {
        payloads.iter_mut().for_each(change);
    }
    let refused = |found: &&watpl::diagnostic::Diagnostic| {
        found.rule.class == Consequence::Refused && found.severity == Severity::Error
    };
    let linter = checked.diagnostics.iter().filter(refused).map(|found| found.rule.id).collect();
    let verdict = payloads.iter().find_map(|payload| graph_sandbox::validate_create(payload, &UPLOADS).err());
    let sandbox = match (verdict, payloads.is_empty()) {
        (Some(verdict), _) => {
            let subcode = verdict.subcode.map(|subcode| format!("/{subcode}")).unwrap_or_default();
            Some(format!("{}{subcode} {}", verdict.code, verdict.detail))
        }
        (None, true) => Some("nothing was left to send".to_owned()),
        (None, false) => None,
    };
    Some(Opinions { linter, sandbox })
}

struct Case {
    mutation: &'static Mutation,
    valid: Value,
    dice: Dice,
    opinions: Opinions,
}

/// The case of a seed.
fn case(seed: u64, mutations: &[&'static Mutation]) -> Case {
    let mut dice = Dice::new(seed);
    let unbroken = mutations[0];
    loop {
        // One in eight stays as it is.
        let mutation = if dice.chance(12) { unbroken } else { *dice.pick(mutations) };
        let kind = *dice.pick(mutation.kinds);
        let valid = generate::template(kind, &mut dice);
        let mut later = dice.clone();
        later.roll();
        if let Some(opinions) = opinions(&valid, mutation, &later) {
            return Case { mutation, valid, dice: later, opinions };
        }
    }
}

/// The smallest template that the same mutation breaks into the same disagreement, and that is accepted unbroken.
fn smallest(case: &Case, unbroken: &Mutation) -> Value {
    let accepted = |valid: &Value| {
        opinions(valid, unbroken, &case.dice).is_some_and(|found| found.as_expected(Expect::Accepted))
    };
    // Where the unbroken template is not accepted, another case will say so.
    if case.mutation.name != unbroken.name && !accepted(&case.valid) {
        return case.valid.clone();
    }
    let holds = |valid: &Value| {
        let same = || {
            opinions(valid, case.mutation, &case.dice)
                .is_some_and(|found| found.sides() == case.opinions.sides())
        };
        (case.mutation.name == unbroken.name || accepted(valid)) && same()
    };
    let mut small = shrink::shrink(case.valid.clone(), &holds);
    (case.mutation.apply)(&mut small, &mut case.dice.clone());
    small
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[expect(clippy::print_stdout, reason = "the seed is what a failure is looked into with")]
#[test]
fn linter_and_sandbox_refuse_the_same_templates() {
    let mutations = mutations::all();
    let (cases, first) = (number("WATPL_DIFFERENTIAL", 2_000), number("WATPL_SEED", 1) << 32);
    println!("{cases} cases from seed {first} on, {} mutations", mutations.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for seed in first..first + cases {
        let case = case(seed, &mutations);
        *counts.entry(case.mutation.name).or_default() += 1;
        if case.opinions.as_expected(case.mutation.expect) {
            continue;
        }
        let about = wrong.entry(case.mutation.name).or_default();
        // The others are most probably the same.
        let shown = if about.is_empty() { smallest(&case, mutations[0]).to_string() } else { String::new() };
        about.push(format!("seed {seed}: {:?}\n        {shown}", case.opinions));
    }
    let report: Vec<String> = wrong
        .iter()
        .map(|(name, found)| {
            let expect = mutations.iter().find(|mutation| mutation.name == *name).unwrap().expect;
            format!(
                "{name}: {} of {} are not {expect:?}\n    {}",
                found.len(),
                counts[name],
                found[..found.len().min(2)].join("\n    ")
            )
        })
        .collect();
    assert!(report.is_empty(), "{} mutations with disagreements\n{}", report.len(), report.join("\n"));
    if cases >= 2_000 {
        let idle: Vec<_> = mutations.iter().filter(|mutation| !counts.contains_key(mutation.name)).collect();
        assert!(idle.is_empty(), "never tried: {:?}", idle.iter().map(|idle| idle.name).collect::<Vec<_>>());
    }
}

#[test]
fn mutations_are_about_every_refusal_that_a_source_can_bring_about() {
    let mutations = mutations::all();
    let names: BTreeSet<&str> = mutations.iter().map(|mutation| mutation.name).collect();
    assert_eq!(names.len(), mutations.len(), "two mutations have one name");
    let covered: BTreeSet<&str> = mutations.iter().flat_map(|mutation| mutation.entries).copied().collect();
    let excused: BTreeSet<&str> = NOT_MUTATED.iter().map(|(entry, _)| *entry).collect();
    let entries = super::refusals::CLASS_H.iter().copied();
    let missing: Vec<&str> =
        entries.filter(|entry| !covered.contains(entry) && !excused.contains(entry)).collect();
    assert!(missing.is_empty(), "no mutation is about {missing:?}");
    let both: Vec<_> = covered.intersection(&excused).collect();
    assert!(both.is_empty(), "excused and mutated: {both:?}");
    for mutation in mutations {
        if let Expect::OnlyLinter(why) | Expect::OnlySandbox(why) = mutation.expect {
            assert!(why.len() > 20, "{}: say why", mutation.name);
        }
    }
}
