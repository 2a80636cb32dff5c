//! The `huize` command.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Programs and traces are many small values, made and dropped together.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
