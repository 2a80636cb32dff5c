//! Runtime values and exact arithmetic: rationals, rounding, civil dates, units, and the few
//!
//! Pure: no IO, no clock, no floats, and nothing of the language's syntax. Every operation either
//! gives the exact answer or an [`OpError`].
#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::float_arithmetic, clippy::as_conversions)
)]

mod date;
mod error;
mod rational;
mod rounding;
mod unit;
mod width;

pub use date::{Date, LeapBirthday, YearMonth};
pub use error::OpError;
pub use rational::{Rational, parse_decimal};
pub use rounding::{Rounding, round};
pub use unit::{Dimension, Unit, money_scale, parse_unit_text, parse_unit_text_with};
pub use width::half_width;
