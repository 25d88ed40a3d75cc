//! `watpl.yaml`: read by the same code as templates, so that a mistake in it has its place as well.

pub mod keys;
mod lint;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::lint_context::Override;
use crate::lower::Fields;
use crate::lower::rules::{INVALID_VALUE, MISSING_KEY, UNKNOWN_LANGUAGE};
use crate::model::Language;
use crate::pattern::{Pattern, PatternBudget};
use crate::platform::{GRAPH_VERSION, languages};
use crate::source::{Source, Span, Spanned};
use crate::suggest::closest;
use crate::syntax;
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Entry, Node, Value};

/// The account that exists without any configuration.
pub const SANDBOX: &str = "sandbox";

/// Longest name of an account.
pub const MAX_ACCOUNT_NAME: usize = 64;

/// A project's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folders and files that hold templates, relative to the configuration.
    pub templates: Vec<String>,
    /// The brackets that `watpl fmt` writes; those that are there when absent.
    pub placeholders: Option<Brackets>,
    /// The account that commands use by default.
    pub default_account: String,
    /// Languages that every template should have.
    pub languages: Vec<Language>,
    /// Constants of every account.
    pub constants: BTreeMap<String, String>,
    /// Severities by rule id; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Severities for some files; later ones win.
    pub overrides: Vec<Override>,
    /// Accounts by name.
    pub accounts: BTreeMap<String, Account>,
    /// `true` if versions not managed by the project are mentioned.
    pub report_unmanaged: bool,
    /// Names that are never deleted.
    pub protect: BTreeSet<String>,
    /// Most deletions of one run.
    pub max_deletes: usize,
}

/// One account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its location.
    pub kind: AccountKind,
    /// Constants of this account; they win over those of every account.
    pub constants: BTreeMap<String, String>,
    /// The part of the project deployed there: names, globs of names, `tag:…`; empty means everything.
    pub select: Vec<String>,
    /// The id of the phone number that sends.
    pub phone: Option<String>,
}

/// The location of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// In the embedded sandbox.
    Sandbox,
    /// At Meta.
    Meta {
        /// The id of the WhatsApp Business Account.
        waba_id: String,
        /// The id of the app, which uploads of media samples need.
        app_id: Option<String>,
        /// The Graph API version.
        api_version: String,
        /// The source of the token.
        token: TokenSource,
    },
}

/// The source of a token; never the token itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// The user's environment: `WATPL_TOKEN`, or the file that `WATPL_TOKEN_FILE` names.
    Default,
    /// An environment variable.
    Env(String),
    /// A file.
    File(String),
    /// The output of a program.
    Command(Vec<String>),
}

impl Default for Config {
    fn default() -> Self {
        let sandbox = Account {
            kind: AccountKind::Sandbox,
            constants: BTreeMap::new(),
            select: Vec::new(),
            phone: None,
        };
        Self {
            templates: vec!["templates".into()],
            placeholders: None,
            default_account: SANDBOX.into(),
            languages: Vec::new(),
            constants: BTreeMap::new(),
            severities: BTreeMap::new(),
            overrides: Vec::new(),
            accounts: [(SANDBOX.into(), sandbox)].into(),
            report_unmanaged: true,
            // Every account begins with this sample of Meta's.
            protect: ["hello_world".to_owned()].into(),
            max_deletes: 10,
        }
    }
}

impl Config {
    /// The names of all constants that some account defines.
    pub fn constant_names(&self) -> BTreeSet<String> {
        let own = self.accounts.values().flat_map(|account| account.constants.keys());
        self.constants.keys().chain(own).cloned().collect()
    }

    /// The constants of an account.
    pub fn constants_of<'a>(&'a self, account: &'a Account) -> BTreeMap<&'a str, &'a str> {
        let all = self.constants.iter().chain(&account.constants);
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// Reads a configuration; an invalid value is reported and replaced by its default.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let tree = syntax::yaml::parse(source, diagnostics);
    let mut reader = ConfigReader { diagnostics, config: Config::default() };
    let top = Fields::read(&tree.root, &keys::TOP, "configuration", reader.diagnostics);
    reader.top(&top);
    reader.config
}

struct ConfigReader<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    config: Config,
}

