//! Resumable uploads.

use serde_json::{Value, json};

use super::{TOKEN, code, fresh};

#[test]
fn uploads_resume_where_they_stopped() {
    fresh(async |graph| {
        let start = "/v26.0/200000000000000/uploads?file_name=a.jpg&file_type=image/jpeg&file_length=6";
        let session = graph.post(start, &json!({})).await["id"].as_str().unwrap().to_owned();
        let address = format!("{}/v26.0/{session}", graph.base);
        let put = async |offset: &str, bytes: &'static str| -> Value {
            let request = graph.client.post(&address).bearer_auth(TOKEN).header("file_offset", offset);
            request.body(bytes).send().await.unwrap().json().await.unwrap()
        };
        assert_eq!(put("0", "abc").await, json!({"id": session, "file_offset": "3"}));
        assert_eq!(code(&put("0", "abc").await), "100");
        assert_eq!(graph.get(&format!("/v26.0/{session}")).await["file_offset"], "3");
        assert_eq!(code(&put("3", "defg").await), "100");
        assert!(put("3", "def").await["h"].is_string());
        assert_eq!(code(&graph.get("/upload:other?sig=x").await), "100/33");
        assert_eq!(code(&graph.post("/200000000000000/uploads?file_length=1", &json!({})).await), "100");
    });
}
