//! Programs and facts made at random: what must hold of every program.

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};

use super::program::{Draft, Tape};
use super::unknown::{
    Values, broken, broken_decision, hidden, named, open, otherwise, told, unasked,
};
use crate::diagnostic::Severity;
use crate::engine::decision::{Decision, Outcome};
use crate::engine::{Case, Library, Policy, Question};
use crate::explain::view::{Held, OutcomeView, StepView};
use crate::facts::from_json_value;
use crate::format::{Dialect, FormatOptions, format};
use crate::hir::{Constant, Definition, DefinitionId, DefinitionKind, Field};
use crate::input::{Fact, InstanceId, Scalar};
use crate::plan::{Plan, Workspace};
use crate::solve::tests::household::Rng;
use crate::source::SourceId;
use crate::types::Type;
use crate::value::YearMonth;

fn june() -> Question {
    Question::about(YearMonth::new(2023, 6).expect("a month"))
}

/// The policy of a draft; none where its exceptions or items are proved to conflict, or where a
/// benefit asks whether another one has been paid that gives way to it: random ones sometimes do.
/// Anything else that is wrong with it is a defect of the generator.
fn compiled(texts: Vec<(String, String)>, policy: &str) -> Option<Policy> {
    let shown = || texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("----\n");
    match Library::from_texts(texts.clone()).compile(policy) {
        Ok(policy) => Some(policy),
        Err(findings) => {
            let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let expected = ["huize::check::always_in_conflict", "huize::check::circle"];
            let proved = errors.all(|error| expected.contains(&error.code));
            assert!(proved, "{}\n{findings:#?}", shown());
            None
        }
    }
}

/// A household, every fact of it known.
fn facts(bytes: &[u8]) -> serde_json::Value {
    let mut tape = Tape::new(bytes);
    let tape = &mut tape;
    let money = |tape: &mut Tape<'_>| match tape.below(3) {
        0 => format!("{}", tape.below(6)),
        _ => format!("{}.{:02}", tape.below(5), tape.below(100)),
    };
    let kinds = ["一类", "二类", "三类"];
    let keys = ["甲", "乙", "丙"];
    let count = tape.below(4);
    let recorded = history(tape, &keys[..count]);
    let members: Vec<serde_json::Value> = (0..count)
        .map(|at| {
            let wage = match tape.below(4) {
                0 => serde_json::json!([
                    { "from": "2023-01", "value": money(tape) },
                    { "from": "2023-05", "value": money(tape) },
                ]),
                _ => serde_json::json!(money(tape)),
            };
            let grade = match tape.below(5) {
                0 => serde_json::json!("无"),
                grade => serde_json::json!(grade),
            };
            let father = match tape.below(4) {
                father if father < count && father != at => keys[father],
                _ => "无",
            };
            let lost = match tape.below(3) {
                0 => "无".to_owned(),
                _ => format!("2022-{:02}-{:02}", 1 + tape.below(12), 1 + tape.below(28)),
            };
            let charges: Vec<serde_json::Value> = (0..tape.below(3))
                .map(|number| {
                    serde_json::json!({
                        "id": format!("{}{number}", keys[at]), "项目": kinds[tape.below(3)],
                        "单价": money(tape), "次数": tape.below(4),
                    })
                })
                .collect();
            let home = ["无", "442000", "440304", "110101"][tape.below(4)];
            serde_json::json!({
                "户籍": home, "收费单": charges, "id": keys[at], "工资": wage, "等级": grade, "在业": tape.below(2) == 0,
                "病": tape.below(2) == 0, "类": kinds[tape.below(3)], "父亲": father, "失业日": lost,
                "出生": format!("{}-06-{:02}", 1955 + tape.below(20), 29 + tape.below(2)),
            })
        })
        .collect();
    let opinion = match tape.below(4) {
        0 | 1 => serde_json::json!("无"),
        told => serde_json::json!(told == 2),
    };
    let granted = if tape.below(2) == 0 { "无".to_owned() } else { money(tape) };
    serde_json::json!({ "历史": recorded, "家庭": {
        "意见": opinion, "核定": granted,
        "收入": money(tape), "支出": money(tape), "残": tape.below(2) == 0,
        "户类": kinds[tape.below(3)], "车": tape.below(4), "成员": members,
        "申请日": format!("2023-{:02}-10", 2 + tape.below(6)),
    }})
}

