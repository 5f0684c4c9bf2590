#!/bin/sh
# Resolve the Python packages anew and write scripts/lock/*.txt, which scripts/setup.sh installs.
# Run it after a change of the dependencies in pyproject.toml. It needs uv: pip install uv
set -eu
cd "$(dirname "$0")/.."

resolve() { # FILE EXTRA…: for every platform and every supported Python, with checksums
    file=scripts/lock/$1.txt
    shift
    extras=
    for extra; do extras="$extras --extra $extra"; done
    # shellcheck disable=SC2086 # a list of options
    printf 'hatchling>=1.24\neditables>=0.5\n' |
        uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
            --no-emit-index-url --no-header $extras --output-file "$file" pyproject.toml -
}

resolve publish serve
resolve fast fast serve
resolve dev fast serve dev
