#!/bin/sh
# Build the distributions into dist/: the source, a pure Python wheel, and a wheel with the compiled modules for each
# Python 3.11 or later on the path. A wheel with compiled modules needs a C compiler and the headers of that Python.
set -eu
cd "$(dirname "$0")/.."

working=$(mktemp -d)
trap 'rm -rf "$working"' EXIT
git archive --format=tar HEAD | tar -x -C "$working" # without what a set-up compiled in the checkout

mkdir -p dist
first=
for number in 11 12 13 14; do
    python=$(command -v "python3.$number") || continue
    environment=$working/environment-$number
    "$python" -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check build hatchling editables
    (
        cd "$working"
        if [ -z "$first" ]; then
            "$environment/bin/python" -m build --no-isolation --outdir "$OLDPWD/dist" .
        fi
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check ".[fast]"
        "$environment/bin/python" scripts/compile.py
        "$environment/bin/python" scripts/programs.py
        "$environment/bin/python" -m build --no-isolation --wheel --outdir "$OLDPWD/dist" .
        rm -rf publisher/_compiled
    )
    first=no
done
[ -n "$first" ] || {
    echo "error: no Python 3.11 or later is on the path" >&2
    exit 1
}
ls dist
