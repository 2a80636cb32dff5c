use super::{Rounding, round};
use crate::value::{OpError, Rational, parse_decimal};
use proptest::prelude::*;

fn rounded(value: &str, mode: Rounding, grain: &str) -> String {
    let value = match value.split_once('/') {
        Some((num, den)) => Rational::new(num.parse().unwrap(), den.parse().unwrap()).unwrap(),
        None => parse_decimal(value).unwrap(),
    };
    round(value, mode, parse_decimal(grain).unwrap()).unwrap().to_string()
}

#[test]
fn each_mode_by_hand() {
    use Rounding::{Down, HalfEven, HalfUp, Up};
    let table = [
        // value, grain, up, down, half up, half even
        ("2.5", "1", "3", "2", "3", "2"),
        ("3.5", "1", "4", "3", "4", "4"),
        ("-2.5", "1", "-2", "-3", "-3", "-2"),
        ("-3.5", "1", "-3", "-4", "-4", "-4"),
        ("-0.4", "1", "0", "-1", "0", "0"),
        ("2", "1", "2", "2", "2", "2"),
        ("0", "1", "0", "0", "0", "0"),
        ("1894/3", "0.1", "631.4", "631.3", "631.3", "631.3"),
        ("1894/3", "0.01", "631.34", "631.33", "631.33", "631.33"),
        ("0.125", "0.01", "0.13", "0.12", "0.13", "0.12"),
        ("0.135", "0.01", "0.14", "0.13", "0.14", "0.14"),
        ("1205", "10", "1210", "1200", "1210", "1200"),
        ("1215", "10", "1220", "1210", "1220", "1220"),
        ("7", "2.5", "7.5", "5", "7.5", "7.5"),
        ("1/3", "1", "1", "0", "0", "0"),
        ("2/3", "1", "1", "0", "1", "1"),
    ];
    for (value, grain, up, down, half_up, half_even) in table {
        assert_eq!(rounded(value, Up, grain), up, "{value} up to {grain}");
        assert_eq!(rounded(value, Down, grain), down, "{value} down to {grain}");
        assert_eq!(rounded(value, HalfUp, grain), half_up, "{value} half up to {grain}");
        assert_eq!(rounded(value, HalfEven, grain), half_even, "{value} half even to {grain}");
    }
}

#[test]
fn a_grain_must_be_positive() {
    for grain in [0, -1] {
        let grain = Rational::from_integer(grain);
        assert_eq!(round(Rational::ONE, Rounding::Up, grain), Err(OpError::GrainNotPositive));
    }
}

#[test]
fn a_third_of_everything_does_not_overflow() {
    let third = Rational::new(i128::MAX, 3).unwrap();
    let up = round(third, Rounding::Up, Rational::ONE).unwrap();
    assert_eq!(up.numer(), i128::MAX / 3 + 1);
}

fn modes() -> impl Strategy<Value = Rounding> {
    prop_oneof![
        Just(Rounding::Up),
        Just(Rounding::Down),
        Just(Rounding::HalfUp),
        Just(Rounding::HalfEven)
    ]
}

proptest! {
    #[test]
    fn rounding_is_idempotent_and_stays_within_one_grain(
        num in -1_000_000_i128..1_000_000, den in 1_i128..400,
        grain_num in 1_i128..300, grain_den in 1_i128..300, mode in modes(),
    ) {
        let value = Rational::new(num, den).unwrap();
        let grain = Rational::new(grain_num, grain_den).unwrap();
        let once = round(value, mode, grain).unwrap();
        prop_assert!(once.checked_div(grain).unwrap().is_integer());
        prop_assert_eq!(round(once, mode, grain).unwrap(), once);
        let moved = once.checked_sub(value).unwrap();
        prop_assert!(moved.abs() < grain);
        match mode {
            Rounding::Up => prop_assert!(moved.signum() >= 0),
            Rounding::Down => prop_assert!(moved.signum() <= 0),
            Rounding::HalfUp | Rounding::HalfEven => {
                prop_assert!(moved.abs().checked_add(moved.abs()).unwrap() <= grain);
                prop_assert_eq!(round(value.negated(), mode, grain).unwrap(), once.negated());
            }
        }
    }
}