/// What was decided for earlier months, as far as it is told: outcomes, and amounts or none.
fn history(tape: &mut Tape<'_>, people: &[&str]) -> serde_json::Value {
    fn told(
        tape: &mut Tape<'_>,
        decisions: &[(&str, &str)],
    ) -> serde_json::Map<String, serde_json::Value> {
        let mut found = serde_json::Map::new();
        for (decision, payment) in decisions {
            let outcome = ["符合", "不符合"][tape.below(2)];
            let amount = format!("{}.{:02}", tape.below(5), tape.below(100));
            match tape.below(4) {
                0 => {}
                1 => drop(found.insert((*decision).to_owned(), outcome.into())),
                2 => drop(found.insert((*payment).to_owned(), amount.into())),
                _ => {
                    let both = serde_json::json!({ "结果": outcome, "给付": { *payment: amount } });
                    found.insert((*decision).to_owned(), both);
                }
            }
        }
        found
    }
    let mut months = serde_json::Map::new();
    for month in ["2023-05", "2023-04", "2023-02"] {
        if !tape.one_in(3) {
            continue;
        }
        let mut found = told(tape, &[("补助", "补助金"), ("另补", "另补金")]);
        for person in people {
            found.insert((*person).to_owned(), told(tape, &[("个补", "个补金")]).into());
        }
        months.insert(month.to_owned(), found.into());
    }
    months.into()
}

/// What a property is held over.
struct Sample {
    draft: Draft,
    policy: Policy,
    /// With every fact known.
    case: Case,
    rng: Rng,
    text: String,
}

/// Holds something over programs and facts; where it fails, the program is made smaller. There are
/// as many as `PROPTEST_CASES` says, shared out by `part`.
fn hold(part: u32, check: impl Fn(&mut Sample) -> Result<(), String>) {
    let cases = Config::default().cases / part;
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let tapes = (
        proptest::collection::vec(any::<u8>(), 0..300),
        proptest::collection::vec(any::<u8>(), 0..90),
        any::<u64>(),
    );
    let held = runner.run(&tapes, |(program, household, seed)| {
        let draft = Draft::of(&program);
        let texts = draft.texts();
        let text = texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("----\n");
        let Some(policy) = compiled(texts, draft.policy) else { return Ok(()) };
        let facts = from_json_value(&facts(&household)).expect("no floats");
        let case = policy.bind(&facts).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let mut sample = Sample { draft, policy, case, rng: Rng::new(seed), text };
        check(&mut sample).map_err(|told| TestCaseError::fail(format!("{told}\n{}", sample.text)))
    });
    match held {
        Ok(()) => {}
        Err(TestError::Fail(why, (program, household, seed))) => {
            panic!("{why}\nprogram {program:?}\nhousehold {household:?} seed {seed}")
        }
        Err(error) => panic!("{error}"),
    }
}

/// A case with facts taken away, and the same with others in their places.
fn without_and_with(sample: &mut Sample) -> (Case, Case) {
    let program = sample.policy.program();
    let less = hidden(program, &sample.case.facts, &mut sample.rng);
    let open = open(program, &less, &june());
    let some: Vec<_> = match sample.rng.below(2) {
        0 => open,
        _ => open.into_iter().filter(|_| sample.rng.below(2) == 0).collect(),
    };
    let values = Values::of(program, &june());
    let more = values.filled(&less, &some, &sample.case.facts, &mut sample.rng);
    (Case { facts: less }, Case { facts: more })
}

#[test]
fn what_is_said_without_some_facts_is_true_with_them() {
    hold(4, |sample| {
        for _ in 0..3 {
            let (less, more) = without_and_with(sample);
            let policy = &sample.policy;
            let evaluate = |case: &Case| policy.evaluate(case, june()).expect("within limits");
            let (before, after) = (evaluate(&less), evaluate(&more));
            let decide = |case: &Case| policy.decide(case, &june()).expect("within limits");
            let told = broken(policy, &less.facts, &before, &after)
                .or_else(|| broken_decision(&decide(&less), &decide(&more)));
            if let Some(told) = told {
                return Err(format!("{told}\n{:?}\n{:?}", less.facts.facts, more.facts.facts));
            }
        }
        Ok(())
    });
}

