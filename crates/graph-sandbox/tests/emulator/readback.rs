//! How templates read back: the rows of the list of what is known to differ from what was sent.

use serde_json::{Value, json};

use super::{Graph, LIST, authentication, body, fresh, playing, simple, template};

impl Graph {
    async fn read(&self, template: &Value, fields: &str) -> Value {
        let id = self.create(template).await;
        self.get(&format!("/{id}?fields={fields}")).await
    }
}

/// A template in which nearly everything reads back differently.
fn sent() -> Value {
    json!({"name": "sale", "language": "en", "category": "marketing", "components": [
        {"type": "header", "format": "text", "text": "Sale"},
        {"type": "body", "text": "Hello {{1}}, come soon.", "example": {"body_text": ["Ana"]}},
        {"type": "buttons", "buttons": [
            {"type": "copy_code", "example": "SAVE20"},
            {"type": "phone_number", "text": "Call", "phone_number": "15550051310"},
            {"type": "url", "text": "More", "url": "https://shop.example/{{1}}", "example": "{summer}"}]}]})
}

#[test]
fn row_1_enums_in_upper_case_and_now_and_then_a_status_in_lower_case() {
    fresh(async |graph| {
        let row = graph.read(&sent(), "category,components").await;
        assert_eq!(row["category"], "MARKETING");
        let kinds = ["/0/type", "/0/format", "/1/type", "/2/buttons/0/type"]
            .map(|at| row["components"].pointer(at).unwrap().clone());
        assert_eq!(kinds, ["HEADER", "TEXT", "BODY", "COPY_CODE"]);
    });
    playing("quirks: [lower_case_status]", async |graph| {
        assert_eq!(graph.read(&sent(), "status").await["status"], "approved");
    });
}

#[test]
fn row_2_components_in_another_order() {
    playing("quirks: [shuffled_components]", async |graph| {
        let row = graph.read(&sent(), "components").await;
        let order: Vec<&Value> =
            row["components"].as_array().unwrap().iter().map(|component| &component["type"]).collect();
        assert_eq!(order, ["HEADER", "BUTTONS", "BODY"]);
    });
}

