"""A report's figures as data for other programs: CSV, a workbook, JSON-stat.

Enters: the observations and checks as the record has them. Leaves: bytes, the same each time. One
row a fact; a value is the decimal that the report states, never multiplied out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMATS: Mapping[str, str] = {
    "csv": ".figures.csv",
    "xlsx": ".figures.xlsx",
    "json-stat": ".figures.json",
}
"""The kinds of data file and how their names end."""
COLUMNS = (
    "section",
    "subject",
    "value",
    "unit",
    "qualifier",
    "period",
    "part_of",
    "quote",
    "offset",
)
"""The columns of a table of facts, under the record's names."""


def encode_dataset(kind: str, record: Mapping[str, Any]) -> bytes:
    """Return the figures of a record as a file of that kind (a key of ``FORMATS``).

    Of the record, ``report``, ``observations`` and ``checks`` are read.
    """
    return _ENCODERS[kind](record)


def _csv(record: Mapping[str, Any]) -> bytes:
    from publisher.dataset.csv_table import encode_csv

    return encode_csv(COLUMNS, record["observations"])


def _workbook(record: Mapping[str, Any]) -> bytes:
    from publisher.dataset.workbook import encode_workbook

    return encode_workbook(record)


def _json_stat(record: Mapping[str, Any]) -> bytes:
    from publisher.dataset.json_stat import encode_json_stat

    return encode_json_stat(record)


_ENCODERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "csv": _csv,
    "xlsx": _workbook,
    "json-stat": _json_stat,
}

EXACT = 15
"""Digits that a number of other programs keeps (IEEE 754); a longer figure stays text."""


def is_kept(value: str) -> bool:
    """Tell a figure that a number of other programs says to the last digit, zeros in front too."""
    digits = value.removeprefix("-").removeprefix("+").replace(".", "", 1)
    padded = digits.startswith("0") and not value.lstrip("+-").startswith("0.") and digits != "0"
    return digits.isascii() and digits.isdigit() and len(digits) <= EXACT and not padded


def is_number(value: str) -> bool:
    """Tell a single figure from a range."""
    return "—" not in value


__all__ = ["COLUMNS", "FORMATS", "encode_dataset", "is_kept", "is_number"]
