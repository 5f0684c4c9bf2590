"""The grid of a table: each cell by row and column, with the heads that apply to it.

Input: a ``Table`` with spans. Output: a ``Grid``. Where a table consists of several tables below one another, the head of
a cell is the nearest one above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING

from publisher.model import Check
from publisher.reference.row_labels import OF_WHICH, is_total, plain_label
from publisher.reference.units import is_unit
from publisher.text.cell_figures import match_figure, plain_figure
from publisher.text.cell_slots import cell_slots, covered_slots
from publisher.text.numbering import read_number
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from publisher.model import Outcome, Reason, Table, TableCell

_BARE_YEAR = re.compile("(?:19|20)[0-9]{2}")
MAX_HEAD_ROWS = 6
"""Heads above one another in a column."""
NO_FIGURE = ("/", "／", "—", "-", "－")
"""Cells that mean zero or not applicable."""
NO_UNIT = re.compile("[/／—–－-]{1,3}|无|無")
"""What a column 单位 has for figures without a unit."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table by row and column, counted from 0."""

    cells: Mapping[tuple[int, int], TableCell]
    """Each cell at the position where it begins."""
    covered: Mapping[tuple[int, int], TableCell]
    """Every position of the grid and the cell that covers it."""
    _heads: dict[int, list[tuple[str, ...]]]
    """Cache: for a column, the heads above each of its rows."""
    _lines: Mapping[int, Sequence[TableCell]]
    """The cells in each row, from left to right, spanning ones included."""
    _wholes: Mapping[int, tuple[TableCell, ...]]
    """By ``id()`` of a row head below the first level: the row heads of its column that it is a part of, the outermost first."""

    _head_rows: int
    """How many rows are above the body."""

    @classmethod
    def from_table(cls, table: Table) -> Grid:
        """Return the grid of a table."""
        cells: dict[tuple[int, int], TableCell] = {}
        covered: dict[tuple[int, int], TableCell] = {}
        for row, column, cell in cell_slots((*table.head, *table.body)):
            cells[row, column] = cell
            covered.update(dict.fromkeys(covered_slots(row, column, cell), cell))
        lines: dict[int, dict[int, TableCell]] = {}
        for (row, _), cell in sorted(covered.items(), key=lambda item: item[0]):
            lines.setdefault(row, {})[id(cell)] = cell
        rows = {row: tuple(line.values()) for row, line in lines.items()}
        return cls(cells, covered, {}, rows, _find_wholes(cells), len(table.head))

    def text(self, row: int, column: int) -> str:
        """Return the text of the cell that covers a position; empty outside the table."""
        cell = self.covered.get((row, column))
        return cell.text.string.strip() if cell else ""

    def holds_units(self, column: int) -> bool:
        """Return whether a column 单位 holds units of measure; the word also means offices."""
        below = [text for row in sorted(self._lines)[1:] if (text := self.text(row, column))]
        below = [text for text in below if not NO_UNIT.fullmatch(text)]
        units = [text for text in below if is_unit(to_simplified(text))]
        return 2 * len(units) > len(below)

    def rows(self, first: int = 0) -> list[int]:
        """Return the rows in which a cell begins, from the row ``first`` on."""
        return sorted({row for row, _ in self.cells if row >= first})

    def number(self, row: int, column: int) -> Decimal | None:
        """Return the figure at a position: 0 for a cell that means none; ``None`` if it has no figure.

        A shared cell has no figure at any of its positions.
        """
        text = self.text(row, column)
        if text in NO_FIGURE:
            return Decimal(0)
        figure = "" if self.is_year_head(row, column) else plain_figure(text)
        return Decimal(figure) if figure and not self.is_shared(row, column) else None

    def rows_of_cell(self, row: int, column: int) -> range:
        """Return the rows that the cell at a position covers; its figure is one figure for all of them."""
        cell = self.covered[row, column]
        first = row
        while self.covered.get((first - 1, column)) is cell:
            first -= 1
        return range(first, first + cell.row_span)

    def figures(self, positions: Iterable[tuple[int, int]]) -> list[Decimal | None]:
        """Return the figures at positions, as ``number``; that of a cell which covers several of them once."""
        cells = {id(self.covered.get(position)): position for position in positions}
        return [self.number(*position) for position in cells.values()]

    def is_year_head(self, row: int, column: int) -> bool:
        """Return whether a cell is the head of the figures of a year: 2023 above them, without 年."""
        return row < self._head_rows and bool(_BARE_YEAR.fullmatch(self.text(row, column)))

    def columns(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row with their texts."""
        column = 0
        while (row, column) in self.covered:
            yield column, self.text(row, column)
            column += 1

    def cell_kinds(self, start: int) -> list[list[str]]:
        """Return the kind of each cell from row ``start`` on: figure, none, blank, shared or words.

        ``none`` means that there is nothing to count. A ``shared`` cell spans columns with heads of their own, so
        that its figure belongs to none of them.
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
        if text in NO_FIGURE:
            return "none"
        if not cell.scope and self.is_shared(row, column):
            return "shared"
        return "figure" if match_figure(text) else "words"

    def is_shared(self, row: int, column: int) -> bool:
        """Return whether a cell spans more columns than the head above it."""
        width = self.covered[row, column].col_span
        if width == 1:
            return False
        above = (self.covered.get((r, column)) for r in range(row - 1, -1, -1))
        head = next((cell for cell in above if cell is not None and cell.scope), None)
        return head is not None and width > head.col_span

    def _has_words(self, row: int, column: int) -> bool:
        text = self.text(row, column)
        return self.is_year_head(row, column) or any(
            part not in ("", *NO_FIGURE) and not match_figure(part) for part in text.split("\u3000")
        )

    def column_heads(self, row: int, column: int) -> tuple[str, ...]:
        """Return the heads above a cell, the outermost first: the nearest cells with words, one below another."""
        if column not in self._heads:
            self._heads[column] = list(self._head_stacks(column))
        return self._heads[column][row]

    def _head_stacks(self, column: int) -> Iterator[tuple[str, ...]]:
        """Yield for each row of a column the heads above it."""
        heads: tuple[str, ...] = ()
        is_continued = False
        for row in range(max(self._lines, default=-1) + 1):
            yield heads
            words = self.text(row, column) if self._has_words(row, column) else ""
            if words:
                above = tuple(head for head in heads if head != words) if is_continued else ()
                heads = (*above, words)[-MAX_HEAD_ROWS:]
            is_continued = bool(words)

    def row_head(self, row: int, column: int) -> str:
        """Return the nearest row head to the left of a cell; empty if there is none."""
        for other in range(column - 1, -1, -1):
            cell = self.covered.get((row, other))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                return cell.text.string.strip()
        return ""

    def row_heads(self, row: int, column: int) -> list[str]:
        """Return the row heads to the left of a cell, the outermost first."""
        heads: dict[int, str] = {}
        for other in range(column):
            cell = self.covered.get((row, other))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                heads[id(cell)] = cell.text.string.strip()
        return list(heads.values())

    def wholes(self, row: int, column: int) -> list[str]:
        """Return the row heads that the nearest row head to the left of a cell is a part of, the outermost first."""
        for other in range(column - 1, -1, -1):
            cell = self.covered.get((row, other))
            if cell and cell.scope in ("row", "rowgroup") and cell.text.string.strip():
                return [whole.text.string.strip() for whole in self._wholes.get(id(cell), ())]
        return []

    def row_level(self, row: int) -> int:
        """Return of how many rows above it a row is a part: the level of the row head nearest to its figures."""
        levels = [
            cell.level
            for cell in self._lines.get(row, ())
            if cell.scope in ("row", "rowgroup") and cell.text.string.strip()
        ]
        return levels[-1] if levels else 0

    def row_path(self, row: int, column: int, *, without: Container[int] = ()) -> list[str]:
        """Return what names the row of a cell, the outermost first: its row heads, each below those that it is a part of.

        If the heads have levels, their numbers and 其中 are left out, since the path says the same. A total is no part of
        a path, unless what follows is named as a part of it by 其中. Nor are the heads in the columns ``without``.
        """
        names: list[str] = []
        heads: dict[int, TableCell] = {}
        for other in range(column):
            cell = self.covered.get((row, other))
            if other not in without and cell and cell.scope in ("row", "rowgroup"):
                heads[id(cell)] = cell
        for head in heads.values():
            line = [*self._wholes.get(id(head), ()), head]
            for whole, part in zip(line, [*line[1:], None], strict=True):
                name = whole.text.string.strip()
                if part and is_total(plain_label(name)) and not OF_WHICH.match(part.text.string):
                    continue
                names.append(_words_of_label(name) if self._wholes else name)
        return [name for name in names if name]

    def make_check(
        self,
        position: tuple[int, int],
        *,
        formula: str,
        subject: str,
        numbers: tuple[Decimal, Decimal],
        verdict: tuple[Outcome, Reason],
    ) -> Check:
        """Return a check of a cell against other cells of its table.

        Args:
            position: Row and column of the cell.
            formula: The statement in short: 总计 9 = 8 + 1.
            subject: What the cell counts.
            numbers: The figure as stated and as computed.
            verdict: The outcome, and the reason if it cannot be verified.
        """
        locator = self.covered[position].text.locator
        return Check(
            kind="table-identity",
            statement=formula,
            subject=subject,
            stated=str(numbers[0]),
            computed=str(numbers[1]),
            outcome=verdict[0],
            reason=verdict[1],
            quote=self.quote(position[0]),
            locator=locator,
            clause=locator,
        )

    def quote(self, row: int) -> str:
        """Return the texts of a row, separated by ideographic spaces; a spanning cell is included once."""
        texts = (cell.text.string.strip() for cell in self._lines.get(row, ()))
        return "\u3000".join(filter(None, texts))


def _find_wholes(
    cells: Mapping[tuple[int, int], TableCell],
) -> dict[int, tuple[TableCell, ...]]:
    """Return for each row head below the first level those that it is a part of, by ``id()`` of its cell."""
    wholes: dict[int, tuple[TableCell, ...]] = {}
    open_heads: dict[int, list[TableCell]] = {}
    for (_, column), cell in sorted(cells.items(), key=itemgetter(0)):
        if cell.scope in ("row", "rowgroup"):
            heads = open_heads.setdefault(column, [])
            del heads[cell.level :]
            if heads:
                wholes[id(cell)] = tuple(heads)
            heads.append(cell)
    return wholes


def _words_of_label(label: str) -> str:
    """Return the label of a row without its number and 其中."""
    number = read_number(label)
    words = label[number.start :].strip() if number else label
    return words[match.end() :] if (match := OF_WHICH.match(words)) else words
