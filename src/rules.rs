//! The rule book: one rule a file.
//!
//! To add a rule, write `rules/the_rule.rs` and name it in the list below; nothing else. The file holds, in this
//! order: the documentation (a summary line, why it matters, a failing and a passing example), the identity, and
//! `check`, a pure function from a [`View`] of a template (or a whole [`Project`]) to [`Diagnostic`]s. The id is the file's
//! name with hyphens; it names the problem, and never changes its meaning or vanishes.
//!
//! A rule about words stands in the list's section `words`, is given a [`Scan`], and keeps its words in `rules/words/*.txt`.
//!
//! From the list follow, by tests: `watpl explain`, the page in `docs/rules/`, the README's table, that the failing
//! example yields this rule alone and the passing one nothing, and that a safe fix of the failing example lints clean.
//! Messages are one lower-case sentence without a full stop, with the user's text in backticks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::lint_context::{Context, Project};
use crate::{lower, suggest, syntax};

pub mod contract;

// What several rules need.
mod address;
mod catalogue;
mod dialling;
mod emoji;
pub mod findings_omitted;
mod length;
mod mend;
mod pages;
mod parts;
mod placement;
mod quote;
pub mod refused_by_meta;
mod samples;
mod saying;
mod script;
mod tongue;
mod view;
mod words;

pub use catalogue::{Entry, Kept, SECTIONS, Section};
pub use view::View;
pub use words::Scan;

/// A rule and how it is checked.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Its check.
    pub run: Run,
}

/// What a check looks at.
#[derive(Debug)]
pub enum Run {
    /// One template at a time.
    Template(fn(&View<'_>) -> Vec<Diagnostic>),
    /// One template at a time, with what its words say.
    Words(fn(&View<'_>, &Scan<'_>) -> Vec<Diagnostic>),
    /// One template at a time, with its file, its media samples and what the project asks for.
    Context(fn(&View<'_>, &Context<'_>) -> Vec<Diagnostic>),
    /// Templates beside each other.
    Project(fn(&Project<'_>) -> Vec<Diagnostic>),
}

macro_rules! rules {
    (template: $($template:ident),+; words: $($words:ident),+; context: $($context:ident),+; project: $($project:ident),+;) => {
        $(mod $template;)+
        $(mod $words;)+
        $(mod $context;)+
        $(mod $project;)+

        /// Every rule that is checked on the model.
        pub static CHECKS: &[Check] = &[
            $(Check { rule: &$template::RULE, run: Run::Template($template::check) },)+
            $(Check { rule: &$words::RULE, run: Run::Words($words::check) },)+
            $(Check { rule: &$context::RULE, run: Run::Context($context::check) },)+
            $(Check { rule: &$project::RULE, run: Run::Project($project::check) },)+
        ];
    };
}

rules! {
    template:
        adjacent_placeholders,
        authentication_parts_elsewhere,
        authentication_with_content,
        authentication_without_code_button,
        authentication_without_ttl,
        blank_body,
        blank_part,
        body_too_long,
        button_label_format,
        button_label_too_long,
        card_count_out_of_range,
        card_without_picture,
        cards_differ,
        code_expiration_out_of_range,
        code_outlived,
        copy_code_outside_marketing,
        custom_code_label,
        decomposed_character,
        digit_in_parameter_name,
        duplicate_button_label,
        escaped_placeholder,
        folded_body,
        footer_too_long,
        footer_with_formatting,
        footer_with_placeholder,
        foreign_placeholder,
        gif_outside_marketing,
        header_is_placeholder,
        header_too_long,
        header_with_formatting,
        header_with_several_placeholders,
        interleaved_buttons,
        invalid_app,
        invalid_copy_code,
        invalid_flow,
        invalid_offer_line,
        invalid_phone_number,
        invalid_url,
        invisible_character,
        label_without_effect,
        length_in_utf16,
        library_button_input,
        library_with_parts,
        local_digits_in_sample,
        malformed_placeholder,
        mark_beside_placeholder,
        marketing_library,
        marketing_parts_elsewhere,
        marketing_ttl,
        misplaced_order_details,
        missing_body,
        mixed_brackets,
        mixed_placeholders,
        number_in_named_template,
        offer_without_code,
        parts_beside_call_permission,
        parts_beside_carousel,
        parts_beside_offer,
        parts_beside_products,
        phone_only_buttons,
        placeholder_at_edge,
        placeholder_gap,
        placeholder_host,
        placeholder_near_edge,
        private_character,
        raw_component,
        sample_repeats_address,
        sample_with_line_break,
        script_mismatch,
        sensitive_sample,
        shortened_url,
        single_braces,
        stray_blanks,
        sub_category_outside_utility,
        too_long_when_filled,
        too_many_buttons,
        too_many_emoji,
        too_many_line_breaks,
        too_many_placeholders,
        ttl_out_of_range,
        unbalanced_direction,
        unbalanced_formatting,
        undeclared_variable,
        undescriptive_name,
        unused_variable,
        url_placeholder,
        variable_not_in_every_language,
        variable_without_sample,
        voice_call_lifetime,
        whatsapp_link,
        wrong_autofill_label,
        wrong_card_buttons,
        wrong_code_apps,
        zero_tap_without_terms;
    words:
        abandoned_cart,
        barred_goods,
        general_survey,
        language_mismatch,
        marketing_without_optout,
        mixed_languages,
        passcode_outside_authentication,
        promotional_sample,
        renewal_push,
        sample_like_placeholder,
        seasonal_greeting,
        sensitive_request,
        threatening_text,
        unclear_body,
        utility_promotional,
        utility_without_specifics;
    context:
        media_file,
        name_differs_from_file,
        unknown_constant;
    project:
        duplicate_template,
        duplicate_text,
        missing_language,
        near_duplicate,
        one_category_per_name,
        versions_differ;
}

/// The id of the rule on constants that no account defines.
pub const UNKNOWN_CONSTANT: &str = "unknown-constant";

/// Every rule there is, by id.
pub fn all() -> Vec<&'static Rule> {
    let checked = CHECKS.iter().map(|check| check.rule);
    let stages = syntax::rules::RULES.into_iter().chain(lower::rules::RULES).chain(contract::RULES);
    let mut rules: Vec<_> =
        checked.chain(stages).chain([&findings_omitted::RULE, &refused_by_meta::RULE]).collect();
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
pub fn nearest(id: &str) -> String {
    match suggest::closest(&id.replace('_', "-"), all().iter().map(|rule| rule.id)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`watpl explain` lists the rules".to_owned(),
    }
}

/// Whether a rule is about reading a file at all. Such a rule cannot be switched off: a file that is half understood
/// must not pass for one that says less.
pub fn is_structural(rule: &Rule) -> bool {
    let stages = syntax::rules::RULES.into_iter().chain(lower::rules::RULES);
    rule.severity == Severity::Error && stages.into_iter().any(|known| known.id == rule.id)
}

/// The diagnostic of something that is larger than watpl processes.
pub fn size_limit(span: crate::source::Span, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&lower::rules::SIZE_LIMIT, span, message).help(help)
}

/// The diagnostic of a constant that an account does not define; compiling finds it as well, for each account.
pub fn undefined_constant<'a>(
    span: crate::source::Span,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    unknown_constant::diagnostic(span, name, known)
}
