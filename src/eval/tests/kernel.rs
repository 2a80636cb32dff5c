use super::{HERE, absent, between, failed, known, note, number, on, open, or_absent, told, truth};
use crate::eval::Value;
use crate::eval::kernel::{
    all, at_least, binary, compare, extreme, if_absent, is_absent, negate, not, rounded, unexpected,
};
use crate::hir::Constant;
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::types::EnumId;
use crate::value::{Rational, Rounding, YearMonth};

const ORDERED: [Comparison; 6] = [
    Comparison::Less,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
    Comparison::Equal,
    Comparison::NotEqual,
];

fn computed(operator: BinaryOperator, a: &Value, b: &Value) -> String {
    told(&binary(HERE, operator, a, b))
}

/// What each of 低于, 不超过, 超过, 不低于, 等于, 不等于 says of two values.
fn compared(a: &Value, b: &Value) -> String {
    ORDERED.map(|operator| told(&compare(operator, a, b))).join(" ")
}

#[test]
fn known_numbers_are_computed_and_what_they_rest_on_is_kept() {
    let (two, three) = (known(2).marked(&note(1)), known(3).marked(&note(2)));
    for (operator, result) in [
        (BinaryOperator::Add, "5 on 1+2"),
        (BinaryOperator::Subtract, "-1 on 1+2"),
        (BinaryOperator::Multiply, "6 on 1+2"),
        (BinaryOperator::Divide, "2/3 on 1+2"),
    ] {
        assert_eq!(computed(operator, &two, &three), result);
    }
    assert_eq!(
        computed(BinaryOperator::Divide, &two, &known(0)),
        "Arithmetic(DivisionByZero) at 90"
    );
}

#[test]
fn a_range_has_the_ends_that_the_operands_can_bring_about() {
    use BinaryOperator::{Add, Divide, Multiply, Subtract};
    for (operator, a, b, result) in [
        (Add, between(1, 1, 4), between(2, 2, 3), "?1+2 [3, 7]"),
        (Add, between(1, 1, None), known(2), "?1 [3, ]"),
        // 1－3 and 4－2.
        (Subtract, between(1, 1, 4), between(2, 2, 3), "?1+2 [-2, 2]"),
        (Subtract, known(5), between(1, 1, None), "?1 [, 4]"),
        (Multiply, between(1, 1, 4), between(2, 2, 3), "?1+2 [2, 12]"),
        (Multiply, between(1, 1, None), between(2, 2, 3), "?1+2 [2, ]"),
        (Multiply, between(1, 0, None), between(2, 0, 3), "?1+2 [0, ]"),
        // The products of the ends are 2, -3, -8 and 12.
        (Multiply, between(1, -1, 4), between(2, -2, 3), "?1+2 [-8, 12]"),
        // -3, -2, -12 and -8; -3, -12, -2 and -8.
        (Multiply, between(1, 1, 4), between(2, -3, -2), "?1+2 [-12, -2]"),
        (Multiply, between(1, -3, -2), between(2, 1, 4), "?1+2 [-12, -2]"),
        // No end: the open side times -2 goes the other way, times 3 it does not.
        (Multiply, between(1, 1, None), between(2, -2, 3), "?1+2"),
        (Multiply, between(1, -2, 3), between(2, 1, None), "?1+2"),
        // 1/2, 1/4, 2 and 1.
        (Divide, between(1, 1, 4), between(2, 2, 4), "?1+2 [0.25, 2]"),
        // -1/4, -1/2, -1 and -2.
        (Divide, between(1, 1, 4), between(2, -4, -2), "?1+2 [-2, -0.25]"),
        // The divisor may be zero, or come near it from either side.
        (Divide, between(1, 1, 4), between(2, 0, 3), "?1+2"),
        (Divide, between(1, 1, 4), between(2, -3, 0), "?1+2"),
        (Divide, between(1, 1, 4), between(2, -3, 3), "?1+2"),
        // Where both ends meet it is known after all, and nothing is waited for.
        (Add, between(1, 2, 2), known(3), "5"),
    ] {
        assert_eq!(computed(operator, &a, &b), result, "{} {operator:?} {}", told(&a), told(&b));
    }
    // The upper end is too large to write down, so there is none.
    let most = Rational::new(i128::MAX, 1).map(|most| Value::number(most, note(3)));
    let most = most.expect("it fits");
    let sum = computed(Add, &most, &between(1, -1, 4));
    assert_eq!(sum, format!("?1 [{}, ] on 3", i128::MAX.saturating_sub(1)));
}

