"""The official tables on their official grid: heads over their columns, groups beside their rows.

Enters: a ``SourceTable`` as a text draws it, where a head that spans is followed by blank cells or
said again in each of them, or one whose cells span. Leaves: one with spans and heads, if it is one of the forms; words said
again are taken away with an edit each. Reading order stays the source's.
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
    CONTENTS,
    REVIEWS,
    identify_form,
    official_spelling,
)
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from publisher.model import Edit, SourceTable

SAID_AGAIN = "the table says again what spans its cells"


def on_official_grid(table: SourceTable) -> tuple[SourceTable, tuple[Edit, ...]]:
    """Return the table with the spans of its form; as it came where it is none, or is whole."""
    cells = [cell for row in table.rows for cell in row]
    spans = any(cell.row_span > 1 or cell.col_span > 1 for cell in cells)
    form = identify_form(cell.text.string for cell in cells)
    if not form or (spans and any(cell.header for cell in cells)):
        return table, ()
    drawing = _Drawing(_spread(table))
    if form.endswith("2"):
        drawing.stack()
    else:
        drawing.head(3 if form.endswith("3") else 0)
    return replace(table, rows=drawing.rows()), tuple(drawing.edits)


def _spread(table: SourceTable) -> list[list[SourceCell]]:
    """Return a cell for each place of the grid: blank where another one spans."""
    places: dict[tuple[int, int], SourceCell] = {}
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line:
            while (row, column) in places:
                column += 1
            blank = SourceCell(text=cell.text.slice(0, 0))
            for r in range(row, row + cell.row_span):
                for c in range(column, column + cell.col_span):
                    places.setdefault((r, c), blank)
            places[row, column] = replace(cell, row_span=1, col_span=1)
            column += cell.col_span
    width = 1 + max(column for _, column in places)
    empty = SourceCell(text=table.rows[0][0].text.slice(0, 0))
    return [
        [places.get((row, column), empty) for column in range(width)]
        for row in range(len(table.rows))
    ]


@dataclass(slots=True)
class _Spanning:
    """A cell while its spans are being found."""

    cell: SourceCell
    header: bool = False
    rows: int = 1
    columns: int = 1


class _Drawing:
    """A table as it is drawn: one cell in each place, until some are found to be spanned."""

    def __init__(self, rows: list[list[SourceCell]]) -> None:
        self.width = max(map(len, rows))
        blank = rows[0][0].text.slice(0, 0)
        self.cells: list[list[_Spanning | None]] = [
            [
                *(_Spanning(cell) for cell in row),
                *(_Spanning(SourceCell(text=blank)) for _ in range(self.width - len(row))),
            ]
            for row in rows
        ]
        self.edits: list[Edit] = []

    def rows(self) -> tuple[tuple[SourceCell, ...], ...]:
        """Return the cells that are left, with their spans."""
        return tuple(
            tuple(
                replace(one.cell, header=one.header, row_span=one.rows, col_span=one.columns)
                for one in row
                if one is not None
            )
            for row in self.cells
        )

    def word(self, row: int, column: int) -> str:
        """Return what stands in a place, as the form spells it; empty where it is spanned."""
        one = self.cells[row][column]
        return official_spelling(one.cell.text.string) if one else ""

    def stack(self) -> None:
        """Table 2: parts under one another, each with its clause and its heads."""
        heads = 0
        for row, line in enumerate(self.cells):
            first = self.word(row, 0)
            title = bool(ARTICLE.fullmatch(first))
            for column, one in enumerate(line):
                if one is not None:
                    one.header = title or first == CONTENTS or column == 0
            last = 0 if title else max(c for c in range(self.width) if c == 0 or self.word(row, c))
            if first == CONTENTS:
                heads = last
            elif last:
                last = max(last, heads)
            if last or title:
                self._span(row, last, rows=1, columns=self.width - last)

    def head(self, stub: int) -> None:
        """Tables 3 and 4: heads in up to three rows, and in table 3 a stub of groups and rows."""
        leaves = [
            (row, column)
            for row in range(min(4, self._first_figures()))
            for column in range(self.width)
            if self.word(row, column) in COLUMN_HEADS
        ]
        if not leaves:
            return
        depth = 1 + max(row for row, _ in leaves)
        first = min(column for _, column in leaves) if stub else 0
        for row, column in leaves:
            self._span(row, column, rows=depth - row, columns=1, header=True)
        for row in range(depth):
            for column in range(self.width):
                if self.word(row, column) in (*APPLICANT_GROUPS, *REVIEWS):
                    self._span(row, column, rows=1, columns=self._reach(row, column), header=True)
        if first:
            self._span(0, 0, rows=depth, columns=first, header=True)
            self._stub(depth, first)

    def _first_figures(self) -> int:
        """Return the first row that has figures; its labels are no heads, 总计 among them."""
        return next(
            (
                row
                for row, line in enumerate(self.cells)
                if any(one and FIGURE.fullmatch(one.cell.text.string.strip()) for one in line)
            ),
            len(self.cells),
        )

    def _reach(self, row: int, column: int) -> int:
        """Return how many columns a group's head spans: up to the next word in its row."""
        own = self.word(row, column)
        end = column + 1
        while end < self.width and self.cells[row][end] and self.word(row, end) in ("", own):
            end += 1
        return end - column

    def _stub(self, start: int, width: int) -> None:
        """Set the labels beside the figures: groups over their rows, rows over what is left."""
        above = [-1] * width
        for row in range(start, len(self.cells)):
            words = [self.word(row, column) for column in range(width)]
            column = 0
            while (
                column < width
                and above[column] >= 0
                and words[column] in ("", self.word(above[column], column))
                and any(words[column + 1 :])
                and (words[column] == "" or words[column] != words[min(column + 1, width - 1)])
            ):
                group = self.cells[above[column]][column]
                if group is None:
                    break
                group.rows += 1
                self._take(row, column)
                column += 1
            above[column:] = [-1] * (width - column)
            while column < width:
                end = column + 1
                while end < width and words[end] in ("", words[column]):
                    end += 1
                self._span(row, column, rows=1, columns=end - column, header=True)
                above[column] = row
                column = end

    def _span(
        self, row: int, column: int, *, rows: int, columns: int, header: bool | None = None
    ) -> None:
        """Let a cell span its neighbours; one that has words of its own stays."""
        one = self.cells[row][column]
        if one is None:
            return
        if header is not None:
            one.header = header
        own = self.word(row, column)
        covered = [
            (r, c)
            for r in range(row, row + rows)
            for c in range(column, column + columns)
            if (r, c) != (row, column)
        ]
        if any(self.cells[r][c] is None or self.word(r, c) not in ("", own) for r, c in covered):
            return
        for r, c in covered:
            self._take(r, c)
        one.rows, one.columns = rows, columns

    def _take(self, row: int, column: int) -> None:
        """Take a cell away; words that it says again become an edit."""
        one = self.cells[row][column]
        if one is not None and one.cell.text.string:
            text = one.cell.text
            change = Replacement(start=0, end=len(text), after="", reason=SAID_AGAIN)
            self.edits += apply_edits(text, [change], stage="normalise", rule="table-spans")[1]
        self.cells[row][column] = None
