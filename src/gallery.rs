//! The gallery inside the program: every template of `templates/`, to begin from.
//!
//! A new template of the gallery is one line below; a test holds the list against the folder.

use std::collections::BTreeMap;

use crate::check;
use crate::config;
use crate::model::{Template, TemplateName};
use crate::source::Sources;
use crate::syntax::SourceFormat;

/// A template of the gallery.
#[derive(Debug)]
pub struct GalleryTemplate {
    /// Its file below `templates/`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! gallery {
    ($($path:literal,)+) => {
        /// Every template of the gallery, by name.
        pub static GALLERY: &[GalleryTemplate] =
            &[$(GalleryTemplate { path: $path, text: include_str!(concat!("../templates/", $path)) },)+];
    };
}

#[rustfmt::skip]
gallery! {
    "appointments/appointment_reminder.yaml",
    "marketing/back_in_stock.watpl",
    "delivery/delivery_rescheduled.yaml",
    "events/event_ticket.watpl",
    "billing/invoice_ready.yaml",
    "security/login_code.yaml",
    "security/new_sign_in.yaml",
    "sales/order_confirmation.watpl",
    "support/order_feedback.yaml",
    "delivery/order_shipped.watpl",
    "billing/payment_receipt.watpl",
    "billing/payment_reminder.yaml",
    "delivery/pickup_ready.watpl",
    "sales/quotation_ready.yaml",
    "delivery/return_received.watpl",
    "marketing/seasonal_offer.yaml",
    "billing/subscription_renewal.watpl",
    "support/ticket_update.watpl",
}

/// The template of this name.
pub fn find(name: &str) -> Option<&'static GalleryTemplate> {
    GALLERY.iter().find(|item| item.name() == name)
}

/// The constants that the gallery's own project defines: values to begin with.
pub fn constants() -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let id = sources.add("watpl.yaml", include_str!("../watpl.yaml"));
    sources.get(id).map(|source| config::read(source, &mut Vec::new()).constants).unwrap_or_default()
}

impl GalleryTemplate {
    /// Its name, which is that of its file.
    pub fn name(&self) -> &'static str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        file.split('.').next().unwrap_or(file)
    }

    /// Its format.
    pub fn surface(&self) -> SourceFormat {
        SourceFormat::from_path(self.path).unwrap_or(SourceFormat::Yaml)
    }

    /// Its text.
    pub fn template(&self) -> Option<Template> {
        let mut sources = Sources::default();
        sources.add(self.path, self.text);
        check::parse(sources.iter()).templates.pop()
    }

    /// Its text under another name.
    pub fn renamed(&self, name: &TemplateName) -> String {
        let mut text = self.text.to_owned();
        if let Some(own) = self.template().and_then(|template| template.name) {
            text.replace_range(own.span.range(), name.as_str());
        }
        text
    }
}
