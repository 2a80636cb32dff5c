use super::{Rational, parse_decimal};
use crate::value::OpError;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

fn fraction(num: i128, den: i128) -> Rational {
    Rational::new(num, den).unwrap()
}

#[test]
fn construction_gives_lowest_terms_with_a_positive_denominator() {
    for (num, den, lowest) in
        [(6, 4, (3, 2)), (6, -4, (-3, 2)), (-6, -4, (3, 2)), (0, -7, (0, 1)), (9, 3, (3, 1))]
    {
        let value = fraction(num, den);
        assert_eq!((value.numer(), value.denom()), lowest);
    }
    assert_eq!(Rational::new(5, 0), Err(OpError::DivisionByZero));
}

#[test]
fn the_ends_of_the_range() {
    assert_eq!(Rational::new(i128::MIN, 1), Err(OpError::Overflow));
    assert_eq!(Rational::new(1, i128::MIN), Err(OpError::Overflow));
    assert_eq!(fraction(i128::MIN, 2).numer(), -(1_i128 << 126));
    assert_eq!(fraction(i128::MIN, i128::MIN), Rational::ONE);
    let most = fraction(i128::MAX, 1);
    assert_eq!(most.checked_add(Rational::ONE), Err(OpError::Overflow));
    assert_eq!(most.negated().checked_sub(Rational::ONE), Err(OpError::Overflow));
    assert_eq!(most.checked_mul(most), Err(OpError::Overflow));
    assert_eq!(most.checked_mul(fraction(1, i128::MAX)), Ok(Rational::ONE));
    assert_eq!(fraction(1, i128::MAX).checked_div(most), Err(OpError::Overflow));
    assert_eq!(most.negated().abs(), most);
    assert_eq!(most.checked_neg(), Ok(most.negated()));
}

#[test]
fn a_decimal_has_at_most_28_places() {
    let least = fraction(1, 10_i128.pow(28));
    assert_eq!(least.to_decimal(), Some(Decimal::new(1, 28)));
    assert_eq!(fraction(1, 10_i128.pow(29)).to_decimal(), None);
    assert!(fraction(0, 7).is_zero() && !least.is_zero() && !least.negated().is_zero());
}

#[test]
fn the_dibao_sum_that_floats_get_wrong() {
    let gap = Rational::from_integer(632).checked_sub(fraction(1894, 3)).unwrap();
    assert_eq!(gap.checked_mul(Rational::from_integer(3)), Ok(Rational::from_integer(2)));
}

#[test]
fn division() {
    assert_eq!(fraction(1, 2).checked_div(Rational::ZERO), Err(OpError::DivisionByZero));
    assert_eq!(fraction(1, 2).checked_div(fraction(-3, 4)), Ok(fraction(-2, 3)));
    assert_eq!(Rational::ZERO.checked_div(fraction(-3, 4)), Ok(Rational::ZERO));
    assert_eq!(fraction(7, 3).checked_div(Rational::ONE), Ok(fraction(7, 3)));
}

#[test]
fn floor_and_ceil_of_negatives() {
    assert_eq!(fraction(-7, 2).floor(), Rational::from_integer(-4));
    assert_eq!(fraction(-7, 2).ceil(), Rational::from_integer(-3));
    assert_eq!(fraction(7, 2).floor(), Rational::from_integer(3));
    assert_eq!(fraction(7, 2).ceil(), Rational::from_integer(4));
    assert_eq!(fraction(-4, 1).ceil(), fraction(-4, 1).floor());
}

#[test]
fn small_integers_come_out_as_such() {
    assert_eq!(Rational::from_integer(-12).to_i64(), Some(-12));
    assert_eq!(fraction(1, 2).to_i64(), None);
    assert_eq!(fraction(1 << 63, 1).to_i64(), None);
    assert_eq!((fraction(-1, 2).signum(), Rational::ZERO.signum()), (-1, 0));
}

