"""A table of facts: its columns, and which of its values are numbers to other programs."""

from __future__ import annotations

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
