"""A table on its grid: every cell in its place, with the heads that speak for it.

Enters: a ``Table`` with spans. Leaves: a ``Grid``. In a table that stacks several under one
another, the head of a cell is the nearest one above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.model import Table, TableCell

FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells by row and column, counted from 0; a cell that spans stands where it begins."""

    cells: Mapping[tuple[int, int], TableCell]
    covered: Mapping[tuple[int, int], TableCell]
    """Every place of the grid and the cell that covers it."""

    @classmethod
    def of(cls, table: Table) -> Grid:
        """Put the cells in their places."""
        cells: dict[tuple[int, int], TableCell] = {}
        covered: dict[tuple[int, int], TableCell] = {}
        for row, line in enumerate((*table.head, *table.body)):
            column = 0
            for cell in line:
                while (row, column) in covered:
                    column += 1
                cells[row, column] = cell
                for r in range(row, row + cell.row_span):
                    for c in range(column, column + cell.col_span):
                        covered[r, c] = cell
                column += cell.col_span
        return cls(cells, covered)

    def text(self, row: int, column: int) -> str:
        """Return the text of the cell that covers a place."""
        cell = self.covered.get((row, column))
        return cell.text.string.strip() if cell else ""

    def columns(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row with their texts."""
        column = 0
        while (row, column) in self.covered:
            yield column, self.text(row, column)
            column += 1

    def heads_above(self, row: int, column: int) -> list[str]:
        """Return the words over a cell, the outermost first: the nearest run without figures."""
        heads: list[str] = []
        above = row - 1
        while above >= 0 and (
            FIGURE.fullmatch(self.text(above, column)) or not self.text(above, column)
        ):
            above -= 1
        while above >= 0:
            text = self.text(above, column)
            if not text or FIGURE.fullmatch(text):
                break
            if text not in heads:
                heads.insert(0, text)
            above -= 1
        return heads

    def head_beside(self, row: int, column: int) -> str:
        """Return the words nearest to the left of a cell in its row."""
        for place in range(column - 1, -1, -1):
            cell = self.covered.get((row, place))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                return cell.text.string.strip()
        return ""

    def quote(self, row: int) -> str:
        """Return a row's texts, parted by ideographic spaces."""
        return "\u3000".join(text for _, text in self.columns(row) if text)
