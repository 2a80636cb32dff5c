//! Civil dates and months of a year, between 1850 and 2200; no clock and no time zones.
//!
//! Where calendar arithmetic has two readings, each has its own name here: months that clip to the
//! end of the month or roll over it, and 29 February birthdays. The text forms are in [`text`].

mod text;

use jiff::{Span, civil};

use super::OpError;

/// A day of the calendar.
///
/// # Examples
///
/// ```
/// use huize::value::{Date, OpError};
///
/// let date: Date = "2023年1月31日".parse()?;
/// assert_eq!(date.plus_months(1)?.to_string(), "2023-02-28");
/// assert_eq!(date.plus_months_rolling(1)?.to_string(), "2023-03-01");
/// assert_eq!(
///     "2023-02-30".parse::<Date>(),
///     Err(OpError::NoSuchDay { year: 2023, month: 2, day: 30 })
/// );
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // INVARIANT: within `Date::MIN..=Date::MAX`.
    civil: civil::Date,
}

/// A month of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    // INVARIANT: months since January of year 0, within `YearMonth::MIN..=YearMonth::MAX`.
    index: i32,
}

/// When somebody born on 29 February has a birthday in a common year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LeapBirthday {
    /// On 1 March.
    #[default]
    FirstOfMarch,
    /// On 28 February (按2月28日).
    LastOfFebruary,
}

impl Date {
    /// The first day there is.
    pub const MIN: Self = Self { civil: civil::date(1850, 1, 1) };
    /// The last day there is.
    pub const MAX: Self = Self { civil: civil::date(2200, 12, 31) };

    /// That day of that month (1 to 12) of that year.
    ///
    /// # Errors
    ///
    /// [`OpError::YearOutOfRange`], [`OpError::NoSuchMonth`] or [`OpError::NoSuchDay`]: the first
    /// part that is wrong.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, OpError> {
        let no_such_day = OpError::NoSuchDay { year, month, day };
        let first = YearMonth::new(year, month)?.first_day();
        let day = i8::try_from(day).map_err(|_| no_such_day)?;
        let civil = civil::Date::new(first.civil.year(), first.civil.month(), day);
        civil.map(|civil| Self { civil }).map_err(|_| no_such_day)
    }

    /// The year, 1850 to 2200.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.civil.year())
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::from(self.civil.month().unsigned_abs())
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        u32::from(self.civil.day().unsigned_abs())
    }

    /// The month it lies in.
    #[must_use]
    pub fn year_month(self) -> YearMonth {
        YearMonth::index_of(self.civil.year(), self.civil.month())
    }

    /// The day that many days later, or earlier if negative.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn plus_days(self, days: i64) -> Result<Self, OpError> {
        let span = Span::new().try_days(days).map_err(|_| OpError::DateOutOfRange)?;
        let civil = self.civil.checked_add(span).map_err(|_| OpError::DateOutOfRange)?;
        let date = Self { civil };
        if (Self::MIN..=Self::MAX).contains(&date) {
            Ok(date)
        } else {
            Err(OpError::DateOutOfRange)
        }
    }

    /// The same day that many months later; the last of the month where it has no such day, so
    /// 31 January and one month is the last of February.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn plus_months(self, months: i32) -> Result<Self, OpError> {
        Ok(self.year_month().plus_months(months)?.day_or_last(self.civil.day()))
    }

    /// The same day that many months later; the first of the next month where the month has no
    /// such day, so 31 January and one month is 1 March.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn plus_months_rolling(self, months: i32) -> Result<Self, OpError> {
        let month = self.year_month().plus_months(months)?;
        let clipped = month.day_or_last(self.civil.day());
        if clipped.day() == self.day() {
            return Ok(clipped);
        }
        Ok(month.plus_months(1)?.first_day())
    }

    /// The same day that many years later; 28 February for 29 February in a common year.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn plus_years(self, years: i32) -> Result<Self, OpError> {
        self.plus_months(years.checked_mul(12).ok_or(OpError::DateOutOfRange)?)
    }

    /// The day on which somebody born on this day turns `age`.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn birthday(self, age: i32, leap: LeapBirthday) -> Result<Self, OpError> {
        let months = age.checked_mul(12).ok_or(OpError::DateOutOfRange)?;
        match leap {
            LeapBirthday::FirstOfMarch => self.plus_months_rolling(months),
            LeapBirthday::LastOfFebruary => self.plus_months(months),
        }
    }

    /// How many days from `from` to `to`; negative if `to` is earlier.
    #[must_use]
    pub fn days_between(from: Self, to: Self) -> i64 {
        from.civil.duration_until(to.civil).as_hours() / 24
    }

    /// The most months that, added to `from` as by [`Date::plus_months`], do not pass `to`. If `to`
    /// is earlier, the count the other way round, negated.
    #[must_use]
    pub fn whole_months_between(from: Self, to: Self) -> i32 {
        if to < from {
            return Self::whole_months_between(to, from).saturating_neg();
        }
        let month = to.year_month();
        let months = month.months_since(from.year_month());
        if month.day_or_last(from.civil.day()) <= to { months } else { months.saturating_sub(1) }
    }

    /// The most years that, added to `from` as by [`Date::plus_years`], do not pass `to`. If `to`
    /// is earlier, the count the other way round, negated.
    #[must_use]
    pub fn whole_years_between(from: Self, to: Self) -> i32 {
        Self::whole_months_between(from, to) / 12
    }

    /// How old somebody born on `birth` is on the day `on`: N from the day of the Nth birthday on.
    ///
    /// # Errors
    ///
    /// [`OpError::BeforeBirth`] if `on` is before `birth`.
    pub fn age_in_years(birth: Self, on: Self, leap: LeapBirthday) -> Result<i32, OpError> {
        if on < birth {
            return Err(OpError::BeforeBirth);
        }
        let age = on.year().saturating_sub(birth.year());
        // A birthday outside the supported years has not come yet.
        let had_birthday = birth.birthday(age, leap).is_ok_and(|birthday| birthday <= on);
        Ok(if had_birthday { age } else { age.saturating_sub(1) })
    }

    /// Whether `months` months have gone by from `from` to `on` (满6个月): `on` is on or after the
    /// day that [`Date::plus_months`] gives.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn has_elapsed_months(from: Self, on: Self, months: i32) -> Result<bool, OpError> {
        Ok(from.plus_months(months)? <= on)
    }
}

