//! The catalogue of Meta's rules, and where each of its entries is kept.
//!
//! An entry is one thing that a template can do wrong, by a short name. Rules say which entries they cover; what no rule
//! covers is kept by a table of keys, by a type that cannot hold it, by the way a plan is carried out, or is left out for a
//! reason. A test holds both directions: no rule names an entry that is not here, and no entry here is kept nowhere.

/// A part of the catalogue.
#[derive(Debug)]
pub struct Section {
    /// What its entries are about.
    pub title: &'static str,
    /// Its entries.
    pub entries: &'static [Entry],
}

/// Something that a template can do wrong.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name, which rules give.
    pub id: &'static str,
    /// Where it is kept.
    pub kept: Kept,
}

/// Where an entry is kept.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    /// By the rules that name it.
    Rule,
    /// By a row of a table of keys; the rules that name it report what does not fit.
    Row {
        /// The table, by its name.
        table: &'static str,
        /// The key, or `*` where it is the table as a whole.
        key: &'static str,
    },
    /// By the code: it cannot be said, or cannot be sent.
    Type {
        /// The file.
        file: &'static str,
        /// What stands in it.
        item: &'static str,
        /// How.
        how: &'static str,
    },
    /// By a reason of the plan, or by what is said of an account's answer.
    Plan {
        /// The file.
        file: &'static str,
        /// What stands in it.
        item: &'static str,
        /// How.
        how: &'static str,
    },
    /// It is left out.
    Out(&'static str),
}

const fn rule(id: &'static str) -> Entry {
    Entry { id, kept: Kept::Rule }
}

const fn row(id: &'static str, table: &'static str, key: &'static str) -> Entry {
    Entry { id, kept: Kept::Row { table, key } }
}

const fn by_type(id: &'static str, file: &'static str, item: &'static str, how: &'static str) -> Entry {
    Entry { id, kept: Kept::Type { file, item, how } }
}

const fn by_plan(id: &'static str, file: &'static str, item: &'static str, how: &'static str) -> Entry {
    Entry { id, kept: Kept::Plan { file, item, how } }
}

const fn out(id: &'static str, why: &'static str) -> Entry {
    Entry { id, kept: Kept::Out(why) }
}

/// Every entry.
pub static SECTIONS: [Section; 5] = [
    Section { title: "The template as a whole: name, language, category, lifetime", entries: &TOP },
    Section { title: "Headers, bodies, footers, offers and carousels", entries: &COMPONENTS },
    Section { title: "Buttons", entries: &BUTTONS },
    Section { title: "Placeholders, samples and characters", entries: &TEXTS },
    Section { title: "Categories and policies", entries: &POLICY },
];

#[rustfmt::skip]
const TOP: [Entry; 35] = [
    row("name-required", "template", "name"),
    rule("name-charset"),
    rule("name-length"),
    rule("name-reserved-auto"),
    rule("name-sample-test"),
    rule("name-lang-unique"),
    by_plan("name-cooldown", "src/graph/error.rs", "2388023",
        "the account alone knows which names are locked; its answer is explained, and the action waits"),
    rule("language-required"),
    row("language-supported", "template", "languages"),
    row("language-hyphen", "template", "language"),
    rule("language-text-mismatch"),
    rule("language-mixed"),
    rule("language-variants-drift"),
    row("category-required", "template", "category"),
    row("category-value", "template", "category"),
    row("category-legacy", "template", "category"),
    row("allow-category-change", "foreign", "allow_category_change"),
    row("parameter-format-value", "template", "parameter_format"),
    rule("parameter-format-mismatch"),
    rule("ttl-range"),
    rule("ttl-minus-one"),
    rule("ttl-marketing-api"),
    rule("ttl-auth-vs-expiry"),
    rule("ttl-auth-missing"),
    row("sub-category-value", "template", "sub_category"),
    rule("sub-category-category"),
    row("display-format-value", "template", "display_format"),
    row("unknown-field", "template", "*"),
    rule("components-required"),
    rule("library-and-components"),
    rule("library-category"),
    rule("library-button-inputs"),
    by_type("library-inputs-string", "src/model/component.rs", "Option<Value>",
        "inputs are maps in a source, and are made texts when they are sent"),
    by_plan("creation-burst", "src/plan/reason.rs", "\"hourly_limit\"",
        "creations of the last hour are counted in the lock, and the rest waits"),
    by_plan("template-limit", "src/graph/error.rs", "2388019",
        "the account alone knows its limit; its answer is explained, and the run ends"),
];

