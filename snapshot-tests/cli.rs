//! `cases/cli/*.transcript`: the built command in a folder of its own.
