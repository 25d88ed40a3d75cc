//! Limits for what constants and samples add to texts, so that a small repository cannot fill the memory.

use std::cell::Cell;

/// Most bytes of a text with its constants filled in. Meta takes at most 2,000 characters, for a URL.
pub(super) const TEXT: usize = 64 * 1024;
/// Most bytes that constants and samples add to one template. In 111 languages that is more than 9 KiB for each.
const TEMPLATE: usize = 1024 * 1024;
/// Most bytes that they add to all templates of an account. An account has at most 6,000 templates.
const ACCOUNT: usize = 64 * 1024 * 1024;

/// The length that constants and samples may still add to the templates of one account.
#[derive(Debug)]
pub struct SizeLimits(Cell<usize>);

/// The same for one template.
#[derive(Debug)]
pub(super) struct SizeBudget<'a> {
    account: &'a SizeLimits,
    left: usize,
    reported: bool,
}

impl Default for SizeLimits {
    fn default() -> Self {
        Self(Cell::new(ACCOUNT))
    }
}

impl SizeLimits {
    pub(super) fn for_template(&self) -> SizeBudget<'_> {
        SizeBudget { account: self, left: TEMPLATE, reported: false }
    }
}

impl SizeBudget<'_> {
    /// Counts bytes that are added; false, and none counted, where that is too many.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = (self.left.checked_sub(bytes), self.account.0.get().checked_sub(bytes));
        let (Some(template), Some(account)) = left else { return false };
        self.left = template;
        self.account.0.set(account);
        true
    }

    /// The limit that is reached.
    pub(super) fn message(&self) -> String {
        let mib = |bytes: usize| bytes / (1024 * 1024);
        if self.account.0.get() < self.left {
            return format!("constants and samples add more than {} MiB to all templates", mib(ACCOUNT));
        }
        format!("constants and samples add more than {} MiB to this template", mib(TEMPLATE))
    }

    /// Returns whether no limit was reported before.
    pub(super) fn is_first(&mut self) -> bool {
        !std::mem::replace(&mut self.reported, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_and_an_account_have_a_limit_each() {
        let room = SizeLimits::default();
        let mut first = room.for_template();
        assert!(first.take(TEMPLATE));
        assert!(!first.take(1));
        assert!(first.message().contains("1 MiB to this template"));
        for _ in 1..ACCOUNT / TEMPLATE {
            assert!(room.for_template().take(TEMPLATE));
        }
        let mut last = room.for_template();
        assert!(!last.take(1));
        assert!(last.message().contains("64 MiB to all templates"));
        assert!(last.is_first() && !last.is_first());
    }
}
