//! Sweeps over all benefits of a place: whatever the corpus says is followed to the end.

use crate::diagnostic::Language;
use crate::engine::{Case, Library, Question};
use crate::facts::from_json_value;
use crate::solve::SweepRange;

/// Much of this family is not known to most benefits, some of which are not in force in the month:
/// what stays undecided or refused is followed like the rest.
#[test]
fn a_wage_is_swept_through_every_benefit_of_a_place() {
    let policy = Library::builtin().compile_place("中山").expect("a place");
    let facts = serde_json::json!({ "家庭": { "城乡": "城镇", "财产核对合格": "是", "成员": [
        { "id": "甲", "出生日期": "1980-02-01", "月工资": "2250", "在业": "是", "重病": "否" },
        { "id": "乙", "出生日期": "1982-05-03", "月工资": "900", "在业": "是", "重病": "否" },
        { "id": "丙", "出生日期": "2012-09-09", "月工资": "0", "在业": "否", "重病": "否" },
    ]}});
    let case: Case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
    let question = Question::about("2023-06".parse().expect("a month"));
    for person in ["甲", "乙"] {
        let fact = policy.fact(&case, &format!("{person}.月工资")).expect("a fact");
        let sweep = policy.sweep(&case, &question, fact, SweepRange::default(), Language::Zh);
        let sweep = sweep.expect("a sweep");
        assert_eq!(sweep.stopped, None);
        assert!(!sweep.thresholds.is_empty());
    }
}
