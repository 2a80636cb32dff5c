//! Full-width forms of ASCII characters, as a Chinese input method types them.

/// The ASCII character that a full-width form (`０`, `／`, `Ｘ`) stands for; any other character
/// is itself. The ideographic stop and comma have no ASCII form and stay.
#[must_use]
pub fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            u32::from(character).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn full_width_forms_become_ascii_and_the_rest_stays() {
        let narrow: String = "－１２．５％／Ｘ　，年。·7".chars().map(half_width).collect();
        assert_eq!(narrow, "-12.5%/X ,年。·7");
    }
}
