//! "Did you mean": the known name nearest to one that nobody knows.

use std::borrow::Cow;

/// Beyond this length only spellings that differ in width or case are compared.
const LONGEST: usize = 100;

/// How much of a name that nobody knows a message repeats.
const MOST_SHOWN: usize = 60;

/// A name as a message repeats it: its beginning, where it is longer than any name is.
#[must_use]
pub fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(name),
    }
}

/// The name most like `wanted`, if one is near enough to suggest.
///
/// Near is at most a third of the length of `wanted` in characters added, left out, replaced or
/// swapped with a neighbour; one for names of two or more characters; none for a single character.
/// Full and half width, and upper and lower case, count as equal. The first of equally near names
/// wins.
#[must_use]
pub fn closest_name<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = folded(wanted);
    let limit = match wanted.len() {
        0 | 1 => 0,
        length if length > LONGEST => 0,
        length => (length / 3).max(1),
    };
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let candidate = folded(name);
        let near = if limit == 0 || candidate.len().abs_diff(wanted.len()) > limit {
            (candidate == wanted).then_some(0)
        } else {
            Some(distance(&wanted, &candidate)).filter(|distance| *distance <= limit)
        };
        if let Some(near) = near
            && best.is_none_or(|(nearest, _)| near < nearest)
        {
            best = Some((near, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The characters in half width and lower case.
fn folded(name: &str) -> Vec<char> {
    name.chars()
        .map(|character| match character {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
            }
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Damerau–Levenshtein distance where no piece is edited twice (optimal string alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    // Rows of the table for the last two characters of `left` seen and the one being compared.
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut left_before = None;
    for (row_number, left_char) in left.iter().enumerate() {
        let mut row = vec![row_number + 1];
        let mut right_before = None;
        for (column, right_char) in right.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let replaced = cell(&last, column) + usize::from(left_char != right_char);
            let added = cell(&row, column) + 1;
            let left_out = cell(&last, column + 1) + 1;
            let mut least = replaced.min(added).min(left_out);
            if left_before == Some(right_char) && right_before == Some(left_char) {
                least = least.min(cell(&before_last, column - 1) + 1);
            }
            row.push(least);
            right_before = Some(right_char);
        }
        before_last = std::mem::replace(&mut last, row);
        left_before = Some(left_char);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{closest_name, distance};

    fn closest<'n>(wanted: &str, names: &[&'n str]) -> Option<&'n str> {
        closest_name(wanted, names.iter().copied())
    }

    #[test]
    fn one_slip_is_found_in_short_names() {
        assert_eq!(closest("月工姿", &["年龄", "月工资"]), Some("月工资"));
        assert_eq!(closest("年令", &["年龄", "月工资"]), Some("年龄"));
        assert_eq!(closest("工月资", &["月工资"]), Some("月工资"));
        assert_eq!(closest("年", &["月", "年龄"]), None);
        assert_eq!(closest("月工资", &["其他月收入", "年龄"]), None);
    }

    #[test]
    fn longer_names_allow_a_third() {
        assert_eq!(closest("househld_incmoe", &["household_income"]), Some("household_income"));
        assert_eq!(closest("household", &["hold"]), None);
    }

    #[test]
    fn width_and_case_are_no_difference() {
        assert_eq!(closest("ＡＲＥＡ（甲）", &["area(甲)"]), Some("area(甲)"));
        assert_eq!(closest("Ａ", &["b", "a"]), Some("a"));
        let long = "甲".repeat(300);
        assert_eq!(closest(&long, &[&long]), Some(long.as_str()));
    }

    #[test]
    fn the_first_of_equally_near_names_wins() {
        assert_eq!(closest("甲乙", &["甲丙", "丁乙"]), Some("甲丙"));
        assert_eq!(closest("甲乙", &["甲丙", "甲乙"]), Some("甲乙"));
        assert_eq!(closest("", &["甲"]), None);
    }

    #[test]
    fn distances() {
        for (left, right, expected) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "ba", 1),
            ("abc", "ca", 3),
            ("kitten", "sitting", 3),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&chars(left), &chars(right)), expected, "{left} {right}");
        }
    }
}
