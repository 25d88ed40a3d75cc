//! Access tokens: validity, permissions and accessible accounts.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::graph_error::GraphError;
use crate::protocol::request::ApiRequest;
use crate::scenario::tokens::{ForcedError, InaccessibleAccounts};

/// Templates, numbers and everything else that is managed.
pub(crate) const MANAGEMENT: &str = "whatsapp_business_management";
/// Sending.
pub(crate) const MESSAGING: &str = "whatsapp_business_messaging";

/// A known token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) app: String,
    /// Expiry time; 0 for never.
    pub(crate) expires: i64,
    /// Accounts that it may see; all when absent.
    accounts: Option<Vec<String>>,
    elsewhere: InaccessibleAccounts,
    refused: Option<ForcedError>,
}

/// The token of a call, if it is valid.
pub(crate) fn token(emulator: &Emulator, call: &ApiRequest) -> Result<Token, GraphError> {
    let Some(text) = call.token() else {
        return Err(GraphError::token("An access token is required to request this resource."));
    };
    let token = known(emulator, text)
        .ok_or_else(|| GraphError::token("Invalid OAuth access token - Cannot parse access token"))?;
    if token.is_expired(emulator.account.now()) {
        return Err(GraphError::token_expired("Error validating access token: Session has expired"));
    }
    match &token.refused {
        Some(refused) => Err(forced_error(refused)),
        None => Ok(token),
    }
}

/// Looks up a token, valid or not.
pub(crate) fn known(emulator: &Emulator, text: &str) -> Option<Token> {
    let settings = &emulator.settings;
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
        expires: entry.expires_in.map_or(0, |seconds| emulator.started.saturating_add(seconds)),
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
            elsewhere: InaccessibleAccounts::default(),
            refused: None,
        }
    }

    /// Returns whether it has expired.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires != 0 && now >= self.expires
    }

    /// Checks a permission (Meta: permissions; the template edges return code 200).
    pub(crate) fn check_scope(&self, scope: &str) -> Result<(), GraphError> {
        if self.scopes.iter().any(|own| own == scope) {
            return Ok(());
        }
        Err(match scope {
            MESSAGING => GraphError::forbidden(10, "Application does not have permission for this action"),
            _ => GraphError::forbidden(200, format!("Requires the {scope} permission to manage the object")),
        })
    }

    /// Checks access to an account.
    pub(crate) fn check_account(&self, method: &str, account: &str, asked: &str) -> Result<(), GraphError> {
        if self.accounts.as_ref().is_none_or(|ids| ids.iter().any(|id| id == account)) {
            return Ok(());
        }
        Err(match self.elsewhere {
            InaccessibleAccounts::Forbidden => {
                GraphError::forbidden(200, "You do not have the necessary permissions for this account")
            }
            InaccessibleAccounts::Hidden => GraphError::unknown_object(method, asked),
        })
    }

    /// The response of `debug_token`.
    pub(crate) fn describe(&self, emulator: &Emulator) -> Value {
        let valid = !self.is_expired(emulator.account.now()) && self.refused.is_none();
        let all: Vec<&String> = match &self.accounts {
            Some(ids) => ids.iter().collect(),
            None => emulator.accounts().map(|account| &account.id).collect(),
        };
        let granular = self.scopes.iter().map(|scope| json!({"scope": scope, "target_ids": all}));
        let mut shown = json!({
            "app_id": self.app,
            "type": self.kind,
            "application": "Sandbox",
            "data_access_expires_at": 0,
            "expires_at": self.expires,
            "is_valid": valid,
            "issued_at": emulator.started,
            "scopes": self.scopes,
            "granular_scopes": granular.collect::<Vec<_>>(),
            "user_id": "400000000000000",
        });
        if !valid && let Some(shown) = shown.as_object_mut() {
            let error = json!({"code": 190, "subcode": 463, "message": "Session has expired"});
            shown.insert("error".to_owned(), error);
        }
        shown
    }
}

/// The error that a scenario names.
pub(crate) fn forced_error(refused: &ForcedError) -> GraphError {
    let status = match refused.code {
        0 | 190 => StatusCode::UNAUTHORIZED,
        10 | 200..=299 | 368 => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    GraphError {
        status,
        code: refused.code,
        subcode: refused.subcode,
        transient: false,
        title: refused.message.clone(),
        detail: refused.message.clone(),
    }
}
