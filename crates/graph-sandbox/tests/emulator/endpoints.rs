//! The smaller endpoints: library, previews, archive, migration, comparison, the account's switches.

use serde_json::{Value, json};

use super::{LIST, code, fresh, playing, simple};

#[test]
fn the_library_is_searched_and_made_use_of() {
    fresh(async |graph| {
        let names = async |query: &str| {
            let found = graph.get(&format!("/v26.0/message_template_library?{query}")).await;
            found["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["name"].to_string().replace('"', ""))
                .collect::<Vec<_>>()
        };
        assert_eq!(names("").await.len(), 6);
        assert_eq!(names("topic=PAYMENTS").await, ["invoice_is_due"]);
        assert_eq!(names("language=es").await, ["parcel_on_its_way"]);
        assert_eq!(names("search=wished").await, ["visit_was_fine"]);
        assert_eq!(
            names("industry=[\"FINANCIAL_SERVICES\"]&usecase=PAYMENT_DUE_REMINDER").await,
            ["invoice_is_due"]
        );
        assert_eq!(names("name=nothing").await, Vec::<String>::new());

        let inputs = json!([
            {"type": "URL", "url": {"base_url": "https://pay.example/{{1}}", "url_suffix_example": "https://pay.example/7"}},
            {"type": "PHONE_NUMBER", "phone_number": "+16315551010"}]);
        // Meta's sample has them as a text.
        let wanted = json!({"name": "invoice", "language": "en_US", "category": "UTILITY",
            "library_template_name": "invoice_is_due", "library_template_button_inputs": inputs.to_string(),
            "library_template_body_inputs": {"add_contact_number": true}});
        let answer = graph.post(LIST, &wanted).await;
        assert_eq!([&answer["status"], &answer["category"]], ["APPROVED", "UTILITY"]);
        let id = answer["id"].as_str().unwrap();
        let row = graph.get(&format!("/{id}?fields=components,library_template_name")).await;
        assert_eq!(row["library_template_name"], "invoice_is_due");
        let text = row["components"][0]["text"].as_str().unwrap();
        assert!(
            text.starts_with("Hello {{1}}, your invoice") && text.ends_with("Call us at any time."),
            "{text}"
        );
        assert_eq!(row["components"][1]["buttons"][1]["phone_number"], "+16315551010");

        let message = |email: &str| {
            let parameters =
                [json!({"type": "text", "text": "1 Main Street"}), json!({"type": "text", "text": email})];
            json!({"messaging_product": "whatsapp", "to": "16505551234", "type": "template", "template": {
                "name": "moved", "language": {"code": "en_US"}, "components": [{"type": "body", "parameters": parameters}]}})
        };
        let moved =
            json!({"name": "moved", "language": "en_US", "library_template_name": "address_was_changed"});
        assert_eq!(code(&graph.post(LIST, &moved).await), "ok");
        assert_eq!(code(&graph.post("/300000000000000/messages", &message("ana@example.com")).await), "ok");
        assert_eq!(code(&graph.post("/300000000000000/messages", &message("no address")).await), "132012");

        let code_template = json!({"name": "login", "language": "en_US", "library_template_name": "code_to_sign_in",
            "library_template_body_inputs": {"add_security_recommendation": true, "code_expiration_minutes": 5}});
        let answer = graph.post(LIST, &code_template).await;
        assert_eq!([&answer["status"], &answer["category"]], ["APPROVED", "AUTHENTICATION"], "{answer}");
    });
}

#[test]
fn the_library_is_strict_about_its_inputs() {
    fresh(async |graph| {
        let with = |change: &dyn Fn(&mut Value)| {
            let mut wanted = json!({"name": "parcel", "language": "es", "library_template_name": "parcel_on_its_way",
                "library_template_button_inputs": [{"type": "URL", "url": {"base_url": "https://x.example/a"}}]});
            change(&mut wanted);
            wanted
        };
        for (wanted, template) in [
            ("100", with(&|wanted| wanted["library_template_name"] = json!("nothing"))),
            ("100", with(&|wanted| wanted["language"] = json!("de"))),
            ("100", with(&|wanted| wanted["category"] = json!("MARKETING"))),
            ("100", with(&|wanted| wanted["components"] = json!([super::body()]))),
            ("100", with(&|wanted| wanted["library_template_button_inputs"] = json!([]))),
            (
                "100",
                with(&|wanted| wanted["library_template_button_inputs"][0]["type"] = json!("PHONE_NUMBER")),
            ),
            ("100", with(&|wanted| wanted["library_template_button_inputs"][0]["url"] = json!({}))),
            ("ok", with(&|_| ())),
            ("100/2388024", with(&|_| ())),
        ] {
            assert_eq!(code(&graph.post(LIST, &template).await), wanted, "{template}");
        }
    });
}

#[test]
fn generated_texts_can_be_looked_at_beforehand() {
    fresh(async |graph| {
        let path = "/v26.0/100000000000000/message_template_previews?category=AUTHENTICATION";
        let seen = graph.get(&format!("{path}&languages=en_US,es_ES&add_security_recommendation=true&code_expiration_minutes=10&button_types=OTP")).await;
        assert_eq!(
            seen["data"][0],
            json!({"body": "*{{1}}* is your verification code. For your security, do not share this code.",
                "buttons": [{"autofill_text": "Autofill", "text": "Copy code"}],
                "footer": "This code expires in 10 minutes.", "language": "en_US"})
        );
        assert_eq!(seen["data"][1]["buttons"][0]["text"], "Copiar código");
        let all = graph.get(path).await;
        assert_eq!(all["data"].as_array().unwrap().len(), 111);
        assert_eq!(all["data"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["body", "language"]);
        for wrong in ["&languages=xx", "&code_expiration_minutes=91", "&button_types=URL"] {
            assert_eq!(code(&graph.get(&format!("{path}{wrong}")).await), "100", "{wrong}");
        }
        assert_eq!(code(&graph.get(&path.replace("AUTHENTICATION", "UTILITY")).await), "100");
    });
}

#[test]
fn templates_are_put_away_and_brought_back() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let path = "/100000000000000/message_templates/archive";
        let done = graph.post(path, &json!({"hsm_ids": [id, "1"]})).await;
        assert_eq!(done["archived_templates"], json!([id]));
        assert_eq!(done["failed_templates"]["1"], "There is no such template");
        assert_eq!(graph.get(&format!("/{id}")).await["status"], "ARCHIVED");
        assert_eq!(graph.get(&format!("{LIST}?status=ARCHIVED")).await["data"].as_array().unwrap().len(), 1);
        let again = graph.post(path, &json!({"hsm_ids": id})).await;
        assert_eq!(again["archived_templates"], json!([]));
        let back =
            graph.post(&path.replace("archive", "unarchive"), &json!({"hsm_ids": format!("{id},1")})).await;
        assert_eq!(back["unarchived_templates"], json!([id]));
        assert_eq!(graph.get(&format!("/{id}")).await["status"], "APPROVED");
        let events = graph.get("/_sandbox/webhooks").await;
        let told: Vec<&Value> = events["webhooks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|sent| &sent["body"]["entry"][0]["changes"][0]["value"]["event"])
            .collect();
        assert_eq!(told, ["APPROVED", "ARCHIVED", "UNARCHIVED"]);
        assert_eq!(
            code(&graph.post(&format!("/v26.0{path}"), &json!({"hsm_ids": [id]})).await),
            "2500",
            "it has no version"
        );
        assert_eq!(code(&graph.post(path, &json!({"hsm_ids": []})).await), "100");
        let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
        assert_eq!(code(&graph.post(path, &json!({"hsm_ids": many})).await), "100");
        assert_eq!(code(&graph.post(path, &json!({})).await), "100");
    });
}

