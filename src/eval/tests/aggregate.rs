use super::{HERE, absent, between, failed, known, note, on, open, told, truth};
use crate::eval::Value;
use crate::eval::aggregate::{Candidate, Member, aggregate, pick};
use crate::hir::AggregateKind::{self, Average, Count, Each, Exists, Highest, Lowest, Sum};
use crate::input::{InstanceId, Scalar};
use crate::types::ObjectId;

/// Over members, each whether it counts and what is taken of it.
fn over(kind: AggregateKind, members: &[(Value, Value)]) -> String {
    let members: Vec<Member> = members
        .iter()
        .map(|(counts, body)| Member { counts: counts.clone(), body: Some(body.clone()) })
        .collect();
    told(&aggregate(HERE, kind, &members))
}

#[test]
fn those_that_count_are_added_up() {
    let (yes, no) = (truth(true), truth(false));
    let known_of = [(yes.clone(), known(2)), (no.clone(), known(4)), (yes.clone(), known(7))];
    for (kind, result) in
        [(Sum, "9"), (Count, "2"), (Average, "4.5"), (Highest, "7"), (Lowest, "2")]
    {
        assert_eq!(over(kind, &known_of), result, "{kind:?}");
    }
    let nobody = [(no.clone(), known(2))];
    for (kind, result) in [
        (Sum, "0"),
        (Count, "0"),
        (Exists, "否"),
        (Each, "是"),
        (Average, "Arithmetic(DivisionByZero) at 90"),
        (Highest, "NothingHolds at 90"),
        (Lowest, "NothingHolds at 90"),
    ] {
        assert_eq!(over(kind, &nobody), result, "{kind:?}");
    }
    // Who is left out is part of what the result rests on; what is taken of him is not.
    let left = [(no.marked(&note(5)), known(2).marked(&note(6))), (yes, known(7))];
    for (kind, result) in
        [(Sum, "7 on 5"), (Count, "1 on 5"), (Average, "7 on 5"), (Highest, "7 on 5")]
    {
        assert_eq!(over(kind, &left), result, "{kind:?}");
    }
    assert_eq!(over(Sum, &[(failed(7), known(2)), (failed(3), known(2))]), "NothingHolds at 3");
    assert_eq!(over(Sum, &[(truth(true), failed(7))]), "NothingHolds at 7");
    assert_eq!(over(Sum, &[(truth(false), failed(7))]), "0");
}

#[test]
fn whoever_may_count_is_counted_and_left_out() {
    let (yes, maybe) = (truth(true), open(1));
    let members = [(yes.clone(), known(4)), (maybe.clone(), known(10))];
    for (kind, result) in
        [(Sum, "?1 [4, 14]"), (Count, "?1 [1, 2]"), (Highest, "?1 [4, 10]"), (Lowest, "?1 [4, 10]")]
    {
        assert_eq!(over(kind, &members), result, "{kind:?}");
    }
    // Nobody surely counts: what may count, if anybody does.
    assert_eq!(over(Highest, &[(maybe.clone(), known(4)), (open(2), known(10))]), "?1+2 [4, 10]");
    assert_eq!(over(Sum, &[(maybe.clone(), known(0))]), "0");
    assert_eq!(over(Sum, &[(yes.clone(), between(2, 1, 3)), (yes, known(4))]), "?2 [5, 7]");
    assert_eq!(over(Sum, &[(maybe, between(2, 1, 3))]), "?1+2 [0, 3]");
}

