//! Variables.

use super::rules::INVALID_NAME;
use super::{Fields, Lowering, fields};
use crate::diagnostic::Diagnostic;
use crate::model::{Reference, Variable, VariableType};
use crate::platform::keys;
use crate::source::Spanned;
use crate::syntax::text::is_reference;
use crate::syntax::tree::{Entry, Value};

impl Lowering<'_> {
    pub(super) fn variables(&mut self, fields: &Fields<'_, '_>) -> Vec<Variable> {
        let Some(Value::Map(entries)) = fields.get("variables").map(|node| &node.value) else {
            return Vec::new();
        };
        fields::duplicates(entries, self.diagnostics);
        entries.iter().filter_map(|entry| self.variable(entry)).collect()
    }

    fn variable(&mut self, entry: &Entry<'_>) -> Option<Variable> {
        let reference = self.reference(entry)?;
        let mut variable = Variable {
            reference,
            sample: None,
            kind: VariableType::default(),
            max_length: None,
            bind: None,
            fallback: None,
            description: None,
        };
        if let Some(scalar) = entry.value.scalar() {
            let sample = scalar.text.trim_end_matches('\n').to_owned();
            variable.sample = Some(Spanned::new(sample, entry.value.span));
            return Some(variable);
        }
        let inner = Fields::read(&entry.value, &keys::VARIABLE, "variable", self.diagnostics);
        variable.sample = inner.text("sample");
        variable.kind = self.variable_type(&inner);
        variable.max_length = inner.number("max_length", self.diagnostics);
        variable.bind = inner.text("bind");
        variable.fallback = inner.text("fallback").map(|text| text.value);
        variable.description = inner.text("description").map(|text| text.value);
        Some(variable)
    }

    fn reference(&mut self, entry: &Entry<'_>) -> Option<Spanned<Reference>> {
        let key = &*entry.key;
        if is_reference(key) {
            let reference = match key.parse() {
                Ok(number) => Reference::Number(number),
                Err(_) => Reference::Name(key.to_owned()),
            };
            return Some(Spanned::new(reference, entry.key_span));
        }
        if !key.is_empty() {
            let message = format!("`{}` is not a valid variable name", fields::shortened(key));
            self.diagnostics.push(
                Diagnostic::new(&INVALID_NAME, entry.key_span, message)
                    .label("lowercase letters, digits and underscores, starting with a letter")
                    .help("use a name such as `customer`, here and in the texts"),
            );
        }
        None
    }

    fn variable_type(&mut self, fields: &Fields<'_, '_>) -> VariableType {
        let Some(word) = fields.text("type") else { return VariableType::default() };
        VariableType::new(&word.value).unwrap_or_else(|| {
            self.unknown_word(&word, "type", &VariableType::ALL.map(VariableType::as_str));
            VariableType::default()
        })
    }
}
