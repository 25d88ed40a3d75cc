//! Templates: create, edit, delete and upsert, with identity and limits.

use serde_json::{Value, json};

use super::{LIST, authentication, code, codes, fresh, held, simple, with};

#[test]
fn a_template_is_created_read_edited_and_deleted() {
    fresh(async |graph| {
        let answer = graph.post(LIST, &simple("order", "en_US", "Your order is on its way.")).await;
        let id = answer["id"].as_str().unwrap();
        assert_eq!(answer, json!({"id": id, "status": "APPROVED", "category": "UTILITY"}));
        let asked = graph
            .get(&format!("/v26.0/{id}?fields=status,rejected_reason,quality_score,last_updated_time"))
            .await;
        assert_eq!(
            [&asked["status"], &asked["rejected_reason"], &asked["quality_score"]["score"]],
            ["APPROVED", "NONE", "UNKNOWN"]
        );
        assert!(asked["quality_score"]["date"].is_i64());
        assert!(asked["last_updated_time"].as_str().unwrap().ends_with("+0000"));
        let edited = graph
            .post(&format!("/{id}"), &json!({"components": [{"type": "BODY", "text": "It has arrived."}]}))
            .await;
        assert_eq!(edited, json!({"success": true}));
        assert_eq!(graph.components(id).await, json!([{"type": "BODY", "text": "It has arrived."}]));
        assert_eq!(graph.delete("name=order").await, json!({"success": true}));
        assert_eq!(code(&graph.get(&format!("/{id}")).await), "100/33");
    });
}

#[test]
fn names_and_languages_are_unique_and_share_a_category() {
    fresh(async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        graph.create(&simple("order", "de", "Ist unterwegs.")).await;
        let again = graph.post(LIST, &simple("order", "en", "On its way.")).await;
        assert_eq!(code(&again), "100/2388024");
        assert!(again["error"]["error_user_msg"].as_str().unwrap().contains("already English content"));
        let mut marketing = simple("order", "fr", "En route.");
        marketing["category"] = json!("MARKETING");
        assert_eq!(code(&graph.post(LIST, &marketing).await), "100");
    });
}

#[test]
fn a_deleted_approved_name_is_locked_for_thirty_days() {
    fresh(async |graph| {
        let order = simple("order", "en", "On its way.");
        let id = graph.create(&order).await;
        graph.delete(&format!("hsm_id={id}&name=order")).await;
        assert_eq!(code(&graph.post(LIST, &order).await), "100/2388023");
        graph.create(&simple("order", "de", "Ist unterwegs.")).await;
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 30 * 86_400 - 60})).await;
        assert_eq!(code(&graph.post(LIST, &order).await), "100/2388023");
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 120})).await;
        assert_ne!(graph.create(&order).await, id);
    });
}

#[test]
fn deleting_names_what_it_deletes_and_is_all_or_nothing() {
    with(held(), async |graph| {
        let order = simple("order", "en", "On its way.");
        let id = graph.create(&order).await;
        let other = graph.create(&simple("other", "en", "On its way.")).await;
        for (wanted, query) in [
            ("100", "name=nothing".to_owned()),
            ("100", format!("hsm_id={id}")),
            ("100", format!("hsm_id={id}&name=other")),
            ("100", format!("hsm_ids=[{id},1]")),
            ("100", format!("hsm_ids=[{id}]&name=order")),
            ("100", String::new()),
        ] {
            assert_eq!(code(&graph.delete(&query).await), wanted, "{query}");
        }
        graph.post("/_sandbox/review", &json!({"id": other, "status": "DISABLED"})).await;
        assert_eq!(code(&graph.delete("name=other").await), "100");
        assert_eq!(code(&graph.delete(&format!("hsm_ids=[{id},{other}]")).await), "100");
        assert_eq!(graph.get(LIST).await["data"].as_array().unwrap().len(), 3);
        assert_eq!(graph.delete(&format!("hsm_ids=[\"{id}\"]")).await, json!({"success": true}));
        // It was never approved: the name is free at once.
        graph.create(&order).await;
    });
}

#[test]
fn edits_are_counted_and_depend_on_the_status() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let path = format!("/v26.0/{id}");
        let edit = json!({"components": [{"type": "BODY", "text": "Arrived."}]});
        assert_eq!(code(&graph.post(&path, &edit).await), "ok");
        assert_eq!(code(&graph.post(&path, &edit).await), "100/2388039");
        for _ in 1..10 {
            graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400})).await;
            assert_eq!(code(&graph.post(&path, &edit).await), "ok");
        }
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400})).await;
        assert_eq!(code(&graph.post(&path, &edit).await), "100/2388039", "eleventh edit in 30 days");
        for (status, wanted) in
            [("REJECTED", "ok"), ("PAUSED", "ok"), ("PENDING", "100/2388039"), ("DISABLED", "100/2388039")]
        {
            graph
                .post("/_sandbox/review", &json!({"name": "order", "language": "en", "status": status}))
                .await;
            assert_eq!(code(&graph.post(&path, &edit).await), wanted, "{status}");
        }
    });
}

