//! Placeholders in a text: `{{1}}` or `{{name}}`.

use crate::graph_error::GraphError;

/// One row of the table of subcodes.
type Subcode = (u32, &'static str);

/// The placeholders of one text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placeholders<'a> {
    /// Each one once, in the order of their first places.
    pub(super) names: Vec<&'a str>,
    /// The text around them, one piece more than there are places.
    pub(super) around: Vec<&'a str>,
}

impl<'a> Placeholders<'a> {
    /// Finds them all; unmatched braces are an error.
    pub(super) fn find(text: &'a str, subcode: Subcode) -> Result<Self, GraphError> {
        let mut found = Self { names: Vec::new(), around: Vec::new() };
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let closed = after
                .split_once("}}")
                .filter(|(name, after)| !name.contains(['{', '\n']) && !after.starts_with('}'));
            let (name, after) = closed.ok_or_else(|| unmatched(subcode))?;
            found.around.push(before);
            found.names.push(name);
            rest = after;
        }
        found.around.push(rest);
        if found.around.iter().any(|piece| piece.contains("}}")) {
            return Err(unmatched(subcode));
        }
        Ok(found)
    }

    /// Checks the names against the format of the template, and leaves each only once.
    pub(super) fn checked(mut self, named: bool, subcode: Subcode) -> Result<Self, GraphError> {
        let fits = if named { is_name } else { is_number };
        if let Some(stray) = self.names.iter().find(|name| !fits(name)) {
            let format = if named { "NAMED" } else { "POSITIONAL" };
            return Err(GraphError::template(
                subcode,
                format!("The parameter {{{{{stray}}}}} does not fit the parameter format {format}"),
            ));
        }
        let mut once: Vec<&str> = Vec::new();
        self.names.iter().for_each(|name| {
            if !once.contains(name) {
                once.push(name)
            }
        });
        self.names = once;
        if !named && !self.counts_from_one() {
            return Err(GraphError::template(
                subcode,
                "The numbers of the parameters must be 1, 2, 3 and so on, without gaps",
            ));
        }
        Ok(self)
    }

    // In any order: real templates with `{{2}} … {{1}}` are approved.
    fn counts_from_one(&self) -> bool {
        (1..=self.names.len()).all(|number| self.names.contains(&number.to_string().as_str()))
    }

    /// The number of places, repeated ones counted.
    pub(super) fn places(&self) -> usize {
        self.around.len() - 1
    }
}

/// Returns whether a text has a placeholder, also a malformed one.
pub(super) fn any(text: &str) -> bool {
    text.contains("{{") || text.contains("}}")
}

/// A whole number from 1 on, without a leading zero.
pub(super) fn is_number(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('0') && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower-case letters and underscores (Meta: templates overview); digits later on are seen in practice.
pub(super) fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|letter: char| letter.is_ascii_lowercase() || letter == '_');
    begins && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn unmatched(subcode: Subcode) -> GraphError {
    GraphError::template(subcode, "The braces of a parameter do not match")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph_error::BODY_FORMAT;

    fn names(text: &str, named: bool) -> Option<Vec<&str>> {
        Some(Placeholders::find(text, BODY_FORMAT).ok()?.checked(named, BODY_FORMAT).ok()?.names)
    }

    #[test]
    fn finds_each_once_in_any_order() {
        assert_eq!(names("a {{2}} b {{1}} c {{2}}", false), Some(vec!["2", "1"]));
        assert_eq!(names("{{first_name}} and {single}", true), Some(vec!["first_name"]));
    }

    #[test]
    fn refuses_what_is_not_a_placeholder() {
        for text in ["{{1", "1}}", "{{{1}}}", "{{1}} {{3}}", "{{0}}", "{{01}}", "{{ 1 }}", "{{}}", "{{name}}"]
        {
            assert_eq!(names(text, false), None, "{text}");
        }
        for text in ["{{Name}}", "{{1}}", "{{a b}}", "{{a$}}"] {
            assert_eq!(names(text, true), None, "{text}");
        }
    }
}
