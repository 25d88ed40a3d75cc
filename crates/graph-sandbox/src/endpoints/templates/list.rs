//! Reading templates: one, or a page of the account's list.

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::{fields, render};
use crate::graph_error::Refusal;
use crate::identifiers;
use crate::model::clock;
use crate::model::json::plain;
use crate::model::template::Template;
use crate::protocol::request::Call;

// What comes when nothing is asked for, as observed; no maximum is documented, this one is the sandbox's own.
const PAGE: usize = 25;
const LARGEST_PAGE: usize = 1_000;

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
pub(crate) fn one(world: &World, call: &Call, id: &str) -> Result<Value, Refusal> {
    let template = world.account.by_id(id).ok_or_else(|| Refusal::unknown_object("GET", id))?;
    let wanted = fields::wanted(call, &render::NODE)?;
    let scenario = &world.settings.scenario;
    Ok(fields::project(&render::node(template, scenario, world.account.now()), &wanted))
}

/// `GET /{waba}/message_templates`: only the page is looked at, unless a sum is asked for.
pub(crate) fn page(world: &World, call: &Call) -> Result<Value, Refusal> {
    let wanted = fields::wanted(call, &render::NODE)?;
    let filter = Filter::read(call)?;
    let page = Page::read(world, call, &filter)?;
    let (scenario, now) = (&world.settings.scenario, world.account.now());
    let node = |template: &&Template| fields::project(&render::node(template, scenario, now), &wanted);
    let rows: Vec<Value> = page.shown.iter().map(node).collect();
    let mut answer = Map::from_iter([("data".to_owned(), Value::from(rows))]);
    if let (Some(first), Some(last)) = (page.shown.first(), page.shown.last()) {
        answer.insert("paging".to_owned(), paging(world, call, [first, last], [page.earlier, page.later]));
    }
    if let Some(asked) = call.list("summary") {
        let fitting = world.account.templates.newest().filter(|(_, template)| filter.fits(template)).count();
        answer.insert("summary".to_owned(), summary(&asked, world, fitting)?);
    }
    Ok(Value::Object(answer))
}

/// What one page shows, and whether there is more on either side.
struct Page<'a> {
    shown: Vec<&'a Template>,
    earlier: bool,
    later: bool,
}

impl<'a> Page<'a> {
    fn read(world: &'a World, call: &Call, filter: &Filter) -> Result<Self, Refusal> {
        let limit = limit(call)?;
        let templates = &world.account.templates;
        let cursor = |key: &str| call.text(key).filter(|cursor| !cursor.is_empty());
        let fits = |row: &(u64, &Template)| filter.fits(row.1);
        let (mut shown, backwards): (Vec<_>, bool) = match (cursor("after"), cursor("before")) {
            (Some(after), _) => match place(world, after)? {
                Some(row) => (templates.older(row).filter(fits).take(limit + 1).collect(), false),
                None => (templates.newest().filter(fits).take(limit + 1).collect(), false),
            },
            (None, Some(before)) => match place(world, before)? {
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
fn place(world: &World, cursor: &str) -> Result<Option<u64>, Refusal> {
    let cursor = identifiers::usual_cursor(cursor);
    if cursor == identifiers::first_cursor() {
        return Ok(None);
    }
    world.account.templates.at_cursor(cursor).map(Some).ok_or_else(Refusal::cursor)
}

struct Filter {
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

impl Filter {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let upper = |key: &str| -> Vec<String> {
            call.list(key).unwrap_or_default().iter().map(|item| item.to_ascii_uppercase()).collect()
        };
        let lower = |key: &str| call.text(key).unwrap_or_default().to_lowercase();
        let status = upper("status");
        if let Some(stray) = status.iter().find(|status| !STATUSES.contains(&status.as_str())) {
            return Err(Refusal::parameter(format!(
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
fn moment(call: &Call, key: &str) -> Result<Option<i64>, Refusal> {
    let Some(value) = call.parameters.get(key) else { return Ok(None) };
    let text = plain(value);
    let found = text.parse().ok().or_else(|| clock::parse(&text));
    found.map(Some).ok_or_else(|| Refusal::parameter(format!("Param {key} must be a date - got \"{text}\".")))
}

fn limit(call: &Call) -> Result<usize, Refusal> {
    let Some(text) = call.text("limit") else { return Ok(PAGE) };
    let refusal = || Refusal::parameter(format!("Param limit must be a positive number - got \"{text}\"."));
    let limit: usize = text.parse().map_err(|_| refusal())?;
    if limit == 0 { Err(refusal()) } else { Ok(limit.min(LARGEST_PAGE)) }
}

// `next` is a whole address with the token in it, as Meta's is: who follows or logs it is caught.
fn paging(world: &World, call: &Call, ends: [&Template; 2], more: [bool; 2]) -> Value {
    let [first, last] = ends.map(|template| identifiers::cursor(&template.id));
    let mut paging = Map::from_iter([("cursors".to_owned(), json!({"before": first, "after": last}))]);
    let [earlier, later] = more;
    if later {
        paging.insert("next".to_owned(), Value::from(address(world, call, "after", &last)));
    }
    if earlier {
        paging.insert("previous".to_owned(), Value::from(address(world, call, "before", &first)));
    }
    Value::Object(paging)
}

/// A whole address of a page, with the token in it.
pub(crate) fn address(world: &World, call: &Call, key: &str, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("access_token", call.token().unwrap_or(&world.settings.token));
    let kept =
        call.query.iter().filter(|(name, _)| !["access_token", "after", "before"].contains(&name.as_str()));
    query.extend_pairs(kept).append_pair(key, cursor);
    format!("{}{}?{}", world.base_url, call.whole_path, query.finish())
}

fn summary(asked: &[String], world: &World, fitting: usize) -> Result<Value, Refusal> {
    let known = |name: &str| match name {
        "total_count" => Some(json!(fitting)),
        "message_template_count" => Some(json!(world.account.templates.len())),
        "message_template_limit" => Some(json!(world.settings.scenario.limits.templates)),
        "are_translations_complete" => Some(json!(true)),
        _ => None,
    };
    let entry = |name: &String| match known(name) {
        Some(value) => Ok((name.clone(), value)),
        None => Err(Refusal::parameter(format!("Param summary has no value \"{name}\"."))),
    };
    asked.iter().map(entry).collect::<Result<Map<_, _>, _>>().map(Value::Object)
}
