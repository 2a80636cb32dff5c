//! The one table of the language's words: declaration and clause keywords in Chinese and English,
//! and the words that may not stand inside a Chinese name. The grammar spells them again; a test
//! keeps the two together.

use crate::value::half_width;

/// A keyword in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A clause keyword with the declarations that it may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseWord {
    /// The keyword.
    pub word: Word,
    /// The Chinese keywords of the declarations that have this clause.
    pub within: &'static [&'static str],
}

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

const fn clause(zh: &'static str, en: &'static str, within: &'static [&'static str]) -> ClauseWord {
    ClauseWord { word: word(zh, en), within }
}

/// The keywords that begin a declaration where they start a line and a blank follows.
pub const DECLARATIONS: &[Word] = &[
    word("政策", "policy"),
    word("词汇", "vocabulary"),
    word("枚举", "enum"),
    word("对象", "object"),
    word("单位", "unit"),
    word("补充", "supplement"),
    word("参数", "parameter"),
    word("规则", "rule"),
    word("集合", "set"),
    word("决定", "decision"),
    word("关系", "relation"),
    word("约束", "constraint"),
    word("表", "table"),
    word("案例", "case"),
    word("目标", "target"),
];

/// How many letters the longest of [`DECLARATIONS`] has.
const LONGEST_DECLARATION: usize = "vocabulary".len();

/// The keywords that begin a header.
pub const HEADERS: &[Word] = &[word("政策", "policy"), word("词汇", "vocabulary")];

/// The keywords that begin a clause of a declaration.
pub const CLAUSES: &[ClauseWord] = &[
    clause("基于", "extends", &["政策", "词汇"]),
    clause("引用", "uses", &["政策", "词汇", "案例"]),
    clause("标题", "title", &["政策", "词汇"]),
    clause("制定机关", "issued_by", &["政策", "词汇"]),
    clause("施行", "in_force", &["政策", "词汇", "规则", "决定", "表"]),
    clause("发布", "published", &["政策", "词汇", "参数"]),
    clause("适用日", "applicable_date", &["政策", "词汇"]),
    clause("区划", "place", &["政策", "词汇"]),
    clause("缺省", "default", &["对象"]),
    clause("问", "ask", &["对象"]),
    clause("授权", "authorize", &["参数", "规则", "决定"]),
    clause("例外", "exception", &["规则", "决定"]),
    clause("条件", "condition", &["决定"]),
    clause("增加条件", "added_condition", &["决定"]),
    clause("给付", "payment", &["决定"]),
    clause("复核", "review", &["决定"]),
    clause("起发", "starts", &["决定"]),
    clause("停发", "stops", &["决定"]),
    clause("所属期", "period", &["案例"]),
    clause("评估日", "assessed", &["案例"]),
    clause("知悉日", "known", &["案例"]),
    clause("历史", "history", &["案例"]),
    clause("实绩", "reported", &["案例"]),
    clause("应当", "expect", &["案例"]),
];

/// The words that end a Chinese name wherever they stand, longest first among those that share a
/// beginning. Frozen: a new one would break policies.
pub const CUTTING_WORDS: &[&str] = &[
    "不低于",
    "低于",
    "不高于",
    "高于",
    "不超过",
    "超过",
    "不少于",
    "少于",
    "未达到",
    "达到",
    "不满",
    "不等于",
    "等于",
    "不属于",
    "属于",
    "以上",
    "以下",
    "以内",
    "并且",
    "且",
    "或者",
    "或",
    "若无则",
    "依据",
    "的",
];

/// The built-in units, longest first among those that share a beginning.
pub const UNIT_WORDS: &[&str] = &[
    "亿元", "万元", "元", "角", "分", "个月", "月", "年", "周岁", "岁", "天", "日", "人", "户",
    "次",
];

/// What may stand glued behind a unit.
pub const UNIT_FOLLOWERS: &[&str] =
    &["依据", "问", "缺省", "至", "则", "否则", "内曾", "起", "止", "若无则"];

/// Chinese words that are never a whole name.
pub const RESERVED_WORDS: &[&str] =
    &["如果", "则", "否则", "非", "是", "否", "例外", "其中", "均不符合", "各项"];

/// The words of a period of time.
pub const PERIOD_WORDS: &[&str] = &["自", "从", "起", "至", "止", "起至", "起施行", "起执行"];

/// Words that are read as such where they follow a comma, and may be glued to what follows.
pub const AFTER_COMMA_WORDS: &[&str] = &[
    "其中",
    "保底",
    "封顶",
    "向上取整",
    "向下取整",
    "四舍六入五成双",
    "四舍五入",
    "不取整",
    "补至",
    "先抵",
    "保留",
    "同额保留",
    "本人选择",
    "优先于",
];

