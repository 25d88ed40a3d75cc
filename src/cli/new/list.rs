//! The gallery as a list.

use crate::gallery::GALLERY;
use crate::model::{Template, Version};
use crate::report::Terminal;
use crate::report::terminal::escape_control;

/// Name, category, languages and description of every template.
pub(super) fn render(terminal: Terminal) -> String {
    let width = GALLERY.iter().map(|item| item.name().len()).max().unwrap_or(0);
    let rows = GALLERY.iter().filter_map(|item| Some((item.name(), item.template()?)));
    rows.map(|(name, template)| {
        let category = template.category().map(|category| category.as_str()).unwrap_or_default();
        let name = terminal.bold(format!("{name:width$}"));
        let languages = terminal.dim(codes(&template));
        format!(
            "{name}  {category:14}  {languages}\n{:width$}  {}\n",
            "",
            escape_control(description(&template))
        )
    })
    .collect()
}

/// What a template is for, in its own words.
pub(super) fn description(template: &Template) -> &str {
    template.metadata.description.as_deref().unwrap_or_default()
}

fn codes(template: &Template) -> String {
    template.versions.iter().map(Version::code).collect::<Vec<_>>().join(", ")
}