#[test]
fn nothing_times_whatever_is_nothing_but_errors_and_absent_things_stay() {
    let zero = known(0).marked(&note(1));
    for (a, b, result) in [
        (&zero, &between(2, 0, None).marked(&note(3)), "0 on 1"),
        (&open(2).marked(&note(3)), &zero, "0 on 1"),
        (&zero, &failed(7), "NothingHolds at 7"),
        (&failed(7), &zero, "NothingHolds at 7"),
        (&zero, &absent(), "AbsentOperand at 90"),
        (&absent(), &zero, "AbsentOperand at 90"),
    ] {
        assert_eq!(computed(BinaryOperator::Multiply, a, b), result);
    }
    assert_eq!(computed(BinaryOperator::Add, &zero, &between(2, 1, 3)), "?2 [1, 3] on 1");
    assert_eq!(computed(BinaryOperator::Divide, &zero, &between(2, 0, 3)), "?2 on 1");
    assert_eq!(computed(BinaryOperator::Multiply, &known(1), &between(2, 1, 3)), "?2 [1, 3]");
}

#[test]
fn an_error_goes_before_an_absent_thing_and_that_before_an_unknown_one() {
    let add = |a: &Value, b: &Value| computed(BinaryOperator::Add, a, b);
    assert_eq!(add(&failed(7), &failed(3)), "NothingHolds at 3");
    assert_eq!(add(&failed(3), &failed(7)), "NothingHolds at 3");
    assert_eq!(add(&absent(), &failed(7)), "NothingHolds at 7");
    assert_eq!(add(&open(1), &absent()), "AbsentOperand at 90");
    assert_eq!(add(&open(1), &failed(7)), "NothingHolds at 7");
}

#[test]
fn a_sign_and_a_rounding_move_both_ends() {
    assert_eq!(told(&negate(HERE, &known(3).marked(&note(1)))), "-3 on 1");
    assert_eq!(told(&negate(HERE, &between(1, -1, 4))), "?1 [-4, 1]");
    assert_eq!(told(&negate(HERE, &between(1, 2, None))), "?1 [, -2]");
    let tens = |mode, value: &Value| told(&rounded(HERE, mode, number(10), value));
    assert_eq!(tens(Rounding::Up, &known(11).marked(&note(1))), "20 on 1");
    assert_eq!(tens(Rounding::Up, &between(1, 11, 25)), "?1 [20, 30]");
    assert_eq!(tens(Rounding::Down, &between(1, 11, 25)), "?1 [10, 20]");
    assert_eq!(tens(Rounding::Down, &between(1, None, 25)), "?1 [, 20]");
    assert_eq!(tens(Rounding::Down, &between(1, 11, None)), "?1 [10, ]");
    // All of 11 to 19 rounds up to 20.
    assert_eq!(tens(Rounding::Up, &between(1, 11, 19)), "20");
}

