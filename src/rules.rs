//! The registry of rules.
//!
//! A rule is one file in a group: `rules/<group>/<rule_id>.rs`. To add one, write the file and name it in the
//! list below. The file contains, in this order: the documentation (a title, the reason, a failing and a
//! passing example), the declaration, and `check`, a pure function from a
//! [`TemplateView`](crate::lint::TemplateView) (or a whole [`Project`](crate::lint_context::Project)) to
//! [`Diagnostic`]s. The id is the file's name with hyphens. It names the problem, and never changes its
//! meaning.
//!
//! The list groups rules by the input of their check ([`CheckFn`]). Phrases live in `phrases/*.txt`. A rule
//! that can only find something in few templates declares a prefilter (`needs:`), which the runner applies.
//!
//! Rules that are raised by a stage are declared next to it (`syntax/rules.rs`, `lower/rules.rs`): `rules`
//! imports the stages, so they can't import it.
//!
//! Tests derive everything else from the list: `watpl explain`, the page in `docs/rules/`, the
//! table, that the failing example yields only this rule and the passing one nothing, and that a safe fix of
//! the failing example works. Messages are one lower-case sentence without a full stop, with the user's text
//! in backticks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::lint::{Check, CheckFn};
use crate::{lower, syntax};

mod catalogue;
mod support;

pub use catalogue::{CatalogueEntry, Coverage, SECTIONS, Section};

/// Edge cases of a rule: `fails` are texts with the places of its findings in `«…»`, `passes` are texts without any.
macro_rules! cases {
    (fails: [$($fails:literal),+ $(,)?], passes: [$($passes:literal),+ $(,)?] $(,)?) => {
        #[cfg(test)]
        #[test]
        fn edge_cases() {
            $crate::testing::hold(&RULE, &[$($fails),+], &[$($passes),+]);
        }
    };
}

