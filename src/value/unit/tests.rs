use super::{Dimension, Unit, money_scale, parse_unit_text, parse_unit_text_with};
use crate::diagnostic::Language;
use crate::value::{OpError, Rational};
use proptest::prelude::*;

fn custom(number: u16) -> String {
    if number == 7 { "床".to_owned() } else { format!("单位{number}") }
}

fn unit(text: &str) -> Unit {
    parse_unit_text(text).unwrap().0
}

#[test]
fn people_stand_before_time_as_the_law_writes() {
    use Dimension::{Custom, Day, Household, Month, Person, Time, Year, Yuan};
    let per = |dimensions: &[Dimension]| {
        dimensions
            .iter()
            .fold(Unit::of(Yuan), |unit, dimension| unit.per(&Unit::of(*dimension)).unwrap())
    };
    for (unit, zh, en) in [
        (per(&[Month, Person]), "元/人·月", "CNY/person/month"),
        (per(&[Year, Household]), "元/户·年", "CNY/household/year"),
        (per(&[Day, Custom(7), Time]), "元/次·床·日", "CNY/time/床/day"),
        (per(&[]), "元", "CNY"),
        (Unit::of(Month).inverse(), "1/月", "1/month"),
        (Unit::dimensionless(), "", ""),
        (per(&[Month]).times(&Unit::of(Person)).unwrap(), "元·人/月", "CNY·person/month"),
        (per(&[Month, Month]), "元/月²", "CNY/month²"),
    ] {
        assert_eq!(unit.zh(custom), zh);
        assert_eq!(unit.display(Language::En, custom), en);
    }
}

#[test]
fn standard_times_people_is_a_household_amount() {
    let standard = unit("元/人·月");
    let family = standard.times(&Unit::of(Dimension::Person)).unwrap();
    assert_eq!(family, unit("元/月"));
    assert_eq!(family.exponent(Dimension::Person), 0);
    assert_eq!(family.exponent(Dimension::Month), -1);
    assert!(family.per(&family).unwrap().is_dimensionless());
}

#[test]
fn striking_takes_one_denominator_and_nothing_else() {
    let standard = unit("元/人·月");
    assert_eq!(standard.strike(Dimension::Person), unit("元/月"));
    assert_eq!(standard.strike(Dimension::Household), standard);
    assert_eq!(unit("元/人/人").strike(Dimension::Person), unit("元/人"));
    assert_eq!(unit("人").strike(Dimension::Person), unit("人"));
}

#[test]
fn powers_do_not_wrap() {
    let person = Unit::of(Dimension::Person);
    let most = (1..127).fold(person.clone(), |unit, _| unit.times(&person).unwrap());
    assert_eq!(most.exponent(Dimension::Person), 127);
    assert_eq!(most.times(&person), Err(OpError::Overflow));
    assert_eq!(most.inverse().per(&person), Err(OpError::Overflow));
    assert_eq!(most.inverse().inverse(), most);
}

#[test]
fn powers_are_written_in_raised_digits() {
    let person = Unit::of(Dimension::Person);
    let power = |times: usize| {
        std::iter::repeat_n(&person, times)
            .fold(Unit::default(), |unit, one| unit.times(one).unwrap())
    };
    let written = |times| power(times).zh(|_| String::new());
    let upto_ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(written).join(" ");
    assert_eq!(upto_ten, "人 人² 人³ 人⁴ 人⁵ 人⁶ 人⁷ 人⁸ 人⁹ 人¹⁰");
    assert_eq!(power(12).inverse().zh(|_| String::new()), "1/人¹²");
}

#[test]
fn money_words() {
    for (word, num, den) in [
        ("分", 1, 100),
        ("角", 1, 10),
        ("元", 1, 1),
        ("万元", 10_000, 1),
        ("亿元", 100_000_000, 1),
        ("fen", 1, 100),
        ("CNY", 1, 1),
    ] {
        assert_eq!(money_scale(word), Rational::new(num, den).ok(), "{word}");
    }
    assert_eq!(money_scale("块"), None);
}

#[test]
fn facts_write_units_in_many_ways() {
    for (text, zh, num, den) in [
        ("元/人·月", "元/人·月", 1, 1),
        ("元/人/月", "元/人·月", 1, 1),
        ("元／月·人", "元/人·月", 1, 1),
        ("万元/年", "元/年", 10_000, 1),
        ("人/万元", "人/元", 1, 10_000),
        ("CNY/person/month", "元/人·月", 1, 1),
        ("CNY / month", "元/月", 1, 1),
        ("ＣＮＹ／ｍｏｎｔｈ", "元/月", 1, 1),
        ("fen", "元", 1, 100),
        ("周岁", "岁", 1, 1),
        ("天", "日", 1, 1),
        ("个月", "月", 1, 1),
        ("people", "人", 1, 1),
        ("1/月", "1/月", 1, 1),
        ("％", "", 1, 100),
        ("‰", "", 1, 1000),
        ("倍", "", 1, 1),
    ] {
        let (unit, scale) = parse_unit_text(text).unwrap();
        assert_eq!(unit.zh(custom), zh, "{text}");
        assert_eq!(scale, Rational::new(num, den).unwrap(), "{text}");
    }
    for text in ["", "/", "元/", "/月", "元//月", "元·", "美元", "元每月", "元/1", "cny"]
    {
        assert_eq!(parse_unit_text(text), None, "{text}");
    }
    let beds = |word: &str| (word == "床").then_some(7);
    let (unit, _) = parse_unit_text_with("元/床·日", beds).unwrap();
    assert_eq!(unit.exponent(Dimension::Custom(7)), -1);
}

fn units() -> impl Strategy<Value = Unit> {
    use Dimension::{Age, Custom, Day, Household, Month, Person, Time, Year, Yuan};
    let all = [Yuan, Person, Household, Time, Custom(7), Age, Year, Month, Day];
    let factor = (prop::sample::select(all.to_vec()), any::<bool>());
    prop::collection::vec(factor, 0..5).prop_map(|factors| {
        factors.into_iter().fold(Unit::dimensionless(), |unit, (dimension, above)| {
            let factor = Unit::of(dimension);
            if above { unit.times(&factor) } else { unit.per(&factor) }.unwrap()
        })
    })
}

proptest! {
    #[test]
    fn units_form_a_group(a in units(), b in units(), c in units()) {
        prop_assert_eq!(a.times(&b).unwrap(), b.times(&a).unwrap());
        prop_assert_eq!(
            a.times(&b).unwrap().times(&c).unwrap(),
            a.times(&b.times(&c).unwrap()).unwrap()
        );
        prop_assert!(a.per(&a).unwrap().is_dimensionless());
        prop_assert_eq!(a.per(&b).unwrap().times(&b).unwrap(), a);
    }

    #[test]
    fn text_of_first_powers_reads_back(unit in units()) {
        prop_assume!(unit.factors().all(|(_, exponent)| exponent.abs() == 1));
        prop_assume!(!unit.is_dimensionless());
        let beds = |word: &str| (word == "床").then_some(7);
        for text in [unit.zh(custom), unit.en(custom)] {
            prop_assert_eq!(
                parse_unit_text_with(&text, beds),
                Some((unit.clone(), Rational::ONE)),
                "{}", text
            );
        }
    }
}