/// What becomes of decisions does not depend on what was tried for others, or before.
#[test]
fn what_is_tried_is_what_it_comes_to_by_itself() {
    hold(4, |sample| {
        for _ in 0..3 {
            let (less, more) = without_and_with(sample);
            for case in [&less, &more] {
                let before = sample.policy.evaluate(case, june()).expect("within limits");
                if let Some(told) = otherwise(&sample.policy, case, &before) {
                    return Err(format!("{told}\n{:?}", case.facts.facts));
                }
            }
        }
        Ok(())
    });
}

/// A tree without its places, `0:12..34`, and without the written text of cells that are values.
fn tree(text: &str) -> String {
    let parsed = crate::syntax::parse(SourceId(0), text);
    assert!(parsed.errors.is_empty(), "{text}\n{:#?}", parsed.errors);
    let written = format!("{:?}", parsed.file);
    let mut tree = String::with_capacity(written.len());
    let mut rest = written.as_str();
    while let Some(at) = rest.find("0:") {
        let (before, place) = rest.split_at(at + 2);
        let is_place = |c: char| c.is_ascii_digit() || c == '.';
        let end = place.find(|c: char| !is_place(c)).unwrap_or(place.len());
        tree.push_str(before);
        let (span, behind) = place.split_at(end);
        rest = if span.contains("..") { behind } else { place };
    }
    tree.push_str(rest);
    let mut parts = tree.split("Cell { text: Text { ");
    let mut read = parts.next().unwrap_or("").to_owned();
    for part in parts {
        read.push_str(part.find("content: ").and_then(|at| part.get(at..)).unwrap_or(part));
    }
    // 岁 and 周岁 are one unit.
    read.replace("周岁", "岁")
}

/// Layout keeps the tree and is laid out for good; so does the other dialect and the way back, and
/// what is decided is the same.
#[test]
fn what_is_laid_out_is_the_same_program() {
    hold(8, |sample| {
        let laid_out = |text: &str, dialect: Option<Dialect>| {
            let options = FormatOptions { dialect, ..FormatOptions::default() };
            format(SourceId(0), text, &options).map_err(|error| format!("{error:?}"))
        };
        let mut english = Vec::new();
        for (name, text) in sample.draft.texts() {
            let once = laid_out(&text, None)?;
            let en = laid_out(&text, Some(Dialect::En))?;
            let zh = laid_out(&en, Some(Dialect::Zh))?;
            let before = tree(&text);
            for (what, holds) in [
                ("twice is not once", laid_out(&once, None)? == once),
                ("the tree is another", tree(&once) == before),
                ("English twice is not once", laid_out(&en, None)? == en),
                ("back from English is another tree", tree(&zh) == before),
                ("back from English is not laid out", laid_out(&zh, None)? == zh),
            ] {
                if !holds {
                    return Err(format!("{what}\n{once}\n{en}\n{zh}"));
                }
            }
            english.push((name, en));
        }
        let (less, _) = without_and_with(sample);
        let other = compiled(english, sample.draft.policy).expect("it compiled in Chinese");
        // Names are their twins in English: what is decided stands in the same order.
        let [here, there] = [&sample.policy, &other].map(|policy| {
            let decided = policy.decide(&less, &june()).expect("within limits");
            let each = |(_, decision): &(String, &Decision)| {
                let paid = decision.payments.values();
                let paid = paid.map(|paid| (paid.amount.clone(), paid.bounds.clone()));
                (decision.outcome, paid.collect::<Vec<_>>())
            };
            named(&decided).iter().map(each).collect::<Vec<_>>()
        });
        if here == there { Ok(()) } else { Err(format!("{here:?}\n{there:?}")) }
    });
}

/// Compiled twice, decided twice: the same bytes.
#[test]
fn the_same_question_has_the_same_answer() {
    hold(16, |sample| {
        let (less, _) = without_and_with(sample);
        let again = compiled(sample.draft.texts(), sample.draft.policy).expect("it compiled");
        let answer = |policy: &Policy| {
            let decided = policy.decide(&less, &june()).expect("within limits");
            let explained = policy.explain(&less, &june()).expect("within limits");
            let decided = serde_json::to_string(&decided).expect("JSON");
            (decided, crate::explain::json::render(&explained))
        };
        let first = answer(&sample.policy);
        if first == answer(&sample.policy) && first == answer(&again) {
            Ok(())
        } else {
            Err("the same question, another answer".to_owned())
        }
    });
}