impl ConfigReader<'_> {
    fn top(&mut self, fields: &Fields<'_, '_>) {
        let templates = fields.texts("templates", self.diagnostics);
        if !templates.is_empty() {
            self.config.templates = templates.into_iter().map(|path| path.value).collect();
        }
        self.placeholders(fields);
        self.languages(fields);
        self.config.constants = self.constants(fields);
        if let Some(node) = fields.get("lint") {
            let inner = Fields::read(node, &keys::LINT, "`lint`", self.diagnostics);
            lint::read(self, &inner);
        }
        for entry in entries(fields, "accounts") {
            self.account(entry);
        }
        if let Some(node) = fields.get("sync") {
            let inner = Fields::read(node, &keys::SYNC, "`sync`", self.diagnostics);
            self.sync(&inner);
        }
        self.default_account(fields);
    }

    fn placeholders(&mut self, fields: &Fields<'_, '_>) {
        let Some(word) = fields.text("placeholders") else { return };
        match word.value.to_ascii_lowercase().as_str() {
            "braces" => self.config.placeholders = Some(Brackets::Braces),
            "angles" => self.config.placeholders = Some(Brackets::Angles),
            _ => self.invalid(
                word.span,
                format!("`{}` is not a valid value for `placeholders`", word.value),
                "use `braces` or `angles`",
            ),
        }
    }

    fn languages(&mut self, fields: &Fields<'_, '_>) {
        for code in fields.texts("languages", self.diagnostics) {
            match Language::new(&code.value) {
                Some(language) => self.config.languages.push(language),
                None => {
                    let message = format!("`{}` is not one of Meta's language codes", code.value);
                    let help = languages::suggest(&code.value)
                        .map_or("see Meta's list of languages".into(), |meant| {
                            format!("did you mean `{meant}`?")
                        });
                    self.diagnostics.push(Diagnostic::new(&UNKNOWN_LANGUAGE, code.span, message).help(help));
                }
            }
        }
    }

    fn constants(&mut self, fields: &Fields<'_, '_>) -> BTreeMap<String, String> {
        let mut constants = BTreeMap::new();
        for entry in entries(fields, "constants") {
            match entry.value.scalar() {
                Some(scalar) => {
                    drop(constants.insert(entry.key.clone().into_owned(), scalar.text.clone().into_owned()))
                }
                None => self.invalid(
                    entry.value.span,
                    format!("the constant `{}` is not a string", entry.key),
                    "use a string without line breaks",
                ),
            }
        }
        constants
    }

    fn account(&mut self, entry: &Entry<'_>) {
        if !is_account_name(&entry.key) {
            let mut shown: String = entry.key.chars().take(MAX_ACCOUNT_NAME).collect();
            if shown.len() < entry.key.len() {
                shown.push('…');
            }
            let message = format!("`{shown}` is not a valid account name");
            let help = format!("use 1 to {MAX_ACCOUNT_NAME} ASCII letters, digits, `_` and `-`");
            self.invalid(entry.key_span, message, &help);
            return;
        }
        let fields = Fields::read(&entry.value, &keys::ACCOUNT, "account", self.diagnostics);
        let constants = self.constants(&fields);
        let select = self.select(&fields);
        let phone = fields.text("phone_number_id").and_then(|id| self.id(id));
        if let Some(place) = self.place(entry, &fields) {
            let account = Account { kind: place, constants, select, phone };
            self.config.accounts.insert(entry.key.clone().into_owned(), account);
        }
    }

    /// The patterns that select an account's templates, each checked here, where it has a span.
    fn select(&mut self, fields: &Fields<'_, '_>) -> Vec<String> {
        let mut budget = PatternBudget::default();
        let words = fields.texts("select", self.diagnostics);
        for word in &words {
            let text = word.value.strip_prefix("tag:").or_else(|| word.value.strip_prefix("lang:"));
            let text = text.unwrap_or(&word.value);
            if let Err(error) = Pattern::new(text).and_then(|_| budget.take(text)) {
                let message = format!("invalid pattern in `select`: {error}");
                self.invalid(word.span, message, "use a name, a glob such as `order_*`, `tag:…` or `lang:…`");
                break;
            }
        }
        words.into_iter().map(|text| text.value).collect()
    }

    fn place(&mut self, entry: &Entry<'_>, fields: &Fields<'_, '_>) -> Option<AccountKind> {
        match fields.text("kind").map(|kind| (kind.value.to_ascii_lowercase(), kind.span)) {
            Some((kind, _)) if kind == "sandbox" => return Some(AccountKind::Sandbox),
            Some((kind, span)) if kind != "meta" => {
                self.invalid(
                    span,
                    format!("`{kind}` is not a kind of account"),
                    "use `sandbox`, or remove the key",
                );
                return None;
            }
            _ => {}
        }
        let Some(waba_id) = fields.text("waba_id").and_then(|id| self.id(id)) else {
            if fields.get("waba_id").is_none() {
                let message = format!("the account `{}` has no `waba_id`", entry.key);
                let help = "add the id of the WhatsApp Business Account, or set `kind: sandbox`";
                self.diagnostics.push(Diagnostic::new(&MISSING_KEY, entry.key_span, message).help(help));
            }
            return None;
        };
        let app_id = fields.text("app_id").and_then(|id| self.id(id));
        let token = self.token(fields).unwrap_or(TokenSource::Default);
        Some(AccountKind::Meta { waba_id, app_id, api_version: self.api_version(fields), token })
    }

    fn id(&mut self, id: Spanned<String>) -> Option<String> {
        let fits = !id.value.is_empty() && id.value.bytes().all(|byte| byte.is_ascii_digit());
        if !fits {
            self.invalid(id.span, format!("`{}` is not a valid id", id.value), "use digits only, in quotes");
        }
        fits.then_some(id.value)
    }

    fn api_version(&mut self, fields: &Fields<'_, '_>) -> String {
        let Some(version) = fields.text("api_version") else { return GRAPH_VERSION.into() };
        let digits = version.value.strip_prefix('v').unwrap_or_default();
        let fits = digits.split('.').count() == 2
            && digits
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !fits {
            let help = format!("use `{GRAPH_VERSION}`");
            self.invalid(version.span, format!("`{}` is not a Graph API version", version.value), &help);
            return GRAPH_VERSION.into();
        }
        version.value
    }

    fn token(&mut self, fields: &Fields<'_, '_>) -> Option<TokenSource> {
        let node = fields.get("token")?;
        if node.scalar().is_some() {
            let help = "use `token: { env: WATPL_TOKEN }`, and revoke the token if it was ever committed";
            self.invalid(node.span, "`token` must not contain the token itself".into(), help);
            return None;
        }
        let inner = Fields::read(node, &keys::TOKEN, "`token`", self.diagnostics);
        let env = inner.text("env").map(|text| TokenSource::Env(text.value));
        let file = inner.text("file").map(|text| TokenSource::File(text.value));
        let command: Vec<_> =
            inner.texts("command", self.diagnostics).into_iter().map(|word| word.value).collect();
        env.or(file).or((!command.is_empty()).then_some(TokenSource::Command(command)))
    }

    fn sync(&mut self, fields: &Fields<'_, '_>) {
        if let Some(word) = fields.text("unmanaged") {
            match word.value.to_ascii_lowercase().as_str() {
                "report" => self.config.report_unmanaged = true,
                "ignore" => self.config.report_unmanaged = false,
                _ => self.invalid(
                    word.span,
                    format!("`{}` is not a valid value for `unmanaged`", word.value),
                    "use `report` or `ignore`",
                ),
            }
        }
        let protect = fields.texts("protect", self.diagnostics);
        self.config.protect.extend(protect.into_iter().map(|name| name.value));
        if let Some(number) = fields.number("max_deletes", self.diagnostics) {
            match usize::try_from(number.value) {
                Ok(number) => self.config.max_deletes = number,
                Err(_) => self.invalid(number.span, "`max_deletes` is negative".into(), "use 0 or more"),
            }
        }
    }

    fn default_account(&mut self, fields: &Fields<'_, '_>) {
        let Some(name) = fields.text("default_account") else { return };
        if !self.config.accounts.contains_key(&name.value) {
            let help = closest(&name.value, self.config.accounts.keys().map(String::as_str))
                .map_or("use the name of an account under `accounts`".into(), |meant| {
                    format!("did you mean `{meant}`?")
                });
            self.invalid(name.span, format!("unknown account `{}`", name.value), &help);
            return;
        }
        self.config.default_account = name.value;
    }

    fn invalid(&mut self, span: Span, message: String, help: &str) {
        self.report(&INVALID_VALUE, span, message, help);
    }

    fn report(&mut self, rule: &'static Rule, span: Span, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::new(rule, span, message).help(help));
    }
}

/// Returns whether an account name is valid. It becomes part of file names and of CI output.
pub fn is_account_name(name: &str) -> bool {
    (1..=MAX_ACCOUNT_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn entries<'t, 's>(fields: &Fields<'t, 's>, key: &str) -> &'t [Entry<'s>] {
    match fields.get(key) {
        Some(Node { value: Value::Map(entries), .. }) => entries,
        _ => &[],
    }
}
