//! Selection of templates and languages: the same patterns in all commands.
//!
//! ```text
//! order_shipped  order_*     names, also with wildcards
//! tag:shipping               templates with a tag
//! lang:fa  lang:en_*         languages
//! ```
//!
//! Names and tags add to each other; languages, and what has changed, narrow down what they chose.

use std::collections::BTreeSet;

use crate::model::Template;
use crate::pattern::{Pattern, PatternBudget};
use crate::payload::VersionKey;

/// The selection; everything by default.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    words: Vec<String>,
    names: Vec<Pattern>,
    tags: Vec<Pattern>,
    languages: Vec<Pattern>,
    /// The names of the templates with one of the tags.
    tagged: BTreeSet<String>,
    /// The names of the templates whose files have changed, where only they are meant.
    changed: Option<BTreeSet<String>>,
}

/// A word that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a valid pattern: {cause}")]
pub struct BadPattern {
    /// The word, or its beginning.
    pub word: String,
    /// The problem.
    pub cause: String,
}

impl Selection {
    /// Reads the words of a command or of a configuration.
    ///
    /// # Errors
    /// Returns an error if one of them is no pattern.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w String>) -> Result<Self, BadPattern> {
        let mut selection = Self::default();
        let mut budget = PatternBudget::default();
        for word in words {
            let mut pattern = |text: &str| {
                let pattern = Pattern::new(text).and_then(|pattern| budget.take(text).map(|()| pattern));
                pattern.map_err(|error| BadPattern { word: shortened(word), cause: error.to_string() })
            };
            if let Some(tag) = word.strip_prefix("tag:") {
                selection.tags.push(pattern(tag)?);
            } else if let Some(language) = word.strip_prefix("lang:") {
                selection.languages.push(pattern(&language.replace('-', "_"))?);
            } else {
                selection.names.push(pattern(word)?);
            }
            selection.words.push(word.clone());
        }
        Ok(selection)
    }

    /// Records which templates have the tags.
    #[must_use]
    pub fn resolve<'t>(mut self, templates: impl IntoIterator<Item = &'t Template>) -> Self {
        let has = |template: &&Template| {
            template.metadata.tags.iter().any(|own| self.tags.iter().any(|tag| tag.matches(&own.value)))
        };
        let tagged = templates.into_iter().filter(has).map(|template| template.title().to_owned());
        self.tagged = tagged.collect();
        self
    }

    /// Narrowed down to the templates with these names.
    #[must_use]
    pub fn restrict_to(mut self, names: BTreeSet<String>) -> Self {
        self.changed = Some(names);
        self
    }

    /// The words that it was made of.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The names that it was narrowed down to.
    pub fn changed(&self) -> Option<&BTreeSet<String>> {
        self.changed.as_ref()
    }

    /// Returns whether everything is selected.
    pub fn is_all(&self) -> bool {
        self.words.is_empty() && self.changed.is_none()
    }

    /// Returns whether a template is selected, in some language.
    pub fn has_name(&self, name: &str) -> bool {
        let chosen = (self.names.is_empty() && self.tags.is_empty())
            || self.names.iter().any(|pattern| pattern.matches(name))
            || self.tagged.contains(name);
        chosen && self.changed.as_ref().is_none_or(|changed| changed.contains(name))
    }

    /// Returns whether a version is selected.
    pub fn contains(&self, key: &VersionKey) -> bool {
        let spoken =
            self.languages.is_empty() || self.languages.iter().any(|pattern| pattern.matches(&key.language));
        spoken && self.has_name(&key.name)
    }

    /// The first word that selects none of these versions: a slip, more often than a wish.
    pub fn first_unmatched(&self, keys: &[&VersionKey]) -> Option<String> {
        let names = |pattern: &Pattern| keys.iter().any(|key| pattern.matches(&key.name));
        let languages = |pattern: &Pattern| keys.iter().any(|key| pattern.matches(&key.language));
        let name =
            self.names.iter().find(|pattern| !names(pattern)).map(|pattern| pattern.as_str().to_owned());
        let language = self.languages.iter().find(|pattern| !languages(pattern));
        let tag = self.tags.first().filter(|_| self.tagged.is_empty());
        name.or_else(|| language.map(|pattern| format!("lang:{}", pattern.as_str())))
            .or_else(|| tag.map(|pattern| format!("tag:{}", pattern.as_str())))
    }
}

/// The beginning of a word, as it is quoted in a message.
fn shortened(word: &str) -> String {
    const LIMIT: usize = 60;
    match word.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}…", word.get(..at).unwrap_or_default()),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(words: &str, changed: Option<&str>) -> String {
        let words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
        let mut selection = Selection::parse(&words).expect("patterns");
        selection.tagged = if selection.tags.is_empty() { [].into() } else { ["sale".to_owned()].into() };
        if let Some(name) = changed {
            selection = selection.restrict_to([name.to_owned()].into());
        }
        let all = [("order", "en_US"), ("order", "fa"), ("order_update", "fa"), ("sale", "en_US")];
        let keys = all.map(|(name, language)| VersionKey { name: name.into(), language: language.into() });
        let chosen = keys.iter().filter(|key| selection.contains(key)).map(ToString::to_string);
        chosen.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_and_tags_add_and_languages_narrow() {
        assert_eq!(selected("", None), "order/en_US order/fa order_update/fa sale/en_US");
        assert_eq!(selected("order", None), "order/en_US order/fa");
        assert_eq!(selected("order*", None), "order/en_US order/fa order_update/fa");
        assert_eq!(selected("order* lang:fa", None), "order/fa order_update/fa");
        assert_eq!(selected("lang:en-US", None), "order/en_US sale/en_US");
        assert_eq!(selected("tag:summer", None), "sale/en_US");
        assert_eq!(selected("tag:summer order lang:en_*", None), "order/en_US sale/en_US");
        assert_eq!(selected("", Some("sale")), "sale/en_US");
        assert_eq!(selected("order*", Some("sale")), "");
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let long = "*".repeat(2_000);
        for word in ["[", "tag:", "lang:", "", "{a", &long] {
            let error = Selection::parse(&[word.to_owned()]).expect_err(word);
            assert!(error.to_string().len() < 200, "{error}");
        }
        let many: Vec<_> = (0..300).map(|number| format!("order_{number}_*")).collect();
        assert!(Selection::parse(&many).is_err());
        let names: Vec<_> = (0..3_000).map(|number| format!("order_{number}")).collect();
        assert!(Selection::parse(&names).is_ok());
    }

    #[test]
    fn a_word_that_selects_nothing_is_known() {
        let key = VersionKey { name: "order".into(), language: "fa".into() };
        let idle = |word: &str| {
            let selection = Selection::parse(&[word.to_owned()]).expect("a pattern");
            selection.first_unmatched(&[&key])
        };
        assert_eq!(idle("order"), None);
        assert_eq!(idle("lang:fa"), None);
        assert_eq!(idle("oder"), Some("oder".into()));
        assert_eq!(idle("lang:de"), Some("lang:de".into()));
        assert_eq!(idle("tag:x"), Some("tag:x".into()));
    }
}
