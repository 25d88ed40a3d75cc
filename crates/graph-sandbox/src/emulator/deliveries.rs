//! Which webhooks an app gets, and the log of their deliveries.

use serde_json::Value;

use crate::emulator::World;
use crate::model::event::Event;
use crate::model::webhook_target::{Target, is_near};
use crate::webhooks::Delivery;

impl World {
    // Apps that are not live get nothing, nor do those that the account has not subscribed to (Meta: webhooks).
    pub(crate) fn wants(&self, account: &str, event: &Event) -> Option<Target> {
        let account = self.accounts().find(|own| own.id == account)?;
        let subscription = account.books.subscription.as_ref()?;
        if !self.settings.webhooks || !self.settings.scenario.app.live {
            return None;
        }
        let target = self.target().cloned();
        let overriding = subscription.override_callback_uri.as_ref().filter(|address| is_near(address));
        if let Some(address) = overriding.filter(|_| event.field == "messages") {
            let usual = target.unwrap_or_else(|| Target::new(address));
            let verify_token = subscription.verify_token.clone().unwrap_or_default();
            return Some(Target { url: address.clone(), verify_token, ..usual });
        }
        target.filter(|target| {
            target.fields.is_empty() || target.fields.iter().any(|field| field == event.field)
        })
    }

    pub(crate) fn note_delivery(&mut self, body: &Value, target: Option<&Target>) -> usize {
        let number = self.deliveries.last().map_or(1, |last| last.number + 1);
        let url = target.map(|target| target.url.clone());
        let bytes = body.to_string().len();
        let delivery = Delivery { number, body: body.clone(), url, attempts: 0, status: None };
        self.deliveries.push(delivery, bytes);
        number
    }

    pub(crate) fn note_attempt(&mut self, number: usize, status: Option<u16>) {
        if let Some(delivery) = self.deliveries.iter_mut().rfind(|delivery| delivery.number == number) {
            delivery.attempts += 1;
            delivery.status = status;
        }
    }
}
