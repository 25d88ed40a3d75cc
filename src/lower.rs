//! [`Tree`] to [`Template`]. Lowering never fails: what is wrong is reported and left out.

mod buttons;
mod components;
mod fields;
mod opaque;
pub mod rules;
mod variables;

pub use fields::{Fields, shortened};
pub use opaque::MAX_DEPTH as MAX_RAW_DEPTH;

use crate::diagnostic::Diagnostic;
use crate::model::{
    AppliesTo, Body, Button, Card, Category, Footer, Header, Language, LimitedTimeOffer, Metadata, NamedList,
    Options, ParameterFormat, Template, TemplateName, Ttl, Version,
};
use crate::pattern::{Pattern, PatternBudget};
use crate::platform::{keys, languages};
use crate::source::{Source, Span, Spanned};
use crate::suggest::closest;
use crate::syntax::rules::EMPTY_FILE;
use crate::syntax::tree::{Entry, Node, Tree, Value};

/// Most versions of a template. Meta has 111 languages.
const MAX_VERSIONS: usize = 200;
/// Most bytes that the versions of a template inherit together: in 111 languages 37 KiB each, far more than a message has.
const MAX_INHERITED: usize = 4 * 1024 * 1024;

/// Reads a template out of a tree; `None` where the file holds nothing like one.
pub fn lower(source: &Source, tree: &Tree<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Template> {
    let start = Span::new(source.id(), 0..source.text().lines().next().map_or(0, str::len));
    match &tree.root.value {
        Value::Map(entries) if !(entries.is_empty() && tree.incomplete) => {}
        Value::Broken | Value::Map(_) => return None,
        Value::Null if tree.incomplete => return None,
        Value::Null => {
            let message = "this file contains no template";
            diagnostics.push(
                Diagnostic::new(&EMPTY_FILE, start, message)
                    .help("add `name`, `category`, `language` and `body`, or delete the file"),
            );
            return None;
        }
        _ => {
            let message = format!("a template must be a map of keys, but this is {}", tree.root.kind());
            diagnostics
                .push(Diagnostic::new(&EMPTY_FILE, tree.root.span, message).help("start with `name: …`"));
            return None;
        }
    }
    let mut lowering = Lowering { source, diagnostics, incomplete: tree.incomplete };
    Some(lowering.template(&tree.root, start))
}

struct Lowering<'a> {
    source: &'a Source,
    diagnostics: &'a mut Vec<Diagnostic>,
    incomplete: bool,
}

