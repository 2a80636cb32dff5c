//! Text that means nothing to Markdown.

use crate::explain::layout::visible;

/// `text` on one line, with every character that Markdown or HTML could read escaped.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

/// The same for a cell of a table.
pub(super) fn cell(text: &str) -> String {
    inline(text.trim_end_matches(' '))
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn names_cannot_become_markup() {
        assert_eq!(inline("a|b*c_d"), "a\\|b\\*c\\_d");
        assert_eq!(inline("<b>&甲\n乙"), "&lt;b>&amp;甲 乙");
        assert_eq!(inline("[x](y)"), "\\[x\\](y)");
    }
}
