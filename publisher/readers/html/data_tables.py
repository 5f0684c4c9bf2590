"""Tables of a page: distinguishes data tables from layout tables, and reads the cells of the former.

Spans are limited, and end with the table (WHATWG HTML, 4.9.12).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.html.layout_tables import is_layout
from publisher.readers.html.tree import Element, Span
from publisher.readers.limits import require

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_TABLE_PARTS = _ROW_GROUPS | frozenset(
    "tr td th caption colgroup col script style input template".split()
)


@dataclass(slots=True)
class Cell:
    """A cell of a table and its spans."""

    element: Element
    row_span: int
    col_span: int


Row = list[Cell]


def is_data_table(table: Element, source: str) -> bool:
    """Return whether a table has data, and is not only used for layout."""
    if table.attributes.get("role", "") in ("presentation", "none"):
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2 or _has_stray_content(table, source):
        return False
    cells = [cell for row in rows for cell in row]
    if any(child.name == "table" for cell in cells for child in cell.walk()):
        return False
    return not is_layout(table, rows, source)


def table_rows(table: Element, *, where: str) -> list[Row]:
    """Return the cells of each row; rows without cells are removed.

    Raises:
        LimitError: The table is beyond the limits ``span``, ``columns`` or ``cells``.

    """
    rows = []
    for row in _rows(table):
        cells = [
            Cell(cell, _read_span(cell, "rowspan", where), _read_span(cell, "colspan", where))
            for cell in _cells(row)
        ]
        if cells:
            rows.append(cells)
        else:
            _shorten_row_spans(rows)
    if sum(cell.row_span * cell.col_span for row in rows for cell in row):
        width = max(sum(cell.col_span for cell in row) for row in rows)
        require("columns", width, where=where)
        require("cells", width * len(rows), where=where)
    for index, cells in enumerate(rows):
        for cell in cells:
            cell.row_span = min(cell.row_span, len(rows) - index)
    return rows


def captions(table: Element) -> list[Element]:
    """Return the captions of a table, usually one."""
    return [child for child in table.child_elements() if child.name == "caption"]


def _rows(table: Element) -> Iterator[Element]:
    for child in table.child_elements():
        if child.name == "tr":
            yield child
        elif child.name in _ROW_GROUPS:
            yield from (row for row in child.child_elements() if row.name == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row.child_elements() if child.name in ("td", "th"))


def _has_stray_content(table: Element, source: str) -> bool:
    """Return whether a table has text or elements outside its cells."""
    groups = [child for child in table.child_elements() if child.name in _ROW_GROUPS]
    for parent in (table, *groups, *_rows(table)):
        for child in parent.children:
            if isinstance(child, Span):
                if not child.raw and source[child.start : child.end].strip():
                    return True
            elif child.name not in _TABLE_PARTS:
                return True
    return False


def _shorten_row_spans(rows: list[Row]) -> None:
    """Shorten the cells that span into a row without cells of its own by one row."""
    for distance, cells in enumerate(reversed(rows), 1):
        for cell in cells:
            if cell.row_span > distance:
                cell.row_span -= 1


def _read_span(cell: Element, name: str, where: str) -> int:
    match = re.match(r"\s*\+?0*([0-9]{1,9})", cell.attributes.get(name, ""))
    if not match:
        return 1
    value = int(match[1])
    require("span", value, where=where)
    return max(value, 1)
