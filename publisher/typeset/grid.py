"""A table's real grid: which head cells speak for which cell (HTML 4.9.12, ISO 32000-1, 14.8.5.7).

Enters: a ``table`` element. Leaves: for each cell its identifier and its heads' identifiers, the
outermost first. A head speaks for the cells in its columns below it, or in its rows beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell in its place."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int

    @property
    def is_head(self) -> bool:
        """Tell a head from data."""
        return self.element.tag == "th"

    @property
    def rows(self) -> range:
        """The rows that the cell covers."""
        return range(self.row, self.row + self.row_span)

    @property
    def columns(self) -> range:
        """The columns that the cell covers."""
        return range(self.column, self.column + self.column_span)


def place(table: Element) -> list[Placed]:
    """Return the table's cells in their places, row by row."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, element in enumerate(_rows(table)):
        column = 0
        for cell in element:
            if cell.tag not in ("th", "td"):
                continue
            while (row, column) in taken:
                column += 1
            one = Placed(
                element=cell,
                row=row,
                column=column,
                row_span=int(cell.get("rowspan", 1)),
                column_span=int(cell.get("colspan", 1)),
            )
            taken.update((r, c) for r in one.rows for c in one.columns)
            placed.append(one)
            column += one.column_span
    return placed


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def header_associations(
    table: Element, *, prefix: str
) -> dict[Element, tuple[str, tuple[str, ...]]]:
    """Return for each cell its identifier, such as ``t1r0c2``, and those of its heads."""
    cells = place(table)
    by_column: dict[int, list[Placed]] = {}
    by_row: dict[int, list[Placed]] = {}
    for cell in cells:
        if not cell.is_head:
            continue
        across = cell.element.get("scope", "col") in ("row", "rowgroup")
        lines, index = (cell.rows, by_row) if across else (cell.columns, by_column)
        for line in lines:
            index.setdefault(line, []).append(cell)
    found = {}
    for cell in cells:
        beside = [head for row in cell.rows for head in by_row.get(row, ())]
        above = [head for column in cell.columns for head in by_column.get(column, ())]
        heads = [head for head in beside if head.column < cell.column]
        heads += [head for head in above if head.row < cell.row]
        names = dict.fromkeys(_name(head, prefix) for head in heads)
        found[cell.element] = (_name(cell, prefix), tuple(names))
    return found


def _name(cell: Placed, prefix: str) -> str:
    return f"{prefix}r{cell.row}c{cell.column}"
