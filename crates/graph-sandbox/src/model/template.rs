//! A template as the account keeps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::identifiers;
use crate::model::clock::DAY;
use crate::model::schedule::Due;

// A template that nobody uses is archived, and deleted four weeks later (Meta: template archival).
const UNUSED: i64 = 365 * DAY;
const ARCHIVED: i64 = 28 * DAY;
// What is deleted may be listed for a while (Meta: template management).
const LINGERING: i64 = 30 * DAY;
/// One language version of a template.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    /// Set when Meta has changed the category.
    pub(crate) previous_category: Option<String>,
    pub(crate) sub_category: Option<String>,
    pub(crate) display_format: Option<String>,
    pub(crate) parameter_format: String,
    pub(crate) message_send_ttl_seconds: Option<i64>,
    pub(crate) cta_url_link_tracking_opted_out: Option<bool>,
    pub(crate) is_primary_device_delivery_only: Option<bool>,
    /// As they read back, except that media still carry their handle.
    pub(crate) components: Vec<Value>,
    pub(crate) status: String,
    pub(crate) rejected_reason: String,
    pub(crate) quality: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    /// When it was edited while approved.
    pub(crate) edits: Vec<i64>,
    /// Put there by Meta: nobody wrote it, nobody may change it.
    pub(crate) sample: bool,
    /// Components as they were sent.
    pub(crate) sent: Vec<Value>,
    /// The category that Meta finds right, when it is another.
    pub(crate) correct_category: Option<String>,
    pub(crate) library_template_name: Option<String>,
    /// What the parameters of a template out of the library have to be.
    pub(crate) parameter_types: Vec<String>,
    pub(crate) degrees_of_freedom_spec: Option<Value>,
    /// `MANUAL`, or `AUTO_GENERATED` by Direct Send.
    pub(crate) source: String,
    /// Why it was rejected and what would help; only webhooks tell.
    pub(crate) rejection_info: Option<Value>,
    /// What is going to happen to it.
    pub(crate) agenda: Vec<Due>,
    pub(crate) status_changed: i64,
    /// The status that it goes back to when it is taken out of the archive.
    pub(crate) archived_from: Option<String>,
    /// When a message was last made from it, and how many there were.
    pub(crate) used: i64,
    pub(crate) sends: u64,
}

impl Template {
    /// A template that says nothing yet, under review.
    pub(crate) fn blank(name: &str, language: &str, now: i64) -> Self {
        Self {
            id: identifiers::template(),
            name: name.to_owned(),
            language: language.to_owned(),
            category: "UTILITY".to_owned(),
            previous_category: None,
            sub_category: None,
            display_format: None,
            parameter_format: "POSITIONAL".to_owned(),
            message_send_ttl_seconds: None,
            cta_url_link_tracking_opted_out: None,
            is_primary_device_delivery_only: None,
            components: Vec::new(),
            status: "PENDING".to_owned(),
            rejected_reason: "NONE".to_owned(),
            quality: "UNKNOWN".to_owned(),
            created: now,
            updated: now,
            edits: Vec::new(),
            sample: false,
            sent: Vec::new(),
            correct_category: None,
            library_template_name: None,
            parameter_types: Vec::new(),
            degrees_of_freedom_spec: None,
            source: "MANUAL".to_owned(),
            rejection_info: None,
            agenda: Vec::new(),
            status_changed: now,
            archived_from: None,
            used: now,
            sends: 0,
        }
    }

    /// When something happens to it next.
    pub(crate) fn next_due(&self) -> Option<i64> {
        let planned = self.agenda.iter().map(|due| due.at).min();
        planned.into_iter().chain(self.old_at()).min()
    }

    // Samples stay for ever.
    pub(crate) fn old_at(&self) -> Option<i64> {
        match self.status.as_str() {
            _ if self.sample => None,
            "APPROVED" | "REJECTED" => Some(self.updated.max(self.used) + UNUSED),
            "ARCHIVED" => Some(self.status_changed + ARCHIVED),
            "PENDING_DELETION" => Some(self.status_changed + LINGERING),
            _ => None,
        }
    }
}
