#!/usr/bin/env bash
# Builds the C library, its tests, and the example in C against it, and runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-../../target/bindings}"
cargo test --quiet
cargo build --quiet
out="$CARGO_TARGET_DIR/debug"
cc -std=c11 -Wall -Wextra -Werror example/decide.c -o "$out/decide-example" -L"$out" -lhuize_c \
  -Wl,-rpath,"$(cd "$out" && pwd)"
"$out/decide-example" >/dev/null
echo "the C example: 1 passed, 0 failed"
