use proptest::prelude::*;

use super::{Element, Tally};
use crate::eval::{Fault, FaultKind, Marks, Unknown, Value};
use crate::hir::{MeasureKind, NodeId};
use crate::input::Measured;
use crate::value::Rational;

/// Something counted, of which some is not known, and what it turns out to be.
#[derive(Clone, Debug)]
struct Drawn {
    counts: (Option<bool>, bool),
    number: (Option<(i64, i64)>, i64),
    holds: (Option<bool>, bool),
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let truth = || {
        (any::<bool>(), any::<bool>())
            .prop_map(|(known, truth)| if known { (Some(truth), truth) } else { (None, truth) })
    };
    let number =
        (-5_i64..20, 0_i64..6, 0_i64..6, any::<bool>()).prop_map(|(at, below, above, open)| {
            if open {
                (None, at)
            } else {
                (Some((at.saturating_sub(below), at.saturating_add(above))), at)
            }
        });
    (truth(), number, truth()).prop_map(|(counts, number, holds)| Drawn { counts, number, holds })
}

fn whole(number: i64) -> Rational {
    Rational::from_integer(number)
}

fn truth(truth: Option<bool>) -> Value {
    match truth {
        Some(truth) => Value::truth(truth, Marks::NONE),
        None => Value::unknown(Marks::NONE),
    }
}

fn is_condition(kind: MeasureKind) -> bool {
    matches!(kind, MeasureKind::Share | MeasureKind::Exists | MeasureKind::Each)
}

fn element(kind: MeasureKind, drawn: &Drawn, known: bool) -> Element {
    let counts = if known { Some(drawn.counts.1) } else { drawn.counts.0 };
    let body = match kind {
        MeasureKind::Count => None,
        kind if is_condition(kind) => {
            Some(truth(if known { Some(drawn.holds.1) } else { drawn.holds.0 }))
        }
        _ if known => Some(Value::number(whole(drawn.number.1), Marks::NONE)),
        _ => Some(match drawn.number.0 {
            Some((low, high)) if low == high => Value::number(whole(low), Marks::NONE),
            Some((low, high)) => Value::Unknown(Box::new(Unknown {
                low: Some(whole(low)),
                high: Some(whole(high)),
                ..Unknown::default()
            })),
            None => Value::unknown(Marks::NONE),
        }),
    };
    Element { counts: truth(counts), body }
}

fn tally(kind: MeasureKind, drawn: &[Drawn], known: bool) -> Measured {
    let mut tally = Tally::new(kind);
    for one in drawn {
        tally.add(&element(kind, one, known));
    }
    tally.result()
}

const KINDS: [MeasureKind; 8] = [
    MeasureKind::Count,
    MeasureKind::Sum,
    MeasureKind::Average,
    MeasureKind::Highest,
    MeasureKind::Lowest,
    MeasureKind::Share,
    MeasureKind::Exists,
    MeasureKind::Each,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    /// However the unknown facts turn out, the figure lies within what was said of it.
    #[test]
    fn bounds_hold_however_it_turns_out(drawn in proptest::collection::vec(drawn(), 0..6)) {
        for kind in KINDS {
            let before = tally(kind, &drawn, false);
            let after = tally(kind, &drawn, true);
            match (before, after) {
                (Measured::Number(low, high), Measured::Number(Some(value), Some(same))) => {
                    prop_assert_eq!(value, same);
                    prop_assert!(low.is_none_or(|low| low <= value), "{:?} {:?}", kind, before);
                    prop_assert!(high.is_none_or(|high| value <= high), "{:?} {:?}", kind, before);
                }
                (Measured::Truth(before), Measured::Truth(after)) => {
                    prop_assert!(before.is_none() || before == after, "{:?}", kind);
                }
                // What may turn out to be empty has no bounds.
                (Measured::Number(None, None), Measured::Empty) => {}
                (before, after) => prop_assert_eq!(before, after),
            }
        }
    }
}

/// Whoever may count and may hold moves a share both ways: 3 of 4, with one open, is 3/5 to 4/5.
#[test]
fn the_bounds_of_a_share_are_the_nearest_ones() {
    let mut share = Tally::new(MeasureKind::Share);
    let sure = |holds| Element { counts: truth(Some(true)), body: Some(truth(Some(holds))) };
    for holds in [true, true, true, false] {
        assert!(share.add(&sure(holds)));
    }
    assert!(!share.add(&Element { counts: truth(None), body: Some(truth(None)) }));
    let of_five = |part| Rational::new(part, 5).ok();
    assert_eq!(share.result(), Measured::Number(of_five(3), of_five(4)));
}

/// A case that fails leaves open what it would have been.
#[test]
fn an_error_opens_the_bounds() {
    let fault = Value::Error(Box::new(Fault { node: NodeId(0), kind: FaultKind::NothingHolds }));
    let mut sum = Tally::new(MeasureKind::Sum);
    assert!(!sum.add(&Element { counts: truth(Some(true)), body: Some(fault.clone()) }));
    assert_eq!(sum.result(), Measured::Number(None, None));
    let mut count = Tally::new(MeasureKind::Count);
    assert!(!count.add(&Element { counts: fault, body: None }));
    assert_eq!(count.result(), Measured::Number(Some(Rational::ZERO), Some(Rational::ONE)));
}

/// A household of which everything is known that a figure asks needs no later look.
#[test]
fn a_case_is_decided_where_nothing_of_it_is_open() {
    let between = |low, high| {
        let (low, high) = (Some(whole(low)), Some(whole(high)));
        Value::Unknown(Box::new(Unknown { low, high, ..Unknown::default() }))
    };
    let three = Value::number(whole(3), Marks::NONE);
    let mut sum = Tally::new(MeasureKind::Sum);
    for (counts, body, decided) in [
        (Some(true), three.clone(), true),
        (Some(true), between(1, 3), false),
        (None, three, false),
        (Some(false), between(1, 3), true),
    ] {
        assert_eq!(sum.add(&Element { counts: truth(counts), body: Some(body) }), decided);
    }
    // 3 and [1, 3], and perhaps another 3.
    assert_eq!(sum.result(), Measured::Number(Some(whole(4)), Some(whole(9))));
}
