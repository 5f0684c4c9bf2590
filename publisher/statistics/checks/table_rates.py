"""The check of columns that are computed from other columns: shares, rates of completion, growth and differences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations, product
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import ROW_NUMBERS, is_total, plain_label
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.table_parts import HOLDING_FOR_EACH
from publisher.statistics.decimals import last_digit, plain_decimal, rounding_of
from publisher.statistics.grid import NO_FIGURE, Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from publisher.model import Check, Table

_GROWTH = re.compile("增长|增速|增幅|增减|升降|涨跌|同比|比上年|比去年|变动|±")
_RATE = re.compile("率|比例|比重|占|完成|进度|[%％]|为预算")
_DIFFERENCE = re.compile("增减|增加|减少|差额|增量|净增|比上年|同比")
_NO_AMOUNT = re.compile("率|比重|占比|[%％‰]|排名|名次|序号|增长|增速|增幅")
_POINTS = re.compile("百分点")
_PERCENT = re.compile("[%％率]|占|比重|比例|增长|增速|增幅")
_UNIT = re.compile("（[^（）]*）|[(][^()]*[)]|[%％]")
"""What the head of a column has beside its name: 整改率（%）."""
_OTHER_BASIS = re.compile("生产总值|增加值|GDP|产业|总产值|指数|率|比重|占比|人均")
"""Rows whose growth is stated at constant prices, in percentage points or as the distance of an index from 100."""
MOST_COLUMNS = 12
"""Columns of figures. Wider tables are forms of their own."""
FEWEST_ROWS = 2
"""Rows in which a computation must hold before another row may fail."""
_TRIVIAL = (Decimal(0), Decimal(100))
"""Results that follow from too many columns to prove a computation."""


@dataclass(frozen=True, slots=True)
class _Relation:
    """How a column may follow from two others: numbers of columns, a formula in words and the computation."""

    columns: tuple[int, int]
    sign: str
    compute: Callable[[Decimal, Decimal], Decimal | None]

    def terms(self, first: Decimal, second: Decimal) -> str:
        """Return the computation in figures."""
        left, right = plain_decimal(first), plain_decimal(second)
        if self.compute is _growth:
            return f"({left} − {right}) ÷ {right}"
        if self.compute is _growth_of_change:
            return f"{left} ÷ ({right} − {left})".replace("− -", "+ ")
        return f"{left} {self.sign} {right}"


@dataclass(frozen=True, slots=True)
class _Result:
    """What a relation gives in a row."""

    row: int
    figures: tuple[Decimal, Decimal]
    stated: Decimal
    computed: Decimal
    holds: bool


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole * 100 if whole else None


def _growth(later: Decimal, earlier: Decimal) -> Decimal | None:
    return (later - earlier) / earlier * 100 if earlier > 0 else None


def _growth_of_change(change: Decimal, later: Decimal) -> Decimal | None:
    return change / (later - change) * 100 if later > change else None


_GROWTHS = (_growth, _growth_of_change)


def _difference(later: Decimal, earlier: Decimal) -> Decimal | None:
    return later - earlier


_EXAMPLE = (
    "| 问题 | 总数 | 已整改 | 整改率（%） |\n|---|---|---|---|\n"
    "| 预算执行 | 62 | 60 | 96.8 |\n| 专项资金 | 48 | 45 | {} |\n| 政府投资 | 34 | 30 | 88.2 |"
)


@arithmetic_check(
    name="table-rate",
    kinds=("table-identity",),
    reason="A column of shares, rates or growth in per cent, or of differences, follows from two other columns of the table. "
    "If it does in at least two rows, and in at least twice as many as it does not, the other rows fail.",
    fails=(
        (_EXAMPLE.format("98.3"), "专项资金：整改率 98.3 = 45 ÷ 48 is stated, 93.8 is computed"),
    ),
    holds=(_EXAMPLE.format("93.8"),),
    exceptions="columns that follow from no two others, blank cells, dashes and rounding; the growth of values at constant prices, of "
    "rates and of indices, and from an earlier figure that is not positive.",
)
def check_table_rates(table: Table) -> Iterator[Check]:
    """Recompute the columns of a table that follow from two others."""
    grid = Grid.from_table(table)
    rows = grid.rows()
    if not rows:
        return
    heads = {
        column: "/".join(map(plain_label, above))
        for column, _ in grid.columns(rows[-1])
        if (above := grid.column_heads(rows[-1], column))
        and not ROW_NUMBERS.fullmatch(plain_label(above[-1]))
    }
    figures = {
        column: {row: number for row in rows if (number := grid.number(row, column)) is not None}
        for column in heads
    }
    columns = [column for column, numbers in figures.items() if len(numbers) > FEWEST_ROWS]
    if len(columns) > MOST_COLUMNS:
        return
    amounts = [column for column in columns if not _NO_AMOUNT.search(heads[column])]
    for column in columns:
        candidates = [
            (relation, list(_results(grid, figures, column, relation)))
            for relation in _relations(heads[column], [item for item in amounts if item != column])
        ]
        if not candidates:
            continue
        relation, results = max(candidates, key=lambda item: sum(row.holds for row in item[1]))
        if relation.compute in _GROWTHS:
            results = [
                result
                for result in results
                if result.holds or not _OTHER_BASIS.search(_label(grid, result.row, column))
            ]
        holding = sum(result.holds and result.stated not in _TRIVIAL for result in results)
        failing = sum(not result.holds for result in results)
        if holding >= max(FEWEST_ROWS, HOLDING_FOR_EACH * failing):
            for result in results:
                yield _make_check(grid, (column, heads[column]), relation, result)


def _relations(head: str, others: Sequence[int]) -> Iterator[_Relation]:
    """Yield how a column may follow from two others, by its head."""
    if _POINTS.search(head):
        return
    is_percent = bool(_PERCENT.search(head))
    for pair in permutations(others, 2):
        if _GROWTH.search(head) and is_percent:
            yield _Relation(pair, "÷", _growth)
            yield _Relation(pair, "÷", _growth_of_change)
        if _RATE.search(head) and is_percent:
            yield _Relation(pair, "÷", _share)
        if _DIFFERENCE.search(head):
            yield _Relation(pair, "−", _difference)


def _results(
    grid: Grid, figures: dict[int, dict[int, Decimal]], column: int, relation: _Relation
) -> Iterator[_Result]:
    """Yield what a relation gives in each row in which all of its figures are stated."""
    first, second = (figures[other] for other in relation.columns)
    for row, stated in figures[column].items():
        if row not in first or row not in second:
            continue
        computed = relation.compute(first[row], second[row])
        is_ratio = relation.sign == "÷"
        if computed is None or (is_ratio and grid.text(row, column) in NO_FIGURE):
            continue
        holds = abs(computed - stated) < last_digit(stated) if is_ratio else computed == stated
        if not holds and _may_give(relation, (first[row], second[row]), stated):
            continue
        yield _Result(row, (first[row], second[row]), stated, computed, holds)


def _may_give(relation: _Relation, figures: tuple[Decimal, Decimal], stated: Decimal) -> bool:
    """Return whether figures before they were rounded may give a result: 24.40 and 25.64, printed as 24.4 and 25.6, give 5.1%."""
    edges = [
        (number - rounding, number + rounding)
        for number in figures
        for rounding in (rounding_of(number, Decimal(1)),)
    ]
    results = [relation.compute(first, second) for first, second in product(*edges)]
    numbers = [number for number in results if number is not None]
    step = last_digit(stated) if relation.sign == "÷" else rounding_of(stated, Decimal(1))
    return bool(numbers) and min(numbers) - step < stated < max(numbers) + step


def _make_check(grid: Grid, column: tuple[int, str], relation: _Relation, result: _Result) -> Check:
    """Return the check of a row; ``column`` is the number of the column and its head."""
    number, head = column
    name = _UNIT.sub("", head)
    label = _label(grid, result.row, number)
    subject = f"{label}：{name}" if label else name
    computed = result.computed.quantize(last_digit(result.stated), rounding=ROUND_HALF_UP)
    return grid.make_check(
        (result.row, number),
        formula=f"{subject} {result.stated} = {relation.terms(*result.figures)}",
        subject=subject,
        numbers=(result.stated, computed),
        verdict=(Outcome.HOLDS if result.holds else Outcome.FAILS, Reason.NONE),
    )


def _label(grid: Grid, row: int, column: int) -> str:
    """Return what names a row: its head, or the word of a total."""
    head = "".join(grid.row_head(row, column).split())
    if head:
        return head
    words = (text for _, text in grid.columns(row) if is_total(plain_label(text)))
    return next(words, "")
