//! Reviews by scenario: delays, verdicts, categories, and what befalls templates later.

use serde_json::{Value, json};

use super::{Graph, LIST, code, fresh, playing, simple};

const DAY: u32 = 86_400;

impl Graph {
    async fn advance(&self, seconds: u32) {
        self.post("/_sandbox/clock", &json!({ "advance_seconds": seconds })).await;
    }

    async fn field(&self, id: &str, field: &str) -> Value {
        self.get(&format!("/{id}?fields={field}")).await[field].clone()
    }
}

#[test]
fn rules_decide_at_once_or_later() {
    let scenario = "
review:
  rules:
    - match: {name: 'slow_*'}
      after: 600
    - match: {name: '*_bad', category: UTILITY}
      verdict: reject
      reason: TAG_CONTENT_MISMATCH
    - match: {contains: sale}
      category: MARKETING
    - match: {language: de}
      correct_category: MARKETING
      quality: GREEN
    - match: {name: stuck}
      verdict: hold
";
    playing(scenario, async |graph| {
        let answer = async |name: &str, language: &str, text: &str| {
            graph.post(LIST, &simple(name, language, text)).await
        };
        let slow = answer("slow_one", "en", "On its way.").await;
        assert_eq!(slow["status"], "PENDING");
        let id = slow["id"].as_str().unwrap();
        graph.advance(599).await;
        assert_eq!(graph.field(id, "status").await, "PENDING");
        graph.advance(1).await;
        assert_eq!(graph.field(id, "status").await, "APPROVED");

        let bad = answer("very_bad", "en", "On its way.").await;
        assert_eq!(bad["status"], "REJECTED");
        assert_eq!(graph.field(bad["id"].as_str().unwrap(), "rejected_reason").await, "TAG_CONTENT_MISMATCH");

        let sale = answer("offer", "en", "The sale begins.").await;
        assert_eq!([&sale["status"], &sale["category"]], ["APPROVED", "MARKETING"]);
        assert_eq!(graph.field(sale["id"].as_str().unwrap(), "previous_category").await, "UTILITY");

        let german = answer("order", "de", "Ist unterwegs.").await;
        let id = german["id"].as_str().unwrap();
        assert_eq!(
            [&german["category"], &graph.field(id, "correct_category").await],
            ["UTILITY", "MARKETING"]
        );
        assert_eq!(graph.field(id, "quality_score").await["score"], "GREEN");
        let due = graph.get(&format!("{LIST}?correct_category=MARKETING")).await;
        assert_eq!(due["data"].as_array().unwrap().len(), 1);

        let stuck = answer("stuck", "en", "On its way.").await;
        graph.advance(30 * DAY).await;
        assert_eq!(graph.field(stuck["id"].as_str().unwrap(), "status").await, "PENDING");
    });
}

#[test]
fn bad_quality_pauses_and_disables() {
    let scenario = "
review:
  rules:
    - then:
        - {after: 60, quality: RED, status: PAUSED, title: FIRST_PAUSE}
        - {after: 20000, status: PAUSED, title: SECOND_PAUSE}
        - {after: 60000, status: DISABLED, title: DISABLED}
";
    playing(scenario, async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let mut seen = Vec::new();
        for step in [0, 60, 3 * 3_600, 9_200, 6 * 3_600, 20_000] {
            graph.advance(step).await;
            seen.push(graph.field(&id, "status").await.as_str().unwrap().to_owned());
        }
        assert_eq!(seen, ["APPROVED", "PAUSED", "APPROVED", "PAUSED", "APPROVED", "DISABLED"]);
        assert_eq!(graph.field(&id, "quality_score").await["score"], "RED");
        assert_eq!(code(&graph.delete("name=order").await), "100");
    });
}

#[test]
fn a_pacing_pause_is_lifted_by_hand_alone() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        graph
            .post("/_sandbox/review", &json!({"id": id, "status": "PAUSED", "title": "RATE_LIMITING_PAUSE"}))
            .await;
        graph.advance(DAY).await;
        assert_eq!(graph.field(&id, "status").await, "PAUSED");
        assert_eq!(graph.post(&format!("/{id}/unpause"), &json!({})).await, json!({"success": true}));
        assert_eq!(graph.field(&id, "status").await, "APPROVED");
    });
}

#[test]
fn what_nobody_uses_is_archived_and_then_deleted() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let used = graph.create(&simple("used", "en", "On its way.")).await;
        graph.advance(300 * DAY).await;
        let message = json!({"messaging_product": "whatsapp", "to": "16505551234", "type": "template",
            "template": {"name": "used", "language": {"code": "en"}}});
        assert_eq!(code(&graph.post("/300000000000000/messages", &message).await), "ok");
        graph.advance(66 * DAY).await;
        assert_eq!(
            [graph.field(&id, "status").await, graph.field(&used, "status").await],
            ["ARCHIVED", "APPROVED"]
        );
        assert_eq!(
            code(&graph.post(&format!("/{id}"), &json!({"components": [super::body()]})).await),
            "100/2388039"
        );
        graph.advance(29 * DAY).await;
        assert_eq!(code(&graph.get(&format!("/{id}")).await), "100/33");
        assert_eq!(graph.get(&format!("{LIST}?name=hello_world")).await["data"][0]["status"], "APPROVED");
    });
}

#[test]
fn reviewers_say_why_and_the_control_call_is_looked_at() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let review = async |body: Value| code(&graph.post("/_sandbox/review", &body).await);
        assert_eq!(review(json!({"id": id, "category": "nonsense"})).await, "100");
        assert_eq!(review(json!({"id": "1", "status": "REJECTED"})).await, "100");
        assert_eq!(review(json!({"id": id, "account": "7", "status": "REJECTED"})).await, "100");
        assert_eq!(review(json!({"id": id, "quality": "YELLOW"})).await, "ok");
        assert_eq!(graph.field(&id, "quality_score").await["score"], "YELLOW");
        assert_eq!(
            graph.field(&id, "status").await,
            "APPROVED",
            "a change of quality leaves the status alone"
        );
    });
}
