"""Columns and rows of a table in which nothing is written: they only set others apart, and are left out.

Input: a ``SourceTable``. Output: the table without them, and how many there were. No character is lost, since they have none. A
column that a head spans together with another one is empty, too. Forms are not among the tables (``blank_forms``). Rows to be filled in, below the heads of a form, remain: only
where most rows are written do empty ones set others apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.parse.findings import EMPTY_CELLS
from publisher.reference.official_forms import identify_form
from publisher.text.cell_slots import cell_slots

if TYPE_CHECKING:
    from publisher.model import Finding, SourceCell, SourceTable


def remove_empty_cells(table: SourceTable) -> tuple[SourceTable, tuple[Finding, ...]]:
    """Return a table without its empty columns and rows, and a finding if it had any; official forms are unchanged."""
    slots = list(cell_slots(table.rows))
    height = len(table.rows)
    width = max(column + cell.col_span for _, column, cell in slots)
    written_columns = {column for _, column, cell in slots if _is_written(cell)}
    written_rows = {row for row, _, cell in slots if _is_written(cell)}
    columns = set(range(width)) - written_columns
    rows = set(range(height)) - written_rows
    if 2 * len(rows) >= height or len(written_rows) < 2:
        rows = set()
    if not (columns or rows) or not written_columns:
        return table, ()
    if identify_form(cell.text.string for _, _, cell in slots):
        return table, ()
    remaining: dict[int, list[SourceCell]] = defaultdict(list)
    for row, column, cell in slots:
        col_span = sum(c not in columns for c in range(column, column + cell.col_span))
        row_span = sum(r not in rows for r in range(row, row + cell.row_span))
        if row not in rows and col_span and row_span:
            remaining[row].append(replace(cell, col_span=col_span, row_span=row_span))
    if any(not remaining[row] for row in range(height) if row not in rows):
        return table, ()
    result = replace(
        table,
        rows=tuple(tuple(cells) for row, cells in sorted(remaining.items()) if row not in rows),
    )
    return result, (EMPTY_CELLS.finding(table.locator, columns=len(columns), rows=len(rows)),)


def _is_written(cell: SourceCell) -> bool:
    return bool(cell.text.string.strip())
