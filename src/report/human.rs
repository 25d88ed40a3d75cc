//! Diagnostics for people: the only place that knows miette.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use unicode_width::UnicodeWidthChar as _;

use super::terminal::{Terminal, escape_control, escape_control_in_lines, neutralize};
use super::{Counts, counted};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Rule, Safety, Severity};
use crate::source::{Source, Sources, Span};

/// Columns of line numbers and rulers next to a snippet.
const GUTTER: usize = 12;

/// Most bytes of a place over several lines that are shown: a text of a megabyte has no place on a screen.
const LONGEST: usize = 1_000;

/// Most diagnostics of one rule and file that are shown: more of them are one mistake many times. The counts stay exact.
const SHOWN_OF_A_RULE: usize = 50;

/// The diagnostics with their places, in order.
pub fn diagnostics(sources: &Sources, diagnostics: &[Diagnostic], terminal: Terminal) -> String {
    let theme = if terminal.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    // Names of rules and languages are not to be broken at their hyphens.
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(terminal.width)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut text = String::new();
    for of_file in diagnostics.chunk_by(|a, b| a.span.source == b.span.source) {
        let source = of_file.first().and_then(|first| sources.get(first.span.source));
        // Made once for a file, and not for each snippet: it may be a copy.
        let shown = source.map(|source| neutralize(source.text())).unwrap_or_default();
        let (own, left) = self::shown(of_file, |diagnostic| diagnostic);
        for diagnostic in own {
            let columns = terminal.width.saturating_sub(GUTTER);
            let rendered = Rendered::new(sources, diagnostic, &shown, columns);
            // Writing to a string cannot fail.
            let _ = handler.render_report(&mut text, &rendered);
            text.push('\n');
        }
        text += &rest(source, left);
    }
    text
}

/// The findings that people see, 50 of each rule, and how many more there are.
pub(super) fn shown<T>(findings: &[T], diagnostic: impl Fn(&T) -> &Diagnostic) -> (Vec<&T>, usize) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let is_shown = |finding: &&T| {
        let seen = seen.entry(diagnostic(finding).rule.id).or_default();
        *seen += 1;
        *seen <= SHOWN_OF_A_RULE
    };
    let shown: Vec<_> = findings.iter().filter(is_shown).collect();
    let left = findings.len() - shown.len();
    (shown, left)
}

/// How many of a file's diagnostics are not shown.
fn rest(source: Option<&Source>, more: usize) -> String {
    match (more, source) {
        (1.., Some(source)) => format!("… and {more} more in {}\n\n", escape_control(source.name())),
        _ => String::new(),
    }
}

/// The closing line: how much was checked, and what was found.
pub fn summary(templates: usize, versions: usize, counts: Counts, terminal: Terminal) -> String {
    let checked = format!("{} in {} checked", counted(templates, "template"), counted(versions, "version"));
    let found = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "note")];
    let found: Vec<_> =
        found.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| counted(*number, noun)).collect();
    let verdict = match (found.is_empty(), counts.errors) {
        (true, _) => terminal.green("all clean"),
        (false, 0) => terminal.yellow(found.join(", ")),
        (false, _) => terminal.red(found.join(", ")),
    };
    format!("{checked}: {verdict}\n")
}

/// A diagnostic as miette wants it: with its source at hand.
struct Rendered<'a> {
    diagnostic: &'a Diagnostic,
    code: Option<Snippets<'a>>,
    message: String,
    help: String,
    related: Vec<Remark<'a>>,
}

/// A place in another file.
struct Remark<'a> {
    code: Snippets<'a>,
    message: String,
    span: SourceSpan,
}

impl<'a> Rendered<'a> {
    /// `shown` is the text of the diagnostic's source, fit to be shown.
    fn new(sources: &'a Sources, diagnostic: &'a Diagnostic, shown: &'a str, columns: usize) -> Self {
        let elsewhere = diagnostic.related.iter().filter(|label| label.span.source != diagnostic.span.source);
        let remark = |label: &crate::diagnostic::Label| {
            let source = sources.get(label.span.source)?;
            let code = Snippets::new(source, neutralize(source.text()), columns);
            let span = code.shortened(label.span.range()).into();
            Some(Remark { code, message: escape_control(&label.text).into_owned(), span })
        };
        let source = sources.get(diagnostic.span.source);
        Self {
            diagnostic,
            code: source.map(|source| Snippets::new(source, Cow::Borrowed(shown), columns)),
            message: escape_control(&diagnostic.message).into_owned(),
            help: help(diagnostic, source),
            related: elsewhere.filter_map(remark).collect(),
        }
    }
}