/// A case decided and explained from one that differs in some facts is what it is from nothing.
#[cfg(feature = "repl")]
#[test]
fn what_is_decided_from_before_is_the_same() {
    use std::sync::Arc;

    use crate::diagnostic::Language;
    use crate::engine::decided::Decided;
    hold(8, |sample| {
        let (less, more) = without_and_with(sample);
        let decided = |case: &Case, before: Option<&Arc<Decided>>| {
            let case = case.facts.clone();
            let decided = Decided::of(&sample.policy, case, june(), Language::Zh, before);
            Arc::new(decided.expect("within limits"))
        };
        for (from, to) in [(&less, &more), (&more, &less), (&sample.case, &more)] {
            let before = decided(from, None);
            let (again, anew) = (decided(to, Some(&before)), decided(to, None));
            let told = before.explained(false, None);
            let [anew, again, told_again] = [
                anew.explained(false, None),
                again.explained(false, None),
                again.explained(false, Some((&before, told))),
            ]
            .map(|kept| crate::explain::json::render(&kept.explanation));
            if again != anew || told_again != anew {
                return Err(format!("{again}\n{told_again}\n{anew}"));
            }
        }
        Ok(())
    });
}

/// A plan comes to what the interpreter does, or leaves it to it.
#[test]
fn a_plan_decides_the_same() {
    let (planned, run) = (Cell::new(0), Cell::new(0));
    hold(4, |sample| {
        let Ok(plan) = Plan::new(&sample.policy, june()) else { return Ok(()) };
        planned.set(planned.get() + 1);
        let program = sample.policy.program();
        let values = Values::of(program, &june());
        for _ in 0..4 {
            let some: Vec<_> = super::unknown::places(program, &sample.case.facts)
                .into_iter()
                .filter(|_| sample.rng.below(3) == 0)
                .collect();
            let mut open = sample.case.facts.clone();
            some.iter().for_each(|(field, who)| open.set(*field, *who, Fact::Unknown));
            let facts = values.filled(&open, &some, &sample.case.facts, &mut sample.rng);
            let case = Case { facts };
            let mut workspace = Workspace::default();
            if !plan.take(&case, workspace.record()) {
                continue;
            }
            let Some(figures) = plan.run(&mut workspace) else { continue };
            run.set(run.get() + 1);
            let decided = sample.policy.decide(&case, &june()).expect("within limits");
            let own = decided.decisions.iter().map(|(name, one)| (0, name, one));
            let members = decided.members.iter().enumerate().flat_map(|(at, member)| {
                member.decisions.iter().map(move |(name, one)| (at, name, one))
            });
            for (who, name, decision) in own.chain(members) {
                let found = figures.outcome(plan.decision(name).expect("planned"), who);
                let mut same = found == Some(decision.outcome);
                for (payment, paid) in &decision.payments {
                    let handle = plan.payment(name, payment).expect("planned");
                    let amount = figures.amount(handle, who).map(|amount| amount.to_decimal_text());
                    same &= amount.as_ref() == Some(&paid.amount);
                }
                if !same {
                    return Err(format!(
                        "{name} of {who}: {found:?} {decision:?}\n{:?}",
                        case.facts
                    ));
                }
            }
        }
        Ok(())
    });
    assert!(planned.get() > 5 && run.get() > 10, "{planned:?} planned, {run:?} run");
}

