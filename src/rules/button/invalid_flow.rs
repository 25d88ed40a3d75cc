//! `invalid-flow`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, FlowAction, FlowSource};
use crate::rule;

rule! {
    /// The configuration of a flow button is invalid.
    ///
    /// `navigate_screen` names the first screen and only works with the action `navigate`. With
    /// `data_exchange`, your server chooses the screen. `flow_json` must be a JSON object.
    ///
    /// ```yaml fails
    /// buttons: [{ type: flow, text: Book, flow_id: "771", flow_action: data_exchange, navigate_screen: START }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: flow, text: Book, flow_id: "771", flow_action: navigate, navigate_screen: START }]
    /// ```
    pub(crate) static RULE = {
        id: "invalid-flow",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["flow-action", "flow-json-valid"],
        subcode: Some(100),
        reference: "flows/guides/sendingaflow",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().flat_map(|button| [screen(button), json(button)]).flatten().collect()
}

fn screen(button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Flow { action: Some(action), navigate_screen: Some(screen), .. } = &button.kind else {
        return None;
    };
    (action.value == FlowAction::DataExchange).then(|| {
        Diagnostic::new(&RULE, screen.span, "`navigate_screen` has no effect with the action `data_exchange`")
            .related(action.span, "with this action, your server chooses the screen")
            .help("delete `navigate_screen`, or use the action `navigate`")
    })
}

fn json(button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Flow { flow: FlowSource::Json(text), .. } = &button.kind else { return None };
    let message = match serde_json::from_str::<serde_json::Value>(&text.value) {
        Ok(value) if value.is_object() => return None,
        Ok(_) => "`flow_json` is not a JSON object".to_owned(),
        Err(error) if error.line() > 1 => {
            format!("`flow_json` is not valid JSON (error on line {})", error.line())
        }
        Err(error) => {
            format!("`flow_json` is not valid JSON (error at character {})", error.column().max(1))
        }
    };
    Some(Diagnostic::new(&RULE, text.span, message).help("copy the JSON unchanged from the flow editor"))
}

cases! {
    fails: [
        "buttons: [{ type: flow, text: Book, flow_id: \"771\", flow_action: data_exchange, navigate_screen: «START» }]",
        "buttons: [{ type: flow, text: Book, flow_json: «\"[1, 2]\"» }]",
        "buttons: [{ type: flow, text: Book, flow_json: «'{\"version\":'» }]",
        "buttons:\n- type: flow\n  text: Book\n  flow_name: booking\n  flow_action: DATA_EXCHANGE\n  navigate_screen: «\"START\"»",
    ],
    passes: [
        "buttons: [{ type: flow, text: Book, flow_id: \"771\", flow_action: navigate, navigate_screen: START }]",
        "buttons: [{ type: flow, text: Book, flow_id: \"771\", navigate_screen: START }]",
        "buttons: [{ type: flow, text: Book, flow_id: \"771\", flow_action: data_exchange }]",
        "buttons:\n- type: flow\n  text: Book\n  flow_json: |\n    { \"version\": \"7.0\",\n      \"screens\": [] }",
    ],
}
