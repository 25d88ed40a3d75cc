//! The review of a submitted template: what Meta refuses later, not in the answer.

use serde_json::Value;

use crate::sandbox::Review;
use crate::sandbox::template::Template;

/// Gives the verdict, or leaves the template waiting for it.
pub(crate) fn review(template: &mut Template, review: Review) {
    let (status, reason) = match review {
        Review::Hold => ("PENDING", "NONE"),
        Review::Approve if has_neighbours(template) => ("REJECTED", "INVALID_FORMAT"),
        Review::Approve => ("APPROVED", "NONE"),
    };
    status.clone_into(&mut template.status);
    reason.clone_into(&mut template.rejected_reason);
}

// Placeholders with nothing but space between them (Meta: status update webhook, the sample of a rejection).
fn has_neighbours(template: &Template) -> bool {
    let bodies =
        template.components.iter().filter(|component| component.get("type") == Some(&Value::from("BODY")));
    bodies.filter_map(|body| body.get("text")?.as_str()).any(|text| {
        let between = text.split("}}").skip(1).filter_map(|rest| rest.split_once("{{"));
        between.into_iter().any(|(gap, _)| gap.trim().is_empty())
    })
}