/// What an explanation says at its root is what was decided, and what it says of each rule is what
/// was computed for it; each step begins where the one before it ended.
#[test]
fn the_root_of_every_trace_is_the_result() {
    let seen = Cell::new(0);
    hold(8, |sample| {
        let (less, more) = without_and_with(sample);
        let policy = &sample.policy;
        for case in [&less, &more, &sample.case] {
            let evaluation = policy.evaluate(case, june()).expect("within limits");
            let trace = policy.trace(case, &evaluation);
            let decided = policy.decide(case, &june()).expect("within limits");
            let explained = policy.explain(case, &june()).expect("within limits");
            let decided: BTreeMap<_, _> = named(&decided).into_iter().collect();
            for view in explained.subjects.iter().flat_map(|subject| &subject.decisions) {
                let decision = decided[&view.id];
                let outcome = match &view.outcome {
                    OutcomeView::Entitled => Outcome::Entitled,
                    OutcomeView::NotEntitled => Outcome::NotEntitled,
                    OutcomeView::Undecided => Outcome::Undecided,
                    OutcomeView::Discretionary => Outcome::Discretionary,
                    OutcomeView::Failed(_) => Outcome::Failed,
                };
                let paid: Vec<_> = view
                    .payments
                    .iter()
                    .map(|payment| (payment.name.clone(), payment.amount.value.clone()))
                    .collect();
                let amounts: Vec<_> = decision
                    .payments
                    .iter()
                    .map(|(name, paid)| (name.clone(), paid.amount.clone().unwrap_or_default()))
                    .collect();
                let waits = (&view.missing, &view.blocked, &view.discretion);
                let same = outcome == decision.outcome
                    && paid == amounts
                    && waits == (&decision.missing, &decision.blocked, &decision.discretion);
                if !same {
                    return Err(format!("{view:#?}\n{decision:#?}"));
                }
                for payment in &view.payments {
                    // What 起发 or 停发 takes off is told behind the steps.
                    let in_term = payment.terms.iter().all(|term| term.held == Held::Yes);
                    let ends = payment.exceptions.is_empty() && in_term;
                    steps(&payment.id, &payment.steps, ends.then_some(&payment.amount.value))?;
                }
            }
            let program = policy.program();
            for view in &explained.definitions {
                let (who, name) = view.id.rsplit_once('.').unwrap_or(("", &view.id));
                let found = program.definitions.iter().find(|found| found.name.text == name);
                let Some((found, root)) = found.and_then(|found| Some((found, found.root?))) else {
                    continue;
                };
                let at = match found.subject == program.root {
                    true => Some(InstanceId(0)),
                    false => case.facts.find(found.subject, who),
                };
                let Some(at) = at else { continue };
                let shown = trace.show_of(root, at, &found.ty);
                seen.set(seen.get() + 1);
                if shown != view.value {
                    return Err(format!("{}: {shown:?} is not {:?}", view.id, view.value));
                }
                let ends = view.exceptions.is_empty();
                steps(&view.id, &view.steps, ends.then_some(&view.value.value))?;
            }
        }
        Ok(())
    });
    assert!(seen.get() > 100, "{seen:?} rules");
}

/// Each step begins where the one before it ended, and the last ends at the value, where there is no
/// exception that may have given it.
fn steps(id: &str, steps: &[StepView], value: Option<&String>) -> Result<(), String> {
    let chained = steps.windows(2).all(|pair| pair[0].after == pair[1].before);
    let last = steps.last().map(|last| &last.after.value);
    let ends = last.zip(value).is_none_or(|(last, value)| value.is_empty() || last == value);
    if chained && ends { Ok(()) } else { Err(format!("{id}: {value:?} {steps:#?}")) }
}

/// The case with what is recorded of decisions under the numbers that they have in another program.
fn recorded_in(case: &Case, here: &Policy, there: &Policy) -> Case {
    let mut facts = case.facts.clone();
    facts.history = std::mem::take(&mut facts.history)
        .into_iter()
        .map(|((month, id, who), scalar)| {
            let was = here.program().definition(id).expect("it is there");
            let is_due = |kind| matches!(kind, DefinitionKind::Due(_));
            let same = |found: &&Definition| {
                found.name == was.name
                    && found.subject == was.subject
                    && is_due(found.kind) == is_due(was.kind)
            };
            let mut others = (0_u32..).zip(&there.program().definitions);
            let (at, _) = others.find(|(_, found)| same(found)).expect("it has the same name");
            ((month, DefinitionId(at), who), scalar)
        })
        .collect();
    Case { facts }
}

