"""Tables of a Word file on a complete grid: every slot covered once, no row without a cell.

Word's own grid has a column wherever any row of the table once had an edge. Its rows may begin
late, end early or consist only of the lower parts of merged cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.docx.text_builder import Cell
from publisher.readers.limits import require

if TYPE_CHECKING:
    from publisher.readers.docx.text_builder import Table


def fit_to_grid(table: Table, *, where: str) -> None:
    """Fit a table to the smallest grid that holds its cells, and fill its gaps with empty cells.

    Raises:
        LimitError: The grid or a span is beyond the limits ``columns``, ``cells`` or ``span``.

    """
    edges = sorted(
        {edge for row in table.rows for cell in row for edge in (cell.column, _end_column(cell))}
    )
    if not edges:
        return
    column_of = {edge: row_index for row_index, edge in enumerate(dict.fromkeys((0, *edges)))}
    width = len(column_of) - 1
    require("columns", width, where=where)
    require("cells", width * len(table.rows), where=where)
    for row in table.rows:
        for cell in row:
            last = column_of[_end_column(cell)]
            cell.column = column_of[cell.column]
            cell.column_span = last - cell.column
    _fill_gaps(table, width)
    _drop_empty_rows(table)
    for row in table.rows:
        for cell in row:
            require("span", max(cell.column_span, cell.row_span), where=where)


def _end_column(cell: Cell) -> int:
    return cell.column + cell.column_span


def _fill_gaps(table: Table, width: int) -> None:
    """Put an empty cell into each gap of a row."""
    rows_left: list[int] = [0] * width
    """For each column, how many rows from the current one on are covered by a cell above."""
    for row_index, row in enumerate(table.rows):
        is_covered = [count > 0 for count in rows_left]
        for cell in row:
            for column in range(cell.column, _end_column(cell)):
                is_covered[column] = True
        gaps = []
        column = 0
        while column < width:
            start = column
            while column < width and not is_covered[column]:
                column += 1
            if column > start:
                gaps.append(Cell(column=start, column_span=column - start))
            column += 1
        table.rows[row_index] = sorted((*row, *gaps), key=lambda cell: cell.column)
        rows_left = [max(0, count - 1) for count in rows_left]
        for cell in table.rows[row_index]:
            for column in range(cell.column, _end_column(cell)):
                rows_left[column] = cell.row_span - 1


def _drop_empty_rows(table: Table) -> None:
    """Remove rows in which no cell begins, and shorten the cells above that cover them."""
    spanning_cells: list[tuple[int, Cell]] = []
    rows: list[list[Cell]] = []
    for row_index, row in enumerate(table.rows):
        spanning_cells = [
            (end_row, cell) for end_row, cell in spanning_cells if end_row > row_index
        ]
        if row:
            rows.append(row)
            spanning_cells.extend(
                (row_index + cell.row_span, cell) for cell in row if cell.row_span > 1
            )
        else:
            for _, cell in spanning_cells:
                cell.row_span -= 1
    table.rows = rows
