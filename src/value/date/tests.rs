use super::{Date, LeapBirthday, YearMonth};
use crate::value::OpError;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn month(text: &str) -> YearMonth {
    text.parse().unwrap()
}

#[test]
fn every_written_form_is_the_same_day() {
    for text in [
        "2023-06-30",
        "2023-6-30",
        "2023年6月30日",
        "２０２３年６月３０日",
        "2023/6/30",
        "２０２３／６／３０",
        "2023年06月30日",
    ] {
        assert_eq!(text.parse::<Date>(), Date::new(2023, 6, 30), "{text}");
    }
    for text in ["2023-06", "2023年6月", "２０２３年６月", "2023/6"] {
        assert_eq!(text.parse::<YearMonth>(), YearMonth::new(2023, 6), "{text}");
    }
    assert_eq!(date("2023-6-3").to_string(), "2023-06-03");
    assert_eq!(date("2023-06-03").zh(), "2023年6月3日");
    assert_eq!(month("2023年6月").to_string(), "2023-06");
    assert_eq!(month("2023-06").zh(), "2023年6月");
}

#[test]
fn errors_say_which_part_is_wrong() {
    let error = |text: &str| text.parse::<Date>().unwrap_err();
    assert_eq!(error("2023-02-30"), OpError::NoSuchDay { year: 2023, month: 2, day: 30 });
    assert_eq!(error("2023-02-29"), OpError::NoSuchDay { year: 2023, month: 2, day: 29 });
    assert_eq!(error("1900-02-29"), OpError::NoSuchDay { year: 1900, month: 2, day: 29 });
    assert_eq!(error("2023-06-00"), OpError::NoSuchDay { year: 2023, month: 6, day: 0 });
    assert_eq!(error("2023-13-45"), OpError::NoSuchMonth { month: 13 });
    assert_eq!(error("2023-00-01"), OpError::NoSuchMonth { month: 0 });
    assert_eq!(error("1849-12-31"), OpError::YearOutOfRange { year: 1849 });
    assert_eq!(error("2201年1月1日"), OpError::YearOutOfRange { year: 2201 });
    for text in [
        "",
        "2023",
        "2023-06",
        "23-06-30",
        "2023-06-30 ",
        "2023-06/30",
        "2023年6月30",
        "2023-006-30",
        "2023年6月30日日",
        "20230630",
        "2023-06-30T00:00",
        "-2023-06-30",
        "2023-+6-30",
    ] {
        assert_eq!(error(text), OpError::NotADate, "{text}");
    }
    for text in ["2023", "2023-06-30", "6月", "2023年6", "2023-"] {
        assert_eq!(text.parse::<YearMonth>(), Err(OpError::NotAMonth), "{text}");
    }
    assert_eq!("2023-13".parse::<YearMonth>(), Err(OpError::NoSuchMonth { month: 13 }));
    assert!(Date::new(2000, 2, 29).is_ok());
    assert_eq!(Date::new(2000, 2, 285), Err(OpError::NoSuchDay { year: 2000, month: 2, day: 285 }));
    assert_eq!(Date::new(2000, 257, 1), Err(OpError::NoSuchMonth { month: 257 }));
}

#[test]
fn month_arithmetic_has_two_readings() {
    for (from, months, clipped, rolled) in [
        ("2023-01-31", 1, "2023-02-28", "2023-03-01"),
        ("2024-01-31", 1, "2024-02-29", "2024-03-01"),
        ("2024-01-30", 1, "2024-02-29", "2024-03-01"),
        ("2023-01-29", 1, "2023-02-28", "2023-03-01"),
        ("2023-03-31", -1, "2023-02-28", "2023-03-01"),
        ("2023-08-31", 6, "2024-02-29", "2024-03-01"),
        ("2023-10-31", 1, "2023-11-30", "2023-12-01"),
        ("2023-11-15", 2, "2024-01-15", "2024-01-15"),
        ("2023-12-31", 0, "2023-12-31", "2023-12-31"),
        ("2023-01-15", -13, "2021-12-15", "2021-12-15"),
    ] {
        let from = date(from);
        assert_eq!(from.plus_months(months), Ok(date(clipped)), "{from} + {months}");
        assert_eq!(from.plus_months_rolling(months), Ok(date(rolled)), "{from} + {months}");
    }
    assert_eq!(date("2024-02-29").plus_years(1), Ok(date("2025-02-28")));
    assert_eq!(date("2024-02-29").plus_years(4), Ok(date("2028-02-29")));
}

