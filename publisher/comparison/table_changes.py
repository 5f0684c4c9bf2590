"""Compare two tables cell by cell.

Input: the tables. Output: rows of cells, each with its state. Rows are paired by their first cells, columns by their heads, so that a row
that was put in changes no other row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.comparison.alignment import align
from publisher.comparison.states import State, state_of
from publisher.text.cell_slots import cell_slots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.comparison.report_items import ReportTable
    from publisher.model import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A cell; the side that lacks it is ``None``."""

    state: State
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """A table of the reports; the side that lacks it is ``None``."""

    state: State
    before: ReportTable | None
    after: ReportTable | None
    head_rows: int
    """How many of the rows are heads of columns."""
    rows: tuple[tuple[CellChange, ...], ...]
    """The cells of both tables, the removed ones included; a spanning cell is at its first position."""

    @property
    def section(self) -> str:
        """Return the section of the second report, or of the first if only that has the table."""
        table = self.after or self.before
        return table.section if table else ""


@dataclass(frozen=True, slots=True)
class _Cells:
    """The texts of a table by row and column."""

    texts: Mapping[tuple[int, int], str]
    rows: int
    columns: int
    head_rows: int

    @classmethod
    def of(cls, table: Table | None) -> _Cells:
        if table is None:
            return cls({}, 0, 0, 0)
        texts = {
            (row, column): cell.text.string.strip()
            for row, column, cell in cell_slots((*table.head, *table.body))
        }
        rows = len(table.head) + len(table.body)
        columns = max((column + 1 for _, column in texts), default=0)
        return cls(texts, rows, columns, len(table.head))

    def row_keys(self) -> list[str]:
        """Return for each row its first words, which name it."""
        keys = []
        for row in range(self.rows):
            line = [self.texts.get((row, column), "") for column in range(self.columns)]
            named = [text for text in line if text and not text[0].isdigit()]
            keys.append("/".join(line if row < self.head_rows else named[:2] or line))
        return keys

    def column_keys(self) -> list[str]:
        """Return for each column the words of its heads."""
        return [
            "/".join(
                text
                for row in range(self.head_rows or 1)
                if (text := self.texts.get((row, column)))
            )
            for column in range(self.columns)
        ]


def table_key(table: Table) -> str:
    """Return the words by which a table is found in another report: its caption, heads and row names."""
    cells = _Cells.of(table)
    return "\n".join([table.caption_words, *cells.column_keys(), *cells.row_keys()])


def compare_tables(before: ReportTable | None, after: ReportTable | None) -> TableChange:
    """Return what became of the cells of a table; one side may be ``None``."""
    left, right = (_Cells.of(side.table if side else None) for side in (before, after))
    columns = [*align(left.column_keys(), right.column_keys())]
    rows = [*align(left.row_keys(), right.row_keys())]
    changes = tuple(
        tuple(
            _compare_cell(_text(left, row[0], column[0]), _text(right, row[1], column[1]))
            for column in columns
        )
        for row in rows
    )
    state = state_of(before, after)
    if before and after:
        is_same = all(cell.state is State.SAME for line in changes for cell in line)
        state = State.SAME if is_same else State.CHANGED
    return TableChange(
        state=state,
        before=before,
        after=after,
        head_rows=sum(
            (row[0] is None or row[0] < left.head_rows)
            and (row[1] is None or row[1] < right.head_rows)
            for row in rows
        ),
        rows=changes,
    )


def _text(cells: _Cells, row: int | None, column: int | None) -> str | None:
    if row is None or column is None:
        return None
    return cells.texts.get((row, column), "")


def _compare_cell(before: str | None, after: str | None) -> CellChange:
    if before is None and after is None:  # a removed row in an added column
        before = after = ""
    return CellChange(state=state_of(before, after), before=before, after=after)
