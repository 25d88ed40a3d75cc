//! `invalid-flow`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, FlowAction, FlowSource};
use crate::rule;

rule! {
    /// A button opens a flow in a way that does not work.
    ///
    /// `navigate_screen` says which screen to show, which only the action `navigate` does: with `data_exchange` your server
    /// chooses. `flow_json` is a JSON object.
    ///
    /// ```yaml fails
    /// buttons: [{ type: flow, text: Book, flow_id: "771", flow_action: data_exchange, navigate_screen: START }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: flow, text: Book, flow_id: "771", flow_action: navigate, navigate_screen: START }]
    /// ```
    pub(super) static RULE = {
        id: "invalid-flow",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["flow-action", "flow-json-valid"],
        subcode: Some(100),
        reference: "flows/guides/sendingaflow",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().flat_map(|button| [screen(button), json(button)]).flatten().collect()
}

fn screen(button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Flow { action: Some(action), navigate_screen: Some(screen), .. } = &button.kind else {
        return None;
    };
    (action.value == FlowAction::DataExchange).then(|| {
        Diagnostic::new(&RULE, screen.span, "a screen is named, and the action is `data_exchange`")
            .related(action.span, "with this action your server chooses the screen")
            .help("delete `navigate_screen`, or make the action `navigate`")
    })
}

fn json(button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Flow { flow: FlowSource::Json(text), .. } = &button.kind else { return None };
    let message = match serde_json::from_str::<serde_json::Value>(&text.value) {
        Ok(value) if value.is_object() => return None,
        Ok(_) => "the flow is JSON, and no object".to_owned(),
        Err(error) if error.line() > 1 => {
            format!("the flow is no JSON: it cannot be read from its line {} on", error.line())
        }
        Err(error) => {
            format!("the flow is no JSON: it cannot be read from its character {} on", error.column().max(1))
        }
    };
    Some(Diagnostic::new(&RULE, text.span, message).help("copy the JSON out of the editor of flows as it is"))
}
