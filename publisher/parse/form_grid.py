"""Official tables on their official grid: heads over their columns, groups beside their rows.

Input: a ``SourceTable`` in which a head that spans several cells is followed by blank cells or repeated
in each of them, or whose cells span. Output: one with spans and heads, if the table is one of the
official forms; repeated words are removed with an edit each. The reading order stays the source's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import SourceCell
from publisher.parse.form_reconstruction import FIGURE
from publisher.reference.official_forms import (
    APPLICANT_GROUPS,
    ARTICLE,
    COLUMN_HEADS,
    CONTENTS_HEAD,
    REVIEWS,
    identify_form,
    official_spelling,
)
from publisher.text.cell_slots import cell_slots, covered_slots
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from publisher.model import Edit, SourceTable

TABLE_SPANS = "table-spans"
"""The rule of the edits that remove repeated words."""
_REPEATED = "the table repeats the words of a spanning head in its cells"


def fit_to_form_grid(table: SourceTable) -> tuple[SourceTable, tuple[Edit, ...]]:
    """Return a table with the spans of its form; unchanged if it is no form or has spans and heads."""
    cells = [cell for row in table.rows for cell in row]
    has_spans = any(cell.row_span > 1 or cell.col_span > 1 for cell in cells)
    form = identify_form(cell.text.string for cell in cells)
    if not form or (has_spans and any(cell.header for cell in cells)):
        return table, ()
    grid = _FormGrid(_split_spans(table))
    if form.endswith("2"):
        grid.fit_table_2()
    else:
        grid.fit_heads(has_row_labels=form.endswith("3"))
    return replace(table, rows=grid.rows()), tuple(grid.edits)


def _split_spans(table: SourceTable) -> list[list[SourceCell]]:
    """Return one cell for each position of the grid; blank where another cell spans."""
    cells: dict[tuple[int, int], SourceCell] = {}
    for row, column, cell in cell_slots(table.rows):
        blank = SourceCell(text=cell.text.slice(0, 0))
        for slot in covered_slots(row, column, cell):
            cells.setdefault(slot, blank)
        cells[row, column] = replace(cell, row_span=1, col_span=1)
    width = 1 + max(column for _, column in cells)
    empty = SourceCell(text=table.rows[0][0].text.slice(0, 0))
    return [
        [cells.get((row, column), empty) for column in range(width)]
        for row in range(len(table.rows))
    ]


@dataclass(slots=True)
class _GridCell:
    """A cell and the spans that are found for it."""

    cell: SourceCell
    header: bool = False
    rows: int = 1
    columns: int = 1


class _FormGrid:
    """A grid with one cell in each position; ``None`` where another cell was found to span."""

    def __init__(self, rows: list[list[SourceCell]]) -> None:
        self.width = max(map(len, rows))
        blank = rows[0][0].text.slice(0, 0)
        self.cells: list[list[_GridCell | None]] = [
            [
                *(_GridCell(cell) for cell in row),
                *(_GridCell(SourceCell(text=blank)) for _ in range(self.width - len(row))),
            ]
            for row in rows
        ]
        self.edits: list[Edit] = []

    def rows(self) -> tuple[tuple[SourceCell, ...], ...]:
        """Return the remaining cells with their spans."""
        return tuple(
            tuple(
                replace(
                    grid_cell.cell,
                    header=grid_cell.header,
                    row_span=grid_cell.rows,
                    col_span=grid_cell.columns,
                )
                for grid_cell in row
                if grid_cell is not None
            )
            for row in self.cells
        )

    def words(self, row: int, column: int) -> str:
        """Return the words at a position in their official spelling; empty if it is spanned."""
        grid_cell = self.cells[row][column]
        return official_spelling(grid_cell.cell.text.string) if grid_cell else ""

    def fit_table_2(self) -> None:
        """Fit table 2: parts below each other, each with its clause and its heads."""
        last_head_column = 0
        for row, line in enumerate(self.cells):
            first = self.words(row, 0)
            is_clause = bool(ARTICLE.fullmatch(first))
            for column, grid_cell in enumerate(line):
                if grid_cell is not None:
                    grid_cell.header = is_clause or first == CONTENTS_HEAD or column == 0
            last = (
                0
                if is_clause
                else max(c for c in range(self.width) if c == 0 or self.words(row, c))
            )
            if first == CONTENTS_HEAD:
                last_head_column = last
            elif last:
                last = max(last, last_head_column)
            if last or is_clause:
                self._span(row, last, rows=1, columns=self.width - last)

    def fit_heads(self, *, has_row_labels: bool) -> None:
        """Fit tables 3 and 4: heads in up to three rows, and in table 3 the labels of the rows."""
        column_heads = [
            (row, column)
            for row in range(min(4, self._first_row_of_figures()))
            for column in range(self.width)
            if self.words(row, column) in COLUMN_HEADS
        ]
        if not column_heads:
            return
        depth = 1 + max(row for row, _ in column_heads)
        label_columns = min(column for _, column in column_heads) if has_row_labels else 0
        for row, column in column_heads:
            self._span(row, column, rows=depth - row, columns=1, header=True)
        for row in range(depth):
            for column in range(self.width):
                if self.words(row, column) in (*APPLICANT_GROUPS, *REVIEWS):
                    columns = self._group_width(row, column)
                    self._span(row, column, rows=1, columns=columns, header=True)
        if label_columns:
            self._span(0, 0, rows=depth, columns=label_columns, header=True)
            self._fit_row_labels(depth, label_columns)

    def _first_row_of_figures(self) -> int:
        """Return the first row with a figure; labels from there on are not heads, 总计 included."""
        return next(
            (
                row
                for row, line in enumerate(self.cells)
                if any(
                    grid_cell and FIGURE.fullmatch(grid_cell.cell.text.string.strip())
                    for grid_cell in line
                )
            ),
            len(self.cells),
        )

    def _group_width(self, row: int, column: int) -> int:
        """Return how many columns the head of a group spans: up to the next words in its row."""
        own = self.words(row, column)
        end = column + 1
        while end < self.width and self.cells[row][end] and self.words(row, end) in ("", own):
            end += 1
        return end - column

    def _fit_row_labels(self, start: int, width: int) -> None:
        """Span the labels beside the figures: groups over their rows, rows over the columns left."""
        group_rows = [-1] * width
        """By column, the row of the group above; -1 if there is none."""
        for row in range(start, len(self.cells)):
            words = [self.words(row, column) for column in range(width)]
            column = 0
            while (
                column < width
                and group_rows[column] >= 0
                and words[column] in ("", self.words(group_rows[column], column))
                and any(words[column + 1 :])
                and (words[column] == "" or words[column] != words[min(column + 1, width - 1)])
            ):
                group = self.cells[group_rows[column]][column]
                if group is None:
                    break
                group.rows += 1
                self._remove(row, column)
                column += 1
            group_rows[column:] = [-1] * (width - column)
            while column < width:
                end = column + 1
                while end < width and words[end] in ("", words[column]):
                    end += 1
                self._span(row, column, rows=1, columns=end - column, header=True)
                group_rows[column] = row
                column = end

    def _span(
        self, row: int, column: int, *, rows: int, columns: int, header: bool | None = None
    ) -> None:
        """Let a cell span its neighbours, unless one of them has words of its own."""
        grid_cell = self.cells[row][column]
        if grid_cell is None:
            return
        if header is not None:
            grid_cell.header = header
        own = self.words(row, column)
        covered = [
            (r, c)
            for r in range(row, row + rows)
            for c in range(column, column + columns)
            if (r, c) != (row, column)
        ]
        if any(self.cells[r][c] is None or self.words(r, c) not in ("", own) for r, c in covered):
            return
        for r, c in covered:
            self._remove(r, c)
        grid_cell.rows, grid_cell.columns = rows, columns

    def _remove(self, row: int, column: int) -> None:
        """Remove a spanned cell; words that it repeats become an edit."""
        grid_cell = self.cells[row][column]
        if grid_cell is not None and grid_cell.cell.text.string:
            text = grid_cell.cell.text
            change = Replacement(start=0, end=len(text), after="", reason=_REPEATED)
            self.edits += apply_edits(text, [change], stage="normalise", rule=TABLE_SPANS)[1]
        self.cells[row][column] = None
