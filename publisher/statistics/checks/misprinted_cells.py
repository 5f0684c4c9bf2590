"""The check of sentences that name a row and a column of a table, and have its figure with two digits exchanged."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.statistics.checks.amount_index import AmountIndex
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.misprints import significant_digits, transpositions
from publisher.statistics.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement
    from publisher.statistics.table_cells import TableCell

FEWEST_DIGITS = 3
LONG_ROW = 8
"""Characters of the head of a row of which a sentence may have one pair less: 十天内回复投诉, 投诉在十天内回复."""
_OTHER = re.compile(
    "全[国省]|平均|目标|计划|预[算计期]|上年|去年|同期|较|比(?!率|例|重)|累计|其中|[增减降升]|新|低于|高于|超过|以来|[上下]半年|月|日均"
)
"""Words between the head of a row and a figure that is another one than that of the row."""
_COUNTING = re.compile(
    "^(?:全年|本年|累计)|(?:人次|人数|件数|笔数|金额|总量|总数|数量|情况|成绩|[数量额])+$"
)
_YEAR_HEAD = re.compile("(?:20\\d\\d|二[零〇○]..|本)年?(?:度)?(?:成绩|实绩|实际|数值?)?")
_EXAMPLE = (
    "第三季度正值暑期，观众达{}万人次。\n\n| 季度 | 参观观众（人次） |\n|---|---|\n"
    "| 第一季度 | 142600 |\n| 第二季度 | 218300 |\n| 第三季度 | 331700 |\n| 第四季度 | 171400 |"
)


@arithmetic_check(
    name="misprinted-cell",
    kinds=("repetition",),
    reason="It fails where the words before a figure name the row and the column of a cell, the cell has the figure with two "
    "adjacent digits exchanged, and the report has the figure as stated nowhere else.",
    fails=((_EXAMPLE.format("31.37"), "第三季度参观观众: 31.37 is stated, 331700 in the table"),),
    holds=(_EXAMPLE.format("33.17"),),
    exceptions="figures of fewer than three digits, approximate figures, and sentences with other words between the row and "
    "the figure: 全国, 平均, 目标, 上年, 其中; they are not checked.",
)
def check_misprinted_cells(report: ReportStatements) -> Iterator[Check]:
    """Compare the figures of sentences with the cells whose row and column they name."""
    by_unit: dict[str, list[TableCell]] = defaultdict(list)
    for cell in report.cells:
        by_unit[cell.unit].append(cell)
    if not any(cell.row for cells in by_unit.values() for cell in cells):
        return
    rows = {unit: {cell.row for cell in cells if cell.row} for unit, cells in by_unit.items()}
    indexes = {
        unit: AmountIndex((abs(cell.amount), cell) for cell in cells)
        for unit, cells in by_unit.items()
    }
    for statement in report.levels.statements:
        for index, reading in enumerate(statement.readings):
            quantity = statement.quantities[index]
            cells = by_unit.get(quantity.base_unit)
            if not cells or quantity.amount is None or not quantity.exact or reading.doubt:
                continue
            if (
                reading.kind not in ("level", "share")
                or significant_digits(quantity.value) < FEWEST_DIGITS
            ):
                continue
            own_rows = rows[quantity.base_unit]
            same, exchanged = _with_digits(indexes[quantity.base_unit], quantity)
            candidates = (
                cell
                for cell in same or exchanged
                if _is_named(own_rows, cell, statement, index, report.year)
            )
            named = list(islice(candidates, 2))
            if len(named) != 1:
                continue
            if same:
                yield _make_check(statement, index, named[0], Outcome.HOLDS)
            elif not _is_stated_elsewhere(report, statement, index):
                yield _make_check(statement, index, named[0], Outcome.FAILS)


def _with_digits(
    cells: AmountIndex[TableCell], quantity: Quantity
) -> tuple[list[TableCell], list[TableCell]]:
    """Return the cells that have a figure, and those that have it with two digits exchanged."""
    amount, rounding = abs(quantity.amount or Decimal(0)), quantity.rounding
    values = [value * quantity.scale for value in transpositions(quantity.value.lstrip("-"))]
    exchanged = {
        id(cell): cell
        for value in values
        for cell in cells.near(value, rounding)
        if abs(cell.amount - value) <= rounding
    }
    return cells.near(amount, rounding), list(exchanged.values())


def _is_named(
    rows: Collection[str], cell: TableCell, statement: Statement, index: int, year: str
) -> bool:
    """Return whether the words before a figure name the row and the column of a cell, the row last."""
    quantity, reading = statement.quantities[index], statement.readings[index]
    words = statement.text[: quantity.start]
    start = _row_start(cell.row, words) if cell.row else -1
    if start < 0 or not _is_of_one_time(cell, statement, index, year):
        return False
    is_of_other = (
        _OTHER.search(words, start + len(cell.row))
        or any(
            other.base_unit == quantity.base_unit and start <= other.start
            for other in statement.quantities[:index]
        )
        or any(_row_start(row, words) > start for row in rows)
    )
    scope = reading.scope
    is_own_scope = scope in ("", cell.scope) or scope in cell.row or "本" in scope
    if is_of_other or not is_own_scope:
        return False
    if _YEAR_HEAD.fullmatch(cell.column):
        return len(cell.row) >= LONG_ROW or reading.kind == "level"
    column = _COUNTING.sub("", cell.column)
    named = f"{words}|{reading.measure}"
    return any(f"{first}{second}" in named for first, second in pairwise(column))


def _is_of_one_time(cell: TableCell, statement: Statement, index: int, year: str) -> bool:
    """Return whether a figure and a cell are of one period and status; a part of a year must be in the head of the row."""
    period = period_of(statement, index, year)
    is_one_period = not cell.period or not period or cell.period == period
    is_in_row = statement.context.span in cell.row
    return is_one_period and is_in_row and statement.status(index) == cell.status


def _row_start(row: str, words: str) -> int:
    """Return where words name a row the last time; -1 if they do not."""
    start = words.rfind(row)
    if start >= 0 or len(row) < LONG_ROW:
        return start
    pairs = [words.rfind(f"{first}{second}") for first, second in pairwise(row)]
    known = [position for position in pairs if position >= 0]
    return min(known) if len(known) >= len(pairs) - 1 else -1


def _is_stated_elsewhere(report: ReportStatements, statement: Statement, index: int) -> bool:
    """Return whether another sentence has the figure as well."""
    quantity = statement.quantities[index]
    return any(
        other.amount == quantity.amount and other.base_unit == quantity.base_unit
        for item in report.levels.statements
        for position, other in enumerate(item.quantities)
        if item is not statement or position != index
    )


def _make_check(statement: Statement, index: int, cell: TableCell, outcome: Outcome) -> Check:
    value = statement.quantities[index].value
    name = statement.in_source_script(f"{cell.row}{cell.column}")
    return statement.make_check(
        index,
        kind="repetition",
        formula=f"{name}: {value}, {cell.value}",
        subject=name,
        numbers=(value, cell.value),
        verdict=(outcome, Reason.NONE),
        difference=translatable(
            "{name}: {value} is stated, {other} in the table",
            name=name,
            value=value,
            other=cell.value,
        ),
    )
