//! The rule book: one rule a file.
//!
//! To add a rule, write `rules/the_rule.rs` and name it in the list below; nothing else. The file holds, in this
//! order: the documentation (a summary line, why it matters, a failing and a passing example), the identity, and
//! `check`, a pure function from a [`Template`] (or a whole [`Project`]) to [`Diagnostic`]s. The id is the file's
//! name with hyphens; it names the problem, and never changes its meaning or vanishes.
//!
//! From the list follow, by tests: `watpl explain`, the page in `docs/rules/`, the README's table, that the failing
//! example yields this rule alone and the passing one nothing, and that a safe fix of the failing example lints clean.
//! Messages are one lower-case sentence without a full stop, with the user's text in backticks.

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::Template;
use crate::project::Project;
use crate::{lower, syntax};

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
    Template(fn(&Template) -> Vec<Diagnostic>),
    /// Templates beside each other, and what is known of the project.
    Project(fn(&Project<'_>) -> Vec<Diagnostic>),
}

macro_rules! rules {
    (template: $($template:ident),+; project: $($project:ident),+;) => {
        $(mod $template;)+
        $(mod $project;)+

        /// Every rule that is checked on the model.
        pub static CHECKS: &[Check] = &[
            $(Check { rule: &$template::RULE, run: Run::Template($template::check) },)+
            $(Check { rule: &$project::RULE, run: Run::Project($project::check) },)+
        ];
    };
}

rules! {
    template:
        body_too_long,
        variable_without_sample;
    project:
        duplicate_template,
        unknown_constant;
}

/// Every rule there is, by id.
pub fn all() -> Vec<&'static Rule> {
    let checked = CHECKS.iter().map(|check| check.rule);
    let stages = syntax::rules::RULES.into_iter().chain(lower::rules::RULES);
    let mut rules: Vec<_> = checked.chain(stages).collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.id == id)
}

/// The diagnostic of a constant that an account does not define; compiling finds it as well, for each account.
pub fn undefined_constant<'a>(
    span: crate::source::Span,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&unknown_constant::RULE, span, format!("the constant `{name}` is not defined"));
    match lower::closest(name, known) {
        Some(meant) => diagnostic.help(format!("did you mean `${{{meant}}}`?")),
        None => diagnostic.help(format!("define it in `watpl.yaml`: `constants: {{ {name}: … }}`")),
    }
}
