use super::{HERE, absent, between, failed, known, note, open, or_absent, told, truth};
use crate::eval::Value;
use crate::eval::choice::{Exception, Item, choose, default, if_else};
use crate::hir::ItemId;
use crate::syntax::ast::Combine;

/// Items in order, each a condition (always where there is none) and a value.
fn chosen(combine: Combine, items: &[(Option<Value>, Value)], otherwise: Option<Value>) -> String {
    let items: Vec<Item<'_>> = (0..)
        .zip(items)
        .map(|(at, (condition, value))| Item {
            id: ItemId(at),
            condition: condition.as_ref(),
            value,
        })
        .collect();
    told(&choose(HERE, combine, &items, otherwise.as_ref()))
}

fn yes() -> Option<Value> {
    Some(truth(true))
}

fn no() -> Option<Value> {
    Some(truth(false))
}

fn maybe(cause: u32) -> Option<Value> {
    Some(open(cause))
}

#[test]
fn one_item_gives_the_value_and_two_must_agree() {
    let unique = |items: &[(Option<Value>, Value)]| chosen(Combine::Unique, items, Some(known(9)));
    assert_eq!(unique(&[(no(), known(1)), (yes(), known(2))]), "2");
    assert_eq!(unique(&[(None, known(1)), (no(), known(2))]), "1");
    assert_eq!(unique(&[(yes(), known(2)), (yes(), known(2))]), "2");
    assert_eq!(unique(&[(no(), known(1)), (no(), known(2))]), "9");
    // The first two that differ.
    let three = [(yes(), known(2)), (yes(), known(2)), (yes(), known(3))];
    assert_eq!(unique(&three), "Conflict(ItemId(0), ItemId(2)) at 90");
    assert_eq!(
        unique(&[(yes(), known(2)), (yes(), absent())]),
        "Conflict(ItemId(0), ItemId(1)) at 90"
    );
    assert_eq!(unique(&[(yes(), absent()), (yes(), absent())]), "无");
    assert_eq!(chosen(Combine::Unique, &[(no(), known(1))], None), "NothingHolds at 90");
    // What the conditions rest on, the value rests on.
    let marked = Some(truth(true).marked(&note(5)));
    assert_eq!(unique(&[(marked, known(2)), (no(), known(1))]), "2 on 5");
    assert_eq!(unique(&[(yes(), known(2)), (Some(failed(7)), known(1))]), "NothingHolds at 7");
    assert_eq!(unique(&[(yes(), known(2)), (yes(), failed(7))]), "NothingHolds at 7");
    assert_eq!(unique(&[(yes(), known(2)), (no(), failed(7))]), "2");
}

#[test]
fn values_that_are_not_known_differ_only_where_they_must() {
    let both =
        |a: Value, b: Value| chosen(Combine::Unique, &[(yes(), a), (yes(), b)], Some(known(9)));
    let differ = "Conflict(ItemId(0), ItemId(1)) at 90";
    // What is known of one of them is known of all.
    assert_eq!(both(between(1, 1, 4), known(3)), "3");
    assert_eq!(both(known(3), between(1, 1, 4)), "3");
    assert_eq!(both(between(1, 1, 4), between(2, 3, 8)), "?1+2 [3, 4]");
    assert_eq!(both(between(1, 1, 3), between(2, 3, 8)), "3");
    assert_eq!(both(between(1, None, 4), between(2, None, 8)), "?1+2 [, 4]");
    assert_eq!(both(between(1, 1, 4), known(5)), differ);
    assert_eq!(both(between(1, 1, 4), known(0)), differ);
    assert_eq!(both(known(5), between(1, 1, 4)), differ);
    assert_eq!(both(between(1, 1, 4), between(2, 5, 8)), differ);
    assert_eq!(both(between(1, 1, 4), known(4)), "4");
    assert_eq!(both(between(1, 1, 4), known(1)), "1");
    // 无 and a number differ too, so they agree only where both may be 无.
    assert_eq!(both(or_absent(between(1, 1, 4)), known(5)), differ);
    assert_eq!(both(known(5), or_absent(between(1, 1, 4))), differ);
    assert_eq!(both(between(1, 5, 8), or_absent(between(2, 1, 4))), differ);
    let marked = or_absent(between(1, 1, 4)).marked(&note(5));
    assert_eq!(both(marked, or_absent(between(2, 5, 8))), "?1+2 or 无 on 5");
    assert_eq!(both(or_absent(between(1, 3, 4)), or_absent(between(2, 1, 3))), "?1+2 [3, 3] or 无");
    assert_eq!(both(or_absent(between(1, 1, 4)), between(2, 3, 8)), "?1+2 [3, 4]");
    assert_eq!(both(or_absent(between(1, 1, 4)), absent()), "无");
}