/// How a list of conditions is meant.
pub const COMBINATORS: &[&str] =
    &["同时符合下列条件", "同时符合", "符合下列情形之一", "符合下列条件之一", "至少符合"];

/// English words between or before operands.
pub const ENGLISH_OPERATORS: &[&str] =
    &["and", "or", "not", "of", "in", "is", "below", "above", "at"];

/// The other English words that are never a whole name.
pub const ENGLISH_RESERVED: &[&str] =
    &["if", "then", "else", "when", "source", "otherwise", "exception", "where", "true", "false"];

/// The months in English, for a day of every year: `August 31`.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether `character` is a blank within a line.
#[must_use]
pub fn is_line_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

/// Whether `character` may stand in a Chinese name.
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(
        character,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{20000}'..='\u{2FA1F}'
    )
}

/// Whether `character` may stand in an ASCII name.
#[must_use]
pub fn is_ascii_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The first cutting word inside `text`, with its byte offset.
#[must_use]
pub fn find_cutting_word(text: &str) -> Option<(usize, &'static str)> {
    text.char_indices().find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let found = CUTTING_WORDS.iter().find(|word| rest.starts_with(**word))?;
        Some((at, *found))
    })
}

/// The declaration keyword that `line` starts with, if a blank or the end of the line follows it:
/// the keyword as written and its entry in [`DECLARATIONS`].
#[must_use]
pub fn declaration_at(line: &str) -> Option<(&'static str, Word)> {
    // Most lines are no declarations, and many hold no blank.
    let mut letters = line.char_indices().take(LONGEST_DECLARATION + 1);
    let (end, _) = letters.find(|(_, letter)| is_line_blank(*letter))?;
    let first = line.get(..end)?;
    DECLARATIONS.iter().find_map(|word| {
        let spelling = [word.zh, word.en].into_iter().find(|spelling| *spelling == first)?;
        Some((spelling, *word))
    })
}

/// The clause keyword that `text` starts with, where the word ends there.
#[must_use]
pub fn clause_at(text: &str) -> Option<(&'static str, ClauseWord)> {
    CLAUSES.iter().find_map(|clause| {
        let spelling = [clause.word.zh, clause.word.en].into_iter().find(|spelling| {
            text.strip_prefix(spelling).is_some_and(|rest| {
                !rest.starts_with(|next: char| is_han(next) || is_ascii_word(next))
            })
        })?;
        Some((spelling, *clause))
    })
}

/// `3`, `３`, `三`, `两`, `十二`.
pub(crate) fn small_number(text: &str) -> Option<u32> {
    let narrow: String = text.trim().chars().map(half_width).collect();
    if narrow.starts_with(|first: char| first.is_ascii_digit()) {
        return narrow.parse().ok();
    }
    let digit = |letter: char| match letter {
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().position(|known| known == letter).map(|at| at + 1),
    };
    let (tens, ones) = match narrow.split_once('十') {
        None => (0, narrow.as_str()),
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (single(tens).and_then(digit)?, ones),
    };
    let ones = if ones.is_empty() && tens > 0 { 0 } else { single(ones).and_then(digit)? };
    u32::try_from(tens * 10 + ones).ok()
}

/// The only character of `text`.
fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_word_needs_a_blank_after_it() {
        assert_eq!(declaration_at("规则 年龄（人）").map(|(spelling, _)| spelling), Some("规则"));
        assert_eq!(declaration_at("rule\tage").map(|(spelling, _)| spelling), Some("rule"));
        assert_eq!(declaration_at("表\u{3000}津贴").map(|(spelling, _)| spelling), Some("表"));
        assert_eq!(declaration_at("规则年龄（人）"), None);
        assert_eq!(declaration_at("目标人群：是否"), None);
    }

    #[test]
    fn every_declaration_word_is_found() {
        for word in DECLARATIONS {
            for spelling in [word.zh, word.en] {
                let found = declaration_at(&format!("{spelling} x"));
                assert_eq!(found, Some((spelling, *word)));
            }
        }
    }

    #[test]
    fn the_longer_cutting_word_is_found_first() {
        assert_eq!(find_cutting_word("收入不低于"), Some((6, "不低于")));
        assert_eq!(find_cutting_word("老年人护理补贴"), None);
    }

    #[test]
    fn the_grammar_spells_the_same_words() {
        let grammar = include_str!("../../grammar/huize.pest");
        for word in CUTTING_WORDS {
            assert!(grammar.contains(&format!("\"{word}\"")), "{word}");
        }
        let clauses = CLAUSES.iter().map(|clause| &clause.word);
        for word in DECLARATIONS.iter().chain(clauses) {
            let spelled = format!("\"{}\" | \"{}\"", word.zh, word.en);
            assert!(grammar.contains(&spelled), "{spelled}");
        }
    }
}