#[test]
fn templates_move_to_another_account() {
    playing("accounts: [{id: '100000000000001'}]", async |graph| {
        for name in ["one", "two", "three"] {
            graph.create(&simple(name, "en", "On its way.")).await;
        }
        let paused = graph.create(&simple("paused", "en", "On its way.")).await;
        graph.post("/_sandbox/review", &json!({"id": paused, "status": "PAUSED"})).await;
        let bad = graph.create(&simple("bad", "en", "On its way.")).await;
        graph.post("/_sandbox/review", &json!({"id": bad, "quality": "RED"})).await;
        let other = "/v26.0/100000000000001";
        let mut marketing = simple("two", "de", "Ist unterwegs.");
        marketing["category"] = json!("MARKETING");
        graph.post(&format!("{other}/message_templates"), &marketing).await;
        let path = format!("{other}/migrate_message_templates");
        let done = graph.post(&path, &json!({"source_waba_id": "100000000000000"})).await;
        assert_eq!(done["migrated_templates"].as_array().unwrap().len(), 2);
        let reasons: Vec<&str> = done["failed_templates"]
            .as_object()
            .unwrap()
            .values()
            .map(|reason| reason.as_str().unwrap())
            .collect();
        assert_eq!(reasons, ["Incorrect category", "Template already exists"], "a category, and the sample");
        let list = graph.get(&format!("{other}/message_templates?fields=name")).await;
        assert_eq!(list["data"].as_array().unwrap().len(), 4);
        let page = graph
            .post(&path, &json!({"source_waba_id": "100000000000000", "page_number": 1, "count": 2}))
            .await;
        assert_eq!(page["failed_templates"].as_object().unwrap().len(), 2);
        for wrong in [
            json!({}),
            json!({"source_waba_id": "100000000000000", "count": 501}),
            json!({"source_waba_id": "100000000000000", "page_number": "first"}),
            json!({"source_waba_id": "100000000000000", "template_ids": []}),
        ] {
            assert_eq!(code(&graph.post(&path, &wrong).await), "100", "{wrong}");
        }
        assert_eq!(code(&graph.post(&path, &json!({"source_waba_id": "9"})).await), "100/33");
    });
}

