//! What is known of characters, worked out once for 256 of them in a row: texts need few such pages, and
//! every character of every text is looked up, where Unicode's own tables take a search.

use std::sync::OnceLock;

/// A value for every character.
#[derive(Debug)]
pub(crate) struct CharTable<T> {
    pages: [OnceLock<Box<[T]>>; 256],
    value: fn(char) -> T,
}

impl CharTable<bool> {
    /// The value of a character by its number.
    pub(crate) fn of_code(&self, code: u16) -> bool {
        self.known(code).unwrap_or_default()
    }
}

impl<T: Copy> CharTable<T> {
    /// The values that a function gives.
    pub(crate) const fn new(value: fn(char) -> T) -> Self {
        Self { pages: [const { OnceLock::new() }; 256], value }
    }

    /// The value of a character. Those that do not fit into 16 bits are rare, and not kept.
    pub(crate) fn of(&self, character: char) -> T {
        let known = u16::try_from(character).ok().and_then(|code| self.known(code));
        known.unwrap_or_else(|| (self.value)(character))
    }

    fn known(&self, code: u16) -> Option<T> {
        let [page, place] = code.to_be_bytes();
        let values = self.pages.get(usize::from(page))?.get_or_init(|| self.page(page));
        values.get(usize::from(place)).copied()
    }

    fn page(&self, page: u8) -> Box<[T]> {
        let characters = (0..=u8::MAX).map(|place| char::from_u32(u32::from(page) << 8 | u32::from(place)));
        // Surrogates are not characters, so the value is never used.
        characters.map(|character| (self.value)(character.unwrap_or(char::REPLACEMENT_CHARACTER))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::CharTable;

    #[test]
    fn what_is_looked_up_is_what_is_worked_out() {
        static CODES: CharTable<u32> = CharTable::new(u32::from);
        for character in ['\0', 'a', 'ÿ', 'Ā', 'ш', '\u{d7ff}', '\u{e000}', '\u{ffff}', '😀', char::MAX]
        {
            assert_eq!(CODES.of(character), u32::from(character));
        }
    }
}
