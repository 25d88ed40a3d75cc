//! `voice-call-lifetime`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::ButtonKind;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The lifetime of a voice call button is out of range.
    ///
    /// `ttl_minutes` is how long the button works after the message arrives: 1440 minutes (one day) to 43200
    /// (30 days).
    ///
    /// ```yaml fails
    /// buttons: [{ type: voice_call, text: Call us, ttl_minutes: 60 }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: voice_call, text: Call us, ttl_minutes: 1440 }]
    /// ```
    pub(crate) static RULE = {
        id: "voice-call-lifetime",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["voice-call-ttl"],
        subcode: Some(100),
        reference: "calling/call-button-messages-deep-links",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let lifetimes = template.buttons().filter_map(|button| match button.kind {
        ButtonKind::VoiceCall { ttl_minutes } => ttl_minutes,
        _ => None,
    });
    let (from, to) = (limits::VOICE_CALL_MINUTES.start(), limits::VOICE_CALL_MINUTES.end());
    lifetimes
        .filter(|minutes| !limits::VOICE_CALL_MINUTES.contains(&minutes.value))
        .map(|minutes| {
            let message = format!("a lifetime of {} minutes is out of range ({from} to {to})", minutes.value);
            Diagnostic::new(&RULE, minutes.span, message)
                .help("use 1440 (one day) to 43200 minutes (30 days)")
        })
        .collect()
}

cases! {
    fails: [
        "buttons: [{ type: voice_call, text: Call us, ttl_minutes: «1439» }]",
        "buttons: [{ type: voice_call, text: Call us, ttl_minutes: «43201» }]",
        "buttons: [{ type: voice_call, text: Call us, ttl_minutes: «-1» }]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button voice_call \"Call us\" (ttl_minutes «60»)\n}",
    ],
    passes: [
        "buttons: [{ type: voice_call, text: Call us, ttl_minutes: 1440 }]",
        "buttons: [{ type: voice_call, text: Call us, ttl_minutes: 43200 }]",
        "buttons: [{ type: voice_call, text: Call us }]",
    ],
}
