//! Small programs that have something of everything a situation can differ in, and households
//! under them.

use std::fmt::Write as _;
use std::sync::OnceLock;

use proptest::prelude::*;

use crate::differ::Comparison;
use crate::engine::{Case, Library, Policy, Question};
use crate::facts::from_json_value;
use crate::value::{Date, YearMonth};

/// How many programs there are.
pub(super) const PROGRAMS: usize = 24;

/// The text of a program: each bit of the number chooses a form of one rule.
fn text(number: usize) -> String {
    let pick = |at: usize, count: usize| (number / [1, 2, 6, 12][at]) % count;
    let mut text = String::from(
        "政策 试.补贴\n  依据 试验\n枚举 城乡：城镇【urban】、农村【rural】\n\
         对象 人【person】\n  出生日期【birth】：日期\n  工资【wage】：元/月，0元至10万元\n\
         \u{20} 残疾【disabled】：是否    缺省 否\n  照料【carer】：人，可无    缺省 无\n\
         对象 家庭【household】\n  成员【members】：人，若干，至少1\n  城乡【area】：城乡\n\
         \u{20} 其他【other】：元/月，0元至10万元    缺省 0元/月\n",
    );
    // The second row was made known after it had begun.
    let base = 500 + 37 * number;
    let _ = write!(
        text,
        "参数 标准（城乡）：元/人·月\n\
         \u{20} 自2024年1月1日起：城镇 {base}元，农村 {}元\n\
         \u{20} 自2024年7月1日起：城镇 {}元，农村 {}元，发布 2024年9月10日\n\
         \u{20} 自2025年1月1日起至2025年2月28日止：待查\n\
         \u{20} 自2025年3月1日起：城镇 {}元，农村 {}元\n",
        base - 130,
        base + 45,
        base - 90,
        base + 90,
        base - 40,
    );
    text.push_str("参数 比例：%\n  自2024年1月1日起：80%\n  自2025年4月1日起：75%\n");
    text.push_str(match pick(0, 2) {
        0 => "规则 计入（人）：元/月 = 工资\n  例外（残疾）残疾的，工资的50%，施行 自2024年10月1日起\n",
        _ => {
            "规则 计入（人）：元/月，施行 自2024年1月1日起至2024年12月31日止 = 工资\n\
             规则 计入（人）：元/月，施行 自2025年1月1日起 = 工资×比例\n"
        }
    });
    text.push_str("规则 人均（家庭）：元/人·月 =（合计（成员，计入）＋其他）÷人数（成员）\n");
    text.push_str("规则 年龄（人）：岁 = 周岁（出生日期，评估日）\n");
    let rounding = ["向上取整到1元", "四舍五入到0.1元", "向下取整到10元"][pick(1, 3)];
    let _ = write!(
        text,
        "决定 补贴（家庭）\n  条件 人均低于标准\n\
         \u{20} 给付 金：元/月 =（标准－人均）×人数（成员），{rounding}\n"
    );
    text.push_str(match pick(2, 2) {
        0 => {
            "  给付 增发：元/月，累加\n    （一）老人：存在（成员，年龄达到60岁）的，100元；\n    \
             （二）残疾：存在（成员，残疾）的，标准×人数（成员，其中残疾）×15%；\n    均不符合的，0元；\n    各项四舍五入到1元。\n"
        }
        _ => "  给付 增发：元/月 = 人数（成员，其中年龄达到60岁）×35.5元/人·月\n",
    });
    text.push_str(match pick(3, 2) {
        0 => {
            "决定 护理（人）\n  条件 残疾且照料的年龄不满60岁\n\
             \u{20} 给付 护理费：元/月 = 标准×30%，保底0元，封顶180元，四舍五入到1元\n"
        }
        _ => {
            "决定 护理（人）\n  条件 残疾\n\
             \u{20} 给付 护理费：元/月 = 最大（标准×25%，上月的计入×10%），向上取整到0.1元\n"
        }
    });
    text
}

/// All programs, compiled once.
pub(super) fn programs() -> &'static [Policy] {
    static PROGRAMS_MADE: OnceLock<Vec<Policy>> = OnceLock::new();
    PROGRAMS_MADE.get_or_init(|| {
        (0..PROGRAMS)
            .map(|number| {
                let library = Library::from_texts(vec![("try.hz".to_owned(), text(number))]);
                match library.compile("试.补贴") {
                    Ok(policy) => policy,
                    Err(findings) => panic!("{}\n{findings:?}", text(number)),
                }
            })
            .collect()
    })
}

