//! [`Template`]s to the manifest that senders need: which variable is which parameter, in each language.

use serde_json::{Map, Value, json};

use crate::compile::Numbering;
use crate::model::{CardPart, ParameterFormat, Part, Reference, Template, Text, Variable, Version};

/// The version of the manifest's form.
pub const VERSION: u32 = 1;

/// The manifest of an account's templates.
pub fn manifest<'t>(account: &str, templates: impl IntoIterator<Item = &'t Template>) -> Value {
    let templates: Vec<_> = templates.into_iter().filter_map(one).collect();
    json!({ "version": VERSION, "account": account, "templates": templates })
}

/// One template; `None` where it has no name or no category, which was reported.
fn one(template: &Template) -> Option<Value> {
    let numbering = Numbering::new(template);
    let variables = template.variables.iter();
    let variables: Map<_, _> =
        variables.map(|found| (found.reference.to_string(), variable(found))).collect();
    let languages = template.versions.iter().filter_map(|version| {
        let code = version.language?.value.code().to_owned();
        Some((code, parameters(template, version, &numbering)))
    });
    let languages: Map<_, _> = languages.collect();
    let applies_to = template.applies_to.as_ref().map(|record| {
        let text =
            |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        json!({ "model": text(&record.model), "phone": text(&record.phone) })
    });
    Some(json!({
        "name": template.name.as_ref()?.value.as_str(),
        "category": template.category()?.as_str(),
        "parameter_format": template.parameter_format.as_str(),
        "applies_to": applies_to,
        "variables": variables,
        "languages": languages,
    }))
}

fn variable(variable: &Variable) -> Value {
    json!({
        "type": variable.kind.as_str(),
        "sample": variable.sample.as_ref().map(|sample| &sample.value),
        "max_length": variable.max_length.map(|length| length.value),
        "bind": variable.bind.as_ref().map(|bind| &bind.value),
        "fallback": variable.fallback,
        "description": variable.description,
    })
}

/// Per component, which variable has which number; where parameters are named, which name.
fn parameters(template: &Template, version: &Version, numbering: &Numbering<'_>) -> Value {
    let parts = version.texts_and_urls().filter_map(|(part, text)| {
        let found = text_parameters(template, part, text, numbering);
        (!found.is_empty()).then(|| component(part, found))
    });
    parts.collect()
}

/// `component`, the `index` of a button, the `card` of a carousel, and the `parameters`.
fn component(part: Part, parameters: Map<String, Value>) -> Value {
    let (name, card, index) = match part {
        Part::Header => ("header", None, None),
        Part::Body => ("body", None, None),
        Part::Footer => ("footer", None, None),
        Part::Offer => ("limited_time_offer", None, None),
        Part::Label(index) | Part::Url(index) => ("button", None, Some(index)),
        Part::Card(card, CardPart::Body) => ("body", Some(card), None),
        Part::Card(card, CardPart::Label(index) | CardPart::Url(index)) => {
            ("button", Some(card), Some(index))
        }
    };
    let fields = [
        ("component", Some(Value::from(name))),
        ("card", card.map(Value::from)),
        ("index", index.map(Value::from)),
        ("parameters", Some(Value::Object(parameters))),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn text_parameters(
    template: &Template,
    part: Part,
    text: &Text,
    numbering: &Numbering<'_>,
) -> Map<String, Value> {
    let named = template.parameter_format == ParameterFormat::Named && !part.is_url();
    let references = numbering.references(part, text).into_iter();
    let entries = references.map(|reference| {
        let wire = match &reference {
            Reference::Name(name) if named => Value::from(name.as_str()),
            _ => numbering.number(part, &reference).into(),
        };
        (reference.to_string(), wire)
    });
    entries.collect()
}
