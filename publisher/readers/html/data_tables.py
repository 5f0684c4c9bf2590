"""Tables of a page: which hold data and which only lay the page out, and the grid of the former.

WHATWG HTML, 4.9.12: spans are bounded, and end where the table ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.html.tree import Element, Span
from publisher.readers.limits import require

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_PARTS = _GROUPS | frozenset("tr td th caption colgroup col script style input template".split())
LAYOUT_CELL = 500
"""A cell that holds more characters than this, and most of its table's, is a column of the page."""
LAYOUT_SHARE = 0.6


@dataclass(slots=True)
class Cell:
    """A cell and what it spans."""

    element: Element
    row_span: int
    col_span: int


Row = list[Cell]


def is_data(table: Element, source: str) -> bool:
    """Tell a table of data from one that lays out a page."""
    if table.attributes.get("role", "") in ("presentation", "none"):
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2 or _stray(table, source):
        return False
    lengths = []
    for row in rows:
        for cell in row:
            if any(one.name == "table" for one in cell.walk()):
                return False
            lengths.append(len("".join(cell.text(source).split())))
    return max(lengths) <= max(LAYOUT_CELL, LAYOUT_SHARE * sum(lengths))


def rows_of(table: Element, *, where: str) -> list[Row]:
    """Return the cells of each row; raise ``LimitError`` for a grid that is none."""
    rows = []
    for row in _rows(table):
        cells = [
            Cell(cell, _span(cell, "rowspan", where), _span(cell, "colspan", where))
            for cell in _cells(row)
        ]
        if cells:
            rows.append(cells)
        else:
            _shorten(rows)
    if sum(cell.row_span * cell.col_span for row in rows for cell in row):
        width = max(sum(cell.col_span for cell in row) for row in rows)
        require("columns", width, where=where)
        require("cells", width * len(rows), where=where)
    for index, cells in enumerate(rows):
        for cell in cells:
            cell.row_span = min(cell.row_span, len(rows) - index)
    return rows


def captions(table: Element) -> list[Element]:
    """Return the captions; one is usual."""
    return [one for one in table.elements() if one.name == "caption"]


def _rows(table: Element) -> Iterator[Element]:
    for one in table.elements():
        if one.name == "tr":
            yield one
        elif one.name in _GROUPS:
            yield from (row for row in one.elements() if row.name == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (one for one in row.elements() if one.name in ("td", "th"))


def _stray(table: Element, source: str) -> bool:
    """Tell whether something stands in the table and in none of its cells."""
    groups = [one for one in table.elements() if one.name in _GROUPS]
    for one in (table, *groups, *_rows(table)):
        for child in one.children:
            if isinstance(child, Span):
                if not child.raw and source[child.start : child.end].strip():
                    return True
            elif child.name not in _PARTS:
                return True
    return False


def _shorten(rows: list[Row]) -> None:
    """Let cells that span a row without cells of its own span one row less."""
    for back, cells in enumerate(reversed(rows), 1):
        for cell in cells:
            if cell.row_span > back:
                cell.row_span -= 1


def _span(cell: Element, name: str, where: str) -> int:
    match = re.match(r"\s*\+?0*([0-9]{1,9})", cell.attributes.get(name, ""))
    if not match:
        return 1
    value = int(match[1])
    require("span", value, where=where)
    return max(value, 1)