#[rustfmt::skip]
const COMPONENTS: [Entry; 49] = [
    rule("body-required"),
    row("component-duplicate", "version", "*"),
    row("component-type", "version", "*"),
    by_type("component-order", "src/compile.rs", "fn components",
        "the order of a source does not matter, and what is sent has one order"),
    row("header-format", "header", "image"),
    rule("header-text-length"),
    rule("header-text-one-param"),
    rule("header-text-markdown"),
    rule("header-text-emoji"),
    rule("header-text-newline"),
    rule("header-text-only-param"),
    row("header-media-handle", "header", "image"),
    rule("header-media-text"),
    rule("header-media-url-handle"),
    rule("header-media-size"),
    rule("header-media-type"),
    rule("header-gif-marketing"),
    rule("header-location-category"),
    by_type("header-location-bare", "src/model/component.rs", "Location(Span)",
        "a map in a header is a word, and there is nowhere to write more"),
    rule("header-product-needs-spm"),
    rule("body-length"),
    rule("body-length-filled"),
    rule("body-empty"),
    rule("body-unclear"),
    rule("footer-length"),
    rule("footer-params"),
    rule("footer-emoji-newline"),
    rule("footer-with-lto"),
    row("tap-target-create", "version", "*"),
    rule("call-permission-category"),
    rule("call-permission-alone"),
    rule("lto-category"),
    rule("lto-text-length"),
    rule("lto-header"),
    rule("lto-buttons"),
    rule("lto-code-length"),
    rule("lto-expiration-code"),
    rule("carousel-category"),
    rule("carousel-body"),
    rule("carousel-siblings"),
    rule("carousel-media-count"),
    rule("carousel-product-count"),
    rule("carousel-uniform"),
    rule("carousel-mixed-kinds"),
    rule("carousel-card-header"),
    rule("carousel-card-body-all"),
    rule("carousel-card-body-length"),
    rule("carousel-card-buttons"),
    row("carousel-card-footer", "card", "*"),
];

#[rustfmt::skip]
const BUTTONS: [Entry; 44] = [
    rule("buttons-total"),
    rule("buttons-max-quick-reply"),
    rule("buttons-max-url"),
    rule("buttons-max-phone"),
    rule("buttons-max-copy-code"),
    rule("buttons-max-single"),
    rule("buttons-exclusive"),
    rule("buttons-grouping"),
    rule("buttons-desktop"),
    rule("buttons-collapsed"),
    row("button-type", "button", "type"),
    row("button-text-required", "button", "text"),
    rule("button-text-forbidden"),
    rule("button-text-length"),
    rule("button-text-format"),
    rule("button-text-duplicate"),
    rule("url-valid"),
    rule("url-length"),
    rule("url-one-param"),
    rule("url-param-at-end"),
    rule("url-param-in-host"),
    rule("url-example"),
    rule("url-example-matches"),
    by_type("url-named-param", "src/compile.rs", "!part.is_url()",
        "addresses are sent with numbers, whatever the source has"),
    rule("url-shortener"),
    rule("url-wa-me"),
    out("url-unreachable",
        "needs the network, which linting never uses: the same source has to give the same findings everywhere"),
    rule("url-placeholder-host"),
    rule("phone-length"),
    rule("phone-format"),
    rule("copy-code-length"),
    rule("copy-code-charset"),
    row("copy-code-example-type", "button", "example"),
    rule("copy-code-category"),
    row("flow-source", "button", "flow_id"),
    rule("flow-action"),
    rule("flow-json-valid"),
    rule("voice-call-ttl"),
    rule("order-details-category"),
    rule("order-details-header"),
    rule("catalog-shape"),
    rule("mpm-shape"),
    rule("spm-shape"),
    rule("contact-info-category"),
];

#[rustfmt::skip]
const TEXTS: [Entry; 30] = [
    rule("param-braces"),
    rule("param-charset"),
    rule("param-name"),
    rule("param-spaces"),
    rule("param-mixed"),
    rule("param-sequence"),
    by_type("param-repeat", "src/compile/numbering.rs", "fn references",
        "a number or a name that repeats is one parameter with one sample"),
    rule("param-leading"),
    rule("param-trailing"),
    rule("param-trailing-punct"),
    rule("param-adjacent"),
    rule("param-density"),
    rule("example-missing"),
    rule("example-count"),
    row("example-shape", "header", "samples"),
    rule("example-extra"),
    rule("example-whitespace"),
    rule("example-lazy"),
    rule("example-sensitive"),
    rule("text-control-chars"),
    rule("text-tabs"),
    rule("text-many-newlines"),
    rule("text-many-spaces"),
    rule("text-trailing-space"),
    rule("text-emoji-count"),
    rule("text-format-unbalanced"),
    rule("text-format-in-param"),
    rule("text-utf16-length"),
    rule("text-long-lines"),
    out("text-spelling",
        "needs a dictionary for each of 111 languages, and names and products would be what it finds"),
];

#[rustfmt::skip]
const POLICY: [Entry; 31] = [
    rule("auth-body-text"),
    rule("auth-header"),
    rule("auth-footer-text"),
    rule("auth-expiry-range"),
    rule("auth-otp-required"),
    row("auth-otp-type", "button", "otp_type"),
    rule("auth-apps-required"),
    rule("auth-apps-forbidden"),
    rule("auth-package-name"),
    rule("auth-signature-hash"),
    row("auth-app-legacy-keys", "button", "*"),
    rule("auth-zero-tap-terms"),
    rule("auth-autofill-text"),
    rule("auth-custom-label"),
    by_type("auth-upsert-labels", "src/apply/batch.rs", "has_label",
        "a template with custom button labels is created one language at a time, not by the call for many languages"),
    rule("auth-only-flags"),
    rule("otp-outside-auth"),
    rule("utility-promotional"),
    rule("utility-promo-samples"),
    rule("utility-generic-survey"),
    rule("utility-no-specifics"),
    rule("utility-renewal"),
    rule("utility-cart"),
    rule("utility-greeting"),
    rule("utility-components"),
    rule("marketing-no-optout"),
    rule("policy-sensitive-request"),
    rule("policy-threat"),
    rule("policy-commerce"),
    rule("policy-duplicate"),
    rule("policy-near-duplicate"),
];
