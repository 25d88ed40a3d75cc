//! The plans of phone numbers are those of the phone-number library, without what it costs to read them at each start.

use std::fmt::Write as _;
use std::path::Path;

use phonenumber::Metadata;
use phonenumber::metadata::DATABASE;

use crate::generated::expect;

/// Codes of countries have up to three digits.
const CODES: std::ops::Range<u16> = 1..1_000;

/// How many digits stand behind the country code, as bits: the plans say so of each kind of number that is reached from
/// abroad, and not of all in one.
fn lengths(plan: &Metadata) -> u32 {
    let kinds = plan.descriptors();
    let kinds = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
    ];
    let lengths = kinds.into_iter().flatten().flat_map(|kind| kind.possible_length());
    lengths.fold(0, |bits, length| bits | 1 << length)
}

#[test]
fn the_plans_are_those_of_the_library() {
    let mut text = String::from(
        "//! The plans of all country codes, made of the phone-number library's by `tests/it/dialling.rs`.\n\n\
         /// Country code, whether numbers have a trunk prefix zero, and the lengths after the code as bits.\n\
         pub(super) static PLANS: &[(u16, bool, u32)] = &[\n",
    );
    for code in CODES {
        let Some(plans) = DATABASE.by_code(&code) else { continue };
        let has_trunk_zero = plans.first().is_some_and(|plan| plan.national_prefix() == Some("0"));
        let bits = plans.iter().fold(0, |bits, plan| bits | lengths(plan));
        writeln!(text, "    ({code}, {has_trunk_zero}, {bits:#x}),").expect("a string takes it");
    }
    text += "];\n";
    expect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/platform/numbering_plan/plans.rs"), &text);
}
