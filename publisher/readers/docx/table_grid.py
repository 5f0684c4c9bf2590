"""Tables of a Word file on a grid that is whole: every place covered once, no line without a cell.

Word's own grid has a column wherever any row of the table once had an edge, and rows that may
begin late, end early or consist of nothing but the lower parts of merged cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.docx.text_builder import Cell
from publisher.readers.limits import require

if TYPE_CHECKING:
    from publisher.readers.docx.text_builder import Grid


def arrange(table: Grid, *, where: str) -> None:
    """Put a table on the smallest grid that it fits, its gaps filled with empty cells.

    Raises ``LimitError`` where the grid or a span is larger than any table's of a report.
    """
    edges = sorted({edge for row in table.rows for one in row for edge in (one.column, _end(one))})
    if not edges:
        return
    column_of = {edge: number for number, edge in enumerate(dict.fromkeys((0, *edges)))}
    width = len(column_of) - 1
    require("columns", width, where=where)
    require("cells", width * len(table.rows), where=where)
    for row in table.rows:
        for one in row:
            last = column_of[_end(one)]
            one.column = column_of[one.column]
            one.span = last - one.column
    _fill(table, width)
    _drop_covered(table)
    for row in table.rows:
        for one in row:
            require("span", max(one.span, one.rows), where=where)


def _end(cell: Cell) -> int:
    return cell.column + cell.span


def _fill(table: Grid, width: int) -> None:
    """Put an empty cell into each gap of a row."""
    covered: list[int] = [0] * width
    """For each column, how many rows from here on a cell above covers."""
    for number, row in enumerate(table.rows):
        taken = [left > 0 for left in covered]
        for one in row:
            for column in range(one.column, _end(one)):
                taken[column] = True
        gaps = []
        column = 0
        while column < width:
            start = column
            while column < width and not taken[column]:
                column += 1
            if column > start:
                gaps.append(Cell(column=start, span=column - start))
            column += 1
        table.rows[number] = sorted((*row, *gaps), key=lambda one: one.column)
        covered = [max(0, left - 1) for left in covered]
        for one in table.rows[number]:
            for column in range(one.column, _end(one)):
                covered[column] = one.rows - 1


def _drop_covered(table: Grid) -> None:
    """Take out rows in which no cell begins, from the cells above that cover them."""
    above: list[tuple[int, Cell]] = []
    kept: list[list[Cell]] = []
    for number, row in enumerate(table.rows):
        above = [(until, cell) for until, cell in above if until > number]
        if row:
            kept.append(row)
            above.extend((number + one.rows, one) for one in row if one.rows > 1)
        else:
            for _, cell in above:
                cell.rows -= 1
    table.rows = kept
