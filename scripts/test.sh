#!/bin/sh
# Set up what is needed, and run what CI runs. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh --dev
.venv/bin/ruff check
.venv/bin/ruff format --check
.venv/bin/mypy
.venv/bin/lint-imports
NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet --site-dir build/site
[ -z "${PUBLISHER_FULL-}" ] || set -- -o timeout=0 "$@" # the long forms take their time
exec .venv/bin/pytest -n 2 "$@"
