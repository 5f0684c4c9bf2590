"""The scorer: observations against a gold table, by section, value, unit and a matching subject."""

import csv
import re
from pathlib import Path

from tests.corpus.figures import overlap

NO_OBSERVATION = re.compile("date|docno")
"""Gold rows of what is recognised and excluded."""


def gold_rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not NO_OBSERVATION.search(row["qualifier"])]


def matches(row, observation):
    """Tell whether an observation is the fact of a gold row."""
    if (row["value"], row["unit"]) != (observation.value, observation.unit):
        return False
    if row["section"] != observation.section:
        return False
    return overlap(_folded(row["subject"]), _folded(observation.subject))


def _folded(subject):
    return subject.replace("（", "(").replace("）", ")")


def score(rows, observations):
    """Return recall, precision, the rows missed and the observations that no row has."""
    left = list(observations)
    missed = []
    for row in rows:
        hit = next((item for item in left if matches(row, item)), None)
        if hit is None:
            missed.append(row)
        else:
            left.remove(hit)
    matched = len(rows) - len(missed)
    return matched / len(rows), matched / max(len(observations), 1), missed, left
