//! Runtime values and exact arithmetic.