#[test]
fn order_is_exact_beyond_128_bits() {
    // m/(m-1) falls as m grows, so the fraction with the larger terms is the smaller.
    let larger = fraction(i128::MAX - 1, i128::MAX - 2);
    let smaller = fraction(i128::MAX, i128::MAX - 1);
    assert_eq!(smaller.cmp(&larger), Ordering::Less);
    assert_eq!(smaller.negated().cmp(&larger.negated()), Ordering::Greater);
    assert_eq!(larger.cmp(&larger), Ordering::Equal);
    // Whole against fraction, and opposite signs.
    let huge = fraction(i128::MAX, 1);
    assert!(huge > fraction(i128::MAX, 2));
    assert!(fraction(i128::MAX, 2) > fraction(i128::MAX / 2, 1));
    assert_eq!(super::compare_wide(fraction(2, 1), fraction(5, 2)), Ordering::Less);
    assert_eq!(super::compare_wide(fraction(5, 2), fraction(2, 1)), Ordering::Greater);
    assert!(huge.negated() < fraction(1, i128::MAX));
    assert!(fraction(i128::MAX - 1, i128::MAX) < fraction(i128::MAX, i128::MAX - 1));
}

#[test]
fn display_is_a_plain_decimal_or_a_fraction() {
    for (num, den, text) in [
        (1353, 1, "1353"),
        (4501, 2, "2250.5"),
        (-1, 8, "-0.125"),
        (1894, 3, "1894/3"),
        (-1, 6, "-1/6"),
        (1200, 1, "1200"),
        (1, 1000, "0.001"),
        (0, 5, "0"),
    ] {
        assert_eq!(fraction(num, den).to_string(), text);
    }
    assert_eq!(fraction(1, 6).to_decimal_text(), None);
    // 2^-126 has 126 places and ends in 25, as every power of a half from the second on does.
    let tiny = fraction(1, 1 << 126).to_decimal_text().unwrap();
    assert_eq!(tiny.len(), 128);
    assert!(tiny.starts_with("0.000") && tiny.ends_with("25"));
}

#[test]
fn approximations_round_half_away_from_zero() {
    for (num, den, places, text) in [
        (1894, 3, 2, "631.33"),
        (2, 3, 2, "0.67"),
        (-2, 3, 2, "-0.67"),
        (29_999, 300, 2, "100.00"),
        (-1, 300, 2, "0.00"),
        (1, 8, 2, "0.13"),
        (-1, 8, 2, "-0.13"),
        (5, 2, 0, "3"),
        (19, 2, 0, "10"),
        (3, 1, 1, "3.0"),
        (1, 3, 40, "0.33333333333333333333333333333333333333"),
    ] {
        assert_eq!(fraction(num, den).approximate(places), text, "{num}/{den}");
    }
}

#[test]
fn decimals_are_read_in_either_width() {
    for (text, num, den) in [
        ("1201", 1201, 1),
        ("１２０１", 1201, 1),
        ("０．５", 1, 2),
        ("-2250.50", -4501, 2),
        ("－3", -3, 1),
        ("-0", 0, 1),
        ("007", 7, 1),
        ("0000000000000000000000000000000000001", 1, 1),
        ("0.01", 1, 100),
    ] {
        assert_eq!(parse_decimal(text), Ok(fraction(num, den)), "{text}");
    }
}

#[test]
fn what_is_not_a_decimal() {
    for text in
        ["", "-", ".5", "5.", "1.2.3", "1e3", "+1", "--1", " 1", "1 ", "一", "1/3", ",1", "٣"]
    {
        assert_eq!(parse_decimal(text), Err(OpError::NotANumber), "{text}");
    }
    for text in ["1,200", "1，200"] {
        assert_eq!(parse_decimal(text), Err(OpError::ThousandsSeparator));
    }
}

#[test]
fn twenty_eight_digits_and_no_more() {
    let most = "9".repeat(28);
    assert_eq!(most.parse::<Rational>().unwrap().to_string(), most);
    assert_eq!(parse_decimal(&"9".repeat(29)), Err(OpError::TooManyDigits));
    let smallest = format!("0.{}1", "0".repeat(27));
    assert_eq!(parse_decimal(&smallest).unwrap().to_string(), smallest);
    assert_eq!(parse_decimal(&format!("0.{}1", "0".repeat(28))), Err(OpError::TooManyDigits));
    assert_eq!(parse_decimal(&"9".repeat(4000)), Err(OpError::TooManyDigits));
}

