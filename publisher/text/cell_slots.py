"""Where the cells of a table begin in its grid, if some of them span several rows or columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class SpanningCell(Protocol):
    """A cell and how many rows and columns it spans."""

    @property
    def row_span(self) -> int:
        """Its rows, from 1."""

    @property
    def col_span(self) -> int:
        """Its columns, from 1."""


CellType = TypeVar("CellType", bound=SpanningCell)


def cell_slots(rows: Iterable[Iterable[CellType]]) -> Iterator[tuple[int, int, CellType]]:
    """Yield row and column, from 0, of each cell with the cell, row by row.

    A cell begins in the first column of its row that no cell before it covers, as in HTML.
    """
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            covered.update(covered_slots(row, column, cell))
            yield row, column, cell
            column += cell.col_span


def covered_slots(row: int, column: int, cell: SpanningCell) -> Iterator[tuple[int, int]]:
    """Yield row and column of each position that a cell covers, its own first."""
    for covered_row in range(row, row + cell.row_span):
        for covered_column in range(column, column + cell.col_span):
            yield covered_row, covered_column
