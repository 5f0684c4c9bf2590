"""Comma-separated values (RFC 4180) in UTF-8, with a header row."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FIGURE = re.compile(r"[-+]?[0-9][0-9.,]*%?")
"""A cell that begins with a sign and is a figure, not a formula."""


def encode_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, bom: bool = False
) -> bytes:
    """Return the values of the columns, row by row; a missing value and ``None`` become an empty cell.

    Args:
        columns: The names of the columns.
        rows: The values by the name of their column.
        bom: Whether the file begins with a byte order mark, without which Excel does not read UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = ("" if row.get(name) is None else row[name] for name in columns)
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def escape_formula(cell: str) -> str:
    """Return a cell that spreadsheets do not run as a formula: an apostrophe is put before its sign."""
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _FIGURE.fullmatch(cell)
    return f"'{cell}" if formula else cell
