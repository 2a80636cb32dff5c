//! Facts of a case as written by people and programs.
