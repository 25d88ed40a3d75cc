//! Who calls: tokens, what they may do, and which accounts they see.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::emulator::World;
use crate::graph_error::Refusal;
use crate::protocol::request::Call;
use crate::scenario::tokens::{Elsewhere, Refused};

/// Templates, numbers and everything else that is managed.
pub(crate) const MANAGEMENT: &str = "whatsapp_business_management";
/// Sending.
pub(crate) const MESSAGING: &str = "whatsapp_business_messaging";

/// A token that was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) app: String,
    /// When it expires; 0 for never.
    pub(crate) expires: i64,
    /// Accounts that it may see; all when absent.
    accounts: Option<Vec<String>>,
    elsewhere: Elsewhere,
    refused: Option<Refused>,
}

/// The token of a call, if it is good for anything.
pub(crate) fn token(world: &World, call: &Call) -> Result<Token, Refusal> {
    let Some(text) = call.token() else {
        return Err(Refusal::token("An access token is required to request this resource."));
    };
    let token = known(world, text)
        .ok_or_else(|| Refusal::token("Invalid OAuth access token - Cannot parse access token"))?;
    if token.is_over(world.account.now()) {
        return Err(Refusal::token_over("Error validating access token: Session has expired"));
    }
    match &token.refused {
        Some(refused) => Err(of(refused)),
        None => Ok(token),
    }
}

/// What is known about a token, be it good or not.
pub(crate) fn known(world: &World, text: &str) -> Option<Token> {
    let settings = &world.settings;
    let app_token = format!("{}|{}", settings.app, settings.scenario.app.secret);
    if text == settings.token {
        return Some(Token::new("SYSTEM_USER", &[MANAGEMENT, MESSAGING], &settings.app));
    }
    if text == app_token {
        return Some(Token::new("APP", &[], &settings.app));
    }
    let entry = settings.scenario.tokens.iter().find(|entry| entry.token == text)?;
    Some(Token {
        kind: entry.kind.to_ascii_uppercase(),
        scopes: entry.scopes.clone(),
        app: entry.app.clone().unwrap_or_else(|| settings.app.clone()),
        expires: entry.expires_in.map_or(0, |seconds| world.started.saturating_add(seconds)),
        accounts: entry.accounts.clone(),
        elsewhere: entry.elsewhere,
        refused: entry.refused.clone(),
    })
}

impl Token {
    fn new(kind: &str, scopes: &[&str], app: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            scopes: scopes.iter().map(ToString::to_string).collect(),
            app: app.to_owned(),
            expires: 0,
            accounts: None,
            elsewhere: Elsewhere::default(),
            refused: None,
        }
    }

    /// Whether it has expired.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        self.expires != 0 && now >= self.expires
    }

    /// Whether it has a permission (Meta: permissions; the templates' edges answer 200).
    pub(crate) fn check_scope(&self, scope: &str) -> Result<(), Refusal> {
        if self.scopes.iter().any(|own| own == scope) {
            return Ok(());
        }
        Err(match scope {
            MESSAGING => Refusal::forbidden(10, "Application does not have permission for this action"),
            _ => Refusal::forbidden(200, format!("Requires the {scope} permission to manage the object")),
        })
    }

    /// Whether it sees an account.
    pub(crate) fn check_account(&self, method: &str, account: &str, asked: &str) -> Result<(), Refusal> {
        if self.accounts.as_ref().is_none_or(|ids| ids.iter().any(|id| id == account)) {
            return Ok(());
        }
        Err(match self.elsewhere {
            Elsewhere::Forbidden => {
                Refusal::forbidden(200, "You do not have the necessary permissions for this account")
            }
            Elsewhere::Hidden => Refusal::unknown_object(method, asked),
        })
    }

    /// What `debug_token` tells of it.
    pub(crate) fn describe(&self, world: &World) -> Value {
        let valid = !self.is_over(world.account.now()) && self.refused.is_none();
        let all: Vec<&String> = match &self.accounts {
            Some(ids) => ids.iter().collect(),
            None => world.accounts().map(|account| &account.id).collect(),
        };
        let granular = self.scopes.iter().map(|scope| json!({"scope": scope, "target_ids": all}));
        let mut told = json!({
            "app_id": self.app,
            "type": self.kind,
            "application": "Sandbox",
            "data_access_expires_at": 0,
            "expires_at": self.expires,
            "is_valid": valid,
            "issued_at": world.started,
            "scopes": self.scopes,
            "granular_scopes": granular.collect::<Vec<_>>(),
            "user_id": "400000000000000",
        });
        if !valid && let Some(told) = told.as_object_mut() {
            let error = json!({"code": 190, "subcode": 463, "message": "Session has expired"});
            told.insert("error".to_owned(), error);
        }
        told
    }
}

/// The error that a scenario names.
pub(crate) fn of(refused: &Refused) -> Refusal {
    let status = match refused.code {
        0 | 190 => StatusCode::UNAUTHORIZED,
        10 | 200..=299 | 368 => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    Refusal {
        status,
        code: refused.code,
        subcode: refused.subcode,
        transient: false,
        title: refused.message.clone(),
        detail: refused.message.clone(),
    }
}
