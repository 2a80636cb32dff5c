use super::{Chart, Layer};
use crate::value::Rational;

fn integer(value: i64) -> Rational {
    Rational::from_integer(value)
}

/// Pieces `(from, to, at from, at to)` as a layer over 0 to 4000.
fn layer(name: &str, pieces: &[(i64, i64, i64, i64)], count: i64) -> Layer {
    let at = |x: i64| {
        let (from, to, low, high) = *pieces.iter().find(|piece| x >= piece.0 && x <= piece.1)?;
        let part = Rational::new(i128::from(x - from), i128::from((to - from).max(1))).ok()?;
        integer(high - low).checked_mul(part).ok()?.checked_add(integer(low)).ok()
    };
    Layer {
        name: name.to_owned(),
        columns: (0..count).map(|column| at(4000 * column / (count - 1))).collect(),
        corners: pieces
            .iter()
            .flat_map(|(from, to, low, high)| {
                [(integer(*from), Some(integer(*low))), (integer(*to), Some(integer(*high)))]
            })
            .collect(),
    }
}

fn chart(layers: Vec<Layer>) -> Chart {
    Chart {
        title: "低保金随甲的月工资".to_owned(),
        x_name: "甲的月工资（元/月）".to_owned(),
        y_unit: "元/月".to_owned(),
        low: integer(0),
        high: integer(4000),
        layers,
        marks: vec![(integer(3000), "①".to_owned())],
        now: Some(integer(1000)),
        ..Chart::default()
    }
}

#[test]
fn one_payment_is_drawn_in_eighths_of_a_row() {
    let payment = layer("低保金", &[(0, 2999, 3000, 1), (3000, 4000, 0, 0)], 60);
    insta::assert_snapshot!(chart(vec![payment]).text(80, false));
}

#[test]
fn several_payments_stand_on_one_another() {
    let first = layer("低保金", &[(0, 2999, 3000, 1), (3000, 4000, 0, 0)], 60);
    let second = layer("补贴", &[(0, 2999, 500, 500), (3000, 4000, 0, 0)], 60);
    insta::assert_snapshot!(chart(vec![first, second]).text(80, false));
}

#[test]
fn what_is_not_known_is_left_open() {
    let mut payment = layer("低保金", &[(0, 4000, 3000, 3000)], 40);
    payment.columns.iter_mut().take(10).for_each(|column| *column = None);
    let text = chart(vec![payment]).text(60, false);
    let last = text.lines().nth(12).unwrap_or("");
    assert!(last.contains("│??????????█"), "{text}");
}

#[test]
fn a_picture_stands_alone_and_is_the_same_each_time() {
    let payment = layer("低保金 <&>", &[(0, 2999, 3000, 1), (3000, 4000, 0, 0)], 60);
    let drawn = chart(vec![payment]);
    assert_eq!(drawn.svg(), drawn.svg());
    insta::assert_snapshot!(drawn.svg());
}

#[test]
fn nothing_paid_is_nothing_to_draw() {
    assert!(chart(vec![layer("低保金", &[(0, 4000, 0, 0)], 60)]).is_empty());
    assert!(chart(Vec::new()).is_empty());
    assert!(!chart(vec![layer("低保金", &[(0, 4000, 1, 0)], 60)]).is_empty());
}