#[test]
fn the_greatest_and_the_least_are_bounded_by_what_is_known() {
    let greatest = |all: &[&Value]| told(&extreme(HERE, true, all));
    let least = |all: &[&Value]| told(&extreme(HERE, false, all));
    let (three, five) = (known(3).marked(&note(1)), known(5).marked(&note(2)));
    assert_eq!(greatest(&[&three, &five]), "5 on 1+2");
    assert_eq!(least(&[&three, &five]), "3 on 1+2");
    assert_eq!(greatest(&[&three, &between(4, 1, 5)]), "?4 [3, 5] on 1");
    assert_eq!(least(&[&three, &between(4, 1, 5)]), "?4 [1, 3] on 1");
    // At most 2: the 3 is the greatest whatever it is.
    assert_eq!(greatest(&[&three, &between(4, 1, 2)]), "3 on 1");
    assert_eq!(least(&[&three, &between(4, 4, 7)]), "3 on 1");
    assert_eq!(greatest(&[&three, &between(4, 1, None)]), "?4 [3, ] on 1");
    assert_eq!(greatest(&[&between(4, None, 9), &three]), "?4 [3, 9] on 1");
    assert_eq!(least(&[&three, &between(4, None, 9)]), "?4 [, 3] on 1");
    assert_eq!(least(&[&between(4, 1, None), &three]), "?4 [1, 3] on 1");
    let (a, b, c) = (between(4, 0, 5), between(5, 1, 9), between(6, 2, 7));
    assert_eq!(greatest(&[&a, &b, &c]), "?4+5+6 [2, 9]");
    assert_eq!(least(&[&a, &b, &c]), "?4+5+6 [0, 5]");
    let (early, late) = (on("2023-01-31").marked(&note(1)), on("2023-02-01").marked(&note(2)));
    assert_eq!(greatest(&[&early, &late]), "2023-02-01 on 1+2");
    assert_eq!(least(&[&late, &early]), "2023-01-31 on 1+2");
    assert_eq!(greatest(&[&early, &open(4)]), "?4 on 1");
    assert_eq!(greatest(&[&early, &failed(7)]), "NothingHolds at 7");
    assert_eq!(greatest(&[]), "Arithmetic(NotANumber) at 90");
}

#[test]
fn known_things_compare_by_their_order() {
    let month = |month: &str| {
        let month: YearMonth = month.parse().expect("a month");
        Value::plain(Constant::Month(month))
    };
    for (low, high) in [
        (known(1), known(2)),
        (on("2023-01-31"), on("2023-02-01")),
        (month("2022-12"), month("2023-01")),
    ] {
        assert_eq!(compared(&low, &high), "是 是 否 否 否 是");
        assert_eq!(compared(&high, &high), "否 是 否 是 是 否");
        assert_eq!(compared(&high, &low), "否 否 是 是 否 是");
    }
    // Kinds are the same or not, and have no order.
    let kind = |at: u16| Value::plain(Constant::Enum(EnumId(0), at));
    assert_eq!(compared(&kind(1), &kind(2)), "否 否 否 否 否 是");
    assert_eq!(compared(&kind(1), &kind(1)), "否 否 否 否 是 否");
    let marked = compare(Comparison::Less, &known(1).marked(&note(1)), &known(2).marked(&note(2)));
    assert_eq!(told(&marked), "是 on 1+2");
}

#[test]
fn ranges_compare_where_no_value_in_them_says_otherwise() {
    for (a, b, result) in [
        (between(1, 1, 2), between(1, 3, 4), "是 是 否 否 否 是"),
        (between(1, 1, 2), between(1, 2, 4), "?1 是 否 ?1 ?1 ?1"),
        (between(1, 1, 3), between(1, 2, 4), "?1 ?1 ?1 ?1 ?1 ?1"),
        (between(1, 2, 4), between(1, 1, 2), "否 ?1 ?1 是 ?1 ?1"),
        (between(1, 3, 4), between(1, 1, 2), "否 否 是 是 否 是"),
        (between(1, None, 2), between(1, 3, None), "是 是 否 否 否 是"),
        (between(1, 3, None), between(1, None, 2), "否 否 是 是 否 是"),
        (between(1, 3, None), between(1, 2, None), "?1 ?1 ?1 ?1 ?1 ?1"),
        // 无 fails every comparison but 不等于, so only what fails anyway is sure.
        (or_absent(between(1, 1, 2)), between(1, 3, 4), "?1 ?1 否 否 否 是"),
        (between(1, 3, 4), or_absent(between(1, 1, 2)), "否 否 ?1 ?1 否 是"),
        (absent(), known(1), "否 否 否 否 否 是"),
        (absent(), absent(), "否 否 否 否 否 是"),
        (open(1), absent(), "否 否 否 否 否 是"),
    ] {
        assert_eq!(compared(&a, &b), result, "{} and {}", told(&a), told(&b));
    }
    assert_eq!(told(&compare(Comparison::Equal, &absent(), &failed(7))), "NothingHolds at 7");
    let one = between(1, 1, 2).marked(&note(3));
    assert_eq!(told(&compare(Comparison::Less, &one, &known(9))), "是 on 3");
    assert_eq!(told(&compare(Comparison::Less, &one, &known(2))), "?1 on 3");
}