#[test]
fn days_cross_leap_years() {
    assert_eq!(date("2024-02-28").plus_days(1), Ok(date("2024-02-29")));
    assert_eq!(date("2023-02-28").plus_days(1), Ok(date("2023-03-01")));
    assert_eq!(date("2023-01-01").plus_days(-1), Ok(date("2022-12-31")));
    assert_eq!(Date::days_between(date("2024-01-01"), date("2025-01-01")), 366);
    assert_eq!(Date::days_between(date("2025-01-01"), date("2024-01-01")), -366);
    assert_eq!(Date::days_between(date("2000-01-01"), date("2000-01-01")), 0);
}

#[test]
fn leaving_the_supported_years_is_an_error() {
    assert_eq!(Date::MAX.plus_days(1), Err(OpError::DateOutOfRange));
    assert_eq!(Date::MIN.plus_days(-1), Err(OpError::DateOutOfRange));
    assert_eq!(Date::MIN.plus_days(i64::MAX), Err(OpError::DateOutOfRange));
    assert_eq!(Date::MAX.plus_months(1), Err(OpError::DateOutOfRange));
    assert_eq!(Date::MAX.plus_months(i32::MAX), Err(OpError::DateOutOfRange));
    assert_eq!(Date::MAX.plus_years(i32::MAX), Err(OpError::DateOutOfRange));
    assert_eq!(YearMonth::MIN.plus_months(-1), Err(OpError::DateOutOfRange));
    assert_eq!(YearMonth::MAX.last_day(), Date::MAX);
    assert_eq!(YearMonth::MIN.first_day(), Date::MIN);
}

#[test]
fn months_of_a_year() {
    assert_eq!(month("2024-02").last_day(), date("2024-02-29"));
    assert_eq!(month("2023-02").first_day(), date("2023-02-01"));
    assert_eq!(month("2023-11").plus_months(3), Ok(month("2024-02")));
    assert_eq!(month("2024-02").months_since(month("2023-11")), 3);
    assert_eq!(month("2023-11").months_since(month("2024-02")), -3);
    assert_eq!((month("2023-12").year(), month("2023-12").month()), (2023, 12));
    assert_eq!(date("2023-12-31").year_month(), month("2023-12"));
}

#[test]
fn whole_months_and_years() {
    for (from, to, months, years) in [
        ("2023-01-31", "2023-02-27", 0, 0),
        ("2023-01-31", "2023-02-28", 1, 0),
        ("2023-01-15", "2023-07-14", 5, 0),
        ("2023-01-15", "2023-07-15", 6, 0),
        ("2023-01-15", "2024-01-14", 11, 0),
        ("2023-01-15", "2024-01-15", 12, 1),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2024-01-15", "2023-01-15", -12, -1),
        ("2023-07-14", "2023-01-15", -5, 0),
        ("2023-05-05", "2023-05-05", 0, 0),
    ] {
        let (from, to) = (date(from), date(to));
        assert_eq!(Date::whole_months_between(from, to), months, "{from} to {to}");
        assert_eq!(Date::whole_years_between(from, to), years, "{from} to {to}");
    }
}

#[test]
fn six_months_have_elapsed_from_the_day_on() {
    let from = date("2023-08-31");
    assert_eq!(Date::has_elapsed_months(from, date("2024-02-28"), 6), Ok(false));
    assert_eq!(Date::has_elapsed_months(from, date("2024-02-29"), 6), Ok(true));
    assert_eq!(Date::has_elapsed_months(Date::MAX, Date::MAX, 6), Err(OpError::DateOutOfRange));
}

