//! The ranges that ignores of one rule cover, found by a place in them.

use std::ops::Range;

use crate::work;

/// Ranges by their starts, each once.
#[derive(Debug, Default)]
pub(super) struct Covers(Vec<Cover>);

#[derive(Debug)]
struct Cover {
    range: Range<u32>,
    /// The nearest range before it that reaches beyond its start.
    around: Option<usize>,
    used: bool,
}

impl Covers {
    pub(super) fn new(mut ranges: Vec<Range<u32>>) -> Self {
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup();
        let mut open: Vec<usize> = Vec::new();
        let mut covers: Vec<Cover> = Vec::with_capacity(ranges.len());
        for (index, range) in ranges.into_iter().enumerate() {
            let has_ended = |at: &mut usize| covers.get(*at).is_none_or(|one| one.range.end <= range.start);
            while open.pop_if(has_ended).is_some() {}
            covers.push(Cover { around: open.last().copied(), used: false, range });
            open.push(index);
        }
        Self(covers)
    }

    /// Returns whether a place is covered; every range that covers it is used then.
    pub(super) fn take(&mut self, place: u32) -> bool {
        let mut next = self.0.partition_point(|cover| cover.range.start <= place).checked_sub(1);
        let mut found = false;
        // Whatever covers the place reaches beyond the start of each range on the way.
        while let Some(cover) = next.and_then(|at| self.0.get_mut(at)) {
            work::steps(1);
            if cover.range.contains(&place) {
                cover.used = true;
                found = true;
            }
            next = cover.around;
        }
        found
    }

    /// Returns whether a range covered a place.
    pub(super) fn is_used(&self, range: &Range<u32>) -> bool {
        let key = |range: &Range<u32>| (range.start, range.end);
        let at = self.0.binary_search_by_key(&key(range), |cover| key(&cover.range));
        at.ok().and_then(|at| self.0.get(at)).is_some_and(|cover| cover.used)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_covered_as_by_asking_every_range(
            ranges in prop::collection::vec((0_u32..60, 0_u32..30), 0..40),
            places in prop::collection::vec(0_u32..90, 0..20),
        ) {
            let ranges: Vec<_> = ranges.into_iter().map(|(start, length)| start..start + length).collect();
            let mut covers = Covers::new(ranges.clone());
            for place in &places {
                prop_assert_eq!(covers.take(*place), ranges.iter().any(|range| range.contains(place)));
            }
            for range in &ranges {
                prop_assert_eq!(covers.is_used(range), places.iter().any(|place| range.contains(place)));
            }
        }
    }
}