impl Lowering<'_> {
    fn template(&mut self, root: &Node<'_>, start: Span) -> Template {
        let fields = Fields::read(root, &keys::TEMPLATE, "template", self.diagnostics);
        let name = self.name(&fields, start);
        let span = fields.get("name").map_or(start, |node| node.span);
        Template {
            source: self.source.id(),
            span,
            category: self.category(&fields, span),
            parameter_format: self.parameter_format(&fields),
            ttl: self.ttl(&fields),
            variables: self.variables(&fields).into(),
            versions: self.versions(&fields, span),
            library: self.library(&fields),
            applies_to: self.applies_to(&fields),
            options: self.options(&fields),
            metadata: self.metadata(&fields),
            incomplete: self.incomplete,
            name,
        }
    }

    fn name(&mut self, fields: &Fields<'_, '_>, start: Span) -> Option<Spanned<TemplateName>> {
        let Some(name) = fields.text("name") else {
            self.missing(
                fields,
                "name",
                start,
                "a template has no `name`",
                "give it a `name`, such as `order_shipped`",
            );
            return None;
        };
        if let Some(valid) = TemplateName::new(&name.value) {
            return Some(Spanned::new(valid, name.span));
        }
        let message =
            format!("`{}` is not a valid template name", crate::lower::fields::shortened(&name.value));
        let mut diagnostic = Diagnostic::new(&rules::INVALID_NAME, name.span, message)
            .label("lowercase letters a to z, digits and underscores, at most 512")
            .help("use a name such as `order_shipped`");
        if let Some(nearest) = TemplateName::sanitized(&name.value) {
            diagnostic = diagnostic.help(format!("use `{nearest}`"));
        }
        self.diagnostics.push(diagnostic);
        None
    }

    fn category(&mut self, fields: &Fields<'_, '_>, span: Span) -> Option<Spanned<Category>> {
        let Some(word) = fields.text("category") else {
            let help = "add a `category`: `utility`, `marketing` or `authentication`";
            self.missing(fields, "category", span, "a template has no `category`", help);
            return None;
        };
        if let Some(category) = Category::new(&word.value) {
            return Some(Spanned::new(category, word.span));
        }
        let (label, meant) = match Category::from_retired(&word.value) {
            Some(category) => ("Meta retired this category in 2022", Some(category.as_str())),
            None => ("not a category", closest(&word.value, Category::ALL.map(Category::as_str))),
        };
        self.invalid(&word, "category", label, &Category::ALL.map(Category::as_str), meant);
        None
    }

    fn parameter_format(&mut self, fields: &Fields<'_, '_>) -> ParameterFormat {
        let Some(word) = fields.text("parameter_format") else {
            return ParameterFormat::default();
        };
        ParameterFormat::new(&word.value).unwrap_or_else(|| {
            let words = ["positional", "named"];
            self.invalid(&word, "parameter_format", "not a format", &words, closest(&word.value, words));
            ParameterFormat::default()
        })
    }

    fn ttl(&mut self, fields: &Fields<'_, '_>) -> Option<Spanned<Ttl>> {
        let text = fields.text("ttl")?;
        let ttl = Ttl::new(&text.value);
        if ttl.is_none() {
            let message = format!("`{}` is not a duration", fields::shortened(&text.value));
            let diagnostic = Diagnostic::new(&rules::INVALID_VALUE, text.span, message);
            self.diagnostics
                .push(diagnostic.help("use minutes, hours, days or seconds: `10m`, `12h`, `30d`, `45`"));
        }
        ttl.map(|ttl| Spanned::new(ttl, text.span))
    }

    fn applies_to(&mut self, fields: &Fields<'_, '_>) -> Option<AppliesTo> {
        let node = fields.get("applies_to")?;
        let inner = Fields::read(node, &keys::APPLIES_TO, "`applies_to`", self.diagnostics);
        let model = inner.text("model");
        Some(AppliesTo { model, phone: inner.text("phone") })
    }

    fn options(&mut self, fields: &Fields<'_, '_>) -> Options {
        let flag = |value: Option<Spanned<bool>>| value.map(|flag| flag.value);
        Options {
            sub_category: self.word(fields, "sub_category", &keys::SUB_CATEGORIES),
            display_format: self.word(fields, "display_format", &keys::DISPLAY_FORMATS),
            cta_url_link_tracking_opted_out: flag(
                fields.bool("cta_url_link_tracking_opted_out", self.diagnostics),
            ),
            is_primary_device_delivery_only: flag(
                fields.bool("is_primary_device_delivery_only", self.diagnostics),
            ),
        }
    }

    /// One of Meta's words, in upper case.
    fn word(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &str,
        words: &[&'static str],
    ) -> Option<Spanned<String>> {
        let text = fields.text(key)?;
        if words.iter().any(|word| word.eq_ignore_ascii_case(&text.value)) {
            return Some(Spanned::new(text.value.to_ascii_uppercase(), text.span));
        }
        self.unknown_word(&text, key, words);
        None
    }

    fn metadata(&mut self, fields: &Fields<'_, '_>) -> Metadata {
        let value = |text: Option<Spanned<String>>| text.map(|text| text.value);
        Metadata {
            accounts: self.accounts(fields),
            description: value(fields.text("description")),
            owner: value(fields.text("owner")),
            tags: fields.texts("tags", self.diagnostics),
            deprecated: fields.text("deprecated"),
            replaced_by: fields.text("replaced_by"),
        }
    }

    /// The accounts that a template lives in. A pattern that nothing can be compared with is reported once.
    fn accounts(&mut self, fields: &Fields<'_, '_>) -> Vec<Spanned<String>> {
        let accounts = fields.texts("accounts", self.diagnostics);
        let mut budget = PatternBudget::default();
        let checked = accounts.iter().find_map(|pattern| {
            let text = &pattern.value;
            let error = Pattern::new(text).and_then(|_| budget.take(text)).err()?;
            Some((pattern.span, error))
        });
        if let Some((span, error)) = checked {
            let message = format!("invalid account pattern: {error}");
            let diagnostic = Diagnostic::new(&rules::INVALID_PATTERN, span, message);
            self.diagnostics.push(diagnostic.help("use the name of an account, or a glob such as `shop_*`"));
        }
        accounts
    }

    fn versions(&mut self, fields: &Fields<'_, '_>, span: Span) -> Vec<Version> {
        let defaults = self.components(fields, None);
        match (fields.get("language"), fields.get("languages")) {
            (Some(one), Some(many)) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &rules::INVALID_VALUE,
                        one.span,
                        "`language` and `languages` can't be combined",
                    )
                    .related(many.span.at_start(), "here are the others")
                    .help("keep `languages`, and add this language to it"),
                );
                self.languages(many, &defaults, fields)
            }
            (None, Some(many)) => self.languages(many, &defaults, fields),
            (Some(_), None) => {
                let code = fields.text("language");
                let language = code.as_ref().and_then(|code| self.language(&code.value, code.span));
                vec![defaults.into_version(language, code.map_or(span, |code| code.span))]
            }
            (None, None) => {
                let help =
                    "give it a `language`, such as `en_US`, or a version for each of several `languages`";
                self.missing(fields, "language", span, "a template has no `language`", help);
                vec![defaults.into_version(None, span)]
            }
        }
    }

    fn languages(&mut self, node: &Node<'_>, defaults: &Components, fields: &Fields<'_, '_>) -> Vec<Version> {
        match &node.value {
            Value::List(codes) => {
                let most =
                    self.most_versions(codes.len(), fields, |index| codes.get(index).map(|code| code.span));
                let codes: Vec<_> = codes.iter().take(most).filter_map(|code| self.code(code)).collect();
                codes
                    .into_iter()
                    .map(|(language, span)| defaults.clone().into_version(language, span))
                    .collect()
            }
            Value::Map(entries) => {
                fields::duplicates(entries, self.diagnostics);
                let place = |index| entries.get(index).map(|entry: &Entry<'_>| entry.key_span);
                let most = self.most_versions(entries.len(), fields, place);
                let versions = entries.iter().take(most).map(|entry| {
                    let language = self.language(&entry.key, entry.key_span);
                    self.version(&entry.value, defaults, language, entry.key_span)
                });
                versions.collect()
            }
            _ => Vec::new(),
        }
    }

    /// How many of so many versions are read: each has what it inherits, so that a short list of languages multiplies a
    /// long body. The first that is left out is reported.
    fn most_versions(
        &mut self,
        versions: usize,
        fields: &Fields<'_, '_>,
        place: impl Fn(usize) -> Option<Span>,
    ) -> usize {
        let inherited = || keys::VERSION.iter().filter_map(|key| fields.get(key.name)).map(Node::bytes).sum();
        // Nearly all files are so small that nothing has to be added up.
        let is_small = versions.saturating_mul(self.source.text().len()) <= MAX_INHERITED
            && !self.source.text().contains('&');
        let bytes: usize = if is_small { 0 } else { inherited() };
        let room = MAX_INHERITED.checked_div(bytes).unwrap_or(usize::MAX).max(1);
        let most = MAX_VERSIONS.min(room);
        if let Some(span) = place(most).filter(|_| versions > most) {
            let message = match room < MAX_VERSIONS {
                true => format!(
                    "the languages of this template inherit more than {} MiB",
                    MAX_INHERITED / 1024 / 1024
                ),
                false => format!("the template has {versions} languages (at most {MAX_VERSIONS} allowed)"),
            };
            let help = "shorten the texts that all languages inherit, or delete languages";
            self.diagnostics.push(Diagnostic::new(&rules::SIZE_LIMIT, span, message).help(help));
            // What is left out may be what seems missing.
            self.incomplete = true;
        }
        most
    }

    fn code(&mut self, node: &Node<'_>) -> Option<(Option<Spanned<Language>>, Span)> {
        let Some(scalar) = node.scalar() else {
            let message = format!("a language code is required here, but this is {}", node.kind());
            self.diagnostics.push(Diagnostic::new(&rules::WRONG_KIND, node.span, message));
            return None;
        };
        Some((self.language(&scalar.text, node.span), node.span))
    }

    fn version(
        &mut self,
        node: &Node<'_>,
        defaults: &Components,
        language: Option<Spanned<Language>>,
        span: Span,
    ) -> Version {
        if matches!(node.value, Value::Null) {
            return defaults.clone().into_version(language, span);
        }
        let fields = Fields::read(node, &keys::VERSION, "version", self.diagnostics);
        self.components(&fields, Some(defaults)).into_version(language, span)
    }

    fn language(&mut self, code: &str, span: Span) -> Option<Spanned<Language>> {
        let language = Language::new(code);
        if language.is_none() {
            let message = format!("`{}` is not one of Meta's language codes", fields::shortened(code));
            let mut diagnostic = Diagnostic::new(&rules::UNKNOWN_LANGUAGE, span, message)
                .label("underscores and case matter")
                .help("see the list of supported languages in Meta's documentation");
            if let Some(meant) = languages::suggest(code) {
                diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                if code.replace('-', "_").eq_ignore_ascii_case(meant) {
                    diagnostic = diagnostic.fix(format!("use `{meant}`"), span, meant);
                }
            }
            self.diagnostics.push(diagnostic);
        }
        language.map(|language| Spanned::new(language, span))
    }

    /// Reports an absent key, unless the file has pieces that could not be read.
    fn missing(&mut self, fields: &Fields<'_, '_>, key: &str, span: Span, message: &str, help: &str) {
        if !self.incomplete && fields.get(key).is_none() {
            self.diagnostics.push(Diagnostic::new(&rules::MISSING_KEY, span, message).help(help));
        }
    }

    fn invalid(
        &mut self,
        found: &Spanned<String>,
        key: &str,
        label: &str,
        words: &[&str],
        meant: Option<&str>,
    ) {
        let message = format!("`{}` is not a valid value of `{key}`", fields::shortened(&found.value));
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let mut diagnostic = Diagnostic::new(&rules::INVALID_VALUE, found.span, message)
            .label(label)
            .help(format!("use one of {}", words.join(", ")));
        if let Some(meant) = meant {
            diagnostic = diagnostic.help(format!("use `{meant}`"));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// What a version is made of, before it has a language.
#[derive(Clone, Debug, Default)]
struct Components {
    header: Option<Header>,
    body: Option<Body>,
    footer: Option<Footer>,
    buttons: Vec<Button>,
    limited_time_offer: Option<LimitedTimeOffer>,
    carousel: Vec<Card>,
    call_permission_request: Option<Span>,
    raw: Vec<serde_json::Value>,
    samples: NamedList<(Spanned<String>, Spanned<String>)>,
}

impl Components {
    fn into_version(self, language: Option<Spanned<Language>>, span: Span) -> Version {
        Version {
            span,
            language,
            header: self.header,
            body: self.body,
            footer: self.footer,
            buttons: self.buttons,
            limited_time_offer: self.limited_time_offer,
            carousel: self.carousel,
            call_permission_request: self.call_permission_request,
            raw: self.raw,
            samples: self.samples,
        }
    }
}
