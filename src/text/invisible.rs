//! Invisible characters: one table with four subsets.

/// Characters that show nothing, or only empty space.
const EMPTY: u8 = 1;
/// Characters that people do not see inside the brackets of a placeholder.
const HIDDEN: u8 = 1 << 1;
/// Characters that no message needs (mostly Unicode categories Cf, Zl and Zp). U+200C to U+200F and the
/// isolates are not among them: scripts and texts of mixed direction need those.
const UNWANTED: u8 = 1 << 2;
/// Characters that break lines or reorder text on a terminal, besides control characters.
const LAYOUT: u8 = 1 << 3;

/// First and last character of each range, and its subsets. Sorted.
const TABLE: [(char, char, u8); 17] = [
    ('\u{85}', '\u{85}', UNWANTED),
    ('\u{ad}', '\u{ad}', EMPTY | HIDDEN | UNWANTED),
    ('\u{115f}', '\u{1160}', UNWANTED),
    ('\u{200b}', '\u{200b}', EMPTY | HIDDEN | UNWANTED),
    ('\u{200c}', '\u{200f}', EMPTY | HIDDEN),
    ('\u{2028}', '\u{2029}', UNWANTED | LAYOUT),
    ('\u{202a}', '\u{202e}', EMPTY | HIDDEN | UNWANTED | LAYOUT),
    ('\u{2060}', '\u{2064}', EMPTY | HIDDEN | UNWANTED),
    ('\u{2065}', '\u{2065}', EMPTY | HIDDEN),
    ('\u{2066}', '\u{2069}', EMPTY | HIDDEN | LAYOUT),
    ('\u{206a}', '\u{206f}', EMPTY),
    ('\u{2800}', '\u{2800}', EMPTY | UNWANTED),
    ('\u{3164}', '\u{3164}', EMPTY | UNWANTED),
    ('\u{feff}', '\u{feff}', EMPTY | HIDDEN | UNWANTED),
    ('\u{ffa0}', '\u{ffa0}', UNWANTED),
    ('\u{fff9}', '\u{fffb}', UNWANTED),
    ('\u{e0000}', '\u{e007f}', UNWANTED),
];

/// Returns whether a character shows nothing, or only empty space. White space is left to the caller.
pub(crate) fn is_empty_looking(character: char) -> bool {
    subsets(character) & EMPTY != 0
}

/// Returns whether a character is hidden inside the brackets of a placeholder.
pub(crate) fn is_hidden_in_brackets(character: char) -> bool {
    subsets(character) & HIDDEN != 0
}

/// Returns whether a message has no use for an invisible character.
pub(crate) fn is_unwanted(character: char) -> bool {
    subsets(character) & UNWANTED != 0
}

/// Returns whether a character breaks lines or reorders text on a terminal. Control characters are left to
/// the caller.
#[cfg(any(feature = "cli", test))]
pub(crate) fn changes_layout(character: char) -> bool {
    subsets(character) & LAYOUT != 0
}

fn subsets(character: char) -> u8 {
    if character < '\u{85}' {
        return 0;
    }
    let range = TABLE.get(TABLE.partition_point(|(_, last, _)| *last < character));
    range.filter(|(first, ..)| *first <= character).map_or(0, |(.., subsets)| *subsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sorted() {
        assert!(TABLE.iter().all(|(first, last, _)| first <= last));
        assert!(TABLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn subsets_are_exact() {
        for character in '\0'..=char::MAX {
            let empty = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{2800}' | '\u{3164}');
            let hidden = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}');
            let unwanted = matches!(character, '\u{85}' | '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
            let layout = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}'
                | '\u{2029}');
            assert_eq!(is_empty_looking(character), empty, "{character:?}");
            assert_eq!(is_hidden_in_brackets(character), hidden, "{character:?}");
            assert_eq!(is_unwanted(character), unwanted, "{character:?}");
            assert_eq!(changes_layout(character), layout, "{character:?}");
        }
    }
}
