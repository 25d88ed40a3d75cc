//! The token: whether it works, for how long, and for what.

use super::{Finding, ProbeResults};
use crate::graph::{ApiError, TokenInfo};

const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;
/// The permissions needed to read and write templates.
const MANAGEMENT: &str = "whatsapp_business_management";
/// Instructions for getting a token that lasts.
const LASTING: &str =
    "create a token that never expires for a system user: Business settings > System users > Generate token";

pub(super) fn examine(facts: &ProbeResults, now: u64) -> Vec<Finding> {
    match &facts.token {
        None => Vec::new(),
        Some(Err(error)) => vec![refused(error)],
        Some(Ok(token)) => known(facts, token, now),
    }
}

fn refused(error: &ApiError) -> Finding {
    let message = format!("{} ({})", error.message, error.codes());
    match (error.code, error.subcode) {
        (190, Some(463)) => {
            Finding::problem("token-expired", format!("the token has expired: {message}"), LASTING)
        }
        (190, Some(458)) => Finding::problem(
            "token-app-removed",
            format!("the token's user has removed the app: {message}"),
            LASTING,
        ),
        (190, Some(460)) => Finding::problem(
            "token-expired",
            format!("the token expired because the password was changed: {message}"),
            LASTING,
        ),
        (0 | 190, _) if error.status < 500 => {
            Finding::problem("token-invalid", format!("the token was rejected: {message}"), LASTING)
        }
        _ => Finding::warning(
            "token-unknown",
            format!("Meta returned no details about the token: {message}"),
            "the other checks show if it works",
        ),
    }
}

fn known(facts: &ProbeResults, token: &TokenInfo, now: u64) -> Vec<Finding> {
    let expired = token.expires_at.is_some_and(|at| at <= now) || token.subcode == Some(463);
    if expired || !token.is_valid {
        let words = token.error.as_deref().unwrap_or("Meta gives no reason");
        let (id, what) =
            if expired { ("token-expired", "has expired") } else { ("token-invalid", "is not valid") };
        return vec![Finding::problem(id, format!("the token {what}: {words}"), LASTING)];
    }
    let mut findings = vec![life(token, now)];
    findings.extend(scope(token));
    findings.extend(target(facts, token));
    findings
}

fn life(token: &TokenInfo, now: u64) -> Finding {
    let kind = match token.kind.as_deref() {
        Some("SYSTEM_USER") => "system user token",
        Some("USER") => "user token",
        Some("APP") => "app token",
        _ => "token",
    };
    let left = token.expires_at.map(|at| at.saturating_sub(now));
    match (token.kind.as_deref(), left) {
        (Some("APP"), _) => Finding::problem("token-of-app", "an app token cannot manage templates", LASTING),
        (Some("USER"), left) => {
            let ends = left.map_or("at an unknown time".to_owned(), |left| format!("in {}", span(left)));
            Finding::warning(
                "token-temporary",
                format!("this is a temporary user token from the App Dashboard; it expires {ends}"),
                LASTING,
            )
        }
        (_, Some(left)) if left < 14 * DAY => {
            Finding::warning("token-expires-soon", format!("{kind}, expires in {}", span(left)), LASTING)
        }
        (_, Some(left)) => Finding::good("token", format!("{kind}, expires in {}", span(left))),
        (_, None) => Finding::good("token", format!("{kind}, never expires")),
    }
}

fn span(seconds: u64) -> String {
    match seconds {
        0..HOUR => format!("{} min", seconds / 60),
        HOUR..DAY => format!("{} h", seconds / HOUR),
        _ => format!("{} days", seconds / DAY),
    }
}

fn scope(token: &TokenInfo) -> Option<Finding> {
    let has = token.scopes.iter().any(|scope| scope == MANAGEMENT);
    (!has).then(|| {
        let scopes = if token.scopes.is_empty() { "none".to_owned() } else { token.scopes.join(", ") };
        Finding::problem(
            "scope-missing",
            format!("the token cannot manage templates; its permissions: {scopes}"),
            format!("generate it again with the permission {MANAGEMENT}"),
        )
    })
}

fn target(facts: &ProbeResults, token: &TokenInfo) -> Option<Finding> {
    let (_, ids) = token.targets.iter().find(|(scope, _)| scope == MANAGEMENT)?;
    (!ids.is_empty() && !ids.contains(&facts.account)).then(|| {
        Finding::problem(
            "asset-missing",
            format!("the token's permission is for {}, not for {}", ids.join(", "), facts.account),
            "set `waba_id` to one of these ids, or give the system user access to the account and generate the token again",
        )
    })
}