#[test]
fn one_that_decides_decides_whatever_the_others_are() {
    let (yes, no) = (truth(true), truth(false));
    let and = |all_of: &[&Value]| told(&all(false, all_of));
    let or = |any_of: &[&Value]| told(&all(true, any_of));
    assert_eq!(and(&[]), "是");
    assert_eq!(or(&[]), "否");
    assert_eq!(and(&[&yes, &yes.clone().marked(&note(1))]), "是 on 1");
    assert_eq!(and(&[&yes, &open(1), &open(2)]), "?1+2");
    assert_eq!(and(&[&yes.clone().marked(&note(3)), &open(1)]), "?1 on 3");
    assert_eq!(and(&[&open(1), &failed(7), &no.clone().marked(&note(3))]), "否 on 3");
    assert_eq!(and(&[&open(1), &failed(7), &failed(3), &yes]), "NothingHolds at 3");
    assert_eq!(and(&[&yes, &absent().marked(&note(3))]), "否 on 3");
    assert_eq!(or(&[&no, &no.clone().marked(&note(1))]), "否 on 1");
    assert_eq!(or(&[&no, &open(1)]), "?1");
    assert_eq!(or(&[&open(1), &failed(7), &yes.marked(&note(3))]), "是 on 3");
    assert_eq!(or(&[&open(1), &failed(7), &no]), "NothingHolds at 7");
    assert_eq!(or(&[&no, &absent()]), "否");
}

#[test]
fn so_many_hold_as_soon_as_the_rest_cannot_matter() {
    let (yes, no) = (truth(true), truth(false));
    let two = |of: &[&Value]| told(&at_least(2, of));
    assert_eq!(two(&[&yes, &open(1), &no]), "?1");
    assert_eq!(two(&[&yes, &failed(7), &yes]), "是");
    assert_eq!(two(&[&yes, &yes.clone().marked(&note(1)), &no]), "是 on 1");
    assert_eq!(two(&[&no, &open(1), &no]), "否");
    assert_eq!(two(&[&no, &failed(7), &absent()]), "否");
    assert_eq!(two(&[&yes, &failed(7), &no]), "NothingHolds at 7");
    assert_eq!(two(&[&open(1), &open(2).marked(&note(3)), &no]), "?1+2 on 3");
}

#[test]
fn what_may_be_absent_is_turned_round_and_replaced() {
    let marked = |value: Value| value.marked(&note(3));
    assert_eq!(told(&not(&marked(truth(true)))), "否 on 3");
    assert_eq!(told(&not(&marked(truth(false)))), "是 on 3");
    assert_eq!(told(&not(&marked(absent()))), "是 on 3");
    assert_eq!(told(&not(&open(1))), "?1");
    assert_eq!(told(&not(&failed(7))), "NothingHolds at 7");

    let or_five = |value: &Value| told(&if_absent(value, &known(5)));
    assert_eq!(or_five(&marked(absent())), "5 on 3");
    assert_eq!(or_five(&known(2)), "2");
    assert_eq!(or_five(&between(1, 1, 3)), "?1 [1, 3]");
    assert_eq!(or_five(&or_absent(between(1, 1, 3))), "?1 [1, 5]");
    // 5 if there is one, 5 if there is none.
    assert_eq!(or_five(&or_absent(between(1, 5, 5))), "?1 [5, 5]");

    assert_eq!(told(&is_absent(&marked(absent()))), "是 on 3");
    assert_eq!(told(&is_absent(&marked(known(2)))), "否 on 3");
    assert_eq!(told(&is_absent(&marked(between(1, 1, 3)))), "否 on 3");
    assert_eq!(told(&is_absent(&marked(or_absent(between(1, 1, 3))))), "?1 on 3");
    assert_eq!(told(&is_absent(&failed(7))), "NothingHolds at 7");

    assert_eq!(told(&unexpected(HERE, &[&open(1), &marked(known(2))])), "?1 on 3");
    assert_eq!(told(&unexpected(HERE, &[&open(1), &failed(7)])), "NothingHolds at 7");
    assert_eq!(told(&unexpected(HERE, &[&known(2)])), "AbsentOperand at 90");
}
