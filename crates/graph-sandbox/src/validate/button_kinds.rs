//! The table of button kinds.

/// What is known of one kind of button.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Its keys besides `type`.
    pub(super) keys: &'static [&'static str],
    /// How many of it one template can have.
    pub(super) most: usize,
    /// Whether it tolerates no other button.
    pub(super) alone: bool,
    /// Whether it needs a label.
    pub(super) labelled: bool,
    /// Characters of its label.
    pub(super) label: usize,
    pub(super) marketing_only: bool,
}

// Characters of most labels (Meta: components).
const LABEL: usize = 25;
// Characters of a call button's label (Meta: calling).
const CALL_LABEL: usize = 20;

const fn kind(name: &'static str, keys: &'static [&'static str], most: usize) -> Kind {
    Kind { name, keys, most, alone: false, labelled: true, label: LABEL, marketing_only: false }
}

const fn catalog(name: &'static str) -> Kind {
    Kind { alone: true, labelled: false, marketing_only: true, ..kind(name, &["text"], 1) }
}

// Counts: Meta, components; single ones from the pages of each kind. OTP has rules of its own.
const KINDS: [Kind; 11] = [
    kind("QUICK_REPLY", &["text"], 10),
    kind("URL", &["text", "url", "example", "app_deep_link"], 2),
    kind("PHONE_NUMBER", &["text", "phone_number"], 1),
    Kind { labelled: false, ..kind("COPY_CODE", &["text", "example"], 1) },
    kind("FLOW", &["text", "flow_id", "flow_name", "flow_json", "flow_action", "navigate_screen", "icon"], 1),
    Kind { labelled: false, label: CALL_LABEL, ..kind("VOICE_CALL", &["text", "ttl_minutes"], 1) },
    kind("ORDER_DETAILS", &["text"], 1),
    Kind { labelled: false, ..kind("REQUEST_CONTACT_INFO", &["text"], 1) },
    catalog("CATALOG"),
    catalog("MPM"),
    catalog("SPM"),
];

/// The kind of this name.
pub(super) fn find(name: &str) -> Option<&'static Kind> {
    const { &KINDS }.iter().find(|kind| kind.name == name)
}
