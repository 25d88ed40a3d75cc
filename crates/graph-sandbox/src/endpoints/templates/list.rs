//! Reading templates: one, or a page of the account's list.

use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::endpoints::{fields, render};
use crate::graph_error::GraphError;
use crate::identifiers;
use crate::model::clock;
use crate::model::json::plain;
use crate::model::template::Template;
use crate::protocol::request::ApiRequest;

// What comes when nothing is asked for, as observed; no maximum is documented, this one is the sandbox's own.
const DEFAULT_LIMIT: usize = 25;
const MAX_LIMIT: usize = 1_000;

// Filter values (Meta: Graph API reference of the list).
const STATUSES: [&str; 10] = [
    "APPROVED",
    "IN_APPEAL",
    "PENDING",
    "REJECTED",
    "PENDING_DELETION",
    "DELETED",
    "DISABLED",
    "PAUSED",
    "LIMIT_EXCEEDED",
    "ARCHIVED",
];

/// `GET /{template-id}`.
pub(crate) fn one(emulator: &Emulator, call: &ApiRequest, id: &str) -> Result<Value, GraphError> {
    let template = emulator.account.by_id(id).ok_or_else(|| GraphError::unknown_object("GET", id))?;
    let wanted = fields::wanted(call, &render::TEMPLATE_FIELDS)?;
    let scenario = &emulator.settings.scenario;
    Ok(fields::project(&render::node(template, scenario, emulator.account.now()), &wanted))
}

/// `GET /{waba}/message_templates`: only the page is looked at, unless a sum is asked for.
pub(crate) fn page(emulator: &Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let wanted = fields::wanted(call, &render::TEMPLATE_FIELDS)?;
    let filter = TemplateFilter::read(call)?;
    let page = TemplatePage::read(emulator, call, &filter)?;
    let (scenario, now) = (&emulator.settings.scenario, emulator.account.now());
    let node = |template: &&Template| fields::project(&render::node(template, scenario, now), &wanted);
    let rows: Vec<Value> = page.shown.iter().map(node).collect();
    let mut answer = Map::from_iter([("data".to_owned(), Value::from(rows))]);
    if let (Some(first), Some(last)) = (page.shown.first(), page.shown.last()) {
        answer.insert("paging".to_owned(), paging(emulator, call, [first, last], [page.earlier, page.later]));
    }
    if let Some(asked) = call.list("summary") {
        let fitting =
            emulator.account.templates.newest().filter(|(_, template)| filter.fits(template)).count();
        answer.insert("summary".to_owned(), summary(&asked, emulator, fitting)?);
    }
    Ok(Value::Object(answer))
}

/// The templates of one page, and whether there are more before and after it.
struct TemplatePage<'a> {
    shown: Vec<&'a Template>,
    earlier: bool,
    later: bool,
}

impl<'a> TemplatePage<'a> {
    fn read(emulator: &'a Emulator, call: &ApiRequest, filter: &TemplateFilter) -> Result<Self, GraphError> {
        let limit = limit(call)?;
        let templates = &emulator.account.templates;
        let cursor = |key: &str| call.text(key).filter(|cursor| !cursor.is_empty());
        let fits = |row: &(u64, &Template)| filter.fits(row.1);
        let (mut shown, backwards): (Vec<_>, bool) = match (cursor("after"), cursor("before")) {
            (Some(after), _) => match place(emulator, after)? {
                Some(row) => (templates.older(row).filter(fits).take(limit + 1).collect(), false),
                None => (templates.newest().filter(fits).take(limit + 1).collect(), false),
            },
            (None, Some(before)) => match place(emulator, before)? {
                Some(row) => (templates.newer(row).filter(fits).take(limit + 1).collect(), true),
                None => (Vec::new(), true),
            },
            (None, None) => (templates.newest().filter(fits).take(limit + 1).collect(), false),
        };
        let more = shown.len() > limit;
        shown.truncate(limit);
        if backwards {
            shown.reverse();
        }
        let beyond = |row: Option<&(u64, &Template)>, backwards: bool| {
            row.is_some_and(|(number, _)| match backwards {
                true => templates.older(*number).any(|row| fits(&row)),
                false => templates.newer(*number).any(|row| fits(&row)),
            })
        };
        let (earlier, later) = match backwards {
            true => (more, beyond(shown.last(), true)),
            false => (beyond(shown.first(), false), more),
        };
        Ok(Self { shown: shown.into_iter().map(|(_, template)| template).collect(), earlier, later })
    }
}

// The row of a cursor; none is the place before the first.
fn place(emulator: &Emulator, cursor: &str) -> Result<Option<u64>, GraphError> {
    let cursor = identifiers::usual_cursor(cursor);
    if cursor == identifiers::first_cursor() {
        return Ok(None);
    }
    emulator.account.templates.at_cursor(cursor).map(Some).ok_or_else(GraphError::cursor)
}

