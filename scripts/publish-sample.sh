#!/bin/sh
# Set up what is needed, and publish the samples into out/.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh
for sample in samples/*.txt; do
    .venv/bin/publisher build "$sample"
    name=$(basename "$sample" .txt)
    printf '%s\n' "$(pwd -P)/out/$name.pdf"
done
