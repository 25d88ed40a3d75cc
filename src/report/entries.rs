//! The page that says where each entry of the catalogue of Meta's rules is kept.

use crate::rules::{self, Entry, Kept, SECTIONS};

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
    let count = |is: fn(&Kept) -> bool| all().filter(|entry| is(&entry.kept)).count();
    format!(
        "Everything that Meta is known to refuse, to reject, to file elsewhere or to show badly: {} entries. {} are kept by \
         rules,\n{} by the tables of keys (and the rules that read them), {} by the code, because they cannot be said or \
         sent, and {} by\nplans and answers of the account. {} are left out, with a reason.\n",
        all().count(),
        count(|kept| matches!(kept, Kept::Rule)),
        count(|kept| matches!(kept, Kept::Row { .. })),
        count(|kept| matches!(kept, Kept::Type { .. })),
        count(|kept| matches!(kept, Kept::Plan { .. })),
        count(|kept| matches!(kept, Kept::Out(_))),
    )
}

fn kept(entry: &Entry) -> String {
    let links = || {
        let all = rules::all().into_iter().filter(|rule| rule.entries.contains(&entry.id));
        let links = all.map(|rule| format!("[`{0}`]({0}.md)", rule.id));
        links.collect::<Vec<_>>().join(", ")
    };
    match entry.kept {
        Kept::Rule => links(),
        Kept::Row { table, key: "*" } => format!("the keys of `{table}`: {}", links()),
        Kept::Row { table, key } => format!("the key `{key}` of `{table}`: {}", links()),
        Kept::Type { file, how, .. } | Kept::Plan { file, how, .. } => format!("`{file}`: {how}"),
        Kept::Out(why) => format!("left out: {why}"),
    }
}
