//! What a create or edit call says, with its top-level values checked; `validate` has the components.

use serde_json::{Map, Value};

use crate::graph_error::{self, Refusal};
use crate::model::json::structured;
use crate::model::languages;
use crate::model::template::Template;

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

// Characters of a name (Meta: template management).
const LONGEST_NAME: usize = 512;
// Categories that can be asked for (Meta: templates overview).
const CATEGORIES: [&str; 3] = ["AUTHENTICATION", "MARKETING", "UTILITY"];
// Meta: message template reference; `CUSTOM` is only ever read.
const SUB_CATEGORIES: [&str; 7] = [
    "BOOKING_STATUS",
    "CALL_PERMISSIONS_REQUEST",
    "FLIGHT_DELAY_AND_GATE_CHANGE_ALERT",
    "FRAUD_ALERT",
    "ORDER_DETAILS",
    "ORDER_STATUS",
    "RICH_ORDER_STATUS",
];
// Parameters of the create and edit calls that this sandbox knows (Meta: message template reference).
const PARAMETERS: [&str; 16] = [
    "name",
    "language",
    "category",
    "components",
    "parameter_format",
    "sub_category",
    "display_format",
    "message_send_ttl_seconds",
    "allow_category_change",
    "cta_url_link_tracking_opted_out",
    "is_primary_device_delivery_only",
    "send_type",
    "bid_spec",
    "creative_sourcing_spec",
    "degrees_of_freedom_spec",
    "product_set_id",
];
// Parameters that every Graph call takes.
const GENERAL: [&str; 7] =
    ["access_token", "appsecret_proof", "fields", "format", "pretty", "locale", "debug"];

/// A template as a client wants it.
#[derive(Debug, Clone)]
pub(crate) struct Submission {
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    /// Whether placeholders have names instead of numbers.
    pub(crate) named: bool,
    pub(crate) sub_category: Option<String>,
    pub(crate) display_format: Option<String>,
    pub(crate) ttl: Option<i64>,
    pub(crate) tracking_opted_out: Option<bool>,
    pub(crate) primary_device_only: Option<bool>,
    pub(crate) degrees_of_freedom: Option<Value>,
    /// With `type` in upper case; empty when an edit leaves them alone.
    pub(crate) components: Vec<Object>,
}

impl Submission {
    /// Reads a create call.
    pub(crate) fn read(parameters: &Object) -> Result<Self, Refusal> {
        check_keys(parameters)?;
        let submission = Self {
            name: name(required(parameters, "name")?)?,
            language: language(required(parameters, "language")?)?,
            category: category(required(parameters, "category")?)?,
            named: false,
            sub_category: None,
            display_format: None,
            ttl: None,
            tracking_opted_out: None,
            primary_device_only: None,
            degrees_of_freedom: None,
            components: Vec::new(),
        };
        let submission = submission.with_options(parameters)?;
        if submission.components.is_empty() {
            return Err(Refusal::parameter("The parameter components is required."));
        }
        Ok(submission)
    }

    /// Reads an edit call: what it leaves out stays as it is.
    pub(crate) fn revise(template: &Template, parameters: &Object) -> Result<Self, Refusal> {
        check_keys(parameters)?;
        check_immutable(template, parameters)?;
        let asked = parameters.get("category").and_then(Value::as_str).map(category).transpose()?;
        // Meta: the edit call's reference.
        if parameters.contains_key("cta_url_link_tracking_opted_out") && asked.is_none() {
            return Err(Refusal::parameter(
                "The parameter category is required along with cta_url_link_tracking_opted_out.",
            ));
        }
        let category = asked.unwrap_or_else(|| template.category.clone());
        let submission = Self {
            name: template.name.clone(),
            language: template.language.clone(),
            named: template.parameter_format == "NAMED",
            sub_category: template.sub_category.clone().filter(|value| value != "CUSTOM"),
            display_format: template.display_format.clone(),
            // Each category has a range of its own.
            ttl: template.message_send_ttl_seconds.filter(|_| category == template.category),
            category,
            tracking_opted_out: template.cta_url_link_tracking_opted_out,
            primary_device_only: template.is_primary_device_delivery_only,
            degrees_of_freedom: template.degrees_of_freedom_spec.clone(),
            components: Vec::new(),
        };
        submission.with_options(parameters)
    }

    fn with_options(mut self, parameters: &Object) -> Result<Self, Refusal> {
        if let Some(format) = upper(parameters, "parameter_format")? {
            self.named = one_of("parameter_format", &format, &["NAMED", "POSITIONAL"])? == "NAMED";
        }
        if let Some(value) = upper(parameters, "sub_category")? {
            self.sub_category = Some(one_of("sub_category", &value, &SUB_CATEGORIES)?);
        }
        if let Some(value) = upper(parameters, "display_format")? {
            self.display_format = Some(one_of("display_format", &value, &["ORDER_DETAILS"])?);
        }
        if let Some(value) = parameters.get("message_send_ttl_seconds").filter(|value| !value.is_null()) {
            self.ttl = Some(integer("message_send_ttl_seconds", value)?);
        }
        if let Some(value) = upper(parameters, "send_type")? {
            one_of("send_type", &value, &["CAMPAIGN", "DIRECT", "TRIGGER"])?;
        }
        // Without effect since April 2025, and still a boolean.
        flag(parameters, "allow_category_change")?;
        self.tracking_opted_out =
            flag(parameters, "cta_url_link_tracking_opted_out")?.or(self.tracking_opted_out);
        self.primary_device_only =
            flag(parameters, "is_primary_device_delivery_only")?.or(self.primary_device_only);
        if let Some(value) = parameters.get("degrees_of_freedom_spec").filter(|value| !value.is_null()) {
            self.degrees_of_freedom = Some(structured(value));
        }
        if let Some(value) = parameters.get("components") {
            self.components = components(&structured(value))?;
        }
        self.check_combinations()?;
        Ok(self)
    }