struct TemplateFilter {
    name: String,
    content: String,
    name_or_content: String,
    status: Vec<String>,
    category: Vec<String>,
    language: Vec<String>,
    quality: Vec<String>,
    source: Vec<String>,
    correct_category: Vec<String>,
    /// Bounds of the last change.
    since: Option<i64>,
    until: Option<i64>,
}

impl TemplateFilter {
    fn read(call: &ApiRequest) -> Result<Self, GraphError> {
        let upper = |key: &str| -> Vec<String> {
            call.list(key).unwrap_or_default().iter().map(|item| item.to_ascii_uppercase()).collect()
        };
        let lower = |key: &str| call.text(key).unwrap_or_default().to_lowercase();
        let status = upper("status");
        if let Some(stray) = status.iter().find(|status| !STATUSES.contains(&status.as_str())) {
            return Err(GraphError::parameter(format!(
                "Param status must be one of {STATUSES:?} - got \"{stray}\"."
            )));
        }
        Ok(Self {
            name: lower("name"),
            content: lower("content"),
            name_or_content: lower("name_or_content"),
            status,
            category: upper("category"),
            language: call.list("language").unwrap_or_default(),
            quality: upper("quality_score"),
            source: upper("source"),
            correct_category: upper("correct_category"),
            since: moment(call, "since")?,
            until: moment(call, "until")?,
        })
    }

    // `name` finds parts of names: clients that expect an exact match must look again.
    fn fits(&self, template: &Template) -> bool {
        let among =
            |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|item| item == value);
        let holds = |text: &str| {
            text.is_empty()
                || Value::from(template.components.clone()).to_string().to_lowercase().contains(text)
        };
        template.name.contains(&self.name)
            && holds(&self.content)
            && (template.name.contains(&self.name_or_content) || holds(&self.name_or_content))
            && self.since.is_none_or(|since| template.updated >= since)
            && self.until.is_none_or(|until| template.updated <= until)
            && among(&self.source, &template.source)
            && among(&self.correct_category, template.correct_category.as_deref().unwrap_or_default())
            && among(&self.status, &template.status)
            && among(&self.category, &template.category)
            && among(&self.language, &template.language)
            && among(&self.quality, &template.quality)
    }
}

// Seconds since 1970, or a date as `last_updated_time` has it.
fn moment(call: &ApiRequest, key: &str) -> Result<Option<i64>, GraphError> {
    let Some(value) = call.parameters.get(key) else { return Ok(None) };
    let text = plain(value);
    let found = text.parse().ok().or_else(|| clock::parse(&text));
    found
        .map(Some)
        .ok_or_else(|| GraphError::parameter(format!("Param {key} must be a date - got \"{text}\".")))
}

fn limit(call: &ApiRequest) -> Result<usize, GraphError> {
    let Some(text) = call.text("limit") else { return Ok(DEFAULT_LIMIT) };
    let error = || GraphError::parameter(format!("Param limit must be a positive number - got \"{text}\"."));
    let limit: usize = text.parse().map_err(|_| error())?;
    if limit == 0 { Err(error()) } else { Ok(limit.min(MAX_LIMIT)) }
}

// `next` is a whole address with the token in it, as Meta's is: who follows or logs it is caught.
fn paging(emulator: &Emulator, call: &ApiRequest, ends: [&Template; 2], more: [bool; 2]) -> Value {
    let [first, last] = ends.map(|template| identifiers::cursor(&template.id));
    let mut paging = Map::from_iter([("cursors".to_owned(), json!({"before": first, "after": last}))]);
    let [earlier, later] = more;
    if later {
        paging.insert("next".to_owned(), Value::from(address(emulator, call, "after", &last)));
    }
    if earlier {
        paging.insert("previous".to_owned(), Value::from(address(emulator, call, "before", &first)));
    }
    Value::Object(paging)
}

/// A whole address of a page, with the token in it.
pub(crate) fn address(emulator: &Emulator, call: &ApiRequest, key: &str, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("access_token", call.token().unwrap_or(&emulator.settings.token));
    let kept =
        call.query.iter().filter(|(name, _)| !["access_token", "after", "before"].contains(&name.as_str()));
    query.extend_pairs(kept).append_pair(key, cursor);
    format!("{}{}?{}", emulator.base_url, call.whole_path, query.finish())
}

fn summary(asked: &[String], emulator: &Emulator, fitting: usize) -> Result<Value, GraphError> {
    let known = |name: &str| match name {
        "total_count" => Some(json!(fitting)),
        "message_template_count" => Some(json!(emulator.account.templates.len())),
        "message_template_limit" => Some(json!(emulator.settings.scenario.limits.templates)),
        "are_translations_complete" => Some(json!(true)),
        _ => None,
    };
    let entry = |name: &String| match known(name) {
        Some(value) => Ok((name.clone(), value)),
        None => Err(GraphError::parameter(format!("Param summary has no value \"{name}\"."))),
    };
    asked.iter().map(entry).collect::<Result<Map<_, _>, _>>().map(Value::Object)
}
