//! Reading templates: one, or a page of the account's list.

use serde_json::{Map, Value, json};

use crate::sandbox::call::Call;
use crate::sandbox::fields;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::template::Template;
use crate::sandbox::world::World;
use crate::sandbox::{identifiers, present, quota};

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
    let wanted = fields::wanted(call, &present::NODE)?;
    Ok(fields::project(&present::node(template, world.account.now()), &wanted))
}

/// `GET /{waba}/message_templates`.
pub(crate) fn page(world: &World, call: &Call) -> Result<Value, Refusal> {
    let wanted = fields::wanted(call, &present::NODE)?;
    let filter = Filter::read(call)?;
    let limit = limit(call)?;
    let fitting: Vec<&Template> =
        world.account.templates.iter().rev().filter(|template| filter.fits(template)).collect();
    let (from, to) = window(world, call, &fitting, limit)?;
    let shown = fitting.get(from..to).unwrap_or_default();
    let now = world.account.now();
    let rows: Vec<Value> =
        shown.iter().map(|template| fields::project(&present::node(template, now), &wanted)).collect();
    let mut answer = Map::from_iter([("data".to_owned(), Value::from(rows))]);
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        answer
            .insert("paging".to_owned(), paging(world, call, [first, last], [from > 0, to < fitting.len()]));
    }
    if let Some(asked) = call.list("summary") {
        answer.insert("summary".to_owned(), summary(&asked, fitting.len(), world.account.templates.len())?);
    }
    Ok(Value::Object(answer))
}

struct Filter {
    name: String,
    content: String,
    name_or_content: String,
    status: Vec<String>,
    category: Vec<String>,
    language: Vec<String>,
    quality: Vec<String>,
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
        })
    }

    // `name` finds parts of names: clients that expect an exact match must look again.
    fn fits(&self, template: &Template) -> bool {
        let among =
            |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|item| item == value);
        let content = Value::from(template.components.clone()).to_string().to_lowercase();
        template.name.contains(&self.name)
            && content.contains(&self.content)
            && (template.name.contains(&self.name_or_content) || content.contains(&self.name_or_content))
            && among(&self.status, &template.status)
            && among(&self.category, &template.category)
            && among(&self.language, &template.language)
            && among(&self.quality, &template.quality)
    }
}

fn limit(call: &Call) -> Result<usize, Refusal> {
    let Some(text) = call.text("limit") else { return Ok(PAGE) };
    let refusal = || Refusal::parameter(format!("Param limit must be a positive number - got \"{text}\"."));
    let limit: usize = text.parse().map_err(|_| refusal())?;
    if limit == 0 { Err(refusal()) } else { Ok(limit.min(LARGEST_PAGE)) }
}

// From where to where in the filtered list.
fn window(
    world: &World,
    call: &Call,
    fitting: &[&Template],
    limit: usize,
) -> Result<(usize, usize), Refusal> {
    let place = |cursor: &str| {
        let cursor = identifiers::usual_cursor(cursor);
        if cursor == identifiers::first_cursor() {
            return Ok((0, 0));
        }
        let all = world.account.templates.iter().rev();
        let at = all
            .clone()
            .position(|template| identifiers::cursor(&template.id) == cursor)
            .ok_or_else(Refusal::cursor)?;
        let passed: Vec<&str> = all.take(at).map(|template| template.id.as_str()).collect();
        let start = fitting.iter().take_while(|template| passed.contains(&template.id.as_str())).count();
        let hit = fitting.get(start).is_some_and(|template| identifiers::cursor(&template.id) == cursor);
        Ok((start, start + usize::from(hit)))
    };
    let ending = |start: usize| (start, fitting.len().min(start.saturating_add(limit)));
    match (call.text("after"), call.text("before")) {
        (Some(after), _) if !after.is_empty() => place(after).map(|(_, next)| ending(next)),
        (_, Some(before)) if !before.is_empty() => {
            place(before).map(|(end, _)| (end.saturating_sub(limit), end))
        }
        _ => Ok(ending(0)),
    }
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
    query.append_pair("access_token", &world.settings.token);
    let kept =
        call.query.iter().filter(|(name, _)| !["access_token", "after", "before"].contains(&name.as_str()));
    query.extend_pairs(kept).append_pair(key, cursor);
    format!("{}{}?{}", world.base_url, call.whole_path, query.finish())
}

fn summary(asked: &[String], fitting: usize, all: usize) -> Result<Value, Refusal> {
    let known = |name: &str| match name {
        "total_count" => Some(json!(fitting)),
        "message_template_count" => Some(json!(all)),
        "message_template_limit" => Some(json!(quota::TEMPLATES)),
        "are_translations_complete" => Some(json!(true)),
        _ => None,
    };
    let entry = |name: &String| match known(name) {
        Some(value) => Ok((name.clone(), value)),
        None => Err(Refusal::parameter(format!("Param summary has no value \"{name}\"."))),
    };
    asked.iter().map(entry).collect::<Result<Map<_, _>, _>>().map(Value::Object)
}
