"""The check of lists that divide a total of an earlier sentence, also into two columns: 按来源分，平台25件、18元，信访6件、6元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.levels import formula_of_sum, sum_of
from publisher.statistics.measure_names import adds_up
from publisher.statistics.misprints import is_transposed_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Level, Levels
    from publisher.statistics.statement import Statement

_DIVIDER = re.compile(
    "(?:[按从]|分(?!别))[^，。；]{1,8}(?:分|看|划分|统计|计)[，：]|其中[：，]?|分别为[：:]?"
)
_OPEN_END = re.compile("[^，。；：]{0,12}等")
FEWEST_PARTS = 2
MOST_COLUMNS = 2
FARTHEST = Decimal("0.25")
"""Share of a total. Parts that miss it by more are parts of something else."""
NEAR_SENTENCES = 3


@arithmetic_check(
    name="breakdown",
    kinds=("sum",),
    reason="A list that divides (按…分, 其中) is compared with the totals of its unit in the sentences before it, and each column of a list with "
    "two units with its own. It fails where a total is the sum if two adjacent digits are exchanged, or where the other column has its "
    "total adjoining this one.",
    fails=(
        (
            "发放贷款584笔、2219万元。全年无逾期。其中，中心发放350笔、1331万元，分部发放243笔、888万元。",
            "584 = 350 + 243 is stated, 593 is computed",
        ),
    ),
    holds=(
        "发放贷款584笔、2219万元。全年无逾期。其中，中心发放350笔、1331万元，分部发放234笔、888万元。",
    ),
    exceptions="lists that end in 等, and those whose parts are less than a total; they are not checked.",
)
def check_breakdowns(report: ReportStatements) -> Iterator[Check]:
    """Compare the columns of a list with totals of sentences before it."""
    for statement in report.levels.statements:
        for match in _DIVIDER.finditer(statement.text):
            columns = _columns(report.levels.of(statement), match.end())
            if columns and not _OPEN_END.match(statement.text, columns[-1][-1].quantity.end):
                yield from _check_columns(report.levels, statement, columns)


def _columns(levels: Sequence[Level], start: int) -> list[list[Level]]:
    """Return the columns of the list behind a position: figures whose units recur in one order."""
    rows = [level for level in levels if level.quantity.start >= start]
    for width in range(MOST_COLUMNS, 0, -1):
        units = [level.unit for level in rows[:width]]
        if len({*units}) < width or len(rows) < FEWEST_PARTS * width:
            continue
        count = 0
        while count < len(rows) and rows[count].unit == units[count % width]:
            count += 1
        count -= count % width
        if count >= FEWEST_PARTS * width and adds_up(rows[0].name):
            return [rows[column:count:width] for column in range(width)]
    return []


def _check_columns(
    levels: Levels, statement: Statement, columns: Sequence[Sequence[Level]]
) -> Iterator[Check]:
    totals = [_totals(levels, statement, column) for column in columns]
    proved = [
        next((total for total in candidates if total.amount == sum_of(column)), None)
        for candidates, column in zip(totals, columns, strict=True)
    ]
    for number, (column, candidates) in enumerate(zip(columns, totals, strict=True)):
        total = proved[number]
        if total is not None:
            yield _make_check(total, column, Outcome.HOLDS)
            continue
        others = [item for item in proved if item is not None]
        adjoining = [
            item
            for item in candidates
            if any(
                item.statement is other.statement and abs(item.index - other.index) == 1
                for other in others
            )
        ]
        parts = [level.quantity for level in column]
        transposed = [
            item
            for item in candidates
            if len(columns) > 1 or len(column) > FEWEST_PARTS
            if abs(item.amount - sum_of(column)) <= FARTHEST * item.amount
            and is_transposed_sum(item.quantity, parts)
        ]
        wrong = adjoining if len(adjoining) == 1 else transposed
        if len(wrong) == 1:
            yield _make_check(wrong[0], column, Outcome.FAILS)


def _totals(levels: Levels, statement: Statement, column: Sequence[Level]) -> list[Level]:
    """Return the levels before a column that may be its total, with different amounts."""
    first = column[0]
    largest = max(level.amount for level in column)
    near = [
        *levels.before(statement, first.index, sentences=NEAR_SENTENCES),
        *levels.first(statement, first.unit),
    ]
    suitable = {
        level.amount: level
        for level in reversed(near)
        if level.unit == first.unit and level.order < first.order and level.amount >= largest
    }
    return list(suitable.values())[::-1]


def _make_check(total: Level, column: Sequence[Level], outcome: Outcome) -> Check:
    quantity = total.quantity
    return total.statement.make_check(
        total.index,
        kind="sum",
        formula=f"{quantity.value} = {formula_of_sum(column, quantity)}",
        numbers=(quantity.value, plain_decimal(sum_of(column) / quantity.scale)),
        verdict=(outcome, Reason.NONE),
    )