#[test]
fn decimals_cross_the_boundary_exactly() {
    let decimal = Decimal::new(225_050, 2);
    let value = Rational::from_decimal(decimal);
    assert_eq!(value, fraction(4501, 2));
    let back = value.to_decimal().unwrap();
    assert_eq!((back, back.scale()), (decimal, 1));
    assert_eq!(fraction(1, 3).to_decimal(), None);
    assert_eq!(fraction(i128::MAX, 1).to_decimal(), None);
    assert_eq!(fraction(1, 1 << 29).to_decimal(), None);
    assert_eq!(Rational::from_decimal(Decimal::MAX).to_decimal(), Some(Decimal::MAX));
    assert_eq!(Rational::from_decimal(Decimal::MIN).to_decimal(), Some(Decimal::MIN));
}

prop_compose! {
    fn small()(num in -5000_i128..5000, den in 1_i128..300) -> (i128, i128) { (num, den) }
}

prop_compose! {
    fn any_rational()(num in any::<i128>(), den in any::<i128>(), shift in 0_u32..120)
        -> Option<Rational> { Rational::new(num >> shift, den >> (shift / 2)).ok() }
}

proptest! {
    #[test]
    fn operations_follow_the_school_rules((a, b) in small(), (c, d) in small()) {
        let (x, y) = (fraction(a, b), fraction(c, d));
        prop_assert_eq!(x.checked_add(y).unwrap(), fraction(a * d + c * b, b * d));
        prop_assert_eq!(x.checked_sub(y).unwrap(), fraction(a * d - c * b, b * d));
        prop_assert_eq!(x.checked_mul(y).unwrap(), fraction(a * c, b * d));
        if c != 0 {
            prop_assert_eq!(x.checked_div(y).unwrap(), fraction(a * d, b * c));
        }
        prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        prop_assert_eq!(super::compare_wide(x, y), (a * d).cmp(&(c * b)));
        prop_assert_eq!(x == y, a * d == c * b);
    }

    #[test]
    fn field_laws((a, b) in small(), (c, d) in small(), (e, f) in small()) {
        let (x, y, z) = (fraction(a, b), fraction(c, d), fraction(e, f));
        let add = |l: Rational, r| l.checked_add(r).unwrap();
        let mul = |l: Rational, r| l.checked_mul(r).unwrap();
        prop_assert_eq!(add(add(x, y), z), add(x, add(y, z)));
        prop_assert_eq!(mul(mul(x, y), z), mul(x, mul(y, z)));
        prop_assert_eq!(mul(x, add(y, z)), add(mul(x, y), mul(x, z)));
        prop_assert_eq!(add(x, x.negated()), Rational::ZERO);
        if !x.is_zero() {
            prop_assert_eq!(mul(x, Rational::ONE.checked_div(x).unwrap()), Rational::ONE);
        }
    }

    #[test]
    fn results_are_always_in_lowest_terms(x in any_rational(), y in any_rational()) {
        if let (Some(x), Some(y)) = (x, y) {
            let results =
                [x.checked_add(y), x.checked_sub(y), x.checked_mul(y), x.checked_div(y)];
            for value in results.into_iter().flatten() {
                prop_assert!(value.denom() > 0 && value.numer() > i128::MIN);
                prop_assert_eq!(Rational::new(value.numer(), value.denom()).unwrap(), value);
                let again = Rational::new(value.numer(), value.denom()).unwrap();
                prop_assert_eq!((again.numer(), again.denom()), (value.numer(), value.denom()));
            }
        }
    }

    #[test]
    fn order_agrees_with_continued_fractions_and_reverses(
        x in any_rational(), y in any_rational()
    ) {
        if let (Some(x), Some(y)) = (x, y) {
            prop_assert_eq!(x.cmp(&y), super::compare_wide(x, y));
            prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
            prop_assert_eq!(x.cmp(&y) == Ordering::Equal, x == y);
            prop_assert!(x.floor() <= x && x <= x.ceil());
        }
    }

    #[test]
    fn decimal_text_reads_back(mantissa in any::<i64>(), places in 0_u32..20) {
        let value = fraction(i128::from(mantissa), 10_i128.pow(places));
        let text = value.to_string();
        prop_assert_eq!(parse_decimal(&text).unwrap(), value);
        prop_assert!(!text.contains('.') || !text.ends_with('0'));
        prop_assert_eq!(value.to_decimal().unwrap().to_string(), text);
    }
}
