//! A recorded session: drift, pull, conflict.

use std::fmt::Write as _;

use serde_json::json;

use super::Stage;

const RECEIPT: &str = "\
# Sent when a payment is booked.
name: payment_receipt
category: utility
ttl: 12h   # after that nobody needs it
applies_to: { model: account.payment, phone: partner_id.mobile }

variables:
  customer: { sample: Azure Interior, bind: partner_id.name }
  amount:   { sample: \"$ 1,200.00\", type: money }
  token:    8f3kq2

body: |
  Dear {{customer}},

  we received *{{amount}}* for your order. Thank you, ${company}
footer: 'You''ll find the receipt below'   # no link here
buttons:
  - { type: url, text: View receipt, url: \"${shop}/r/{{token}}\" }
language: en_US
";

const SHIPPED: &str = "\
template order_shipped {
  category utility
  language en_US
  # The number as customers know it.
  variable order \"A-1041\"

  body \"\"\"
    Your order <<order>> is on its way.

    It will reach you soon.
    \"\"\"
}
";

/// Runs a command and writes it down as a terminal shows it.
fn play(stage: &Stage, session: &mut String, command: &str) {
    let run = stage.run(command);
    let _ = writeln!(session, "$ watpl {command}\n{}\n", run.shown());
}

fn show(stage: &Stage, session: &mut String, path: &str) {
    let _ = writeln!(session, "$ cat {path}\n{}", stage.read(path));
}

#[test]
fn drift_pull_conflict() {
    let stage = Stage::new();
    stage.write("templates/payment_receipt.yaml", RECEIPT);
    stage.write("templates/order_shipped.watpl", SHIPPED);
    let mut session = String::new();
    play(&stage, &mut session, "push --yes");
    session += "# Somebody edits both templates in the console, and Meta makes one of them marketing.\n\n";
    let body = |text: &str, samples: &[&str]| json!({ "type": "BODY", "text": text, "example": { "body_text": [samples] } });
    stage.console(
        "payment_receipt",
        "en_US",
        &json!([
            body("Hello {{1}},\n\nwe have received *{{2}}* for your order.\n\nThank you, Northwind Home", &["Azure Interior", "$ 1,200.00"]),
            { "type": "FOOTER", "text": "You'll find your receipt below" },
            { "type": "BUTTONS", "buttons": [{ "type": "URL", "text": "See the receipt", "url": "https://shop.example/r/{{1}}", "example": ["8f3kq2"] }] },
        ]),
    );
    let shipped = "Your order {{1}} is on its way.\n\nIt will be with you tomorrow.";
    stage.console("order_shipped", "en_US", &json!([body(shipped, &["A-1041"])]));
    stage.control("category", &json!({ "name": "order_shipped", "category": "MARKETING" }));
    play(&stage, &mut session, "diff");
    play(&stage, &mut session, "pull --diff");
    play(&stage, &mut session, "pull");
    show(&stage, &mut session, "templates/payment_receipt.yaml");
    show(&stage, &mut session, "templates/order_shipped.watpl");
    play(&stage, &mut session, "diff --exit-code");
    session += "# Now one template changes on both sides.\n\n";
    let ours = stage.read("templates/order_shipped.watpl").replace("Your order", "The order");
    stage.write("templates/order_shipped.watpl", &ours);
    stage.console(
        "order_shipped",
        "en_US",
        &json!([body("Order {{1}} left us.\n\nIt will be with you tomorrow.", &["A-1041"])]),
    );
    play(&stage, &mut session, "pull");
    assert_eq!(stage.read("templates/order_shipped.watpl"), ours, "a conflict leaves the file alone");
    play(&stage, &mut session, "pull --theirs");
    show(&stage, &mut session, "templates/order_shipped.watpl");
    play(&stage, &mut session, "diff --exit-code");
    // The port is another one in each run.
    insta::with_settings!({ filters => [(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT")] }, {
        insta::assert_snapshot!(session);
    });
}
