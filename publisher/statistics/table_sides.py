"""The sides of a table that consists of two tables beside one another, such as 收入支出决算总表.

Input: a ``Table``. Output: its sides as tables, from left to right; the table itself if it has one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.cell_slots import cell_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Table, TableCell

Rows = tuple[tuple["TableCell", ...], ...]


def table_sides(table: Table) -> tuple[Table, ...]:
    """Return the sides of a table."""
    starts = _side_starts(table)
    if len(starts) < 2:
        return (table,)
    slots = list(cell_slots((*table.head, *table.body)))
    width = max(column + cell.col_span for _, column, cell in slots)
    sides = []
    for start, end in pairwise((*starts, width)):
        rows: list[list[TableCell]] = [[] for _ in (*table.head, *table.body)]
        for row, column, cell in slots:
            first, last = max(column, start), min(column + cell.col_span, end)
            if first < last:
                rows[row].append(replace(cell, col_span=last - first))
        cut = tuple(tuple(row) for row in rows)
        sides.append(replace(table, head=cut[: len(table.head)], body=cut[len(table.head) :]))
    return tuple(sides)


def _side_starts(table: Table) -> Sequence[int]:
    """Return the columns with which the sides begin."""
    slots = cell_slots((*table.head, *table.body))
    return sorted({0, *(column for _, column, cell in slots if cell.starts_side)})
