//! The policies that come with huize, as a whole: they check, their cases pass and try nearly
//! everything, and what `policies/README.md` says of them is so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use huize::diagnostic::render::plain;
use huize::diagnostic::{Language, Severity};
use huize::engine::{Boundaries, Coverage, Library};

use crate::root;

/// The least that the cases may try, in tenths of a percent.
const LEAST_COVERAGE: usize = 950;

/// The least of their boundaries that the cases would notice to be wrong, in tenths of a percent.
const LEAST_BOUNDARIES: usize = 965;

const INDEX: [&str; 2] = ["<!-- 目录开始 -->\n", "<!-- 目录结束 -->\n"];

#[test]
fn the_policies_check() {
    let library = Library::builtin();
    let mut errors = String::new();
    for finding in library.check().iter().filter(|found| found.severity == Severity::Error) {
        let _ = writeln!(errors, "{}", plain(finding, library.sources(), Language::Zh));
    }
    assert!(errors.is_empty(), "{errors}");
}

#[test]
fn their_cases_pass_and_try_nearly_everything() {
    let library = Library::builtin();
    let (mut coverage, mut boundaries) = (Coverage::default(), Boundaries::default());
    let mut wrong = String::new();
    for policy in library.policies() {
        let compiled = library.compile_with_cases(&policy.name).unwrap();
        for report in compiled.run_cases_trying(&mut coverage, &mut boundaries) {
            for failure in &report.failures {
                let shown = plain(failure, library.sources(), Language::Zh);
                let _ = writeln!(wrong, "{} {}\n{shown}", report.place, report.title);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let total = coverage.total(|_| true);
    assert!(
        total.per_mille() >= LEAST_COVERAGE,
        "the cases try {} of {}: `huize test --uncovered` lists the rest",
        total.tried,
        total.all
    );
    let noticed = boundaries.total(|_| true);
    assert!(
        noticed.per_mille() >= LEAST_BOUNDARIES,
        "the cases notice {} of {}: `huize test --boundaries` lists the rest",
        noticed.tried,
        noticed.all
    );
}

/// Policies of one benefit are its layers: one that is called otherwise in one language only, or like
/// another, would be taken for another when the texts are rewritten.
#[test]
fn benefits_have_one_name_in_each_language() {
    let benefit = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in Library::builtin().policies() {
        let Some(alias) = &policy.alias else { continue };
        let (name, alias) = (benefit(&policy.name), benefit(alias));
        names.entry(alias.clone()).or_default().insert(name.clone());
        names.entry(name).or_default().insert(alias);
    }
    let wrong: Vec<_> = names.iter().filter(|(_, names)| names.len() > 1).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Every place compiles as a whole.
#[test]
fn all_benefits_of_every_place_stand_together() {
    let library = Library::builtin();
    for place in library.places() {
        let policy = library.compile_place(&place.name);
        let policy = policy.unwrap_or_else(|_| panic!("{} does not compile", place.name));
        assert_eq!(policy.program().place.as_deref(), Some(place.name.as_str()));
        assert!(policy.program().decisions.iter().any(|decision| decision.own), "{}", place.name);
    }
}

/// `huize policies --index` of the tree, between its marks in the README.
#[cfg(feature = "cli")]
#[test]
fn the_index_is_that_of_the_tree() {
    let path = readme();
    let text = std::fs::read_to_string(&path).unwrap();
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_huize"))
        .args(["policies", "--policies", "policies", "--index", "--lang", "zh"])
        .current_dir(root())
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let [open, close] = INDEX;
    let (before, rest) = text.split_once(open).unwrap();
    let (index, after) = rest.split_once(close).unwrap();
    if index == printed {
        return;
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, format!("{before}{open}{printed}{close}{after}")).unwrap();
        return;
    }
    panic!("policies/README.md: the index is\n{printed}\naccept it with INSTA_UPDATE=always");
}

/// Each finding names a policy, then what it is about there: a rule, a parameter, a payment, a
/// relation, an item. A name that has gone takes its finding with it.
#[test]
fn findings_are_about_what_is_there() {
    let text = std::fs::read_to_string(readme()).unwrap();
    let library = Library::builtin();
    let mut wrong = String::new();
    let mut count = 0;
    let table = text.split("| 号 |").nth(1).unwrap().lines().skip(2);
    for row in table.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, about, _, _] = cells.as_slice() else { panic!("{row}") };
        count += 1;
        let mut law: Option<String> = None;
        let mut named = 0;
        for name in about.split('`').skip(1).step_by(2) {
            if library.policies().iter().any(|policy| policy.name == *name) {
                let sources = library.sources_of(name);
                let texts = sources.iter().filter_map(|source| library.sources().file(*source));
                law = Some(texts.map(|file| file.text().to_owned()).collect());
                continue;
            }
            named += 1;
            if !law.as_ref().is_some_and(|law| declares(law, name)) {
                let _ = writeln!(wrong, "{number}: `{name}`");
            }
        }
        if named == 0 {
            let _ = writeln!(wrong, "{number}: names no rule");
        }
    }
    assert!(count > 30, "{count} findings");
    assert!(wrong.is_empty(), "findings about what is not there:\n{wrong}");
}

/// An amount of money stands in a parameter or a table, with its source or status, never in a rule.
#[test]
fn amounts_stand_in_parameters() {
    let library = Library::builtin();
    let mut wrong = String::new();
    let mut rules = 0;
    for (_, file) in library.sources().iter() {
        let mut in_rule = false;
        for (at, line) in file.text().lines().enumerate() {
            if line.starts_with(|first: char| !first.is_whitespace() && first != '#') {
                let head = line.trim_start_matches("补充").trim_start();
                in_rule = ["规则", "决定", "集合", "关系"].iter().any(|w| head.starts_with(w));
                rules += usize::from(in_rule);
            }
            let code = line.split(['#', '“']).next().unwrap_or_default();
            let code = code.split("依据").next().unwrap_or_default();
            if in_rule && states_money(code) {
                let _ = writeln!(wrong, "{}:{}: {line}", file.name(), at + 1);
            }
        }
    }
    assert!(states_money("  = 150元/月") && states_money("不超过2万元"));
    assert!(!states_money("保底0元，向上取整到1元，四舍五入到0.1元"));
    assert!(rules > 200, "{rules} rules read");
    assert!(wrong.is_empty(), "amounts in rules:\n{wrong}");
}

/// Whether an amount other than nothing is written that is no unit of rounding.
fn states_money(code: &str) -> bool {
    let mut amounts = code.match_indices('元').filter_map(|(at, _)| {
        let before = code.get(..at)?.trim_end_matches(['万', '亿']);
        let number = before.trim_end_matches(|digit: char| digit.is_ascii_digit() || digit == '.');
        Some((number, before.get(number.len()..)?))
    });
    let is_stated = |(before, number): (&str, &str)| {
        !number.is_empty()
            && number != "0"
            && !before.ends_with("取整到")
            && !before.ends_with("入到")
    };
    amounts.any(is_stated)
}

/// Whether a policy's text declares something of that name.
pub(crate) fn declares(law: &str, name: &str) -> bool {
    const HEADS: [&str; 9] = ["规则", "决定", "给付", "参数", "表", "关系", "约束", "集合", "目标"];
    let ends =
        |rest: &str| rest.starts_with(['【', '（', '：', ' ', '，', '\n']) || rest.is_empty();
    let begins = |line: &str| line.strip_prefix(name).is_some_and(ends);
    law.lines().map(str::trim).any(|line| {
        let of_head = HEADS
            .iter()
            .any(|head| line.strip_prefix(head).is_some_and(|rest| begins(rest.trim_start())));
        let supplemented = line
            .strip_prefix("补充")
            .is_some_and(|rest| rest.split_once('.').is_some_and(|(_, rest)| begins(rest)));
        // An item, by its number and label; a fact of an object.
        let label = line.split_once(['）', '．']).is_some_and(|(_, rest)| begins(rest));
        let exception = line
            .strip_prefix("例外（")
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('）'));
        of_head || supplemented || exception || label || begins(line)
    })
}

fn readme() -> PathBuf {
    root().join("policies/README.md")
}

/// The whole family of `examples/`: sums and interactions as worked out in the file's head.
#[cfg(feature = "cli")]
#[test]
fn the_whole_family_is_told_at_a_glance() {
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_huize"))
        .args(["explain", "examples/sample-whole-family.yaml", "--depth", "0", "--lang", "zh"])
        .current_dir(root())
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    for told in [
        "低保 1,292元/月",
        "分类施保 416元/月",
        "孤儿 1,300元/月",
        "护理补贴 0元/月",
        // 1292＋416＋高龄100＋老年人服务150＋生活100×2＋护理性150＋孤儿1300＋22.75×6
        "合计 3,744.5元/月",
        "· 父亲 · 护理补贴：120元/月 → 0元/月，与其他护理性补贴只发一种（同类择高）",
        "· 侄子 · 生活补贴：本来符合，已有孤儿，不重复享受（孤儿与生活补贴）",
    ] {
        let squeezed: Vec<&str> = printed.split_whitespace().collect();
        let told: Vec<&str> = told.split_whitespace().collect();
        assert!(
            squeezed.windows(told.len()).any(|window| window == told),
            "not told: {told:?}\n{printed}"
        );
    }
}