#[test]
fn an_edit_keeps_identity_and_an_approved_category() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let path = format!("/{id}");
        for change in [
            json!({"category": "MARKETING"}),
            json!({"name": "x"}),
            json!({"language": "de"}),
            json!({"components": []}),
        ] {
            assert_eq!(code(&graph.post(&path, &change).await), "100", "{change}");
        }
        assert_eq!(code(&graph.post(&path, &json!({"cta_url_link_tracking_opted_out": true})).await), "100");
        graph
            .post(
                "/_sandbox/review",
                &json!({"id": id, "status": "REJECTED", "reason": "INCORRECT_CATEGORY"}),
            )
            .await;
        assert_eq!(
            graph.get(&format!("{path}?fields=rejected_reason")).await["rejected_reason"],
            "INCORRECT_CATEGORY"
        );
        assert_eq!(code(&graph.post(&path, &json!({"category": "MARKETING"})).await), "ok");
        let row = graph.get(&path).await;
        assert_eq!(
            [&row["category"], &row["sub_category"], &row["status"]],
            ["MARKETING", "CUSTOM", "APPROVED"]
        );
    });
}

#[test]
fn a_hundred_templates_an_hour_and_no_more_than_the_account_holds() {
    fresh(async |graph| {
        for number in 0..100 {
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        let refused = graph.post(LIST, &simple("more", "en", "On its way.")).await;
        assert_eq!(code(&refused), "80008");
        assert_eq!(refused["error"]["is_transient"], true);
        for number in 100..249 {
            if number % 99 == 1 {
                graph.post("/_sandbox/clock", &json!({"advance_seconds": 3_600})).await;
            }
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 3_600})).await;
        assert_eq!(code(&graph.post(LIST, &simple("more", "en", "On its way.")).await), "100/2388019");
    });
}

#[test]
fn many_languages_are_upserted_together() {
    fresh(async |graph| {
        let path = "/v26.0/100000000000000/upsert_message_templates";
        let mut wanted = authentication("en", &json!({"type": "OTP", "otp_type": "COPY_CODE"}));
        wanted.as_object_mut().unwrap().remove("language");
        wanted["languages"] = json!(["en", "fa", "de"]);
        let first = graph.post(path, &wanted).await;
        assert_eq!(first["data"].as_array().unwrap().len(), 3);
        assert_eq!(graph.post(path, &wanted).await, first, "nothing differs, nothing is edited");
        wanted["components"][1]["code_expiration_minutes"] = json!(7);
        assert_eq!(graph.post(path, &wanted).await, first);
        wanted["languages"] = json!(["ar", "xx"]);
        assert_eq!(code(&graph.post(path, &wanted).await), "100");
        assert_eq!(graph.get(&format!("{LIST}?language=ar")).await, json!({"data": []}), "all or nothing");
        wanted["components"][2]["buttons"][0]["text"] = json!("Copy");
        assert_eq!(code(&graph.post(path, &wanted).await), "100");
    });
}

#[test]
fn top_level_values_are_checked() {
    let with = |key: &str, value: Value| {
        let mut template = simple("order", "en", "On its way.");
        template[key] = value;
        template
    };
    let timed = |category: &str, seconds: i64| {
        let mut template = with("message_send_ttl_seconds", json!(seconds));
        template["category"] = json!(category);
        template
    };
    codes(&[
        ("ok", "digits in a name", with("name", json!("order_66"))),
        ("100/2388046", "upper case in a name", with("name", json!("Order"))),
        ("100/2388046", "space in a name", with("name", json!("my order"))),
        ("ok", "512 characters of a name", with("name", json!("a".repeat(512)))),
        ("100", "513 characters of a name", with("name", json!("a".repeat(513)))),
        ("100", "no name", with("name", json!(""))),
        ("100", "hyphen in a language", with("language", json!("en-US"))),
        ("100", "unknown language", with("language", json!("es_VE"))),
        ("100", "retired category", with("category", json!("ACCOUNT_UPDATE"))),
        ("100", "unknown parameter format", with("parameter_format", json!("other"))),
        ("ok", "parameter format in lower case", with("parameter_format", json!("positional"))),
        ("100", "sub-category that is only read", with("sub_category", json!("CUSTOM"))),
        ("ok", "sub-category", with("sub_category", json!("ORDER_STATUS"))),
        ("100", "display format", with("display_format", json!("OTHER"))),
        ("100", "unknown key", with("componets", json!([]))),
        ("100", "no components", with("components", json!([]))),
        ("100", "components of the wrong kind", with("components", json!(["x"]))),
        ("ok", "least ttl of utility", timed("UTILITY", 30)),
        ("100", "too little ttl of utility", timed("UTILITY", 29)),
        ("100", "too much ttl of utility", timed("UTILITY", 43_201)),
        ("ok", "endless ttl of utility", timed("UTILITY", -1)),
        ("100", "endless ttl of marketing", timed("MARKETING", -1)),
        ("100", "ttl of Meta's own marketing example", timed("MARKETING", 120)),
        ("ok", "most ttl of marketing", timed("MARKETING", 2_592_000)),
    ]);
}