#[test]
fn an_open_item_leaves_its_value_and_what_holds_without_it() {
    let unique = |items: &[(Option<Value>, Value)]| chosen(Combine::Unique, items, Some(known(9)));
    assert_eq!(unique(&[(maybe(1), known(2)), (no(), known(4))]), "?1 [2, 9]");
    assert_eq!(unique(&[(maybe(1), known(9))]), "9");
    assert_eq!(unique(&[(maybe(1), known(2)), (yes(), known(4))]), "?1 [2, 4]");
    // Nothing is said for the rest: the checker has proved that one of them holds.
    let items = [(maybe(1), known(2)), (maybe(2), known(4))];
    assert_eq!(chosen(Combine::Unique, &items, None), "?1+2 [2, 4]");

    let highest =
        |items: &[(Option<Value>, Value)]| chosen(Combine::Highest, items, Some(known(0)));
    let lowest = |items: &[(Option<Value>, Value)]| chosen(Combine::Lowest, items, Some(known(9)));
    assert_eq!(highest(&[(yes(), known(2)), (yes(), known(4))]), "4");
    assert_eq!(lowest(&[(yes(), known(2)), (yes(), known(4))]), "2");
    assert_eq!(highest(&[(no(), known(2))]), "0");
    assert_eq!(highest(&[(maybe(1), known(2)), (yes(), known(4))]), "4");
    assert_eq!(highest(&[(maybe(1), known(6)), (yes(), known(4))]), "?1 [4, 6]");
    assert_eq!(lowest(&[(maybe(1), known(6)), (yes(), known(4))]), "4");
    assert_eq!(lowest(&[(maybe(1), known(2)), (yes(), known(4))]), "?1 [2, 4]");
    assert_eq!(lowest(&[(maybe(1), between(2, None, None)), (yes(), known(4))]), "?1+2 [, 4]");
    assert_eq!(highest(&[(maybe(1), between(2, None, None)), (yes(), known(4))]), "?1+2 [4, ]");
    assert_eq!(highest(&[(maybe(1), known(2))]), "?1 [0, 2]");
    assert_eq!(lowest(&[(maybe(1), known(2))]), "?1 [2, 9]");
}

#[test]
fn what_is_added_up_is_what_holds() {
    let total = |items: &[(Option<Value>, Value)]| chosen(Combine::Total, items, Some(known(0)));
    assert_eq!(total(&[(yes(), known(2)), (no(), known(4)), (None, known(8))]), "10");
    assert_eq!(total(&[(no(), known(2))]), "0");
    assert_eq!(total(&[(yes(), known(2)), (maybe(1), known(4))]), "?1 [2, 6]");
    assert_eq!(total(&[(maybe(1), known(2)), (maybe(2), known(4))]), "?1+2 [0, 6]");
    let seven = |items: &[(Option<Value>, Value)]| chosen(Combine::Total, items, Some(known(7)));
    assert_eq!(seven(&[(no(), known(2))]), "7");
    assert_eq!(seven(&[(yes(), known(2)), (no(), known(4))]), "2");
    // None and so 7, the 2, the 4, or both.
    assert_eq!(seven(&[(maybe(1), known(2)), (maybe(2), known(4))]), "?1+2 [2, 7]");
    // None and so 7, the 5, the 8, or both: not 0.
    assert_eq!(seven(&[(maybe(1), known(5)), (maybe(2), known(8))]), "?1+2 [5, 13]");
    assert_eq!(chosen(Combine::Total, &[(no(), known(2))], None), "0");
}

#[test]
fn the_first_that_holds_hides_all_after_it() {
    let first = |items: &[(Option<Value>, Value)]| chosen(Combine::First, items, Some(known(9)));
    assert_eq!(first(&[(no(), known(1)), (yes(), known(2)), (yes(), known(3))]), "2");
    assert_eq!(first(&[(maybe(1), known(1)), (yes(), known(2)), (yes(), known(3))]), "?1 [1, 2]");
    assert_eq!(first(&[(maybe(1), known(1)), (no(), known(2))]), "?1 [1, 9]");
    assert_eq!(first(&[(no(), known(1))]), "9");
    assert_eq!(chosen(Combine::First, &[(no(), known(1))], None), "NothingHolds at 90");
    assert_eq!(chosen(Combine::First, &[(maybe(1), known(1))], None), "1");
    let items = [(maybe(1), known(1)), (maybe(2), known(3))];
    assert_eq!(chosen(Combine::First, &items, None), "?1+2 [1, 3]");
}