impl YearMonth {
    /// The first month there is.
    pub const MIN: Self = Self { index: 1850 * 12 };
    /// The last month there is.
    pub const MAX: Self = Self { index: 2200 * 12 + 11 };

    /// That month (1 to 12) of that year.
    ///
    /// # Errors
    ///
    /// [`OpError::YearOutOfRange`], [`OpError::NoSuchMonth`].
    pub fn new(year: i32, month: u32) -> Result<Self, OpError> {
        if !(1850..=2200).contains(&year) {
            return Err(OpError::YearOutOfRange { year });
        }
        match (i16::try_from(year), i8::try_from(month)) {
            (Ok(year), Ok(month @ 1..=12)) => Ok(Self::index_of(year, month)),
            _ => Err(OpError::NoSuchMonth { month }),
        }
    }

    /// The year, 1850 to 2200.
    #[must_use]
    pub fn year(self) -> i32 {
        self.index.div_euclid(12)
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.index.rem_euclid(12).unsigned_abs().saturating_add(1)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.day_or_last(1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.day_or_last(31)
    }

    /// The month that many months later, or earlier if negative.
    ///
    /// # Errors
    ///
    /// [`OpError::DateOutOfRange`].
    pub fn plus_months(self, months: i32) -> Result<Self, OpError> {
        self.index
            .checked_add(months)
            .map(|index| Self { index })
            .filter(|month| (Self::MIN..=Self::MAX).contains(month))
            .ok_or(OpError::DateOutOfRange)
    }

    /// How many months it is after `earlier`; negative if it is before.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        self.index.saturating_sub(earlier.index)
    }

    fn index_of(year: i16, month: i8) -> Self {
        let index = i32::from(year).saturating_mul(12).saturating_add(i32::from(month));
        Self { index: index.saturating_sub(1) }
    }

    /// That day of the month, or the last where the month is shorter.
    fn day_or_last(self, day: i8) -> Date {
        // The index is in range, so none of the fallbacks is ever taken.
        let year = i16::try_from(self.year()).unwrap_or(1850);
        let month = i8::try_from(self.month()).unwrap_or(1);
        let first = civil::Date::new(year, month, 1).unwrap_or(Date::MIN.civil);
        let day = day.min(first.days_in_month());
        Date { civil: civil::Date::new(year, month, day).unwrap_or(first) }
    }
}

#[cfg(test)]
mod tests;
