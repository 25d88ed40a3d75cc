//! Tokens: what they may do and see, and in which language they are told so.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Graph, LIST, code, fresh, playing, simple};

impl Graph {
    pub(super) async fn as_token(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: &Value,
    ) -> (u16, Value) {
        let request = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(token);
        let answer = request.json(body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("json"))
    }
}

const TOKENS: &str = "
accounts: [{id: '100000000000007'}]
tokens:
  - {token: messaging-only, scopes: [whatsapp_business_messaging]}
  - {token: management-only, scopes: [whatsapp_business_management]}
  - {token: expired, expires_in: -60}
  - {token: short, expires_in: 3600}
  - {token: employee, accounts: []}
  - {token: stranger, accounts: ['100000000000007'], elsewhere: hidden}
  - {token: not-live, refused: {code: 3, message: The app is in development}}
  - {token: other-app, app: '299999999999999'}
";

#[test]
fn each_kind_of_token_is_refused_in_its_own_way() {
    playing(TOKENS, async |graph| {
        let get = async |token: &str, path: &str| {
            let (status, answer) = graph.as_token(token, Method::GET, path, &json!({})).await;
            format!("{status} {}", code(&answer))
        };
        assert_eq!(get("messaging-only", LIST).await, "403 200");
        assert_eq!(get("management-only", LIST).await, "200 ok");
        assert_eq!(get("expired", LIST).await, "401 190/463");
        assert_eq!(get("employee", LIST).await, "403 200");
        assert_eq!(get("stranger", LIST).await, "400 100/33");
        assert_eq!(get("stranger", "/100000000000007/message_templates").await, "200 ok");
        assert_eq!(get("not-live", LIST).await, "400 3");
        assert_eq!(get("nobody", LIST).await, "401 190");
        let send = "/300000000000000/messages";
        let (status, answer) = graph.as_token("management-only", Method::POST, send, &json!({})).await;
        assert_eq!((status, code(&answer).as_str()), (403, "10"));

        assert_eq!(get("short", LIST).await, "200 ok");
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 3_601})).await;
        assert_eq!(get("short", LIST).await, "401 190/463");
    });
}

#[test]
fn tokens_can_be_looked_into() {
    playing(TOKENS, async |graph| {
        let look = async |token: &str| {
            graph.get(&format!("/v26.0/debug_token?input_token={token}")).await["data"].clone()
        };
        let expired = look("expired").await;
        assert_eq!([&expired["is_valid"], &expired["error"]["subcode"]], [&json!(false), &json!(463)]);
        let stranger = look("stranger").await;
        assert_eq!(stranger["granular_scopes"][0]["target_ids"], json!(["100000000000007"]));
        assert_eq!(look("messaging-only").await["scopes"], json!(["whatsapp_business_messaging"]));
        assert!(look("short").await["expires_at"].as_i64().unwrap() > 0);
        let permissions = graph.get("/me/permissions").await;
        assert_eq!(
            permissions["data"][0],
            json!({"permission": "whatsapp_business_management", "status": "granted"})
        );
        let path = "/oauth/access_token?grant_type=client_credentials&client_id=200000000000000";
        let app = graph.get(&format!("{path}&client_secret=sandbox-secret")).await;
        assert_eq!(app, json!({"access_token": "200000000000000|sandbox-secret", "token_type": "bearer"}));
        assert_eq!(look("200000000000000%7Csandbox-secret").await["type"], "APP");
        assert_eq!(code(&graph.get(&format!("{path}&client_secret=guess")).await), "100");
    });
}

#[test]
fn an_upload_belongs_to_the_app_of_its_token() {
    playing(TOKENS, async |graph| {
        let handle = graph.upload("image/png", "picture").await;
        let sent = json!({"name": "order", "language": "en", "category": "UTILITY", "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}, super::body()]});
        let (_, refused) = graph.as_token("other-app", Method::POST, LIST, &sent).await;
        assert_eq!(code(&refused), "131009/2494102");
        let start = "/200000000000000/uploads?file_name=a&file_length=1&file_type=image/png";
        let (_, refused) = graph.as_token("other-app", Method::POST, start, &json!({})).await;
        assert_eq!(code(&refused), "100/33");
        graph.create(&sent).await;
    });
}

#[test]
fn sentences_for_people_are_in_their_language() {
    playing("locale: es", async |graph| {
        let order = simple("order", "en", "On its way.");
        graph.create(&order).await;
        let again = graph.post(LIST, &order).await;
        assert_eq!(code(&again), "100/2388024");
        assert_eq!(again["error"]["error_user_title"], "Ya existe contenido en este idioma");
        assert_eq!(
            graph.delete("name=nothing").await["error"]["error_user_title"],
            "No se encontró la plantilla"
        );
        let english = graph.delete("name=nothing&locale=en_US").await;
        assert_eq!(english["error"]["error_user_title"], "Message Template Not Found");
        assert!(english["error"]["fbtrace_id"].as_str().unwrap().len() > 10);
    });
    fresh(async |graph| {
        let spanish = graph.delete("name=nothing&locale=es_ES").await;
        assert_eq!(spanish["error"]["error_user_title"], "No se encontró la plantilla");
    });
}
