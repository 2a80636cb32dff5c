//! Why an operation on values has no answer. No places and no input text: the caller knows both.

use thiserror::Error;

use crate::diagnostic::Bilingual;

/// What was wrong with the operands of one operation.
///
/// Messages about resident IDs name positions only, never digits, because the number is sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
#[non_exhaustive]
pub enum OpError {
    /// The exact result, or a step towards it, needs more than 127 bits.
    #[error("the number is too large to compute with exactly")]
    Overflow,
    /// `1 ÷ 0`.
    #[error("the divisor is zero")]
    DivisionByZero,
    /// `1e3`, `abc`, `.5`, or nothing at all.
    #[error("this is not a number")]
    NotANumber,
    /// `1,200`: one number with a separator, or two arguments.
    #[error("a number is written without commas between its digits")]
    ThousandsSeparator,
    /// More than 28 significant digits, or more than 28 after the point.
    #[error("a number has at most 28 digits")]
    TooManyDigits,
    /// Rounding to a multiple of zero or less.
    #[error("the unit to round to must be greater than zero")]
    GrainNotPositive,
    /// Text in none of the accepted forms of a date.
    #[error("a date is written like 2023-06-30 or 2023年6月30日")]
    NotADate,
    /// Text in none of the accepted forms of a month of a year.
    #[error("a month is written like 2023-06 or 2023年6月")]
    NotAMonth,
    /// A year before 1850 or after 2200.
    #[error("the year {year} is not between 1850 and 2200")]
    YearOutOfRange {
        /// The year that was written.
        year: i32,
    },
    /// `2023-13-01`.
    #[error("there is no month {month}")]
    NoSuchMonth {
        /// The month that was written.
        month: u32,
    },
    /// `2023-02-30`.
    #[error("month {month} of {year} has no day {day}")]
    NoSuchDay {
        /// The year that was written.
        year: i32,
        /// The month that was written.
        month: u32,
        /// The day that was written.
        day: u32,
    },
    /// Date arithmetic that leaves the years 1850 to 2200.
    #[error("the date falls outside the years 1850 to 2200")]
    DateOutOfRange,
    /// An age on a day before the birth.
    #[error("the day on which the age is asked is before the date of birth")]
    BeforeBirth,
    /// 0.005元 in capitals.
    #[error("an amount in capitals must be whole fen")]
    NotWholeFen,
    /// 10^16元 or more in capitals.
    #[error("an amount in capitals must be less than 10^16 yuan")]
    AmountTooLarge,
    /// A resident ID that has not 18 characters.
    #[error("a resident ID has 18 characters, this one has {found}")]
    ResidentIdLength {
        /// How many characters there are.
        found: usize,
    },
    /// A resident ID with something other than a digit; the last may also be X.
    #[error("character {position} of the resident ID is not a digit{}", or_x(*position, " or X"))]
    ResidentIdCharacter {
        /// Which character, from 1.
        position: usize,
    },
    /// A resident ID whose characters 7 to 14 are no day of the calendar.
    #[error("characters 7 to 14 of the resident ID are not a date of birth that exists")]
    ResidentIdBirthDate,
    /// A resident ID whose last character does not fit the others.
    #[error("the check character (the 18th) of the resident ID does not fit the others")]
    ResidentIdCheckDigit,
    /// A place code that is not six digits.
    #[error("a place code has six digits")]
    NotAPlaceCode,
    /// `440005`: a county of no prefecture, or `001100`: a prefecture of no province.
    #[error("the place code names a place without the place above it")]
    PlaceCodeWithoutParent,
}

impl OpError {
    /// The fact in both languages: one sentence without a final stop.
    #[must_use]
    pub fn message(self) -> Bilingual {
        Bilingual::new(self.zh(), self.to_string())
    }

    fn zh(self) -> String {
        match self {
            Self::Overflow => "数值太大，无法精确计算".into(),
            Self::DivisionByZero => "除数为零".into(),
            Self::NotANumber => "这不是一个数".into(),
            Self::ThousandsSeparator => "数字中间不写逗号".into(),
            Self::TooManyDigits => "一个数最多写28位数字".into(),
            Self::GrainNotPositive => "取整的单位必须大于零".into(),
            Self::NotADate => "日期写作 2023-06-30 或 2023年6月30日".into(),
            Self::NotAMonth => "年月写作 2023-06 或 2023年6月".into(),
            Self::YearOutOfRange { year } => format!("{year}年不在1850年至2200年之间"),
            Self::NoSuchMonth { month } => format!("没有{month}月"),
            Self::NoSuchDay { year, month, day } => format!("{year}年{month}月没有{day}日"),
            Self::DateOutOfRange => "日期超出了1850年至2200年".into(),
            Self::BeforeBirth => "计算年龄的日期早于出生日期".into(),
            Self::NotWholeFen => "大写金额必须精确到分".into(),
            Self::AmountTooLarge => "大写金额必须小于一亿亿元".into(),
            Self::ResidentIdLength { found } => {
                format!("居民身份证号码应为18位，这里是{found}位")
            }
            Self::ResidentIdCharacter { position } => {
                format!("居民身份证号码第{position}位不是数字{}", or_x(position, "或X"))
            }
            Self::ResidentIdBirthDate => "居民身份证号码第7至14位不是真实的出生日期".into(),
            Self::ResidentIdCheckDigit => "居民身份证号码的校验码（第18位）与前17位不符".into(),
            Self::NotAPlaceCode => "行政区划代码应为6位数字".into(),
            Self::PlaceCodeWithoutParent => "行政区划代码缺少上一级的代码".into(),
        }
    }
}

fn or_x(position: usize, words: &str) -> &str {
    if position == 18 { words } else { "" }
}

#[cfg(test)]
mod tests {
    use super::OpError;

    #[test]
    fn messages_say_which_part_is_wrong_in_both_languages() {
        let message = OpError::NoSuchDay { year: 2023, month: 2, day: 30 }.message();
        assert_eq!(message.zh, "2023年2月没有30日");
        assert_eq!(message.en, "month 2 of 2023 has no day 30");
        let last = OpError::ResidentIdCharacter { position: 18 }.message();
        assert_eq!(last.zh, "居民身份证号码第18位不是数字或X");
        assert_eq!(last.en, "character 18 of the resident ID is not a digit or X");
        let inner = OpError::ResidentIdCharacter { position: 3 }.message();
        assert_eq!(inner.zh, "居民身份证号码第3位不是数字");
    }
}
