//! Lists of templates: pages, filters, summaries.

use serde_json::{Value, json};

use super::{LIST, body, code, fresh, simple};

#[test]
fn a_fresh_account_shows_the_sample_that_nobody_wrote() {
    fresh(async |graph| {
        let list = graph.get(LIST).await;
        let row = &list["data"][0];
        let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name", "parameter_format", "components", "language", "status", "category", "id"]);
        assert_eq!(row["name"], "hello_world");
        assert_eq!(list["paging"]["next"], Value::Null);
        let id = row["id"].as_str().unwrap();
        assert!((15..=17).contains(&id.len()), "{id}");
        assert_eq!(
            code(&graph.post(&format!("/{id}"), &json!({"components": [body()]})).await),
            "100/2388155"
        );
        assert_eq!(code(&graph.delete("name=hello_world").await), "100/2388155");
        assert_eq!(code(&graph.post(LIST, &simple("hello_world", "de", "Hallo Welt")).await), "100/2388155");
    });
}

#[test]
fn lists_are_paged_filtered_and_summed_up() {
    fresh(async |graph| {
        for number in 0..60 {
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        let (mut names, mut sizes, mut after) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = graph.get(&format!("{LIST}?fields=name&after={after}")).await;
            let rows = page["data"].as_array().unwrap();
            sizes.push(rows.len());
            names.extend(rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
            after = page["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
            let Some(next) = page["paging"]["next"].as_str() else { break };
            assert!(
                next.starts_with(&graph.base)
                    && next.contains("access_token=sandbox-token")
                    && next.contains(&after)
            );
        }
        assert_eq!(sizes, [25, 25, 11]);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 61);

        let back = graph.get(&format!("{LIST}?limit=10&before={after}")).await;
        assert_eq!(back["data"].as_array().unwrap().len(), 10);
        assert!(back["paging"]["previous"].is_string());
        let some = graph
            .get(&format!(
                "{LIST}?name=order_5&status=approved&summary=total_count,message_template_limit&limit=3"
            ))
            .await;
        assert_eq!(some["data"].as_array().unwrap().len(), 3);
        assert_eq!(some["summary"], json!({"total_count": 11, "message_template_limit": 250}));
        assert_eq!(graph.get(&format!("{LIST}?name=nothing")).await, json!({"data": []}));
        assert_eq!(graph.get(&format!("{LIST}?language=de&category=utility")).await, json!({"data": []}));
    });
}

#[test]
fn a_cursor_dies_with_its_template() {
    fresh(async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        let after = graph.get(&format!("{LIST}?limit=1")).await["paging"]["cursors"]["after"].clone();
        graph.delete("name=order").await;
        assert_eq!(code(&graph.get(&format!("{LIST}?after={}", after.as_str().unwrap())).await), "131059");
    });
}
