//! The registry as such; that the examples are true is tried in the snapshot tests.

use std::collections::BTreeMap;

use super::{Builtin, all, find, function};
use crate::diagnostic::Language;

#[test]
fn a_name_is_one_builtin() {
    let mut owners: BTreeMap<&str, &Builtin> = BTreeMap::new();
    for builtin in all() {
        let mut spellings: Vec<&str> = builtin.spellings().collect();
        spellings.dedup();
        for spelling in spellings {
            let other = owners.insert(spelling, builtin);
            assert_eq!(other.map(|other| other.name), None, "{spelling}");
        }
    }
}

#[test]
fn forms_are_read_off_the_signature() {
    let form = |name: &str| find(name).map(Builtin::form).unwrap_or_default();
    assert_eq!(form("周岁").zh, "周岁（出生日期，[日期]）");
    assert_eq!(form("sum").en, "sum(members, amount, [where condition])");
    assert_eq!(form("max").en, "max(amount or date, …)");
    assert_eq!(
        form("裁量").zh,
        "裁量（决定的机关，[写着决定的事实]） 或 裁量（决定的机关，数额至数额，[写着决定的事实]）"
    );
    let lines = find("满").map(|builtin| builtin.signature_lines(Language::Zh));
    assert_eq!(
        lines,
        Some(vec!["满（起算日期，时长，[日期]，[当日计入]，[月末顺延]）：是否".to_owned()])
    );
}

#[test]
fn arguments_are_counted() {
    let accepts = |name: &str, arguments: usize, filter: bool| {
        function(name).is_some_and(|(builtin, _)| builtin.accepts(arguments, filter))
    };
    assert!(accepts("周岁", 1, false) && accepts("周岁", 2, false));
    assert!(!accepts("周岁", 0, false) && !accepts("周岁", 3, false));
    assert!(!accepts("周岁", 1, true));
    assert!(accepts("人数", 1, true) && !accepts("人数", 2, false));
    assert!(accepts("最大", 1, false) && accepts("最大", 9, false) && !accepts("最大", 0, false));
    assert!(accepts("裁量", 1, false) && accepts("裁量", 3, false) && !accepts("裁量", 4, false));
}

#[test]
fn entries_are_filled_in() {
    for builtin in all() {
        let name = builtin.name.zh;
        assert!(!builtin.signatures.is_empty(), "{name} has no signature");
        assert!(!builtin.examples.is_empty(), "{name} has no example");
        assert!(builtin.doc.zh.ends_with('。') && builtin.doc.en.ends_with('.'), "{name}");
    }
}