/// The help, and where to read more.
fn help(diagnostic: &Diagnostic, source: Option<&Source>) -> String {
    let mut lines: Vec<String> =
        diagnostic.help.as_deref().map(escape_control_in_lines).into_iter().collect();
    if let Some(fix) = &diagnostic.fix {
        let care = if fix.safety == Safety::Safe { "" } else { " (review the result)" };
        lines.push(format!("fix: {}{care}", escape_control(&fix.title)));
    }
    let file = source.and_then(|source| source.name().rsplit(['/', '\\']).next());
    let is_configuration = file == Some("watpl.yaml");
    let what = if is_configuration {
        "this setting is ignored until it is fixed".to_owned()
    } else {
        consequence(diagnostic.rule)
    };
    let see = format!("see `watpl explain {}`", diagnostic.rule.id);
    if lines.is_empty() {
        lines.extend([see, format!("note: {what}")]);
    } else {
        lines.push(format!("note: {what}; {see}"));
    }
    lines.join("\n")
}

/// Rules about the file format, not about Meta's requirements.
const FORMAT_RULES: [&str; 14] = [
    "control-character",
    "dsl-syntax",
    "duplicate-key",
    "duplicate-template",
    "empty-file",
    "invalid-pattern",
    "not-utf8",
    "size-limit",
    "unknown-constant",
    "unknown-key",
    "unquoted-placeholder",
    "unsupported-yaml",
    "wrong-kind",
    "yaml-syntax",
];

/// Rules about the project or its files that never affect the message.
const UPKEEP_RULES: [&str; 6] = [
    "malformed-ignore",
    "missing-language",
    "mixed-brackets",
    "name-differs-from-file",
    "unused-ignore",
    "unused-variable",
];

/// Consequence of a finding for the template. It names Meta only where Meta is involved.
fn consequence(rule: &Rule) -> String {
    if rule.id == "findings-omitted" {
        return "reports are limited in size; the summary counts every finding".to_owned();
    }
    if FORMAT_RULES.contains(&rule.id) {
        return "the template cannot be deployed until this is fixed".to_owned();
    }
    if UPKEEP_RULES.contains(&rule.id) {
        return "this concerns only the project and does not change the message".to_owned();
    }
    let is_certain = matches!(rule.confidence, Confidence::Documented | Confidence::Observed);
    match (rule.class, rule.subcode) {
        (Consequence::Refused, Some(code)) if is_certain => format!("rejected at submission (error {code})"),
        (Consequence::Refused, Some(code)) => format!("may be rejected at submission (error {code})"),
        (Consequence::Refused, None) if is_certain => "rejected at submission".to_owned(),
        (Consequence::Refused, None) => "may be rejected at submission".to_owned(),
        (Consequence::Rejected, _) if is_certain => "rejected in review".to_owned(),
        (Consequence::Rejected, _) => "may be rejected in review".to_owned(),
        (Consequence::Recategorised, _) => {
            "Meta may change the category to marketing, which costs more".to_owned()
        }
        (Consequence::Risk, _) => "Meta accepts this, but it may fail or look wrong later".to_owned(),
        (Consequence::Contract, Some(code)) => format!("code that sends the template will get error {code}"),
        (Consequence::Contract, None) => "code that sends the template may need changes".to_owned(),
    }
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Rendered<'_> {}

impl miette::Diagnostic for Rendered<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.diagnostic.rule.id))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.code.as_ref().map(|code| code as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let text = |text: &str| (!text.is_empty()).then(|| escape_control(text).into_owned());
        let main = self.diagnostic;
        let shown = |span: Span| match &self.code {
            Some(code) => code.shortened(span.range()),
            None => span.range(),
        };
        let primary = LabeledSpan::new_primary_with_span(text(&main.label), shown(main.span));
        let near = main.related.iter().filter(|label| label.span.source == main.span.source);
        let others = near.map(move |label| LabeledSpan::new_with_span(text(&label.text), shown(label.span)));
        Some(Box::new(std::iter::once(primary).chain(others)))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        let remarks = self.related.iter().map(|remark| remark as &dyn miette::Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(remarks) as Box<dyn Iterator<Item = _>>)
    }
}

impl fmt::Debug for Remark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Remark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Remark<'_> {}

impl miette::Diagnostic for Remark<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.code)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, self.span))))
    }
}

/// A source that miette can cut snippets from without reading it from the start each time.
struct Snippets<'a> {
    source: &'a Source,
    shown: Cow<'a, str>,
    name: String,
    /// Widest line that fits the screen.
    columns: usize,
}

