//! `script-mismatch`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{SegmentKind, Text, Version};
use crate::rule;
use crate::text::script::{self, Script};

rule! {
    /// A body is written in a script that its language doesn't use.
    ///
    /// Usually a version was copied and not translated, or the language code is wrong. Recipients would get a
    /// text that they can't read. It is an error if nearly all letters belong to another script, and a
    /// warning if two thirds do.
    ///
    /// ```yaml fails
    /// language: fa
    /// body: Your order is on its way to the address that you gave us.
    /// ```
    ///
    /// ```yaml passes
    /// language: fa
    /// body: سفارش شما به نشانی اعلام‌شده ارسال شد.
    /// ```
    pub(crate) static RULE = {
        id: "script-mismatch",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["language-text-mismatch"],
        subcode: None,
        reference: "templates/supported-languages",
    }
}

/// Fewer letters than this say nothing.
const ENOUGH: usize = 20;

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.bodies().filter_map(|(version, text)| diagnostic(version, text)).collect()
}

fn diagnostic(version: &Version, text: &Text) -> Option<Diagnostic> {
    let language = version.language?;
    let own = script::of_language(language.value.base());
    // Most languages are written in Latin letters, and most texts in nothing else.
    if own.contains(&Script::Latin) && !text.bytes().has_from(script::BEYOND_LATIN) {
        return None;
    }
    if is_mostly(text, own) {
        return None;
    }
    let counts = letters(text);
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let foreign = counts.iter().filter(|(script, _)| !own.contains(script));
    let (script, count) = foreign.max_by_key(|(_, count)| *count)?;
    let severity = match () {
        () if all < ENOUGH => return None,
        // Many languages are also typed with Latin letters, and read.
        () if count * 5 > all * 4 && !script::is_also_typed(language.value.base(), *script) => {
            Severity::Error
        }
        () if count * 3 > all * 2 => Severity::Warning,
        () => return None,
    };
    let message = format!("the body of `{language}` is written in {}", script.name());
    let diagnostic = Diagnostic::new(&RULE, text.span, message)
        .severity(severity)
        .related(language.span, "declared language")
        .help("translate the body, or fix the language code");
    Some(diagnostic)
}

/// Returns whether so many letters are of the language's own scripts that others can't be twice as many. Most texts
/// are decided by their usual letters before the end. Returns `false` for texts with addresses.
fn is_mostly(text: &Text, own: &[Script]) -> bool {
    if has_addresses(text) {
        return false;
    }
    let mut left = text.chars().div_ceil(3);
    let runs = || text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Run);
    for letters in own.iter().map(|script| script::usual_letters(*script)) {
        for run in runs() {
            for letter in text.slice(run).chars() {
                left -= usize::from(letters.contains(&letter));
                if left == 0 {
                    return true;
                }
            }
        }
    }
    false
}

/// Returns whether the text contains addresses. Tests bytes first, because few texts do.
fn has_addresses(text: &Text) -> bool {
    (text.bytes().has(b'/') && text.as_str().contains("://"))
        || (text.bytes().has(b'w') && text.as_str().contains("www."))
}

/// Returns how many letters there are of each script. Words of addresses are no text.
fn letters(text: &Text) -> Vec<(Script, usize)> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    // Letters of one script come in rows.
    let mut current = 0;
    let mut count = |letters: &str| {
        for script in letters.chars().filter_map(script::of_letter) {
            if counts.get(current).is_none_or(|(known, _)| *known != script) {
                let known = counts.iter().position(|(known, _)| *known == script);
                current = known.unwrap_or(counts.len());
                if known.is_none() {
                    counts.push((script, 0));
                }
            }
            counts.get_mut(current).into_iter().for_each(|(_, count)| *count += 1);
        }
    };
    if has_addresses(text) {
        let plain = text.plain();
        let words = plain.split_whitespace();
        words.filter(|word| !word.contains("://") && !word.starts_with("www.")).for_each(count);
    } else {
        text.pieces
            .iter()
            .filter(|piece| piece.kind == SegmentKind::Run)
            .for_each(|run| count(text.slice(run)));
    }
    counts
}

cases! {
    fails: [
        "language: fa\nbody: «Your order is on its way to you today.»",
        "body: «سفارش شما به نشانی شما ارسال شد و فردا می‌رسد.»",
        "language: ru\nbody: «Your order is on its way to you today.»",
        "language: ja\nbody: «Your order is on its way to you today.»",
        "languages:\n  en_US:\n    body: Your order is on its way to you today.\n  fa:\n    body: «\"Your order is on its way to you today.\"»",
    ],
    passes: [
        "language: fa\nbody: سفارش شما به نشانی شما ارسال شد.",
        "language: fa\nbody: سفارش شما با Swift Parcel Express به نشانی شما ارسال شد.",
        "language: fa\nbody: سفارش شما https://shop.example/a-very-long-address/of-many-words را ببینید.",
        "language: fa\nbody: OTP 482913",
        "language: ja\nbody: ご注文の品は本日発送されました。ありがとうございます。",
        "language: fa\nbody: Your order is on its",
        "language: sr\nbody: Ваша поруџбина је послата и стиже сутра.",
        "language: sr\nbody: Vaša porudžbina je poslata i stiže sutra.",
        "language: uz\nbody: Buyurtmangiz bugun yuborildi va ertaga yetib boradi.",
        "language: az\nbody: Sifarişiniz göndərildi və sabah çatacaq, təşəkkür edirik.",
        "language: zh_CN\nbody: 您的订单已发货,预计明天送达,感谢您的购买,祝您生活愉快。",
        "language: ko\nbody: 고객님의 주문이 오늘 발송되었습니다. 감사합니다. 좋은 하루 되세요.",
        "language: ur\nbody: آپ کا آرڈر آج بھیج دیا گیا ہے، شکریہ۔",
    ],
}