#[test]
fn a_condition_that_is_not_known_leaves_both_sides() {
    let (one, two) = (known(1), known(2));
    let picked = |condition: &Value| told(&if_else(condition, &one, &two));
    assert_eq!(picked(&truth(true).marked(&note(5))), "1 on 5");
    assert_eq!(picked(&truth(false).marked(&note(5))), "2 on 5");
    assert_eq!(picked(&absent().marked(&note(5))), "2 on 5");
    assert_eq!(picked(&open(1).marked(&note(5))), "?1 [1, 2] on 5");
    assert_eq!(picked(&failed(7)), "NothingHolds at 7");
    assert_eq!(told(&if_else(&open(1), &one, &one)), "1");
}

/// Base 1 and its exceptions: whether each is in force, its condition, its value, what it beats.
fn excepted(exceptions: &[(bool, Option<Value>, Value, &[usize])]) -> String {
    let exceptions: Vec<Exception<'_>> = (0..)
        .zip(exceptions)
        .map(|(at, (in_force, condition, value, beats))| Exception {
            id: ItemId(at),
            in_force: *in_force,
            condition: condition.as_ref(),
            value,
            beats,
        })
        .collect();
    told(&default(HERE, &known(1), &exceptions))
}

#[test]
fn an_exception_that_holds_replaces_the_base() {
    assert_eq!(excepted(&[]), "1");
    assert_eq!(excepted(&[(true, no(), known(2), &[])]), "1");
    assert_eq!(excepted(&[(true, yes(), known(2), &[])]), "2");
    assert_eq!(excepted(&[(true, None, known(2), &[])]), "2");
    assert_eq!(excepted(&[(false, yes(), known(2), &[])]), "1");
    // What is not in force is not asked.
    assert_eq!(excepted(&[(false, Some(failed(7)), known(2), &[])]), "1");
    assert_eq!(excepted(&[(true, Some(failed(7)), known(2), &[])]), "NothingHolds at 7");
    assert_eq!(excepted(&[(true, Some(truth(false).marked(&note(5))), known(2), &[])]), "1 on 5");
    assert_eq!(excepted(&[(true, Some(truth(true).marked(&note(5))), known(2), &[])]), "2 on 5");
    assert_eq!(excepted(&[(true, maybe(1), known(2), &[])]), "?1 [1, 2]");
    assert_eq!(excepted(&[(true, maybe(1), known(1), &[])]), "1");
}

#[test]
fn of_two_exceptions_one_beats_the_other_or_they_agree() {
    let conflict = "Conflict(ItemId(0), ItemId(1)) at 90";
    let two = |first: Option<Value>, beats: &'static [usize], second: Option<Value>| {
        excepted(&[(true, first, known(2), beats), (true, second, known(4), &[])])
    };
    assert_eq!(two(yes(), &[], yes()), conflict);
    assert_eq!(two(yes(), &[1], yes()), "2");
    assert_eq!(two(no(), &[1], yes()), "4");
    // The first comes, and beats the second, or it does not come.
    assert_eq!(two(maybe(1), &[1], yes()), "?1 [1, 4]");
    // The second cannot come through, whether it holds or not.
    assert_eq!(two(yes(), &[1], maybe(1)), "2");
    // It may hold and would then conflict; what is said is what either gives.
    assert_eq!(two(yes(), &[], maybe(1)), "?1 [2, 4]");
    let same = [(true, yes(), known(2), &[][..]), (true, yes(), known(2), &[][..])];
    assert_eq!(excepted(&same), "2");
    // Each above the other, and both hold.
    let round = [(true, yes(), known(2), &[1][..]), (true, yes(), known(4), &[0][..])];
    assert_eq!(excepted(&round), conflict);
    let failing = [(true, yes(), failed(7), &[][..]), (true, yes(), failed(3), &[][..])];
    assert_eq!(excepted(&failing), "NothingHolds at 3");
    let failing = [(true, yes(), known(2), &[][..]), (true, yes(), failed(7), &[][..])];
    assert_eq!(excepted(&failing), "NothingHolds at 7");
}

#[test]
fn what_is_beaten_and_not_known_to_hold_may_still_beat_others() {
    // The second is beaten by the third. If it holds, it beats the first, and the third gives 4;
    // if not, 2 and 4 conflict.
    let shaken = |third: &'static [usize]| {
        excepted(&[
            (true, yes(), known(2), &[]),
            (true, maybe(1), known(3), &[0]),
            (true, yes(), known(4), third),
        ])
    };
    assert_eq!(shaken(&[1]), "?1 [2, 4]");
    // Nothing beats the second: 3 and 4 conflict, or 2 and 4.
    assert_eq!(shaken(&[]), "Conflict(ItemId(0), ItemId(2)) at 90");
    // The second beats both others if it holds, and gives nothing itself: the base remains.
    let both = [
        (true, yes(), known(2), &[][..]),
        (true, maybe(1), known(3), &[0, 2][..]),
        (true, yes(), known(4), &[1][..]),
    ];
    assert_eq!(excepted(&both), "?1 [1, 4]");
}
