//! A small template to begin from, with explanatory comments.

pub mod config;
mod sample_texts;

use crate::model::{Category, Language, TemplateName};
use crate::syntax::SourceFormat;
use sample_texts::SampleTexts;

/// The template to write.
#[derive(Debug)]
pub struct Scaffold<'a> {
    /// The template's name.
    pub name: &'a TemplateName,
    /// The purpose of this template.
    pub category: Category,
    /// Its languages; the first one decides how variables are numbered.
    pub languages: &'a [Language],
}

impl Scaffold<'_> {
    /// Its text.
    pub fn text(&self, surface: SourceFormat) -> String {
        match (surface, self.category) {
            (SourceFormat::Yaml, Category::Authentication) => self.yaml_code(),
            (SourceFormat::Dsl, Category::Authentication) => self.dsl_code(),
            (SourceFormat::Yaml, _) => self.yaml(),
            (SourceFormat::Dsl, _) => self.dsl(),
        }
    }

    fn yaml(&self) -> String {
        let mut text = format!(
            "# Check this file with `watpl lint`, and deploy it to the sandbox with `watpl push`.\n\
             name: {}\n\
             category: {}\n\
             description: The purpose of this template.  # not sent to Meta\n\n\
             # Values that you fill in when you send. Meta's reviewers see the samples, so make them realistic.\n\
             variables:\n",
            self.name, self.category
        );
        for (name, sample, kind) in self.variables() {
            text += &format!("  {name}: {{ sample: {sample}, type: {kind} }}\n");
        }
        text += "\nlanguages:\n";
        for (index, (language, words)) in self.versions().into_iter().enumerate() {
            text += if index == 0 { "" } else { "\n" };
            let body = words.body(self.category).replace("<<", "{{").replace(">>", "}}");
            text += &format!("  {language}:\n    body: |\n{}", indented(&body, 6));
            text += &self.footer(words).map(|words| format!("    footer: {words}\n")).unwrap_or_default();
        }
        text + &self.unwritten("  ", ":")
    }

    fn dsl(&self) -> String {
        let mut text = format!(
            "# Check this file with `watpl lint`, and deploy it to the sandbox with `watpl push`.\n\
             template {} {{\n  \
               category {}\n  \
               description \"The purpose of this template.\"  # not sent to Meta\n\n  \
               # Values that you fill in when you send. Meta's reviewers see the samples, so make them realistic.\n",
            self.name, self.category
        );
        for (name, sample, kind) in self.variables() {
            text += &format!("  variable {name} \"{sample}\" type {kind}\n");
        }
        for (language, words) in self.versions() {
            let body = indented(words.body(self.category), 6);
            text += &format!("\n  language {language} {{\n    body \"\"\"\n{body}      \"\"\"\n");
            text += &self.footer(words).map(|words| format!("    footer \"{words}\"\n")).unwrap_or_default();
            text += "  }\n";
        }
        text + &self.unwritten("  ", "") + "}\n"
    }

    fn yaml_code(&self) -> String {
        format!(
            "# Meta writes the text of authentication templates in every language.\n\
             name: {}\n\
             category: authentication\n\
             ttl: 5m  # at most as long as the code is valid\n\n\
             body: {{ add_security_recommendation: true }}\n\
             footer: {{ code_expiration_minutes: 5 }}\n\
             buttons:\n  - {{ type: otp, otp_type: copy_code }}\n\n\
             languages: [{}]\n",
            self.name,
            self.codes(", ")
        )
    }

    fn dsl_code(&self) -> String {
        format!(
            "# Meta writes the text of authentication templates in every language.\n\
             template {} {{\n  \
               category authentication\n  \
               ttl 5m  # at most as long as the code is valid\n\n  \
               body (add_security_recommendation true)\n  \
               footer (code_expiration_minutes 5)\n  \
               button otp copy_code\n\n  \
               languages {}\n}}\n",
            self.name,
            self.codes(" ")
        )
    }

    fn codes(&self, separator: &str) -> String {
        self.languages.iter().map(|language| language.code()).collect::<Vec<_>>().join(separator)
    }

    fn variables(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self.category {
            Category::Marketing => &[("customer", "Amelia Grant", "name")],
            _ => &[("customer", "Amelia Grant", "name"), ("order", "A-1041", "code")],
        }
    }

    /// The languages that there are words for; where there are none at all, the first one in English.
    fn versions(&self) -> Vec<(Language, &'static SampleTexts)> {
        let known = self
            .languages
            .iter()
            .filter_map(|language| Some((*language, sample_texts::for_language(*language)?)));
        let known: Vec<_> = known.collect();
        match (known.is_empty(), self.languages.first()) {
            (true, Some(first)) => vec![(*first, &sample_texts::ENGLISH)],
            _ => known,
        }
    }

    fn footer(&self, words: &SampleTexts) -> Option<&'static str> {
        (self.category == Category::Marketing).then_some(words.way_out)
    }

    /// Languages without words yet, as comments: English under their code would be sent to people as it is.
    fn unwritten(&self, indent: &str, colon: &str) -> String {
        let written = self.versions();
        let left = self.languages.iter().filter(|language| written.iter().all(|(own, _)| own != *language));
        let lines = left.map(|language| match colon {
            "" => format!("\n{indent}# language {language}: add your text\n"),
            _ => format!("{indent}# {language}{colon} add your text\n"),
        });
        lines.collect()
    }
}

fn indented(text: &str, by: usize) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{:by$}{line}\n", "") };
    text.lines().map(line).collect()
}
