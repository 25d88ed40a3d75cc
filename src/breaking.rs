//! Changes in the message contract between two states of a project.

mod contract;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::{Template, Version};
use crate::rules::breaking::{
    changed_buttons, changed_category, changed_header, changed_parameter_format, changed_parameters,
    removed_language, removed_template, retyped_variable,
};
use crate::source::Span;
use contract::Contract;

/// Changes that affect sending code: compares every template in `before` with its state in `after`.
pub fn compare(before: &[Template], after: &[Template]) -> Vec<Diagnostic> {
    let after: BTreeMap<&str, &Template> =
        after.iter().map(|template| (template.title(), template)).collect();
    let mut found = Vec::new();
    for old in before.iter().filter(|template| template.name.is_some()) {
        match after.get(old.title()) {
            Some(new) => Comparison { old, new, found: &mut found }.run(),
            None => found.push(removed(old)),
        }
    }
    found
}

fn removed(old: &Template) -> Diagnostic {
    Diagnostic::new(&removed_template::RULE, old.span, format!("the template `{}` was removed", old.title()))
        .label("it was defined here")
        .help("keep it with `deprecated` and `replaced_by` until no code sends it")
}

struct Comparison<'a> {
    old: &'a Template,
    new: &'a Template,
    found: &'a mut Vec<Diagnostic>,
}

impl Comparison<'_> {
    fn run(&mut self) {
        self.category();
        self.types();
        if self.old.parameter_format != self.new.parameter_format && self.has_parameters() {
            let message = format!(
                "placeholders changed from {} to {}",
                self.old.parameter_format.as_str(),
                self.new.parameter_format.as_str()
            );
            self.say(&changed_parameter_format::RULE, self.new.span, message, "use a new template name");
        }
        for old in self.old.versions.iter().filter(|version| version.language.is_some()) {
            match self.new.versions.iter().find(|new| new.code() == old.code()) {
                Some(new) => self.version(old, new),
                None if self.new.incomplete => {}
                None => {
                    let message = format!("the language `{}` was removed", old.code());
                    let help = "keep it until no code sends it";
                    self.say(&removed_language::RULE, self.new.span, message, help);
                }
            }
        }
    }

    fn category(&mut self) {
        let (Some(old), Some(new)) = (self.old.category, self.new.category) else { return };
        if old.value != new.value {
            let message =
                format!("the category changed from {} to {}", old.value.as_str(), new.value.as_str());
            let help = "the category of an approved template cannot change; give the template a new name";
            self.say(&changed_category::RULE, new.span, message, help);
        }
    }

    fn types(&mut self) {
        for old in &self.old.variables {
            let Some(new) = self.new.variable(&old.reference.value) else { continue };
            if old.kind != new.kind {
                let message = format!(
                    "the type of `{}` changed from {} to {}",
                    old.reference.value,
                    old.kind.as_str(),
                    new.kind.as_str()
                );
                let help = "make sure that the sent values fit, or use a new variable";
                self.say(&retyped_variable::RULE, new.reference.span, message, help);
            }
        }
    }

    fn has_parameters(&self) -> bool {
        let any =
            |template: &Template| template.texts().any(|(_, _, text)| text.placeholders().next().is_some());
        any(self.old) && any(self.new)
    }

    fn version(&mut self, old: &Version, new: &Version) {
        let before = Contract::new(self.old, old);
        let after = Contract::new(self.new, new);
        if before.header != after.header {
            let span = new.header.as_ref().map_or(new.span, crate::model::Header::span);
            let message = format!("the header changed from {} to {}", before.header, after.header);
            self.say(&changed_header::RULE, span, message, "give the template a new name");
        }
        if before.buttons != after.buttons {
            let span = new.buttons.first().map_or(new.span, |button| button.span);
            let message = format!(
                "the buttons with parameters changed from {} to {}",
                before.button_words(),
                after.button_words()
            );
            self.say(
                &changed_buttons::RULE,
                span,
                message,
                "keep these buttons in their positions, or give the template a new name",
            );
        }
        // In the other format, every sender has to be changed in any case.
        if self.old.parameter_format != self.new.parameter_format {
            return;
        }
        for (part, noun) in before.parts(&after) {
            let Some(change) = contract::change(before.parameters(part), after.parameters(part), self.new)
            else {
                continue;
            };
            let text = new.texts_and_urls().find(|(own, _)| *own == part).map(|(_, text)| text.span);
            let message = format!("the parameters of the {noun} changed: {change}");
            let help =
                "send the new parameters after the version is approved, or give the template a new name";
            self.say(&changed_parameters::RULE, text.unwrap_or(new.span), message, help);
        }
    }

    fn say(&mut self, rule: &'static crate::diagnostic::Rule, span: Span, message: String, help: &str) {
        self.found.push(Diagnostic::new(rule, span, message).help(help));
    }
}
