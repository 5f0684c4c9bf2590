"""Tables of a report from tables of its source: heads with their scopes, and a complete grid.

Input: a ``SourceTable``. Output: a ``Table`` in which header cells have a scope (ISO 32000-2, 14.8.5.7) and
every row fills all columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from publisher.model import Scope, SourceCell, SourceTable, Table, TableCell
from publisher.text.cell_slots import cell_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW_NUMBER_HEAD = re.compile("代码|序号|编号|行次|行号|代碼|序號|編號|行號")
"""The head of a first column that only numbers the rows; their names are in the next column."""
_FIGURE = re.compile("[-−]?\\d[\\d,.]*|[/／—-]")
_YEAR = re.compile("(?:19|20)\\d\\d")
MOST_HEAD_ROWS = 4
"""The most rows of heads below one another."""
_NAMING_HEAD = re.compile("年|月|季|期|届|屆|次|号|號|码|碼|级|級|档|檔|区间|區間")
"""The head of a column whose figures name their rows."""


def build_table(source: SourceTable) -> Table:
    """Return a table with its heads: the marked header cells, else the first row."""
    is_marked = any(cell.header for row in source.rows for cell in row)
    head_rows = _count_head_rows(source, is_marked=is_marked)
    name_columns = 2 if _ROW_NUMBER_HEAD.fullmatch(source.rows[0][0].text.string.strip()) else 1
    has_marked_row_heads = any(cell.header for row in source.rows[head_rows:] for cell in row)
    columns = _start_columns(source.rows)
    rows = []
    for index, row in enumerate(source.rows):
        is_head_row = index < head_rows or (is_marked and all(cell.header for cell in row))
        cells = []
        for column, cell in zip(columns[index], row, strict=True):
            may_name_row = column < name_columns and not has_marked_row_heads and len(row) > 1
            is_row_head = cell.header or (may_name_row and not _is_count(source, cell, column))
            cells.append(
                TableCell(
                    text=cell.text,
                    scope=_scope(cell, "col" if is_head_row else "row" if is_row_head else ""),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                )
            )
        rows.append(tuple(cells))
    rows = _fill_rows(rows)
    return Table(
        head=tuple(rows[:head_rows]),
        body=tuple(rows[head_rows:]),
        locator=source.locator,
    )


def _count_head_rows(source: SourceTable, *, is_marked: bool) -> int:
    """Return how many rows at the top are heads of all columns."""
    head_rows = 0
    if is_marked:
        while head_rows < len(source.rows) and all(c.header for c in source.rows[head_rows]):
            head_rows += 1
    elif _is_headless(source):
        return 0
    elif len(source.rows) > 1:
        head_rows = max(cell.row_span for cell in source.rows[0])
        head_rows = head_rows if head_rows < len(source.rows) else 1
        head_rows = max(head_rows, _count_grouped_rows(source))
    if any(all(cell.header for cell in row) for row in source.rows[head_rows:]):
        return 0  # parts with their own heads: none of them may be repeated on the next page
    return head_rows


def _is_headless(source: SourceTable) -> bool:
    """Return whether the first row has figures like the rows below it: the table goes on from another, or has no heads.

    Years and counted columns (1, 2, 3) are heads, and so is what follows a head such as 月份.
    """
    first = [cell.text.string.strip() for cell in source.rows[0]]
    figures = [word for word in first[1:] if word]
    if len(source.rows) < 2 or not figures or not first[0] or _FIGURE.fullmatch(first[0]):
        return False
    if not all(_FIGURE.fullmatch(word) and not _YEAR.fullmatch(word) for word in figures):
        return False
    if _NAMING_HEAD.search(first[0]) or _ROW_NUMBER_HEAD.fullmatch(first[0]):
        return False
    if figures == [str(number) for number in range(1, len(figures) + 1)]:
        return False
    return all(
        len(row) == len(first) and all(cell.row_span == cell.col_span == 1 for cell in row)
        for row in source.rows
    )


def _count_grouped_rows(source: SourceTable) -> int:
    """Return how many rows of heads are below one another though nothing spans rows: groups, then their columns.

    A row of groups has a cell that spans columns, or blanks after its words; figures begin below the heads.
    """
    count = 1
    for row, following in zip(source.rows[: MOST_HEAD_ROWS - 1], source.rows[1:], strict=False):
        is_grouped = any(cell.col_span > 1 for cell in row[1:]) or any(
            not cell.text.string.strip() for cell in row[1:]
        )
        words = [cell.text.string.strip() for cell in following]
        if not is_grouped or any(map(_FIGURE.fullmatch, words)) or not any(words[1:]):
            break
        count += 1
    below = source.rows[count] if count < len(source.rows) else ()
    has_figures = any(_FIGURE.fullmatch(cell.text.string.strip()) for cell in below[1:])
    return count if has_figures else 1


def _start_columns(rows: Sequence[Sequence[SourceCell]]) -> list[list[int]]:
    """Return the column of the grid in which each cell begins."""
    columns: list[list[int]] = [[] for _ in rows]
    for row, column, _ in cell_slots(rows):
        columns[row].append(column)
    return columns


def _is_count(source: SourceTable, cell: SourceCell, column: int) -> bool:
    """Return whether a cell is a figure of its row, not a year or a number that names the row."""
    head = source.rows[0][0].text.string.strip()
    is_figure = _FIGURE.fullmatch(cell.text.string.strip()) is not None
    return (
        is_figure
        and column == 0
        and not (_ROW_NUMBER_HEAD.fullmatch(head) or _NAMING_HEAD.search(head))
    )


def _scope(cell: SourceCell, direction: Literal["", "row", "col"]) -> Scope:
    """Return the scope of a head; one that spans several rows or columns heads the group."""
    if direction == "col":
        return "colgroup" if cell.col_span > 1 else "col"
    if direction == "row":
        return "rowgroup" if cell.row_span > 1 else "row"
    return ""


def _fill_rows(rows: list[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """Add empty cells to short rows, so that every row fills all columns."""
    widths = _row_widths(rows)
    widest = max(widths)
    return [
        (*row, *([TableCell(text=row[-1].text.slice(0, 0))] * (widest - width)))
        for row, width in zip(rows, widths, strict=True)
    ]


def _row_widths(rows: Sequence[Sequence[TableCell]]) -> list[int]:
    """Return how many columns each row fills, cells that span into it from above included."""
    widths = [0] * len(rows)
    for index, row in enumerate(rows):
        for cell in row:
            for covered in range(index, min(index + cell.row_span, len(rows))):
                widths[covered] += cell.col_span
    return widths