impl<'a> Snippets<'a> {
    fn new(source: &'a Source, shown: Cow<'a, str>, columns: usize) -> Self {
        Self { source, shown, name: escape_control(source.name()).into_owned(), columns }
    }
}

impl SourceCode for Snippets<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let length = self.shown.len();
        let begin = self.shown.floor_char_boundary(span.offset().min(length));
        let end = self.shown.ceil_char_boundary((span.offset() + span.len()).min(length));
        let at = |byte: usize| self.source.position(crate::source::offset(byte));
        let (first, last) = (at(begin).line, at(end).line);
        let shown = self.shown.get(begin..end).unwrap_or_default();
        let around = self.columns.saturating_sub(columns_of(shown, self.columns)) / 2;
        let start = self.begin(begin, first, first.saturating_sub(lines_before).max(1), around);
        let stop = self.stop(end, last, last + lines_after, around);
        let contents = self.shown.get(start..stop).ok_or(MietteError::OutOfBounds)?;
        // miette prints the place that a snippet without context begins at: that is the character, not the byte.
        let position = at(if lines_before == 0 { begin } else { start });
        let column = if lines_before == 0 { position.column - 1 } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.as_bytes(),
            (start, contents.len()).into(),
            position.line - 1,
            column,
            contents.lines().count(),
        )))
    }
}

impl Snippets<'_> {
    /// A place, or as much of its beginning as fits the screen.
    fn shortened(&self, range: Range<usize>) -> Range<usize> {
        let text = self.shown.get(range.clone()).unwrap_or_default();
        let most = match text.lines().count() {
            0 | 1 => self.on(range.clone(), self.columns * 2 / 3),
            _ => self.shown.floor_char_boundary(range.start + LONGEST),
        };
        range.start..range.end.min(most)
    }

    /// Where a snippet begins: with the line before, unless that or the place's own is too long for the screen.
    fn begin(&self, place: usize, line: usize, before: usize, around: usize) -> usize {
        let start = self.source.line_start(line).min(place);
        if self.is_long(line) {
            return self.back(start..place, around);
        }
        if self.is_long(before) { start } else { self.source.line_start(before).min(start) }
    }

    /// Where a snippet ends: with the line after, or as much of it as fits the screen.
    fn stop(&self, place: usize, line: usize, after: usize, around: usize) -> usize {
        if self.is_long(line) {
            return self.on(place..self.line_end(line).max(place), around);
        }
        let end = self.line_end(after).max(place);
        if self.is_long(after) { self.on(self.source.line_start(after)..end, self.columns) } else { end }
    }

    /// Whether a line is too long for the screen.
    fn is_long(&self, line: usize) -> bool {
        let range = self.source.line_start(line)..self.line_end(line);
        self.on(range.clone(), self.columns) < range.end
    }

    /// The last byte of a range that is not more than this many columns on.
    fn on(&self, range: Range<usize>, columns: usize) -> usize {
        let text = self.shown.get(range.clone()).unwrap_or_default();
        range.start + reach(text.chars(), columns)
    }

    /// The first byte of a range that is not more than this many columns before its end.
    fn back(&self, range: Range<usize>, columns: usize) -> usize {
        let text = self.shown.get(range.clone()).unwrap_or_default();
        range.end - reach(text.chars().rev(), columns)
    }

    /// The end of a line, without its break.
    fn line_end(&self, line: usize) -> usize {
        if line >= self.source.line_count() {
            return self.shown.len();
        }
        let next = self.source.line_start(line + 1);
        let cut = self.shown.get(..next).unwrap_or_default();
        cut.trim_end_matches(['\n', '\r']).len().max(self.source.line_start(line))
    }
}

/// How many columns a text takes, up to so many.
fn columns_of(text: &str, most: usize) -> usize {
    let mut columns = 0;
    for character in text.chars() {
        columns += width(character);
        if columns >= most {
            return most;
        }
    }
    columns
}

/// How many columns a character takes. miette prints a tab as this many spaces, wherever it is.
fn width(character: char) -> usize {
    const TAB: usize = 4;
    if character == '\t' { TAB } else { character.width().unwrap_or(0) }
}

/// How many bytes of these characters fit into so many columns. Characters without a width are limited as well: a line
/// could consist of a million of them.
fn reach(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    const MARKS: usize = 8;
    let mut left = columns;
    let fitting = characters.take(columns * MARKS).take_while(|character| {
        let width = width(*character);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    fitting.map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_rules_exist() {
        for id in FORMAT_RULES.iter().chain(&UPKEEP_RULES) {
            assert!(crate::rules::find(id).is_some(), "there is no rule `{id}`");
        }
    }
}