macro_rules! rules {
    ($(
        $(#[doc = $doc:literal])+
        $group:ident [$($declared:ident),*] { $($input:ident: $($rule:ident),+;)* }
    )+) => {
        $(
            $(#[doc = $doc])+
            pub(crate) mod $group {
                $(pub(crate) mod $declared;)*
                $($(pub(crate) mod $rule;)+)*
            }
        )+

        /// Every rule that is checked on the model.
        pub static CHECKS: &[Check] = &[
            $($($(Check { rule: &$group::$rule::RULE, run: CheckFn::$input($group::$rule::check) },)+)*)+
        ];
    };
}

rules! {
    /// Rules on the template as a whole: names, categories, times to live, variables.
    template [findings_omitted, refused_by_meta] {
        Template:
            authentication_without_ttl,
            digit_in_parameter_name,
            library_button_input,
            library_template_with_components,
            marketing_library,
            marketing_ttl,
            raw_component,
            sub_category_outside_utility,
            ttl_exceeds_code_expiration,
            ttl_out_of_range,
            undeclared_variable,
            undescriptive_name,
            unused_variable,
            variable_not_in_every_language,
            variable_without_sample;
        Context:
            name_differs_from_file,
            unknown_constant;
    }
    /// Rules on headers, bodies, footers, offers and carousels.
    component [] {
        Template:
            authentication_only_component,
            authentication_with_content,
            blank_body,
            body_too_long,
            card_count_out_of_range,
            card_without_media,
            code_expiration_out_of_range,
            component_not_allowed_with_call_permission,
            component_not_allowed_with_carousel,
            component_not_allowed_with_offer,
            component_not_allowed_with_products,
            empty_header_or_footer,
            footer_too_long,
            footer_with_formatting,
            footer_with_placeholder,
            gif_outside_marketing,
            header_is_placeholder,
            header_too_long,
            header_with_formatting,
            header_with_several_placeholders,
            inconsistent_cards,
            invalid_card_buttons,
            invalid_offer_text,
            marketing_only_component,
            missing_body,
            offer_without_code,
            truncated_body;
        Context:
            media_file;
    }
    /// Rules on buttons.
    button [] {
        Template:
            authentication_without_code_button,
            button_label_format,
            button_label_too_long,
            copy_code_outside_marketing,
            custom_code_label,
            duplicate_button_label,
            ignored_button_label,
            interleaved_buttons,
            invalid_app,
            invalid_autofill_label,
            invalid_code_apps,
            invalid_copy_code,
            invalid_flow,
            invalid_phone_number,
            invalid_url,
            misplaced_order_details,
            phone_only_buttons,
            sample_repeats_address,
            shortened_url,
            too_many_buttons,
            unusable_url_host,
            url_placeholder,
            voice_call_lifetime,
            whatsapp_link,
            zero_tap_without_terms;
    }
    /// Rules on the characters, placeholders and samples of texts.
    text [] {
        Template:
            adjacent_placeholders,
            decomposed_character,
            escaped_placeholder,
            foreign_placeholder,
            formatting_next_to_placeholder,
            invisible_character,
            length_in_utf16,
            malformed_placeholder,
            mixed_brackets,
            mixed_placeholders,
            non_ascii_digits_in_sample,
            placeholder_at_edge,
            placeholder_gap,
            placeholder_near_edge,
            positional_placeholder_in_named_template,
            private_use_character,
            sample_with_line_break,
            script_mismatch,
            sensitive_sample,
            single_braces,
            stray_whitespace,
            too_long_when_filled,
            too_many_emoji,
            too_many_line_breaks,
            too_many_placeholders,
            unbalanced_direction,
            unbalanced_formatting;
    }
    /// Rules on what texts mean, by phrase lists.
    content [] {
        Phrases:
            abandoned_cart,
            general_survey,
            greeting_only_body,
            marketing_without_optout,
            passcode_outside_authentication,
            prohibited_goods,
            promotional_sample,
            renewal_push,
            sample_like_placeholder,
            seasonal_greeting,
            sensitive_request,
            threatening_text,
            utility_promotional,
            utility_without_specifics;
        Languages:
            language_mismatch,
            mixed_languages;
    }
    /// Rules that compare templates of several files.
    cross_file [] {
        Project:
            duplicate_template,
            duplicate_text,
            inconsistent_languages,
            missing_language,
            near_duplicate,
            one_category_per_name;
    }
    /// Rules on changes between two states of a template. [`breaking`](crate::breaking) applies them, because
    /// they need both states.
    breaking [
        changed_buttons,
        changed_category,
        changed_header,
        changed_parameter_format,
        changed_parameters,
        removed_language,
        removed_template,
        retyped_variable
    ] {}
}

/// Every rule on breaking changes.
pub static BREAKING_RULES: [&Rule; 8] = [
    &breaking::changed_buttons::RULE,
    &breaking::changed_category::RULE,
    &breaking::changed_header::RULE,
    &breaking::changed_parameter_format::RULE,
    &breaking::changed_parameters::RULE,
    &breaking::removed_language::RULE,
    &breaking::removed_template::RULE,
    &breaking::retyped_variable::RULE,
];

pub use template::findings_omitted::RULE as FINDINGS_OMITTED;
pub use template::refused_by_meta::RULE as REFUSED_BY_META;

/// The id of the rule on constants that no account defines.
pub const UNKNOWN_CONSTANT: &str = "unknown-constant";

/// Every rule there is, by id.
pub fn all() -> Vec<&'static Rule> {
    let checked = CHECKS.iter().map(|check| check.rule);
    let stages = syntax::rules::RULES.into_iter().chain(lower::rules::RULES);
    let elsewhere = BREAKING_RULES.into_iter().chain([&FINDINGS_OMITTED, &REFUSED_BY_META]);
    let mut rules: Vec<_> = checked.chain(stages).chain(elsewhere).collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    /// A configuration may ask for thousands, and making the list takes its time.
    static BY_ID: LazyLock<BTreeMap<&str, &Rule>> =
        LazyLock::new(|| all().into_iter().map(|rule| (rule.id, rule)).collect());
    BY_ID.get(id).copied()
}

/// What to do about an id that no rule has.
pub fn suggest_rule(id: &str) -> String {
    match crate::suggest::closest(&id.replace('_', "-"), all().iter().map(|rule| rule.id)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`watpl explain` lists the rules".to_owned(),
    }
}

/// Returns whether a rule is about reading a file. Such a rule can't be switched off: a file that is only partly
/// understood must not pass.
pub fn is_structural(rule: &Rule) -> bool {
    let stages = syntax::rules::RULES.into_iter().chain(lower::rules::RULES);
    rule.severity == Severity::Error && stages.into_iter().any(|known| known.id == rule.id)
}

/// The diagnostic of something that is larger than watpl processes.
pub fn size_limit(span: crate::source::Span, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&lower::rules::SIZE_LIMIT, span, message).help(help)
}