/// Two programs made ready, once.
pub(super) fn comparison(before: usize, after: usize) -> &'static Comparison {
    static MADE: OnceLock<Vec<OnceLock<Comparison>>> = OnceLock::new();
    let made = MADE.get_or_init(|| (0..PROGRAMS * PROGRAMS).map(|_| OnceLock::new()).collect());
    made[before * PROGRAMS + after].get_or_init(|| {
        Comparison::new(&programs()[before], &programs()[after]).expect("the same decisions")
    })
}

/// One person; what is not said is left out of the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) id: usize,
    birth: (i32, u32),
    wage: Option<u32>,
    disabled: Option<bool>,
    /// Who looks after him, by place among those who are there.
    carer: Option<usize>,
    /// Another wage from a month on.
    raise: Option<((i32, u32), u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Household {
    pub(super) people: Vec<Person>,
    urban: bool,
    other: Option<u32>,
}

/// A situation: a program, a household, a month, a day on which things are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) program: usize,
    pub(super) household: Household,
    pub(super) month: (i32, u32),
    pub(super) known: Option<(i32, u32)>,
}

impl Drawn {
    pub(super) fn question(&self) -> Question {
        let month = |(year, month): (i32, u32)| YearMonth::new(year, month).expect("a month");
        let known_on: Option<Date> = self.known.map(|known| month(known).last_day());
        Question { known_on, ..Question::about(month(self.month)) }
    }

    pub(super) fn case(&self) -> Case {
        let policy = &programs()[self.program];
        let facts = from_json_value(&self.household.json()).expect("no floats");
        policy.bind(&facts).unwrap_or_else(|findings| panic!("{findings:?}"))
    }

    pub(super) fn situation<'a>(&self, case: &'a Case) -> crate::differ::Situation<'a> {
        let policy = &programs()[self.program];
        crate::differ::Situation { policy, case, question: self.question() }
    }
}

impl Household {
    pub(super) fn json(&self) -> serde_json::Value {
        let yuan = |fen: u32| format!("{}.{:02}", fen / 100, fen % 100);
        let members: Vec<serde_json::Value> = self
            .people
            .iter()
            .map(|person| {
                let mut facts = serde_json::Map::new();
                let mut state = |key: &str, value: serde_json::Value| {
                    facts.insert(key.to_owned(), value);
                };
                state("id", format!("成员{}", person.id).into());
                state("birth", format!("{}-{:02}-15", person.birth.0, person.birth.1).into());
                match (person.wage, person.raise) {
                    (Some(wage), Some(((year, month), raised))) => {
                        let from = format!("{year}-{month:02}");
                        state(
                            "wage",
                            serde_json::json!({ "2023-01": yuan(wage), from: yuan(raised) }),
                        );
                    }
                    (Some(wage), None) => state("wage", yuan(wage).into()),
                    (None, _) => {}
                }
                if let Some(disabled) = person.disabled {
                    state("disabled", disabled.into());
                }
                if let Some(carer) = person.carer {
                    let carer = &self.people[carer % self.people.len()];
                    state("carer", format!("成员{}", carer.id).into());
                }
                facts.into()
            })
            .collect();
        let mut household = serde_json::json!({
            "area": if self.urban { "urban" } else { "rural" },
            "members": members,
        });
        if let Some(other) = self.other {
            household["other"] = yuan(other).into();
        }
        serde_json::json!({ "household": household })
    }
}

fn month() -> impl Strategy<Value = (i32, u32)> {
    (2024_i32..2026, 1_u32..13)
}

fn wage() -> impl Strategy<Value = Option<u32>> {
    // Rarely nobody asked; otherwise around what matters.
    prop::option::weighted(0.99, prop_oneof![Just(0_u32), 0_u32..90_000, 40_000_u32..60_000])
}

fn person() -> impl Strategy<Value = Person> {
    (
        (1955_i32..2020, 1_u32..13),
        wage(),
        prop::option::of(any::<bool>()),
        prop::option::weighted(0.3, 0_usize..4),
        prop::option::weighted(0.15, (month(), 0_u32..90_000)),
    )
        .prop_map(|(birth, wage, disabled, carer, raise)| Person {
            id: 0,
            birth,
            wage,
            disabled,
            carer,
            raise,
        })
}

fn household() -> impl Strategy<Value = Household> {
    let other = prop::option::weighted(0.4, 0_u32..80_000);
    (prop::collection::vec(person(), 1..3), any::<bool>(), other).prop_map(
        |(mut people, urban, other)| {
            for (at, person) in people.iter_mut().enumerate() {
                person.id = at;
            }
            Household { people, urban, other }
        },
    )
}

