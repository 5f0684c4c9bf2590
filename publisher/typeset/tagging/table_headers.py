"""A table's real grid: which head cells speak for which cell (HTML 4.9.12, ISO 32000-1, 14.8.5.7).

Enters: a ``table`` element. Leaves: for each cell its identifier and its heads' identifiers, the
outermost first. A head speaks for the cells in its columns below it down to the next heads, or in its rows beside it; a
title across the whole table for the rest of its row group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell in its place."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int
    group_end: int
    """One past the last row of its row group."""

    @property
    def is_head(self) -> bool:
        """Tell a head from data."""
        return self.element.tag == "th"

    def heads_group(self, width: int) -> bool:
        """Tell a row group's title, across the whole table, from a head beside its rows."""
        return self.element.get("scope") == "rowgroup" and self.column_span == width

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
    for row, (element, group_end) in enumerate(_rows(table)):
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
                group_end=group_end,
            )
            taken.update((r, c) for r in one.rows for c in one.columns)
            placed.append(one)
            column += one.column_span
    return placed


def _rows(table: Element) -> Iterator[tuple[Element, int]]:
    """Yield the rows, each with the end of its row group."""
    done = 0
    for child in table:
        rows = [child] if child.tag == "tr" else [row for row in child if row.tag == "tr"]
        done += len(rows)
        for row in rows:
            yield row, done


def header_associations(
    table: Element, *, prefix: str
) -> dict[Element, tuple[str, tuple[str, ...]]]:
    """Return for each cell its identifier, such as ``t1r0c2``, and those of its heads."""
    cells = place(table)
    width = max((cell.columns.stop for cell in cells), default=0)
    by_column: dict[int, list[Placed]] = {}
    by_row: dict[int, list[Placed]] = {}
    for cell in cells:
        if not cell.is_head:
            continue
        across = cell.element.get("scope", "col") in ("row", "rowgroup")
        lines, index = (cell.rows, by_row) if across else (cell.columns, by_column)
        if cell.heads_group(width):
            lines = range(cell.row + 1, cell.group_end)
        for line in lines:
            index.setdefault(line, []).append(cell)
    found = {}
    for cell in cells:
        beside = [head for row in cell.rows for head in by_row.get(row, ())]
        heads = [head for head in beside if head.column < cell.column or head.row < cell.row]
        for column in cell.columns:
            heads += _nearest(by_column.get(column, ()), cell.row)
        names = dict.fromkeys(_name(head, prefix) for head in heads)
        found[cell.element] = (_name(cell, prefix), tuple(names))
    return found


def _nearest(heads: Iterable[Placed], row: int) -> list[Placed]:
    """Return the run of heads right above a row: those of a part further up speak no more."""
    run: list[Placed] = []
    for head in sorted((one for one in heads if one.row < row), key=lambda one: -one.row):
        if run and head.rows.stop < run[0].row:
            break
        run.insert(0, head)
    return run


def _name(cell: Placed, prefix: str) -> str:
    return f"{prefix}r{cell.row}c{cell.column}"
