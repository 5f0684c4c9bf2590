"""Tables of a report from tables of its source: heads with their scopes, and a complete grid.

Input: a ``SourceTable``. Output: a ``Table`` in which header cells have a scope (ISO 32000-2, 14.8.5.7) and
every row fills all columns.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from publisher.model import Scope, SourceCell, SourceTable, Table, TableCell
from publisher.parse.blank_forms import is_blank_form, names_answer
from publisher.parse.row_levels import RowLabel, row_levels
from publisher.reference.row_labels import ROW_NUMBERS
from publisher.text.cell_slots import cell_slots, covered_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIGURE = re.compile("[-−－△▲▽▼]?\\s?\\d[\\d,.]*|[（(]\\d[\\d,.]{2,}[）)]|[/／—-]")
_YEAR = re.compile("(?:19|20)\\d\\d")
MOST_HEAD_ROWS = 4
"""The most rows of heads below one another."""
_NAMING_HEAD = re.compile("年|月|季|期|届|屆|次|号|號|码|碼|级|級|档|檔|区间|區間")
"""The head of a column whose figures name their rows."""


def build_table(source: SourceTable) -> Table:
    """Return a table with its heads: the marked header cells, else the first row."""
    is_marked = any(cell.header for row in source.rows for cell in row)
    is_form = is_blank_form(source)
    head_rows = _count_head_rows(source, is_marked=is_marked)
    if is_form and any(names_answer(*pair) for pair in pairwise(source.rows[0])):
        head_rows = 0
    side_columns = frozenset(_second_name_columns(source, head_rows))
    name_columns = side_columns.union(range(_count_name_columns(source, head_rows)))
    # rows with heads only head the parts of a table; they mark no heads of rows
    rows_with_figures = [r for r in source.rows[head_rows:] if not all(c.header for c in r)]
    has_marked_row_heads = any(cell.header for row in rows_with_figures for cell in row)
    columns = _start_columns(source.rows)
    rows: list[tuple[TableCell, ...]] = []
    for index, row in enumerate(source.rows):
        is_head_row = index < head_rows or (is_marked and all(cell.header for cell in row))
        cells = []
        for column, cell, following in zip(columns[index], row, (*row[1:], None), strict=True):
            may_name_row = column in name_columns and not has_marked_row_heads and len(row) > 1
            is_row_head = cell.header or (may_name_row and not _is_count(source, cell, column))
            is_row_head |= is_form and names_answer(cell, following)
            cells.append(
                TableCell(
                    text=cell.text,
                    scope=_scope(cell, "col" if is_head_row else "row" if is_row_head else ""),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                    blank_lines=cell.blank_lines,
                    starts_side=is_row_head and not is_head_row and column in side_columns,
                )
            )
        rows.append(tuple(cells))
    rows = _fill_rows(_add_levels(rows, source, head_rows))
    return Table(
        head=tuple(rows[:head_rows]),
        body=tuple(rows[head_rows:]),
        locator=source.locator,
        is_form=is_form,
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
    if _NAMING_HEAD.search(first[0]) or ROW_NUMBERS.fullmatch(first[0]):
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


def _count_name_columns(source: SourceTable, head_rows: int) -> int:
    """Return how many columns at the left name the rows: the first, that after row numbers, and those inside groups.

    A column is inside groups if cells of the column before it span rows, or both columns; it has words only, and figures
    are in columns after it.
    """
    count = 2 if _has_row_numbers(source) else 1
    body = [
        (column, cell)
        for row, column, cell in cell_slots(source.rows)
        if row >= head_rows and cell.text.string.strip()
    ]
    figure_columns = {
        column for column, cell in body if _FIGURE.fullmatch(cell.text.string.strip())
    }
    while (
        any(cell.row_span > 1 or cell.col_span == 2 for column, cell in body if column == count - 1)
        and count not in figure_columns
        and any(column > count for column in figure_columns)
        and any(column == count for column, _ in body)
    ):
        count += 1
    return count


def _second_name_columns(source: SourceTable, head_rows: int) -> Iterator[int]:
    """Yield the first columns of further tables beside the first one: 项目, 金额, 项目, 金额.

    Such a column has only words below it, figures to its left and right, and the head of the first column, or after it the
    heads of the first table once more: 资产, 年初数, 年末数, 负债, 年初数, 年末数.
    """
    if not head_rows:
        return
    heads: dict[int, str] = {}
    words: set[int] = set()
    figures: set[int] = set()
    for row, column, cell in cell_slots(source.rows):
        text = "".join(cell.text.string.split())
        if row < head_rows:
            heads.update(dict.fromkeys(range(column, column + cell.col_span), text))
        elif text:
            (figures if _FIGURE.fullmatch(text) else words).add(column)
    width = 0
    for column in sorted(words - figures - {0}):
        has_figures = column - 1 in figures and any(other > column for other in figures)
        if not has_figures or not heads.get(column):
            continue
        first_heads = [heads.get(other, "") for other in range(1, width or column)]
        following = [heads.get(column + other, "") for other in range(1, width or column)]
        if heads[column] == heads.get(0) or (all(first_heads) and first_heads == following):
            width = width or column
            yield column


def _has_row_numbers(source: SourceTable) -> bool:
    """Return whether the first column only numbers the rows."""
    return ROW_NUMBERS.fullmatch("".join(source.rows[0][0].text.string.split())) is not None


def _add_levels(
    rows: list[tuple[TableCell, ...]], source: SourceTable, head_rows: int
) -> list[tuple[TableCell, ...]]:
    """Return the rows with the levels of their row heads.

    The heads of one column are read together, as far as one cell of the column before it spans them.
    """
    covering: dict[tuple[int, int], SourceCell] = {}
    slots = list(cell_slots(source.rows))
    for row, column, cell in slots:
        covering.update(dict.fromkeys(covered_slots(row, column, cell), cell))
    numbers_rows = _has_row_numbers(source)
    groups: dict[tuple[int, int], list[tuple[int, int, RowLabel]]] = {}
    indices = [index for row in source.rows for index in range(len(row))]
    for (row, column, cell), index in zip(slots, indices, strict=True):
        scope = rows[row][index].scope
        if row < head_rows or scope not in ("row", "rowgroup") or (numbers_rows and not column):
            continue
        outer = covering.get((row, column - 1))
        group = id(outer) if outer and outer.row_span > 1 else 0
        number = covering[row, 0].text.string if numbers_rows and column == 1 else ""
        label = RowLabel(text=cell.text.string.strip(), indent=cell.indent, number=number.strip())
        groups.setdefault((column, group), []).append((row, index, label))
    leveled = [list(row) for row in rows]
    for heads in groups.values():
        levels = row_levels([label for _, _, label in heads])
        for (row, index, _), level in zip(heads, levels, strict=True):
            leveled[row][index] = replace(rows[row][index], level=level)
    return [tuple(row) for row in leveled]


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
        is_figure and column == 0 and not (ROW_NUMBERS.fullmatch(head) or _NAMING_HEAD.search(head))
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
