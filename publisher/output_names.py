"""The suffixes of a report's results, and the names of a run's files; no source has such a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA_SUFFIXES: Mapping[str, str] = {
    "csv": ".figures.csv",
    "xlsx": ".figures.xlsx",
    "json-stat": ".figures.json",
}
"""The suffix of each kind of data file."""

PDF, RECORD = ".pdf", ".record.json"
PAGE, TEXT, BILINGUAL = ".page.html", ".normalised.txt", ".bilingual.pdf"
IMPOSED = ".imposed.pdf"
COMPARISON = ".comparison.html"
SUFFIXES = (PDF, RECORD, PAGE, TEXT, BILINGUAL, *DATA_SUFFIXES.values())

INDEX, SUMMARY, FAILURES = "index.html", "summary.csv", "failures.csv"
JOURNAL = "journal.jsonl"
RUN_FILES = (INDEX, SUMMARY, FAILURES, JOURNAL)
"""The files of a run in the output folder."""
