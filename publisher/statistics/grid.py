"""A table on its grid: every cell in its place, with the heads that speak for it.

Enters: a ``Table`` with spans. Leaves: a ``Grid``. In a table that stacks several under one
another, the head of a cell is the nearest one above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Check
from publisher.reference.units import is_unit
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Outcome, Reason, Table, TableCell

FIGURE = re.compile(r"(?P<value>[-−+＋]?\d[\d,]{0,999}(?:\.\d{1,999})?)(?P<unit>[万亿萬億]?元)?")
"""A cell that states a figure; 本年增/减 may have a plus, money its unit."""
_PLAIN = str.maketrans({"−": "-", "+": None, "＋": None, ",": None})
MOST_HEADS = 6
"""No column has more heads over one another."""
CODES = re.compile("代码|序号|编号|行次|行号|代碼|序號|編號|行號")
"""The head of a column that numbers the rows."""
NONE = ("/", "／", "—", "-", "－")
"""A cell that says that there is nothing, or that the question does not arise."""


def plain_figure(text: str) -> str:
    """Return the figure of a cell as a decimal is written: 1,234元 is 1234; empty of any other."""
    figure = FIGURE.fullmatch(text.strip())
    return figure["value"].translate(_PLAIN) if figure else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells by row and column, counted from 0; a cell that spans stands where it begins."""

    cells: Mapping[tuple[int, int], TableCell]
    covered: Mapping[tuple[int, int], TableCell]
    """Every place of the grid and the cell that covers it."""
    _heads: dict[int, list[tuple[str, ...]]]
    """For each column that was asked for, the heads over each of its rows."""
    _lines: Mapping[int, Sequence[TableCell]]
    """The cells that each row shows, from left to right."""

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
        lines: dict[int, dict[int, TableCell]] = {}
        for (row, _), cell in sorted(covered.items(), key=lambda one: one[0]):
            lines.setdefault(row, {})[id(cell)] = cell
        return cls(cells, covered, {}, {row: tuple(line.values()) for row, line in lines.items()})

    def text(self, row: int, column: int) -> str:
        """Return the text of the cell that covers a place."""
        cell = self.covered.get((row, column))
        return cell.text.string.strip() if cell else ""

    def holds_units(self, column: int) -> bool:
        """Tell a column of units of measure from one of the offices that are counted (单位 is both)."""
        below = [text for row in sorted(self._lines)[1:] if (text := self.text(row, column))]
        units = [text for text in below if is_unit(to_simplified(text))]
        return 2 * len(units) > len(below)

    def number(self, row: int, column: int) -> Decimal | None:
        """Return the figure of a place, 0 where the cell says there is none; ``None`` of any other.

        A shared cell has no figure of its own in any of its places.
        """
        text = self.text(row, column)
        if text in NONE:
            return Decimal(0)
        figure = plain_figure(text)
        return Decimal(figure) if figure and not self.is_shared(row, column) else None

    def columns(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row with their texts."""
        column = 0
        while (row, column) in self.covered:
            yield column, self.text(row, column)
            column += 1

    def kinds(self, start: int) -> list[list[str]]:
        """Say what each cell is, from row ``start`` on: a figure, none, blank, shared or words.

        ``none`` says that there is nothing to count; a ``shared`` cell holds figures beside which
        others were dropped, so that nobody knows whose they are.
        """
        rows: dict[int, list[str]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            if row >= start:
                rows.setdefault(row, []).append(self._kind(row, column, cell))
        return list(rows.values())

    def _kind(self, row: int, column: int, cell: TableCell) -> str:
        text = cell.text.string.strip()
        if not text:
            return "blank"
        if text in NONE:
            return "none"
        if not cell.scope and self.is_shared(row, column):
            return "shared"
        return "figure" if FIGURE.fullmatch(text) else "words"

    def is_shared(self, row: int, column: int) -> bool:
        """Tell a cell that lies over more columns than the head above it: whose it is, is open."""
        width = self.covered[row, column].col_span
        if width == 1:
            return False
        above = (self.covered.get((r, column)) for r in range(row - 1, -1, -1))
        head = next((one for one in above if one is not None and one.scope), None)
        return head is not None and width > head.col_span

    def _has_words(self, row: int, column: int) -> bool:
        text = self.text(row, column)
        return any(
            part not in ("", *NONE) and not FIGURE.fullmatch(part) for part in text.split("\u3000")
        )

    def heads_above(self, row: int, column: int) -> tuple[str, ...]:
        """Return the words over a cell, the outermost first: the nearest run without figures."""
        if column not in self._heads:
            self._heads[column] = list(self._runs(column))
        return self._heads[column][row]

    def _runs(self, column: int) -> Iterator[tuple[str, ...]]:
        """Yield for each row of a column the last run of words above it."""
        run: tuple[str, ...] = ()
        going_on = False
        for row in range(max(self._lines, default=-1) + 1):
            yield run
            words = self.text(row, column) if self._has_words(row, column) else ""
            if words:
                above = tuple(one for one in run if one != words) if going_on else ()
                run = (*above, words)[-MOST_HEADS:]
            going_on = bool(words)

    def head_beside(self, row: int, column: int) -> str:
        """Return the words nearest to the left of a cell in its row."""
        for place in range(column - 1, -1, -1):
            cell = self.covered.get((row, place))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                return cell.text.string.strip()
        return ""

    def heads_beside(self, row: int, column: int) -> list[str]:
        """Return the words to the left of a cell in its rows, the outermost first."""
        found: dict[int, str] = {}
        for place in range(column):
            cell = self.covered.get((row, place))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                found[id(cell)] = cell.text.string.strip()
        return list(found.values())

    def identity(
        self,
        place: tuple[int, int],
        *,
        told: str,
        subject: str,
        numbers: tuple[Decimal, Decimal],
        verdict: tuple[Outcome, Reason],
    ) -> Check:
        """Return the check of a figure that others of its table make up; ``told`` is its sum.

        ``numbers`` are the figure as stated and as computed.
        """
        where = self.covered[place].text.locator
        return Check(
            kind="table-identity",
            statement=told,
            subject=subject,
            stated=str(numbers[0]),
            computed=str(numbers[1]),
            outcome=verdict[0],
            reason=verdict[1],
            quote=self.quote(place[0]),
            locator=where,
            clause=where,
        )

    def quote(self, row: int) -> str:
        """Return a row's texts, parted by ideographic spaces; what spans is said once."""
        texts = (cell.text.string.strip() for cell in self._lines.get(row, ()))
        return "\u3000".join(filter(None, texts))
