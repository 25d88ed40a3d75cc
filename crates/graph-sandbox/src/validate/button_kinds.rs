//! The table of button kinds.

/// The properties of a button type.
pub(super) struct ButtonKind {
    pub(super) name: &'static str,
    /// Its keys besides `type`.
    pub(super) keys: &'static [&'static str],
    /// Maximum number in a template.
    pub(super) most: usize,
    /// `true` if it must be the only button.
    pub(super) alone: bool,
    /// `true` if it needs a label.
    pub(super) labelled: bool,
    /// Characters of its label.
    pub(super) label: usize,
    pub(super) marketing_only: bool,
}

// Characters of most labels (Meta: components).
const LABEL: usize = 25;
// Characters of a call button's label (Meta: calling).
const CALL_LABEL: usize = 20;

const fn kind(name: &'static str, keys: &'static [&'static str], most: usize) -> ButtonKind {
    ButtonKind { name, keys, most, alone: false, labelled: true, label: LABEL, marketing_only: false }
}

const fn catalog(name: &'static str) -> ButtonKind {
    ButtonKind { alone: true, labelled: false, marketing_only: true, ..kind(name, &["text"], 1) }
}

// Counts: Meta, components; some from the page of each type. OTP has separate rules.
const KINDS: [ButtonKind; 11] = [
    kind("QUICK_REPLY", &["text"], 10),
    kind("URL", &["text", "url", "example", "app_deep_link"], 2),
    kind("PHONE_NUMBER", &["text", "phone_number"], 1),
    ButtonKind { labelled: false, ..kind("COPY_CODE", &["text", "example"], 1) },
    kind("FLOW", &["text", "flow_id", "flow_name", "flow_json", "flow_action", "navigate_screen", "icon"], 1),
    ButtonKind { labelled: false, label: CALL_LABEL, ..kind("VOICE_CALL", &["text", "ttl_minutes"], 1) },
    kind("ORDER_DETAILS", &["text"], 1),
    ButtonKind { labelled: false, ..kind("REQUEST_CONTACT_INFO", &["text"], 1) },
    catalog("CATALOG"),
    catalog("MPM"),
    catalog("SPM"),
];

/// The kind of this name.
pub(super) fn find(name: &str) -> Option<&'static ButtonKind> {
    const { &KINDS }.iter().find(|kind| kind.name == name)
}