/// Declarations, items that are put together, exceptions, conditions and files in another order
/// decide the same.
#[test]
fn order_does_not_matter_where_it_says_nothing() {
    hold(4, |sample| {
        let texts = sample.draft.shuffled(&mut sample.rng);
        let other = compiled(texts.clone(), sample.draft.policy).expect("it compiled in order");
        let (less, more) = without_and_with(sample);
        for case in [&sample.case, &more, &less] {
            let decide = |policy: &Policy, case: &Case| {
                told(&policy.decide(case, &june()).expect("within limits"))
            };
            let here = decide(&sample.policy, case);
            let there = decide(&other, &recorded_in(case, &sample.policy, &other));
            if here != there {
                return Err(format!("{here:#?}\n{there:#?}\n{texts:?}"));
            }
        }
        Ok(())
    });
}

/// A fact that a decision does not wait for does not change it.
#[test]
fn what_is_not_asked_for_does_not_matter() {
    let tried = Cell::new(0);
    hold(4, |sample| {
        let (less, _) = without_and_with(sample);
        let values = Values::of(sample.policy.program(), &june());
        let question = june();
        let cases = (&less, &sample.case);
        let (count, wrong) = unasked(&sample.policy, cases, question, &values, &mut sample.rng);
        tried.set(tried.get() + count);
        wrong.map_or(Ok(()), Err)
    });
    assert!(tried.get() > 10, "{tried:?} undecided");
}

/// The values of a fact that are tried: each of a truth or an enumeration, the ends of a range.
fn tried_values(policy: &Policy, declared: &Field) -> Vec<Constant> {
    match (&declared.ty, declared.range) {
        (_, Some((low @ Constant::Number(_), high))) => vec![low, high],
        (Type::Bool, _) => vec![Constant::Bool(true), Constant::Bool(false)],
        (Type::Enum(id), _) => {
            let count = policy.program().enumeration(*id).expect("it is there").values.len();
            (0..u16::try_from(count).expect("few")).map(|at| Constant::Enum(*id, at)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is missing stands in the order in which single values of it decide the outcome.
#[test]
fn what_decides_most_is_asked_first() {
    let ordered = Cell::new(0);
    hold(4, |sample| {
        let (less, _) = without_and_with(sample);
        let policy = &sample.policy;
        let program = policy.program();
        let evaluation = policy.evaluate(&less, june()).expect("within limits");
        if evaluation.frames.len() > 1 {
            return Ok(());
        }
        let trace = policy.trace(&less, &evaluation);
        let decided = policy.decide(&less, &june()).expect("within limits");
        let places = super::unknown::places(program, &less.facts);
        for decision in &program.decisions {
            let root = program.definition(decision.entitlement).and_then(|found| found.root);
            let root = root.expect("it has a condition");
            for who in 0..less.facts.of(decision.subject).len() {
                let who = InstanceId(u32::try_from(who).expect("few"));
                let key = &less.facts.of(decision.subject)[who.0 as usize].key;
                let name = match decision.subject == program.root {
                    true => decision.name.text.clone(),
                    false => format!("{key}.{}", decision.name.text),
                };
                let all: BTreeMap<_, _> = named(&decided).into_iter().collect();
                let told = all[&name];
                if told.outcome != Outcome::Undecided {
                    continue;
                }
                let causes = trace.notes(&trace.value(root, who).causes()).missing;
                let mut last = (1, 1);
                for path in told.missing.iter().filter(|path| causes.contains(path)) {
                    let place = places.iter().find(|(f, w)| trace.fact_path(*f, *w) == **path);
                    let Some((field, of)) = place else { continue };
                    let values = tried_values(policy, program.field(*field).expect("a field"));
                    let decides = |value: &&Constant| {
                        let mut facts = less.facts.clone();
                        facts.set(*field, *of, Fact::Known(Scalar::Constant(**value)));
                        let then = policy.evaluate(&Case { facts }, june()).expect("a value");
                        then.value(root, who).is_some_and(|value| value.as_bool().is_some())
                    };
                    let share = (values.iter().filter(decides).count(), values.len().max(1));
                    if share.0 * last.1 > last.0 * share.1 {
                        return Err(format!(
                            "{name}: {:?} of {path} {share:?} {last:?}",
                            told.missing
                        ));
                    }
                    ordered.set(ordered.get() + usize::from(share.0 > 0));
                    last = share;
                }
            }
        }
        Ok(())
    });
    assert!(ordered.get() > 10, "{ordered:?} decide by themselves");
}
