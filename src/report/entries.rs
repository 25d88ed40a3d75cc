//! The page that lists where each entry of the catalogue of Meta's rules is covered.

use crate::rules::{self, CatalogueEntry, Coverage, SECTIONS};

/// The page, in Markdown: `docs/rules/entries.md`.
pub fn page() -> String {
    let mut text = String::from("# Entries\n\n");
    text += &summary();
    for section in &SECTIONS {
        text += &format!("\n## {}\n\n| entry | kept by |\n|---|---|\n", section.title);
        for entry in section.entries {
            text += &format!("| `{}` | {} |\n", entry.id, kept(entry));
        }
    }
    text
}

fn summary() -> String {
    let all = || SECTIONS.iter().flat_map(|section| section.entries);
    let count = |is: fn(&Coverage) -> bool| all().filter(|entry| is(&entry.coverage)).count();
    format!(
        "Everything that Meta is known to refuse, to reject, to file elsewhere or to show badly: {} entries. {} are kept by \
         rules,\n{} by the tables of keys (and the rules that read them), {} by the code, because they cannot be said or \
         sent, and {} by\nplans and answers of the account. {} are left out, with a reason.\n",
        all().count(),
        count(|kept| matches!(kept, Coverage::Rule)),
        count(|kept| matches!(kept, Coverage::Row { .. })),
        count(|kept| matches!(kept, Coverage::Type { .. })),
        count(|kept| matches!(kept, Coverage::Plan { .. })),
        count(|kept| matches!(kept, Coverage::Out(_))),
    )
}

fn kept(entry: &CatalogueEntry) -> String {
    let links = || {
        let all = rules::all().into_iter().filter(|rule| rule.entries.contains(&entry.id));
        let links = all.map(|rule| format!("[`{0}`]({0}.md)", rule.id));
        links.collect::<Vec<_>>().join(", ")
    };
    match entry.coverage {
        Coverage::Rule => links(),
        Coverage::Row { table, key: "*" } => format!("the keys of `{table}`: {}", links()),
        Coverage::Row { table, key } => format!("the key `{key}` of `{table}`: {}", links()),
        Coverage::Type { file, how, .. } | Coverage::Plan { file, how, .. } => format!("`{file}`: {how}"),
        Coverage::Out(why) => format!("left out: {why}"),
    }
}
