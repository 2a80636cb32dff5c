use super::{capitals, parse_capitals};
use crate::value::{OpError, Rational, parse_decimal};
use proptest::prelude::*;

fn of(amount: &str) -> String {
    capitals(parse_decimal(amount).unwrap()).unwrap()
}

/// The regulation's own examples, in the first of the forms that it prints; 整 after 角, which it
/// leaves open, is written.
#[test]
fn examples_of_the_regulation() {
    for (amount, text) in [
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
    ] {
        assert_eq!(of(amount), text);
    }
}

#[test]
fn amounts_by_hand() {
    for (amount, text) in [
        ("0", "零元整"),
        ("0.5", "伍角整"),
        ("0.05", "伍分"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("1201", "壹仟贰佰零壹元整"),
        ("1353", "壹仟叁佰伍拾叁元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("100000", "壹拾万元整"),
        ("100001", "壹拾万零壹元整"),
        ("10001000", "壹仟万壹仟元整"),
        ("20300400", "贰仟零叁拾万零肆佰元整"),
        ("10100", "壹万零壹佰元整"),
        ("11000", "壹万壹仟元整"),
        ("100000000", "壹亿元整"),
        ("101000000", "壹亿零壹佰万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("1000050000", "壹拾亿零伍万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("100010000000", "壹仟亿壹仟万元整"),
        ("-70", "负柒拾元整"),
        ("-0.01", "负壹分"),
        (
            "9999999999999999.99",
            "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ] {
        assert_eq!(of(amount), text, "{amount}");
    }
}

#[test]
fn what_cannot_be_written() {
    for amount in ["0.001", "1.005"] {
        assert_eq!(capitals(parse_decimal(amount).unwrap()), Err(OpError::NotWholeFen));
    }
    assert_eq!(capitals(Rational::new(1, 3).unwrap()), Err(OpError::NotWholeFen));
    for amount in ["10000000000000000", "-10000000000000000"] {
        assert_eq!(capitals(parse_decimal(amount).unwrap()), Err(OpError::AmountTooLarge));
    }
    let most = Rational::new(i128::MAX, 1).unwrap();
    assert_eq!(capitals(most), Err(OpError::AmountTooLarge));
}

/// Reads capitals back into fen, independently of how they are written.
fn read(text: &str) -> i128 {
    let (sign, text) = text.strip_prefix('负').map_or((1, text), |rest| (-1, rest));
    let (mut yi, mut wan, mut ones, mut digit, mut fen) = (0_i128, 0, 0, 0, 0);
    for character in text.chars() {
        match character {
            '仟' => ones += 1000 * std::mem::take(&mut digit),
            '佰' => ones += 100 * std::mem::take(&mut digit),
            '拾' => ones += 10 * std::mem::take(&mut digit),
            '万' => wan = 10_000 * (std::mem::take(&mut ones) + std::mem::take(&mut digit)),
            '亿' => {
                yi = 100_000_000
                    * (std::mem::take(&mut wan)
                        + std::mem::take(&mut ones)
                        + std::mem::take(&mut digit));
            }
            '元' => fen += 100 * (yi + wan + ones + std::mem::take(&mut digit)),
            '角' => fen += 10 * std::mem::take(&mut digit),
            '分' => fen += std::mem::take(&mut digit),
            '整' => {}
            numeral => {
                digit = "零壹贰叁肆伍陆柒捌玖".chars().position(|c| c == numeral).unwrap() as i128;
            }
        }
    }
    sign * fen
}

fn check(fen: i128) -> Result<(), TestCaseError> {
    let text = capitals(Rational::new(fen, 100).unwrap()).unwrap();
    prop_assert_eq!(read(&text), fen, "{}", text);
    prop_assert_eq!(parse_capitals(&text), Ok(Rational::new(fen, 100).unwrap()), "{}", text);
    prop_assert!(!text.contains("零零"), "{}", text);
    prop_assert_eq!(text.ends_with('整'), fen % 10 == 0, "{}", text);
    Ok(())
}

#[test]
fn other_spellings_and_no_amounts() {
    let read = |text: &str| parse_capitals(text).map(|yuan| yuan.to_string());
    assert_eq!(read("壹拾万零柒仟元正").as_deref(), Ok("107000"));
    assert_eq!(read(" 负壹圆伍角 ").as_deref(), Ok("-1.5"));
    let none =
        ["", "元", "壹仟", "壹仟元壹元", "一千元", "壹仟元整1", "伍分壹角", "负", "零", "壹万万元"];
    for text in none {
        assert_eq!(parse_capitals(text), Err(OpError::NotANumber), "{text}");
    }
    assert_eq!(parse_capitals(&"玖亿".repeat(9)), Err(OpError::NotANumber));
}

#[test]
fn every_small_amount_reads_back() {
    for fen in -2_000..200_000 {
        check(fen).unwrap();
    }
    for yuan in (0..2_000_000).step_by(7) {
        check(yuan * 100).unwrap();
    }
}

proptest! {
    #[test]
    fn every_amount_reads_back(fen in -999_999_999_999_999_999_i128..1_000_000_000_000_000_000) {
        check(fen)?;
    }

    /// Few digits other than 0, where the zeros go wrong.
    #[test]
    fn sparse_amounts_read_back(places in prop::collection::btree_map(0_u32..18, 1_i128..10, 1..5)) {
        check(places.into_iter().map(|(place, digit)| digit * 10_i128.pow(place)).sum())?;
    }
}