#[test]
fn one_is_a_year_older_from_the_birthday_on() {
    use LeapBirthday::{FirstOfMarch, LastOfFebruary};
    for (birth, on, march, february) in [
        ("1943-06-30", "2023-06-29", 79, 79),
        ("1943-06-30", "2023-06-30", 80, 80),
        ("2004-02-29", "2022-02-27", 17, 17),
        ("2004-02-29", "2022-02-28", 17, 18),
        ("2004-02-29", "2022-03-01", 18, 18),
        ("2004-02-29", "2024-02-28", 19, 19),
        ("2004-02-29", "2024-02-29", 20, 20),
        ("2023-05-05", "2023-05-05", 0, 0),
        ("2023-05-05", "2023-12-31", 0, 0),
        ("2023-05-05", "2024-01-01", 0, 0),
    ] {
        let (birth, on) = (date(birth), date(on));
        assert_eq!(Date::age_in_years(birth, on, FirstOfMarch), Ok(march), "{birth} on {on}");
        assert_eq!(Date::age_in_years(birth, on, LastOfFebruary), Ok(february), "{birth} on {on}");
    }
    let newborn = date("2023-05-05");
    let before = date("2023-05-04");
    assert_eq!(Date::age_in_years(newborn, before, FirstOfMarch), Err(OpError::BeforeBirth));
    assert_eq!(LeapBirthday::default(), FirstOfMarch);
    assert_eq!(date("2004-02-29").birthday(18, FirstOfMarch), Ok(date("2022-03-01")));
    assert_eq!(date("2004-02-29").birthday(18, LastOfFebruary), Ok(date("2022-02-28")));
}

fn days() -> impl Strategy<Value = Date> {
    (0_i64..Date::days_between(Date::MIN, Date::MAX) + 1)
        .prop_map(|days| Date::MIN.plus_days(days).unwrap())
}

proptest! {
    #[test]
    fn text_reads_back(day in days()) {
        prop_assert_eq!(day.to_string().parse::<Date>().unwrap(), day);
        prop_assert_eq!(day.zh().parse::<Date>().unwrap(), day);
        prop_assert_eq!(Date::new(day.year(), day.month(), day.day()).unwrap(), day);
        let month = day.year_month();
        prop_assert_eq!(month.to_string().parse::<YearMonth>().unwrap(), month);
        prop_assert!(month.first_day() <= day && day <= month.last_day());
    }

    #[test]
    fn days_between_undoes_plus_days(from in days(), to in days()) {
        let between = Date::days_between(from, to);
        prop_assert_eq!(from.plus_days(between).unwrap(), to);
        prop_assert_eq!(from.cmp(&to), 0.cmp(&between));
    }

    #[test]
    fn whole_months_are_the_most_that_do_not_pass(from in days(), to in days()) {
        let (from, to) = (from.min(to), from.max(to));
        let months = Date::whole_months_between(from, to);
        prop_assert!(from.plus_months(months).unwrap() <= to);
        prop_assert!(from.plus_months(months + 1).map_or(true, |next| next > to));
        let years = Date::whole_years_between(from, to);
        prop_assert!(from.plus_years(years).unwrap() <= to);
        prop_assert!(from.plus_years(years + 1).map_or(true, |next| next > to));
    }

    #[test]
    fn months_there_and_back_lose_at_most_the_clipped_days(from in days(), months in -600_i32..600) {
        if let Ok(there) = from.plus_months(months) {
            let back = there.plus_months(-months).unwrap();
            prop_assert_eq!(back.year_month(), from.year_month());
            prop_assert!(back <= from && Date::days_between(back, from) <= 3);
            if from.day() <= 28 {
                prop_assert_eq!(back, from);
                prop_assert_eq!(from.plus_months_rolling(months).unwrap(), there);
            }
        }
    }
}
