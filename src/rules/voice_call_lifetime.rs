//! `voice-call-lifetime`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::ButtonKind;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The lifetime of a button that calls is out of range.
    ///
    /// `ttl_minutes` is how long the button works after the message came: 1440 minutes (a day) to 43200 (30 days).
    ///
    /// ```yaml fails
    /// buttons: [{ type: voice_call, text: Call us, ttl_minutes: 60 }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: voice_call, text: Call us, ttl_minutes: 1440 }]
    /// ```
    pub(super) static RULE = {
        id: "voice-call-lifetime",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["voice-call-ttl"],
        subcode: Some(100),
        reference: "calling/call-button-messages-deep-links",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let lifetimes = template.buttons().filter_map(|button| match button.kind {
        ButtonKind::VoiceCall { ttl_minutes } => ttl_minutes,
        _ => None,
    });
    let (from, to) = (limits::VOICE_CALL_MINUTES.start(), limits::VOICE_CALL_MINUTES.end());
    lifetimes
        .filter(|minutes| !limits::VOICE_CALL_MINUTES.contains(&minutes.value))
        .map(|minutes| {
            let message = format!(
                "a lifetime of {} minutes is out of range: {from} to {to} are allowed",
                minutes.value
            );
            Diagnostic::new(&RULE, minutes.span, message)
                .help("write minutes from a day (1440) to 30 days (43200)")
        })
        .collect()
}
