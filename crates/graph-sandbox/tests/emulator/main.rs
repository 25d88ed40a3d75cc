//! The sandbox over HTTP, one module per feature, and the layout of its sources.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests panic when they cannot continue"
)]

mod access;
mod buttons;
mod endpoints;
mod examples;
mod faults;
mod hostile;
mod layers;
mod listing;
mod messages;
mod readback;
mod requests;
mod review;
mod scenario;
mod server;
mod state;
mod support;
mod templates;
mod uploads;
mod validation;
mod webhooks;

use support::{
    Graph, LIST, TOKEN, authentication, body, buttons, code, codes, fresh, held, playing, saved, simple,
    template, with,
};