#[test]
fn row_3_handles_become_links_that_change_and_cannot_be_sent() {
    fresh(async |graph| {
        let handle = graph.upload("image/png", "picture").await;
        let media = template(
            "UTILITY",
            &json!([{"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}, body()]),
        );
        let id = graph.create(&media).await;
        let link = async || {
            graph.components(&id).await[0]["example"]["header_handle"][0].as_str().unwrap().to_owned()
        };
        let (first, second) = (link().await, link().await);
        assert!(first.starts_with("https://scontent.whatsapp.net/v/t61."), "{first}");
        assert_ne!(first, second);
        graph.post("/_sandbox/reset", &json!({})).await;
        let again = template(
            "UTILITY",
            &json!([{"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [first]}}, body()]),
        );
        assert_eq!(super::code(&graph.post(LIST, &again).await), "100/2388273");
    });
}

#[test]
fn rows_4_to_7_authentication_is_rewritten() {
    let copy = json!({"type": "OTP", "otp_type": "COPY_CODE"});
    fresh(async |graph| {
        let row = graph.read(&authentication("es", &copy), "components").await;
        let components = &row["components"];
        assert_eq!(components[0]["add_security_recommendation"], true);
        assert!(components[0]["text"].as_str().unwrap().contains("*{{1}}*"));
        assert_eq!(components[0]["example"], json!({"body_text": [["123456"]]}));
        assert_eq!(
            components[1],
            json!({"type": "FOOTER", "text": "Este código caduca en 5 minutos.", "code_expiration_minutes": 5})
        );
        let button = &components[2]["buttons"][0];
        assert_eq!([&button["type"], &button["text"]], ["URL", "Copiar código"]);
        assert!(
            button["url"]
                .as_str()
                .unwrap()
                .starts_with("https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE")
        );
        assert!(button["example"][0].as_str().unwrap().ends_with("code=otp123456"));
    });
    playing("quirks: [otp_buttons]", async |graph| {
        let row = graph.read(&authentication("en", &copy), "components").await;
        assert_eq!(
            row["components"][2]["buttons"],
            json!([{"otp_type": "COPY_CODE", "text": "Copy code", "type": "OTP"}])
        );
    });
}

#[test]
fn rows_8_to_11_buttons_and_samples() {
    fresh(async |graph| {
        let row = graph.read(&sent(), "components").await;
        let buttons = &row["components"][2]["buttons"];
        assert_eq!(
            buttons[0],
            json!({"type": "COPY_CODE", "example": ["SAVE20"], "text": "Copy offer code"})
        );
        assert_eq!(buttons[1]["phone_number"], "+15550051310");
        assert_eq!(row["components"][1]["example"], json!({"body_text": [["Ana"]]}));
        assert_eq!(buttons[2]["example"], json!(["{summer}"]));
    });
    playing("quirks: [encoded_braces]", async |graph| {
        let row = graph.read(&sent(), "components").await;
        assert_eq!(row["components"][2]["buttons"][2]["example"], json!(["%7Bsummer%7D"]));
        assert_eq!(row["components"][1]["example"], json!({"body_text": [["Ana"]]}));
    });
}

#[test]
fn row_12_samples_are_missing_now_and_then() {
    playing("quirks: [missing_samples]", async |graph| {
        let row = graph.read(&sent(), "components").await;
        assert!(!row.to_string().contains("example\":"), "{row}");
        assert_eq!(row["components"][1]["text"], "Hello {{1}}, come soon.");
    });
}

#[test]
fn rows_13_to_18_what_nobody_sent() {
    fresh(async |graph| {
        let fields = "parameter_format,message_send_ttl_seconds,category,previous_category,correct_category,sub_category,rejected_reason,quality_score";
        let row = graph.read(&sent(), fields).await;
        assert_eq!(
            [&row["parameter_format"], &row["sub_category"], &row["rejected_reason"]],
            ["POSITIONAL", "CUSTOM", "NONE"]
        );
        assert_eq!(
            [&row["message_send_ttl_seconds"], &row["previous_category"]],
            [&Value::Null, &Value::Null]
        );
        assert_eq!(row["correct_category"], "");
        assert_eq!(row["quality_score"]["score"], "UNKNOWN");
        assert!(row["quality_score"]["date"].is_i64());
        let mut timed = simple("order", "en", "On its way.");
        timed["message_send_ttl_seconds"] = json!("600");
        let id = graph.create(&timed).await;
        assert_eq!(graph.get(&format!("/{id}")).await["message_send_ttl_seconds"], 600);
        graph.post("/_sandbox/category", &json!({"name": "order", "category": "MARKETING"})).await;
        let row = graph.get(&format!("/{id}")).await;
        assert_eq!([&row["category"], &row["previous_category"]], ["MARKETING", "UTILITY"]);
        assert_eq!(row["message_send_ttl_seconds"], Value::Null, "a change of category resets it");
    });
}

#[test]
fn rows_19_and_20_maps_become_lists_and_library_inputs_components() {
    fresh(async |graph| {
        let mut sale = sent();
        sale["degrees_of_freedom_spec"] =
            json!({"creative_features_spec": {"image_brightness_and_contrast": {"enroll_status": "OPT_IN"}}});
        let row = graph.read(&sale, "degrees_of_freedom_spec").await;
        assert_eq!(
            row["degrees_of_freedom_spec"]["creative_features_spec"],
            json!([{"key": "image_brightness_and_contrast", "value": {"enroll_status": "OPT_IN"}}])
        );
        let made = json!({"name": "survey", "language": "en_US", "library_template_name": "visit_was_fine",
            "library_template_button_inputs": [{"type": "URL", "url": {"base_url": "https://x.example/a"}}]});
        let row = graph.read(&made, "library_template_name,components,name").await;
        assert_eq!(row["library_template_name"], "visit_was_fine");
        assert_eq!(row["components"][1]["buttons"][0]["url"], "https://x.example/a");
    });
}

#[test]
fn rows_21_and_22_slashes_and_languages() {
    playing("quirks: [escaped_slashes]", async |graph| {
        graph.create(&sent()).await;
        let text = graph
            .send(reqwest::Method::GET, &format!("{LIST}?name=sale"), None)
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(text.contains("https:\\/\\/shop.example\\/{{1}}"), "{text}");
    });
    fresh(async |graph| {
        let row = graph.read(&simple("order", "en_US", "On its way."), "language").await;
        assert_eq!(row["language"], "en_US");
        let log = graph.get("/_sandbox/webhooks").await;
        let told = &log["webhooks"][0]["body"]["entry"][0]["changes"][0]["value"];
        assert_eq!(told["message_template_language"], "en-US");
    });
}

#[test]
fn row_23_templates_that_nobody_wrote() {
    playing(
        "templates: [{name: shipped, language: en, category: UTILITY, source: AUTO_GENERATED, components: [{type: BODY, text: Shipped.}]}]",
        async |graph| {
            let rows = graph.get(&format!("{LIST}?fields=name,source")).await;
            let shown: Vec<String> = rows["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| format!("{} {}", row["name"], row["source"]))
                .collect();
            assert_eq!(shown, ["\"shipped\" \"AUTO_GENERATED\"", "\"hello_world\" \"MANUAL\""]);
        },
    );
}

#[test]
fn row_24_deleted_and_archived_templates_are_listed() {
    playing("quirks: [lingering_deletions]", async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        assert_eq!(graph.delete("name=order").await, json!({"success": true}));
        let status = async || graph.get(&format!("{LIST}?name=order")).await["data"][0]["status"].clone();
        assert_eq!(status().await, "PENDING_DELETION");
        assert_eq!(super::code(&graph.post(LIST, &simple("order", "en", "Again.")).await), "100/2388024");
        assert_eq!(
            super::code(&graph.post(&format!("/{id}"), &json!({"components": [body()]})).await),
            "100/2388039"
        );
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400 * 30 + 1})).await;
        assert_eq!(status().await, Value::Null);
        graph.create(&simple("order", "en", "Again.")).await;
    });
}

#[test]
fn row_25_what_nobody_knows_comes_through() {
    playing(
        "templates: [{name: odd, language: en, category: UTILITY, raw: true, components: [{type: HOLOGRAM, depth: 3}, {type: BUTTONS, buttons: [{type: TELEPORT, to: home}]}]}]",
        async |graph| {
            let row = graph.get(&format!("{LIST}?name=odd")).await["data"][0].clone();
            assert_eq!(
                row["components"],
                json!([{"type": "HOLOGRAM", "depth": 3}, {"type": "BUTTONS", "buttons": [{"type": "TELEPORT", "to": "home"}]}])
            );
        },
    );
}

#[test]
fn faithfully_read_back_everything_is_as_it_was_sent() {
    playing("read_back: faithful", async |graph| {
        let handle = graph.upload("image/png", "picture").await;
        let mut sale = sent();
        sale["components"][0] =
            json!({"type": "HEADER", "format": "image", "example": {"header_handle": [handle]}});
        let row = graph.read(&sale, "components,sub_category").await;
        for (at, kind) in ["HEADER", "BODY", "BUTTONS"].into_iter().enumerate() {
            sale["components"][at]["type"] = json!(kind);
        }
        assert_eq!(row["components"], sale["components"]);
        assert_eq!(row["sub_category"], Value::Null);
        let login = authentication("en", &json!({"type": "OTP", "otp_type": "COPY_CODE"}));
        assert_eq!(graph.read(&login, "components").await["components"], login["components"]);
    });
}
