use super::{HERE, absent, failed, known, note, on, open, or_absent, told};
use crate::eval::Value;
use crate::eval::time::{age, calendar, day_of, elapsed, fixed_day, month_of};
use crate::hir::CalendarOperation::{self, AddDays, AddMonths, AddMonthsRolling, DaysBetween};
use crate::hir::CalendarOperation::{MonthsBetween, SubtractDays, SubtractMonths};
use crate::hir::{Constant, ElapsedReading};
use crate::value::{LeapBirthday, Rational, YearMonth};

fn month(month: &str) -> Value {
    let month: YearMonth = month.parse().expect("a month");
    Value::plain(Constant::Month(month))
}

fn half() -> Value {
    Value::number(Rational::new(1, 2).expect("it fits"), super::Marks::NONE)
}

#[test]
fn somebody_is_as_old_as_the_birthdays_that_have_come() {
    let old = |birth: &Value, day: &Value| told(&age(HERE, birth, day, LeapBirthday::FirstOfMarch));
    let birth = on("1960-06-15").marked(&note(1));
    assert_eq!(old(&birth, &on("2020-06-14").marked(&note(2))), "59 on 1+2");
    assert_eq!(old(&birth, &on("2020-06-15")), "60 on 1");
    // Not born yet.
    assert_eq!(old(&birth, &on("1960-06-14")), "0 on 1");
    assert_eq!(old(&open(4), &on("2020-06-15").marked(&note(2))), "?4 [0, ] on 2");
    assert_eq!(old(&birth, &failed(7)), "NothingHolds at 7");
    assert_eq!(old(&absent(), &birth), "AbsentOperand at 90");
    let leap = on("2004-02-29");
    let on_last = told(&age(HERE, &leap, &on("2023-02-28"), LeapBirthday::LastOfFebruary));
    assert_eq!((old(&leap, &on("2023-02-28")).as_str(), on_last.as_str()), ("18", "19"));
}

#[test]
fn so_long_has_passed_from_the_day_on_that_ends_it() {
    let reading = |first_day_counted, rolling| ElapsedReading { first_day_counted, rolling };
    let passed = |since: &Value, length: i64, day: &str, how: (bool, ElapsedReading)| {
        told(&elapsed(HERE, since, &known(length), &on(day), how))
    };
    let plain = reading(false, false);
    let since = on("2023-08-31").marked(&note(1));
    // Six months from 31 August: the last of February; it rolls on to 1 March.
    assert_eq!(passed(&since, 6, "2024-02-28", (true, plain)), "否 on 1");
    assert_eq!(passed(&since, 6, "2024-02-29", (true, plain)), "是 on 1");
    assert_eq!(passed(&since, 6, "2024-02-29", (true, reading(false, true))), "否 on 1");
    assert_eq!(passed(&since, 6, "2024-03-01", (true, reading(false, true))), "是 on 1");
    // The first day counted, it ends a day sooner.
    assert_eq!(passed(&since, 6, "2024-02-28", (true, reading(true, false))), "是 on 1");
    assert_eq!(passed(&since, 6, "2024-02-27", (true, reading(true, false))), "否 on 1");
    // Six days.
    assert_eq!(passed(&since, 6, "2023-09-05", (false, plain)), "否 on 1");
    assert_eq!(passed(&since, 6, "2023-09-06", (false, plain)), "是 on 1");
    assert_eq!(passed(&absent().marked(&note(3)), 6, "2024-02-28", (true, plain)), "否 on 3");
    assert_eq!(passed(&open(4), 6, "2024-02-28", (true, plain)), "?4");
    let of = |length: &Value, day: &Value| told(&elapsed(HERE, &since, length, day, (true, plain)));
    assert_eq!(of(&half(), &on("2024-02-28")), "Arithmetic(NotANumber) at 90");
    assert_eq!(of(&known(1_000_000), &on("2024-02-28")), "Arithmetic(DateOutOfRange) at 90");
    let with_absent = |day: &Value| told(&elapsed(HERE, &absent(), &known(6), day, (true, plain)));
    assert_eq!(with_absent(&failed(7)), "NothingHolds at 7");
}

