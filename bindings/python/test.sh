#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own, and tests it there.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "${BASH_SOURCE[0]}")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../../target/bindings}"
home="$CARGO_TARGET_DIR/python"
[ -x "$home/bin/python" ] || python3 -m venv "$home"
"$home/bin/pip" install --quiet --disable-pip-version-check "maturin>=1.7,<2" pytest
rm -rf "$home/wheels"
"$home/bin/maturin" build --quiet --profile dev --out "$home/wheels"
"$home/bin/pip" install --quiet --disable-pip-version-check --force-reinstall "$home"/wheels/*.whl
# From a folder without the sources, so that the installed package is the one that is tested.
cd "$home" && "$home/bin/python" -m pytest -q -p no:cacheprovider "$OLDPWD/tests"