/// The diagnostic of a constant that an account does not define; compiling finds it as well, for each
/// account.
pub fn undefined_constant<'a>(
    span: crate::source::Span,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    template::unknown_constant::diagnostic(span, name, known)
}

/// The rule that a comment may ignore by its id, or why it cannot: a message and a help.
pub fn ignorable(id: &str) -> Result<&'static Rule, (String, String)> {
    match find(id) {
        Some(rule) if is_structural(rule) => Err((
            format!("`{id}` can't be suppressed: a file that can't be parsed never passes"),
            "fix the file".to_owned(),
        )),
        Some(rule) => Ok(rule),
        None => Err((format!("there is no rule `{}`", id.escape_debug()), suggest_rule(id))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::CHECKS;
    use crate::check;
    use crate::diagnostic::Needs;
    use crate::lint::{CheckFn, TemplateView};
    use crate::phrases::PhraseMatches;
    use crate::source::Sources;

    /// Rules that find something in a template without meeting their own prefilter.
    fn wrong_prefilters(text: &str) -> BTreeSet<&'static str> {
        let mut sources = Sources::default();
        sources.add("note.yaml", text);
        let templates = check::parse(sources.iter()).templates;
        let mut wrong = BTreeSet::new();
        for template in &templates {
            let (view, matches) = (TemplateView::new(template), PhraseMatches::scan(template));
            for check in CHECKS.iter().filter(|check| !view.meets(&check.rule.needs)) {
                let found = match check.run {
                    CheckFn::Template(run) => run(&view),
                    CheckFn::Phrases(run) => run(&view, &matches),
                    _ => panic!("{} has a prefilter that is not tested", check.rule.id),
                };
                wrong.extend((!found.is_empty()).then_some(check.rule.id));
            }
        }
        wrong
    }

    #[test]
    fn some_rules_have_prefilters() {
        assert!(CHECKS.iter().filter(|check| check.rule.needs != Needs::NOTHING).count() > 30);
    }

    proptest! {
        #[test]
        fn prefilters_never_hide_a_finding(
            texts in prop::collection::vec(
                "([a-z]{1,4}|[ \t\n*_~/<\\[%{}]{1,3}|\\{\\{[a1]\\}\\}|[\u{200b}\u{2066}\u{2069}\u{301}\u{e000}\u{fe5b}｛｝😀é۱]){0,6}",
                5,
            ),
        ) {
            let [header, body, footer, link, sample] = [0, 1, 2, 3, 4].map(|index| serde_json::json!(texts[index]).to_string());
            let text = format!(
                "name: note\ncategory: marketing\nlanguage: en_US\nvariables:\n  a: {{ sample: {sample}, type: phone }}\nheader: {{ text: {header} }}\nbody: {body}\nfooter: {footer}\nbuttons:\n  - {{ type: url, text: Go, url: {link} }}\n"
            );
            prop_assert_eq!(wrong_prefilters(&text), BTreeSet::new(), "{}", text);
        }
    }
}