#[test]
fn days_and_months_move_by_whole_lengths() {
    let moved =
        |operation: CalendarOperation, a: &Value, b: &Value| told(&calendar(HERE, operation, a, b));
    let day = on("2024-01-31").marked(&note(1));
    let one = known(1).marked(&note(2));
    for (operation, result) in [
        (AddMonths, "2024-02-29 on 1+2"),
        (AddMonthsRolling, "2024-03-01 on 1+2"),
        (SubtractMonths, "2023-12-31 on 1+2"),
        (AddDays, "2024-02-01 on 1+2"),
        (SubtractDays, "2024-01-30 on 1+2"),
    ] {
        assert_eq!(moved(operation, &day, &one), result, "{operation:?}");
    }
    let january = month("2024-01").marked(&note(1));
    for (operation, result) in [
        (AddMonths, "2024-02 on 1+2"),
        (AddMonthsRolling, "2024-02 on 1+2"),
        (SubtractMonths, "2023-12 on 1+2"),
    ] {
        assert_eq!(moved(operation, &january, &one), result, "{operation:?}");
    }
    let later = on("2024-03-01").marked(&note(2));
    // 29 days of February and one more.
    assert_eq!(moved(DaysBetween, &later, &day), "30 on 1+2");
    assert_eq!(moved(DaysBetween, &day, &later), "-30 on 1+2");
    assert_eq!(moved(MonthsBetween, &month("2024-03"), &january), "2 on 1");
    assert_eq!(moved(MonthsBetween, &january, &month("2024-03")), "-2 on 1");
    assert_eq!(moved(AddMonths, &day, &known(1_000_000)), "Arithmetic(DateOutOfRange) at 90");
    assert_eq!(moved(AddMonths, &january, &known(1_000_000)), "Arithmetic(DateOutOfRange) at 90");
    assert_eq!(moved(AddMonths, &absent().marked(&note(3)), &one), "无 on 2+3");
    assert_eq!(moved(AddMonths, &absent(), &failed(7)), "NothingHolds at 7");
    assert_eq!(moved(AddMonths, &day, &open(4)), "?4 on 1");
    assert_eq!(moved(AddMonths, &or_absent(open(4)), &one), "?4 or 无 on 2");
    assert_eq!(moved(AddMonths, &absent(), &open(4)), "无");
    assert_eq!(moved(AddMonths, &day, &half()), "AbsentOperand at 90");
}

#[test]
fn days_of_a_year_and_of_a_month() {
    let fixed = |of: &Value, month, day| told(&fixed_day(HERE, of, month, day));
    assert_eq!(fixed(&on("2023-05-06").marked(&note(1)), 8, 31), "2023-08-31 on 1");
    assert_eq!(fixed(&month("2023-05"), 8, 31), "2023-08-31");
    assert_eq!(fixed(&on("2024-05-06"), 2, 29), "2024-02-29");
    assert_eq!(fixed(&on("2023-05-06"), 2, 29), "2023-02-28");
    assert_eq!(fixed(&on("2023-05-06"), 13, 1), "Arithmetic(NoSuchMonth { month: 13 }) at 90");
    assert_eq!(fixed(&absent().marked(&note(1)), 8, 31), "无 on 1");

    let next = |of: &Value| told(&month_of(HERE, of, 1));
    assert_eq!(next(&on("2023-12-06").marked(&note(1))), "2024-01 on 1");
    assert_eq!(next(&month("2023-12")), "2024-01");
    assert_eq!(next(&or_absent(open(4))), "?4 or 无");

    let day = |of: &Value, last| told(&day_of(HERE, of, last));
    assert_eq!(day(&month("2024-02").marked(&note(1)), false), "2024-02-01 on 1");
    assert_eq!(day(&month("2024-02"), true), "2024-02-29");
    assert_eq!(day(&absent(), true), "无");
    assert_eq!(day(&failed(7), true), "NothingHolds at 7");
}
