//! A template as the account keeps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::identifiers;
use crate::model::clock::DAY;
use crate::model::schedule::ScheduledChange;

// An unused template is archived, and deleted four weeks later (Meta: template archival).
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
    /// Times of edits while it was approved.
    pub(crate) edits: Vec<i64>,
    /// `true` for Meta's sample, which cannot be changed.
    pub(crate) sample: bool,
    /// Components as they were sent.
    pub(crate) sent: Vec<Value>,
    /// The category that Meta finds right, when it is another.
    pub(crate) correct_category: Option<String>,
    pub(crate) library_template_name: Option<String>,
    /// Parameter types of a library template.
    pub(crate) parameter_types: Vec<String>,
    pub(crate) degrees_of_freedom_spec: Option<Value>,
    /// `MANUAL`, or `AUTO_GENERATED` by Direct Send.
    pub(crate) source: String,
    /// Reason of the rejection and recommendation; only webhooks include it.
    pub(crate) rejection_info: Option<Value>,
    /// Scheduled changes.
    #[serde(rename = "agenda")]
    pub(crate) schedule: Vec<ScheduledChange>,
    pub(crate) status_changed: i64,
    /// The status that it goes back to when it is taken out of the archive.
    pub(crate) archived_from: Option<String>,
    /// Time of the last message, and number of messages.
    pub(crate) used: i64,
    pub(crate) sends: u64,
}

impl Template {
    /// An empty template in review.
    pub(crate) fn new(name: &str, language: &str, now: i64) -> Self {
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
            schedule: Vec::new(),
            status_changed: now,
            archived_from: None,
            used: now,
            sends: 0,
        }
    }

    /// Time of its next change.
    pub(crate) fn next_due(&self) -> Option<i64> {
        let planned = self.schedule.iter().map(|due| due.at).min();
        planned.into_iter().chain(self.expires_at()).min()
    }

    // Samples stay for ever.
    pub(crate) fn expires_at(&self) -> Option<i64> {
        match self.status.as_str() {
            _ if self.sample => None,
            "APPROVED" | "REJECTED" => Some(self.updated.max(self.used) + UNUSED),
            "ARCHIVED" => Some(self.status_changed + ARCHIVED),
            "PENDING_DELETION" => Some(self.status_changed + LINGERING),
            _ => None,
        }
    }
}