#[test]
fn templates_are_compared_when_enough_was_sent() {
    let one = |name: &str, sends: u32| {
        format!(
            "{{name: {name}, language: en, category: UTILITY, sends: {sends}, components: [{{type: BODY, text: On its way.}}]}}"
        )
    };
    let scenario = format!("templates: [{}, {}, {}]", one("one", 1_000), one("two", 2_500), one("few", 999));
    playing(&scenario, async |graph| {
        let id = async |name: &str| {
            graph.get(&format!("{LIST}?name={name}")).await["data"][0]["id"].as_str().unwrap().to_owned()
        };
        let (first, second, few) = (id("one").await, id("two").await, id("few").await);
        let compare = async |other: &str, days: i64| {
            let (start, end) = (1_700_000_000, 1_700_000_000 + days * 86_400);
            graph.get(&format!("/{first}/compare?template_ids=[{other}]&start={start}&end={end}")).await
        };
        let seen = compare(&second, 7).await;
        let metrics: Vec<&Value> =
            seen["data"].as_array().unwrap().iter().map(|item| &item["metric"]).collect();
        assert_eq!(metrics, ["BLOCK_RATE", "MESSAGE_SENDS", "TOP_BLOCK_REASON"]);
        assert_eq!(
            seen["data"][1]["number_values"],
            json!([{"key": first, "value": 1_000}, {"key": second, "value": 2_500}])
        );
        assert_eq!(code(&compare(&second, 8).await), "100");
        assert_eq!(code(&compare(&few, 30).await), "100");
        assert_eq!(code(&compare("7", 30).await), "100/33");
        assert_eq!(code(&compare(&format!("{second},{few}"), 30).await), "100");
        assert_eq!(code(&graph.get(&format!("/{first}/compare")).await), "100");
    });
}

#[test]
fn the_account_has_switches() {
    fresh(async |graph| {
        let account = "/v26.0/100000000000000";
        let on = graph.post(account, &json!({"is_enabled_for_insights": true})).await;
        assert_eq!(on, json!({"id": "100000000000000"}));
        assert_eq!(
            graph.get(&format!("{account}?fields=is_enabled_for_insights")).await["is_enabled_for_insights"],
            true
        );
        assert_eq!(code(&graph.post(account, &json!({"is_enabled_for_insights": "false"})).await), "200006");
        assert_eq!(code(&graph.post(account, &json!({})).await), "100");
        assert_eq!(code(&graph.post(account, &json!({"is_enabled_for_insights": "maybe"})).await), "100");
        graph.post(account, &json!({"disable_marketing_messages_on_cloud_api": true})).await;
        let mut sale = simple("sale", "en", "The sale begins.");
        sale["category"] = json!("MARKETING");
        graph.create(&sale).await;
        let message = json!({"messaging_product": "whatsapp", "to": "16505551234", "type": "template",
            "template": {"name": "sale", "language": {"code": "en"}}});
        assert_eq!(code(&graph.post("/300000000000000/messages", &message).await), "131063");
    });
}

#[test]
fn lists_are_filtered_by_every_parameter() {
    fresh(async |graph| {
        let first = graph.create(&simple("first", "en", "A parcel is on its way.")).await;
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400 * 10})).await;
        graph.create(&simple("second", "de", "Ein Paket ist unterwegs.")).await;
        graph.post("/_sandbox/review", &json!({"id": first, "quality": "GREEN"})).await;
        let updated = graph.get(&format!("/{first}?fields=last_updated_time")).await["last_updated_time"]
            .as_str()
            .unwrap()
            .to_owned();
        let day = &updated[..10];
        for (query, wanted) in [
            ("content=parcel", "first"),
            ("name_or_content=unterwegs", "second"),
            ("name_or_content=second", "second"),
            ("quality_score=green", "first"),
            ("language=[\"de\",\"fr\"]", "second"),
            ("name=irs", "first"),
            ("category=utility,marketing&name=first", "first"),
        ] {
            let rows = graph.get(&format!("{LIST}?{query}")).await;
            let names: Vec<&Value> =
                rows["data"].as_array().unwrap().iter().map(|row| &row["name"]).collect();
            assert_eq!(names, [wanted], "{query}");
        }
        let count =
            async |query: &str| graph.get(&format!("{LIST}?{query}")).await["data"].as_array().unwrap().len();
        assert_eq!(count(&format!("since={day}")).await, 3);
        // The sample may be a second older.
        assert!(count(&format!("since={}", updated.replace('+', "%2B"))).await >= 2);
        assert_eq!(count("until=2001-01-01").await, 0);
        assert_eq!(count("since=2100-01-01T00:00:00Z").await, 0);
        assert_eq!(count("source=auto_generated").await, 0);
        assert_eq!(code(&graph.get(&format!("{LIST}?since=yesterday")).await), "100");
    });
}
