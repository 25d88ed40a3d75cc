//! Authentication templates: Meta writes the texts, the sender chooses among few flags.

use serde_json::Value;

use crate::graph_error::Refusal;
use crate::model::submission::{Object, Submission, integer, one_of};
use crate::validate::object::{component, missing, only, text, upper};
use crate::validate::{button, buttons};

// Minutes until the code expires (Meta: authentication templates).
const EXPIRY: std::ops::RangeInclusive<i64> = 1..=90;
// Characters of a label, apps of a button, characters of a package name and of a signature hash (same pages).
const LABEL: usize = 25;
const MOST_APPS: usize = 5;
const PACKAGE: usize = 224;
const HASH: usize = 11;

// From version 21 on, an app's name and hash belong into `supported_apps` only.
const BUTTON_KEYS: [&str; 6] =
    ["type", "otp_type", "text", "autofill_text", "supported_apps", "zero_tap_terms_accepted"];

/// All components of an authentication template.
pub(super) fn check(submission: &Submission) -> Result<(), Refusal> {
    for component in &submission.components {
        match text(component, "type").unwrap_or_default() {
            "BODY" => check_body(component)?,
            "FOOTER" => check_footer(component)?,
            "BUTTONS" => check_buttons(component)?,
            kind => {
                return Err(Refusal::parameter(format!(
                    "An authentication template takes no component of type {kind}"
                )));
            }
        }
    }
    match component(submission, "BUTTONS") {
        Some(_) => Ok(()),
        None => Err(Refusal::parameter("An authentication template needs a button of type OTP")),
    }
}

fn check_body(body: &Object) -> Result<(), Refusal> {
    only(body, &["type", "add_security_recommendation"], "body of an authentication template")?;
    match body.get("add_security_recommendation") {
        None | Some(Value::Bool(_)) => Ok(()),
        Some(other) => Err(Refusal::parameter(format!(
            "Param add_security_recommendation must be a boolean - got {other}."
        ))),
    }
}

fn check_footer(footer: &Object) -> Result<(), Refusal> {
    only(footer, &["type", "code_expiration_minutes"], "footer of an authentication template")?;
    let minutes =
        footer.get("code_expiration_minutes").ok_or_else(|| missing("FOOTER", "code_expiration_minutes"))?;
    let minutes = integer("code_expiration_minutes", minutes)?;
    match EXPIRY.contains(&minutes) {
        true => Ok(()),
        false => Err(Refusal::parameter(format!(
            "Param code_expiration_minutes must be between 1 and 90 - got {minutes}."
        ))),
    }
}

fn check_buttons(component: &Object) -> Result<(), Refusal> {
    match buttons::list(component)?.as_slice() {
        [button] if upper(button, "type").as_deref() == Some("OTP") => check_button(button),
        _ => Err(Refusal::parameter("An authentication template takes exactly one button, of type OTP")),
    }
}

fn check_button(button: &Object) -> Result<(), Refusal> {
    only(button, &BUTTON_KEYS, "button of type OTP")?;
    let kind = upper(button, "otp_type").ok_or_else(|| missing("BUTTONS", "otp_type"))?;
    one_of("otp_type", &kind, &["COPY_CODE", "ONE_TAP", "ZERO_TAP"])?;
    for key in ["text", "autofill_text"] {
        text(button, key).map_or(Ok(()), |label| button::check_label(label, LABEL))?;
    }
    if kind == "COPY_CODE" {
        return check_copy(button);
    }
    // Without the terms no such template comes to be (Meta: zero-tap).
    if kind == "ZERO_TAP" && button.get("zero_tap_terms_accepted") != Some(&Value::Bool(true)) {
        return Err(Refusal::parameter("A button of type ZERO_TAP needs zero_tap_terms_accepted to be true"));
    }
    check_apps(button)
}

fn check_copy(button: &Object) -> Result<(), Refusal> {
    let stray = ["supported_apps", "autofill_text"].into_iter().find(|key| button.contains_key(*key));
    stray.map_or(Ok(()), |key| Err(Refusal::parameter(format!("A button of type COPY_CODE takes no {key}"))))
}

fn check_apps(button: &Object) -> Result<(), Refusal> {
    let apps = button
        .get("supported_apps")
        .and_then(Value::as_array)
        .ok_or_else(|| missing("BUTTONS", "supported_apps"))?;
    if apps.is_empty() || apps.len() > MOST_APPS {
        return Err(Refusal::parameter(format!(
            "Param supported_apps takes 1 to {MOST_APPS} apps - got {}.",
            apps.len()
        )));
    }
    apps.iter().try_for_each(check_app)
}

fn check_app(app: &Value) -> Result<(), Refusal> {
    let value = |key: &str| app.get(key).and_then(Value::as_str).ok_or_else(|| missing("BUTTONS", key));
    let (package, hash) = (value("package_name")?, value("signature_hash")?);
    if !is_package(package) {
        return Err(Refusal::parameter(format!(
            "Param package_name is not the name of an Android package - got \"{package}\"."
        )));
    }
    if !is_hash(hash) {
        return Err(Refusal::parameter(format!(
            "Param signature_hash must be {HASH} characters of Base64 - got \"{hash}\"."
        )));
    }
    Ok(())
}

// Two segments or more, each beginning with a letter.
fn is_package(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let segment =
        |part: &str| part.starts_with(|letter: char| letter.is_ascii_alphabetic()) && part.bytes().all(fits);
    name.len() <= PACKAGE && name.contains('.') && name.split('.').all(segment)
}

fn is_hash(hash: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    hash.len() == HASH && hash.bytes().all(fits)
}