/// Two situations that differ in a few things.
pub(super) fn pair() -> impl Strategy<Value = (Drawn, Drawn)> {
    let often = |weight: f64| prop::bool::weighted(weight);
    let times = ((month(), month(), often(0.5)), prop::option::weighted(0.3, (month(), month())));
    // A few other texts for each, so that few pairs of texts have to be made ready.
    let programs = (0..PROGRAMS, 1_usize..3, often(0.2));
    let changes = (
        prop::collection::vec((often(0.25), often(0.1), often(0.1), often(0.1)), 2),
        (often(0.1), often(0.2)),
        // Somebody goes, somebody comes.
        (often(0.1), often(0.1)),
    );
    (programs, household(), household(), person(), times, changes).prop_map(
        |((program, further, is_other), first, second, newcomer, times, changes)| {
            let ((a, b, is_later), known) = times;
            let mut then = first.clone();
            let (changed, (area, other), (goes, comes)) = changes;
            for ((at, person), (wage, birth, disabled, carer)) in
                then.people.iter_mut().enumerate().zip(changed)
            {
                let twin = &second.people[at % second.people.len()];
                if wage {
                    (person.wage, person.raise) = (twin.wage, twin.raise);
                }
                if birth {
                    person.birth = twin.birth;
                }
                if disabled {
                    person.disabled = twin.disabled;
                }
                if carer {
                    person.carer = twin.carer;
                }
            }
            if area {
                then.urban = second.urban;
            }
            if other {
                then.other = second.other;
            }
            if goes && then.people.len() > 1 {
                then.people.remove(0);
            }
            if comes {
                then.people.push(Person { id: 9, ..newcomer });
            }
            let before =
                Drawn { program, household: first, month: a, known: known.map(|(known, _)| known) };
            let after = Drawn {
                program: if is_other { (program + further) % PROGRAMS } else { program },
                household: then,
                month: if is_later { b } else { a },
                known: known.map(|(_, known)| known),
            };
            (before, after)
        },
    )
}

/// One fact of a household.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stated {
    Wage(usize),
    Birth(usize),
    Disabled(usize),
    Carer(usize),
    Area,
    Other,
}

impl Household {
    /// The facts that differ, by the address that a cause has.
    pub(super) fn steps_to(&self, other: &Self) -> Vec<(String, Stated)> {
        let mut steps = Vec::new();
        for (at, (x, y)) in self.people.iter().zip(&other.people).enumerate() {
            let id = x.id;
            if (x.wage, x.raise) != (y.wage, y.raise) {
                steps.push((format!("成员{id}.工资"), Stated::Wage(at)));
            }
            if x.birth != y.birth {
                steps.push((format!("成员{id}.出生日期"), Stated::Birth(at)));
            }
            if x.disabled != y.disabled {
                steps.push((format!("成员{id}.残疾"), Stated::Disabled(at)));
            }
            if x.carer != y.carer {
                steps.push((format!("成员{id}.照料"), Stated::Carer(at)));
            }
        }
        if self.urban != other.urban {
            steps.push(("城乡".to_owned(), Stated::Area));
        }
        if self.other != other.other {
            steps.push(("其他".to_owned(), Stated::Other));
        }
        steps
    }

    /// Takes one fact over from another household.
    pub(super) fn take(&mut self, fact: Stated, from: &Self) {
        match fact {
            Stated::Wage(at) => {
                self.people[at].wage = from.people[at].wage;
                self.people[at].raise = from.people[at].raise;
            }
            Stated::Birth(at) => self.people[at].birth = from.people[at].birth,
            Stated::Disabled(at) => self.people[at].disabled = from.people[at].disabled,
            Stated::Carer(at) => self.people[at].carer = from.people[at].carer,
            Stated::Area => self.urban = from.urban,
            Stated::Other => self.other = from.other,
        }
    }
}

/// Two situations of the same people that differ in up to four facts and nothing else, under a
/// program that has a payment without rounding.
pub(super) fn facts_only() -> impl Strategy<Value = (Drawn, Drawn)> {
    pair().prop_filter_map("other people, or many facts", |(mut before, mut after)| {
        before.program = before.program / 12 * 12 + 6 + before.program % 6;
        after.program = before.program;
        (after.month, after.known) = (before.month, before.known);
        let people = |drawn: &Drawn| -> Vec<usize> {
            drawn.household.people.iter().map(|person| person.id).collect()
        };
        let steps = before.household.steps_to(&after.household).len();
        (people(&before) == people(&after) && (2..=4).contains(&steps)).then_some((before, after))
    })
}