#[test]
fn one_that_holds_is_enough_and_one_that_fails_too_many() {
    let (yes, no, maybe) = (truth(true), truth(false), open(1));
    for (members, exists, each) in [
        (vec![(yes.clone(), yes.clone()), (yes.clone(), no.clone())], "是", "否"),
        (vec![(yes.clone(), yes.clone()), (no.clone(), no.clone())], "是", "是"),
        (vec![(yes.clone(), no.clone()), (no.clone(), yes.clone())], "否", "否"),
        (vec![(maybe.clone(), yes.clone())], "?1", "是"),
        (vec![(maybe.clone(), no)], "否", "?1"),
        (vec![(yes.clone(), maybe), (yes.clone(), yes.clone())], "是", "?1"),
        (vec![(yes.clone(), failed(7)), (yes.clone(), yes.clone())], "是", "NothingHolds at 7"),
        (vec![(yes, absent())], "否", "否"),
    ] {
        assert_eq!(over(Exists, &members), exists, "{members:?}");
        assert_eq!(over(Each, &members), each, "{members:?}");
    }
}

/// The first (or last) of candidates, each whether it counts and its keys.
fn picked(last: bool, candidates: &[(Value, &[Value])]) -> String {
    let candidates: Vec<Candidate> = (0..)
        .zip(candidates)
        .map(|(at, (counts, keys))| Candidate {
            who: Scalar::Instance(ObjectId(0), InstanceId(at)),
            counts: counts.clone(),
            keys: keys.to_vec(),
        })
        .collect();
    told(&pick(HERE, last, &candidates))
}

#[test]
fn the_first_is_picked_by_the_keys_in_their_order() {
    let (yes, no, maybe) = (truth(true), truth(false), open(1));
    let (early, late) = (on("2001-01-01"), on("2002-01-01"));
    let two = [(yes.clone(), &[late, known(1)][..]), (yes.clone(), &[early.clone(), known(2)][..])];
    assert_eq!(picked(false, &two), "#1");
    assert_eq!(picked(true, &two), "#0");
    // The second key tells those apart whom the first does not.
    let same_day = [
        (yes.clone(), &[early.clone(), known(2)][..]),
        (yes.clone(), &[early.clone(), known(1)][..]),
        (no.clone(), &[early, known(0)][..]),
    ];
    assert_eq!(picked(false, &same_day), "#1");
    assert_eq!(picked(true, &same_day), "#0");
    let tied = [(yes.clone(), &[known(1)][..]), (yes.clone(), &[known(1)][..])];
    assert_eq!(picked(false, &tied), "Tied at 90");
    // Those behind do not matter.
    let behind = [
        (yes.clone(), &[known(1)][..]),
        (yes.clone(), &[known(2)][..]),
        (yes.clone(), &[known(2)]),
    ];
    assert_eq!(picked(false, &behind), "#0");
    assert_eq!(picked(true, &behind), "Tied at 90");

    assert_eq!(picked(false, &[]), "无");
    assert_eq!(picked(false, &[(no.clone().marked(&note(5)), &[known(1)][..])]), "无 on 5");
    // One alone needs no order.
    assert_eq!(picked(false, &[(yes.clone().marked(&note(5)), &[open(2)][..])]), "#0 on 5");
    assert_eq!(picked(false, &[(maybe.clone(), &[known(1)][..])]), "?1 or 无");
    let and_maybe = [(yes.clone(), &[known(1)][..]), (maybe, &[known(2)][..])];
    assert_eq!(picked(false, &and_maybe), "?1");
    let left_out = no.marked(&note(5));
    assert_eq!(picked(false, &[(open(1), &[][..]), (left_out, &[][..])]), "?1 or 无 on 5");
    let unknown_key =
        [(yes.clone(), &[known(1).marked(&note(5))][..]), (yes.clone(), &[open(2)][..])];
    assert_eq!(picked(false, &unknown_key), "?2");
    let marked_key =
        [(yes.clone(), &[known(1).marked(&note(5))][..]), (yes.clone(), &[known(2)][..])];
    assert_eq!(picked(false, &marked_key), "#0 on 5");
    let failing = [(yes.clone(), &[known(1)][..]), (yes.clone(), &[failed(7)][..])];
    assert_eq!(picked(false, &failing), "NothingHolds at 7");
    assert_eq!(picked(false, &[(failed(7), &[][..]), (yes, &[][..])]), "NothingHolds at 7");
}
