//! What the language knows without being told: functions, words and the forms of look-back. Each is
//! one [`Builtin`] that holds its names, its signature, what it means and examples that are run; the
//! checker, suggestions, the formatter, the prompt's help and the manual all read it here.
//!
//! What a builtin computes is in `hir::lower` and `eval`; nothing here depends on a program.

mod document;
mod entry;
mod law;
mod number;
mod people;
mod target;
mod time;

#[cfg(test)]
mod tests;

pub use entry::{
    Arguments, Builtin, Example, Family, Function, Meaning, Occurs, Parameter, Signature, Word,
};

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diagnostic::Words;

/// The family of entries in the order of the manual.
const ALL: [&[Builtin]; 6] = [
    people::ENTRIES,
    number::ENTRIES,
    time::ENTRIES,
    law::ENTRIES,
    document::ENTRIES,
    target::ENTRIES,
];

/// The policy that the examples of all entries are written for, up to where they stand: each is an
/// 应当 of its last 案例.
pub const EXAMPLE_POLICY: &str = include_str!("builtins/example.hz");

/// Every builtin, by family and in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    ALL.iter().copied().flatten()
}

/// The words by which a case names an error: 应当 低保 报错 未施行.
pub(crate) const FAULTS: [Words; 11] = [
    fault("无标准", "no_row"),
    fault("冲突", "conflict"),
    fault("无一符合", "nothing_holds"),
    fault("并列", "tied"),
    fault("未施行", "not_in_force"),
    fault("除以零", "division_by_zero"),
    fault("溢出", "overflow"),
    fault("计算", "arithmetic"),
    fault("分母为零", "empty_population"),
    fault("超出幅度", "out_of_bounds"),
    fault("数据", "data"),
];

const fn fault(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// The error that a case names so, in both languages.
pub(crate) fn fault_named(word: &str) -> Option<Words> {
    FAULTS.into_iter().find(|fault| [fault.zh, fault.en].contains(&word))
}

/// The builtin of that name, in either language or by another spelling of it.
///
/// # Examples
///
/// ```
/// let age = huize::builtins::find("age").map(|builtin| builtin.name.zh);
/// assert_eq!(age, Some("周岁"));
/// assert!(huize::builtins::find("工资").is_none());
/// ```
#[must_use]
pub fn find(name: &str) -> Option<&'static Builtin> {
    // Every name of every policy is looked up here.
    static BY_NAME: OnceLock<BTreeMap<&'static str, &'static Builtin>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        all().flat_map(|builtin| builtin.spellings().map(move |name| (name, builtin))).collect()
    });
    by_name.get(name).copied()
}

/// The function of that name, where it is called: `周岁（…）`.
#[must_use]
pub fn function(name: &str) -> Option<(&'static Builtin, Function)> {
    let builtin = find(name)?;
    match builtin.meaning {
        Meaning::Function(function) => Some((builtin, function)),
        _ => None,
    }
}

/// The word of that name, where it stands alone or before 的: 评估日, 上月.
#[must_use]
pub fn word(name: &str) -> Option<Word> {
    match find(name)?.meaning {
        Meaning::Word(word) => Some(word),
        _ => None,
    }
}

/// How the functions are spelled, for suggestions.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    spellings(|meaning| matches!(meaning, Meaning::Function(_)))
}

/// How the words are spelled, for suggestions.
pub fn word_names() -> impl Iterator<Item = &'static str> {
    spellings(|meaning| matches!(meaning, Meaning::Word(_)))
}

fn spellings(kind: fn(Meaning) -> bool) -> impl Iterator<Item = &'static str> {
    all().filter(move |builtin| kind(builtin.meaning)).flat_map(Builtin::spellings)
}

/// The beginnings of names: 享受, 所在.
pub fn prefixes() -> impl Iterator<Item = Words> {
    all().filter(|builtin| matches!(builtin.meaning, Meaning::Prefix(_))).map(|found| found.name)
}

/// What follows a word that is only the beginning of a name: `家庭` of 所在家庭.
#[must_use]
pub fn after_prefix(name: &str, word: Word) -> Option<&str> {
    let builtin = all().find(|builtin| builtin.meaning == Meaning::Prefix(word))?;
    let rest = builtin.spellings().find_map(|spelling| name.strip_prefix(spelling))?;
    (!rest.is_empty()).then_some(rest)
}
