//! A key, and what its value looks like.

use super::ValueKind;

/// A key of a map.
#[derive(Debug)]
pub struct Key {
    /// The word, Meta's own in lower snake case where Meta has one.
    pub name: &'static str,
    /// Its type.
    pub kind: ValueKind,
    /// Its meaning, in one sentence.
    pub doc: &'static str,
    /// The format of its text, of each text of its list, or of each value of its map.
    pub form: TextForm,
    /// The format of the names in its map, if users choose them.
    pub names: Option<TextForm>,
    /// The keys of its map, of each item of its list, or of each value of its map of names.
    pub table: &'static [Key],
    /// `true` if those items and values may be texts as well.
    pub or_text: bool,
    /// `true` if its map requires it.
    pub is_required: bool,
    /// A value, for people.
    pub example: Option<&'static str>,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// Anything.
    Any,
    /// One of these words, in any case.
    OneOf(&'static [&'static str]),
    /// A name of a template.
    Template,
    /// A name or a number of a variable.
    Variable,
    /// A name of a constant.
    Constant,
    /// A name of an account.
    Account,
    /// One of Meta's language codes, to the letter.
    Language,
    /// An id of a rule.
    Rule,
    /// `12h` and the like.
    Duration,
    /// An id of Meta's: digits.
    Id,
    /// `v26.0` and the like.
    ApiVersion,
    /// It is read to be refused: what belongs there is a map.
    Forbidden,
}

/// A key; the functions below refine it.
pub const fn key(name: &'static str, kind: ValueKind, doc: &'static str) -> Key {
    Key {
        name,
        kind,
        doc,
        form: TextForm::Any,
        names: None,
        table: &[],
        or_text: false,
        is_required: false,
        example: None,
    }
}

impl Key {
    /// Sets the format of its text.
    #[must_use]
    pub const fn form(self, form: TextForm) -> Self {
        Self { form, ..self }
    }

    /// Sets the accepted words, in any case.
    #[must_use]
    pub const fn one_of(self, words: &'static [&'static str]) -> Self {
        self.form(TextForm::OneOf(words))
    }

    /// Lets users choose the names of its map, and sets their format.
    #[must_use]
    pub const fn names(self, names: TextForm) -> Self {
        Self { names: Some(names), ..self }
    }

    /// Sets the table that reads its map, each item of its list, or each value of its map of names.
    #[must_use]
    pub const fn map(self, table: &'static [Key]) -> Self {
        Self { table, ..self }
    }

    /// Accepts texts as those items and values as well.
    #[must_use]
    pub const fn or_text(self) -> Self {
        Self { or_text: true, ..self }
    }

    /// Marks it as required in its map.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Gives a value, for people.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }
}
