"""Comma-separated values (RFC 4180), UTF-8 without a mark, one head row."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FIGURE = re.compile(r"[-+]?[0-9][0-9.,]*%?")
"""What begins with a sign and is no formula."""


def encode_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the rows' entries for the columns; what is missing or ``None`` is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = ("" if row.get(name) is None else row[name] for name in columns)
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before its sign."""
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _FIGURE.fullmatch(cell)
    return f"'{cell}" if formula else cell
