"""How the names of a report's results end; no source's name ends so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA_SUFFIXES: Mapping[str, str] = {
    "csv": ".figures.csv",
    "xlsx": ".figures.xlsx",
    "json-stat": ".figures.json",
}
"""The kinds of data file, and how their names end."""

PDF, RECORD = ".pdf", ".record.json"
PAGE, TEXT, BILINGUAL = ".page.html", ".normalised.txt", ".bilingual.pdf"
IMPOSED = ".imposed.pdf"
SUFFIXES = (PDF, RECORD, PAGE, TEXT, BILINGUAL, *DATA_SUFFIXES.values())

INDEX, SUMMARY, FAILURES = "index.html", "summary.csv", "failures.csv"
JOURNAL = "journal.jsonl"
RUN_FILES = (INDEX, SUMMARY, FAILURES, JOURNAL)
"""What a run keeps in the folder for the results."""
