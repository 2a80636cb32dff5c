//! Runtime values and exact arithmetic: rationals, rounding, civil dates, units, and the few
//! national standards that every bureau needs (capitals, resident IDs, place codes).
//!
//! Pure: no IO, no clock, no floats, and nothing of the language's syntax. Every operation either
//! gives the exact answer or an [`OpError`].
#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::float_arithmetic, clippy::as_conversions)
)]

mod capitals;
mod date;
mod document;
mod error;
mod grouped;
mod place;
mod rational;
mod resident_id;
mod rounding;
mod unit;
mod width;

pub use capitals::{capitals, parse_capitals};
pub use date::{Date, LeapBirthday, YearMonth};
pub use document::DocumentNumber;
pub use error::OpError;
pub use grouped::grouped;
pub use place::{PlaceCode, PlaceLevel};
pub use rational::{Rational, parse_decimal};
pub use resident_id::{ResidentId, Sex};
pub use rounding::{Rounding, round};
pub use unit::{Dimension, Unit, money_scale, parse_unit_text, parse_unit_text_with};
pub use width::half_width;
