//! The `huize` command.

fn main() {}
