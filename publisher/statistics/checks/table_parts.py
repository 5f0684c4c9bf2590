"""The check of rows that are parts of the row above them: 其中, numbered parts, indented parts, account codes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import OF_WHICH, ROW_NUMBERS, is_total, plain_label
from publisher.statistics.cell_units import CellUnits
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.table_totals import NO_SUM
from publisher.statistics.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table

LEAST_SUMS = 2
"""Sums of parts that hold in a table before another one that does not is a mistake."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A row with the rows that are its parts, one level deeper."""

    whole: int
    parts: tuple[int, ...]
    column: int
    """The column of the row heads."""
    has_of_which: bool
    """Whether 其中 opens the parts, which then may overlap or be incomplete."""


_EXAMPLE = "| 项目 | 人数 |\n|---|---|\n| 在校学生 | {} |\n| 其中：女生 | 51 |\n| 教师 | 9 |"


@arithmetic_check(
    name="table-parts",
    kinds=("table-identity",),
    reason="A part after 其中 is at most its whole. Numbered and indented parts are the sum of their whole; a sum "
    "that differs fails if most of the other sums of the table hold.",
    fails=((_EXAMPLE.format(50), "人数：在校学生 50 ≥ 51 is stated, 51 is computed"),),
    holds=(_EXAMPLE.format(100),),
    exceptions="official forms and indicator tables, which have their own checks; shares, averages, ranks and "
    "scores; negative figures; parts in another unit; blank cells; tables in which few sums hold.",
)
def check_table_parts(table: Table) -> Iterator[Check]:
    """Compare rows of a table with the rows that they are parts of."""
    grid = Grid.from_table(table)
    groups = _groups(grid)
    if not groups:
        return
    units = CellUnits(table, grid)
    sums: list[Check] = []
    for group in groups:
        for column, name in _figure_columns(grid, group.column):
            if len({units.unit(row, column) for row in (group.whole, *group.parts)}) > 1:
                continue
            if group.has_of_which:
                yield from _check_of_which(grid, group, column, name)
            elif (check := _check_sum(grid, group, column, name)) is not None:
                sums.append(check)
    holding = [check for check in sums if check.outcome is Outcome.HOLDS]
    yield from sums if len(holding) >= max(LEAST_SUMS, len(sums) / 2 + 0.5) else holding


def _groups(grid: Grid) -> list[_Group]:
    """Return the rows that have parts; totals have none."""
    groups = []
    heads = [
        (row, column, cell)
        for (row, column), cell in sorted(grid.cells.items())
        if cell.scope in ("row", "rowgroup")
    ]
    for column in {column for _, column, _ in heads}:
        rows = [(row, cell) for row, other, cell in heads if other == column]
        for index, (row, whole) in enumerate(rows):
            label = plain_label(whole.text.string)
            parts = []
            for part_row, part in rows[index + 1 :]:
                if part.level <= whole.level:
                    break
                if part.level == whole.level + 1:
                    parts.append((part_row, part.text.string.strip()))
            if parts and not is_total(label) and row not in (part for part, _ in parts):
                groups.append(
                    _Group(
                        row,
                        tuple(part for part, _ in parts),
                        column,
                        any(OF_WHICH.match(words) for _, words in parts),
                    )
                )
    return groups


def _figure_columns(grid: Grid, head_column: int) -> Iterator[tuple[int, str]]:
    """Yield the columns whose figures add up, with their heads."""
    last_row = max(row for row, _ in grid.cells)
    for column, _ in grid.columns(last_row):
        heads = tuple(map(plain_label, grid.column_heads(last_row, column)))
        is_sum = not any(map(NO_SUM.search, heads)) and not any(map(ROW_NUMBERS.fullmatch, heads))
        if column > head_column and is_sum:
            yield column, "/".join(heads)


def _check_of_which(grid: Grid, group: _Group, column: int, name: str) -> Iterator[Check]:
    whole = grid.number(group.whole, column)
    for row in group.parts:
        part = grid.number(row, column)
        if whole is not None and part is not None and min(whole, part) >= 0:
            yield _make_check(grid, group, (column, name), whole, [part])


def _check_sum(grid: Grid, group: _Group, column: int, name: str) -> Check | None:
    whole = grid.number(group.whole, column)
    parts = [grid.number(row, column) for row in group.parts]
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts) or len(parts) < 2:
        return None
    return _make_check(grid, group, (column, name), whole, known)


def _make_check(
    grid: Grid, group: _Group, column: tuple[int, str], whole: Decimal, parts: Sequence[Decimal]
) -> Check:
    index, name = column
    label = "".join(grid.text(group.whole, group.column).split())
    subject = f"{name}：{label}" if name else label
    computed = sum(parts, Decimal(0))
    holds = computed == whole or (group.has_of_which and computed < whole)
    terms = " + ".join(map(str, parts)).replace("+ -", "− ")
    return grid.make_check(
        (group.whole, index),
        formula=f"{subject} {whole} {'≥' if group.has_of_which else '='} {terms}",
        subject=subject,
        numbers=(whole, computed),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
    )
