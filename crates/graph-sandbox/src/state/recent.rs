//! A log that forgets: the newest entries, as many as fit into a bound of entries and of bytes.

use std::collections::VecDeque;

use serde::{Serialize, Serializer};

/// The newest entries.
#[derive(Debug)]
pub(crate) struct Recent<T> {
    entries: VecDeque<(T, usize)>,
    most: usize,
    most_bytes: usize,
    bytes: usize,
    /// How many were forgotten.
    forgotten: usize,
}

impl<T> Recent<T> {
    /// An empty log with its bounds.
    pub(crate) fn new(most: usize, most_bytes: usize) -> Self {
        Self { entries: VecDeque::new(), most, most_bytes, bytes: 0, forgotten: 0 }
    }

    /// Adds an entry that takes about so many bytes, and returns its number. The newest entry is always kept.
    pub(crate) fn push(&mut self, entry: T, bytes: usize) -> usize {
        self.entries.push_back((entry, bytes));
        self.bytes = self.bytes.saturating_add(bytes);
        while self.entries.len() > 1 && (self.entries.len() > self.most || self.bytes > self.most_bytes) {
            self.forget();
        }
        self.forgotten + self.entries.len() - 1
    }

    /// The entry with this number, unless it was forgotten.
    pub(crate) fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        let at = number.checked_sub(self.forgotten)?;
        self.entries.get_mut(at).map(|(entry, _)| entry)
    }

    pub(crate) fn last(&self) -> Option<&T> {
        self.entries.back().map(|(entry, _)| entry)
    }

    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.entries.iter_mut().map(|(entry, _)| entry)
    }

    /// Forgets all entries. Their numbers are not used again.
    pub(crate) fn clear(&mut self) {
        while !self.entries.is_empty() {
            self.forget();
        }
    }

    fn forget(&mut self) {
        if let Some((_, bytes)) = self.entries.pop_front() {
            self.bytes = self.bytes.saturating_sub(bytes);
            self.forgotten += 1;
        }
    }
}

impl<T: Serialize> Serialize for Recent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.entries.iter().map(|(entry, _)| entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(log: &Recent<u8>) -> Vec<u8> {
        log.entries.iter().map(|(entry, _)| *entry).collect()
    }

    #[test]
    fn the_oldest_entries_are_forgotten_first() {
        let mut log = Recent::new(3, 100);
        let numbers: Vec<_> = (0..5).map(|entry| log.push(entry, 10)).collect();
        assert_eq!((numbers, kept(&log)), (vec![0, 1, 2, 3, 4], vec![2, 3, 4]));
        assert_eq!((log.get_mut(1).copied(), log.get_mut(4).copied(), log.last()), (None, Some(4), Some(&4)));
        log.push(5, 85);
        assert_eq!((kept(&log), log.bytes), (vec![4, 5], 95));
        log.push(6, 1_000);
        assert_eq!((kept(&log), log.bytes), (vec![6], 1_000));
        log.clear();
        assert_eq!((log.push(7, 1), kept(&log), log.bytes), (7, vec![7], 1));
    }
}
