//! `sensitive-sample`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;

rule! {
    /// A sample looks like a real card, account or identity number.
    ///
    /// Samples are stored with the template, shown to reviewers and committed to git. A number with valid
    /// check digits may be real. Numbers that banks and authorities publish for tests are not reported.
    ///
    /// ```yaml fails
    /// variables: { account: GB33BUKB20201555555555 }
    /// body: The refund of your order goes to the account {{account}} today.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { account: ends with 5555 }
    /// body: The refund of your order goes to the account {{account}} today.
    /// ```
    pub(crate) static RULE = {
        id: "sensitive-sample",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["example-sensitive"],
        subcode: None,
        reference: "templates/template-review",
    }
}

/// Numbers that payment services and banks give out for tests and in examples.
const PUBLISHED: [&str; 15] = [
    "4111111111111111",
    "4242424242424242",
    "4000056655665556",
    "4012888888881881",
    "4444333322221111",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "6011000990139424",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "FR1420041010050500013M02606",
];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let found = template.samples().filter_map(|sample| {
        let what = kind(&sample.value)?;
        let diagnostic = Diagnostic::new(&RULE, sample.span, format!("the sample looks like {what}"))
            .help("use an invalid number, or only its last four characters");
        Some(diagnostic)
    });
    found.collect()
}

/// Returns the kind of number that a sample looks like, if it consists of digits, spaces and hyphens.
fn kind(sample: &str) -> Option<&'static str> {
    // The fewest characters that any of the numbers has.
    if sample.len() < 11 {
        return None;
    }
    let number: String = sample.chars().filter(|character| !matches!(character, ' ' | '-' | '.')).collect();
    if !(11..=34).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let number = number.to_ascii_uppercase();
    match () {
        () if PUBLISHED.contains(&number.as_str()) => None,
        () if is_card(&number) => Some("a payment card number"),
        () if is_iban(&number) => Some("a bank account number"),
        () if is_cpf(&number) && sample.contains(['.', '-']) => Some("a Brazilian tax number"),
        () => None,
    }
}

/// The numbers of Visa, Mastercard, American Express and Discover (ISO/IEC 7812), with the check digit of
/// Luhn.
fn is_card(number: &str) -> bool {
    let starts = |first: &[&str]| first.iter().any(|first| number.starts_with(first));
    let issued = match number.len() {
        16 => starts(&["4", "51", "52", "53", "54", "55", "6011", "65"]) || is_new_mastercard(number),
        15 => starts(&["34", "37"]),
        _ => false,
    };
    let mixed = number.bytes().any(|byte| Some(&byte) != number.as_bytes().first());
    issued && mixed && digits(number).is_some_and(|digits| luhn(&digits) == 0)
}

fn is_new_mastercard(number: &str) -> bool {
    number.get(..4).and_then(|first| first.parse().ok()).is_some_and(|first| (2221..=2720).contains(&first))
}

fn luhn(digits: &[u32]) -> u32 {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum = |(place, digit): (usize, &u32)| if place % 2 == 1 { doubled(*digit) } else { *digit };
    digits.iter().rev().enumerate().map(sum).sum::<u32>() % 10
}

/// A country, two check digits and the account (ISO 13616): the remainder by 97 is 1.
fn is_iban(number: &str) -> bool {
    let (Some(country), Some(check)) = (number.get(..2), number.get(2..4)) else { return false };
    let shaped = country.bytes().all(|byte| byte.is_ascii_uppercase())
        && check.bytes().all(|byte| byte.is_ascii_digit())
        && number.len() >= 15;
    let turned = number.bytes().skip(4).chain(number.bytes().take(4));
    let remainder = turned.fold(0, |remainder, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        _ => (remainder * 100 + u32::from(byte.saturating_sub(b'A')) + 10) % 97,
    });
    shaped && remainder == 1
}

/// Eleven digits, the last two of which are sums of the others by 11 (Receita Federal).
fn is_cpf(number: &str) -> bool {
    let Some(digits) = digits(number).filter(|digits| digits.len() == 11) else { return false };
    let check = |count: usize| {
        let weights = (2..=count as u32 + 1).rev();
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        sum * 10 % 11 % 10
    };
    let all_alike = digits.iter().all(|digit| Some(digit) == digits.first());
    let in_row = number.starts_with("123456789");
    !all_alike && !in_row && digits.get(9) == Some(&check(9)) && digits.get(10) == Some(&check(10))
}

fn digits(number: &str) -> Option<Vec<u32>> {
    number.chars().map(|character| character.to_digit(10)).collect()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn numbers_with_check_digits_are_known() {
        for real in
            ["4539 1488 0343 6467", "5425233430109903", "GB33 BUKB 2020 1555 5555 55", "529.982.247-25"]
        {
            assert!(kind(real).is_some(), "{real}");
        }
        for none in [
            "4111 1111 1111 1111",
            "4539 1488 0343 6468",
            "DE89 3704 0044 0532 0130 00",
            "DE00 3704 0044 0532 0130 00",
            "123.456.789-09",
            "52998224725",
            "1Z999AA10123456784",
            "S20418",
            "+15550051310",
            "December 11, 2026",
            "0000000000000000",
            "https://shop.example/4539148803436467",
            "",
        ] {
            assert!(kind(none).is_none(), "{none}");
        }
    }
}

cases! {
    fails: [
        "variables: { account: «GB33BUKB20201555555555» }\nbody: The refund goes to the account {{account}} of yours today.",
        "variables: { card: «\"4539 1488 0343 6467\"» }\nbody: The refund goes to the card {{card}} of yours today.",
        "body: { text: \"The refund goes to the card {{1}} of yours today.\", samples: [«4539-1488-0343-6467»] }",
        "variables: { tax: «529.982.247-25» }\nbody: The refund goes to the number {{tax}} of yours today.",
        "variables: { account: ends with 5555 }\nlanguages:\n  en_US:\n    samples: { account: «gb33 bukb 2020 1555 5555 55» }\n    body: The refund goes to the account {{account}} of yours today.\n  fr:\n    body: Le remboursement va sur le compte {{account}} aujourd'hui.",
    ],
    passes: [
        "variables: { account: ends with 5555 }\nbody: The refund goes to the account {{account}} of yours today.",
        "variables: { card: \"4111 1111 1111 1111\" }\nbody: The refund goes to the card {{card}} of yours today.",
        "variables: { card: \"4539 1488 0343 6468\" }\nbody: The refund goes to the card {{card}} of yours today.",
        "variables: { account: DE89370400440532013000 }\nbody: The refund goes to the account {{account}} of yours today.",
        "variables: { phone: \"+15550051310\", track: 1Z999AA10123456784 }\nbody: Call {{phone}} whenever you want, or track it by {{track}} on our page.",
    ],
}