    fn check_combinations(&self) -> Result<(), Refusal> {
        if self.sub_category.is_some() && self.category != "UTILITY" {
            return Err(Refusal::parameter(format!(
                "A template of the category {} takes no sub_category",
                self.category
            )));
        }
        self.ttl.map_or(Ok(()), |ttl| check_ttl(&self.category, ttl))
    }
}

/// A category in upper case, if there is such a one.
pub(crate) fn category(text: &str) -> Result<String, Refusal> {
    one_of("category", &text.to_ascii_uppercase(), &CATEGORIES)
}

/// An integer, also as text: the Graph API takes either.
pub(crate) fn integer(key: &str, value: &Value) -> Result<i64, Refusal> {
    let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    number.ok_or_else(|| Refusal::parameter(format!("Param {key} must be an integer - got {value}.")))
}

/// A value out of a fixed set.
pub(crate) fn one_of(key: &str, value: &str, allowed: &[&str]) -> Result<String, Refusal> {
    match allowed.contains(&value) {
        true => Ok(value.to_owned()),
        false => Err(Refusal::parameter(format!(
            "Param {key} must be one of {{{}}} - got \"{value}\".",
            allowed.join(", ")
        ))),
    }
}

fn check_keys(parameters: &Object) -> Result<(), Refusal> {
    let known = |key: &str| PARAMETERS.contains(&key) || GENERAL.contains(&key);
    match parameters.keys().find(|key| !known(key)) {
        Some(stray) => Err(Refusal::parameter(format!("The parameter {stray} is unsupported or misspelled"))),
        None => Ok(()),
    }
}

fn check_immutable(template: &Template, parameters: &Object) -> Result<(), Refusal> {
    let fixed = [("name", &template.name), ("language", &template.language)];
    match fixed
        .iter()
        .find(|(key, value)| parameters.get(*key).is_some_and(|asked| asked.as_str() != Some(value)))
    {
        Some((key, _)) => Err(Refusal::parameter(format!("The {key} of a template cannot be changed"))),
        None => Ok(()),
    }
}

fn required<'a>(parameters: &'a Object, key: &str) -> Result<&'a str, Refusal> {
    let text = parameters.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.ok_or_else(|| Refusal::parameter(format!("The parameter {key} is required.")))
}

fn upper(parameters: &Object, key: &str) -> Result<Option<String>, Refusal> {
    match parameters.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.to_ascii_uppercase())),
        Some(other) => Err(Refusal::parameter(format!("Param {key} must be a string - got {other}."))),
    }
}

fn flag(parameters: &Object, key: &str) -> Result<Option<bool>, Refusal> {
    match parameters.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(Value::String(text)) if text == "true" => Ok(Some(true)),
        Some(Value::String(text)) if text == "false" => Ok(Some(false)),
        Some(other) => Err(Refusal::parameter(format!("Param {key} must be a boolean - got {other}."))),
    }
}

fn name(text: &str) -> Result<String, Refusal> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if !text.chars().all(fits) {
        let detail = "Message template name can only have lowercase letters, digits and underscores.";
        return Err(Refusal::template(graph_error::NAME_FORMAT, detail));
    }
    if text.len() > LONGEST_NAME {
        return Err(Refusal::parameter(format!(
            "Param name must be no longer than {LONGEST_NAME} characters."
        )));
    }
    Ok(text.to_owned())
}

fn language(code: &str) -> Result<String, Refusal> {
    match languages::is_supported(code) {
        true => Ok(code.to_owned()),
        false => Err(Refusal::parameter(format!(
            "Param language is not a supported language code - got \"{code}\"."
        ))),
    }
}

// Seconds (Meta: time to live); -1 stands for 30 days, except for marketing.
fn check_ttl(category: &str, ttl: i64) -> Result<(), Refusal> {
    let (range, endless) = match category {
        "AUTHENTICATION" => (30..=900, true),
        "UTILITY" => (30..=43_200, true),
        _ => (43_200..=2_592_000, false),
    };
    if range.contains(&ttl) || (endless && ttl == -1) {
        return Ok(());
    }
    let (least, most) = (range.start(), range.end());
    Err(Refusal::parameter(format!(
        "Param message_send_ttl_seconds of {category} must be between {least} and {most} - got {ttl}."
    )))
}

fn components(value: &Value) -> Result<Vec<Object>, Refusal> {
    let refusal = |at: &str| Refusal::parameter(format!("Param {at} must be an array of objects."));
    let items = value.as_array().filter(|items| !items.is_empty()).ok_or_else(|| refusal("components"))?;
    let each = |(at, item): (usize, &Value)| {
        let mut component = item.as_object().cloned().ok_or_else(|| refusal(&format!("components[{at}]")))?;
        let kind = component.get("type").and_then(Value::as_str).map(str::to_ascii_uppercase);
        let kind =
            kind.ok_or_else(|| Refusal::parameter(format!("Param components[{at}]['type'] is required.")))?;
        component.insert("type".to_owned(), Value::from(kind));
        Ok(component)
    };
    items.iter().enumerate().map(each).collect()
}
