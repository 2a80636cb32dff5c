//! The parts of every difference add up, whatever differs, and no order of the causes shows.

mod generated;
mod properties;
mod real;
mod worked;
