"""The columns of a table of facts, and which of its values other programs can hold as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = (
    "section",
    "subject",
    "measure",
    "scope",
    "kind",
    "direction",
    "status",
    "value",
    "unit",
    "qualifier",
    "period",
    "doubt",
    "part_of",
    "quote",
    "offset",
)
"""The columns, under the names of the record."""
_SINCE_MEASURES = frozenset({"measure", "scope", "kind", "direction", "status", "doubt"})
"""The columns that records of version 0.1 do not have."""
MAX_EXACT_DIGITS = 15
"""Decimal digits that a double keeps exactly (IEEE 754); a longer figure stays text."""


def columns_of(facts: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the columns of the facts of a record: those that it was written with, so that an old file is made again."""
    if facts and "measure" not in facts[0]:
        return tuple(column for column in COLUMNS if column not in _SINCE_MEASURES)
    return COLUMNS


def is_exact_number(value: str) -> bool:
    """Return whether a double holds a figure exactly, without losing leading zeros."""
    digits = value.removeprefix("-").removeprefix("+").replace(".", "", 1)
    has_leading_zeros = (
        digits.startswith("0") and not value.lstrip("+-").startswith("0.") and digits != "0"
    )
    return (
        digits.isascii()
        and digits.isdigit()
        and len(digits) <= MAX_EXACT_DIGITS
        and not has_leading_zeros
    )


def is_single_value(value: str) -> bool:
    """Return whether a value is one figure and not a range such as 15—20."""
    return "—" not in value
