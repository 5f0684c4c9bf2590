"""The check of rows that are parts of the row above them: 其中, numbered parts, indented parts, account codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import OF_WHICH, ROW_NUMBERS, is_total, plain_label
from publisher.statistics.cell_units import CellUnits
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.grid import Grid
from publisher.statistics.measure_names import column_adds_up

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from publisher.model import Check, Table

HOLDING_FOR_EACH = 2
"""Comparisons of a table that hold for each one that does not, before that one is a mistake."""
_NOT_ADDITIVE = re.compile("价格|指数|最[高低大小多少]|平均|增速|密度|温度|水位|年龄")
"""Words of a row or a caption whose figures are no amounts."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A row with the rows that are its parts, one level deeper."""

    whole: int
    parts: tuple[int, ...]
    column: int
    """The column of the row heads."""
    has_of_which: bool
    """Whether 其中 opens the parts, which then may overlap or be incomplete."""


_EXAMPLE = (
    "| 项目 | 小学 | 初中 | 高中 |\n|---|---|---|---|\n"
    "| 在校学生 | {} | 90 | 70 |\n| 其中：女生 | 51 | 40 | 30 |\n| 教师 | 9 | 8 | 7 |"
)


@arithmetic_check(
    name="table-parts",
    kinds=("table-identity",),
    reason="A part after 其中 is at most its whole; numbered and indented parts are the sum of their whole. A comparison "
    "that does not hold fails if at least twice as many comparisons of the table hold.",
    fails=((_EXAMPLE.format(50), "小学：在校学生 50 ≥ 51 is stated, 51 is computed"),),
    holds=(_EXAMPLE.format(100),),
    exceptions="official forms and indicator tables, which have their own checks; percentages, prices, averages, ranks and "
    "scores; figures for a unit (元/人); negative figures; parts in another unit; blank cells.",
)
def check_table_parts(table: Table) -> Iterator[Check]:
    """Compare rows of a table with the rows that they are parts of."""
    grid = Grid.from_table(table)
    groups = _groups(grid)
    if not groups or _is_no_amount(table.caption_words):
        return
    units = CellUnits(table, grid)
    checks = [
        check
        for group in groups
        for column, name in _figure_columns(grid, group.column)
        if _are_amounts({units.unit(row, column) for row in (group.whole, *group.parts)})
        for check in _check_group(grid, group, column, name)
    ]
    holding = [check for check in checks if check.outcome is Outcome.HOLDS]
    failing = len(checks) - len(holding)
    yield from checks if len(holding) >= HOLDING_FOR_EACH * failing else holding


def _is_no_amount(words: str) -> bool:
    plain = plain_label(words)
    return bool(_NOT_ADDITIVE.search(plain)) or not column_adds_up(plain, "")


def _are_amounts(units: Collection[str]) -> bool:
    """Return whether figures have one unit, and one that adds up."""
    return len(units) == 1 and column_adds_up("", next(iter(units)))


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
            if parts and not is_total(label) and not _is_no_amount(label):
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
        is_sum = all(column_adds_up(head, "") for head in heads) and not any(
            map(ROW_NUMBERS.fullmatch, heads)
        )
        if column > head_column and is_sum:
            yield column, "/".join(heads)


def _check_group(grid: Grid, group: _Group, column: int, name: str) -> Iterator[Check]:
    """Yield the comparisons of a whole with its parts in a column."""
    whole = grid.number(group.whole, column)
    covered = {row for part in group.parts for row in grid.rows_of_cell(part, column)}
    if whole is None or group.whole in covered or covered - set(group.parts):
        return
    parts = grid.figures((row, column) for row in group.parts)
    known = [part for part in parts if part is not None]
    if not group.has_of_which:
        if len(known) == len(parts) > 1:
            yield _make_check(grid, group, (column, name), whole, known)
        return
    for part in known:
        if min(whole, part) >= 0:
            yield _make_check(grid, group, (column, name), whole, [part])


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
